import type { Out } from '@renderer/api';
import type { customers } from '@renderer/strings/customers';
import type { ChipTone } from '@renderer/ui';

export type CustomerWords = (typeof customers)['en'];
export type ListRow = Out<'customers/list'>['rows'][number];
export type Person = Out<'customers/get'>;
export type Entry = Out<'customers/timeline'>['entries'][number];

export const fullName = (p: { firstName: string; lastName: string; company?: string }): string =>
  `${p.firstName} ${p.lastName}`.trim() || p.company || '';

/** The chip of a row: permission of the number, or that there is none. */
export function stateChip(row: Pick<ListRow, 'phone' | 'permission'>, w: CustomerWords): { label: string; tone: ChipTone } {
  if (row.phone === null) return { label: w.states.noPhone, tone: 'neutral' };
  switch (row.permission) {
    case 'in':
      return { label: w.states.in, tone: 'good' };
    case 'pending':
      return { label: w.states.pending, tone: 'info' };
    case 'out':
      return { label: w.states.out, tone: 'danger' };
    case 'hold':
      return { label: w.states.hold, tone: 'warn' };
    case 'paused':
      return { label: w.states.paused, tone: 'warn' };
    case 'never':
    case null:
      return { label: w.states.none, tone: 'neutral' };
  }
}

/** `1990-06-07` or, where the year was not given, `--06-07`, as a shopkeeper says it: "June 7". */
export function birthdayWords(birthday: string, locale: string): string {
  const [, year, month, day] = /^(\d{4}|-)-(\d\d)-(\d\d)$/.exec(birthday) ?? [];
  if (!month || !day) return birthday;
  const known = year !== undefined && year !== '-';
  const at = new Date(Date.UTC(known ? Number(year) : 2000, Number(month) - 1, Number(day)));
  return new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    ...(known && { year: 'numeric' as const }),
    timeZone: 'UTC',
  }).format(at);
}
