import type { RedeemedSale } from '@domain/attribution/credit';
import type { ConsentEvent } from '@domain/consent/event';
import type { CampaignId, CustomerId, Micros, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import type { CampaignHead } from '@domain/reports/campaign';
import type { Margins } from '@domain/reports/margin';
import type { PersonFacts, SaleFact } from '@domain/reports/tally';
import type { Db } from '../open';
import { REAL_SALE } from './attribution';
import { saleMargins } from './margins';

const HEAD = `SELECT c.id, c.name, c.state, c.started_at AS startedAt, c.window_ends_at AS windowEndsAt, c.window_days AS windowDays, o.name AS offer,
  coalesce(c.holdout_percent, 0) AS percentHeldOut, c.goal FROM campaign c LEFT JOIN offer o ON o.id = c.offer_id
  WHERE c.started_at IS NOT NULL AND c.window_ends_at IS NOT NULL`;

/** A campaign that was started; drafts have no results. */
export function startedCampaign(db: Db, id: CampaignId): CampaignHead | undefined {
  const row = db.prepare(`${HEAD} AND c.id = ?`).get(id);
  return row ? headOf(row) : undefined;
}

const headOf = (row: unknown): CampaignHead => {
  const r = row as Omit<CampaignHead, 'goal'> & { goal: string };
  return { ...r, goal: { kind: 'none', target: null, ...(JSON.parse(r.goal) as Partial<CampaignHead['goal']>) } };
};

/** Newest first. */
export const startedCampaigns = (db: Db, limit: number): CampaignHead[] =>
  db.prepare(`${HEAD} AND c.state <> 'staging' ORDER BY c.started_at DESC, c.id DESC LIMIT ?`).all(limit).map(headOf);

/** Finished till imports that brought sales. */
export const salesImports = (db: Db): { finishedAt: UtcMs; lastSaleAt: UtcMs }[] =>
  db
    .prepare(
      "SELECT finished_at AS finishedAt, last_sale_at AS lastSaleAt FROM import WHERE state = 'done' AND last_sale_at IS NOT NULL AND finished_at IS NOT NULL",
    )
    .all() as { finishedAt: UtcMs; lastSaleAt: UtcMs }[];

/** Texts that left count as sent, uncertain ones included (rules.md §3). */
const LEFT = "o.state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')";

const PEOPLE = `SELECT p.customer_id AS customerId, p.arm, p.till_fixed AS tillFixed,
    CASE WHEN ${LEFT} THEN coalesce(o.left_at, o.updated_at) END AS leftAt, o.state = 'delivered' AS delivered
  FROM campaign_person p LEFT JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = @cause AND o.channel = 'sms' AND o.address = p.phone AND p.arm = 'text'
  WHERE p.campaign_id = @id AND p.customer_id > @after ORDER BY p.customer_id LIMIT @limit`;

interface PersonRow {
  customerId: CustomerId;
  arm: PersonFacts['arm'];
  tillFixed: number;
  leftAt: UtcMs | null;
  delivered: number | null;
}

/**
 * A page of a campaign's people with everything a tally needs, in id order, after `after`. Sales reach from 60 days before the
 * draw to `until`. Excluded people come without sales.
 */
export function campaignFacts(
  db: Db,
  head: CampaignHead,
  margins: Margins,
  { after, limit, until }: { after: number; limit: number; until: UtcMs },
): PersonFacts[] {
  const rows = db.prepare(PEOPLE).all({ cause: String(head.id), id: head.id, after, limit }) as PersonRow[];
  const drawn = rows.filter((r) => r.arm !== 'excluded');
  const ids = JSON.stringify(drawn.map((r) => r.customerId));
  const sales = salesOf(db, ids, head, margins, until);
  const set = (sql: string, ...args: (string | number)[]) =>
    new Set(
      db
        .prepare(sql)
        .pluck()
        .all(...args) as CustomerId[],
    );
  const people = 'customer_id IN (SELECT value FROM json_each(?))';
  const wrote = db
    .prepare(`SELECT customer_id AS id, max(meaning = 'opt-out') AS stopped, max(meaning NOT IN ('opt-out', 'reaction')) AS replied
      FROM inbound WHERE campaign_id = ? AND ${people} GROUP BY customer_id`)
    .all(head.id, ids) as { id: CustomerId; stopped: number; replied: number }[];
  const answers = new Map(wrote.map((w) => [w.id, w]));
  const redeemed = set(`SELECT customer_id FROM redemption WHERE reversed_at IS NULL AND campaign_id = ? AND ${people}`, head.id, ids);
  const seen = set(`SELECT customer_id FROM visit_note WHERE at BETWEEN ? AND ? AND ${people}`, head.startedAt, head.windowEndsAt, ids);
  return rows.map((r) => ({
    customerId: r.customerId,
    arm: r.arm,
    tillFixed: r.tillFixed === 1,
    leftAt: r.leftAt,
    delivered: r.delivered === 1,
    replied: answers.get(r.customerId)?.replied === 1,
    stopped: answers.get(r.customerId)?.stopped === 1,
    redeemed: redeemed.has(r.customerId),
    seen: seen.has(r.customerId),
    sales: sales.get(r.customerId) ?? [],
  }));
}

/** `fixed`: the till identity on the sale was linked before the person was drawn. */
function salesOf(db: Db, ids: string, head: CampaignHead, margins: Margins, until: UtcMs): Map<CustomerId, SaleFact[]> {
  const rows = db
    .prepare(
      `SELECT s.id AS saleId, s.customer_id AS customerId, s.kind, s.occurred_at AS occurredAt, s.time_known AS timeKnown, s.net, s.tax, s.refunded, s.gross,
         s.discount, coalesce(i.linked_at <= p.drawn_at, 0) AS fixed
       FROM sale s LEFT JOIN customer_identity i ON i.source = s.source AND i.source_customer_id = s.source_customer_id AND i.customer_id = s.customer_id
         LEFT JOIN campaign_person p ON p.campaign_id = @id AND p.customer_id = s.customer_id
       WHERE s.customer_id IN (SELECT value FROM json_each(@ids)) AND s.occurred_at BETWEEN @from AND @until AND s.${REAL_SALE}`,
    )
    .all({ ids, id: head.id, from: head.startedAt - 60 * DAY, until }) as (Omit<SaleFact, 'fixed' | 'timeKnown' | 'margin'> & {
    customerId: CustomerId;
    fixed: number;
    timeKnown: number;
  })[];
  const earned = saleMargins(db, margins, rows);
  const out = new Map<CustomerId, SaleFact[]>();
  for (const r of rows) {
    const list = out.get(r.customerId) ?? [];
    list.push({ ...r, margin: earned.get(r.saleId)?.margin ?? null, fixed: r.fixed === 1, timeKnown: r.timeKnown === 1 });
    out.set(r.customerId, list);
  }
  return out;
}

export interface CostRow {
  texts: number;
  segments: number;
  known: Micros;
  expected: Micros;
  unpriced: number;
}

/** What a campaign's texts cost: told prices, and quoted ones for those not priced yet (`perSegment` where nothing was quoted). */
export function campaignCost(db: Db, id: CampaignId, perSegment: Micros): CostRow {
  return db
    .prepare(
      `SELECT count(*) AS texts, coalesce(sum(coalesce(carrier_segments, segments)), 0) AS segments, coalesce(sum(price), 0) AS known,
         coalesce(sum(CASE WHEN price IS NULL THEN coalesce(quoted_price, segments * @perSegment) END), 0) AS expected, coalesce(sum(price IS NULL), 0) AS unpriced
       FROM outbox o WHERE cause_kind = 'campaign' AND cause_id = @cause AND ${LEFT}`,
    )
    .get({ cause: String(id), perSegment }) as CostRow;
}

/** Credited sales of a campaign by kind; cents, net of tax and returns. */
export function campaignCredits(db: Db, id: CampaignId): { kind: 'direct' | 'influenced'; sales: number; net: number }[] {
  return db.prepare('SELECT kind, count(*) AS sales, sum(net) AS net FROM sale_credit WHERE campaign_id = ? GROUP BY kind').all(id) as {
    kind: 'direct' | 'influenced';
    sales: number;
    net: number;
  }[];
}

/** Standing redemptions of a campaign, oldest first. */
export function campaignRedemptions(
  db: Db,
  id: CampaignId,
): { at: UtcMs; amount: number | null; discount: number | null; saleId: RedeemedSale['saleId'] | null }[] {
  return db
    .prepare('SELECT at, amount, discount, sale_id AS saleId FROM redemption WHERE campaign_id = ? AND reversed_at IS NULL ORDER BY at, id')
    .all(id) as { at: UtcMs; amount: number | null; discount: number | null; saleId: RedeemedSale['saleId'] | null }[];
}

/** Sales between two instants: how many, and how many of them the till tied to a known person. */
export function recognisedSales(db: Db, from: UtcMs, to: UtcMs): { sales: number; of: number } {
  return db
    .prepare(
      `SELECT coalesce(sum(customer_id IS NOT NULL), 0) AS sales, count(*) AS "of" FROM sale WHERE occurred_at BETWEEN ? AND ? AND kind = 'sale' AND ${REAL_SALE}`,
    )
    .get(from, to) as { sales: number; of: number };
}

/** What a comparison depends on besides the campaign itself; unchanged stamp, unchanged figures. */
export function figuresStamp(db: Db): string {
  return db
    .prepare(
      `SELECT (SELECT coalesce(max(id), 0) || ':' || count(undone_at) || ':' || coalesce(max(finished_at), 0) FROM import) || '/' ||
         (SELECT count(*) || ':' || coalesce(max(linked_at), 0) FROM customer_identity) || '/' ||
         (SELECT coalesce(max(id), 0) || ':' || count(reversed_at) || ':' || count(sale_id) FROM redemption) || '/' || (SELECT count(*) FROM inbound) || '/' ||
         (SELECT count(*) || ':' || coalesce(max(linked_at), 0) FROM receipt_link WHERE state = 'linked') || '/' ||
         (SELECT count(*) || ':' || count(undone_at) FROM customer_merge)`,
    )
    .pluck()
    .get() as string;
}

/** What credit depends on: imports, identities, codes, and which campaign texts arrived. */
export function creditStamp(db: Db): string {
  const texts = db.prepare("SELECT count(*) FROM outbox WHERE cause_kind = 'campaign' AND state = 'delivered'").pluck().get() as number;
  return `${figuresStamp(db)}|${texts}`;
}

type EventRow = Omit<ConsentEvent, 'topics'> & { hmac: string; topics: string };

const EVENTS = `SELECT id, address_hmac AS hmac, channel, purpose, kind, method, promise_max AS promiseMax, topics, language, wording_hash AS wordingHash,
  reason, staff_id AS staffId, occurred_at AS occurredAt, recorded_at AS recordedAt FROM consent_event WHERE channel = 'sms'`;
const toEvent = (r: EventRow): ConsentEvent => ({ ...r, topics: r.topics === '[]' ? [] : (JSON.parse(r.topics) as string[]) });

/** The whole text ledger by number, oldest first inside each. Only what folding needs; no addresses. */
export function* ledgers(db: Db): Generator<ConsentEvent[]> {
  let current: ConsentEvent[] = [];
  let of = '';
  for (const r of db.prepare(`${EVENTS} ORDER BY address_hmac, id`).all() as EventRow[]) {
    if (r.hmac !== of && current.length) {
      yield current;
      current = [];
    }
    of = r.hmac;
    current.push(toEvent(r));
  }
  if (current.length) yield current;
}

/** Ledgers of numbers about which something was written since. */
export function* ledgersTouchedSince(db: Db, since: UtcMs): Generator<ConsentEvent[]> {
  const hmacs = db
    .prepare("SELECT DISTINCT address_hmac FROM consent_event WHERE recorded_at >= ? AND channel = 'sms'")
    .pluck()
    .all(since) as string[];
  const events = db.prepare(`${EVENTS} AND address_hmac = ? ORDER BY id`);
  for (const hmac of hmacs) yield (events.all(hmac) as EventRow[]).map(toEvent);
}
