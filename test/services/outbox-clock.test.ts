import { type OutboxRow, outboxById } from '@db/queries/outbox';
import { HOUR, MINUTE, type OutboxId, SECOND, type UtcMs } from '@domain/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, type SendingShop, stateOf } from '../support/sending-shop';
import { NOON } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

/** A shop whose own clock can be set apart from the carrier's; every answer tells how far, as the real adapter does. */
async function open(o: Parameters<typeof aSendingShop>[0] = {}) {
  let apart = () => 0;
  let seq = 0;
  const s = await aSendingShop({
    ...o,
    wrap: (g) => ({ ...g, clockReading: () => ({ skewMs: apart(), at: NOON, seq: ++seq }) }),
  });
  apart = () => s.ctx.clock.now() - s.carrier.now();
  shop = s;
  return s;
}
const set = (s: SendingShop, byMs: number) => s.ctx.clock.set((s.ctx.clock.now() + byMs) as UtcMs);
const created = (s: SendingShop) => Object.values(s.carrier.sim.assertions()).map((t) => t.created);
const row = (s: SendingShop, id: OutboxId) => outboxById(s.ctx.db, id) as OutboxRow;

describe('our clock is set while texts are on their way', () => {
  it('back by hours: a lost text is found by the carrier’s time, at the usual looks', async () => {
    const s = await open({ carrier: { listLag: { ms: 3 * MINUTE } } });
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    const id = outbox[0] as OutboxId;
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, when: 'after', effect: { kind: 'reset' } });
    await s.run(() => stateOf(s.ctx, id).state === 'uncertain', MINUTE);
    set(s, -7 * HOUR);
    const from = s.ctx.clock.now();
    await s.run(() => stateOf(s.ctx, id).sid !== null, 2 * HOUR);
    expect(stateOf(s.ctx, id).sid).not.toBeNull();
    expect(s.ctx.clock.now() - from).toBeLessThan(10 * MINUTE);
    expect(created(s)).toEqual([1]);
  });

  it('forward by hours: the looks of an hour are not used up in five minutes', async () => {
    const s = await open();
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    const id = outbox[0] as OutboxId;
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, when: 'before', effect: { kind: 'reset' } });
    await s.run(() => stateOf(s.ctx, id).state === 'uncertain', MINUTE);
    set(s, 5 * HOUR);
    const from = s.ctx.clock.now();
    await s.run(() => stateOf(s.ctx, id).reason === 'not-confirmed', 3 * HOUR);
    expect(stateOf(s.ctx, id).reason).toBe('not-confirmed');
    expect(s.ctx.clock.now() - from).toBeGreaterThanOrEqual(HOUR - MINUTE);
    expect(row(s, id).reconcileStep).toBe(5);
    expect(created(s)).toEqual([]);
  });

  it('between two shops’ worth of wrong clock a POST is matched by when it was made, not by our hour', async () => {
    const s = await open();
    set(s, 3 * MINUTE); // not far enough to hold anything, far enough to miss a window of seconds
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, when: 'after', effect: { kind: 'reset' } });
    await s.run(() => stateOf(s.ctx, outbox[0] as OutboxId).sid !== null, HOUR);
    expect(stateOf(s.ctx, outbox[0] as OutboxId).sid).not.toBeNull();
    expect(created(s)).toEqual([1]);
  });

  it('corrected from a wrong evening to the real noon: who was put off until tomorrow leaves today', async () => {
    const s = await aSendingShop({ now: (NOON + 12 * HOUR) as UtcMs });
    shop = s;
    const { outbox } = aSendingCampaign(s.ctx, { people: 30 });
    await s.drain();
    expect(outbox.every((id) => stateOf(s.ctx, id).reason === 'quiet-hours')).toBe(true);
    s.ctx.clock.set(NOON);
    s.carrier.sim.changeClock({ set: NOON });
    await s.run(() => outbox.every((id) => stateOf(s.ctx, id).sid !== null), HOUR);
    expect(outbox.filter((id) => stateOf(s.ctx, id).sid === null)).toEqual([]);
    expect(created(s).every((n) => n === 1)).toBe(true);
  });

  it('back in the middle of a campaign: neither the pace nor a pause of the line lasts for hours', async () => {
    const s = await aSendingShop({ settings: { texting: { segmentsPerSecond: 2 } } });
    shop = s;
    const { outbox } = aSendingCampaign(s.ctx, { people: 12 });
    s.carrier.faults.add({
      method: 'POST',
      path: 'Messages',
      skip: 3,
      times: 1,
      effect: { kind: 'status', status: 429, retryAfter: '600' },
    });
    await s.run(
      () =>
        outbox.filter((id) => stateOf(s.ctx, id).sid !== null).length === 3 &&
        stateOf(s.ctx, outbox[3] as OutboxId).reason === 'rate-limited',
      10 * MINUTE,
    );
    s.ctx.clock.set((s.ctx.clock.now() - 6 * HOUR) as UtcMs);
    // 5:00 there: nothing may leave, but nothing is stuck either once it is 10:00
    const from = s.ctx.clock.now();
    await s.run(() => outbox.every((id) => stateOf(s.ctx, id).sid !== null), 7 * HOUR);
    expect(outbox.filter((id) => stateOf(s.ctx, id).sid === null)).toEqual([]);
    expect(s.ctx.clock.now() - from).toBeLessThan(5 * HOUR + 20 * MINUTE);
    expect(created(s).every((n) => n === 1)).toBe(true);
    expect(s.ctx.clock.now() - from).toBeGreaterThan(4 * HOUR + 50 * SECOND);
  });
});
