import type { Micros, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { RestoreTable } from '../schema/restore';
import { type OutboxRow, rowOf } from './outbox';

export type RestoreHow = RestoreTable['how'];

/** What came back from the journal, by kind. */
export interface Brought {
  stops: number;
  /** Yeses and everything else said about permission. */
  permissions: number;
  signUps: number;
  redemptions: number;
  codes: number;
  cards: number;
  campaigns: number;
  erased: number;
  /** Texts known to have left, by their own line in the journal. */
  texts: number;
  /** Mails, likewise. */
  mails: number;
  /** Steps of follow-ups taken or ended. */
  followUps: number;
  /** People on lists for other channels. */
  reached: number;
  links: number;
  draws: number;
  drawEntries: number;
  /** Cards, punches and rewards. */
  rewards: number;
  /** Orders and things kept for somebody, as they stood. */
  orders: number;
  notices: number;
}
export const NOTHING_BROUGHT: Brought = {
  stops: 0,
  permissions: 0,
  signUps: 0,
  redemptions: 0,
  codes: 0,
  cards: 0,
  campaigns: 0,
  erased: 0,
  texts: 0,
  mails: 0,
  followUps: 0,
  reached: 0,
  links: 0,
  draws: 0,
  drawEntries: 0,
  rewards: 0,
  orders: 0,
  notices: 0,
};

/** How the journals lay. */
export interface JournalsFound {
  /** Journals that were there and had at least one readable line. */
  read: number;
  /** Lines that could not be read, between readable ones. */
  unreadable: number;
  torn: boolean;
  /** Permissions and stops missing between the copy and the journal, as the numbers of the ledger tell. */
  gap: number;
  /** None of the lines could be read: another key. */
  foreign: boolean;
}

/** What a look at the carrier's list brought, by kind. */
export interface Found {
  /** Messages looked at. */
  seen: number;
  /** Texts of the copy that had left since. */
  adopted: number;
  /** Texts the copy knows nothing of. */
  unknown: number;
  /** Offer codes read out of texts. */
  codes: number;
}
export const NOTHING_FOUND: Found = { seen: 0, adopted: 0, unknown: 0, codes: 0 };

/** Where a look stands: pages are newest first. */
export interface LookCursor {
  next: string | null;
  pages: number;
  /** How far back it has come. */
  reached: UtcMs;
  startedAt: UtcMs;
}

export interface Restore {
  id: number;
  epoch: number;
  how: RestoreHow;
  at: UtcMs;
  copyAt: UtcMs;
  knowsUntil: UtcMs;
  brought: Brought;
  journal: JournalsFound;
  found: Found;
  cursor: LookCursor | null;
  looks: number;
  lookAt: UtcMs | null;
  doneAt: UtcMs | null;
}

const restoreOf = (r: Selectable<RestoreTable>): Restore => ({
  id: r.id,
  epoch: r.epoch,
  how: r.how,
  at: r.at as UtcMs,
  copyAt: r.copy_at as UtcMs,
  knowsUntil: r.knows_until as UtcMs,
  brought: { ...NOTHING_BROUGHT, ...(JSON.parse(r.brought) as Partial<Brought>) },
  journal: { read: 0, unreadable: 0, torn: false, gap: 0, foreign: false, ...(JSON.parse(r.journal) as Partial<JournalsFound>) },
  found: { ...NOTHING_FOUND, ...(JSON.parse(r.found) as Partial<Found>) },
  cursor: r.cursor === null ? null : (JSON.parse(r.cursor) as LookCursor),
  looks: r.looks,
  lookAt: r.look_at as UtcMs | null,
  doneAt: r.done_at as UtcMs | null,
});

/** The last time an older copy took this file's place; undefined = never. */
export function lastRestore(db: Db): Restore | undefined {
  const r = db.prepare('SELECT * FROM restore ORDER BY id DESC LIMIT 1').get();
  return r ? restoreOf(r as Selectable<RestoreTable>) : undefined;
}

/** Writes it down. What an earlier, unfinished one still had to look for is looked for by this one. */
export function insertRestore(trx: Trx, r: Pick<Restore, 'epoch' | 'how' | 'at' | 'copyAt' | 'knowsUntil' | 'brought' | 'journal'>): void {
  const open = trx.prepare('SELECT min(knows_until) FROM restore WHERE done_at IS NULL').pluck().get() as number | null;
  trx.prepare('UPDATE restore SET done_at = ?, look_at = NULL, cursor = NULL WHERE done_at IS NULL').run(r.at);
  trx
    .prepare(`INSERT INTO restore (epoch, how, at, copy_at, knows_until, brought, journal, look_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(
      r.epoch,
      r.how,
      r.at,
      r.copyAt,
      Math.min(r.knowsUntil, open ?? r.knowsUntil),
      JSON.stringify(r.brought),
      JSON.stringify(r.journal),
      r.at,
    );
}

export function saveLook(trx: Trx, id: number, s: Pick<Restore, 'found' | 'cursor' | 'looks' | 'lookAt'>): void {
  trx
    .prepare('UPDATE restore SET found = ?, cursor = ?, looks = ?, look_at = ? WHERE id = ?')
    .run(JSON.stringify(s.found), s.cursor === null ? null : JSON.stringify(s.cursor), s.looks, s.lookAt, id);
}

export function closeRestore(trx: Trx, id: number, now: UtcMs): void {
  trx.prepare('UPDATE restore SET done_at = ? WHERE id = ? AND done_at IS NULL').run(now, id);
}

/** The last instant this file tells of: nothing in it is younger, so whatever is younger happened without it. */
export function knowsUntil(db: Db): UtcMs {
  const at = db
    .prepare(
      `SELECT max(at) FROM (
         SELECT (SELECT recorded_at FROM consent_event ORDER BY id DESC LIMIT 1) AS at
         UNION ALL SELECT (SELECT at FROM audit ORDER BY id DESC LIMIT 1)
         UNION ALL SELECT max(last_success_at) FROM poll_state
         UNION ALL SELECT max(started_at) FROM task
         UNION ALL SELECT max(updated_at) FROM campaign
         UNION ALL SELECT max(updated_at) FROM outbox
         UNION ALL SELECT (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'created_at'))`,
    )
    .pluck()
    .get() as number | null;
  return (at ?? 0) as UtcMs;
}

export interface HeldCampaign {
  id: number;
  name: string;
  state: 'paused' | 'scheduled' | 'cancelled';
  startedAt: UtcMs | null;
  /** Of its texts: left, not left, and those nobody can tell. */
  left: number;
  notLeft: number;
  unsure: number;
}

/** Campaigns on hold since the restore, with what became of their texts; also those whose rest was put aside for good. */
export function heldCampaigns(db: Db): HeldCampaign[] {
  return db
    .prepare(
      `SELECT c.id, c.name, c.state, c.started_at AS startedAt,
         (SELECT count(*) FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT)
            AND o.state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed')) AS left,
         (SELECT count(*) FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT)
            AND o.state = 'uncertain' AND o.reason = 'restored') AS notLeft,
         (SELECT count(*) FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT)
            AND o.state = 'uncertain' AND o.reason IS NOT 'restored' AND o.reason IS NOT 'given-up') AS unsure
       FROM campaign c WHERE c.pause_reason = 'restored' AND c.state IN ('paused', 'scheduled') ORDER BY c.id DESC`,
    )
    .all() as HeldCampaign[];
}

/** Personal texts (confirmations, questions, answers) that had not left when the copy was made. */
export function heldPersonal(db: Db): { messageClass: string; n: number }[] {
  return db
    .prepare(
      `SELECT message_class AS messageClass, count(*) AS n FROM outbox
       WHERE state = 'uncertain' AND reason = 'restored' AND cause_kind <> 'campaign' GROUP BY message_class ORDER BY message_class`,
    )
    .all() as { messageClass: string; n: number }[];
}

/** Texts nobody can tell of: a POST had begun when the copy was made, and the carrier's list shows nothing. */
export const unsureTexts = (db: Db): number =>
  db.prepare("SELECT count(*) FROM outbox WHERE state = 'uncertain' AND reason = 'not-confirmed'").pluck().get() as number;

/** Unsure texts to some numbers, for a page of the carrier's list. */
export function restoredTo(db: Db, phones: readonly string[]): OutboxRow[] {
  return (
    db
      .prepare(
        `SELECT * FROM outbox WHERE address IN (SELECT value FROM json_each(?))
         AND ((state = 'uncertain' AND reason = 'restored') OR state = 'rejected') ORDER BY id`,
      )
      .all(JSON.stringify(phones)) as Parameters<typeof rowOf>[0][]
  ).map(rowOf);
}

/** Some of a cause's texts that did not leave. */
export function notLeft(db: Db, of: { campaignId: number } | 'personal', limit: number): OutboxId[] {
  const where = of === 'personal' ? "cause_kind <> 'campaign'" : "cause_kind = 'campaign' AND cause_id = @id";
  return db
    .prepare(`SELECT id FROM outbox WHERE state = 'uncertain' AND reason = 'restored' AND ${where} ORDER BY id LIMIT @limit`)
    .pluck()
    .all({ limit, ...(of === 'personal' ? {} : { id: String(of.campaignId) }) }) as OutboxId[];
}

/**
 * After a whole look: what was not found is looked for again at `lookAt`, or, when that was the last look, it did not leave. Texts
 * whose POST had begun in the copy stay a question for the owner.
 */
export function settleNotFound(trx: Trx, lookAt: UtcMs | null, now: UtcMs): void {
  if (lookAt !== null) {
    trx.prepare("UPDATE outbox SET reconcile_at = ? WHERE state = 'uncertain' AND reason = 'restored'").run(lookAt);
    return;
  }
  trx
    .prepare(
      `UPDATE outbox SET reason = 'not-confirmed', reconcile_at = NULL, updated_at = ?
       WHERE state = 'uncertain' AND reason = 'restored' AND reconcile_step > 0`,
    )
    .run(now);
  trx
    .prepare(
      `UPDATE outbox SET left_at = NULL, reconcile_at = NULL, updated_at = ? WHERE state = 'uncertain' AND reason = 'restored' AND reconcile_step = 0`,
    )
    .run(now);
}

/** The only person behind a number; null for nobody or a family. */
export function onlyPersonAt(db: Db, phone: string): number | null {
  const ids = db.prepare('SELECT id FROM customer WHERE phone = ? LIMIT 2').pluck().all(phone) as number[];
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

export interface UnknownText {
  sid: string;
  address: PhoneE164;
  customerId: number | null;
  messageClass: 'marketing' | 'reply' | 'confirmation' | 'double-opt-in' | 'help' | 'stop-confirmation';
  state: 'scheduled' | 'accepted' | 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';
  body: string;
  segments: number;
  code: string | null;
  sender: string | null;
  errorCode: number | null;
  price: Micros | null;
  priceCurrency: string | null;
  leftAt: UtcMs;
  finalAt: UtcMs | null;
  /** The carrier holds it for later; it does not say until when: at the latest until then. Marked to be called back. */
  heldUntil: UtcMs | null;
  now: UtcMs;
}

/** A text that left in a life this file knows nothing of: counted towards the number's caps, the money spent and their timeline. */
export function insertUnknown(trx: Trx, t: UnknownText): boolean {
  return (
    trx
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, reason, body, segments,
           code, not_before, attempts, sid, sender, error_code, left_at, final_at, price, price_currency, carrier_segments, created_at, updated_at,
           reconcile_at, send_at, recall)
         VALUES ('restored', @sid, 'sms', @address, @customerId, @messageClass, 10, @state, 'restored', @body, @segments,
           @code, @leftAt, 1, @sid, @sender, @errorCode, CASE WHEN @heldUntil IS NULL THEN @leftAt END, @finalAt, @price, @priceCurrency, @segments, @leftAt, @now,
           CASE WHEN @state IN ('accepted', 'queued', 'sent') THEN @now END,
           @heldUntil, CASE WHEN @heldUntil IS NOT NULL THEN 'restored' END)
         ON CONFLICT DO NOTHING`,
      )
      .run({ ...t }).changes > 0
  );
}

/** The words of a text that the journal knew without them. */
export const fillBody = (trx: Trx, sid: string, body: string, segments: number): boolean =>
  trx.prepare("UPDATE outbox SET body = ?, segments = max(segments, ?) WHERE sid = ? AND body = ''").run(body, segments, sid).changes > 0;

/** Wordings with an offer of personal codes, the newest campaign's first: which of them a text may have been written from. */
export function wordsWithCodes(db: Db): { campaignId: number; offerId: number; body: string }[] {
  return db
    .prepare(
      `SELECT p.id AS campaignId, p.offer_id AS offerId, p.body FROM (
         SELECT id, offer_id, body FROM campaign
         UNION ALL SELECT campaign_id, offer_id, body FROM campaign_part
         UNION ALL SELECT w.campaign_id, CASE w.position WHEN 1 THEN c.offer_id ELSE t.offer_id END, w.body
           FROM campaign_words w JOIN campaign c ON c.id = w.campaign_id
           LEFT JOIN campaign_part t ON t.campaign_id = w.campaign_id AND t.position = w.position
       ) p JOIN offer o ON o.id = p.offer_id WHERE o.code_mode = 'personal' ORDER BY p.id DESC LIMIT 400`,
    )
    .all() as { campaignId: number; offerId: number; body: string }[];
}

/** An offer for codes of which nothing else is known; made when first needed. */
export function offerForFoundCodes(trx: Trx, name: string, now: UtcMs): number {
  const id = trx.prepare("SELECT id FROM offer WHERE name = ? AND kind = 'other'").pluck().get(name) as number | undefined;
  return (
    id ??
    Number(
      trx.prepare("INSERT INTO offer (name, kind, valid_days, code_mode, created_at) VALUES (?, 'other', 30, 'personal', ?)").run(name, now)
        .lastInsertRowid,
    )
  );
}

/** Whether a reply was written down by what it caused: it was taken before, in a life this file has only the journal of. */
export const takenBefore = (db: Db, inboundSid: string): boolean =>
  db.prepare('SELECT 1 FROM consent_evidence WHERE inbound_sid = ? LIMIT 1').get(inboundSid) !== undefined;

/** Whether anybody is in this shop at all. */
export const anyCustomer = (db: Db): boolean => db.prepare('SELECT 1 FROM customer LIMIT 1').get() !== undefined;

/** A schedule held since a restore counts again: its own time decides. */
export const releaseSchedule = (trx: Trx, id: number, now: UtcMs): boolean =>
  trx
    .prepare("UPDATE campaign SET pause_reason = NULL, updated_at = ? WHERE id = ? AND state = 'scheduled' AND pause_reason = 'restored'")
    .run(now, id).changes > 0;
