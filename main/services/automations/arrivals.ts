import { type Arrival, arrivalsOf, insertArrival } from '@db/queries/automation-arrivals';
import { walkedTo } from '@db/queries/automations';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { AutomationId } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { theAutomation } from './look';
import { runAutomations } from './run';

/** "Tell them now": everybody in its club has a reason from this moment on. Throws `automation.bad-state` unless it runs. */
export async function tellNow(ctx: Ctx, session: Session, id: AutomationId, what: string): Promise<void> {
  const a = theAutomation(ctx, id);
  if (a.kind !== 'new-arrival' || a.state !== 'on') throw new AppError('automation.bad-state', { state: a.state });
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    insertArrival(trx, { automationId: id, what, at, staffId: session.staffId });
    walkedTo(trx, id, 0);
    audit(trx, { at, staffId: session.staffId, action: 'automation.told-now', subject: String(id), detail: { what } });
  });
  await runAutomations(ctx);
}

export const toldOf = (ctx: Ctx, id: AutomationId): Arrival[] => arrivalsOf(ctx.db, id, ctx.clock.now());
