import type { CustomerId } from '@domain/kernel';
import type { Insertable, Selectable } from 'kysely';
import type { Trx } from '../open';
import type { CampaignTable } from '../schema/campaigns';
import type { ConsentEventTable, ConsentEvidenceTable } from '../schema/consent';
import type { CustomerTable } from '../schema/customers';
import { survivorOf } from './merges';

/** Writes again, after a restore, what the journal remembers. Every function leaves alone what the file already knows. */

type StoredEvent = Selectable<ConsentEventTable>;

/** By its hash, or, where an earlier restore chained it anew, by its proof: the salt makes each event's its own. */
export const hasEvent = (trx: Trx, e: Pick<StoredEvent, 'hash' | 'address_hmac' | 'evidence_hash'>): boolean =>
  trx
    .prepare('SELECT 1 FROM consent_event WHERE hash = ? OR (address_hmac = ? AND evidence_hash = ?) LIMIT 1')
    .get(e.hash, e.address_hmac, e.evidence_hash) !== undefined;

export function insertStoredEvent(trx: Trx, row: StoredEvent, evidence: Insertable<ConsentEvidenceTable>): void {
  trx.run(trx.q.insertInto('consent_event').values(row));
  trx.run(trx.q.insertInto('consent_evidence').values(evidence));
}

/** Somebody who signed up and was put together with another record since stays put together: a restore brings no double back. */
export function insertCustomerOnce(trx: Trx, row: Insertable<CustomerTable>): boolean {
  if (row.id !== undefined && survivorOf(trx, row.id as CustomerId) !== null) return false;
  return (
    trx.run(
      trx.q
        .insertInto('customer')
        .values(row)
        .onConflict((c) => c.doNothing()),
    ).changes > 0
  );
}

/** Who a person is by now; null when nobody any more. */
const now = (trx: Trx, id: number | null): number | null => (id === null ? null : survivorOf(trx, id as CustomerId));

const exists = (trx: Trx, table: 'offer' | 'campaign', id: number | null): boolean =>
  id !== null && trx.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;

interface CodeFact {
  code: string;
  offerId: number;
  campaignId: number | null;
  customerId: number | null;
  state: 'issued' | 'redeemed' | 'reversed' | 'expired' | 'voided';
  issuedAt: number;
  expiresAt: number;
}

/** A code somebody may be holding. Its offer is gone with a copy made before it: one with its id takes its place, so it can be honoured. */
export function insertCodeOnce(trx: Trx, c: CodeFact): boolean {
  if (!exists(trx, 'offer', c.offerId)) {
    trx.run(
      trx.q.insertInto('offer').values({
        id: c.offerId,
        name: 'Offer made before the restore',
        kind: 'other',
        valid_days: Math.max(1, Math.round((c.expiresAt - c.issuedAt) / 86_400_000)),
        code_mode: 'personal',
        created_at: c.issuedAt,
      }),
    );
  }
  return (
    trx.run(
      trx.q
        .insertInto('offer_code')
        .values({
          code: c.code,
          offer_id: c.offerId,
          campaign_id: c.campaignId,
          customer_id: now(trx, c.customerId),
          state: c.state,
          issued_at: c.issuedAt,
          expires_at: c.expiresAt,
        })
        .onConflict((o) => o.doNothing()),
    ).changes > 0
  );
}

/** A membership card somebody holds; of somebody merged since, it is the other record's. One whose holder is gone is nobody's. */
export function putCard(trx: Trx, c: { number: string; customerId: number; issuedAt: number; staffId: number | null }): boolean {
  const customerId = now(trx, c.customerId);
  if (customerId === null) return false;
  return (
    trx.run(
      trx.q
        .insertInto('member_card')
        .values({ number: c.number, customer_id: customerId, issued_at: c.issuedAt, staff_id: c.staffId })
        .onConflict((o) => o.doNothing()),
    ).changes > 0
  );
}

interface RedemptionFact {
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
}

/** A redemption, or its taking back when the file already has it. A code whose issue is unknown is left out: there is nothing to mark. */
export function putRedemption(trx: Trx, r: RedemptionFact): boolean {
  const known = trx.one(trx.q.selectFrom('redemption').select(['id', 'reversed_at']).where('code', '=', r.code).where('at', '=', r.at));
  if (known) {
    if (known.reversed_at !== null || r.reversedAt === null) return false;
    trx.run(trx.q.updateTable('redemption').set({ reversed_at: r.reversedAt, reversed_by: r.reversedBy }).where('id', '=', known.id));
    trx.run(trx.q.updateTable('offer_code').set({ state: 'reversed' }).where('code', '=', r.code));
    return true;
  }
  if (!trx.one(trx.q.selectFrom('offer_code').select('code').where('code', '=', r.code))) return false;
  trx.run(
    trx.q.insertInto('redemption').values({
      code: r.code,
      offer_id: r.offerId,
      campaign_id: r.campaignId,
      customer_id: now(trx, r.customerId),
      at: r.at,
      staff_id: r.staffId,
      how: r.how,
      amount: r.amount,
      discount: r.discount,
      receipt_no: r.receiptNo,
      reversed_at: r.reversedAt,
      reversed_by: r.reversedBy,
    }),
  );
  trx.run(
    trx.q
      .updateTable('offer_code')
      .set({ state: r.reversedAt === null ? 'redeemed' : 'reversed' })
      .where('code', '=', r.code),
  );
  return true;
}

/** What was on its way when the copy was made. */
export function sendingCampaigns(trx: Trx): { id: number; state: 'sending' | 'staging' }[] {
  return trx
    .all(trx.q.selectFrom('campaign').select(['id', 'state']).where('state', 'in', ['sending', 'staging']))
    .map((c) => ({ id: c.id, state: c.state === 'staging' ? 'staging' : 'sending' }));
}

export function setCampaignStateForRestore(trx: Trx, id: number, state: CampaignTable['state'], now: number): void {
  trx.run(trx.q.updateTable('campaign').set({ state, pause_reason: 'restored', updated_at: now }).where('id', '=', id));
}

/** A draft in the copy that was sent since: pressed again it would text everybody twice. It can be copied, never started. */
export function closeStartedDraft(trx: Trx, id: number, now: number): boolean {
  return (
    trx.run(
      trx.q
        .updateTable('campaign')
        .set({ state: 'cancelled', pause_reason: 'restored', updated_at: now })
        .where('id', '=', id)
        .where('state', '=', 'draft'),
    ).changes > 0
  );
}

/** Texts that had not left when the copy was made may have left since: uncertain, for the owner to decide; unseen ones never leave. */
export function unsureAfterRestore(trx: Trx, now: number): void {
  trx.run(
    trx.q
      .updateTable('outbox')
      .set({ state: 'uncertain', reason: 'restored', reconcile_at: now, left_at: now, updated_at: now })
      .where('state', 'in', ['waiting', 'sending']),
  );
  trx.run(trx.q.updateTable('outbox').set({ state: 'cancelled', reason: 'restored', updated_at: now }).where('state', '=', 'staged'));
}
