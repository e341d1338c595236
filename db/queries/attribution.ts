import { creditSales, type RedeemedSale, type SaleCredit, type SaleToCredit, type TextThatArrived } from '@domain/attribution/credit';
import type { CustomerId, SaleId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import type { Db } from '../open';

/** Statuses of a sale that took place; voided, failed and open ones are no takings. */
export const REAL_SALE = "status IN ('completed', 'partially-refunded', 'refunded')";

const list = (ids: readonly number[]): string => JSON.stringify(ids);

/** Everybody a text or a code could have moved, or who still carries a credit, in id order. */
export function peopleToCredit(db: Db): CustomerId[] {
  const rows = db
    .prepare(
      `SELECT customer_id AS id FROM outbox WHERE customer_id IS NOT NULL AND cause_kind = 'campaign' AND state = 'delivered'
       UNION SELECT customer_id FROM redemption WHERE customer_id IS NOT NULL
       UNION SELECT s.customer_id FROM redemption r JOIN sale s ON s.id = r.sale_id WHERE s.customer_id IS NOT NULL
       UNION SELECT coalesce(s.customer_id, c.customer_id) FROM sale_credit c JOIN sale s ON s.id = c.sale_id WHERE coalesce(s.customer_id, c.customer_id) IS NOT NULL
       ORDER BY id`,
    )
    .all() as { id: CustomerId }[];
  return rows.map((r) => r.id);
}

/** A redemption with the customer the till put on its sale (often nobody). */
export type TiedRedemption = RedeemedSale & { readonly saleCustomerId: CustomerId | null };

/** Redemptions that stand (not undone) and are tied to a sale and a campaign, by sale; the first one typed wins. */
export function redeemedSales(db: Db): Map<SaleId, TiedRedemption> {
  const rows = db
    .prepare(
      `SELECT r.campaign_id AS campaignId, r.customer_id AS customerId, r.sale_id AS saleId, r.at, s.customer_id AS saleCustomerId
       FROM redemption r JOIN sale s ON s.id = r.sale_id
       WHERE r.reversed_at IS NULL AND r.campaign_id IS NOT NULL ORDER BY r.at DESC, r.id DESC`,
    )
    .all() as TiedRedemption[];
  return new Map(rows.map((r) => [r.saleId, r]));
}

const SALE = `id AS saleId, customer_id AS customerId, kind, occurred_at AS occurredAt, time_known AS timeKnown, net, tax, refunded`;
const toSale = (r: unknown): SaleToCredit => ({ ...(r as SaleToCredit), timeKnown: Boolean((r as { timeKnown: number }).timeKnown) });

/**
 * Credits the sales of some people anew (null: the redeemed sales that belong to nobody known) and writes only what
 * changed. Returns the number of rows written. Call inside a transaction; a thousand people take a few milliseconds.
 */
export function recreditPeople(db: Db, people: readonly CustomerId[] | null, redeemed: ReadonlyMap<SaleId, TiedRedemption>): number {
  const wanted = new Set<number>(people ?? []);
  const texts = people === null ? [] : textsOf(db, people);
  const first = texts.reduce((at, t) => Math.min(at, t.at), Number.MAX_SAFE_INTEGER);
  const loose: SaleId[] = []; // redeemed sales the till tied to nobody: they go with the person of the code
  const own: SaleId[] = [];
  const direct: RedeemedSale[] = [];
  for (const r of redeemed.values()) {
    const owner = r.saleCustomerId ?? r.customerId;
    if (owner === null ? people !== null : !wanted.has(owner)) continue;
    (r.saleCustomerId === null ? loose : own).push(r.saleId);
    direct.push(r);
  }
  const sales = new Map<SaleId, SaleToCredit>();
  const take = (rows: unknown[]) => {
    for (const r of rows) sales.set((r as SaleToCredit).saleId, toSale(r));
  };
  if (texts.length) {
    const since = first - 60 * DAY; // refunds look 60 days back
    const sql = `SELECT ${SALE} FROM sale WHERE customer_id IN (SELECT value FROM json_each(?)) AND occurred_at >= ? AND ${REAL_SALE}`;
    take(db.prepare(sql).all(list(people ?? []), since));
  }
  if (direct.length) {
    take(
      db.prepare(`SELECT ${SALE} FROM sale WHERE id IN (SELECT value FROM json_each(?)) AND ${REAL_SALE}`).all(list([...own, ...loose])),
    );
  }
  const now = creditSales({ texts, redemptions: direct, sales: [...sales.values()] });
  return writeChanged(db, creditsBefore(db, people, loose), now);
}

function textsOf(db: Db, people: readonly CustomerId[]): TextThatArrived[] {
  return db
    .prepare(
      `SELECT c.id AS campaignId, o.customer_id AS customerId, o.left_at AS at, c.window_ends_at AS windowEndsAt
       FROM outbox o JOIN campaign c ON c.id = CAST(o.cause_id AS INTEGER)
       WHERE o.customer_id IN (SELECT value FROM json_each(?)) AND o.cause_kind = 'campaign' AND o.state = 'delivered'
         AND o.left_at IS NOT NULL AND c.window_ends_at IS NOT NULL`,
    )
    .all(list(people)) as TextThatArrived[];
}

function creditsBefore(db: Db, people: readonly CustomerId[] | null, loose: readonly SaleId[]): Map<SaleId, SaleCredit> {
  const columns = 'c.sale_id AS saleId, c.campaign_id AS campaignId, c.customer_id AS customerId, c.kind, c.net';
  const rows = [
    ...(people === null
      ? db
          .prepare(
            `SELECT ${columns} FROM sale_credit c JOIN sale s ON s.id = c.sale_id WHERE s.customer_id IS NULL AND c.customer_id IS NULL`,
          )
          .all()
      : db
          .prepare(
            `SELECT ${columns} FROM sale s JOIN sale_credit c ON c.sale_id = s.id WHERE s.customer_id IN (SELECT value FROM json_each(?))`,
          )
          .all(list(people))),
    ...db.prepare(`SELECT ${columns} FROM sale_credit c WHERE c.sale_id IN (SELECT value FROM json_each(?))`).all(list(loose)),
  ] as SaleCredit[];
  return new Map(rows.map((r) => [r.saleId, r]));
}

function writeChanged(db: Db, before: Map<SaleId, SaleCredit>, now: readonly SaleCredit[]): number {
  const put = db.prepare('INSERT OR REPLACE INTO sale_credit (sale_id, campaign_id, customer_id, kind, net) VALUES (?, ?, ?, ?, ?)');
  let written = 0;
  for (const c of now) {
    const old = before.get(c.saleId);
    before.delete(c.saleId);
    if (old && old.campaignId === c.campaignId && old.customerId === c.customerId && old.kind === c.kind && old.net === c.net) continue;
    put.run(c.saleId, c.campaignId, c.customerId, c.kind, c.net);
    written++;
  }
  const drop = db.prepare('DELETE FROM sale_credit WHERE sale_id = ?');
  for (const saleId of before.keys()) {
    drop.run(saleId);
    written++;
  }
  return written;
}

/** Removes credits that no person's recount can reach any more: the redemption was undone and the sale is nobody's. */
export function dropStrayCredits(db: Db): number {
  return db
    .prepare(
      `DELETE FROM sale_credit WHERE sale_id IN (SELECT c.sale_id FROM sale_credit c JOIN sale s ON s.id = c.sale_id WHERE s.customer_id IS NULL)
       AND sale_id NOT IN (SELECT sale_id FROM redemption WHERE reversed_at IS NULL AND sale_id IS NOT NULL)`,
    )
    .run().changes;
}

/**
 * Ties redemptions to the till's sale once it was imported: by the receipt number typed at the counter on that shop day, else
 * to the same person's own sale of that day that lies nearest in time and is not tied yet. Never by amount or name.
 */
export function tieRedemptionsToSales(db: Db): number {
  const open = db
    .prepare(
      `SELECT id, customer_id AS customerId, at, receipt_no AS receiptNo FROM redemption
       WHERE sale_id IS NULL AND reversed_at IS NULL ORDER BY at, id`,
    )
    .all() as { id: number; customerId: number | null; at: number; receiptNo: string | null }[];
  if (open.length === 0) return 0;
  const taken = new Set(
    (db.prepare('SELECT sale_id AS id FROM redemption WHERE sale_id IS NOT NULL AND reversed_at IS NULL').all() as { id: number }[]).map(
      (r) => r.id,
    ),
  );
  const near = (where: string) =>
    db.prepare(
      `SELECT id FROM sale WHERE ${where} AND occurred_at BETWEEN ? AND ? AND kind = 'sale' AND ${REAL_SALE} ORDER BY abs(occurred_at - ?), id LIMIT 8`,
    );
  const byReceipt = near('receipt_no = ? COLLATE NOCASE');
  const byPerson = near('customer_id = ?');
  const tie = db.prepare('UPDATE redemption SET sale_id = ? WHERE id = ?');
  let tied = 0;
  for (const r of open) {
    const free = (rows: unknown[]) => (rows as { id: number }[]).find((s) => !taken.has(s.id));
    const sale =
      (r.receiptNo ? free(byReceipt.all(r.receiptNo, r.at - DAY / 2, r.at + DAY / 2, r.at)) : undefined) ??
      (r.customerId === null ? undefined : free(byPerson.all(r.customerId, r.at - DAY / 4, r.at + DAY / 4, r.at)));
    if (!sale) continue;
    taken.add(sale.id);
    tie.run(sale.id, r.id);
    tied++;
  }
  return tied;
}
