import { moveFacts } from '@db/queries/replay-paths';
import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/**
 * Who has just left a step, so that a restored copy takes nobody to a second one from it. Right after the commit that wrote it, before
 * anything may leave.
 */
export function journalMoves(ctx: Pick<Ctx, 'db' | 'journal'>, fromId: CampaignId, ids: readonly CustomerId[], at: UtcMs): void {
  const moves = moveFacts(ctx.db, fromId, ids, at);
  if (moves.length > 0) ctx.journal.append([{ kind: 'steps', at, row: { moves } }]);
}
