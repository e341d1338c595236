import { newestEventId } from '@db/queries/consent';
import { newestPersonId } from '@db/queries/customers';
import { ledgersTouchedSince } from '@db/queries/reports';
import { readMeta, writeMeta } from '@db/queries/settings';
import { shopDay } from '@domain/calendar';
import type { UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { type ListMove, listMoves } from '@domain/reports/list-growth';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { MANY } from './kept';

const KEPT = 'list-moves';
const REACH = 21 * DAY;

/** Who joined and left the list in the last three weeks: folded from the ledger, and kept until it says something new or the day changes. */
export async function recentMoves(ctx: Ctx): Promise<ListMove[]> {
  const { db } = ctx;
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const mark = `${shopDay(now, zone)}/${newestEventId(db)}`;
  const large = newestPersonId(db) >= MANY;
  const kept = large ? (JSON.parse(readMeta(db, KEPT) ?? 'null') as { mark: string; moves: [number, number][] } | null) : null;
  if (kept?.mark === mark) return kept.moves.map(([at, step]) => ({ at, step }) as ListMove);
  const moves: ListMove[] = [];
  let ledger = 0;
  for (const events of ledgersTouchedSince(db, (now - REACH) as UtcMs)) {
    moves.push(...listMoves(events, now, zone));
    if (++ledger % 200 === 0) await nextTurn();
  }
  const recent = moves.filter((m) => m.at >= now - REACH);
  if (large && !db.raw.readonly) {
    db.tx((trx) => writeMeta(trx, KEPT, JSON.stringify({ mark, moves: recent.map((m) => [m.at, m.step]) })));
  }
  return recent;
}
