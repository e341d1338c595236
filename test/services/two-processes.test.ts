import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { killEverything } from '../support/kill-campaign';
import { buildPrograms, type Programs, type SenderRun, startCarrier, startSenderProcess } from '../support/kill-lab';
import { aShopToKill, WORDS } from '../support/kill-shop';
import { NOON } from '../support/test-ctx';

/* Two processes on one shop folder (rules.md §4, one sender): the second reads, sends nothing and may command nothing. */

let programs: Programs | undefined;
const running: { kill(): void }[] = [];
beforeAll(async () => {
  programs = await buildPrograms();
}, 60_000);
afterAll(() => {
  for (const r of running) r.kill();
  killEverything();
  programs?.remove();
});

it('the second process only reads, and the next takes over when the first is killed', async () => {
  const { sender, carrier: carrierProgram } = programs as Programs;
  const shop = await aShopToKill(60);
  const carrier = await startCarrier(carrierProgram, { seed: 3, now: NOON, rate: 60, dir: shop.dir });
  running.push(carrier);
  const open = async (): Promise<SenderRun> => {
    const run = startSenderProcess(sender, shop.dir, carrier.url);
    running.push(run);
    await run.ready;
    return run;
  };
  const texts = async () => (await carrier.messages()).filter((m) => m.body.includes(WORDS));
  const many = async (n: number) => {
    for (let i = 0; i < 400 && (await texts()).length < n; i++) await wait(25);
    expect((await texts()).length).toBeGreaterThanOrEqual(n);
  };

  const first = await open();
  await first.call('campaigns/start', { id: shop.campaignId, quoteToken: shop.quoteToken });
  await many(5);
  const second = await open();
  expect(second.steps().map((s) => s.step)).toContain('read-only');
  // It sees how far the other is, and is refused everything that would change something.
  const seen = await second.call<{ total: number }>('outbox/status', { campaignId: shop.campaignId });
  expect(seen?.answer).toMatchObject({ ok: true, value: { total: 60 } });
  for (const channel of ['campaigns/pause', 'campaigns/cancel', 'campaigns/resume']) {
    const refused = await second.call(channel, { id: shop.campaignId });
    expect(refused?.answer, channel).toMatchObject({ ok: false, error: { code: 'shop.locked-by-other' } });
  }
  await many(15);
  expect(second.steps().some((s) => s.step === 'post>')).toBe(false);

  first.kill();
  await first.ended;
  // The one that only read does not begin by itself…
  await wait(300);
  const left = (await texts()).length;
  await wait(500);
  expect(await texts()).toHaveLength(left);
  // …and the next that is opened holds the lock and goes on, without a text twice.
  const third = await open();
  expect(third.steps().map((s) => s.step)).toContain('ready');
  for (let i = 0; i < 1200; i++) {
    const told = await third.call<{ counts: Record<string, number>; phase: string; phaseUntil: number | null }>('outbox/status', {
      campaignId: shop.campaignId,
    });
    if (!told?.answer.ok) throw new Error(JSON.stringify(told));
    const { counts, phase, phaseUntil } = told.answer.value;
    if (phase === 'results' && phaseUntil !== null) await carrier.clock({ advance: 11 * 60_000 });
    if (!counts['waiting'] && !counts['sending']) break;
    await wait(25);
  }
  const to = (await texts()).map((m) => m.to);
  expect(new Set(to).size).toBe(to.length);
  expect(to.length).toBeGreaterThanOrEqual(55);
  second.kill();
  third.kill();
}, 120_000);
