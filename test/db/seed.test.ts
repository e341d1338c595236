import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '@db/open';
import { refreshCustomerStats } from '@db/queries/customer-stats';
import { type SeededShop, seedShop, writeSquareExport } from '@db/seed/index';
import { newcombe } from '@domain/attribution/intervals';
import { toE164 } from '@domain/customers/phone';
import type { CustomerId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { readCode } from '@domain/offers/code';
import { verifyLedger } from '@services/consent/verify';
import { beforeAll, describe, expect, it } from 'vitest';
import { NOON } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const hmacKey = new TextEncoder().encode('shop-secret-key');
const zone = 'America/New_York' as Zone;
const count = (db: Db, sql: string): number => (db.raw.prepare(sql).pluck().get() as number | null) ?? 0;

function dump(db: Db): string {
  const tables = db.raw
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'customer_search%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all() as string[];
  return tables.map((t) => `${t}\n${JSON.stringify(db.raw.prepare(`SELECT * FROM ${t}`).all())}`).join('\n');
}

describe('the demo shop', () => {
  let db: Db;
  let shop: SeededShop;
  beforeAll(() => {
    db = createDb();
    shop = seedShop(db, { seed: 3, people: 1500, now: NOON, hmacKey });
  });

  it('is the same shop for the same seed, another for another', () => {
    const small = (seed: number) => {
      const other = createDb();
      seedShop(other, { seed, people: 200, now: NOON, hmacKey });
      return dump(other);
    };
    expect(small(9)).toBe(small(9));
    expect(small(9)).not.toBe(small(10));
  });

  it('says truly what it wrote', () => {
    expect(count(db, 'SELECT count(*) FROM customer')).toBe(shop.people);
    expect(count(db, "SELECT count(*) FROM sale WHERE kind = 'sale'")).toBe(shop.sales);
    expect(count(db, 'SELECT count(*) FROM sale_line')).toBe(shop.lines);
    expect(count(db, "SELECT count(*) FROM outbox WHERE cause_kind = 'campaign'")).toBe(shop.texts);
    expect(count(db, 'SELECT count(*) FROM redemption')).toBe(shop.redemptions);
    expect(count(db, "SELECT count(*) FROM consent_state WHERE purpose = 'marketing' AND state = 'in'")).toBe(shop.mayBeTexted);
    expect(db.raw.pragma('foreign_key_check')).toEqual([]);
    expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('is believable: two thirds anonymous, unique readable fictional numbers, closed on Sundays, money that adds up', () => {
    const anonymous = count(db, "SELECT sum(customer_id IS NULL) * 1.0 / count(*) FROM sale WHERE kind = 'sale'");
    expect(anonymous).toBeGreaterThan(0.6);
    expect(anonymous).toBeLessThan(0.72);
    const phones = db.raw.prepare('SELECT phone FROM customer WHERE phone IS NOT NULL').pluck().all() as string[];
    expect(new Set(phones).size).toBe(phones.length);
    for (const p of phones) {
      expect(p).toMatch(/^\+1\d{3}555\d{4}$/);
      expect(toE164(p, 'US')).toMatchObject({ ok: true, phone: p });
    }
    expect(count(db, "SELECT count(*) FROM sale WHERE strftime('%w', shop_day) = '0'")).toBe(0);
    expect(
      count(
        db,
        `SELECT count(*) FROM sale WHERE discount < 0 OR total <> net + tax
         OR net <> CASE kind WHEN 'refund' THEN gross + discount ELSE gross - discount END`,
      ),
    ).toBe(0);
    expect(count(db, 'SELECT count(*) FROM sale s WHERE net <> (SELECT sum(net) FROM sale_line l WHERE l.sale_id = s.id)')).toBe(0);
    expect(count(db, `SELECT count(*) FROM sale WHERE occurred_at >= ${NOON}`)).toBe(0);
    for (const c of db.raw.prepare('SELECT code FROM offer_code').pluck().all() as string[]) expect(readCode(c).kind).toBe('ok');
  });

  it('keeps the same sums on people as the app itself would', () => {
    const sums = () =>
      db.raw
        .prepare(
          'SELECT id, visits, spend, first_visit_at, last_visit_at, visits_365, spend_365, median_gap_days, gap_count, last_item FROM customer ORDER BY id',
        )
        .all();
    const before = sums();
    refreshCustomerStats(db, 'all', zone, NOON);
    expect(sums()).toEqual(before);
  });

  it('texts nobody who had not agreed before or had already stopped', () => {
    expect(
      count(
        db,
        `SELECT count(*) FROM outbox o WHERE o.cause_kind = 'campaign' AND NOT EXISTS (
           SELECT 1 FROM address_book a JOIN consent_event e ON e.address_hmac = a.address_hmac
           WHERE a.address = o.address AND e.kind = 'signed-up' AND e.occurred_at < o.left_at - 86400000)`,
      ),
    ).toBe(0);
    expect(
      count(
        db,
        `SELECT count(*) FROM outbox o JOIN address_book a ON a.address = o.address JOIN consent_event e ON e.address_hmac = a.address_hmac
         WHERE o.cause_kind = 'campaign' AND e.kind = 'stopped' AND e.occurred_at < o.left_at`,
      ),
    ).toBe(0);
  });

  it('has a ledger in which nothing was changed, cut off or folded wrongly', async () => {
    const check = await verifyLedger(db, { hmacKey, zone, now: NOON });
    expect(check.faults).toEqual([]);
    expect(check.events).toBeGreaterThan(shop.mayBeTexted);
  });

  it('refuses to be written over a shop', () => {
    expect(() => seedShop(db, { now: NOON, hmacKey })).toThrow(/empty/);
  });

  it('its true effects are found again by the comparison, as assigned, in a large shop', () => {
    const large = createDb();
    const { truth } = seedShop(large, { seed: 4, people: 9000, now: NOON, hmacKey, lines: 1 });
    const arm = large.raw.prepare(
      `SELECT count(*) AS n, sum(EXISTS (SELECT 1 FROM sale s JOIN customer_identity i ON i.source = s.source AND i.source_customer_id = s.source_customer_id
         WHERE s.customer_id = p.customer_id AND i.linked_at <= p.drawn_at AND s.kind = 'sale'
           AND s.occurred_at > c.started_at AND s.occurred_at <= c.window_ends_at)) AS x
       FROM campaign_person p JOIN campaign c ON c.id = p.campaign_id WHERE p.campaign_id = ? AND p.arm = ? AND p.till_fixed = 1`,
    );
    let covered = 0;
    let effects = 0;
    for (const t of truth) {
      const text = arm.get(t.campaignId, 'text') as { x: number; n: number };
      const control = arm.get(t.campaignId, 'control') as { x: number; n: number };
      expect(text.n).toBe(t.comparableTexted);
      const d = newcombe(text, control);
      if (d.low <= t.effect && t.effect <= d.high) covered++;
      effects++;
    }
    expect(effects).toBe(7);
    expect(covered).toBeGreaterThanOrEqual(6); // 95 % each; over 84 campaigns of 12 seeds 82 were covered
  });
});

describe('a Square export of the demo shop', () => {
  const from = '2026-11-17' as ShopDay;
  const to = '2026-11-24' as ShopDay;
  const make = (dir: string) => {
    const db = createDb();
    seedShop(db, { seed: 3, people: 300, now: NOON, hmacKey });
    const known = db.raw
      .prepare("SELECT customer_id FROM customer_identity WHERE source = 'square' ORDER BY 1 LIMIT 9")
      .pluck()
      .all() as CustomerId[];
    const [redeemer, ...others] = known as [CustomerId, ...CustomerId[]];
    return writeSquareExport(db, dir, {
      from,
      to,
      redeemed: [{ customerId: redeemer, at: (NOON + 3_600_000) as UtcMs, receiptNo: 'QK7M' }],
      include: others,
      newPeople: 5,
    });
  };

  it('has Square’s headers, is newest first and is the same bytes every time', () => {
    const a = make(mkdtempSync(join(tmpdir(), 'square-')));
    const b = make(mkdtempSync(join(tmpdir(), 'square-')));
    for (const k of ['items', 'transactions', 'customers'] as const) expect(readFileSync(a[k], 'utf8')).toBe(readFileSync(b[k], 'utf8'));
    const items = readFileSync(a.items, 'utf8').trimEnd().split('\n');
    expect(items[0]?.split(',')).toHaveLength(35);
    expect(items).toHaveLength(a.figures.lines + 1);
    expect(readFileSync(a.transactions, 'utf8').split('\n')[0]?.split(',')).toHaveLength(55);
    expect(readFileSync(a.customers, 'utf8').split('\n')[0]?.split(',')).toHaveLength(23);
    const days = items.slice(1).map((l) => l.slice(0, 19));
    expect([...days].sort().reverse()).toEqual(days);
    expect(items.some((l) => l.includes(',QK7M'))).toBe(true);
    expect(a.figures.firstDay >= from && a.figures.lastDay <= to).toBe(true);
  });
});
