import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shell } from '@contract/shell';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeFolder } from '../../main/shell/folder';

const parent = () => mkdtempSync(join(tmpdir(), 'regulars-folder-'));

describe('a folder of files', () => {
  it('holds texts and pictures as they were given', () => {
    const path = writeFolder(parent(), 'Registration pack', [
      { name: 'terms.html', text: '<h1>Señora’s</h1>' },
      { name: 'sign-up-en.png', png: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]).toString('base64') },
    ]);
    expect(readFileSync(join(path, 'terms.html'), 'utf8')).toBe('<h1>Señora’s</h1>');
    expect([...readFileSync(join(path, 'sign-up-en.png'))]).toEqual([0x89, 0x50, 0x4e, 0x47, 0, 255]);
  });

  it('never writes into one that is there already', () => {
    const at = parent();
    mkdirSync(join(at, 'Registration pack'));
    writeFileSync(join(at, 'Registration pack', 'form.txt'), 'mine');
    expect(writeFolder(at, 'Registration pack', [{ name: 'form.txt', text: 'new' }])).toBe(join(at, 'Registration pack 2'));
    expect(readFileSync(join(at, 'Registration pack', 'form.txt'), 'utf8')).toBe('mine');
    expect(writeFolder(at, 'Registration pack', [{ name: 'form.txt', text: 'new' }])).toBe(join(at, 'Registration pack 3'));
  });

  it('stays inside the folder that was chosen, whatever a name says', () => {
    const at = parent();
    writeFolder(join(at), '../up', [{ name: '../../out.txt', text: 'x' }]);
    expect(readdirSync(at)).toEqual(['up']);
    expect(readdirSync(join(at, 'up'))).toEqual(['out.txt']);
    const { input } = shell['shell/save-folder'];
    const allowed = (name: string) => input.safeParse({ name: 'pack', files: [{ name, text: '' }] }).success;
    for (const bad of ['../x', '/etc/passwd', 'a/b', 'a\\b', '.hidden', '', 'nul\u0000', 'C:x']) expect(allowed(bad), bad).toBe(false);
    fc.assert(
      fc.property(fc.string(), (name) => {
        if (allowed(name)) expect(name).not.toMatch(/[\\/:\0]|^\./);
      }),
    );
  });
});
