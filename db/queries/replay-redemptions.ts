import type { Trx } from '../open';
import { exists, insertCodeOnce, personNow } from './replay';

/** What was redeemed since a copy was made, as the journal keeps it. */
export interface RedemptionFact {
  /** Of the file that wrote it: tells two uses of one minute apart. */
  id?: number;
  code: string;
  offerId: number;
  campaignId: number | null;
  customerId: number | null;
  at: number;
  staffId: number | null;
  how: 'code' | 'person' | 'till-file';
  amount: number | null;
  discount: number | null;
  receiptNo: string | null;
  reversedAt: number | null;
  reversedBy: number | null;
  useNo?: number;
  points?: number | null;
  honoured?: string | null;
}

/** What the standing uses make of a code: one that was called off, or that has run out, stays what it is. */
function settleCode(trx: Trx, code: string): void {
  trx
    .prepare(
      `UPDATE offer_code SET state = CASE WHEN (SELECT count(*) FROM redemption r WHERE r.code = @code AND r.reversed_at IS NULL) >= uses
         THEN 'redeemed' WHEN uses > 1 AND state = 'issued' THEN 'issued' ELSE 'reversed' END
       WHERE code = @code AND state IN ('issued', 'redeemed', 'reversed')`,
    )
    .run({ code });
}

/** Codes that were called off stay so: those given out until then that were not used. */
export function voidAgain(
  trx: Trx,
  of: { campaignId?: number; offerId?: number; code?: string; why: 'campaign' | 'owner' },
  at: number,
): void {
  trx
    .prepare(
      `UPDATE offer_code SET state = 'voided', voided_at = @at, voided_why = @why
       WHERE state IN ('issued', 'reversed') AND issued_at <= @at AND (code = @code OR campaign_id = @campaignId OR offer_id = @offerId)`,
    )
    .run({ at, why: of.why, code: of.code ?? null, campaignId: of.campaignId ?? null, offerId: of.offerId ?? null });
}

/** Redemptions of the journal and the rows that stand for them, while it is replayed. */
export interface KnownRedemptions {
  rows: Map<string, number>;
  taken: Set<number>;
}
export const noneKnown = (): KnownRedemptions => ({ rows: new Map(), taken: new Set() });

/** The row that stands for a redemption: the one it was, or one alike that stands for no other of the journal. */
function rowOf(trx: Trx, r: RedemptionFact, known: KnownRedemptions): number | undefined {
  const before = known.rows.get(keyOf(r));
  if (before !== undefined) return before;
  const alike = trx
    .prepare('SELECT id FROM redemption WHERE code = ? AND at = ? AND use_no = ? ORDER BY id')
    .pluck()
    .all(r.code, r.at, r.useNo ?? 1) as number[];
  return alike.find((id) => !known.taken.has(id));
}

function remember(known: KnownRedemptions, r: RedemptionFact, row: number): void {
  known.rows.set(keyOf(r), row);
  known.taken.add(row);
}

const keyOf = (r: RedemptionFact): string => [r.id ?? '', r.code, r.at, r.useNo ?? 1].join(' ');

/**
 * A redemption, or its taking back when the file already has it. A code whose issue is unknown is written with it: used is used. One more
 * use than the code has (two lives of the shop gave it once each) is left out: the code is used, and a restore never fails for it.
 */
export function putRedemption(trx: Trx, r: RedemptionFact, known: KnownRedemptions): boolean {
  const row = rowOf(trx, r, known);
  if (row !== undefined) {
    remember(known, r, row);
    if (r.reversedAt === null) return false;
    const taken = trx
      .prepare('UPDATE redemption SET reversed_at = ?, reversed_by = ? WHERE id = ? AND reversed_at IS NULL')
      .run(r.reversedAt, r.reversedBy, row).changes;
    if (taken > 0) settleCode(trx, r.code);
    return taken > 0;
  }
  const useNo = r.useNo ?? 1;
  const code = trx.prepare('SELECT uses, offer_id AS offerId FROM offer_code WHERE code = ?').get(r.code) as
    | { uses: number; offerId: number }
    | undefined;
  if (!code) insertCodeOnce(trx, { ...r, state: 'redeemed', issuedAt: r.at, expiresAt: r.at, uses: useNo });
  else if (r.reversedAt === null && !roomFor(trx, r, code.uses)) return false;
  const offerId = code && !exists(trx, 'offer', r.offerId) ? code.offerId : r.offerId;
  const { lastInsertRowid } = trx.run(
    trx.q.insertInto('redemption').values({
      code: r.code,
      offer_id: offerId,
      campaign_id: r.campaignId,
      customer_id: personNow(trx, r.customerId),
      at: r.at,
      staff_id: r.staffId,
      how: r.how,
      amount: r.amount,
      discount: r.discount,
      receipt_no: r.receiptNo,
      reversed_at: r.reversedAt,
      reversed_by: r.reversedBy,
      use_no: useNo,
      points: r.points ?? null,
      honoured: r.honoured ?? null,
    }),
  );
  remember(known, r, Number(lastInsertRowid));
  settleCode(trx, r.code);
  return true;
}

/** Whether this use of the code is free. A code known by its uses alone was for as many as are known. */
function roomFor(trx: Trx, r: RedemptionFact, uses: number): boolean {
  const useNo = r.useNo ?? 1;
  if (useNo > uses) {
    return trx.prepare('UPDATE offer_code SET uses = ? WHERE code = ? AND issued_at = expires_at').run(useNo, r.code).changes > 0;
  }
  return trx.prepare('SELECT 1 FROM redemption WHERE code = ? AND use_no = ? AND reversed_at IS NULL').get(r.code, useNo) === undefined;
}
