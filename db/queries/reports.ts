import type { RedeemedSale } from '@domain/attribution/credit';
import type { ConsentEvent } from '@domain/consent/event';
import type { CampaignId, CustomerId, Micros, UtcMs } from '@domain/kernel';
import type { CampaignHead } from '@domain/reports/campaign';
import type { Margins } from '@domain/reports/margin';
import { SALES_BEFORE } from '@domain/reports/outcome';
import type { PersonFacts, SaleFact } from '@domain/reports/tally';
import type { Db } from '../open';
import { REAL_SALE } from './attribution';
import { GIVEN } from './discounts';
import { saleMargins } from './margins';
import { mergedTies, wasAnothers } from './merged-ties';

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

/** The same without what runs by itself, whose months stand with their automation. */
export const listedCampaigns = (db: Db, limit: number): CampaignHead[] =>
  db
    .prepare(`${HEAD} AND c.state <> 'staging' AND c.automation_id IS NULL ORDER BY c.started_at DESC, c.id DESC LIMIT ?`)
    .all(limit)
    .map(headOf);

/** Finished till imports that brought sales. */
export const salesImports = (db: Db): { finishedAt: UtcMs; lastSaleAt: UtcMs }[] =>
  db
    .prepare(
      "SELECT finished_at AS finishedAt, last_sale_at AS lastSaleAt FROM import WHERE state = 'done' AND last_sale_at IS NOT NULL AND finished_at IS NOT NULL",
    )
    .all() as { finishedAt: UtcMs; lastSaleAt: UtcMs }[];

/** Texts that left count as sent, uncertain ones included (rules.md §3). */
const LEFT = "o.state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')";

/** A mail that left; one that did not come back counts as arrived, for nobody knows more of it. */
const MAILED = "m.state IN ('sent', 'bounced', 'uncertain')";

// Of somebody erased no number is left to find the text by: what is left of it is found by their nameless id.
const PEOPLE = `SELECT p.customer_id AS customerId, p.arm, p.till_fixed AS tillFixed, p.part, p.words,
    CASE WHEN ${LEFT} THEN coalesce(o.left_at, o.updated_at) WHEN ${MAILED} THEN coalesce(m.left_at, m.updated_at) END AS leftAt,
    o.state = 'delivered' OR m.state = 'sent' AS delivered,
    CASE WHEN ${LEFT} THEN coalesce(o.carrier_segments, o.segments) ELSE 0 END AS segments,
    CASE WHEN ${LEFT} THEN coalesce(o.price, o.quoted_price, 0) ELSE 0 END AS cost
  FROM campaign_person p LEFT JOIN outbox o ON p.arm = 'text' AND p.channel = 'sms' AND o.id = CASE
      WHEN p.phone IS NOT NULL THEN (SELECT t.id FROM outbox t
        WHERE t.cause_kind = 'campaign' AND t.cause_id = @cause AND t.channel = 'sms' AND t.address = p.phone)
      ELSE (SELECT t.id FROM outbox t WHERE t.cause_kind = 'campaign' AND t.cause_id = @cause AND t.customer_id = p.customer_id LIMIT 1) END
    LEFT JOIN mail m ON p.arm = 'text' AND p.channel = 'email' AND m.id = (SELECT t.id FROM mail t INDEXED BY mail_by_customer
      WHERE t.customer_id = p.customer_id AND +t.cause_kind = 'campaign' AND +t.cause_id = @cause ORDER BY t.left_at DESC LIMIT 1)
  WHERE p.campaign_id = @id AND`;
const A_PAGE = `${PEOPLE} p.customer_id > @after ORDER BY p.customer_id LIMIT @limit`;
const THESE = `${PEOPLE} p.customer_id IN (SELECT value FROM json_each(@ids)) ORDER BY p.customer_id`;

interface PersonRow extends Pick<PersonFacts, 'customerId' | 'arm' | 'part' | 'words' | 'leftAt' | 'segments' | 'cost'> {
  tillFixed: number;
  delivered: number | null;
}

/** Which people of a campaign: a page of them in id order, or these. */
export type WhichPeople = { readonly after: number; readonly limit: number } | { readonly ids: readonly CustomerId[] };

/**
 * People of a campaign with everything that is counted of them (domain/reports/outcome.ts), in id order. Sales reach from 60 days
 * before the draw to `until`, from when on a return takes from none of the campaign any more. Excluded people come without any.
 */
export function campaignFacts(
  db: Db,
  head: Pick<CampaignHead, 'id' | 'startedAt' | 'windowEndsAt'>,
  margins: Margins,
  { until, ...which }: WhichPeople & { until: UtcMs },
): PersonFacts[] {
  const of = { cause: String(head.id), id: head.id };
  const rows = (
    'ids' in which ? db.prepare(THESE).all({ ...of, ids: JSON.stringify(which.ids) }) : db.prepare(A_PAGE).all({ ...of, ...which })
  ) as PersonRow[];
  const drawn = rows.filter((r) => r.arm !== 'excluded');
  const ids = JSON.stringify(drawn.map((r) => r.customerId));
  const sales = drawn.length === 0 ? new Map<CustomerId, SaleFact[]>() : salesOf(db, ids, head, margins, until);
  const people = 'customer_id IN (SELECT value FROM json_each(?))';
  const by = <T extends { id: CustomerId }>(sql: string, ...args: (string | number | object)[]): Map<CustomerId, T> =>
    new Map((db.prepare(sql).all(...args) as T[]).map((r) => [r.id, r]));
  const answers = by<{ id: CustomerId; stopped: number; replied: number }>(
    `SELECT customer_id AS id, max(meaning = 'opt-out') AS stopped, max(meaning NOT IN ('opt-out', 'reaction')) AS replied
     FROM inbound WHERE campaign_id = ? AND ${people} GROUP BY customer_id`,
    head.id,
    ids,
  );
  // of a word everybody has the till may know the buyer, where the counter did not
  const redeemed = by(
    `SELECT r.customer_id AS id FROM redemption r WHERE r.reversed_at IS NULL AND r.campaign_id = @id AND r.customer_id IN (SELECT value FROM json_each(@ids))
     UNION SELECT c.customer_id FROM sale_credit c CROSS JOIN redemption r ON r.sale_id = c.sale_id
       WHERE c.campaign_id = @id AND c.kind = 'direct' AND c.customer_id IN (SELECT value FROM json_each(@ids))
         AND r.campaign_id = @id AND r.customer_id IS NULL AND r.reversed_at IS NULL`,
    { id: head.id, ids },
  );
  const seen = by<{ id: CustomerId; at: UtcMs }>(
    `SELECT customer_id AS id, max(at) AS at FROM visit_note WHERE at BETWEEN ? AND ? AND ${people} GROUP BY customer_id`,
    head.startedAt,
    head.windowEndsAt,
    ids,
  );
  const links = by<{ id: CustomerId; tapped: number }>(
    `SELECT k.customer_id AS id, max(t.code IS NOT NULL) AS tapped FROM link_code k LEFT JOIN tap t ON t.code = k.code AND t.discounted IS NULL
     WHERE k.campaign_id = ? AND k.${people} GROUP BY k.customer_id`,
    head.id,
    ids,
  );
  const credits = by<PersonFacts['credits'] & { id: CustomerId }>(
    `SELECT customer_id AS id, sum(kind = 'direct') AS directSales, sum(CASE kind WHEN 'direct' THEN net ELSE 0 END) AS direct,
       sum(kind = 'influenced') AS influencedSales, sum(CASE kind WHEN 'influenced' THEN net ELSE 0 END) AS influenced
     FROM sale_credit WHERE campaign_id = ? AND ${people} GROUP BY customer_id`,
    head.id,
    ids,
  );
  return rows.map(({ tillFixed, delivered, ...r }) => {
    const { directSales, direct, influencedSales, influenced } = credits.get(r.customerId) ?? NO_CREDITS;
    return {
      ...r,
      tillFixed: tillFixed === 1,
      delivered: delivered === 1,
      linked: links.has(r.customerId),
      tapped: links.get(r.customerId)?.tapped === 1,
      replied: answers.get(r.customerId)?.replied === 1,
      stopped: answers.get(r.customerId)?.stopped === 1,
      redeemed: redeemed.has(r.customerId),
      // somebody greeted before their text left had not come because of it
      seen: r.leftAt !== null && (seen.get(r.customerId)?.at ?? Number.NEGATIVE_INFINITY) >= r.leftAt,
      credits: { directSales, direct, influencedSales, influenced },
      sales: sales.get(r.customerId) ?? [],
    };
  });
}

const NO_CREDITS: PersonFacts['credits'] = { directSales: 0, direct: 0, influencedSales: 0, influenced: 0 };

/**
 * `fixed`: the till identity on the sale was linked to this very record before it was drawn. Of somebody erased since no identity is left:
 * theirs count as they did, or erasing a buyer would turn them into somebody who never came.
 */
function salesOf(
  db: Db,
  ids: string,
  head: Pick<CampaignHead, 'id' | 'startedAt'>,
  margins: Margins,
  until: UtcMs,
): Map<CustomerId, SaleFact[]> {
  const rows = db
    .prepare(
      `SELECT s.id AS saleId, s.customer_id AS customerId, s.kind, s.occurred_at AS occurredAt, s.time_known AS timeKnown, s.net, s.tax, s.refunded, s.gross,
         s.discount, s.source, s.source_customer_id AS sourceCustomerId, p.drawn_at AS drawnAt,
         coalesce(i.linked_at <= p.drawn_at, s.customer_id < 0, 0) AS fixed
       FROM sale s LEFT JOIN customer_identity i ON i.source = s.source AND i.source_customer_id = s.source_customer_id AND i.customer_id = s.customer_id
         LEFT JOIN campaign_person p ON p.campaign_id = @id AND p.customer_id = s.customer_id
       WHERE s.customer_id IN (SELECT value FROM json_each(@ids)) AND s.occurred_at BETWEEN @from AND @until AND s.${REAL_SALE}`,
    )
    .all({ ids, id: head.id, from: head.startedAt - SALES_BEFORE, until }) as (Omit<SaleFact, 'fixed' | 'timeKnown' | 'margin'> & {
    customerId: CustomerId;
    source: string;
    sourceCustomerId: string | null;
    drawnAt: UtcMs;
    fixed: number;
    timeKnown: number;
  })[];
  const ties = mergedTies(db, ids, [head.id]);
  const earned = saleMargins(db, margins, rows);
  const out = new Map<CustomerId, SaleFact[]>();
  for (const { source, sourceCustomerId, drawnAt, ...r } of rows) {
    const list = out.get(r.customerId) ?? [];
    const fixed = r.fixed === 1 && !wasAnothers(ties.get(r.customerId), { source, sourceCustomerId }, drawnAt);
    list.push({ ...r, margin: earned.get(r.saleId)?.margin ?? null, fixed, timeKnown: r.timeKnown === 1 });
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
  const row = db
    .prepare(
      'SELECT texts, segments, known, quoted + unquoted * @perSegment AS expected, unpriced FROM campaign_cost WHERE campaign_id = @id',
    )
    .get({ id, perSegment }) as CostRow | undefined;
  return row ?? { texts: 0, segments: 0, known: 0 as Micros, expected: 0 as Micros, unpriced: 0 };
}

/** In which money the carrier charged a campaign's texts; null = none was priced yet. */
export const toldCurrency = (db: Db, id: CampaignId): string | null =>
  (db
    .prepare(
      "SELECT price_currency FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? AND price IS NOT NULL AND price_currency IS NOT NULL LIMIT 1",
    )
    .pluck()
    .get(String(id)) as string | undefined) ?? null;

/** Credited sales of a campaign by kind; cents, net of tax and returns. */
export function campaignCredits(db: Db, id: CampaignId): { kind: 'direct' | 'influenced'; sales: number; net: number }[] {
  return db.prepare('SELECT kind, count(*) AS sales, sum(net) AS net FROM sale_credit WHERE campaign_id = ? GROUP BY kind').all(id) as {
    kind: 'direct' | 'influenced';
    sales: number;
    net: number;
  }[];
}

/** Standing redemptions of a campaign, oldest first, with what each gave away. */
export function campaignRedemptions(
  db: Db,
  id: CampaignId,
): { at: UtcMs; amount: number | null; discount: number | null; saleId: RedeemedSale['saleId'] | null }[] {
  return db
    .prepare(
      `SELECT r.at, r.amount, ${GIVEN} AS discount, r.sale_id AS saleId FROM redemption r LEFT JOIN sale s ON s.id = r.sale_id
       WHERE r.campaign_id = ? AND r.reversed_at IS NULL ORDER BY r.at, r.id`,
    )
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
      `SELECT (SELECT coalesce(max(id), 0) || ':' || count(undone_at) || ':' || coalesce(sum(state = 'undone'), 0) || ':' || coalesce(max(finished_at), 0) FROM import) || '/' ||
         (SELECT count(*) || ':' || coalesce(max(linked_at), 0) FROM customer_identity) || '/' ||
         (SELECT coalesce(max(id), 0) || ':' || count(*) || ':' || count(reversed_at) || ':' || count(sale_id) || ':' || coalesce(sum(sale_id), 0) FROM redemption) || '/' || (SELECT count(*) FROM inbound) || '/' ||
         (SELECT count(*) || ':' || coalesce(max(linked_at), 0) FROM receipt_link WHERE state = 'linked') || '/' ||
         (SELECT count(*) || ':' || count(undone_at) FROM customer_merge)`,
    )
    .pluck()
    .get() as string;
}

type EventRow = Omit<ConsentEvent, 'topics'> & { hmac: string; topics: string };

const EVENTS = `SELECT id, address_hmac AS hmac, channel, purpose, kind, method, promise_max AS promiseMax, topics, language, wording_hash AS wordingHash,
  reason, staff_id AS staffId, occurred_at AS occurredAt, recorded_at AS recordedAt FROM consent_event WHERE channel = 'sms'`;
const toEvent = (r: EventRow): ConsentEvent => ({ ...r, topics: r.topics === '[]' ? [] : (JSON.parse(r.topics) as string[]) });

const A_PAGE_OF_EVENTS = 2000;

/** The whole text ledger by number, oldest first inside each, read some thousand events at a time. Only what folding needs; no addresses. */
export function* ledgers(db: Db, atOnce = A_PAGE_OF_EVENTS): Generator<ConsentEvent[]> {
  const page = db.prepare(`${EVENTS} AND address_hmac > ? ORDER BY address_hmac, id LIMIT ?`);
  for (let after = '', limit = atOnce; ; ) {
    const rows = page.all(after, limit) as EventRow[];
    // the last number of a full page may go on behind it
    const cut = rows.length === limit ? rows[rows.length - 1]?.hmac : undefined;
    if (cut !== undefined && cut === rows[0]?.hmac) {
      limit *= 2;
      continue;
    }
    const whole =
      cut === undefined
        ? rows
        : rows.slice(
            0,
            rows.findIndex((r) => r.hmac === cut),
          );
    for (const events of byNumber(whole)) yield events;
    if (cut === undefined) return;
    after = whole[whole.length - 1]?.hmac as string;
    limit = atOnce;
  }
}

function* byNumber(rows: readonly EventRow[]): Generator<ConsentEvent[]> {
  let current: ConsentEvent[] = [];
  for (const [i, r] of rows.entries()) {
    current.push(toEvent(r));
    if (rows[i + 1]?.hmac === r.hmac) continue;
    yield current;
    current = [];
  }
}

/** Ledgers of some numbers, one by one. */
export function* ledgersOf(db: Db, hmacs: readonly string[]): Generator<ConsentEvent[]> {
  const events = db.prepare(`${EVENTS} AND address_hmac = ? ORDER BY id`);
  for (const hmac of hmacs) yield (events.all(hmac) as EventRow[]).map(toEvent);
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
