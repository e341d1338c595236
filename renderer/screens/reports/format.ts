import type { Zone } from '@domain/kernel';
import { useShell } from '@renderer/api/useShell';
import { count, dayText, micros, money, percent, when } from '@renderer/ui/format';
import { useMemo } from 'react';

export interface Say {
  n: (n: number) => string;
  cents: (n: number) => string;
  wholeMoney: (n: number) => string;
  /** What texts cost together, to the cent: nobody wants to see hundredths of one in a sum. */
  micros: (n: number, currency: string) => string;
  share: (share: number) => string;
  day: (day: string) => string;
  date: (at: number) => string;
  month: (day: string) => string;
}

/** A minus sign must not be left alone at the end of a line: word joiner after it. */
const together = (s: string): string => s.replace('\u2212', '\u2212\u2060');

/** Numbers as a shop says them; `now` decides which years are named. */
export const sayOf = (shop: { currency: string; zone: Zone }, locale: string, now: number): Say => ({
  n: (n) => together(count(Math.round(n) || 0, locale)),
  cents: (n) => money(n, shop.currency, locale),
  wholeMoney: (n) => together(money(Math.round(n) || 0, shop.currency, locale, { round: true })),
  micros: (n, currency) => micros(Math.round(n / 10_000) * 10_000, currency, locale),
  share: (share) => percent(share, locale),
  day: (day) => dayText(day, locale, now),
  date: (at) => when(at, 'day-time', shop.zone, locale, now),
  month: (day) => when(Date.parse(`${day}T12:00:00Z`), 'month', 'UTC', locale, now),
});

/** Numbers as this shop says them. */
export function useSay(): Say {
  const { shop, locale } = useShell();
  const { currency, zone } = shop;
  return useMemo(() => sayOf({ currency, zone }, locale, Date.now()), [currency, zone, locale]);
}
