import type { TaskKind, TaskOutcome } from '@domain/counter/task';
import type { Cents, CustomerId, Micros, PhoneE164, UtcMs } from '@domain/kernel';
import type { MovementKind } from '@domain/loyalty/account';
import type { OrderKind, OrderState } from '@domain/orders/order';
import type { Db } from '../open';

/** Everything that ever passed between the shop and a person, on one line (product.md promise 1). */
export type TimelineEntry =
  | {
      kind: 'sale';
      id: number;
      at: UtcMs;
      refund: boolean;
      status: string;
      net: Cents;
      receiptNo: string | null;
      gift: boolean;
      lines: { name: string; variant: string; qtyMilli: number; net: Cents }[];
    }
  | {
      kind: 'text-out';
      id: number;
      at: UtcMs;
      body: string;
      state: string;
      reason: string | null;
      messageClass: string;
      campaign: string | null;
      price: Micros | null;
      priceCurrency: string | null;
      errorCode: number | null;
    }
  | { kind: 'text-in'; id: string; at: UtcMs; body: string; meaning: string }
  | {
      kind: 'consent';
      id: number;
      at: UtcMs;
      event: string;
      method: string;
      purpose: string;
      promiseMax: number | null;
      reason: string | null;
      wordingHash: string | null;
      staffName: string | null;
    }
  | {
      kind: 'redemption';
      id: number;
      at: UtcMs;
      code: string;
      offerName: string;
      amount: Cents | null;
      discount: Cents | null;
      receiptNo: string | null;
      staffName: string | null;
      reversedAt: UtcMs | null;
    }
  | { kind: 'note'; id: number; at: UtcMs; note: string; staffName: string | null }
  /** Something they asked for by text, and what became of it. */
  | {
      kind: 'task';
      id: number;
      at: UtcMs;
      task: TaskKind;
      words: string;
      state: 'open' | 'done' | 'dropped';
      outcome: TaskOutcome | null;
      doneAt: UtcMs | null;
      staffName: string | null;
    }
  /** Something kept for them: ordered, set aside, paid off bit by bit, mended. */
  | {
      kind: 'order';
      id: number;
      at: UtcMs;
      order: OrderKind;
      ref: string;
      what: string;
      size: string;
      state: OrderState;
      closedAt: UtcMs | null;
      staffName: string | null;
    }
  /** On a list for another channel. */
  | { kind: 'contact'; id: number; at: UtcMs; channel: 'post' | 'email' | 'ads'; name: string; campaign: string | null }
  /** A mail of ours; who opened it is not known. */
  | {
      kind: 'mail-out';
      id: number;
      at: UtcMs;
      subject: string;
      state: string;
      reason: string | null;
      messageClass: string;
      campaign: string | null;
    }
  /** What happened to their punches or points, purchases left out: those stand there themselves. */
  | { kind: 'points'; id: number; at: UtcMs; what: MovementKind; points: number; reason: string }
  /** They opened the link of a text. */
  | { kind: 'tap'; id: string; at: UtcMs; campaign: string | null }
  | { kind: 'added'; id: number; at: UtcMs; fileName: string | null };

const SALES = `SELECT 'sale' AS kind, s.id, s.occurred_at AS at, s.kind = 'refund' AS refund, s.status, s.net, s.receipt_no AS receiptNo, s.is_gift AS gift
  FROM sale s WHERE s.customer_id = $id ORDER BY s.occurred_at DESC, s.id DESC LIMIT $n`;

// Numbers and e-mails a merge let go still tell what was said under them.
// Texts to their number that name nobody (confirmations) belong to them too; texts to another member of the family do not.
const TEXTS_OUT = `SELECT 'text-out' AS kind, o.id, coalesce(o.left_at, o.updated_at) AS at, o.body, o.state, o.reason,
    o.message_class AS messageClass, o.price, o.price_currency AS priceCurrency, o.error_code AS errorCode,
    (SELECT g.name FROM campaign g WHERE o.cause_kind = 'campaign' AND g.id = CAST(o.cause_id AS INTEGER)) AS campaign
  FROM outbox o WHERE o.id IN (
    SELECT id FROM outbox WHERE customer_id = $id
    UNION SELECT id FROM outbox WHERE address = $phone AND customer_id IS NULL
  ) AND o.state <> 'staged' ORDER BY at DESC, o.id DESC LIMIT $n`;

const TEXTS_IN = `SELECT 'text-in' AS kind, i.sid AS id, i.received_at AS at, i.body, i.meaning
  FROM inbound i
  WHERE i.from_address IN (SELECT $phone UNION SELECT value FROM customer_alias WHERE customer_id = $id AND kind = 'phone')
  ORDER BY i.received_at DESC, i.sid DESC LIMIT $n`;

const CONSENT = `SELECT 'consent' AS kind, e.id, e.occurred_at AS at, CASE e.channel WHEN 'email' THEN 'email-' ELSE '' END || e.kind AS event, e.method, e.purpose, e.promise_max AS promiseMax,
    e.reason, e.wording_hash AS wordingHash, p.name AS staffName
  FROM address_book b JOIN consent_event e ON e.address_hmac = b.address_hmac LEFT JOIN staff p ON p.id = e.staff_id
  WHERE b.address IN (SELECT $phone UNION SELECT $email UNION SELECT value FROM customer_alias WHERE customer_id = $id)
  ORDER BY e.id DESC LIMIT $n`;

const REDEMPTIONS = `SELECT 'redemption' AS kind, r.id, r.at, r.code, o.name AS offerName, r.amount, r.discount, r.receipt_no AS receiptNo,
    p.name AS staffName, r.reversed_at AS reversedAt
  FROM redemption r JOIN offer o ON o.id = r.offer_id LEFT JOIN staff p ON p.id = r.staff_id
  WHERE r.customer_id = $id ORDER BY r.at DESC, r.id DESC LIMIT $n`;

const NOTES = `SELECT 'note' AS kind, v.id, v.at, v.note, p.name AS staffName
  FROM visit_note v LEFT JOIN staff p ON p.id = v.staff_id WHERE v.customer_id = $id ORDER BY v.at DESC, v.id DESC LIMIT $n`;

const TASKS = `SELECT 'task' AS kind, k.id, k.created_at AS at, k.kind AS task, k.words, k.state, k.outcome, k.done_at AS doneAt, p.name AS staffName
  FROM counter_task k LEFT JOIN staff p ON p.id = k.done_by WHERE k.customer_id = $id ORDER BY k.created_at DESC, k.id DESC LIMIT $n`;

const ORDERS = `SELECT 'order' AS kind, k.id, k.created_at AS at, k.kind AS "order", k.ref, k.what, k.size, k.state, k.closed_at AS closedAt, p.name AS staffName
  FROM customer_order k LEFT JOIN staff p ON p.id = k.staff_id WHERE k.customer_id = $id ORDER BY k.created_at DESC, k.id DESC LIMIT $n`;

const CONTACTS = `SELECT 'contact' AS kind, o.id, k.at, o.channel, o.name, (SELECT g.name FROM campaign g WHERE g.id = o.campaign_id) AS campaign
  FROM contact k JOIN outreach o ON o.id = k.outreach_id WHERE k.customer_id = $id ORDER BY k.at DESC, o.id DESC LIMIT $n`;

const MAILS_OUT = `SELECT 'mail-out' AS kind, m.id, coalesce(m.left_at, m.updated_at) AS at, m.subject, m.state, m.reason,
    m.message_class AS messageClass,
    (SELECT g.name FROM campaign g WHERE m.cause_kind = 'campaign' AND g.id = CAST(m.cause_id AS INTEGER)) AS campaign
  FROM mail m WHERE m.customer_id = $id AND m.state <> 'staged' ORDER BY at DESC, m.id DESC LIMIT $n`;

const ADDED = `SELECT 'added' AS kind, c.id, c.created_at AS at, i.file_name AS fileName
  FROM customer c LEFT JOIN import i ON i.id = c.import_id WHERE c.id = $id LIMIT $n`;

const TAPPED = `SELECT 'tap' AS kind, t.code || ' ' || t.at AS id, t.at, (SELECT g.name FROM campaign g WHERE g.id = k.campaign_id) AS campaign
  FROM link_code k CROSS JOIN tap t ON t.code = k.code
  WHERE k.customer_id = $id AND t.discounted IS NULL AND EXISTS (SELECT 1 FROM link_source WHERE id = 1) ORDER BY t.at DESC LIMIT $n`;

const POINTS = `SELECT 'points' AS kind, e.id, e.at, e.kind AS what, e.points,
    coalesce((SELECT n.reason FROM loyalty_note n WHERE n.uid = substr(e.cause, 6)), '') AS reason
  FROM points_entry e WHERE e.customer_id = $id AND (e.kind NOT IN ('earn', 'correct') OR e.cause GLOB 'note:*' OR e.cause GLOB 'bonus:*')
  ORDER BY e.at DESC, e.id DESC LIMIT $n`;

/** The statements a timeline is merged from; held against their query plans by a test. */
export const TIMELINE_SOURCES = [
  SALES,
  TEXTS_OUT,
  TEXTS_IN,
  CONSENT,
  REDEMPTIONS,
  NOTES,
  TASKS,
  ORDERS,
  CONTACTS,
  MAILS_OUT,
  POINTS,
  TAPPED,
  ADDED,
] as const;

const LINES = `SELECT sale_id AS saleId, name, variant, qty_milli AS qtyMilli, net FROM sale_line
  WHERE sale_id IN (SELECT value FROM json_each(?)) ORDER BY sale_id, line_no`;

/** A page of what happened, newest first; `more` tells whether older entries exist. */
export function timeline(
  db: Db,
  person: { id: CustomerId; phone: PhoneE164 | null; email: string | null },
  page: { offset: number; limit: number },
): { entries: TimelineEntry[]; more: boolean } {
  const upTo = page.offset + page.limit + 1;
  const given: Record<string, unknown> = { id: person.id, phone: person.phone, email: person.email, n: upTo };
  const all: TimelineEntry[] = [];
  for (const sql of TIMELINE_SOURCES) {
    const used = Object.fromEntries(Object.entries(given).filter(([k]) => sql.includes(`$${k}`)));
    all.push(...(db.prepare(sql).all(used) as TimelineEntry[]));
  }
  all.sort((a, b) => b.at - a.at || a.kind.localeCompare(b.kind) || (a.id < b.id ? 1 : -1));
  const entries = all.slice(page.offset, page.offset + page.limit);
  const sales = entries.filter((e) => e.kind === 'sale');
  const lines = db.prepare(LINES).all(JSON.stringify(sales.map((s) => s.id))) as {
    saleId: number;
    name: string;
    variant: string;
    qtyMilli: number;
    net: Cents;
  }[];
  for (const s of sales) {
    s.refund = Boolean(s.refund);
    s.gift = Boolean(s.gift);
    s.lines = lines.filter((l) => l.saleId === s.id).map(({ name, variant, qtyMilli, net }) => ({ name, variant, qtyMilli, net }));
  }
  return { entries, more: all.length > page.offset + page.limit };
}
