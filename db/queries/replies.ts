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
