import { quarterPeople, rollingQuarters } from '@db/queries/quarter-tests';
import { QUARTER_PERCENT } from '@domain/attribution/rolling';
import { type Verdict, verdict } from '@domain/attribution/verdict';
import { type WindowState, windowState } from '@domain/attribution/window';
import { instantOf } from '@domain/calendar';
import type { UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { coveredThrough } from '../reports/coverage';

export interface QuarterTest {
  quarter: string;
  campaigns: number;
  window: WindowState;
  /** Only once the quarter is over and the till file covers it: one verdict a quarter (rules.md §7). */
  result: { texted: { x: number; n: number }; held: { x: number; n: number }; verdict: Verdict } | null;
}

const PAGE = 500;

/** Last instant of a quarter such as `2026-Q4`, in the shop's zone. */
function endOf(ctx: Ctx, quarter: string): UtcMs {
  const year = Number(quarter.slice(0, 4));
  const q = Number(quarter.slice(6));
  const { zone } = ctx.settings().shop;
  return (instantOf(zone, q === 4 ? year + 1 : year, q === 4 ? 1 : q * 3 + 1, 1) - 1) as UtcMs;
}

/**
 * The same small group untexted for a whole quarter, against everybody its campaigns texted: who bought at least once after the first
 * campaign they were drawn for. Per-person totals, so that a person counts once however many texts they got.
 */
export async function quarterTests(ctx: Ctx): Promise<QuarterTest[]> {
  const covered = coveredThrough(ctx);
  const out: QuarterTest[] = [];
  for (const { quarter, campaigns } of rollingQuarters(ctx.db)) {
    const until = endOf(ctx, quarter);
    const window = windowState(until, ctx.clock.now(), covered, ctx.settings().shop.zone);
    out.push({ quarter, campaigns, window, result: window.state === 'closed' ? await judge(ctx, quarter, until) : null });
  }
  return out;
}

async function judge(ctx: Ctx, quarter: string, until: UtcMs): Promise<NonNullable<QuarterTest['result']>> {
  const texted = { x: 0, n: 0 };
  const held = { x: 0, n: 0 };
  // somebody erased since stands under a number below zero
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const people = quarterPeople(ctx.db, quarter, after, PAGE, until);
    for (const p of people) {
      // as drawn: a record that was merged or erased since has another number, and its lot with it
      if (!p.fixed || p.side === null) continue;
      const side = p.side === 'held' ? held : texted;
      side.n++;
      if (p.bought) side.x++;
    }
    const last = people[people.length - 1];
    if (!last || people.length < PAGE) break;
    after = last.id;
    await nextTurn();
  }
  const comparable = texted.n > 0 && held.n > 0;
  return {
    texted,
    held,
    verdict: verdict(
      comparable ? { text: texted, control: held, textedPeople: texted.n, plannedControl: QUARTER_PERCENT / 100, profit: null } : null,
    ),
  };
}
