import { instantOf, shopDay } from '@domain/calendar';
import { USUAL_STOPS } from '@domain/campaigns/ladder';
import {
  type CampaignId,
  type Cents,
  type CustomerId,
  DAY,
  HOUR,
  MINUTE,
  type OfferId,
  type PhoneE164,
  type UtcMs,
  type Zone,
} from '@domain/kernel';
import { type EditedStep, keepLadder, type LadderInput } from '@services/campaigns/ladder';
import { runLadders } from '@services/campaigns/ladder-run';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { SENDER } from './carrier';
import { aDraft, addPeople } from './planned';
import { aSendingShop, type SendingShop } from './sending-shop';
import { owner, type TestCtx } from './test-ctx';

export const NY = 'America/New_York' as Zone;
/** Mon 2 Nov 2026, 10:30: a whole month lies ahead. */
export const MONDAY = instantOf(NY, 2026, 11, 2, 10, 30);

export const percentOff = (ctx: TestCtx, percent: number, validDays = 14): OfferId =>
  saveOffer(ctx, owner, {
    id: null,
    archived: false,
    name: `${percent} % off a suit`,
    kind: 'percent',
    percent,
    codeMode: 'personal',
    validDays,
  }).id;

/** One step, with what a test does not care about filled in. */
export const aStep = (o: Partial<EditedStep> & Pick<EditedStep, 'key' | 'reaction' | 'afterDays'>): EditedStep => ({
  parent: null,
  atMinute: 11 * 60,
  name: o.key,
  body: `{shop}: Hi {first name|there}, ${o.key}. Reply SUIT and we call you.`,
  offerId: null,
  addStopLine: true,
  words: [],
  ...o,
});

export interface LadderShop extends SendingShop {
  people: { id: CustomerId; phone: PhoneE164 }[];
  root: CampaignId;
  /** Id of a step by its key. */
  step(key: string): CampaignId;
  /** To a wall-clock time of a later day (1 = the day the first text left), with the till file of the evening before in the shop. */
  to(day: number, hour?: number, minute?: number): Promise<void>;
  /** The same, but nothing looks at the follow-ups yet. Within the next day. */
  wake(day: number, hour: number, minute: number): void;
  /** Follow-ups are looked at, and what may leave leaves and is reported on. */
  settle(): Promise<void>;
  sold(who: number, item: string, at?: UtcMs): void;
  redeem(who: number, of: CampaignId): void;
  /** Texts of a campaign by the number of the person. */
  texts(id: CampaignId): { who: number; state: string; reason: string | null; leftAt: UtcMs | null }[];
  /** Who got which text, in the order they left: `3: ten, fifteen`. */
  story(who: number): string[];
  moves(): { who: number; from: string; to: string | null; outcome: string; reason: string | null; reaction: string | null }[];
  nameOf(id: number | null): string | null;
}

/** A dry cleaner with a first text and what follows it, not started yet. */
export async function aLadderShop(o: {
  people: number;
  steps: (ctx: TestCtx) => EditedStep[];
  stops?: Partial<LadderInput['stops']>;
  patienceDays?: number;
  draft?: Parameters<typeof aDraft>[1];
  shop?: Parameters<typeof aSendingShop>[0];
  offer?: number | null;
  /** How long what was queued has to leave and be reported on. */
  settleMs?: number;
}): Promise<LadderShop> {
  const s = await aSendingShop({ now: MONDAY, ...o.shop });
  const { ctx } = s;
  const people = addPeople(ctx, 0, o.people);
  const root = aDraft(ctx, {
    name: 'Bought shirts, never a suit',
    body: '{shop}: Hi {first name|there}, 10 % off your first suit: {code}. Reply SUIT and we call you.',
    offerId: o.offer === null ? null : percentOff(ctx, o.offer ?? 10, 40),
    ...o.draft,
  });
  const steps = o.steps(ctx);
  keepLadder(ctx, owner, { campaignId: root, stops: { ...USUAL_STOPS, ...o.stops }, patienceDays: o.patienceDays ?? 7, steps });
  const names = new Map<number, string>([[root, 'root']]);
  for (const r of ctx.db
    .prepare('SELECT c.id, c.name FROM ladder_step s JOIN campaign c ON c.id = s.campaign_id WHERE s.root_id = ?')
    .all(root) as { id: number; name: string }[])
    names.set(r.id, r.name);
  const who = (id: CustomerId) => people.findIndex((p) => p.id === id);
  const tillFile = () => {
    const now = ctx.clock.now();
    const evening = instantOf(
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
  };
  let receipt = 0;
  const shop: LadderShop = {
    ...s,
    people,
    root,
    step: (key) => [...names].find(([, n]) => n === key)?.[0] as CampaignId,
    nameOf: (id) => (id === null ? null : (names.get(id) ?? null)),
    async to(day, hour = 11, minute = 1) {
      const at = instantOf(NY, 2026, 11, 1 + day, hour, minute);
      while (ctx.clock.now() + DAY < at) {
        s.advance(DAY);
        await shop.settle();
      }
      shop.wake(day, hour, minute);
      await shop.settle();
    },
    wake(day, hour, minute) {
      s.advance(instantOf(NY, 2026, 11, 1 + day, hour, minute) - ctx.clock.now());
      tillFile();
    },
    async settle() {
      for (let round = 0; round < 2; round++) {
        await runLadders(ctx);
        await s.run(() => false, o.settleMs ?? 2 * MINUTE);
      }
    },
    sold(n, item, at = (ctx.clock.now() - HOUR) as UtcMs) {
      const id = people[n]?.id as CustomerId;
      const { db } = ctx;
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
           VALUES ('t', ?, 'sale', 'completed', ?, ?, ?, 'USD', 1000, 1000, 0, 0, 0, ?)`,
        )
        .run(`r${++receipt}`, at, shopDay(at, NY), id, importId).lastInsertRowid;
      db.prepare("INSERT INTO sale_line (sale_id, line_no, name, category, qty_milli, gross, net) VALUES (?, 1, ?, '', 1000, 0, 0)").run(
        sale,
        item,
      );
      db.prepare('UPDATE customer SET last_visit_at = max(coalesce(last_visit_at, 0), ?) WHERE id = ?').run(at, id);
    },
    redeem(n, of) {
      const code = ctx.db
        .prepare('SELECT code FROM offer_code WHERE campaign_id = ? AND customer_id = ?')
        .pluck()
        .get(of, people[n]?.id) as string;
      redeem(ctx, owner, { code, how: 'code', amount: 5000 as Cents });
    },
    texts: (id) =>
      (
        ctx.db
          .prepare(
            "SELECT customer_id AS id, state, reason, left_at AS leftAt FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? ORDER BY customer_id",
          )
          .all(String(id)) as { id: CustomerId; state: string; reason: string | null; leftAt: UtcMs | null }[]
      ).map(({ id: c, ...t }) => ({ who: who(c), ...t })),
    story: (n) =>
      (
        ctx.db
          .prepare(
            "SELECT cause_id AS id FROM outbox WHERE cause_kind = 'campaign' AND customer_id = ? AND left_at IS NOT NULL ORDER BY left_at, id",
          )
          .all(people[n]?.id) as { id: string }[]
      ).map((t) => names.get(Number(t.id)) ?? t.id),
    moves: () =>
      (
        ctx.db
          .prepare(
            'SELECT customer_id AS id, from_id AS "from", to_id AS "to", outcome, reason, reaction FROM ladder_move WHERE root_id = ? ORDER BY customer_id, at',
          )
          .all(root) as {
          id: CustomerId;
          from: number;
          to: number | null;
          outcome: string;
          reason: string | null;
          reaction: string | null;
        }[]
      ).map(({ id, from, to, ...m }) => ({
        who: who(id),
        from: names.get(from) ?? '',
        to: to === null ? null : (names.get(to) ?? ''),
        ...m,
      })),
  };
  return shop;
}

/** The owner reads the review and presses send. `first`: before follow-ups are looked at for the first time. */
export async function begin(shop: LadderShop, first: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  const { ctx, root } = shop;
  const r = await review(ctx, root);
  await ctx.tasks.finished(await startCampaign(ctx, { id: root, quoteToken: r.quoteToken ?? '' }, owner));
  await first();
  await shop.settle();
}

export const wrote = (shop: LadderShop, who: number, body: string): void => {
  shop.carrier.sim.inbound({ from: shop.people[who]?.phone as PhoneE164, to: SENDER, body });
};
