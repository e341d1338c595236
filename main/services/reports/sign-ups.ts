import { listJoinWords } from '@db/queries/join-words';
import { salesPerDay, signUpEvents, staffNames } from '@db/queries/sign-ups';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { ShopDay, UtcMs } from '@domain/kernel';
import type { JoinSource } from '@domain/kit/join-word';
import { type Pace, paceToMeasurable } from '@domain/reports/pace';
import { firstDay, type SignUpReport, type SourceLine, type StaffLine, signUpReport, signUpTally } from '@domain/reports/sign-ups';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { keepDays } from '../results/days';
import { coveredThrough, isOpenDay } from './coverage';

export interface NamedSource extends SourceLine {
  /** Of a JOIN word: where it is printed; null when nobody knows the word any more. */
  place: JoinSource | null;
  /** The owner's own name of that place. */
  label: string;
}

export interface SignUps extends Omit<SignUpReport, 'sources' | 'staff' | 'weeks'> {
  sources: NamedSource[];
  staff: (StaffLine & { name: string | null })[];
  weeks: SignUpReport['weeks'][number][];
}

/** Sign-ups per place, per 100 sales and per staff member, over the last weeks, read a week at a time: the counter goes first. For the owner. */
export async function signUps(ctx: Ctx, weeks: number): Promise<SignUps> {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const from = firstDay(now, zone, weeks);
  await keepDays(ctx, undefined, { first: from, last: addDays(from, 7 * weeks - 1) });
  const tally = signUpTally({ coveredThrough: coveredThrough(ctx), now, zone, weeks });
  for (let i = 0; i < weeks; i++) {
    const [first, next] = [addDays(from, 7 * i), addDays(from, 7 * i + 7)];
    tally.add(signUpEvents(ctx.db, startOfDay(first, zone), startOfDay(next, zone)), salesPerDay(ctx.db, first, addDays(next, -1)));
    await nextTurn();
  }
  const report = tally.report();
  const words = new Map(listJoinWords(ctx.db).map((w) => [w.word, w]));
  const names = staffNames(ctx.db);
  return {
    ...report,
    weeks: [...report.weeks],
    sources: report.sources.map((s) => {
      const word = s.source.startsWith('word:') ? words.get(s.source.slice(5)) : undefined;
      return { ...s, place: word?.source ?? null, label: word?.label ?? '' };
    }),
    staff: report.staff.map((s) => ({ ...s, name: s.staffId === null ? null : (names.get(s.staffId) ?? null) })),
  };
}

/** The last seven days in one line: how many said yes, and per 100 sales where the till file covers enough. */
export async function signUpsOfWeek(ctx: Ctx, covered: ShopDay | null): Promise<{ count: number; perHundred: number | null }> {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const today = shopDay(now, zone);
  const from = addDays(today, -6);
  await keepDays(ctx, undefined, { first: from, last: today });
  const events = signUpEvents(ctx.db, startOfDay(from, zone), (now + 1) as UtcMs).filter((e) => e.kind !== 'attested');
  // whole weeks hold the seven days; events and sales before them are not passed
  const frame = { coveredThrough: covered, now, zone, weeks: 2 };
  const { perHundred, total } = signUpReport({ ...frame, events, sales: salesPerDay(ctx.db, from, today) });
  return { count: total, perHundred: perHundred?.estimate ?? null };
}

/** When the list is long enough to measure, by the real pace. */
export const paceOf = (ctx: Ctx, onList: number, joinedIn14Days: number): Pace | null => {
  const { shop } = ctx.settings();
  const today = shopDay(ctx.clock.now() as UtcMs, shop.zone);
  return paceToMeasurable({ onList, joinedIn14Days, today, isOpen: (day) => isOpenDay(shop, day) });
};
