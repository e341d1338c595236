import { addDays } from '../calendar';
import holidays from '../campaigns/data/us-holidays.json';
import type { ShopDay } from '../kernel';

/** A number of business days, at least and at most. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const CLOSED = new Set<string>(holidays.days);

/** Monday to Friday, no federal holiday (5 U.S.C. 6103, 2026 to 2036). A calendar day has no hours: clock changes do not touch it. */
export function isWorkday(day: ShopDay): boolean {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const weekday = new Date(Date.UTC(y, m - 1, d)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !CLOSED.has(day);
}

/** The nth business day after a day; 0 is the day itself. */
export function addWorkdays(day: ShopDay, n: number): ShopDay {
  let at = day;
  for (let left = n; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkday(at)) left--;
  }
  return at;
}

export interface DaySpan {
  readonly from: ShopDay;
  readonly to: ShopDay;
}

export const after = (day: ShopDay, span: Span): DaySpan => ({ from: addWorkdays(day, span.from), to: addWorkdays(day, span.to) });
export const together = (...spans: readonly Span[]): Span => ({
  from: spans.reduce((n, s) => n + s.from, 0),
  to: spans.reduce((n, s) => n + s.to, 0),
});
