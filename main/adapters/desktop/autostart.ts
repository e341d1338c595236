import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoginItem } from '@ports/desktop';

const FILE = 'regulars.desktop';

/** One argument as the Exec line of a desktop entry wants it (Desktop Entry Specification, "The Exec key"). */
function quoted(arg: string): string {
  if (/^[A-Za-z0-9_./:=@+-]+$/.test(arg)) return arg;
  // first the rules of the quoted argument, then those of a string value, and % is a field code
  const inner = arg
    .replace(/(["`$\\])/g, '\\$1')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return `"${inner}"`;
}

/** The entry that makes a desktop start the app at login. `command`: program and arguments. */
export function autostartEntry(command: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Regulars',
    'Comment=Scheduled texts leave while the computer is on',
    `Exec=${command.map(quoted).join(' ')}`,
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n');
}

/**
 * Linux: a file in the person's autostart folder (freedesktop.org). Written anew when the program has moved (an AppImage was renamed), so
 * that it never starts something that is gone. `configDir`: XDG_CONFIG_HOME or ~/.config.
 */
export function linuxLoginItem(configDir: string, command: readonly string[]): LoginItem {
  const path = join(configDir, 'autostart', FILE);
  const entry = autostartEntry(command);
  const read = (): string | null => {
    try {
      return existsSync(path) ? readFileSync(path, 'utf8') : null;
    } catch {
      return null;
    }
  };
  const set = (on: boolean): void => {
    if (on) {
      mkdirSync(join(configDir, 'autostart'), { recursive: true });
      writeFileSync(path, entry);
    } else rmSync(path, { force: true });
  };
  return {
    state() {
      const found = read();
      // desktops switch an entry off by a line in it, theirs or the specification's
      const blocked = found !== null && /^(Hidden=true|X-GNOME-Autostart-enabled=false)$/m.test(found);
      if (found !== null && !blocked && found !== entry) {
        try {
          set(true);
        } catch {
          // read-only home: it stays as it is
        }
      }
      return { supported: true, on: found !== null, blocked };
    },
    set,
  };
}
