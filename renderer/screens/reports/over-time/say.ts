import { useShell } from '@renderer/api';
import type { OverTimeFormat } from '@renderer/strings/over-time';
import { useMemo } from 'react';
import { type Say, useSay } from '../format';

export type OverTimeSay = Say & OverTimeFormat & { range: (low: number, high: number) => string };

/** A Monday at midnight UTC: names of weekdays and hours need a day, and no zone. */
const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Numbers, weekdays and hours as this shop says them. */
export function useOverTimeSay(): OverTimeSay {
  const { locale } = useShell();
  const say = useSay();
  return useMemo(() => {
    const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
    const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
    const hour = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
    // a minus sign must not be left alone at the end of a line; nor is there a "−0"
    const tenth = (n: number) => decimal.format(Math.round(n * 10) / 10 || 0).replace('-', '\u2212\u2060');
    return {
      ...say,
      cents: (n) => say.cents(n).replace('\u2212', '\u2212\u2060'),
      money: say.wholeMoney,
      tenth,
      range: (low, high) => `${tenth(low)} – ${tenth(high)}`,
      weekday: (d) => day.format(MONDAY + d * DAY_MS),
      hour: (h) =>
        hour.format(MONDAY + h * HOUR_MS).replace(/[\u202f\u00a0 ]([AP])M$/, (_, half: string) => `\u00a0${half.toLowerCase()}m`),
    };
  }, [locale, say]);
}
