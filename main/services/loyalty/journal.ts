import type { LoyaltyFact } from '@db/queries/replay-loyalty';
import type { Ctx } from '../ctx';

/** What a restored copy must know again, after the commit that made it so. The ledger itself is worked out anew from it. */
export function journalLoyalty(ctx: Pick<Ctx, 'journal' | 'clock'>, row: LoyaltyFact): void {
  ctx.journal.append([{ kind: 'loyalty', at: ctx.clock.now(), row }]);
}
