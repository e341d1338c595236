import { creditSales, type RedeemedSale, type SaleCredit, type SaleToCredit, type TextThatArrived } from '@domain/attribution/credit';
import type { CampaignId, CustomerId, OfferId, SaleId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** Statuses of a sale that took place; voided, failed and open ones are no takings. */
export const REAL_SALE = "status IN ('completed', 'partially-refunded', 'refunded')";

const list = (ids: readonly number[]): string => JSON.stringify(ids);
const IN = 'IN (SELECT value FROM json_each(?))';

const SALE = `s.id AS saleId, s.customer_id AS customerId, s.kind, s.occurred_at AS occurredAt, s.time_known AS timeKnown, s.net, s.tax, s.refunded`;
const toSale = (r: unknown): SaleToCredit => ({ ...(r as SaleToCredit), timeKnown: Boolean((r as { timeKnown: number }).timeKnown) });

/** Codes that stand (not undone), tied to a sale and a campaign; two on one receipt are both here, `creditSales` takes the first typed. */
const REDEEMED = `SELECT r.campaign_id AS campaignId, r.customer_id AS customerId, r.sale_id AS saleId, r.at`;
const STANDS = 'r.reversed_at IS NULL AND r.campaign_id IS NOT NULL';

/**
 * Credits the sales of some people anew and writes only what changed. Returns the number of rows written. Call inside a transaction;
 * a thousand people take a few milliseconds.
 */
export function recreditPeople(trx: Trx, people: readonly CustomerId[]): number {
  const ids = list(people);
  const texts = textsOf(trx, ids);
  nameCampaigns(trx, ids);
  const redemptions = trx
    .prepare(
      `${REDEEMED}, s.customer_id AS buyer FROM sale s CROSS JOIN redemption r ON r.sale_id = s.id WHERE s.customer_id ${IN} AND ${STANDS}`,
    )
    .all(ids) as (RedeemedSale & { buyer: CustomerId })[];
  const sales = new Map<SaleId, SaleToCredit>();
  const take = (rows: unknown[]) => {
    for (const r of rows) sales.set((r as SaleToCredit).saleId, toSale(r));
  };
  if (texts.length || redemptions.length) {
    // refunds look 60 days back; a code may have been used long before any text. From each person's own first one on: whoever is counted
    // beside them must not decide which sale a return of theirs takes from
    const first = new Map<CustomerId, number>();
    const since = (who: CustomerId, at: number) => first.set(who, Math.min(first.get(who) ?? Number.POSITIVE_INFINITY, at - 60 * DAY));
    for (const t of texts) since(t.customerId, t.at);
    for (const r of redemptions) since(r.buyer, r.at - DAY);
    const from = JSON.stringify([...first]);
    take(
      trx
        .prepare(
          `SELECT ${SALE} FROM json_each(?) j CROSS JOIN sale s ON s.customer_id = json_extract(j.value, '$[0]')
             AND s.occurred_at >= json_extract(j.value, '$[1]') WHERE s.${REAL_SALE}`,
        )
        .all(from),
    );
  }
  const before = trx
    .prepare(
      `SELECT c.sale_id AS saleId, c.campaign_id AS campaignId, c.customer_id AS customerId, c.kind, c.net
       FROM sale s CROSS JOIN sale_credit c ON c.sale_id = s.id WHERE s.customer_id ${IN}`,
    )
    .all(ids) as SaleCredit[];
  return writeChanged(trx, before, creditSales({ texts, redemptions, sales: [...sales.values()] }));
}

/** The same for sales the till tied to nobody: only a code typed on them tells whose they are. */
export function recreditSales(trx: Trx, saleIds: readonly SaleId[]): number {
  const ids = list(saleIds);
  const redemptions = trx.prepare(`${REDEEMED} FROM redemption r WHERE r.sale_id ${IN} AND ${STANDS}`).all(ids) as RedeemedSale[];
  const sales = trx
    .prepare(`SELECT ${SALE} FROM sale s WHERE s.id ${IN} AND s.customer_id IS NULL AND s.${REAL_SALE}`)
    .all(ids)
    .map(toSale);
  const before = trx
    .prepare(
      `SELECT c.sale_id AS saleId, c.campaign_id AS campaignId, c.customer_id AS customerId, c.kind, c.net
       FROM sale_credit c JOIN sale s ON s.id = c.sale_id WHERE c.sale_id ${IN} AND s.customer_id IS NULL`,
    )
    .all(ids) as SaleCredit[];
  return writeChanged(trx, before, creditSales({ texts: [], redemptions, sales }));
}

// Person by person: a file without statistics would otherwise be asked for all texts of all campaigns, each time anew.
function textsOf(db: Db, people: string): TextThatArrived[] {
  return db
    .prepare(
      `SELECT c.id AS campaignId, o.customer_id AS customerId, o.left_at AS at, c.window_ends_at AS windowEndsAt
       FROM json_each(?) j CROSS JOIN outbox o INDEXED BY outbox_of_campaigns ON o.customer_id = j.value
         CROSS JOIN campaign c ON c.id = CAST(o.cause_id AS INTEGER)
       WHERE o.cause_kind = 'campaign' AND o.left_at IS NOT NULL AND o.state = 'delivered' AND c.window_ends_at IS NOT NULL
       UNION ALL
       SELECT c.id, m.customer_id, m.left_at, c.window_ends_at FROM json_each(?) j CROSS JOIN mail m ON m.customer_id = j.value
         CROSS JOIN campaign c ON c.id = CAST(m.cause_id AS INTEGER)
       WHERE m.cause_kind = 'campaign' AND m.state = 'sent' AND c.window_ends_at IS NOT NULL`,
    )
    .all(people, people) as TextThatArrived[];
}

/** A use of a code that no campaign gave out: which campaign it belongs to is worked out. */
const NOT_OF_ONE = '(r.campaign_id IS NULL OR NOT EXISTS (SELECT 1 FROM offer_code k WHERE k.code = r.code AND k.campaign_id IS NOT NULL))';

/**
 * Offers redeemed without a code of one campaign (one code for everybody, or by the person alone): the last campaign that texted this
 * person that offer, while its window ran. Who was not texted belongs to no campaign: their use is the leak of the code. Asked again
 * whenever a text, a sale or a person changes, so that it does not depend on which news came first.
 */
function nameCampaigns(trx: Trx, people: string): void {
  const open = trx
    .prepare(
      `SELECT r.id, r.offer_id AS offerId, r.at, coalesce(s.customer_id, r.customer_id) AS customerId, r.campaign_id AS named
       FROM redemption r LEFT JOIN sale s ON s.id = r.sale_id
       WHERE r.customer_id ${IN} AND ${NOT_OF_ONE} AND r.reversed_at IS NULL
       UNION SELECT r.id, r.offer_id, r.at, s.customer_id, r.campaign_id FROM sale s CROSS JOIN redemption r ON r.sale_id = s.id
       WHERE s.customer_id ${IN} AND ${NOT_OF_ONE} AND r.reversed_at IS NULL`,
    )
    .all(people, people) as { id: number; offerId: OfferId; at: UtcMs; customerId: CustomerId; named: CampaignId | null }[];
  if (open.length === 0) return;
  const last = trx
    .prepare(
      `SELECT c.id FROM (
           SELECT cause_id, left_at FROM outbox WHERE customer_id = @customerId AND cause_kind = 'campaign' AND state = 'delivered'
           UNION ALL SELECT cause_id, left_at FROM mail WHERE customer_id = @customerId AND cause_kind = 'campaign' AND state = 'sent'
         ) o JOIN campaign c ON c.id = CAST(o.cause_id AS INTEGER)
       WHERE o.left_at <= @at AND c.window_ends_at >= @at
         AND (c.offer_id = @offerId OR EXISTS (SELECT 1 FROM campaign_part p WHERE p.campaign_id = c.id AND p.offer_id = @offerId))
       ORDER BY o.left_at DESC, c.id DESC LIMIT 1`,
    )
    .pluck();
  const name = trx.prepare('UPDATE redemption SET campaign_id = ? WHERE id = ?');
  for (const { id, named, ...r } of open) {
    const campaign = (last.get(r) as CampaignId | undefined) ?? null;
    if (campaign !== named) name.run(campaign, id);
  }
}

function writeChanged(trx: Trx, rows: readonly SaleCredit[], now: readonly SaleCredit[]): number {
  const before = new Map(rows.map((r) => [r.saleId, r]));
  const put = trx.prepare(
    `INSERT INTO sale_credit (sale_id, campaign_id, customer_id, kind, net) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (sale_id) DO UPDATE SET campaign_id = excluded.campaign_id, customer_id = excluded.customer_id, kind = excluded.kind, net = excluded.net`,
  );
  let written = 0;
  for (const c of now) {
    const old = before.get(c.saleId);
    before.delete(c.saleId);
    if (old && old.campaignId === c.campaignId && old.customerId === c.customerId && old.kind === c.kind && old.net === c.net) continue;
    put.run(c.saleId, c.campaignId, c.customerId, c.kind, c.net);
    written++;
  }
  const drop = trx.prepare('DELETE FROM sale_credit WHERE sale_id = ?');
  for (const saleId of before.keys()) {
    drop.run(saleId);
    written++;
  }
  return written;
}

/**
 * A use tied to a sale of another number than was typed. What the till's file tied by the code on the receipt itself (services/offers/till-file.ts)
 * is surer than what somebody typed.
 */
const OTHER_NUMBER =
  "(r.receipt_no IS NOT NULL AND r.how <> 'till-file' AND s.discount_code IS NULL AND ltrim(coalesce(s.receipt_no, ''), '#') <> r.receipt_no COLLATE NOCASE)";

/**
 * Ties redemptions to the till's sale once it was imported: by the receipt number typed at the counter on that shop day, else
 * to the same person's own sale of that day that lies nearest in time and is not tied yet. Never by amount or name. Upper and lower case
 * are one: people type a printed `aB3d` as they please, and leave out the "#" some tills write before a number. One tied by its person moves to the sale that carries its number once that is here.
 */
export function tieRedemptionsToSales(trx: Trx, ids: readonly number[]): number {
  const open = trx
    .prepare(
      `SELECT r.id, r.customer_id AS customerId, r.at, r.receipt_no AS receiptNo, r.sale_id AS saleId FROM redemption r LEFT JOIN sale s ON s.id = r.sale_id
       WHERE r.id ${IN} AND r.reversed_at IS NULL AND (r.sale_id IS NULL OR ${OTHER_NUMBER}) ORDER BY r.at, r.id`,
    )
    .all(list(ids)) as { id: number; customerId: number | null; at: number; receiptNo: string | null; saleId: number | null }[];
  if (open.length === 0) return 0;
  const near = (where: string, when = 's.occurred_at') =>
    trx
      .prepare(
        `SELECT s.id FROM sale s WHERE ${where} AND ${when} BETWEEN ? AND ? AND s.kind = 'sale' AND s.${REAL_SALE}
           AND NOT EXISTS (SELECT 1 FROM redemption t WHERE t.sale_id = s.id AND t.reversed_at IS NULL)
         ORDER BY abs(s.occurred_at - ?), s.id LIMIT 1`,
      )
      .pluck();
  // by the index of receipts: by time a busy shop has hundreds of sales that day
  const byReceipt = near('s.receipt_no COLLATE NOCASE IN (?, ?)', '+s.occurred_at');
  const byPerson = near('s.customer_id = ?');
  const tie = trx.prepare('UPDATE redemption SET sale_id = ? WHERE id = ?');
  let tied = 0;
  for (const r of open) {
    const no = r.receiptNo;
    const sale =
      (no ? byReceipt.get(no, `#${no}`, r.at - DAY / 2, r.at + DAY / 2, r.at) : undefined) ??
      (r.customerId === null || r.saleId !== null ? undefined : byPerson.get(r.customerId, r.at - DAY / 4, r.at + DAY / 4, r.at));
    if (sale === undefined) continue;
    tie.run(sale, r.id);
    tied++;
  }
  return tied;
}

/**
 * Uses of a campaign's codes by whom (domain/attribution/payback.ts). Who a use belongs to is the buyer the till names, else the person
 * of the code. Uses of one code for everybody count here while the campaign's window runs, as long as no other campaign has a claim on them.
 */
export function campaignLeak(db: Db, id: CampaignId): { all: number; byHeldOut: number; byOthers: number; byUnknown: number } {
  return db
    .prepare(
      `WITH used AS (
         SELECT coalesce(s.customer_id, r.customer_id) AS who FROM redemption r LEFT JOIN sale s ON s.id = r.sale_id
         WHERE r.campaign_id = @id AND r.reversed_at IS NULL
         UNION ALL
         SELECT coalesce(s.customer_id, r.customer_id) FROM campaign c JOIN redemption r ON r.at BETWEEN c.started_at AND c.window_ends_at
           LEFT JOIN sale s ON s.id = r.sale_id
         WHERE c.id = @id AND r.campaign_id IS NULL AND r.reversed_at IS NULL
           AND (r.offer_id = c.offer_id OR r.offer_id IN (SELECT offer_id FROM campaign_part WHERE campaign_id = @id)))
       SELECT count(*) AS "all", coalesce(sum(p.arm = 'control'), 0) AS byHeldOut,
         coalesce(sum(u.who IS NOT NULL AND coalesce(p.arm, 'excluded') = 'excluded'), 0) AS byOthers, coalesce(sum(u.who IS NULL), 0) AS byUnknown
       FROM used u LEFT JOIN campaign_person p ON p.campaign_id = @id AND p.customer_id = u.who`,
    )
    .get({ id }) as { all: number; byHeldOut: number; byOthers: number; byUnknown: number };
}

/**
 * People left out of campaigns so far whose purchases the till knew before, and those of them who bought all the same. Not of follow-ups:
 * who reaches one has just done what it waits for, mostly nothing, and is nobody usual.
 */
export function usualBuyers(db: Db): { people: number; buyers: number } {
  return db
    .prepare(
      "SELECT coalesce(sum(comparable), 0) AS people, coalesce(sum(buyers), 0) AS buyers FROM outcome_total WHERE arm = 'control' AND campaign_id NOT IN (SELECT campaign_id FROM ladder_step)",
    )
    .get() as { people: number; buyers: number };
}

/** Everybody's credit in one go: for sample shops and tests. */
export function recreditEverybody(db: Db): void {
  const people = db.prepare('SELECT id FROM customer ORDER BY id').pluck().all() as CustomerId[];
  for (let from = 0; from < people.length; from += 4000) db.tx((trx) => void recreditPeople(trx, people.slice(from, from + 4000)));
  db.tx((trx) => {
    recreditSales(trx, trx.prepare('SELECT sale_id FROM redemption WHERE sale_id IS NOT NULL').pluck().all() as SaleId[]);
    trx.prepare('DELETE FROM credit_todo').run();
  });
}
