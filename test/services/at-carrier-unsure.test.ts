import { HOUR, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import { recoverSending } from '@services/outbox/reconcile';
import { senderTurn } from '@services/outbox/sender';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aHeldShop, closeHeldShops, OURS, sleepUntil, states, THURSDAY, there, turns, viaCarrier } from '../support/held-shop';
import { aDraft, aPlanningShop, planned, stateOfCampaign, textsOf } from '../support/planned';
import { NOON, owner } from '../support/test-ctx';

afterEach(closeHeldShops);

describe('when nobody knows whether the carrier took it', () => {
  it('finds what it holds and keeps it held; nothing is posted twice', async () => {
    const s = await aHeldShop(6);
    s.carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'after', skip: 2, times: 2, effect: { kind: 'reset' } });
    const id = await viaCarrier(s);
    for (let i = 0; i < 14; i++) {
      await senderTurn(s.ctx);
      s.advance(MINUTE);
    }
    expect(states(s, id)).toEqual({ scheduled: 6 });
    expect(there(s)).toEqual({ scheduled: 6 });
    sleepUntil(s, THURSDAY + HOUR);
    await turns(s);
    expect(states(s, id)).toEqual({ delivered: 6 });
  });

  it('after a power cut in the middle of a POST: looked for, found held, never posted again', async () => {
    const s = await aHeldShop(4);
    const id = await viaCarrier(s);
    await turns(s);
    // the answer of one was never written down
    const cut = textsOf(s.ctx, id)[1];
    s.ctx.db.prepare("UPDATE outbox SET state = 'sending', sid = NULL, updated_at = ? WHERE id = ?").run(s.ctx.clock.now(), cut?.id);
    s.ctx.db.prepare('UPDATE outbox_attempt SET finished_at = NULL, outcome = NULL, sid = NULL WHERE outbox_id = ?').run(cut?.id);
    recoverSending(s.ctx);
    expect(textsOf(s.ctx, id)[1]).toMatchObject({ state: 'uncertain', leftAt: null });
    s.advance(2 * MINUTE);
    await turns(s);
    expect(textsOf(s.ctx, id)[1]).toMatchObject({ state: 'scheduled', sid: cut?.sid });
    expect(there(s)).toEqual({ scheduled: 4 });
  });

  it('a plan cut off before its people were written down is a plain draft again', async () => {
    const s = await aHeldShop(2);
    const id = aDraft(s.ctx);
    s.ctx.db.prepare('UPDATE campaign SET via_carrier = 1, scheduled_at = ? WHERE id = ?').run(THURSDAY, id);
    const { quoteToken } = await review(s.ctx, id);
    await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: quoteToken ?? '' }, owner));
    await s.run(() => states(s, id)['delivered'] === 2);
    expect(there(s)).toEqual({ delivered: 2 });
  });

  it('calls it back once it is found, if a STOP came meanwhile', async () => {
    const s = await aHeldShop(2);
    s.carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'after', skip: 1, times: 1, effect: { kind: 'reset' } });
    s.carrier.sim.change({ hideScheduled: true });
    const id = await viaCarrier(s);
    await turns(s);
    const lost = textsOf(s.ctx, id).find((t) => t.state === 'uncertain');
    expect(lost?.leftAt).toBeNull();
    s.carrier.sim.inbound({ from: lost?.address as string, to: OURS, body: 'STOP' });
    s.advance(6 * MINUTE);
    await turns(s);
    s.carrier.sim.change({ hideScheduled: false });
    s.advance(20 * MINUTE);
    await turns(s, 6);
    expect(textsOf(s.ctx, id).find((t) => t.address === lost?.address)?.state).toBe('cancelled');
    expect(there(s)).toEqual({ scheduled: 1, canceled: 1 });
  });
});

describe('whatever comes when', () => {
  type Act =
    | { do: 'look' }
    | { do: 'pass'; minutes: number }
    | { do: 'stop'; who: number; words: string }
    | { do: 'desk'; who: number }
    | { do: 'pause' | 'resume' }
    | { do: 'trouble'; when: 'before' | 'after'; cancels: boolean; times: number };
  const PEOPLE = 5;
  const act: fc.Arbitrary<Act> = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Act>({ do: 'look' }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 400 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('stop' as const),
        who: fc.nat(PEOPLE - 1),
        words: fc.constantFrom('STOP', 'stop texting me', 'no more messages please'),
      }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('desk' as const), who: fc.nat(PEOPLE - 1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('pause' as const, 'resume' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('trouble' as const),
        when: fc.constantFrom('before' as const, 'after' as const),
        cancels: fc.boolean(),
        times: fc.integer({ min: 1, max: 3 }),
      }),
    },
  );

  it('nobody who stopped while the app ran before its time gets the text, and nobody gets two', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 14 }), async (acts) => {
        const s = await aPlanningShop(PEOPLE, { settings: { texting: { numbers: [OURS] } } });
        try {
          const at = (NOON + 4 * HOUR) as UtcMs; // 15:00
          const id = await planned(s.ctx, { at, viaCarrier: true });
          const phones = s.ctx.db.prepare('SELECT phone FROM customer ORDER BY id').pluck().all() as PhoneE164[];
          const stoppedAt = new Map<string, number>();
          /** Stopped and called back for sure: the app looked twice after it, with the line open, before their text was due. */
          const safe = new Set<string>();
          const look = async () => {
            await senderTurn(s.ctx);
          };
          for (const a of acts) {
            const now = s.ctx.clock.now();
            const first = phones[(a as { who?: number }).who ?? 0] as PhoneE164;
            if (a.do === 'look') await look();
            else if (a.do === 'pass') s.advance(a.minutes * MINUTE);
            else if (a.do === 'stop') {
              s.carrier.sim.inbound({ from: first, to: OURS, body: a.words });
              if (!stoppedAt.has(first)) stoppedAt.set(first, now);
            } else if (a.do === 'desk') {
              withConsent(s.ctx, (trx) =>
                recordStop(s.ctx, trx, { phone: first, method: 'counter', reason: 'asked', carrierStop: false, occurredAt: now }),
              );
              if (!stoppedAt.has(first)) stoppedAt.set(first, now);
            } else if (a.do === 'pause' || a.do === 'resume') {
              const { state } = stateOfCampaign(s.ctx, id);
              if (a.do === 'pause' && state === 'sending') pauseCampaign(s.ctx, id, owner);
              if (a.do === 'resume' && state === 'paused') resumeCampaign(s.ctx, id, owner);
            } else if (a.do === 'trouble') {
              s.carrier.faults.add({
                method: 'POST',
                path: a.cancels ? 'Messages/' : 'Messages.json',
                when: a.when,
                times: a.times,
                effect: { kind: 'reset' },
              });
            }
            if (s.ctx.clock.now() < at - 10 * MINUTE && a.do === 'look') {
              s.carrier.faults.clear();
              s.advance(6 * MINUTE);
              for (let i = 0; i < 3; i++) await look();
              for (const [phone, t] of stoppedAt) if (t < s.ctx.clock.now() && s.ctx.clock.now() < at) safe.add(phone);
            }
          }
          s.carrier.faults.clear();
          for (let i = 0; i < 10; i++) {
            s.advance(40 * MINUTE);
            await look();
          }
          const sent = s.carrier.sim
            .messages()
            .filter((m) => m.m.direction !== 'inbound' && m.m.body.includes('boots') && m.status !== 'canceled');
          for (const phone of phones) {
            const own = sent.filter((m) => m.m.to === phone);
            expect(own.length, `messages to ${phone}`).toBeLessThanOrEqual(1);
            if (safe.has(phone))
              expect(
                own.filter((m) => m.status === 'delivered' || m.status === 'sent'),
                `stopped: ${phone}`,
              ).toEqual([]);
          }
          const rows = textsOf(s.ctx, id);
          expect(rows.length).toBe(PEOPLE);
          for (const r of rows) if (r.state === 'delivered') expect(sent.some((m) => m.m.sid === r.sid)).toBe(true);
        } finally {
          await s.close();
        }
      }),
      { numRuns: 30, seed: 5 },
    );
  });
});
