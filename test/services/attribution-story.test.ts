import type { Db } from '@db/open';
import { refreshOne } from '@db/queries/customer-stats';
import { seedShop } from '@db/seed/index';
import { mulberry32 } from '@domain/attribution/means';
import type { CustomerId, ShopDay } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { creditsUpToDate, recomputeCredits } from '@services/attribution/recompute';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON } from '../support/test-ctx';
import { createDb } from '../support/test-db';

/** Credit follows what has changed; this holds it against counting everybody, after stories of anything that can change. */
const STORIES = process.env['SOAK'] === 'shops' ? Number(process.env['SOAK_RUNS'] ?? 40) : 2;
const STEPS = 70;

type Row = Record<string, number | string | null>;

class Shop {
  private sales = 1_000_000;
  constructor(
    readonly db: Db,
    private readonly random: () => number,
  ) {}

  one<T = Row>(sql: string, ...args: (number | string | null)[]): T | undefined {
    return this.db.raw.prepare(sql).get(...args) as T | undefined;
  }
  run(sql: string, ...args: (number | string | null)[]): void {
    this.db.raw.prepare(sql).run(...args);
  }
  pick<T>(xs: readonly T[]): T {
    return xs[Math.floor(this.random() * xs.length)] as T;
  }
  any(sql: string): number {
    const ids = this.db.raw.prepare(sql).pluck().all() as number[];
    return this.pick(ids) ?? -1;
  }
  /** Who changes somebody's purchases brings their figures up to date, and notes them by it. */
  changed(...people: (number | string | null | undefined)[]): void {
    for (const id of people) if (typeof id === 'number') refreshOne(this.db, id as CustomerId, '2025-11-01' as ShopDay);
  }
  someone = () => this.any("SELECT DISTINCT customer_id FROM outbox WHERE cause_kind = 'campaign' AND customer_id IS NOT NULL");

  sells(): void {
    const who = this.random() < 0.3 ? null : this.someone();
    const at = NOON - Math.floor(this.random() * 50) * DAY - Math.floor(this.random() * 8) * HOUR;
    const id = ++this.sales;
    const net = 500 + Math.floor(this.random() * 9000);
    const refund = this.random() < 0.2;
    this.run(
      `INSERT INTO sale (id, source, source_sale_id, receipt_no, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, tax, import_id)
       VALUES (?, 'story', ?, ?, ?, 'completed', ?, date(? / 1000, 'unixepoch'), ?, 'USD', ?, ?, 0, (SELECT min(id) FROM import))`,
      id,
      `s${id}`,
      `R${id % 40}`,
      refund ? 'refund' : 'sale',
      at,
      at,
      who,
      refund ? -net : net,
      refund ? -net : net,
    );
    this.changed(who);
    if (this.random() < 0.5) {
      this.run(
        `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, first_sale_at, last_sale_at, created_at, finished_at)
         VALUES ('s.csv', ?, 1, 'square-items', 'story', '{}', 'done', ?, ?, ?, ?)`,
        `h${id}`,
        at,
        at,
        NOON,
        NOON,
      );
    }
  }
  /** A step only some files have done: sales of an import that wait for its end to be noticed. */
  finishesFile(): void {
    const range = this.one("SELECT min(occurred_at) AS a, max(occurred_at) AS b FROM sale WHERE source = 'story'");
    this.run(
      `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, first_sale_at, last_sale_at, created_at, finished_at)
       VALUES ('s.csv', ?, 1, 'square-items', 'story', '{}', 'done', ?, ?, ?, ?)`,
      `f${this.random()}`,
      range?.['a'] ?? null,
      range?.['b'] ?? null,
      NOON,
      NOON,
    );
  }
  sale = () => this.one('SELECT * FROM sale WHERE id = ?', this.any('SELECT id FROM sale ORDER BY id DESC LIMIT 60'));
  voids(): void {
    const s = this.sale();
    this.run('UPDATE sale SET status = ? WHERE id = ?', this.pick(['void', 'completed', 'refunded']), s?.['id'] ?? -1);
    this.changed(s?.['customer_id']);
  }
  refunds(): void {
    const s = this.sale();
    this.run('UPDATE sale SET refunded = ? WHERE id = ?', Math.floor(this.random() * 4000), s?.['id'] ?? -1);
    this.changed(s?.['customer_id']);
  }
  deletes(): void {
    const s = this.sale();
    this.run('DELETE FROM sale WHERE id = ?', s?.['id'] ?? -1);
    this.changed(s?.['customer_id']);
    this.finishesFile();
  }
  links(): void {
    const s = this.sale();
    const to = this.random() < 0.3 ? null : this.someone();
    this.run('UPDATE sale SET customer_id = ? WHERE id = ?', to, s?.['id'] ?? -1);
    this.changed(s?.['customer_id'], to);
  }
  redeems(): void {
    const s = this.sale();
    const near = Number(s?.['occurred_at'] ?? NOON) + Math.floor((this.random() - 0.5) * 10 * HOUR);
    const shared = this.random() < 0.4;
    const code = this.one<{ code: string; offer_id: number; campaign_id: number | null }>(
      'SELECT code, offer_id, campaign_id FROM offer_code WHERE campaign_id IS NOT NULL AND code NOT IN (SELECT code FROM redemption) LIMIT 1 OFFSET ?',
      Math.floor(this.random() * 50),
    );
    if (!code) return;
    this.run(
      `INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, how, receipt_no) VALUES (?, ?, ?, ?, ?, 'code', ?)`,
      code.code,
      code.offer_id,
      shared ? null : code.campaign_id,
      this.random() < 0.3 ? null : ((this.random() < 0.7 ? s?.['customer_id'] : this.someone()) ?? null),
      near,
      this.random() < 0.5 ? (s?.['receipt_no'] ?? null) : null,
    );
  }
  /** Two codes typed on one receipt: the second finds its sale only once the first is undone. */
  redeemsTwice(): void {
    this.redeems();
    const first = this.one('SELECT * FROM redemption ORDER BY id DESC LIMIT 1');
    this.redeems();
    this.run(
      'UPDATE redemption SET receipt_no = ?, at = ? WHERE id = (SELECT max(id) FROM redemption)',
      first?.['receipt_no'] ?? null,
      Number(first?.['at'] ?? NOON) + HOUR,
    );
  }
  redemption = () => this.any('SELECT id FROM redemption ORDER BY id DESC LIMIT 40');
  undoes(): void {
    this.run('UPDATE redemption SET reversed_at = ? WHERE id = ?', this.random() < 0.7 ? NOON : null, this.redemption());
  }
  unties(): void {
    this.run('UPDATE redemption SET sale_id = NULL WHERE id = ?', this.redemption());
  }
  forgets(): void {
    this.run('DELETE FROM redemption WHERE id = ?', this.redemption());
  }
  delivers(): void {
    const id = this.any("SELECT id FROM outbox WHERE cause_kind = 'campaign' ORDER BY id DESC LIMIT 200");
    this.run('UPDATE outbox SET state = ? WHERE id = ?', this.pick(['delivered', 'undelivered', 'sent']), id);
  }
  merges(): void {
    const [kept, gone] = [this.someone(), this.someone()];
    if (kept === gone || kept < 0) return;
    for (const t of ['sale_credit', 'sale', 'redemption', 'outbox'])
      this.run(`UPDATE ${t} SET customer_id = ? WHERE customer_id = ?`, kept, gone);
    this.changed(kept, gone);
  }
}

const WAYS = [
  'sells',
  'sells',
  'sells',
  'redeems',
  'redeems',
  'redeems',
  'finishesFile',
  'voids',
  'refunds',
  'deletes',
  'links',
  'links',
] as const;
const MORE_WAYS = [...WAYS, 'redeemsTwice', 'redeemsTwice', 'undoes', 'unties', 'forgets', 'delivers', 'delivers', 'merges'] as const;

describe('credit that follows what has changed', () => {
  it.each(Array.from({ length: STORIES }, (_, i) => i + 1))('is what counting everybody finds, story %i', async (seed) => {
    const db = createDb();
    seedShop(db, { seed, people: 120, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
    const ctx = aCtx({ db });
    const random = mulberry32(seed * 7919);
    const shop = new Shop(db, random);
    const told: string[] = [];
    await creditsUpToDate(ctx);
    const rows = () => db.raw.prepare('SELECT * FROM sale_credit ORDER BY sale_id').all();
    const codes = () => db.raw.prepare('SELECT id, sale_id, campaign_id FROM redemption ORDER BY id').all();
    let moved = 0;
    for (let i = 0; i < STEPS; i++) {
      for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
        const way = shop.pick(MORE_WAYS);
        told.push(way);
        shop[way]();
      }
      moved += (await creditsUpToDate(ctx)).changed;
      const [credits, tied] = [rows(), codes()];
      expect(await recomputeCredits(ctx), `seed ${seed}: ${told.join(', ')}`).toEqual({ tied: 0, changed: 0 });
      expect(rows()).toEqual(credits);
      expect(codes()).toEqual(tied);
      expect(db.raw.prepare('SELECT count(*) FROM credit_todo').pluck().get()).toBe(0);
    }
    expect(moved).toBeGreaterThan(8);
  });
});
