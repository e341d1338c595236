import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Discount } from '@domain/taps/judge';
import type { Db, Trx } from '../open';

/** Every tap that counts: customer_id, campaign_id, at. Empty without a link source, whatever was read before. */
export const TAPS = `SELECT k.customer_id, k.campaign_id, t.at FROM link_code k JOIN tap t ON t.code = k.code
  WHERE t.discounted IS NULL AND EXISTS (SELECT 1 FROM link_source WHERE id = 1)`;

export interface LinkSourceRow {
  base: string;
  path: string;
  connectedAt: UtcMs;
  state: 'new' | 'fine' | 'gone' | 'unreadable' | 'no-columns';
  /** As the adapter wrote it; '{}' = from the beginning. */
  mark: string;
  readAt: UtcMs | null;
  unread: number;
  strangers: number;
}

/** Null: no website tells about taps. */
export function linkSource(db: Db): LinkSourceRow | null {
  const row = db
    .prepare('SELECT base, path, connected_at AS connectedAt, state, mark, read_at AS readAt, unread, strangers FROM link_source')
    .get();
  return (row as LinkSourceRow | undefined) ?? null;
}

/** Another file is read from its beginning. */
export function connectLinkSource(trx: Trx, s: { base: string; path: string; at: UtcMs }): void {
  trx
    .prepare(
      `INSERT INTO link_source (id, base, path, connected_at) VALUES (1, @base, @path, @at) ON CONFLICT (id) DO UPDATE SET
         state = CASE WHEN path = @path THEN state ELSE 'new' END, mark = CASE WHEN path = @path THEN mark ELSE '{}' END,
         unread = CASE WHEN path = @path THEN unread ELSE 0 END, strangers = CASE WHEN path = @path THEN strangers ELSE 0 END,
         base = @base, path = @path`,
    )
    .run(s);
}

export const dropLinkSource = (trx: Trx): boolean => trx.prepare('DELETE FROM link_source').run().changes > 0;

export function setLinkState(trx: Trx, state: LinkSourceRow['state']): boolean {
  return trx.prepare('UPDATE link_source SET state = @state WHERE state <> @state').run({ state }).changes > 0;
}

export function noteRead(trx: Trx, r: { path: string; mark: string; at: UtcMs; unread: number; strangers: number }): void {
  trx
    .prepare(
      `UPDATE link_source SET state = 'fine', mark = @mark, read_at = @at, unread = unread + @unread, strangers = strangers + @strangers
       WHERE path = @path`,
    )
    .run(r);
}

/** The code somebody has for a campaign. */
export function linkCodeOf(db: Db, o: { campaignId: CampaignId; customerId: CustomerId }): string | undefined {
  return db
    .prepare('SELECT code FROM link_code WHERE campaign_id = ? AND customer_id = ? LIMIT 1')
    .pluck()
    .get(o.campaignId, o.customerId) as string | undefined;
}

/** False when the code is somebody's already. */
export function insertLinkCode(trx: Trx, o: { code: string; campaignId: CampaignId; customerId: CustomerId; at: UtcMs }): boolean {
  return (
    trx
      .prepare('INSERT OR IGNORE INTO link_code (code, campaign_id, customer_id, made_at) VALUES (?, ?, ?, ?)')
      .run(o.code, o.campaignId, o.customerId, o.at).changes === 1
  );
}

export interface CodeHolder {
  code: string;
  campaignId: CampaignId;
  customerId: CustomerId;
  leftAt: UtcMs | null;
  deliveredAt: UtcMs | null;
}

const HOLDERS = `SELECT k.code, k.campaign_id AS campaignId, k.customer_id AS customerId, o.left_at AS leftAt,
    CASE WHEN o.state = 'delivered' THEN o.final_at END AS deliveredAt
  FROM link_code k LEFT JOIN campaign_person p ON p.campaign_id = k.campaign_id AND p.customer_id = k.customer_id
    LEFT JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(k.campaign_id AS TEXT) AND o.channel = 'sms' AND o.address = p.phone`;

/** Whose these codes are, and how their text stands. Somebody erased since is nobody. */
export const codeHolders = (db: Db, codes: readonly string[]): CodeHolder[] =>
  db.prepare(`${HOLDERS} WHERE k.code IN (SELECT value FROM json_each(?))`).all(JSON.stringify(codes)) as CodeHolder[];

/** False when it was read before. */
export function insertTap(trx: Trx, t: { code: string; at: UtcMs; agent: string; discounted: Discount | null; readAt: UtcMs }): boolean {
  return (
    trx.prepare('INSERT OR IGNORE INTO tap (code, at, agent, discounted, read_at) VALUES (@code, @at, @agent, @discounted, @readAt)').run(t)
      .changes === 1
  );
}

export type TapRow = CodeHolder & { at: UtcMs; agent: string; discounted: Discount | null };

/** Clicks since an instant with what is known of their texts by now. */
export const tapsSince = (db: Db, since: UtcMs, limit: number): TapRow[] =>
  db
    .prepare(
      `SELECT t.at, t.agent, t.discounted, h.* FROM tap t CROSS JOIN (${HOLDERS}) h ON h.code = t.code WHERE t.at >= ? ORDER BY t.at DESC LIMIT ?`,
    )
    .all(since, limit) as TapRow[];

export function setDiscount(trx: Trx, t: { code: string; at: UtcMs; agent: string }, discounted: Discount | null): void {
  trx.prepare('UPDATE tap SET discounted = ? WHERE code = ? AND at = ? AND agent = ?').run(discounted, t.code, t.at, t.agent);
}

export interface CampaignTaps {
  /** People who got a link. */
  links: number;
  /** Of them, those who tapped it. */
  people: number;
  taps: number;
  firstAt: UtcMs | null;
  lastAt: UtcMs | null;
  discounted: { why: Discount; count: number }[];
}

/** Taps of one campaign; null where nothing could tell. */
export function campaignTaps(db: Db, id: CampaignId): CampaignTaps | null {
  if (linkSource(db) === null) return null;
  const counts = db
    .prepare(
      `SELECT (SELECT count(DISTINCT customer_id) FROM link_code WHERE campaign_id = @id) AS links, count(DISTINCT customer_id) AS people,
         count(*) AS taps, min(at) AS firstAt, max(at) AS lastAt FROM (${TAPS}) WHERE campaign_id = @id`,
    )
    .get({ id }) as Omit<CampaignTaps, 'discounted'>;
  const discounted = db
    .prepare(
      `SELECT t.discounted AS why, count(*) AS count FROM link_code k JOIN tap t ON t.code = k.code
       WHERE k.campaign_id = ? AND t.discounted IS NOT NULL GROUP BY 1 ORDER BY 2 DESC`,
    )
    .all(id) as CampaignTaps['discounted'];
  return { ...counts, discounted };
}

/** First tap of one person on one campaign's link. */
export const tappedAt = (db: Db, campaignId: CampaignId, customerId: CustomerId): UtcMs | null =>
  db.prepare(`SELECT min(at) FROM (${TAPS}) WHERE campaign_id = ? AND customer_id = ?`).pluck().get(campaignId, customerId) as UtcMs | null;

/** How many clicks are kept, and how many of them count. */
export const tapTotals = (db: Db): { clicks: number; counted: number; lastAt: UtcMs | null } =>
  db.prepare('SELECT count(*) AS clicks, count(*) FILTER (WHERE discounted IS NULL) AS counted, max(at) AS lastAt FROM tap').get() as {
    clicks: number;
    counted: number;
    lastAt: UtcMs | null;
  };
