import {
  type CustomerQuery,
  listCustomers,
  listStatements,
  nearest,
  nearestStatement,
  permissionCounts,
} from '@db/queries/customer-search';
import { TIMELINE_SOURCES, timeline } from '@db/queries/customer-timeline';
import { insertCustomer } from '@db/queries/customers';
import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

const ALL: CustomerQuery = { text: '', permission: 'any', weak: false, sort: 'name', desc: false };
const PAGE = { offset: 0, limit: 200 };

interface Someone {
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  email: string | null;
  state: 'in' | 'pending' | 'out' | 'hold' | 'never' | null;
  weak: boolean;
}
const word = (...list: string[]) => fc.constantFrom(...list);
const someone: fc.Arbitrary<Someone> = fc.record({
  firstName: word('', 'Ana', 'Zoë', 'José', 'Li', 'Mary-Ann', "D'Arcy", 'O"Neil', '100%', 'a_b'),
  lastName: word('', 'Gómez', 'Smith', 'de la Cruz', 'Ng', 'NÚÑEZ'),
  company: word('', '', 'Café Ñandú'),
  phone: fc.option(fc.integer({ min: 2000000, max: 2000040 }).map((n) => `+1212${n}` as PhoneE164)),
  email: fc.option(word('ana@example.com', 'jose.n@example.org')),
  state: fc.option(word('in', 'pending', 'out', 'hold', 'never')) as fc.Arbitrary<Someone['state']>,
  weak: fc.boolean(),
});

function shopWith(people: Someone[]) {
  const db = createDb();
  const state = new Map<string, NonNullable<Someone['state']>>();
  const ids = db.tx((trx) =>
    people.map((p, i) => {
      const { state: given, ...fields } = p;
      const id = insertCustomer(trx, fields, 1 as UtcMs);
      trx.prepare('UPDATE customer SET visits = ?, spend = ?, last_visit_at = ? WHERE id = ?').run(i % 4, i % 3, i % 5 || null, id);
      if (p.phone && given && !state.has(p.phone)) {
        state.set(p.phone, given);
        trx.prepare('INSERT INTO address_book VALUES (?, ?)').run(p.phone, `hmac ${p.phone}`);
        trx
          .prepare("INSERT INTO consent_state VALUES (?, 'sms', 'marketing', ?, 4, 0, NULL, 1, 0)")
          .run(`hmac ${p.phone}`, state.get(p.phone));
      }
      return id;
    }),
  );
  return { db, ids, stateOf: (p: Someone) => (p.phone ? (state.get(p.phone) ?? null) : null) };
}

const fold = (s: string) => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The rule in plain JavaScript: what the index must agree with. */
function found(p: Someone, text: string): boolean {
  const plain = text.trim();
  const terms = /^\+?[\d\s().\-/]+$/.test(plain) && /\d/.test(plain) ? [plain.replace(/\D/g, '')] : plain.split(/\s+/).filter(Boolean);
  const words = fold(`${p.firstName} ${p.lastName} ${p.company} ${p.phone ?? ''} ${p.email ?? ''}`);
  return terms.every((t) => {
    if ([...t].length >= 3) return words.includes(fold(t));
    if (/^\d+$/.test(t)) return p.phone?.includes(t) ?? false;
    const begins = (s: string) => s.toLowerCase().startsWith(t.toLowerCase());
    return begins(p.firstName) || begins(p.lastName);
  });
}

const permitted: Record<CustomerQuery['permission'], (p: Someone, s: Someone['state']) => boolean> = {
  any: () => true,
  in: (_, s) => s === 'in',
  pending: (_, s) => s === 'pending',
  out: (_, s) => s === 'out' || s === 'hold',
  none: (p, s) => p.phone !== null && (s === null || s === 'never'),
  'no-phone': (p) => p.phone === null,
};

describe('the customer list', () => {
  const texts = word(
    '',
    'ana',
    'GOM',
    'gómez',
    'nunez',
    'li',
    'n',
    'a_',
    '%',
    '212',
    '(212) 200-00',
    '00',
    'example',
    '.org',
    'de la',
    'a na',
    '"ne',
    "d'a",
    'ñan',
    'cafe ng',
    '☃',
  );
  const permissions = fc.constantFrom<CustomerQuery['permission']>('any', 'in', 'pending', 'out', 'none', 'no-phone');
  const sorts = fc.constantFrom<CustomerQuery['sort']>('name', 'last-visit', 'spend', 'visits', 'added');

  it('finds exactly whom a plain filter finds, once each, whatever the order and page', () => {
    fc.assert(
      fc.property(
        fc.array(someone, { maxLength: 30 }),
        texts,
        permissions,
        sorts,
        fc.boolean(),
        fc.boolean(),
        (people, text, permission, sort, desc, weak) => {
          const { db, ids, stateOf } = shopWith(people);
          const wanted = ids.filter((_, i) => {
            const p = people[i] as Someone;
            return p.weak === weak && found(p, text) && permitted[permission](p, stateOf(p));
          });
          const q = { text, permission, weak, sort, desc };
          const whole = listCustomers(db, q, PAGE);
          expect(whole.total).toBe(wanted.length);
          expect(whole.rows.map((r) => r.id).sort((a, b) => a - b)).toEqual(wanted);
          const paged: number[] = [];
          for (let offset = 0; offset < whole.total; offset += 7)
            paged.push(...listCustomers(db, q, { offset, limit: 7 }).rows.map((r) => r.id));
          expect(paged).toEqual(whole.rows.map((r) => r.id));
          if (!weak)
            expect(nearest(db, text, 500).sort((a, b) => a - b)).toEqual(
              ids.filter((_, i) => !(people[i] as Someone).weak && found(people[i] as Someone, text)),
            );
          db.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  it('counts what each filter would list', () => {
    fc.assert(
      fc.property(fc.array(someone, { maxLength: 30 }), (people) => {
        const { db } = shopWith(people);
        const counts = permissionCounts(db);
        for (const permission of Object.keys(permitted) as CustomerQuery['permission'][]) {
          expect([permission, counts[permission]]).toEqual([permission, listCustomers(db, { ...ALL, permission }, PAGE).total]);
        }
        db.close();
      }),
      { numRuns: 40 },
    );
  });

  it('shows a change at once', () => {
    const { db, ids } = shopWith([
      { firstName: 'Ana', lastName: 'Gómez', company: '', phone: null, email: null, state: null, weak: false },
    ]);
    const q = { ...ALL, text: 'gomez' };
    expect(listCustomers(db, q, PAGE).total).toBe(1);
    db.prepare("UPDATE customer SET last_name = 'Ruiz' WHERE id = ?").run(ids[0]);
    expect(listCustomers(db, q, PAGE).total).toBe(0);
    expect(listCustomers(db, { ...q, text: 'ruiz' }, PAGE).rows[0]?.id).toBe(ids[0]);
  });

  it('walks indexes, never the whole table, where an index exists', () => {
    const db = createDb();
    const plan = (s: { sql: string; params: unknown[] }) =>
      (db.raw.prepare(`EXPLAIN QUERY PLAN ${s.sql}`).all(...s.params) as { detail: string }[]).map((r) => r.detail).join('\n');
    for (const sort of ['name', 'last-visit', 'spend'] as const) {
      for (const desc of [false, true]) {
        for (const s of listStatements({ ...ALL, sort, desc })) {
          expect(plan(s)).toMatch(/USING COVERING INDEX customer_by_/);
          expect(plan(s)).not.toMatch(/TEMP B-TREE|SCAN c$/m);
        }
      }
    }
    for (const s of listStatements({ ...ALL, text: 'gomez' })) expect(plan(s)).toMatch(/customer_search VIRTUAL TABLE/);
    expect(plan(nearestStatement('gomez', 9))).toMatch(/SEARCH c USING INTEGER PRIMARY KEY/);
    expect(plan(nearestStatement('an', 9))).toMatch(/USING INDEX customer_by_last_visit/);
    for (const sql of TIMELINE_SOURCES) {
      const given = Object.fromEntries(['id', 'phone', 'email', 'n'].filter((k) => sql.includes(`$${k}`)).map((k) => [k, 1]));
      const details = (db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(given) as { detail: string }[]).map((r) => r.detail);
      expect(details.filter((d) => /^SCAN (?!\(|SUBQUERY|CONSTANT)/.test(d))).toEqual([]);
    }
  });
});

describe('a timeline', () => {
  it('holds everything of the person, newest first, in pages, and nothing of somebody else', () => {
    const db = createDb();
    const phone = '+12125550123' as PhoneE164;
    const [ana, ben] = db.tx((trx) => {
      const made = [
        insertCustomer(trx, { firstName: 'Ana', phone }, 1 as UtcMs),
        insertCustomer(trx, { firstName: 'Ben', phone }, 2 as UtcMs),
      ] as const;
      trx.raw.exec(`
        INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (1, 'items.csv', 'x', 1, 'square-items', 'square', '{}', 'done', 1);
        INSERT INTO sale (id, source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, import_id)
          VALUES (1, 'square', 's1', 'sale', 'completed', 10, '2026-01-01', ${made[0]}, 'USD', 5000, 5000, 1);
        INSERT INTO sale_line (sale_id, line_no, name, qty_milli, gross, net) VALUES (1, 1, 'Clogs', 1000, 5000, 5000);
        INSERT INTO outbox (id, cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at) VALUES
          (1, 'campaign', '1', 'sms', '${phone}', ${made[0]}, 'marketing', 10, 'delivered', 'for Ana', 1, 0, 20, 5, 5),
          (2, 'campaign', '2', 'sms', '${phone}', ${made[1]}, 'marketing', 10, 'delivered', 'for Ben', 1, 0, 21, 5, 5),
          (3, 'confirmation', '9', 'sms', '${phone}', NULL, 'confirmation', 3, 'sent', 'welcome', 1, 0, 22, 5, 5),
          (4, 'campaign', '3', 'sms', '${phone}', ${made[0]}, 'marketing', 10, 'staged', 'not yet', 1, 0, NULL, 5, 5);
        INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning) VALUES ('SM1', '${phone}', '+1', 'thanks', 30, 30, 'message');
        INSERT INTO visit_note (customer_id, at, note) VALUES (${made[0]}, 40, 'likes boots');
      `);
      return made;
    });
    const person = (id: CustomerId) => ({ id, phone, email: null });
    const seen = timeline(db, person(ana), { offset: 0, limit: 50 });
    expect(seen.more).toBe(false);
    expect(seen.entries.map((e) => e.kind)).toEqual(['note', 'text-in', 'text-out', 'text-out', 'sale', 'added']);
    expect(seen.entries.find((e) => e.kind === 'sale')).toMatchObject({ refund: false, lines: [{ name: 'Clogs', qtyMilli: 1000 }] });
    expect(timeline(db, person(ben), { offset: 0, limit: 50 }).entries.flatMap((e) => (e.kind === 'text-out' ? [e.body] : []))).toEqual([
      'welcome',
      'for Ben',
    ]);
    const pages = [0, 2, 4].map((offset) => timeline(db, person(ana), { offset, limit: 2 }));
    expect(pages.flatMap((p) => p.entries)).toEqual(seen.entries);
    expect(pages.map((p) => p.more)).toEqual([true, true, false]);
  });
});
