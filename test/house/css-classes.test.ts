import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../renderer');
const read = (path: string) => readFileSync(path, 'utf8');
const screens = readdirSync(ROOT, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f));

describe('classes of a screen', () => {
  it('exist in the file they are taken from: one that is gone draws nothing, and no type says so', () => {
    const missing = screens.flatMap((file) => {
      const path = join(ROOT, file);
      const text = read(path);
      return [...text.matchAll(/import (\w+) from '([^']*\.module\.css)'/g)].flatMap(([, name = '', from = '']) => {
        const sheet = from.startsWith('@renderer/') ? join(ROOT, from.slice('@renderer/'.length)) : join(path, '..', from);
        const there = new Set([...read(sheet).matchAll(/\.([a-zA-Z_][\w-]*)/g)].map((m) => m[1]));
        const code = text.replace(/^import .*$/gm, '');
        return [...code.matchAll(new RegExp(`\\b${name}\\.(\\w+)\\b`, 'g'))].filter((m) => !there.has(m[1])).map((m) => `${file}: ${m[0]}`);
      });
    });
    expect(missing).toEqual([]);
  });
});
