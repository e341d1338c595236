import type { WordsVerdict } from '@domain/attribution/wordings';
import type { WordingLanguage, WordsKey } from '@domain/campaigns/parts';
import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface WordsReaderRow {
  customerId: CustomerId;
  part: number;
  words: WordsKey;
  language: WordingLanguage;
  linkCapable: 'yes' | 'no' | 'unknown';
}

/** Who of a campaign's people got which wording, in id order after `after`. */
export const wordsReaders = (db: Db, id: CampaignId, after: number, limit: number): WordsReaderRow[] =>
  db
    .prepare(
      `SELECT p.customer_id AS customerId, p.part, p.words, coalesce(c.language, 'en') AS language, coalesce(c.link_capable, 'unknown') AS linkCapable
       FROM campaign_person p LEFT JOIN customer c ON c.id = p.customer_id
       WHERE p.campaign_id = ? AND p.arm = 'text' AND p.customer_id > ? ORDER BY p.customer_id LIMIT ?`,
    )
    .all(id, after, limit) as WordsReaderRow[];

export function wordsVerdict(db: Db, id: CampaignId): { judgedAt: UtcMs; verdict: WordsVerdict } | null {
  const row = db.prepare('SELECT judged_at AS judgedAt, verdict FROM words_verdict WHERE campaign_id = ?').get(id) as
    | { judgedAt: UtcMs; verdict: string }
    | undefined;
  return row ? { judgedAt: row.judgedAt, verdict: JSON.parse(row.verdict) as WordsVerdict } : null;
}

/** The first judgement stands. */
export const keepWordsVerdict = (trx: Trx, id: CampaignId, verdict: WordsVerdict, at: UtcMs): void =>
  void trx
    .prepare('INSERT OR IGNORE INTO words_verdict (campaign_id, judged_at, verdict) VALUES (?, ?, ?)')
    .run(id, at, JSON.stringify(verdict));

/** Texts of campaigns whose window is over, and how many of those people used a code. */
export const usualRedemption = (db: Db, now: UtcMs): { texts: number; redeemed: number } =>
  db
    .prepare(
      `SELECT coalesce(sum(texts), 0) AS texts, coalesce(sum(redeemed), 0) AS redeemed FROM (
         SELECT (SELECT count(*) FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT) AND o.left_at IS NOT NULL) AS texts,
           (SELECT count(DISTINCT r.customer_id) FROM redemption r WHERE r.campaign_id = c.id AND r.reversed_at IS NULL) AS redeemed
         FROM campaign c WHERE c.offer_id IS NOT NULL AND c.window_ends_at < ? ORDER BY c.window_ends_at DESC LIMIT 10)`,
    )
    .get(now) as { texts: number; redeemed: number };
