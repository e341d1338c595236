import { insertCustomer } from '@db/queries/customers';
import { orderPurpose } from '@domain/consent/purposes';
import { stateOf } from '@domain/consent/status';
import { type CustomerId, DAY, HOUR, type ShopDay } from '@domain/kernel';
import { consentOf, recordStop, withConsent } from '@services/consent';
import { nowInFront } from '@services/counter/in-front';
import { ordersOfPerson, stepOrder, takeOrder } from '@services/orders/orders';
import { orderForm, signedOrder } from '@services/orders/paper';
import { afterEach, describe, expect, it } from 'vitest';
import { refusal } from '../support/refusal';
import { aNewYorker, aSendingShop, type SendingShop } from '../support/sending-shop';
import { clerk, type TestCtx } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const ANA = aNewYorker(0);
/** The beginning of a JPEG is enough for its kind. */
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7)]).toString('base64');

async function open() {
  shop = await aSendingShop();
  const { ctx } = shop;
  const ana = ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana', phone: ANA }, ctx.clock.now())) as CustomerId;
  nowInFront(ctx, clerk, [ana]);
  const order = takeOrder(ctx, clerk, { customerId: ana, kind: 'repair', what: 'Boots', size: '', dueOn: null, deposit: null });
  const today = orderForm(ctx, clerk, order.id).today;
  const sign = (o: Partial<Parameters<typeof signedOrder>[2]> = {}) => {
    const form = orderForm(ctx, clerk, order.id);
    return signedOrder(ctx, clerk, {
      id: order.id,
      phone: ANA,
      signedOn: today,
      language: 'en',
      wordingHash: form.wording.en.hash,
      recalls: false,
      recallsHash: form.recalls.en.hash,
      photo: PHOTO,
      ...o,
    });
  };
  return { s: shop, ctx, ana, order, today, sign };
}
const permission = (ctx: TestCtx, ref: string) => stateOf(consentOf(ctx.db, ctx.hmacKey, ANA, ctx.clock.now()), orderPurpose(ref));
const service = (ctx: TestCtx) => stateOf(consentOf(ctx.db, ctx.hmacKey, ANA, ctx.clock.now()), 'service');

describe('the box of an order on a signed form', () => {
  it('permits texts about that order only, keeps the photo as proof, and ends with the order', async () => {
    const { s, ctx, ana, order, sign } = await open();
    expect(sign().outcome).toBe('in');
    expect([permission(ctx, order.ref), service(ctx)]).toEqual(['in', 'never']);
    expect(ordersOfPerson(ctx, clerk, ana)).toMatchObject([{ textsWanted: true }]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM consent_evidence WHERE photo IS NOT NULL').pluck().get()).toBe(1);
    expect(stepOrder(ctx, clerk, { id: order.id, step: 'ready' }).news).toMatchObject({ text: true });
    const left = () => s.carrier.sim.messages().filter((m) => m.m.direction !== 'inbound').length;
    await s.run(() => left() === 1, HOUR);
    expect(left()).toBe(1);
    stepOrder(ctx, clerk, { id: order.id, step: 'collected' });
    expect(permission(ctx, order.ref)).not.toBe('in');
  });

  it('the second box is for recalls, and only when it is ticked too', async () => {
    const { ctx, sign } = await open();
    sign({ recalls: true });
    expect(service(ctx)).toBe('in');
  });

  it('a stop said since the signature stands; the form is kept and nobody is texted', async () => {
    const { s, ctx, order, today, sign } = await open();
    s.advance(2 * DAY);
    nowInFront(ctx, clerk, [ordersOf(ctx)]);
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: ANA, method: 'reply', reason: 'exact', carrierStop: false, occurredAt: ctx.clock.now() }),
    );
    expect(sign({ signedOn: today }).outcome).toBe('needs-start');
    expect(stepOrder(ctx, clerk, { id: order.id, step: 'ready' }).news).toMatchObject({ text: false });
  });

  it('refuses a form from before the order, one of tomorrow, other words, no photo, and an order that is over', async () => {
    const { ctx, order, sign } = await open();
    expect(refusal(() => sign({ signedOn: '2020-01-01' as ShopDay }))).toBe('input.invalid');
    expect(refusal(() => sign({ signedOn: '2099-01-01' as ShopDay }))).toBe('input.invalid');
    expect(refusal(() => sign({ wordingHash: 'other words' }))).toBe('input.invalid');
    expect(refusal(() => sign({ photo: Buffer.from('no picture at all').toString('base64') }))).toBe('input.invalid');
    expect(permission(ctx, order.ref)).toBe('never');
    stepOrder(ctx, clerk, { id: order.id, step: 'cancelled' });
    expect(refusal(() => sign())).toBe('order.not-found');
  });
});

const ordersOf = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT customer_id FROM customer_order').pluck().get() as CustomerId;
