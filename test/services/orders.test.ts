import { insertCustomer } from '@db/queries/customers';
import { orderPurpose } from '@domain/consent/purposes';
import { stateOf as stateOfConsent } from '@domain/consent/status';
import { type CustomerId, DAY, HOUR, type PhoneE164, type ShopDay, type UtcMs } from '@domain/kernel';
import { consentOf, recordStop, withConsent } from '@services/consent';
import { nowInFront } from '@services/counter/in-front';
import { displayState } from '@services/counter/screen';
import { displayOpened } from '@services/counter/turn';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { changeOrder, ordersAtCounter, ordersOfPerson, stepOrder, takeOrder } from '@services/orders/orders';
import { orderOnScreen, tickOrder, turnForOrder } from '@services/orders/screen';
import { remindUncollected } from '@services/orders/texts';
import { afterEach, describe, expect, it } from 'vitest';
import { refusal } from '../support/refusal';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { clerk, owner, type TestCtx } from '../support/test-ctx';

const ANA = '+16465550101' as PhoneE164;
const DISPLAY = { windowId: 9, staffId: null, role: 'display' as const };

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

async function open(phone: PhoneE164 | null = ANA, language: 'en' | 'es' = 'en') {
  shop = await aSendingShop();
  const { ctx } = shop;
  const ana = ctx.db.tx((trx) =>
    insertCustomer(trx, { firstName: 'Ana', lastName: 'Gómez', phone, language }, ctx.clock.now()),
  ) as CustomerId;
  nowInFront(ctx, clerk, [ana]);
  displayOpened(ctx, DISPLAY.windowId);
  return { s: shop, ctx, ana };
}
const take = (ctx: TestCtx, customerId: CustomerId, o: Partial<Parameters<typeof takeOrder>[2]> = {}) =>
  takeOrder(ctx, clerk, { customerId, kind: 'special-order', what: 'Trail Runner', size: '8½', dueOn: null, deposit: null, ...o });

/** The customer ticks the box of an order on their own screen. */
function tick(ctx: TestCtx, orderId: number, phone: string = ANA, ticked = true) {
  turnForOrder(ctx, clerk, orderId, 'en');
  const shown = displayState(ctx, DISPLAY);
  return tickOrder(ctx, DISPLAY, { turn: shown.turn, phone, ticked, language: 'en', wordingHash: shown.order?.wording.en.hash ?? '' });
}
const permission = (ctx: TestCtx, ref: string, phone = ANA) =>
  stateOfConsent(consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now()), orderPurpose(ref));
const texts = (s: SendingShop) =>
  s.carrier.sim
    .messages()
    .filter((m) => m.m.direction !== 'inbound')
    .map((m) => m.m.body);
const sent = async (s: SendingShop, n: number) => {
  await s.run(() => texts(s).length >= n, 20 * 60_000);
  return texts(s);
};

describe('a special order', () => {
  it('is taken, its own box ticked, ready with one text over the carrier, collected; then its permission is over', async () => {
    const { s, ctx, ana } = await open();
    const { id, ref } = take(ctx, ana);
    expect(permission(ctx, ref)).toBe('never');
    expect(tick(ctx, id).outcome).toBe('in');
    expect(permission(ctx, ref)).toBe('in');
    expect(stateOfConsent(consentOf(ctx.db, ctx.hmacKey, ANA, ctx.clock.now()), 'marketing'), 'marketing stays as it was').toBe('never');
    expect(stepOrder(ctx, clerk, { id, step: 'ready' }).news).toEqual({ text: true, leavesAt: ctx.clock.now() });
    const said = await sent(s, 1);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/^Corner Shoes: your special order \(Trail Runner size 8.*\) is ready to pick up\./);
    expect(said[0]).toContain(ref);
    expect(said[0]).toContain('STOP');
    expect(ordersAtCounter(ctx).open).toMatchObject([
      { ref, name: 'Ana G.', phoneEnd: '0101', textsWanted: true, text: { state: 'left' } },
    ]);
    expect(ordersAtCounter(ctx).open[0]).not.toHaveProperty('deposit');
    stepOrder(ctx, clerk, { id, step: 'collected' });
    expect(permission(ctx, ref)).not.toBe('in');
    expect(ordersAtCounter(ctx).open).toEqual([]);
    await s.run(() => false, HOUR);
    expect(texts(s)).toHaveLength(1);
  });

  it('is in the language of whoever waits for it', async () => {
    const { s, ctx, ana } = await open(ANA, 'es');
    const { id } = take(ctx, ana);
    tick(ctx, id);
    stepOrder(ctx, clerk, { id, step: 'ready' });
    expect((await sent(s, 1))[0]).toMatch(/tu pedido .*ya esta aqui/);
  });

  it('texts nobody who did not tick, and says so to staff; the box left empty changes nothing', async () => {
    const { s, ctx, ana } = await open();
    const { id, ref } = take(ctx, ana);
    expect(tick(ctx, id, '', false).outcome).toBe('member');
    expect(permission(ctx, ref)).toBe('never');
    expect(stepOrder(ctx, clerk, { id, step: 'ready' }).news).toEqual({ text: false, why: 'no-tick' });
    await s.run(() => false, HOUR);
    expect(texts(s)).toEqual([]);
  });

  it('without a number and with one that said stop: a person calls', async () => {
    const { ctx, ana } = await open(null);
    expect(stepOrder(ctx, clerk, { id: take(ctx, ana).id, step: 'ready' }).news).toEqual({ text: false, why: 'no-phone' });
    const { id } = take(ctx, ana);
    tick(ctx, id);
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: ANA, method: 'reply', reason: 'exact', carrierStop: false, occurredAt: ctx.clock.now() }),
    );
    expect(stepOrder(ctx, clerk, { id, step: 'ready' }).news).toMatchObject({ text: false });
  });

  it('a "ready" pressed by mistake calls its waiting text off, and may be pressed again; one that left is never sent twice', async () => {
    const { s, ctx, ana } = await open();
    const { id } = take(ctx, ana);
    tick(ctx, id);
    stepOrder(ctx, clerk, { id, step: 'ready' });
    stepOrder(ctx, clerk, { id, step: 'not-ready' });
    await s.run(() => false, 10 * 60_000);
    expect(texts(s)).toEqual([]);
    stepOrder(ctx, clerk, { id, step: 'ready' });
    await sent(s, 1);
    stepOrder(ctx, clerk, { id, step: 'not-ready' });
    expect(stepOrder(ctx, clerk, { id, step: 'ready' }).news).toEqual({ text: false, why: 'told-already' });
    await s.run(() => false, HOUR);
    expect(texts(s)).toHaveLength(1);
  });

  it('not fetched: one reminder three days on, none once it was collected', async () => {
    const { s, ctx, ana } = await open();
    const one = take(ctx, ana);
    const two = take(ctx, ana, { what: 'Second' });
    for (const o of [one, two]) {
      tick(ctx, o.id);
      stepOrder(ctx, clerk, { id: o.id, step: 'ready' });
    }
    await sent(s, 2);
    s.advance(2 * DAY);
    expect(remindUncollected(ctx)).toBe(0);
    stepOrder(ctx, clerk, { id: two.id, step: 'collected' });
    s.advance(DAY + 2 * HOUR);
    expect(remindUncollected(ctx)).toBe(1);
    expect(remindUncollected(ctx)).toBe(0);
    expect((await sent(s, 3)).filter((t) => t.includes('still here'))).toHaveLength(1);
    s.advance(10 * DAY);
    expect(remindUncollected(ctx)).toBe(0);
    expect(ordersAtCounter(ctx).open).toMatchObject([{ ref: one.ref, standing: 'uncollected' }]);
  });

  it('a promotional name of the goods never stands in its text', async () => {
    const { s, ctx, ana } = await open();
    const { id, ref } = take(ctx, ana, { what: 'Sandals 50% off, today only' });
    tick(ctx, id);
    stepOrder(ctx, clerk, { id, step: 'ready' });
    const [said] = await sent(s, 1);
    expect(said).not.toContain('%');
    expect(said).toContain(ref);
  });
});

describe('the counter', () => {
  it('keeps staff to the person in front of them; the list of what is kept is for everybody at the counter', async () => {
    const { ctx, ana } = await open();
    const ben = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ben', phone: null }, ctx.clock.now()));
    expect(refusal(() => take(ctx, ben))).toBe('counter.not-in-front');
    expect(refusal(() => ordersOfPerson(ctx, clerk, ben))).toBe('counter.not-in-front');
    const { id } = take(ctx, ana, { deposit: 2000 as never });
    expect(ordersOfPerson(ctx, clerk, ana)).toMatchObject([{ deposit: 2000, what: 'Trail Runner' }]);
    ctx.clock.set((ctx.clock.now() + HOUR) as UtcMs);
    expect(refusal(() => changeOrder(ctx, clerk, { id, what: 'x', size: '', dueOn: null, deposit: null }))).toBe('counter.not-in-front');
    expect(stepOrder(ctx, clerk, { id, step: 'collected' }).state).toBe('collected');
  });

  it('an ending is taken back by staff the same day, by the owner later; the permission stays over', async () => {
    const { ctx, ana } = await open();
    const { id, ref } = take(ctx, ana, { kind: 'hold', dueOn: '2026-11-20' as ShopDay });
    tick(ctx, id);
    stepOrder(ctx, clerk, { id, step: 'cancelled' });
    expect(refusal(() => stepOrder(ctx, clerk, { id, step: 'collected' }))).toBe('order.bad-state');
    expect(stepOrder(ctx, clerk, { id, step: 'reopened' }).state).toBe('ready');
    expect(permission(ctx, ref)).not.toBe('in');
    expect(ordersAtCounter(ctx).open[0]?.textsWanted).toBe(false);
    stepOrder(ctx, clerk, { id, step: 'collected' });
    shop?.advance(DAY);
    expect(refusal(() => stepOrder(ctx, clerk, { id, step: 'reopened' }))).toBe('order.bad-state');
    expect(stepOrder(ctx, owner, { id, step: 'reopened' }).state).toBe('ready');
  });

  it('an order closed while the customer looks at it takes no tick; words that changed are refused', async () => {
    const { ctx, ana } = await open();
    const { id } = take(ctx, ana);
    turnForOrder(ctx, clerk, id, 'es');
    const { turn } = displayState(ctx, DISPLAY);
    const say = (wordingHash: string) => () => tickOrder(ctx, DISPLAY, { turn, phone: ANA, ticked: true, language: 'es', wordingHash });
    expect(refusal(say('other words'))).toBe('input.invalid');
    stepOrder(ctx, clerk, { id, step: 'cancelled' });
    expect(orderOnScreen(ctx, id)).toBeNull();
    expect(refusal(say(''))).toBe('order.not-found');
  });

  it('goes with the person when two records are put together, and back', async () => {
    const { ctx, ana } = await open();
    const twin = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', lastName: 'Gomez', phone: null }, ctx.clock.now()));
    nowInFront(ctx, clerk, [twin]);
    const { id } = take(ctx, twin);
    const { mergeId, id: kept } = mergePeople(ctx, owner, { a: ana, b: twin, take: {} });
    expect(ordersOfPerson(ctx, owner, kept).map((o) => o.id)).toEqual([id]);
    unmergePeople(ctx, owner, mergeId);
    expect(ordersOfPerson(ctx, owner, ana)).toEqual([]);
    expect(ordersOfPerson(ctx, owner, twin).map((o) => o.id)).toEqual([id]);
  });
});
