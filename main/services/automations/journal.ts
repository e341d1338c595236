import type { Automation } from '@db/queries/automations';
import { causeFacts } from '@db/queries/replay-automations';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/**
 * Who has just been taken for which cause, so that a restored copy takes nobody for it again. Right after the commit that wrote it, before
 * anything may leave.
 */
export function journalCauses(ctx: Pick<Ctx, 'db' | 'journal'>, a: Pick<Automation, 'id'>, ids: readonly CustomerId[], at: UtcMs): void {
  const causes = causeFacts(ctx.db, a.id, ids, at);
  if (causes.length > 0) ctx.journal.append([{ kind: 'causes', at, row: { causes } }]);
}
