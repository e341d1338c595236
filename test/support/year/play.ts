import { AppError } from '@domain/errors';
import {
  type CampaignId,
  type Cents,
  type CustomerId,
  DAY,
  HOUR,
  type ImportId,
  MINUTE,
  type PhoneE164,
  type ShopDay,
  type UtcMs,
} from '@domain/kernel';
import { tellNow } from '@services/automations/arrivals';
import { resumeAutomation } from '@services/automations/switch';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { closeOnHold, goOn, onHold } from '@services/backups/on-hold';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { currentWording } from '@services/consent';
import { addWish } from '@services/counter/notes';
import { customerAskedToStop, isHere, signUp } from '@services/counter/sign-up';
import { currentTurn, sessionAt } from '@services/counter/turn';
import type { Ctx } from '@services/ctx';
import { adjust, giveReward } from '@services/loyalty/counter';
import { redeem } from '@services/offers/redeem';
import { stepOrder, takeOrder } from '@services/orders/orders';
import { orderOnScreen, tickOrder, turnForOrder } from '@services/orders/screen';
import { senderTurn } from '@services/outbox/sender';
import { addThing } from '@services/things/things';
import { previewDelivery, saveDelivery } from '@services/wishes/deliveries';
import { tellDelivery } from '@services/wishes/tell';
import { SENDER } from '../carrier';
import { aFile, importFile, squareItems, undo } from '../imports';
import { percentOff } from '../ladder-shop';
import { aDraft } from '../planned';
import { owner, type TestCtx } from '../test-ctx';
import type { Act, Day, Member, Plan, Receipt } from './plan';
import { at, type YearShop } from './shop';

const dollars = (cents: number) => `${cents < 0 ? '-' : ''}$${(Math.abs(cents) / 100).toFixed(2)}`;
const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`;

/** One way through the year. Called by `play`, day by day. */
export class Player {
  /** What was pressed and refused, by its reason: a plan made beforehand does not know who may have what. */
  readonly refused: Record<string, number> = {};
  readonly done: Record<string, number> = {};
  private readonly orders = new Map<string, number>();
  private copy: string | null = null;

  constructor(
    readonly shop: YearShop,
    readonly plan: Plan,
    private readonly afterLook: (shop: YearShop) => void,
  ) {}

  /** Another one who stands where this one stands, in a world of its own. */
  async twin(afterLook: (shop: YearShop) => void): Promise<Player> {
    const other = new Player(await this.shop.twin(), this.plan, afterLook);
    for (const [k, v] of this.orders) other.orders.set(k, v);
    other.copy = this.copy?.replace(this.shop.dir, other.shop.dir) ?? null;
    return other;
  }

  private async look(): Promise<void> {
    await this.shop.look();
    this.afterLook(this.shop);
  }

  /** A day: what is typed in the morning, what runs by itself late in the morning, what is typed in the afternoon. Idle hours are jumped over. */
  async day(d: Day): Promise<void> {
    const { shop } = this;
    if (d.morning.length > 0) {
      shop.to(at(d.day, 9, 5));
      for (const a of d.morning) await this.act(a, d.day);
      await this.look();
    }
    shop.to(at(d.day, 11, 5));
    await this.look();
    if (d.afternoon.length === 0 && !shop.waiting()) return;
    shop.to(at(d.day, 16, 5));
    for (const a of d.afternoon) await this.act(a, d.day);
    await this.look();
  }

  /** In the evening after a day. */
  async makeCopy(day: ShopDay): Promise<void> {
    this.shop.to(at(day, 20, 30));
    this.copy = (await makeBackup(this.shop.ctx)).path;
  }

  /**
   * In the evening after a day the copy is brought back: the app starts anew, the carrier's list is read, an hour later read again, the owner
   * lets everything go on and brings the till files since once more. `imports`: what was imported since the copy.
   */
  async bringBack(day: ShopDay, imports: readonly Act[]): Promise<{ held: number }> {
    const { shop } = this;
    shop.to(at(day, 20, 30));
    await restoreBackup(shop.ctx, owner, this.copy ?? '');
    await shop.close(false);
    await shop.open();
    const turns = async () => {
      for (let n = 0; n < 3; n++) {
        await senderTurn(shop.ctx);
        shop.to((shop.clock.now() + MINUTE) as UtcMs);
      }
    };
    await turns();
    shop.to((shop.clock.now() + HOUR) as UtcMs);
    for (let n = 0; onHold(shop.ctx)?.look !== 'proven'; n++) {
      if (n > 20) throw new Error(`not proven: ${JSON.stringify(onHold(shop.ctx))}`);
      await turns();
    }
    const { ctx } = shop;
    const campaigns = onHold(ctx)?.campaigns ?? [];
    for (const c of campaigns) await ctx.tasks.finished(goOn(ctx, owner, c.id as CampaignId, false));
    if ((onHold(ctx)?.personal ?? []).length > 0) await ctx.tasks.finished(goOn(ctx, owner, 'personal', false));
    const paused = ctx.db.prepare("SELECT id FROM automation WHERE state = 'paused'").pluck().all() as never[];
    for (const id of paused) await resumeAutomation(ctx, owner, id);
    closeOnHold(ctx);
    for (const a of imports) await this.act(a, day);
    return { held: campaigns.length + paused.length };
  }

  private count(of: Record<string, number>, key: string): void {
    of[key] = (of[key] ?? 0) + 1;
  }

  async act(a: Act, day: ShopDay): Promise<void> {
    try {
      await this.pressed(a, day);
      this.count(this.done, a.do);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.count(this.refused, `${a.do}: ${error.code} ${JSON.stringify(error.params)}`);
    }
  }

  private idOf(who: Member): CustomerId {
    const id =
      who.id ?? (this.shop.ctx.db.prepare('SELECT id FROM customer WHERE phone = ?').pluck().get(who.phone) as CustomerId | undefined);
    if (id === undefined) throw new AppError('customer.not-found');
    return id;
  }

  private async pressed(a: Act, day: ShopDay): Promise<void> {
    const { ctx, carrier } = this.shop;
    switch (a.do) {
      case 'import':
        return this.import(a);
      case 'sign-up':
        return this.signUp(a);
      case 'say':
        return void carrier.sim.inbound({ from: a.who.phone, to: SENDER, body: a.body });
      case 'stop-at-counter':
        return void customerAskedToStop(ctx, owner, { customerId: this.idOf(a.who), phone: null, reason: '' });
      case 'order': {
        const draft = { kind: a.kind, what: `Order ${a.key}`, size: '9', dueOn: a.kind === 'hold' ? inDays(day, 4) : null, deposit: null };
        const { id } = takeOrder(ctx, owner, { ...draft, customerId: this.idOf(a.who) });
        this.orders.set(a.key, id);
        if (a.ticked) tick(ctx, id, a.who.phone);
        return;
      }
      case 'order-step': {
        const id = this.orders.get(a.key);
        if (id !== undefined) stepOrder(ctx, owner, { id, step: a.step });
        return;
      }
      case 'wish':
        return void addWish(ctx, owner, { customerId: this.idOf(a.who), item: a.item, size: a.size, under: null });
      case 'delivery': {
        const line = { item: a.item, size: a.size, price: null, barcode: '', qty: 1 };
        const { id } = saveDelivery(ctx, owner, { id: null, name: '', bodyEn: '', bodyEs: '', lines: [line] });
        const { token } = await previewDelivery(ctx, id);
        await tellDelivery(ctx, owner, { id, token });
        return;
      }
      case 'thing':
        addThing(ctx, owner, {
          customerId: this.idOf(a.who),
          kind: 'service',
          what: 'Boots',
          boughtOn: null,
          dueOn: a.dueOn,
          saleId: null,
        });
        return;
      case 'here':
        return void isHere(ctx, owner, this.idOf(a.who));
      case 'reward': {
        const offers = ctx.db.prepare("SELECT id FROM offer WHERE name LIKE 'Reward:%' ORDER BY id").pluck().all() as never[];
        return void giveReward(ctx, owner, { customerId: this.idOf(a.who), offerId: offers[0] as never });
      }
      case 'redeem': {
        const code = ctx.db
          .prepare(
            "SELECT code FROM offer_code WHERE customer_id = ? AND state = 'issued' AND expires_at > ? ORDER BY issued_at, code LIMIT 1",
          )
          .pluck()
          .get(this.idOf(a.who), ctx.clock.now()) as string | undefined;
        if (code !== undefined) redeem(ctx, owner, { code, how: 'code', amount: 9000 as Cents });
        return;
      }
      case 'adjust':
        return void adjust(ctx, owner, { customerId: this.idOf(a.who), points: a.points, reason: 'made good' });
      case 'campaign':
        return this.campaign(a);
      case 'arrival': {
        const id = ctx.db.prepare("SELECT id FROM automation WHERE kind = 'new-arrival'").pluck().get();
        return tellNow(ctx, owner, id as never, a.what);
      }
    }
  }

  private async import(a: Act & { do: 'import' }): Promise<void> {
    const ctx = this.shop.ctx as TestCtx;
    const from = Date.parse(`${this.plan.days[0]?.day}T00:00:00Z`);
    const weekOf = (day: ShopDay) => Math.floor((Date.parse(`${day}T00:00:00Z`) - from) / (7 * DAY));
    const inIt = (day: ShopDay | null) => day !== null && a.weeks.includes(weekOf(day));
    const rows = this.plan.receipts.flatMap((r) => [...(inIt(r.day) ? [sold(r)] : []), ...(inIt(r.backOn) ? [broughtBack(r)] : [])]);
    if (rows.length === 0) return;
    const report = await importFile(ctx, aFile(squareItems(rows)));
    if (a.undo) await undo(ctx, report.id as ImportId);
  }

  private signUp(a: Act & { do: 'sign-up' }): void {
    const { ctx, carrier } = this.shop;
    if (a.how === 'join') return void carrier.sim.inbound({ from: a.who.phone, to: SENDER, body: a.topic ? 'NEWCLUB' : 'JOIN' });
    signUp(ctx, owner, {
      how: a.how,
      phone: a.who.phone,
      firstName: a.who.name,
      birthday: a.birthday,
      ticked: true,
      language: 'en',
      wordingHash: currentWording(ctx, 'sign-up', 'en', a.promise).hash,
      topics: a.topic ? ['news'] : [],
      promiseMax: a.promise,
    });
  }

  private async campaign(a: Act & { do: 'campaign' }): Promise<void> {
    const ctx = this.shop.ctx as TestCtx;
    const offerId = a.offer ? percentOff(ctx, 15, 10) : null;
    const id = aDraft(ctx, {
      name: a.name,
      body: `{shop}: Hi {first name|there}, ${a.name}${a.offer ? ': {code} until {ends}' : ''}.`,
      offerId,
      ...(a.mails && { channels: 'both', mails: [{ part: 1, language: 'en', subject: a.name, body: 'Hi {first name|there}, come by.' }] }),
    });
    const r = await review(ctx, id);
    await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  }
}

const inDays = (day: ShopDay, n: number): ShopDay =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10) as ShopDay;

function tick(ctx: Ctx, id: number, phone: PhoneE164): void {
  turnForOrder(ctx, owner, id, 'en');
  const there = sessionAt(ctx, owner.windowId);
  const turn = currentTurn(ctx, there);
  const words = orderOnScreen(ctx, id);
  tickOrder(ctx, there, { turn: turn?.id ?? 0, phone, ticked: true, language: 'en', wordingHash: words?.wording.en.hash ?? '' });
}

const sold = (r: Receipt): Record<string, string> => ({
  Date: r.day,
  Time: clock(r.minute),
  Item: r.item,
  Category: r.category,
  'Gross Sales': dollars(r.cents),
  'Net Sales': dollars(r.cents),
  Tax: dollars(Math.round(r.cents * 0.08)),
  'Transaction ID': r.no,
  'Payment ID': `${r.no}PAID0000`,
  'Customer ID': r.till,
});

const broughtBack = (r: Receipt): Record<string, string> => ({
  ...sold(r),
  Date: r.backOn ?? r.day,
  Time: clock(18 * 60 + 30),
  Qty: '-1.0',
  'Gross Sales': dollars(-r.cents),
  'Net Sales': dollars(-r.cents),
  Tax: dollars(-Math.round(r.cents * 0.08)),
  'Transaction ID': `${r.no}B`,
  'Event Type': 'Refund',
});
