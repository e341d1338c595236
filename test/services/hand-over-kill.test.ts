import { join } from 'node:path';
import { practiceAccount } from '@adapters/practice-carrier/account';
import { openDb } from '@db/open';
import { readSettings, saveSettings } from '@db/queries/settings';
import { HOUR, type PhoneE164 } from '@domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SERVICE } from '../support/carrier';
import { buildPrograms, type Carrier, type Programs, type SenderRun, startCarrier, startSenderProcess } from '../support/kill-lab';
import { aShopToKill, type KillShop, readingShop } from '../support/kill-shop';
import { NOON } from '../support/test-ctx';

/**
 * The backend killed (-9) while it hands texts to Twilio to be kept, and while it calls them back: before a POST, after one whose answer
 * it never wrote down, before and after a cancelling. Whatever falls where, each person has one text there, and after the owner called
 * the campaign off none of them leaves.
 */
const PEOPLE = 6;
const AT = NOON + 6 * HOUR;
/** The first text is handed over alone, the others together: a death after one answer leaves the answers of the others unwritten. */
const DEATHS = [
  { at: 'post<', nth: 1 },
  { at: 'post<', nth: 2 },
];
const DEATHS_CALLING_BACK = [
  { at: 'cancel>', nth: 2 },
  { at: 'cancel<', nth: 1 },
];

describe('killed while Twilio is given texts to keep', () => {
  let programs: Programs;
  let shop: KillShop;
  let carrier: Carrier;
  let run: SenderRun | undefined;
  beforeAll(async () => {
    programs = await buildPrograms();
    shop = await aShopToKill(PEOPLE);
    const db = openDb(join(shop.dir, 'shop.sqlite'));
    const numbers = (practiceAccount().services[0]?.numbers ?? []) as PhoneE164[];
    saveSettings(db, 'texting', { ...readSettings(db).texting, sender: { kind: 'service', sid: SERVICE }, numbers }, NOON);
    db.close();
    carrier = await startCarrier(programs.carrier, { seed: 3, now: NOON, rate: 10 });
  }, 120_000);
  afterAll(() => {
    run?.kill();
    carrier?.kill();
    programs?.remove();
  });

  const states = () =>
    readingShop(shop.dir, (all) =>
      Object.fromEntries(
        all<{ state: string; n: number }>("SELECT state, count(*) AS n FROM outbox WHERE cause_kind = 'campaign' GROUP BY state").map(
          (r) => [r.state, r.n],
        ),
      ),
    );
  const live = async (die: { at: string; nth: number } | null) => {
    run = startSenderProcess(programs.sender, shop.dir, carrier.url, die);
    await run.ready;
    return run;
  };
  const until = async (holds: () => boolean) => {
    for (let i = 0; i < 250 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 100));
  };

  it('each person’s text is there once, and called off none of them leaves', async () => {
    const first = await live(DEATHS[0] ?? null);
    const id = shop.campaignId;
    const reviewed = await first.call<{ quoteToken: string }>('campaigns/review', { id, at: AT, viaCarrier: true });
    const quoteToken = reviewed?.answer.ok ? reviewed.answer.value.quoteToken : '';
    const plan = { id, quoteToken, at: AT, latePolicy: 'ask', ceilingPeople: PEOPLE, viaCarrier: true };
    const planned = await first.call('campaigns/schedule', plan);
    expect(planned === undefined || planned.answer.ok, JSON.stringify(planned)).toBe(true);
    expect(await first.ended).toBe('killed');
    for (const death of DEATHS.slice(1)) expect(await (await live(death)).ended).toBe('killed');

    const found = (await carrier.messages()).length;
    const last = await live(null);
    // A POST that death kept from leaving made nothing there, and its row waits for the looks of an hour; all others are found.
    await until(() => states()['sending'] === undefined && states()['scheduled'] === found);
    const there = await carrier.messages();
    const held = there.length;
    expect(new Set(there.map((m) => m.to)).size).toBe(held);
    expect(there.map((m) => m.status)).toEqual(Array(held).fill('scheduled'));
    expect(states()['scheduled']).toBe(held);
    expect(held + (states()['uncertain'] ?? 0)).toBe(PEOPLE);
    expect(held).toBeGreaterThanOrEqual(3);
    last.kill();
    await last.ended;

    const calling = await live(DEATHS_CALLING_BACK[0] ?? null);
    await calling.call('campaigns/cancel', { id });
    expect(await calling.ended).toBe('killed');
    expect(await (await live(DEATHS_CALLING_BACK[1] ?? null)).ended).toBe('killed');
    await live(null);
    await until(() => states()['cancelled'] === held);
    expect(states()['cancelled']).toBe(held);
    expect(states()['scheduled']).toBeUndefined();
    await carrier.clock({ advance: 8 * HOUR });
    expect((await carrier.messages()).map((m) => m.status)).toEqual(Array(held).fill('canceled'));
  }, 90_000);
});
