import { taskById } from '@db/queries/counter-tasks';
import { customerById } from '@db/queries/customers';
import { payLinksOf, savePayLink, setPaid } from '@db/queries/pay-links';
import { audit } from '@db/queries/staff';
import { readPayLink, wordsToPay } from '@domain/counter/pay-link';
import { AppError } from '@domain/errors';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { replyTo } from '../inbox/threads';

/** How a link to pay stands, as staff may see it: no sum, no address. */
export interface PayLinkView {
  taskId: number;
  state: 'waits' | 'left' | 'failed' | 'paid' | 'bought';
  at: UtcMs | null;
  by: string | null;
}

const NEVER_LEFT = new Set(['skipped', 'cancelled', 'rejected', 'failed', 'undelivered']);

/** Links to pay of these tasks; a task without one is left out. */
export function payLinksAtCounter(ctx: Ctx, taskIds: readonly number[]): PayLinkView[] {
  return payLinksOf(ctx.db, taskIds).map((l) => {
    const of = (state: PayLinkView['state'], at: UtcMs | null, by: string | null = null): PayLinkView => ({
      taskId: l.taskId,
      state,
      at,
      by,
    });
    if (l.paidAt !== null) return of('paid', l.paidAt, l.paidBy);
    if (l.boughtAt !== null) return of('bought', l.boughtAt);
    if (l.textState !== null && NEVER_LEFT.has(l.textState)) return of('failed', null);
    return l.leftAt === null ? of('waits', null) : of('left', l.leftAt);
  });
}

/**
 * Texts somebody who asked for a thing the link to pay for it, in words of ours: an answer in the conversation they began, by the same
 * rules as every answer. The link is the shop's own till's or bank's; nothing is kept of it beside the task.
 * @throws AppError pay.bad-link | pay.not-sendable | what `replyTo` throws
 */
export function sendPayLink(ctx: Ctx, session: Session, input: { taskId: number; url: string }): { leavesAt: UtcMs | null } {
  const url = readPayLink(input.url);
  const task = taskById(ctx.db, input.taskId);
  if (task?.state !== 'open' || task.address === null) throw new AppError('pay.not-sendable');
  const language = task.customerId === null ? 'en' : (customerById(ctx.db, task.customerId as CustomerId)?.language ?? 'en');
  const body = wordsToPay({ shop: ctx.settings().shop.name, url, language, held: task.kind === 'hold' });
  const sent = replyTo(ctx, session, { phone: task.address, body, hours: 'wait', pay: true });
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    savePayLink(trx, { taskId: task.id, url, outboxId: sent.id, at, by: session.staffId });
    audit(trx, { at, staffId: session.staffId, action: 'task.pay-link', subject: String(task.id) });
  });
  return { leavesAt: sent.leavesAt };
}

/**
 * Staff saw the payment, or take back that they did. The till file tells by itself when it shows a purchase.
 * @throws AppError pay.not-sendable
 */
export function markPaid(ctx: Ctx, session: Session, input: { taskId: number; paid: boolean }): void {
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!setPaid(trx, { taskId: input.taskId, at: input.paid ? at : null, by: input.paid ? session.staffId : null })) {
      throw new AppError('pay.not-sendable');
    }
    audit(trx, { at, staffId: session.staffId, action: input.paid ? 'task.paid' : 'task.not-paid', subject: String(input.taskId) });
  });
}
