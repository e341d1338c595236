import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

// — why people left —

export type StopWhy = 'too-many' | 'not-for-me' | 'other';
export const STOP_WHYS: readonly StopWhy[] = ['too-many', 'not-for-me', 'other'];
export type StopVia = 'reply' | 'counter' | 'owner' | 'import';

export interface StopReason {
  eventId: number;
  reason: StopWhy;
  via: StopVia;
  customerId: CustomerId | null;
  /** The campaign they most likely left over. */
  campaignId: CampaignId | null;
  saidAt: UtcMs;
}

/**
 * Keeps why somebody left, as a fact to count. Call it in the transaction that wrote the ledger's event `eventId`. One reason per
 * stop (`stopEventId`; null = the event is the stop itself): said again, the last word counts.
 */
export function keepStopReason(trx: Trx, r: StopReason & { stopEventId?: number | null }): void {
  const stop = r.stopEventId ?? r.eventId;
  trx.prepare('DELETE FROM stop_reason WHERE stop_event_id = ?').run(stop);
  trx
    .prepare(
      'INSERT OR REPLACE INTO stop_reason (event_id, reason, via, stop_event_id, customer_id, campaign_id, said_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    )
    .run(r.eventId, r.reason, r.via, stop, r.customerId, r.campaignId, r.saidAt);
}

/** Why people left since an instant (inclusive) until another (exclusive), oldest first: by reply, at the counter, from lists. */
export function reasonsSince(db: Db, since: UtcMs, until: UtcMs = Number.MAX_SAFE_INTEGER as UtcMs): StopReason[] {
  return db
    .prepare(
      `SELECT event_id AS eventId, reason, via, customer_id AS customerId, campaign_id AS campaignId, said_at AS saidAt
       FROM stop_reason WHERE said_at >= ? AND said_at < ? ORDER BY said_at, event_id`,
    )
    .all(since, until) as StopReason[];
}

// — a campaign's own reply words —

export interface ReplyWord {
  campaignId: CampaignId;
  /** As replies are compared: lower case, no accents. */
  word: string;
  /** Kind of the counter task it opens. */
  means: string;
  /** The owner's own answers; empty = ours. `{until}` stands for the day. */
  answerEn: string;
  answerEs: string;
  /** Open days the shop keeps what was asked for. */
  holdDays: number;
}

const WORD = 'campaign_id AS campaignId, word, means, answer_en AS answerEn, answer_es AS answerEs, hold_days AS holdDays';

export function replyWords(db: Db, campaignId: CampaignId): ReplyWord[] {
  return db.prepare(`SELECT ${WORD} FROM campaign_reply_word WHERE campaign_id = ? ORDER BY word`).all(campaignId) as ReplyWord[];
}

/** Replaces the reply words of a campaign. */
export function saveReplyWords(trx: Trx, campaignId: CampaignId, words: readonly Omit<ReplyWord, 'campaignId'>[]): void {
  trx.prepare('DELETE FROM campaign_reply_word WHERE campaign_id = ?').run(campaignId);
  const add = trx.prepare(
    'INSERT INTO campaign_reply_word (campaign_id, word, means, answer_en, answer_es, hold_days) VALUES (?, ?, ?, ?, ?, ?)',
  );
  for (const w of words) add.run(campaignId, w.word, w.means, w.answerEn, w.answerEs, w.holdDays);
}

/** A campaign's life, as far as its reply words count: from its start to the end of its window; null: not started, undefined: no such campaign. */
export function campaignLife(db: Db, id: CampaignId): { startedAt: UtcMs; endsAt: UtcMs | null } | null | undefined {
  const r = db.prepare('SELECT started_at AS startedAt, window_ends_at AS endsAt FROM campaign WHERE id = ?').get(id) as
    | { startedAt: UtcMs | null; endsAt: UtcMs | null }
    | undefined;
  return r && (r.startedAt === null ? null : { startedAt: r.startedAt, endsAt: r.endsAt });
}

// — open questions of ours —

export interface OpenMenu {
  kind: 'prefs' | 'topics' | 'email';
  /** What 1, 2, 3 … stood for in the text we sent. */
  options: string[];
  language: 'en' | 'es';
  openedAt: UtcMs;
  expiresAt: UtcMs;
}

/** The question a number may answer at an instant: asked before it, not run out by then. */
export function openMenu(db: Db, phone: string, at: UtcMs): OpenMenu | null {
  const r = db
    .prepare(
      `SELECT kind, options, language, opened_at AS openedAt, expires_at AS expiresAt FROM reply_menu
       WHERE phone = ? AND opened_at <= ? AND expires_at > ?`,
    )
    .get(phone, at, at) as (Omit<OpenMenu, 'options'> & { options: string }) | undefined;
  return r ? { ...r, options: JSON.parse(r.options) as string[] } : null;
}

/** Opens a question, in place of the one before. */
export function openReplyMenu(trx: Trx, phone: string, m: OpenMenu & { sid: string }): void {
  trx
    .prepare(
      `INSERT OR REPLACE INTO reply_menu (phone, kind, options, language, asked_sid, opened_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(phone, m.kind, JSON.stringify(m.options), m.language, m.sid, m.openedAt, m.expiresAt);
}

export function closeReplyMenu(trx: Trx, phone: string): void {
  trx.prepare('DELETE FROM reply_menu WHERE phone = ?').run(phone);
}

// — automatic answers —

/** Notes that a reply is being answered by machine. False when it was already: it gets no second answer. */
export function noteAutoAnswer(trx: Trx, a: { sid: string; phone: string; kind: string; at: UtcMs }): boolean {
  return (
    trx
      .prepare('INSERT INTO auto_answer (inbound_sid, phone, kind, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
      .run(a.sid, a.phone, a.kind, a.at).changes === 1
  );
}

/** How many automatic answers a number had since an instant, of one kind or of all. */
export function autoAnswersSince(db: Db, phone: string, since: UtcMs, kind?: string): number {
  return db
    .prepare('SELECT count(*) FROM auto_answer WHERE phone = @phone AND at > @since AND (@kind IS NULL OR kind = @kind)')
    .pluck()
    .get({ phone, since, kind: kind ?? null }) as number;
}

/** The stop with which somebody's present silence began: the first of the stops nothing has ended since; null = they are not out. */
export function stopBegan(db: Db, hmac: string): number | null {
  const events = db
    .prepare("SELECT id, kind FROM consent_event WHERE address_hmac = ? AND channel = 'sms' ORDER BY id DESC")
    .iterate(hmac) as IterableIterator<{ id: number; kind: string }>;
  let first: number | null = null;
  for (const e of events) {
    if (e.kind !== 'stopped') break;
    first = e.id;
  }
  return first;
}
