import { openDb } from '@db/open';
import { permittedPage } from '@db/queries/automation-facts';
import { refreshCustomerStats } from '@db/queries/customer-stats';
import { saveSettings } from '@db/queries/settings';
import { addDays, shopDay } from '@domain/calendar';
import { type AutomationId, type CustomerId, DAY, HOUR, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { keepDues, openDues } from '@services/automations/keep';
import { lookOf, theAutomation } from '@services/automations/look';
import { runAutomations } from '@services/automations/run';
import { makeAutomation } from '@services/automations/save';
import { replayJournal } from '@services/backups/replay';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MONDAY, makeSold, PATTERN } from '../support/automation-shop';
import { SENDER } from '../support/carrier';
import { addPeople } from '../support/planned';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

vi.setConfig({ testTimeout: 120_000 });

const PEOPLE = 5;
type Act =
  | { do: 'wait'; hours: number }
  | { do: 'sell'; who: number; daysAgo: number }
  | { do: 'unsell'; nth: number }
  | { do: 'born'; who: number; day: number }
  | { do: 'zone'; zone: number }
  | { do: 'copy' }
  | { do: 'restore' }
  | { do: 'die'; after: number }
  | { do: 'words' };

const ZONES = ['America/New_York', 'America/Los_Angeles', 'Asia/Kathmandu'] as Zone[];
const who = fc.integer({ min: 0, max: PEOPLE - 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 24 * 9 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('sell' as const), who, daysAgo: fc.integer({ min: 0, max: 50 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unsell' as const), nth: fc.nat(60) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('born' as const), who, day: fc.integer({ min: 0, max: 365 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('zone' as const), zone: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'copy' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restore' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('die' as const), after: fc.integer({ min: 0, max: 60 }) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'words' as const }) },
);

const texting = {
  mode: 'twilio' as const,
  accountSid: `AC${'0'.repeat(32)}`,
  sender: { kind: 'number' as const, number: SENDER },
  numbers: [SENDER],
  segmentsPerSecond: 1000,
  senderApproved: true,
};

/** One text that was written, as the world saw it: across all lives of the file. */
interface Seen {
  automation: string;
  id: CustomerId;
  cause: string;
  at: UtcMs;
  lastVisitAt: UtcMs | null;
}

class World {
  ctx: TestCtx;
  readonly people: { id: CustomerId }[];
  readonly ids: AutomationId[];
  readonly seen: Seen[] = [];
  private copy: Buffer | null = null;
  private copied = 0;
  private readonly journal: TestCtx['journalled'] = [];
  sold: ReturnType<typeof makeSold>;

  constructor() {
    this.ctx = aCtx({ now: MONDAY, settings: { texting } });
    this.people = addPeople(this.ctx, 0, PEOPLE);
    this.sold = makeSold(this.ctx, this.people);
    const today = shopDay(MONDAY, ZONES[0] as Zone);
    this.people.forEach((_, i) => {
      for (let n = 1; n < 6; n++) this.sold(i, addDays(today, -n * (7 + i * 3)) as ShopDay);
    });
    const kinds = ['birthday', 'late', 'lapsed', 'review', 'welcome-purchase', 'anniversary', 'thank-you'] as const;
    this.ids = kinds.map((kind) => {
      const id = makeAutomation(this.ctx, owner, kind, { name: kind, pattern: PATTERN });
      this.ctx.db.prepare("UPDATE automation SET state = 'on', on_since = ?, inside = 1, walk_after = 0 WHERE id = ?").run(MONDAY, id);
      return id;
    });
  }

  /** The till file of last night came in, and what is due is written; then it leaves. */
  async run(diesAfter: number | null = null): Promise<void> {
    const { ctx } = this;
    const now = ctx.clock.now();
    ctx.db
      .prepare(
        `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, last_sale_at)
         VALUES ('till.csv', '', 1, 'p', 's', '{}', 'done', ?, ?, ?)`,
      )
      .run(now, now, now);
    if (diesAfter === null) await runAutomations(ctx);
    else await this.dying(diesAfter);
    this.lookAtTexts();
  }

  /** The process dies after so many statements that write: the transaction under way is gone, and what was not journalled is not. */
  private async dying(statements: number): Promise<void> {
    const { db } = this.ctx;
    const prepare = db.prepare.bind(db);
    let left = statements;
    Object.assign(db, {
      prepare(sql: string) {
        const statement = prepare(sql);
        if (!/^\s*(INSERT|UPDATE|DELETE)/i.test(sql)) return statement;
        if (--left < 0) throw new Error('power cut');
        return statement;
      },
    });
    await runAutomations(this.ctx).catch((e: unknown) => {
      if (!(e instanceof Error) || e.message !== 'power cut') throw e;
    });
    Object.assign(db, { prepare });
    expect(db.raw.inTransaction).toBe(false);
  }

  private lookAtTexts(): void {
    const { db, clock } = this.ctx;
    const rows = db
      .prepare(
        `SELECT a.kind AS automation, o.customer_id AS id, o.id AS outbox, o.cause_id AS campaign, c.last_visit_at AS lastVisitAt
         FROM outbox o JOIN campaign k ON k.id = CAST(o.cause_id AS INTEGER) JOIN automation a ON a.id = k.automation_id
           JOIN customer c ON c.id = o.customer_id WHERE o.state = 'waiting'`,
      )
      .all() as { automation: string; id: CustomerId; outbox: number; campaign: string; lastVisitAt: UtcMs | null }[];
    for (const r of rows) {
      const cause = db
        .prepare("SELECT cause FROM automation_event WHERE customer_id = ? AND campaign_id = ? AND outcome = 'text'")
        .pluck()
        .all(r.id, Number(r.campaign)) as string[];
      // each text has its cause, written with it
      expect(cause.length).toBeGreaterThan(0);
      this.seen.push({ automation: r.automation, id: r.id, cause: cause.at(-1) as string, at: clock.now(), lastVisitAt: r.lastVisitAt });
      db.prepare("UPDATE outbox SET state = 'delivered', left_at = ?, final_at = ?, sid = ? WHERE id = ?").run(
        clock.now(),
        clock.now(),
        `SM${String(this.seen.length).padStart(32, '0')}`,
        r.outbox,
      );
    }
  }

  async do(a: Act): Promise<void> {
    const { ctx } = this;
    switch (a.do) {
      case 'wait':
        ctx.clock.advance(a.hours * HOUR);
        return this.run();
      case 'sell':
        return this.sold(a.who, shopDay((ctx.clock.now() - a.daysAgo * DAY) as UtcMs, ctx.settings().shop.zone));
      case 'unsell': {
        const sale = ctx.db.prepare('SELECT id, customer_id AS who FROM sale ORDER BY id LIMIT 1 OFFSET ?').get(a.nth) as
          | { id: number; who: CustomerId }
          | undefined;
        if (!sale) return;
        ctx.db.prepare('DELETE FROM sale_line WHERE sale_id = ?').run(sale.id);
        ctx.db.prepare('DELETE FROM sale WHERE id = ?').run(sale.id);
        refreshCustomerStats(ctx.db, [sale.who], ctx.settings().shop.zone, ctx.clock.now());
        return;
      }
      case 'born':
        ctx.db
          .prepare('UPDATE customer SET birthday = ? WHERE id = ?')
          .run(`--${new Date(Date.UTC(2024, 0, 1 + a.day)).toISOString().slice(5, 10)}`, this.people[a.who]?.id);
        return;
      case 'zone':
        saveSettings(ctx.db, 'shop', { ...ctx.settings().shop, zone: ZONES[a.zone] as Zone }, ctx.clock.now());
        return;
      case 'die':
        ctx.clock.advance(30 * HOUR);
        return this.run(a.after);
      case 'words':
        ctx.db.prepare("UPDATE campaign SET body = body || '!' WHERE state = 'draft' AND automation_id IS NOT NULL").run();
        return;
      case 'copy':
        this.copy = ctx.db.raw.serialize();
        this.copied = ctx.journalled.length;
        this.journal.length = 0;
        return;
      case 'restore':
        return this.restore();
    }
  }

  /** The copy takes the file's place, with what the journal kept since; the owner lets everything go on. */
  private restore(): void {
    if (this.copy === null) return;
    const { clock, journalled } = this.ctx;
    const since = [...this.journal, ...journalled.slice(this.copied)];
    const db = openDb(this.copy as never);
    const ctx = aCtx({ now: clock.now(), db, settings: { shop: this.ctx.settings().shop, texting } });
    db.tx((trx) => replayJournal(trx, ctx.hmacKey, since, clock.now()));
    // texts that left after the copy are found at the carrier
    for (const s of this.seen) {
      const known = db.prepare('SELECT 1 FROM outbox WHERE customer_id = ? AND left_at = ?').get(s.id, s.at);
      if (known) continue;
      db.prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
         SELECT 'restored', ?, 'sms', phone, id, 'marketing', 10, 'delivered', '', 1, ?, ?, ?, ? FROM customer WHERE id = ?`,
      ).run(`${s.id} ${s.at} ${s.cause}`, s.at, s.at, s.at, s.at, s.id);
    }
    db.prepare("UPDATE outbox SET state = 'skipped', reason = 'restored', left_at = NULL WHERE state = 'uncertain'").run();
    db.prepare("UPDATE automation SET state = 'on', held = NULL, sealed = NULL").run();
    db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE state = 'paused'").run();
    this.journal.push(...since);
    this.ctx = ctx;
    this.copied = 0;
    this.sold = makeSold(ctx, this.people);
    // receipts of another life: not this life's numbers
    db.prepare("UPDATE sale SET source_sale_id = source_sale_id || ' ' || ? WHERE source = 't'").run(clock.now());
  }

  check(): void {
    const key = (s: Seen) => `${s.automation} ${s.id}`;
    const told = new Map<string, Seen[]>();
    for (const s of this.seen) told.set(key(s), [...(told.get(key(s)) ?? []), s]);
    for (const [k, list] of told) {
      expect(new Set(list.map((s) => s.cause)).size, `${k}: ${list.map((s) => s.cause)}`).toBe(list.length);
      for (const [i, s] of list.entries()) {
        const before = list[i - 1];
        if (before === undefined) continue;
        if (s.automation === 'late' || s.automation === 'lapsed') {
          expect(s.lastVisitAt ?? 0, `${k} ${before.cause} ${s.cause}: no visit between`).toBeGreaterThan(before.at);
        }
        if (s.automation === 'birthday') expect(s.at - before.at).toBeGreaterThan(190 * DAY);
        expect(s.automation).not.toBe('welcome-purchase');
      }
    }
    // five days between any two texts to one person
    const byPerson = new Map<CustomerId, UtcMs[]>();
    for (const s of this.seen) byPerson.set(s.id, [...(byPerson.get(s.id) ?? []), s.at]);
    for (const [id, list] of byPerson) {
      list.sort((x, y) => x - y);
      for (const [i, at] of list.entries()) if (i > 0) expect(at - (list[i - 1] as UtcMs), String(id)).toBeGreaterThanOrEqual(5 * DAY);
    }
  }

  /** What was kept up to date step by step is what a look at everybody finds. */
  async fresh(): Promise<void> {
    const { ctx } = this;
    await keepDues(ctx);
    for (const id of this.ids) {
      const a = theAutomation(ctx, id);
      // the year after next is worked out when this one's day has come
      const soon = ctx.clock.now() + 360 * DAY;
      const everybody = openDues(lookOf(ctx, a), a, permittedPage(ctx.db, 0, 100)).filter((d) => d.dueAt < soon);
      const rows = ctx.db
        .prepare(
          'SELECT customer_id || cause || due_at FROM automation_due WHERE automation_id = ? AND until_at > ? AND due_at < ? ORDER BY 1',
        )
        .pluck()
        .all(id, ctx.clock.now(), soon);
      expect(rows, a.kind).toEqual(everybody.map((d) => `${d.customerId}${d.cause}${d.dueAt}`).sort());
    }
  }
}

describe('whatever happens in whatever order', () => {
  it('nobody hears of one cause twice: late files, undone ones, other zones, corrected birthdays, deaths, restored copies', async () => {
    const seen = { texts: 0, worlds: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 25, maxLength: 60 }), async (acts) => {
        const w = new World();
        for (const a of acts) {
          await w.do(a);
        }
        await w.do({ do: 'wait', hours: 24 * 6 });
        w.check();
        await w.fresh();
        seen.texts += w.seen.length;
        seen.worlds++;
      }),
      { numRuns: Number(process.env['AUTOMATION_RUNS'] ?? 8) },
    );
    // a run in which nothing was said proves nothing
    expect(seen.texts).toBeGreaterThan(seen.worlds * 5);
  });
});
