import type { Paper } from '@contract/papers';
import type { PrintWords } from '@renderer/strings/print';

export type WeekPaper = Extract<Paper, { kind: 'week' }>;
type Name = keyof PrintWords['week']['rows'];

/** What a figure counts; `money` in minor units of the shop's currency, `carrier` in millionths of the carrier's. */
export type Unit = 'people' | 'texts' | 'uses' | 'replies' | 'money' | 'carrier';

export interface WeekFigure {
  name: Name;
  unit: Unit;
  now: number;
  before: number;
}

const UNITS: Readonly<Record<Name, Unit>> = {
  joined: 'people',
  left: 'people',
  newPeople: 'people',
  sent: 'texts',
  delivered: 'texts',
  failed: 'texts',
  replies: 'replies',
  redeemed: 'uses',
  takings: 'money',
  direct: 'money',
  influenced: 'money',
  looseNet: 'money',
  cost: 'carrier',
};

/** The figures of the week beside the week before, in the order they are printed; the page and its file are both made of these. */
export function weekFigures({ week: w }: WeekPaper): WeekFigure[] {
  const names = (Object.keys(UNITS) as Name[]).filter((n) => {
    if (n === 'looseNet') return w.week.looseRefunds + w.before.looseRefunds > 0;
    // without a till file nobody knows what was taken
    if (UNITS[n] === 'money') return w.coveredThrough !== null;
    return n !== 'failed' || w.week.failed + w.before.failed > 0;
  });
  return names.map((name) => ({ name, unit: UNITS[name], now: w.week[name], before: w.before[name] }));
}

/** Of a sum nobody wants to see hundredths of a cent. */
export const wholeCents = (micros: number): number => Math.round(micros / 10_000) * 10_000;
