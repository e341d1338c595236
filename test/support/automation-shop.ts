import { refreshCustomerStats } from '@db/queries/customer-stats';
import type { AutomationKind } from '@domain/automations/kinds';
import { instantOf, shopDay } from '@domain/calendar';
import { type AutomationId, type CustomerId, DAY, HOUR, MINUTE, type PhoneE164, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { runAutomations } from '@services/automations/run';
import type { PatternFields } from '@services/automations/save';
import { makeAutomation } from '@services/automations/save';
import { switchOn, switchOnQuote } from '@services/automations/switch';
import { addPeople } from './planned';
import { aSendingShop, type SendingShop } from './sending-shop';
import { owner, type TestCtx } from './test-ctx';

export const NY = 'America/New_York' as Zone;
/** Mon 2 Nov 2026, 10:30: a whole month lies ahead. */
export const MONDAY = instantOf(NY, 2026, 11, 2, 10, 30);

export const PATTERN: PatternFields = {
  segmentId: null,
  body: '{shop}: Hi {first name|there}, something for you.',
  offerId: null,
  addStopLine: true,
  holdout: 'off',
  goal: { kind: 'none', target: null },
  windowDays: 14,
};

export interface AutomationShop extends SendingShop {
  people: { id: CustomerId; phone: PhoneE164 }[];
  /** To a wall-clock time so many days after the shop's first, with the till file of the evening before; automations and texts run. */
  to(day: number, hour?: number, minute?: number): Promise<void>;
  /** The same, one look at the end of it only: this computer was off meanwhile. */
  wakeAt(day: number, hour?: number, minute?: number): void;
  settle(): Promise<void>;
  till(through?: UtcMs): void;
  /** A purchase on a shop day at noon. */
  sold(who: number, day: ShopDay | UtcMs, item?: string, cents?: number): void;
  born(who: number, day: string): void;
  /** What automations decided, in order: who, cause, outcome, reason. */
  told(id?: AutomationId): string[];
  /** Texts of everybody, in the order they left. */
  left(): { who: number; at: UtcMs; body: string }[];
}

export function makeSold(ctx: TestCtx, people: readonly { id: CustomerId }[]): AutomationShop['sold'] {
  let receipt = 0;
  return (n, day, item = 'Shoes', cents = 5000) => {
    const id = people[n]?.id as CustomerId;
    const { db } = ctx;
    const { zone } = ctx.settings().shop;
    const at = typeof day === 'number' ? day : instantOf(zone, ...(day.split('-').map(Number) as [number, number, number]), 12);
    const importId =
      (db.prepare('SELECT max(id) FROM import').pluck().get() as number | null) ??
      Number(
        db
          .prepare(
            "INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES ('f', '', 1, 'p', 's', '{}', 'done', 0)",
          )
          .run().lastInsertRowid,
      );
    const sale = db
      .prepare(
        `INSERT INTO sale (source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, tax, refunded, is_gift, import_id)
         VALUES ('t', ?, 'sale', 'completed', ?, ?, ?, 'USD', ?, ?, 0, 0, 0, ?)`,
      )
      .run(`r${++receipt}`, at, shopDay(at, zone), id, cents, cents, importId).lastInsertRowid;
    db.prepare("INSERT INTO sale_line (sale_id, line_no, name, category, qty_milli, gross, net) VALUES (?, 1, ?, '', 1000, ?, ?)").run(
      sale,
      item,
      cents,
      cents,
    );
    refreshCustomerStats(db, [id], zone, ctx.clock.now());
  };
}

/** A shop with people who may be texted, on real SQLite and over real HTTP. */
export async function anAutomationShop(o: { people: number; shop?: Parameters<typeof aSendingShop>[0] }): Promise<AutomationShop> {
  const s = await aSendingShop({ now: MONDAY, ...o.shop });
  const { ctx } = s;
  const people = addPeople(ctx, 0, o.people);
  const who = (id: number) => people.findIndex((p) => p.id === id);
  const start = shopDay(ctx.clock.now(), NY).split('-').map(Number) as [number, number, number];
  const shop: AutomationShop = {
    ...s,
    people,
    till(through) {
      const now = ctx.clock.now();
      const evening =
        through ??
        instantOf(
          NY,
          ...(shopDay((now - DAY) as UtcMs, NY)
            .split('-')
            .map(Number) as [number, number, number]),
          21,
        );
      ctx.db
        .prepare(
          `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, last_sale_at)
           VALUES ('till.csv', '', 1, 'square-items', 'square', '{}', 'done', ?, ?, ?)`,
        )
        .run(now, now, evening);
    },
    async to(day, hour = 11, minute = 1) {
      const at = instantOf(NY, start[0], start[1], start[2] + day, hour, minute);
      while (ctx.clock.now() + DAY < at) {
        s.advance(DAY);
        shop.till();
        await shop.settle();
      }
      shop.wakeAt(day, hour, minute);
      shop.till();
      await shop.settle();
    },
    wakeAt(day, hour = 11, minute = 1) {
      s.advance(instantOf(NY, start[0], start[1], start[2] + day, hour, minute) - ctx.clock.now());
    },
    async settle() {
      await runAutomations(ctx);
      await s.run(() => false, 2 * MINUTE);
    },
    sold: makeSold(ctx, people),
    born: (n, day) => void ctx.db.prepare('UPDATE customer SET birthday = ? WHERE id = ?').run(day, people[n]?.id),
    told: (id) =>
      (
        ctx.db
          .prepare(
            'SELECT customer_id AS id, cause, outcome, reason FROM automation_event WHERE automation_id = coalesce(?, automation_id) ORDER BY at, customer_id, cause',
          )
          .all(id ?? null) as { id: number; cause: string; outcome: string; reason: string | null }[]
      ).map((e) => `${who(e.id)} ${e.cause} ${e.outcome}${e.reason === null ? '' : ` ${e.reason}`}`),
    left: () =>
      (
        ctx.db
          .prepare(
            "SELECT customer_id AS id, left_at AS at, body FROM outbox WHERE cause_kind = 'campaign' AND left_at IS NOT NULL ORDER BY left_at, id",
          )
          .all() as { id: number; at: UtcMs; body: string }[]
      ).map((t) => ({ who: who(t.id), at: t.at, body: t.body })),
  };
  return shop;
}

/** Made, read and switched on as the owner does it. */
export async function running(
  ctx: TestCtx,
  kind: AutomationKind,
  o: Omit<Partial<Parameters<typeof makeAutomation>[3]>, 'pattern'> & { pattern?: Partial<PatternFields>; inside?: boolean } = {},
): Promise<AutomationId> {
  const { inside = false, pattern, ...rest } = o;
  const id = makeAutomation(ctx, owner, kind, { name: kind, ...rest, pattern: { ...PATTERN, ...pattern } });
  const quote = await switchOnQuote(ctx, id);
  await switchOn(ctx, owner, { id, quoteToken: quote.quoteToken ?? '', inside });
  return id;
}

export const hours = (n: number): number => n * HOUR;
