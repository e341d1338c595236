import { enqueue } from '@db/queries/outbox';
import { type CampaignId, HOUR, MINUTE, type OutboxId, type PhoneE164, SECOND, type UtcMs } from '@domain/kernel';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { withConsent } from '@services/consent/ledger';
import { recordOrderPermission } from '@services/consent/orders';
import { recordStop } from '@services/consent/record';
import { drainStep } from '@services/outbox/drain';
import { senderState } from '@services/outbox/sender-state';
import { sendingStatus } from '@services/outbox/status';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER, SERVICE } from '../support/carrier';
import {
  aMarketingDraft,
  aNewYorker,
  aSendingCampaign,
  aSendingShop,
  givePermission,
  type SendingShop,
  stateOf,
} from '../support/sending-shop';
import { NOON } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const open = async (o: Parameters<typeof aSendingShop>[0] = {}) => {
  shop = await aSendingShop(o);
  return shop;
};
/** Words of what the carrier got, in the order it got it. */
const told = (s: SendingShop): string[] =>
  s.carrier.sim
    .messages()
    .filter((m) => m.m.direction !== 'inbound')
    .sort((a, b) => a.m.n - b.m.n)
    .map((m) => (/boots/.test(m.m.body) ? 'campaign' : (/: (\w+)/.exec(m.m.body)?.[1] ?? m.m.body)));

function anOrder(s: SendingShop, phone: PhoneE164): OutboxId {
  const now = s.ctx.clock.now();
  withConsent(s.ctx, (trx) => recordOrderPermission(s.ctx, trx, { phone, ref: '77', occurredAt: now, method: 'screen' }));
  return s.ctx.db.tx(
    (trx) =>
      enqueue(trx, {
        ...aMarketingDraft(phone, now),
        cause: { kind: 'service', id: 'order:77/ready' },
        messageClass: 'service',
        body: 'Corner Shoes: ready is your order 77. STOP to end',
      }) as OutboxId,
  );
}
function anAutomation(s: SendingShop, phone: PhoneE164): OutboxId {
  givePermission(s.ctx, [phone]);
  return s.ctx.db.tx(
    (trx) =>
      enqueue(trx, {
        ...aMarketingDraft(phone, s.ctx.clock.now()),
        cause: { kind: 'automation', id: 'birthday-9' },
        body: 'Corner Shoes: birthday wishes. STOP to end',
      }) as OutboxId,
  );
}
function aStopAnswer(s: SendingShop, phone: PhoneE164): OutboxId {
  const now = s.ctx.clock.now();
  return withConsent(s.ctx, (trx) => {
    recordStop(s.ctx, trx, { phone, method: 'reply', reason: 'said so', carrierStop: false, occurredAt: now });
    return enqueue(trx, {
      ...aMarketingDraft(phone, now),
      cause: { kind: 'stop-confirmation', id: 'SMx' },
      messageClass: 'stop-confirmation',
      body: 'Corner Shoes: stopped, no more texts.',
    }) as OutboxId;
  });
}

describe('who leaves first', () => {
  it('what a customer caused, then an order that is ready, then automations, then the campaign, whatever was queued first', async () => {
    const s = await open({ settings: { texting: { segmentsPerSecond: 1 } } });
    aSendingCampaign(s.ctx, { people: 6 });
    anAutomation(s, aNewYorker(50));
    anOrder(s, aNewYorker(60));
    aStopAnswer(s, aNewYorker(70));
    await s.run(() => told(s).length === 9, 10 * MINUTE);
    expect(told(s)).toEqual(['stopped', 'ready', 'birthday', ...Array<string>(6).fill('campaign')]);
  });

  it('a large campaign in full swing does not keep an order waiting', async () => {
    const s = await open({ settings: { texting: { segmentsPerSecond: 2 } } });
    aSendingCampaign(s.ctx, { people: 300 });
    await s.run(() => told(s).length >= 30, HOUR);
    const before = told(s).length;
    const queuedAt = s.ctx.clock.now();
    anOrder(s, aNewYorker(500));
    await s.run(() => told(s).includes('ready'), 10 * MINUTE);
    expect(told(s).indexOf('ready')).toBe(before);
    expect(s.ctx.clock.now() - queuedAt).toBeLessThan(5 * SECOND);
  });

  it('thousands of automations that wait for another hour do not hide an order that is due', async () => {
    const s = await open();
    s.ctx.db.tx((trx) => {
      for (let i = 0; i < 2000; i++) {
        const id = enqueue(trx, { ...aMarketingDraft(aNewYorker(1000 + i)), cause: { kind: 'automation', id: 'later' } });
        trx.prepare('UPDATE outbox SET retry_at = ? WHERE id = ?').run(NOON + 6 * HOUR, id);
      }
    });
    const order = anOrder(s, aNewYorker(1));
    await s.drain();
    expect(stateOf(s.ctx, order).sid).not.toBeNull();
    expect(told(s)).toEqual(['ready']);
  });
});

describe('pace', () => {
  it('counts segments, and a service with all its numbers as one sender', async () => {
    const s = await open({
      settings: { texting: { segmentsPerSecond: 5, sender: { kind: 'service', sid: SERVICE } } },
    });
    const { outbox } = aSendingCampaign(s.ctx, { people: 19 });
    s.ctx.db.prepare('UPDATE outbox SET segments = 2').run();
    const start = s.ctx.clock.now();
    await s.run(() => outbox.every((id) => stateOf(s.ctx, id).sid !== null), HOUR);
    // 38 segments at 0.8 × 5 a second, one second's worth saved up beforehand.
    expect(s.ctx.clock.now() - start).toBeGreaterThanOrEqual(((38 - 4 - 2) / 4) * SECOND);
  });

  it('another sender begins with a bucket of its own', async () => {
    const s = await open({ settings: { texting: { segmentsPerSecond: 1 } } });
    aSendingCampaign(s.ctx, { people: 3 });
    await s.drain();
    expect(told(s)).toHaveLength(1);
    const { texting } = s.ctx.settings();
    const other = JSON.stringify({ ...texting, sender: { kind: 'service', sid: SERVICE } });
    s.ctx.db.prepare("INSERT OR REPLACE INTO setting (key, value, updated_at) VALUES ('texting', ?, 0)").run(other);
    await s.drain();
    expect(told(s)).toHaveLength(2);
  });

  it('halves the parallel POSTs once for one burst of 429, waits as long as it was told, and sends everybody once', async () => {
    const s = await open();
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 5, effect: { kind: 'status', status: 429, code: 20429 } });
    aSendingCampaign(s.ctx, { people: 60 });
    senderState(s.ctx).parallel = { allowed: 8, good: 0, cutAt: null };
    await drainStep(s.ctx);
    await Promise.allSettled(senderState(s.ctx).inFlight);
    await drainStep(s.ctx);
    expect(senderState(s.ctx).parallel.allowed).toBe(4);
    await s.run(() => told(s).length === 60, HOUR);
    expect(Object.values(s.carrier.sim.assertions()).every((t) => t.created === 1)).toBe(true);
    const late = await (async () => {
      s.carrier.faults.add({
        method: 'POST',
        path: 'Messages',
        times: 1,
        effect: { kind: 'status', status: 429, code: 20429, retryAfter: '90' },
      });
      aSendingCampaign(s.ctx, { id: 2, people: 1, from: 200 });
      const from = s.ctx.clock.now();
      await s.run(() => told(s).length === 61, HOUR);
      return s.ctx.clock.now() - from;
    })();
    expect(late).toBeGreaterThanOrEqual(90 * SECOND);
  });

  it('a queue that runs over at the carrier (21611) slows the number down and loses nobody', async () => {
    const s = await open({ settings: { texting: { segmentsPerSecond: 10 } } });
    const { outbox } = aSendingCampaign(s.ctx, { people: 30 });
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 3, effect: { kind: 'status', status: 400, code: 21611 } });
    await s.run(() => outbox.every((id) => stateOf(s.ctx, id).sid !== null), 3 * HOUR);
    expect(outbox.every((id) => stateOf(s.ctx, id).sid !== null)).toBe(true);
    expect(Object.values(s.carrier.sim.assertions()).every((t) => t.created === 1)).toBe(true);
    expect(senderState(s.ctx).paces.get(SENDER)?.ease.share).toBeLessThan(1);
    expect(s.ctx.db.prepare("SELECT count(*) FROM outbox WHERE state = 'rejected'").pluck().get()).toBe(0);
  });
});

describe('the carriers’ day', () => {
  const left = (s: SendingShop) => told(s).length;
  const RESET = Date.UTC(2026, 10, 18, 8) as UtcMs;

  it('keeps a campaign within the known limit, leaves a reserve for orders, and goes on after midnight Pacific', async () => {
    const s = await open({ settings: { texting: { dailySegments: 50 } } });
    aSendingCampaign(s.ctx, { people: 60 });
    await s.run(() => left(s) === 30, HOUR);
    await s.run(() => false, HOUR);
    expect(left(s)).toBe(30); // 50 less the 20 that are kept back
    expect(sendingStatus(s.ctx, 1 as never).waiting).toEqual([{ reason: 'daily-cap', until: RESET, count: 30 }]);
    expect(s.ctx.db.prepare('SELECT count(*) FROM outbox WHERE retry_at IS NOT NULL').pluck().get()).toBe(0);
    anOrder(s, aNewYorker(500));
    await s.drain();
    expect(told(s)).toContain('ready');
    s.advance(RESET + 12 * HOUR - s.ctx.clock.now());
    await s.run(() => left(s) === 61, 12 * HOUR);
    expect(told(s).filter((t) => t === 'campaign')).toHaveLength(60);
  });

  it('stops at “one carrier has enough” (30023) instead of failing the rest, also after a restart', async () => {
    const s = await open();
    s.carrier.sim.script({ outcome: { status: 'undelivered', errorCode: 30023 }, times: 2 });
    aSendingCampaign(s.ctx, { people: 60 });
    await s.run(() => sendingStatus(s.ctx, 1 as never).waiting.some((w) => w.reason === 'daily-cap'), HOUR);
    const stoppedAt = left(s);
    expect(stoppedAt).toBeLessThan(60);
    senderState(s.ctx).capped = undefined; // what a restart remembers is in the file
    await s.run(() => false, 2 * HOUR);
    expect(left(s)).toBe(stoppedAt);
    expect(s.ctx.db.prepare('SELECT state FROM campaign WHERE id = 1').pluck().get()).toBe('sending');
    s.advance(RESET + 8 * HOUR - s.ctx.clock.now());
    await s.run(() => left(s) === 60, 12 * HOUR);
    expect(left(s)).toBe(60);
    // those that a carrier refused were charged: nobody gets them again by itself
    expect(Object.values(s.carrier.sim.assertions()).every((t) => t.created === 1)).toBe(true);
  });

  it('an account that has enough (63038) holds orders too, but not the answer to a stop; what failed goes again next day', async () => {
    const s = await open();
    s.carrier.sim.script({ outcome: { status: 'failed', errorCode: 63038 }, times: 3 });
    const { outbox } = aSendingCampaign(s.ctx, { people: 40 });
    await s.run(() => senderState(s.ctx).capped != null, HOUR);
    const at = left(s);
    const order = anOrder(s, aNewYorker(500));
    aStopAnswer(s, aNewYorker(600));
    await s.drain();
    expect(stateOf(s.ctx, order)).toMatchObject({ state: 'waiting', reason: 'daily-cap' });
    expect(left(s)).toBe(at + 1);
    s.advance(RESET + 8 * HOUR - s.ctx.clock.now());
    await s.run(() => outbox.every((id) => ['delivered', 'sent'].includes(stateOf(s.ctx, id).state)), 12 * HOUR);
    expect(outbox.filter((id) => !['delivered', 'sent'].includes(stateOf(s.ctx, id).state))).toEqual([]);
    const again = s.ctx.db.prepare('SELECT count(*) FROM outbox WHERE attempts = 2').pluck().get();
    expect(again).toBe(3);
  });
});

describe('pause and cancel', () => {
  const session = { windowId: 0, staffId: null, role: 'owner' } as const;
  const states = (s: SendingShop) =>
    s.ctx.db.prepare("SELECT state, count(*) AS n FROM outbox WHERE cause_id = '1' GROUP BY state ORDER BY state").all();

  it('pause lets end what is under way, at most eight, and nothing more', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 40 });
    senderState(s.ctx).parallel = { allowed: 8, good: 0, cutAt: null };
    await drainStep(s.ctx);
    expect(senderState(s.ctx).inFlight.size).toBe(8);
    pauseCampaign(s.ctx, 1 as CampaignId, session);
    await s.run(() => false, 20 * MINUTE);
    expect(told(s)).toHaveLength(8);
    resumeCampaign(s.ctx, 1 as CampaignId, session);
    await s.run(() => told(s).length === 40, 2 * HOUR);
    expect(Object.values(s.carrier.sim.assertions()).every((t) => t.created === 1)).toBe(true);
  });

  it('cancel keeps back what has not left and tells honestly of what had: also one whose POST was refused meanwhile', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 40 });
    senderState(s.ctx).parallel = { allowed: 4, good: 0, cutAt: null };
    s.carrier.faults.add({ method: 'POST', path: 'Messages', times: 1, effect: { kind: 'status', status: 429, code: 20429 } });
    await drainStep(s.ctx);
    expect(cancelCampaign(s.ctx, 1 as CampaignId, session)).toBe(36);
    await s.run(() => false, HOUR);
    expect(told(s)).toHaveLength(3);
    const [cancelled, ...left] = states(s) as { state: string; n: number }[];
    expect(cancelled).toEqual({ state: 'cancelled', n: 37 });
    expect(left.reduce((n, r) => n + r.n, 0)).toBe(3);
    expect(left.every((r) => ['delivered', 'sent', 'queued', 'undelivered'].includes(r.state))).toBe(true);
  });
});
