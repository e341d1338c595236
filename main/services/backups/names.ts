import type { UtcMs } from '@domain/kernel';

const NAME = /^regulars-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.sqlite$/;

/** Folder at the second place: it may be the root of a stick with other things on it. */
export const SECOND_FOLDER = 'Regulars backups';

export const copyName = (at: UtcMs): string =>
  `regulars-${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-')}.sqlite`;

/** When a copy was made, by its name; null for any other file. */
export function copyMadeAt(name: string): UtcMs | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (NAME.exec(name) ?? []).slice(1).map(Number);
  return year ? (Date.UTC(year, month - 1, day, hour, minute, second) as UtcMs) : null;
}
