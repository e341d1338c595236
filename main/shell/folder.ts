import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export type FolderFile = { name: string; text: string } | { name: string; png: string };

/** Writes files into a folder of that name; one that is there already is left alone and the next number taken. Returns where they are. */
export function writeFolder(parent: string, name: string, files: readonly FolderFile[]): string {
  const plain = basename(name);
  let path = join(parent, plain);
  for (let n = 2; existsSync(path); n++) path = join(parent, `${plain} ${n}`);
  mkdirSync(path);
  for (const file of files) {
    const target = join(path, basename(file.name));
    if ('text' in file) writeFileSync(target, file.text, 'utf8');
    else writeFileSync(target, Buffer.from(file.png, 'base64'));
  }
  return path;
}
