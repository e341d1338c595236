import { redemptionById, setRedemptionReceipt } from '@db/queries/redemptions';
import { AppError } from '@domain/errors';
import { readReceiptNo } from '@domain/links/receipt';
import { mayUndo } from '@domain/offers/redemption';
import type { Ctx, Session } from '../ctx';
import { lookAtReceipt, noteReceipt, type ReceiptView } from '../links/links';

/**
 * The receipt of a redemption that was just made: the till prints it only after the code was keyed in. For a known person it says what it
 * may mean for their history; of a shared code it is only written down.
 * @throws AppError input.invalid {field: receiptNo} | counter.not-undoable (another day's, or taken back meanwhile)
 */
export function receiptOfRedemption(
  ctx: Ctx,
  session: Session,
  input: { redemptionId: number; receiptNo: string },
): { receipt: ReceiptView | null } {
  const no = readReceiptNo(input.receiptNo);
  if (no === null) throw new AppError('input.invalid', { field: 'receiptNo' });
  const now = ctx.clock.now();
  const linkId = ctx.db.tx((trx) => {
    const r = redemptionById(trx, input.redemptionId);
    const role = session.role === 'owner' ? 'owner' : 'staff';
    if (!r || !mayUndo(r, role, now, ctx.settings().shop.zone)) throw new AppError('counter.not-undoable');
    setRedemptionReceipt(trx, r.id, input.receiptNo.trim());
    return r.customerId === null
      ? null
      : noteReceipt(ctx, session, { customerId: r.customerId, receiptNo: input.receiptNo, origin: 'redeem', redemptionId: r.id });
  });
  const redemption = redemptionById(ctx.db, input.redemptionId);
  if (redemption) ctx.journal.append([{ kind: 'redemption', at: now, row: { ...redemption } }]);
  return { receipt: linkId === null ? null : lookAtReceipt(ctx, linkId, session) };
}
