import type { Paper } from '@contract/papers';
import { type Say, sayOf } from '../screens/reports/format';
import { money, when } from '../ui/format';

/** How a printed page says figures: as the owner's screens do, which are English. Money of a sum that may be below zero as well. */
export interface PaperSay extends Say {
  /** A sum as it stands in a table: to the cent. */
  sum: (minor: number) => string;
  /** A day of an instant, as short as a column wants it. */
  short: (at: number) => string;
  /** Both halves of a range. */
  between: (low: string, high: string) => string;
}

/** Everything is said as of when the page was made, so a page looks the same whenever it is drawn. */
export function paperSay({ shop, madeAt }: Pick<Paper, 'shop' | 'madeAt'>): PaperSay {
  const locale = `en-${shop.country}`;
  const say = sayOf(shop, locale, madeAt);
  return {
    ...say,
    sum: (minor) => money(minor, shop.currency, locale),
    short: (at) => when(at, 'short-day', shop.zone, locale, madeAt).replaceAll(' ', '\u00a0'),
    between: (low, high) => `${low} – ${high}`,
  };
}
