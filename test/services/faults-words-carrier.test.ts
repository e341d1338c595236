import { saveSettings } from '@db/queries/settings';
import { type CampaignId, DAY, HOUR, MINUTE, type PhoneE164 } from '@domain/kernel';
import type { TextingSettings } from '@domain/settings/settings';
import { FINDINGS } from '@renderer/strings/account-findings';
import { accountFindings } from '@services/account/health';
import { resumeCampaign } from '@services/campaigns/control';
import { consentOf } from '@services/consent/read';
import { syncReplies } from '@services/inbox/sync';
import { sendingStatus } from '@services/outbox/status';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER, SERVICE } from '../support/carrier';
import { ownerReads, ownerReadsStories } from '../support/owner-reads';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

/** What the owner reads when the carrier itself behaves oddly, or will not carry what it is given. */

const ONE = 1 as CampaignId;
let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const open = async (o: Parameters<typeof aSendingShop>[0] = {}) => {
  shop = await aSendingShop(o);
  return shop;
};
const created = (s: SendingShop) => Object.values(s.carrier.sim.assertions()).map((t) => t.created);
const campaignState = (s: SendingShop) => s.ctx.db.prepare('SELECT state FROM campaign WHERE id = 1').pluck().get();
const finished = (s: SendingShop) => () => campaignState(s) === 'finished';
const saveTexting = (s: SendingShop, texting: Partial<TextingSettings>) =>
  saveSettings(s.ctx.db, 'texting', { ...s.ctx.settings().texting, ...texting }, s.ctx.clock.now());
const once = (n: number) => Array.from({ length: n }, () => 1);

/** A whole campaign, and three hours of looking afterwards. */
async function played(s: SendingShop, people: number, after = 3 * HOUR): Promise<string[]> {
  aSendingCampaign(s.ctx, { people });
  await s.run(finished(s), 8 * HOUR);
  await s.run(() => false, after);
  return ownerReads(s.ctx, ONE);
}

describe('lists that are not what they seem', () => {
  it.each([
    ['show new texts late', { listLag: { ms: 20 * MINUTE } }],
    ['show everything as it was a while ago', { listStaleMs: 10 * MINUTE }],
    ['show old states of texts', { statusStaleMs: 15 * MINUTE }],
    ['move while they are read', { pagesShift: { arrive: 3, overlap: 2 } }],
    ['go back from delivered to sent for a while', { backwards: 0.5 }],
  ])('%s: in the end everybody has it once, and nothing is left to read', async (_, switches) => {
    const s = await open({ carrier: { switches } });
    expect(await played(s, 30, 5 * HOUR)).toEqual([]);
    expect(created(s)).toEqual(once(30));
    expect(countStates(s.ctx)).toEqual({ delivered: 30 });
  });

  it('a receipt that is corrected hours later is corrected here', async () => {
    const s = await open({ carrier: { switches: { corrected: 1 } } });
    aSendingCampaign(s.ctx, { people: 3 });
    await s.run(() => campaignState(s) === 'finished', 2 * HOUR);
    await s.run(() => false, 8 * HOUR);
    expect(countStates(s.ctx)).toEqual({ delivered: 3 });
    expect(ownerReadsStories(s.ctx, ONE)[0]).toMatch(/Did not arrive.* → Arrived$/);
  });

  it('prices that come a day late take the place of what was expected', async () => {
    const s = await open({ carrier: { switches: { priceDelayMs: 20 * HOUR } } });
    await played(s, 10, HOUR);
    const expected = sendingStatus(s.ctx, ONE).spentThisMonth;
    await s.run(() => false, 2 * DAY);
    const told = s.ctx.db.prepare('SELECT count(*), sum(price) FROM outbox WHERE price IS NOT NULL').raw().get() as [number, number];
    expect(told[0]).toBe(10);
    expect(sendingStatus(s.ctx, ONE).spentThisMonth).toBe(told[1]);
    expect(expected).toBeGreaterThan(0);
  });
});

describe('an account that keeps no words of texts', () => {
  it('a text whose answer was lost is still found, by number, sender and time, and never sent twice', async () => {
    const s = await open({ carrier: { switches: { redacted: true } } });
    s.carrier.faults.add({ method: 'POST', path: 'Messages.json', when: 'after', times: 3, effect: { kind: 'reset' } });
    expect(await played(s, 4)).toEqual([]);
    expect(created(s)).toEqual(once(4));
    expect(countStates(s.ctx)).toEqual({ delivered: 4 });
  });

  it('a reply nobody can read may be a STOP: no more texts to them, the owner decides, and is told how to mend it', async () => {
    const s = await open({ carrier: { switches: { redacted: true } } });
    const { phones } = aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.sim.inbound({ from: phones[1] as string, to: SENDER, body: 'please take me off' });
    await s.run(finished(s), 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual(['1: Wrote something like “stop”: you decide under Replies']);
    expect(Object.keys(s.carrier.sim.assertions())).not.toContain(phones[1]);
    const finding = accountFindings(s.ctx).find((f) => f.code === 'words-not-kept');
    const said = FINDINGS['words-not-kept'](finding?.params ?? {}, { n: String, money: String, at: String } as never);
    expect(said.means).toBe(
      'A reply of the last week came without words. Each may be a STOP, so whoever wrote gets no more texts until you decide.',
    );
  });
});

describe('what carriers do with texts', () => {
  it('filtered for a word: stops itself, names the number of people, says what to change', async () => {
    const s = await open({ carrier: { switches: { filters: [{ word: 'boots' }] } } });
    aSendingCampaign(s.ctx, { people: 60 });
    await s.run(() => campaignState(s) === 'paused', 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)[0]).toMatch(
      /^Sending is paused: Carriers filtered \d+ of \d+ as unwanted\. Change the words or the link before you go on\.$/,
    );
    expect(created(s).length).toBeLessThanOrEqual(28);
  });

  it('one carrier’s limit for the day is used up: the rest waits for the carriers’ next day, and then leaves', async () => {
    const s = await open({
      carrier: {
        account: {
          numbers: [{ number: SENDER, mps: 50, brandSid: `BN${'1'.repeat(32)}` }],
          brands: [{ sid: `BN${'1'.repeat(32)}`, status: 'APPROVED', dailySegments: 25 }],
          lines: [{ to: '.', type: 'mobile', carrier: 'T-Mobile' }],
        },
      },
    });
    aSendingCampaign(s.ctx, { people: 60 });
    await s.run(() => ownerReads(s.ctx, ONE).some((l) => l.includes('One carrier’s limit for today')), 4 * HOUR);
    expect(ownerReads(s.ctx, ONE).join('\n')).toMatch(
      /One carrier’s limit for today is used up\. Wait until tomorrow for the people of that carrier\./,
    );
    expect(campaignState(s)).not.toBe('cancelled');
  });

  it('the account’s own limit for the day: says so, and nobody is lost', async () => {
    const s = await open({ carrier: { account: { dailyCap: 25 } } });
    aSendingCampaign(s.ctx, { people: 40 });
    await s.run(() => false, 3 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual(['15: Did not leave the carrier; tried again by itself']);
    // After the carriers' midnight the rest leaves by itself.
    await s.run(() => countStates(s.ctx)['delivered'] === 40, DAY);
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    const states = countStates(s.ctx);
    expect(Object.values(states).reduce((a, b) => a + b, 0)).toBe(40);
    expect(Math.max(...created(s))).toBeLessThanOrEqual(2);
  });

  it('a queue at the carrier that is too long: failed there, and sent again by itself because nothing left', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 4 });
    s.carrier.sim.script({ outcome: { status: 'failed', errorCode: 30001 }, times: 1 });
    await s.run(finished(s), 6 * HOUR);
    await s.run(() => false, 6 * HOUR);
    expect(countStates(s.ctx)).toEqual({ delivered: 4 });
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(ownerReadsStories(s.ctx, ONE).filter((l) => l.includes('try 2'))).toHaveLength(1);
  });

  it('texts that wait at the carrier past closing time are not delivered late', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 1 });
    s.carrier.sim.script({ outcome: { status: 'failed', errorCode: 30036 }, times: 3 });
    await s.run(() => false, 6 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual(['1: It waited too long and was not sent. It can be sent again in the next time window.']);
  });
});

describe('stops at the carrier', () => {
  it('a stop to one number of a service holds for all of it, and START brings them back', async () => {
    const s = await open();
    const service = s.carrier.sim.account.services[0];
    const numbers = (service?.numbers ?? []) as PhoneE164[];
    s.carrier.sim.deferToNumber(SERVICE, true); // so that replies are logged
    saveTexting(s, { sender: { kind: 'service', sid: SERVICE }, numbers });
    const { phones } = aSendingCampaign(s.ctx, { people: 2 });
    s.carrier.sim.inbound({ from: phones[0] as string, to: numbers[0] as string, body: 'STOP' });
    await s.run(finished(s), 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual(['1: Asked to stop']);
    expect(s.carrier.sim.assertionLog().afterStop).toEqual([]);
    s.carrier.sim.inbound({ from: phones[0] as string, to: numbers[1] as string, body: 'START' });
    await syncReplies(s.ctx);
    const marketing = consentOf(s.ctx.db, s.ctx.hmacKey, phones[0] as PhoneE164, s.ctx.clock.now()).find((c) => c.purpose === 'marketing');
    expect(marketing?.state).toBe('in');
  });

  it('a stop only the carrier heard of, through a service: told as theirs, not as a fault', async () => {
    const s = await open({
      settings: { texting: { sender: { kind: 'service', sid: SERVICE } } },
      carrier: { switches: { serviceStop: 'fail' } },
    });
    aSendingCampaign(s.ctx, { people: 1 });
    s.carrier.sim.script({ outcome: { status: 'failed', errorCode: 21610 } });
    await s.run(finished(s), 2 * HOUR);
    await s.run(() => false, HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual(['1: They asked you to stop. They can text START to your number to come back.']);
  });
});

describe('an account or a sender that may not', () => {
  const RESUMED = 'goes on by itself once mended';
  it.each([
    [
      'a long code nobody registered',
      { numbers: [{ number: SENDER, registration: 'unregistered' as const }] },
      'The number is not registered with the carriers. Finish the registration of your number at Twilio; Settings → Texting shows where it stands.',
    ],
    [
      'a long code bought a moment ago',
      { numbers: [{ number: SENDER, registration: 'provisioning' as const }] },
      'The number is not set up yet. Wait a day; if it stays, contact Twilio.',
    ],
    ['a suspended account', { active: false }, 'Twilio account not active. Top up the account or contact Twilio.'],
    [
      'a trial account',
      { type: 'Trial' as const, verified: [] },
      'The account may only text verified numbers. Upgrade the trial account and finish your business profile at Twilio.',
    ],
    [
      'no approved business profile',
      { complianceProfile: false, verified: [] },
      'The account may only text verified numbers. Upgrade the trial account and finish your business profile at Twilio.',
    ],
    [
      'a country that is switched off',
      { countries: ['CA'] },
      'Texting to this country is switched off. At Twilio, switch the country on under Messaging → Geo permissions.',
    ],
    [
      'a number that was given up',
      { numbers: [] },
      'This number cannot send texts. Settings → Texting: choose another number to text from.',
    ],
  ])('%s: everything pauses at once, in words, and goes on when mended', async (_, account, words) => {
    const s = await open();
    const before = structuredClone(s.carrier.sim.account);
    s.carrier.sim.changeAccount(account);
    aSendingCampaign(s.ctx, { people: 30 });
    await s.run(() => campaignState(s) === 'paused', 2 * HOUR);
    expect(campaignState(s)).toBe('paused');
    expect(ownerReads(s.ctx, ONE)[0]).toBe(`Sending is paused: The carrier refuses texts: ${words} Then go on.`);
    const had = created(s).length;
    expect(had).toBeLessThanOrEqual(28);
    await s.run(() => false, 30 * MINUTE);
    expect(created(s).length).toBe(had);

    s.carrier.sim.changeAccount({ type: 'Full', complianceProfile: true, countries: ['US'], active: true, numbers: before.numbers });
    resumeCampaign(s.ctx, ONE, owner);
    await s.run(finished(s), 4 * HOUR);
    expect(campaignState(s), RESUMED).toBe('finished');
    expect(Math.max(...created(s))).toBe(1);
  });

  it('a restricted key that may read but not send', async () => {
    const s = await open();
    s.carrier.sim.changeAccount({ keyType: 'restricted', permissions: ['/twilio/messaging/messages/read'] });
    aSendingCampaign(s.ctx, { people: 30 });
    await s.run(() => campaignState(s) === 'paused', 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)[0]).toMatch(
      /^Sending is paused: The carrier refuses texts: The key may not send texts\. At Twilio, allow the key to create and read messages, or make a new one\. Then go on\.$/,
    );
    expect(created(s)).toEqual([]);
  });
});
