import { newestEventId } from '@db/queries/consent';
import { ledgers } from '@db/queries/reports';
import { listFigures } from '@db/queries/reports-week';
import { shopDay } from '@domain/calendar';
import { type GrowthPoint, growthByWeek, type ListMove, listMoves } from '@domain/reports/list-growth';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { kept } from './kept';

/** As far as anybody may look back. */
const MOST_WEEKS = 156;

/** Weekly growth of the list of people who may be texted, read from the ledger itself. */
export async function listGrowth(
  ctx: Ctx,
  weeks: number,
): Promise<{ points: GrowthPoint[]; onList: number; known: number; withNumber: number }> {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const mark = `${shopDay(now, zone)}/${newestEventId(ctx.db)}`;
  const points = await kept(ctx, 'list-growth', { shape: '1', mark }, async () => {
    const moves: ListMove[] = [];
    let n = 0;
    for (const events of ledgers(ctx.db)) {
      for (const m of listMoves(events, now, zone)) moves.push(m);
      if (++n % 500 === 0) await nextTurn();
    }
    return growthByWeek(moves, now, zone, MOST_WEEKS);
  });
  return { points: points.slice(-weeks), ...listFigures(ctx.db) };
}
