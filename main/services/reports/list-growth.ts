import { ledgers } from '@db/queries/reports';
import { listFigures } from '@db/queries/reports-week';
import { type GrowthPoint, growthByWeek, type ListMove, listMoves } from '@domain/reports/list-growth';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

/** Weekly growth of the list of people who may be texted, read from the ledger itself. */
export async function listGrowth(
  ctx: Ctx,
  weeks: number,
): Promise<{ points: GrowthPoint[]; onList: number; known: number; withNumber: number }> {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const moves: ListMove[] = [];
  let n = 0;
  for (const events of ledgers(ctx.db)) {
    moves.push(...listMoves(events, now, zone));
    if (++n % 500 === 0) await nextTurn();
  }
  return { points: growthByWeek(moves, now, zone, weeks), ...listFigures(ctx.db) };
}
