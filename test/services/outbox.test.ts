import { HOUR, MINUTE, type OutboxId, SECOND } from '@domain/kernel';
import { afterEach, describe, expect, it } from 'vitest';
import { aNewYorker, aSendingCampaign, aSendingShop, countStates, PRICE, type SendingShop, stateOf } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

const campaignOf = (s: SendingShop) =>
  s.ctx.db.prepare('SELECT state, pause_reason FROM campaign WHERE id = 1').get() as { state: string; pause_reason: string | null };
const finished = (s: SendingShop) => () => campaignOf(s).state === 'finished';
const created = (s: SendingShop) => Object.values(s.carrier.sim.assertions()).map((t) => t.created);

describe('sending a campaign', () => {
  it('sends everybody one text, waits for the first twenty, finishes and learns the endings and prices', async () => {
    shop = await aSendingShop({ carrier: { priceDelayMs: 5 * MINUTE } });
    const { outbox } = aSendingCampaign(shop.ctx, { people: 60 });
    await shop.drain();
    expect(countStates(shop.ctx)['waiting']).toBe(40);
    await shop.run(finished(shop));
    await shop.run(() => countStates(shop?.ctx as never)['delivered'] === 60);
    expect(countStates(shop.ctx)).toEqual({ delivered: 60 });
    expect(created(shop)).toEqual(Array(60).fill(1));
    shop.advance(25 * HOUR);
    await shop.run(() => false, HOUR);
    const priced = shop.ctx.db.prepare('SELECT count(*) AS n FROM outbox WHERE price = ? AND carrier_segments = 1').get(PRICE);
    expect(priced).toEqual({ n: 60 });
    expect(outbox).toHaveLength(60);
  });

  it('commits every text as sending, with its attempt, before its POST', async () => {
    const seen: string[] = [];
    shop = await aSendingShop({
      wrap: (g) => ({
        ...g,
        send: (r) => {
          const row = shop?.ctx.db.prepare('SELECT id, state FROM outbox WHERE address = ?').get(r.to) as { id: number; state: string };
          const attempt = shop?.ctx.db.prepare('SELECT finished_at FROM outbox_attempt WHERE outbox_id = ?').get(row.id);
          seen.push(`${row.state} ${JSON.stringify(attempt)}`);
          return g.send(r);
        },
      }),
    });
    aSendingCampaign(shop.ctx, { people: 12 });
    await shop.drain();
    expect(new Set(seen)).toEqual(new Set(['sending {"finished_at":null}']));
    expect(seen).toHaveLength(12);
  });

  it('never has more than eight on the way, and Pause stops within them', async () => {
    let under = 0;
    let most = 0;
    let sent = 0;
    shop = await aSendingShop({
      wrap: (g) => ({
        ...g,
        send: async (r) => {
          most = Math.max(most, ++under);
          if (++sent === 30) shop?.ctx.db.prepare("UPDATE campaign SET state = 'paused' WHERE id = 1").run();
          await new Promise((resolve) => setTimeout(resolve, 2));
          under--;
          return g.send(r);
        },
      }),
    });
    aSendingCampaign(shop.ctx, { people: 100 });
    await shop.run(() => campaignOf(shop as SendingShop).state !== 'sending');
    await shop.run(() => false, 2 * MINUTE);
    expect(most).toBeLessThanOrEqual(8);
    expect(sent).toBeLessThanOrEqual(30 + 8);
    expect(countStates(shop.ctx)['waiting']).toBe(100 - sent);
  });

  it('keeps the pace of the sender in segments', async () => {
    shop = await aSendingShop({ settings: { texting: { segmentsPerSecond: 2 } } });
    aSendingCampaign(shop.ctx, { people: 16 });
    const start = shop.ctx.clock.now();
    await shop.run(finished(shop));
    expect(shop.ctx.clock.now() - start).toBeGreaterThanOrEqual((14 / 1.6) * SECOND);
    expect(shop.ctx.clock.now() - start).toBeLessThan(2 * MINUTE);
  });
});

describe('what one POST can mean', () => {
  const one = async (fault: Parameters<SendingShop['carrier']['faults']['add']>[0]) => {
    const s = await aSendingShop({ carrier: { timeouts: { postMs: 300, getMs: 300 } } });
    shop = s;
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, ...fault });
    await s.drain();
    return { s, id: outbox[0] as OutboxId };
  };

  it('429 and an unreachable carrier: tried again by itself, once only', async () => {
    const { s, id } = await one({ effect: { kind: 'status', status: 429, retryAfter: '7' } });
    expect(stateOf(s.ctx, id)).toMatchObject({ state: 'waiting', reason: 'rate-limited' });
    await s.drain();
    expect(created(s)).toEqual([]);
    s.advance(6 * SECOND);
    await s.drain();
    expect(created(s)).toEqual([]);
    s.advance(2 * SECOND);
    await s.drain();
    expect(stateOf(s.ctx, id).state).toBe('queued');
    expect(created(s)).toEqual([1]);
  });

  it.each([
    ['reset after accepting', { when: 'after', effect: { kind: 'reset' } }],
    ['server error after accepting', { when: 'after', effect: { kind: 'status', status: 500 } }],
    ['bad gateway page after accepting', { when: 'after', effect: { kind: 'html', status: 502 } }],
    ['half an answer', { when: 'after', effect: { kind: 'truncated' } }],
    ['an empty answer', { when: 'after', effect: { kind: 'empty' } }],
    ['no answer in time', { when: 'after', effect: { kind: 'hang' } }],
  ] as const)('%s: found in the list, not sent again', async (_, fault) => {
    const { s, id } = await one(fault);
    expect(stateOf(s.ctx, id).state).toBe('uncertain');
    await s.run(() => stateOf(s.ctx, id).sid !== null, 5 * MINUTE);
    expect(stateOf(s.ctx, id).sid).toMatch(/^SM/);
    expect(created(s)).toEqual([1]);
    await s.run(() => stateOf(s.ctx, id).state === 'delivered', 5 * MINUTE);
    expect(created(s)).toEqual([1]);
  });

  it('lost before the carrier did anything: looked for five times, then left to the owner', async () => {
    const { s, id } = await one({ when: 'before', effect: { kind: 'reset' } });
    await s.run(() => stateOf(s.ctx, id).reason === 'not-confirmed');
    expect(stateOf(s.ctx, id)).toMatchObject({ state: 'uncertain', sid: null });
    expect(created(s)).toEqual([]);
    expect(campaignOf(s).state).toBe('finished');
    await s.run(() => false, 3 * HOUR);
    expect(created(s)).toEqual([]);
  });

  it('a refusal with a number ends the text and marks the person', async () => {
    const { s, id } = await one({ effect: { kind: 'status', status: 400, code: 21614 } });
    expect(stateOf(s.ctx, id)).toMatchObject({ state: 'rejected', error_code: 21614 });
    expect(s.ctx.db.prepare('SELECT phone_kind, phone_problem FROM customer WHERE phone = ?').get(aNewYorker(0))).toEqual({
      phone_kind: 'landline',
      phone_problem: '21614',
    });
  });
});
