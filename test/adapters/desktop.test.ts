import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { autostartEntry, linuxLoginItem } from '@adapters/desktop/autostart';
import { fakeDesktop } from '@adapters/desktop/fake';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { trayPixels } from '../../main/shell/tray-picture';
import { trayPage } from '../../main/shell/tray-words';

const dirs: string[] = [];
const aHome = () => {
  const dir = mkdtempSync(join(tmpdir(), 'regulars-autostart-'));
  dirs.push(dir);
  return dir;
};
afterEach(() => {
  for (const d of dirs.splice(0)) rmSync(d, { recursive: true, force: true });
});

/** Reads an Exec line back as a desktop does: string value first, then the quoted arguments, then field codes. */
function execOf(entry: string): string[] {
  const line = /^Exec=(.*)$/m.exec(entry)?.[1] ?? '';
  const value = line.replaceAll('\\\\', '\u0000').replaceAll('\u0000', '\\');
  const args: string[] = [];
  let i = 0;
  while (i < value.length) {
    if (value[i] === ' ') {
      i++;
      continue;
    }
    let arg = '';
    if (value[i] === '"') {
      for (i++; value[i] !== '"'; i++) {
        if (value[i] === '\\') i++;
        arg += value[i];
      }
      i++;
    } else for (; i < value.length && value[i] !== ' '; i++) arg += value[i];
    args.push(arg.replaceAll('%%', '%'));
  }
  return args;
}

describe('starting at login on Linux', () => {
  it('is a file in the autostart folder, and gone when switched off', () => {
    const home = aHome();
    const item = linuxLoginItem(home, ['/opt/Regulars/regulars', '--hidden']);
    expect(item.state()).toEqual({ supported: true, on: false, blocked: false });
    item.set(true);
    expect(readFileSync(join(home, 'autostart/regulars.desktop'), 'utf8')).toContain('Exec=/opt/Regulars/regulars --hidden\n');
    expect(item.state()).toEqual({ supported: true, on: true, blocked: false });
    item.set(false);
    expect(item.state().on).toBe(false);
    item.set(false); // twice does no harm
  });

  it('follows a program that was moved', () => {
    const home = aHome();
    linuxLoginItem(home, ['/home/olga/Regulars-1.AppImage', '--hidden']).set(true);
    const moved = linuxLoginItem(home, ['/home/olga/apps/Regulars.AppImage', '--hidden']);
    expect(moved.state().on).toBe(true);
    expect(readFileSync(join(home, 'autostart/regulars.desktop'), 'utf8')).toContain('Exec=/home/olga/apps/Regulars.AppImage --hidden\n');
  });

  it('says when the desktop keeps it from starting, and leaves that choice alone', () => {
    const home = aHome();
    const item = linuxLoginItem(home, ['/opt/Regulars/regulars', '--hidden']);
    item.set(true);
    const file = join(home, 'autostart/regulars.desktop');
    for (const off of ['Hidden=true', 'X-GNOME-Autostart-enabled=false']) {
      writeFileSync(file, `${autostartEntry(['/opt/Regulars/regulars']).replace('X-GNOME-Autostart-enabled=true\n', '')}${off}\n`);
      expect(item.state()).toEqual({ supported: true, on: true, blocked: true });
      expect(readFileSync(file, 'utf8')).toContain(off);
    }
  });

  it('writes any path so that a desktop reads it back', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[ -~]+$/), { minLength: 1, maxLength: 3 }), (command) => {
        expect(execOf(autostartEntry(command))).toEqual(command);
      }),
    );
  });
});

describe('the tray', () => {
  it('says its state in two languages and never a number, a name or an amount', () => {
    const at = Date.UTC(2026, 10, 18, 15, 0) as never;
    const view = { state: 'waiting', next: at, mayPause: true } as const;
    expect(trayPage(view, 'en-US')).toMatchObject({
      says: expect.stringMatching(/^Regulars: Next texts: \w{3},? .*\d{1,2}:00/),
      menu: [{ act: 'open' }, { act: 'pause', label: 'Pause all sending' }, { act: 'quit' }],
    });
    expect(trayPage({ state: 'paused', next: null, mayPause: false }, 'es-MX')).toMatchObject({
      says: 'Regulars: Todo el envío está en pausa',
      menu: [{ act: 'open' }, { act: 'resume' }, { act: 'quit' }],
    });
    expect(trayPage({ state: 'problem', next: null, mayPause: null }, 'en').menu.map((m) => m.act)).toEqual(['open', 'quit']);
  });

  it('has a picture of its own for every state, also without colour', () => {
    const pictures = (['idle', 'leaving', 'waiting', 'paused', 'problem'] as const).map((s) => trayPixels(s, 16, true).toString('hex'));
    expect(new Set(pictures).size).toBe(5);
    const coloured = trayPixels('problem', 32, false);
    expect(coloured).toHaveLength(32 * 32 * 4);
    for (let i = 0; i < coloured.length; i += 4) {
      const a = coloured[i + 3] as number;
      expect(Math.max(coloured[i] as number, coloured[i + 1] as number, coloured[i + 2] as number)).toBeLessThanOrEqual(a); // premultiplied
    }
    expect(coloured[3]).toBe(0); // the corner is empty
  });
});

describe('a desktop for tests', () => {
  it('tells what is injected and remembers what it was told', () => {
    const d = fakeDesktop();
    const heard: string[] = [];
    d.power.on('suspend', () => heard.push('suspend'));
    d.emit('suspend');
    d.emit('on-battery');
    expect(heard).toEqual(['suspend']);
    expect(d.power.onBattery()).toBe(true);
    d.tray.show(trayPage({ state: 'idle', next: null, mayPause: true }, 'en'), (act) => heard.push(act));
    d.press('quit');
    expect(heard).toEqual(['suspend', 'quit']);
  });
});
