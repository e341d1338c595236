import type { Db } from '@db/open';
import { refreshCustomerStats } from '@db/queries/customer-stats';
import { readSettings } from '@db/queries/settings';
import type { CustomerId } from '@domain/kernel';
import { NOON } from './test-ctx';

/** What one generated record has: how many of each thing, and who they say they are. */
export interface RecordSpec {
  firstName: string;
  lastName: string;
  phone: string | null;
  email: string | null;
  birthday: string | null;
  note: string;
  tags: string[];
  sales: number;
  notes: number;
  codes: number;
  texts: number;
  replies: number;
  campaigns: number[];
  links: number;
}

/** A shop with these people in it, each with everything that can hang on a person. Ids are 1… in order. */
export function aShopOf(db: Db, people: readonly RecordSpec[]): CustomerId[] {
  const raw = db.raw;
  raw
    .prepare(
      `INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at)
       VALUES (1, 'f.csv', 'h', 1, 'square-items', 'square', '{}', 'done', 1, 2)`,
    )
    .run();
  raw.prepare("INSERT INTO offer (id, name, kind, valid_days, code_mode, created_at) VALUES (1, 'Tea', 'other', 14, 'personal', 0)").run();
  for (const id of [1, 2, 3]) {
    raw.prepare("INSERT INTO campaign (id, name, state, created_at, updated_at) VALUES (?, 'c', 'finished', 0, 0)").run(id);
  }
  let n = 0;
  const ids = people.map((p, i) => {
    const id = (i + 1) as CustomerId;
    raw
      .prepare(
        `INSERT INTO customer (id, first_name, last_name, phone, phone_raw, phone_kind, email, birthday, note, tags, created_at, updated_at, import_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
      )
      .run(
        id,
        p.firstName,
        p.lastName,
        p.phone,
        p.phone,
        p.phone ? 'mobile' : 'unknown',
        p.email,
        p.birthday,
        p.note,
        JSON.stringify(p.tags),
        NOON - id,
        NOON - id,
      );
    raw
      .prepare(
        "INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how, import_id) VALUES ('square', ?, ?, ?, 'import', 1)",
      )
      .run(`S${id}`, id, NOON - 5);
    for (let k = 0; k < p.sales; k++) {
      const sale = raw
        .prepare(
          `INSERT INTO sale (source, source_sale_id, receipt_no, kind, status, occurred_at, shop_day, customer_id, source_customer_id, currency, gross, net, import_id)
           VALUES ('square', ?, ?, 'sale', 'completed', ?, ?, ?, ?, 'USD', 1000, 1000, 1)`,
        )
        .run(
          `T${++n}`,
          `R${n}`,
          NOON - n * 86_400_000,
          new Date(NOON - n * 86_400_000).toISOString().slice(0, 10),
          id,
          `S${id}`,
        ).lastInsertRowid;
      raw
        .prepare('INSERT INTO sale_line (sale_id, line_no, name, qty_milli, gross, net) VALUES (?, 1, ?, 1000, 1000, 1000)')
        .run(sale, `Tea ${n}`);
      if (k === 0 && p.links > 0) {
        const link = raw
          .prepare(
            `INSERT INTO receipt_link (customer_id, receipt_no, origin, at, auto, state, sale_id, source, source_customer_id, identity_before)
             VALUES (?, ?, 'here', 1, 0, 'linked', ?, 'square', ?, json_object('customer_id', ?))`,
          )
          .run(id, `R${n}`, sale, `S${id}`, id).lastInsertRowid;
        raw.prepare('INSERT INTO receipt_link_sale (link_id, sale_id, was_customer_id) VALUES (?, ?, ?)').run(link, sale, id);
        raw.prepare('INSERT INTO sale_not_theirs (customer_id, sale_id, at) VALUES (?, ?, 1)').run(id, sale);
      }
    }
    for (let k = 0; k < p.notes; k++) raw.prepare("INSERT INTO visit_note (customer_id, at, note) VALUES (?, ?, 'likes red')").run(id, ++n);
    for (let k = 0; k < p.codes; k++) {
      const code = `K${++n}`;
      raw
        .prepare("INSERT INTO offer_code (code, offer_id, customer_id, state, issued_at, expires_at) VALUES (?, 1, ?, 'redeemed', 1, 9)")
        .run(code, id);
      raw.prepare("INSERT INTO redemption (code, offer_id, customer_id, at, how) VALUES (?, 1, ?, ?, 'code')").run(code, id, n);
    }
    for (let k = 0; k < p.texts; k++) {
      raw
        .prepare(
          `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
           VALUES ('campaign', ?, 'sms', ?, ?, 'marketing', 10, 'delivered', 'b', 1, 0, ?, 0, 0)`,
        )
        .run(String(k + 1), `+1555${String(++n).padStart(7, '0')}`, id, n);
    }
    for (let k = 0; k < p.replies; k++) {
      raw
        .prepare(
          "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id) VALUES (?, ?, '+1', 'hi', ?, 1, 'message', ?)",
        )
        .run(`SM${++n}`, p.phone ?? '+15550000000', n, id);
    }
    for (const c of new Set(p.campaigns)) {
      raw
        .prepare('INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, till_fixed, drawn_at) VALUES (?, ?, ?, ?, 1, 1)')
        .run(c, id, p.phone, ['text', 'control', 'excluded'][(c + id) % 3]);
    }
    return id;
  });
  refreshCustomerStats(db, 'all', readSettings(db).shop.zone, NOON);
  return ids;
}
