import type { Wording } from '@domain/campaigns/parts';
import type { CustomerId } from '@domain/kernel';
import type { Insertable, Selectable } from 'kysely';
import type { Trx } from '../open';
import type { CampaignTable } from '../schema/campaigns';
import type { ConsentEventTable, ConsentEvidenceTable } from '../schema/consent';
import type { CustomerTable } from '../schema/customers';
import { restoreParts } from './campaign-parts';
import type { Campaign } from './campaigns';
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
export const personNow = (trx: Trx, id: number | null): number | null => (id === null ? null : survivorOf(trx, id as CustomerId));

export const exists = (trx: Trx, table: 'offer' | 'campaign' | 'automation', id: number | null): boolean =>
  id !== null && trx.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;

/** Texts that failed longer ago are not tried again by themselves. */
const RETRIED_MS = 4 * 86_400_000;

interface CodeFact {
  code: string;
  offerId: number;
  campaignId: number | null;
  customerId: number | null;
  state: 'issued' | 'redeemed' | 'reversed' | 'expired' | 'voided';
  issuedAt: number;
  expiresAt: number;
  /** Older lines know nothing of several uses or of a first day. */
  uses?: number;
  startsAt?: number | null;
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
          customer_id: personNow(trx, c.customerId),
          state: c.state,
          issued_at: c.issuedAt,
          expires_at: c.expiresAt,
          uses: c.uses ?? 1,
          starts_at: c.startsAt ?? null,
        })
        .onConflict((o) => o.doNothing()),
    ).changes > 0
  );
}

/** A membership card somebody holds; of somebody merged since, it is the other record's. One whose holder is gone is nobody's. */
export function putCard(trx: Trx, c: { number: string; customerId: number; issuedAt: number; staffId: number | null }): boolean {
  const customerId = personNow(trx, c.customerId);
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

/** What was on its way when the copy was made. */
export function sendingCampaigns(trx: Trx): { id: number; state: 'sending' | 'staging' }[] {
  return trx
    .all(trx.q.selectFrom('campaign').select(['id', 'state']).where('state', 'in', ['sending', 'staging']))
    .map((c) => ({ id: c.id, state: c.state === 'staging' ? 'staging' : 'sending' }));
}

export function setCampaignStateForRestore(trx: Trx, id: number, state: CampaignTable['state'], now: number): void {
  trx.run(trx.q.updateTable('campaign').set({ state, pause_reason: 'restored', updated_at: now }).where('id', '=', id));
}

/** Paused and scheduled ones wait for the same look at the carrier's list as those that were being sent. Returns how many. */
export function holdOthers(trx: Trx, now: number): number {
  return trx
    .prepare(
      "UPDATE campaign SET pause_reason = 'restored', updated_at = ? WHERE state IN ('paused', 'scheduled') AND pause_reason IS NOT 'restored'",
    )
    .run(now).changes;
}

/** A campaign as the journal keeps it when it was started. Older lines know its id only. */
export interface StartedFact {
  id: number;
  name?: string;
  body?: string;
  offerId?: number | null;
  topic?: string;
  startedAt?: number | null;
  windowEndsAt?: number | null;
  /** Further parts and other wordings: texts found at the carrier are told by the words they were made of, and codes by their offer. */
  more?: { position: number; name: string; body: string; offerId: number | null }[];
  words?: readonly Wording[];
  parentId?: number | null;
  /** A month of what runs by itself. */
  automationId?: number | null;
  /** Which one, "2027-05". */
  month?: string;
}

/** What the journal keeps of a campaign at its start. */
export const startedFact = (c: Campaign): StartedFact => ({
  id: c.id,
  name: c.name,
  body: c.body,
  offerId: c.offerId,
  topic: c.topic,
  startedAt: c.startedAt,
  windowEndsAt: c.windowEndsAt,
  ...(c.parts.length > 1 ? { more: c.parts.slice(1).map(({ position, name, body, offerId }) => ({ position, name, body, offerId })) } : {}),
  ...(c.words.length > 0 ? { words: c.words } : {}),
  ...(c.parentId === null ? {} : { parentId: c.parentId }),
  ...(c.automationId === null ? {} : { automationId: c.automationId }),
});

/**
 * A draft in the copy that was sent since: pressed again it would text everybody twice. It can be copied, never started. One the copy
 * does not have keeps its place: its number must not be given to another, whose results would be mixed with its codes.
 */
export function closeStarted(trx: Trx, c: StartedFact, now: number): boolean {
  const closed = trx
    .prepare(
      "UPDATE campaign SET state = 'cancelled', pause_reason = 'restored', started_at = coalesce(started_at, ?), updated_at = ? WHERE id = ? AND state IN ('draft', 'scheduled')",
    )
    .run(c.startedAt ?? null, now, c.id).changes;
  if (closed > 0) return true;
  if (exists(trx, 'campaign', c.id)) return false;
  trx
    .prepare(
      `INSERT INTO campaign (id, name, state, body, offer_id, topic, parent_id, automation_id, pause_reason, created_at, updated_at, started_at, finished_at, window_ends_at, via_carrier)
       VALUES (?, ?, 'cancelled', ?, ?, ?, ?, ?, 'restored', ?, ?, ?, ?, ?, 1)`,
    )
    .run(
      c.id,
      c.name ?? 'Campaign made after the copy',
      c.body ?? '',
      exists(trx, 'offer', c.offerId ?? null) ? (c.offerId ?? null) : null,
      c.topic ?? 'offers',
      exists(trx, 'campaign', c.parentId ?? null) ? (c.parentId ?? null) : null,
      exists(trx, 'automation', c.automationId ?? null) ? (c.automationId ?? null) : null,
      c.startedAt ?? now,
      now,
      c.startedAt ?? null,
      now,
      c.windowEndsAt ?? null,
    );
  // its month stays in the results of what it belongs to; nobody is put into it any more
  if (c.month !== undefined && exists(trx, 'automation', c.automationId ?? null))
    trx
      .prepare("INSERT INTO automation_edition (campaign_id, automation_id, month, sealed) VALUES (?, ?, ?, '')")
      .run(c.id, c.automationId, c.month);
  restoreParts(trx, c, (id) => exists(trx, 'offer', id));
  return true;
}

/**
 * Texts that had not left when the copy was made may have left since: uncertain, until the carrier's list was looked through; unseen
 * ones never leave. `reconcile_step` tells those whose POST had begun in the copy: nothing found of them proves nothing.
 */
export function unsureAfterRestore(trx: Trx, now: number): void {
  trx
    .prepare(
      `UPDATE outbox SET state = 'uncertain', reason = 'restored', reconcile_at = @now, left_at = coalesce(left_at, @now), retry_at = NULL,
         reconcile_step = CASE WHEN state = 'waiting' THEN 0 ELSE 1 END, updated_at = @now
       WHERE state IN ('waiting', 'sending') OR (state = 'uncertain' AND reason IS NOT 'given-up' AND reason IS NOT 'restored')`,
    )
    .run({ now });
  trx.prepare("UPDATE outbox SET reconcile_at = ? WHERE state = 'uncertain' AND reason = 'restored'").run(now);
  trx.prepare("UPDATE outbox SET state = 'cancelled', reason = 'restored', updated_at = ? WHERE state = 'staged'").run(now);
  // one that failed may have been sent again since: never by itself from here
  trx
    .prepare("UPDATE outbox SET expires_at = ? WHERE state = 'failed' AND final_at > ? AND (expires_at IS NULL OR expires_at > ?)")
    .run(now, now - RETRIED_MS, now);
}

export interface QueuedFact {
  kind: 'confirmation' | 'double-opt-in';
  body: string;
  segments: number;
  customerId: number | null;
  address: string;
  createdAt: number;
  expiresAt: number | null;
}

/** Permission texts that an event queued: what the journal keeps beside the event. */
export function queuedBy(trx: Trx, eventId: number): QueuedFact[] {
  return trx
    .prepare(
      `SELECT cause_kind AS kind, body, segments, customer_id AS customerId, address, created_at AS createdAt, expires_at AS expiresAt
       FROM outbox WHERE cause_kind IN ('confirmation', 'double-opt-in') AND cause_id = ? AND channel = 'sms'`,
    )
    .all(String(eventId)) as QueuedFact[];
}

/**
 * The text that an event of the journal had queued: it may have left. It stands in the file again as one that is looked for, so that
 * nobody gets an offer before they were told what they signed up for.
 */
export function putQueued(trx: Trx, eventId: number, q: QueuedFact, priority: number, now: number): void {
  trx
    .prepare(
      `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, reason, body, segments,
         not_before, expires_at, attempts, reconcile_step, reconcile_at, left_at, created_at, updated_at)
       VALUES (?, ?, 'sms', ?, ?, ?, ?, 'uncertain', 'restored', ?, ?, ?, ?, 0, 0, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    )
    .run(
      q.kind,
      String(eventId),
      q.address,
      q.customerId === null ? null : survivorOf(trx, q.customerId as CustomerId),
      q.kind,
      priority,
      q.body,
      q.segments,
      q.createdAt,
      q.expiresAt,
      now,
      now,
      q.createdAt,
      now,
    );
}

/** A text the carrier took, as the journal kept it. */
export interface SentFact {
  cause: { kind: string; id: string };
  to: string;
  at: number;
  messageClass: string;
  sid: string;
  segments: number;
  quotedPrice: number | null;
  code: string | null;
  customerId: number | null;
  sendAt: number | null;
}

/**
 * What the copy does not know yet of a text that left: its row has left as well, or, where there is none, one is written without words
 * (the carrier's list brings them). False when it is known.
 */
export function putSent(trx: Trx, t: SentFact, now: number): boolean {
  if (trx.prepare('SELECT 1 FROM outbox WHERE sid = ? UNION ALL SELECT 1 FROM outbox_attempt WHERE sid = ?').get(t.sid, t.sid))
    return false;
  const held = t.sendAt !== null;
  const state = held ? 'scheduled' : 'accepted';
  const leftAt = held ? null : t.at;
  const moved = trx
    .prepare(
      `UPDATE outbox SET state = ?, reason = NULL, sid = ?, left_at = ?, send_at = ?, retry_at = NULL, reconcile_step = 0, reconcile_at = ?,
         attempts = max(attempts, 1), updated_at = ?
       WHERE cause_kind = ? AND cause_id = ? AND channel = 'sms' AND address = ? AND state IN ('staged', 'waiting', 'sending', 'uncertain', 'rejected')`,
    )
    .run(state, t.sid, leftAt, t.sendAt, held ? null : now, now, t.cause.kind, t.cause.id, t.to).changes;
  if (moved > 0) return true;
  return (
    trx
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, reason, body, segments,
           quoted_price, code, not_before, attempts, reconcile_at, sid, left_at, send_at, created_at, updated_at)
         VALUES (?, ?, 'sms', ?, ?, ?, 10, ?, 'restored', '', ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(
        t.cause.kind,
        t.cause.id,
        t.to,
        t.customerId === null ? null : survivorOf(trx, t.customerId as CustomerId),
        t.messageClass,
        state,
        t.segments,
        t.quotedPrice,
        t.code,
        t.at,
        held ? null : now,
        t.sid,
        leftAt,
        t.sendAt,
        t.at,
        now,
      ).changes > 0
  );
}
