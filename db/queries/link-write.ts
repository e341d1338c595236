import type { CustomerId, ImportId, SaleId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { CustomerIdentityTable } from '../schema/customers';
import type { ReceiptLink, TillCustomer } from './links';

type Identity = CustomerIdentityTable;

function identityRow(db: Db, source: string, sourceCustomerId: string): Identity | null {
  const sql = 'SELECT * FROM customer_identity WHERE source = ? AND source_customer_id = ?';
  return (db.prepare(sql).get(source, sourceCustomerId) as Identity | undefined) ?? null;
}

/**
 * Ties the till customer of a sale (or the one sale, where it has none) to a person and writes down who everything belonged to.
 * Returns how many sales changed hands and who held them.
 */
export function writeLink(
  trx: Trx,
  link: ReceiptLink,
  till: TillCustomer,
  by: { at: UtcMs; staffId: StaffId | null; importId: ImportId | null },
): { added: number; holders: CustomerId[] } {
  const before = till.sourceCustomerId === null ? null : identityRow(trx, till.source, till.sourceCustomerId);
  const keepsIdentity = before !== null && before.customer_id === link.customerId;
  const mine = till.sourceCustomerId === null ? 'id = @saleId' : 'source = @source AND source_customer_id = @tillCustomer';
  const args = {
    link: link.id,
    saleId: till.saleId,
    source: till.source,
    tillCustomer: till.sourceCustomerId,
    holder: till.holder,
    person: link.customerId,
  };
  const record = `INSERT INTO receipt_link_sale (link_id, sale_id, was_customer_id)
    SELECT @link, id, customer_id FROM sale WHERE ${mine} AND (customer_id IS NULL OR customer_id = @holder OR customer_id = @person)`;
  trx.prepare(record).run(args);
  const holders = trx
    .prepare(
      'SELECT DISTINCT was_customer_id FROM receipt_link_sale WHERE link_id = ? AND was_customer_id IS NOT NULL AND was_customer_id <> ?',
    )
    .pluck()
    .all(link.id, link.customerId) as CustomerId[];
  const added = trx
    .prepare(
      'UPDATE sale SET customer_id = ? WHERE id IN (SELECT sale_id FROM receipt_link_sale WHERE link_id = ? AND was_customer_id IS NOT ?)',
    )
    .run(link.customerId, link.id, link.customerId).changes;
  if (till.sourceCustomerId !== null && !keepsIdentity) {
    trx
      .prepare(
        `INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how, import_id, said) VALUES (?, ?, ?, ?, 'receipt', NULL, ?)
         ON CONFLICT DO UPDATE SET customer_id = excluded.customer_id, linked_at = excluded.linked_at, how = 'receipt', import_id = NULL`,
      )
      .run(till.source, till.sourceCustomerId, link.customerId, by.at, before?.said ?? null);
  }
  const tied = link.redemptionId === null ? 0 : tieRedemption(trx, link.redemptionId, till.saleId);
  trx
    .prepare(
      `UPDATE receipt_link SET state = 'linked', sale_id = ?, source = ?, source_customer_id = ?, identity_before = ?, redemption_tied = ?,
         linked_at = ?, linked_by = ?, import_id = ? WHERE id = ?`,
    )
    .run(
      till.saleId,
      till.source,
      keepsIdentity ? null : till.sourceCustomerId,
      before && !keepsIdentity ? JSON.stringify(before) : null,
      tied,
      by.at,
      by.staffId,
      by.importId,
      link.id,
    );
  return { added, holders };
}

/** The redemption gets the sale it was typed with, unless it has one or the sale belongs to another redemption. */
function tieRedemption(trx: Trx, redemptionId: number, saleId: SaleId): number {
  return trx
    .prepare(
      `UPDATE redemption SET sale_id = ? WHERE id = ? AND sale_id IS NULL AND reversed_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM redemption o WHERE o.sale_id = ? AND o.reversed_at IS NULL)`,
    )
    .run(saleId, redemptionId, saleId).changes;
}

/**
 * Values that later files brought into the person's record because of the link are their till customer's, not theirs: each column that
 * still holds what the till said goes back to what it was. A till that says the person's own number or e-mail spoke of them after all.
 */
function giveBackValues(trx: Trx, link: ReceiptLink): void {
  if (link.source === null || link.sourceCustomerId === null) return;
  const said = identityRow(trx, link.source, link.sourceCustomerId)?.said;
  const person = trx.prepare('SELECT * FROM customer WHERE id = ?').get(link.customerId) as Record<string, unknown> | undefined;
  if (!said || !person) return;
  const says = JSON.parse(said) as Record<string, unknown>;
  const changes = trx
    .prepare(
      `SELECT c.import_id AS importId, c.seq, c.before FROM import_change c JOIN import i ON i.id = c.import_id
       WHERE c.table_name = 'customer' AND c.row_key = ? AND i.finished_at >= ? ORDER BY c.import_id DESC, c.seq DESC`,
    )
    .all(String(link.customerId), link.linkedAt) as { importId: number; seq: number; before: string }[];
  const images = changes.map((c) => ({
    ...c,
    image: JSON.parse(c.before) as { was?: Record<string, unknown>; set?: Record<string, unknown> },
  }));
  const brought = new Set(images.flatMap((c) => Object.keys(c.image.set ?? {})));
  const own = (column: string) => says[column] != null && says[column] === person[column] && !brought.has(column);
  if (own('phone') || own('email')) return;
  for (const { importId, seq, image } of images) {
    const set = image.set ?? {};
    const columns = Object.keys(set).filter((c) => c !== 'updated_at' && person[c] === set[c] && set[c] === says[c]);
    if (columns.length === 0) continue;
    const whole = columns.length === Object.keys(set).filter((c) => c !== 'updated_at').length;
    if (whole && person['updated_at'] === set['updated_at']) columns.push('updated_at');
    for (const c of columns) person[c] = image.was?.[c] ?? null;
    trx
      .prepare(`UPDATE customer SET ${columns.map((c) => `${c} = ?`).join(', ')} WHERE id = ?`)
      .run(...columns.map((c) => person[c] as string | number | null), link.customerId);
    // Nothing is left of it for the undo of that import.
    if (whole) trx.prepare('DELETE FROM import_change WHERE import_id = ? AND seq = ?').run(importId, seq);
  }
}

/**
 * Gives everything back to whoever had it: sales that were there then, and those that later files brought under the same till
 * customer. The note itself stays; the caller removes it or lets it wait again. Returns whose figures changed.
 */
export function unwriteLink(trx: Trx, link: ReceiptLink): { removed: number; people: CustomerId[] } {
  const before = link.identityBefore === null ? null : (JSON.parse(link.identityBefore) as Identity);
  const heir = before && trx.prepare('SELECT 1 FROM customer WHERE id = ?').get(before.customer_id) ? before : null;
  giveBackValues(trx, link);
  const people = new Set<CustomerId>([link.customerId]);
  if (heir) people.add(heir.customer_id as CustomerId);
  for (const id of trx.prepare('SELECT DISTINCT was_customer_id FROM receipt_link_sale WHERE link_id = ?').pluck().all(link.id)) {
    if (id !== null) people.add(id as CustomerId);
  }
  let removed = trx
    .prepare(
      `UPDATE sale SET customer_id = (SELECT c.id FROM receipt_link_sale l LEFT JOIN customer c ON c.id = l.was_customer_id WHERE l.link_id = @link AND l.sale_id = sale.id)
       WHERE id IN (SELECT sale_id FROM receipt_link_sale WHERE link_id = @link AND was_customer_id IS NOT @person) AND customer_id = @person`,
    )
    .run({ link: link.id, person: link.customerId }).changes;
  if (link.sourceCustomerId !== null && link.source !== null) {
    removed += trx
      .prepare(
        `UPDATE sale SET customer_id = @heir WHERE source = @source AND source_customer_id = @till AND customer_id = @person
         AND id NOT IN (SELECT sale_id FROM receipt_link_sale WHERE link_id = @link)`,
      )
      .run({
        heir: heir?.customer_id ?? null,
        source: link.source,
        till: link.sourceCustomerId,
        person: link.customerId,
        link: link.id,
      }).changes;
    const mine = "source = ? AND source_customer_id = ? AND customer_id = ? AND how = 'receipt'";
    const key = [link.source, link.sourceCustomerId, link.customerId] as const;
    if (heir) {
      trx
        .prepare(`UPDATE customer_identity SET customer_id = ?, linked_at = ?, how = ?, import_id = ? WHERE ${mine}`)
        .run(heir.customer_id, heir.linked_at, heir.how, heir.import_id, ...key);
    } else trx.prepare(`DELETE FROM customer_identity WHERE ${mine}`).run(...key);
  }
  if (link.redemptionTied && link.redemptionId !== null) {
    trx.prepare('UPDATE redemption SET sale_id = NULL WHERE id = ? AND sale_id = ?').run(link.redemptionId, link.saleId);
  }
  trx.prepare('DELETE FROM receipt_link_sale WHERE link_id = ?').run(link.id);
  trx
    .prepare(
      `UPDATE receipt_link SET state = 'waiting', sale_id = NULL, source = NULL, source_customer_id = NULL, identity_before = NULL,
         redemption_tied = 0, linked_at = NULL, linked_by = NULL, import_id = NULL WHERE id = ?`,
    )
    .run(link.id);
  return { removed, people: [...people] };
}

/**
 * Sales of an import that was planned before a till customer was tied: they came in as nobody's, or as the earlier holder's. Gives
 * them to whom the till customer belongs now; returns whose figures changed.
 */
export function adoptLatecomers(trx: Trx, importId: ImportId): CustomerId[] {
  const links = trx
    .prepare(
      `SELECT l.source, l.source_customer_id AS till, i.customer_id AS person, json_extract(l.identity_before, '$.customer_id') AS holder
       FROM receipt_link l JOIN customer_identity i ON i.source = l.source AND i.source_customer_id = l.source_customer_id
       WHERE l.state = 'linked' AND l.source_customer_id IS NOT NULL AND l.linked_at >= (SELECT created_at FROM import WHERE id = ?)`,
    )
    .all(importId) as { source: string; till: string; person: CustomerId; holder: CustomerId | null }[];
  const people = new Set<CustomerId>();
  const adopt = trx.prepare(
    `UPDATE sale SET customer_id = @person WHERE source = @source AND source_customer_id = @till AND import_id = @importId
     AND (customer_id IS NULL OR customer_id = @holder) AND customer_id IS NOT @person`,
  );
  for (const l of links) {
    if (adopt.run({ ...l, importId }).changes === 0) continue;
    people.add(l.person);
    if (l.holder !== null) people.add(l.holder);
  }
  return [...people];
}

/** Said on the person's page or at the counter: this sale is somebody else's. Not offered for them again. */
export function refuseSale(trx: Trx, r: { customerId: CustomerId; saleId: SaleId; at: UtcMs; staffId: StaffId | null }): void {
  trx
    .prepare('INSERT OR IGNORE INTO sale_not_theirs (customer_id, sale_id, at, staff_id) VALUES (?, ?, ?, ?)')
    .run(r.customerId, r.saleId, r.at, r.staffId);
}

/** Takes the refusal back. */
export function unrefuseSale(trx: Trx, customerId: CustomerId, saleId: SaleId): void {
  trx.prepare('DELETE FROM sale_not_theirs WHERE customer_id = ? AND sale_id = ?').run(customerId, saleId);
}

/** A present for somebody else: it counts as spend, but says nothing about what its buyer wears or needs again. False = no such sale. */
export function setGift(trx: Trx, saleId: SaleId, gift: boolean): { customerId: CustomerId | null } | null {
  const row = trx.prepare('SELECT customer_id AS customerId FROM sale WHERE id = ?').get(saleId) as
    | { customerId: CustomerId | null }
    | undefined;
  if (!row) return null;
  trx.prepare('UPDATE sale SET is_gift = ? WHERE id = ?').run(gift ? 1 : 0, saleId);
  return row;
}
