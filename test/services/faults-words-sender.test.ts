import { practiceAccount } from '@adapters/practice-carrier/account';
import type { SimAccount } from '@adapters/practice-carrier/types';
import { writeMeta } from '@db/queries/settings';
import { instantOf } from '@domain/calendar';
import { type CampaignId, DAY, HOUR, MINUTE, type PhoneE164, type Zone } from '@domain/kernel';
import { errorWords } from '@renderer/strings/errors';
import { outbox as outboxWords } from '@renderer/strings/outbox';
import { schedule as scheduleWords } from '@renderer/strings/schedule';
import { repairService } from '@services/account/health';
import { lookAtAccount } from '@services/account/look';
import { cancelCampaign, resumeCampaign } from '@services/campaigns/control';
import { outlook } from '@services/campaigns/schedule';
import { pauseAll, resumeAll } from '@services/outbox/pause-all';
import { senderTurn } from '@services/outbox/sender';
import { textHistory } from '@services/outbox/texts';
import { connect } from '@services/settings/texting-account';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER, SERVICE } from '../support/carrier';
import { ownerReads, ownerReadsStories } from '../support/owner-reads';
import { aPlanningShop, planned, stateOfCampaign, textsOf } from '../support/planned';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';
import { aWatchedShop } from '../support/watched-clock';

/** What the owner reads when the hour, the sender, the key or a plan is what is wrong. */

const ONE = 1 as CampaignId;
const NY = 'America/New_York' as Zone;
const THURSDAY = instantOf(NY, 2026, 11, 19, 10);
const POOL = practiceAccount().services[0]?.numbers ?? [];
const TOLL_FREE = '+18885550143' as PhoneE164;

const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
const aShop = async (o: Parameters<typeof aSendingShop>[0] = {}) => {
  const s = await aSendingShop(o);
  open.push(s);
  return s;
};
const viaService = (s: SimAccount['services'][number] | undefined) => ({ sender: { kind: 'service' as const, sid: s?.sid ?? SERVICE } });
const created = (s: SendingShop) => Object.values(s.carrier.sim.assertions()).map((t) => t.created);
const campaignState = (s: SendingShop, id = ONE) => s.ctx.db.prepare('SELECT state FROM campaign WHERE id = ?').pluck().get(id);
const turns = async (s: SendingShop, n = 4) => {
  for (let i = 0; i < n; i++) await senderTurn(s.ctx);
};
const once = (n: number) => Array.from({ length: n }, () => 1);

describe('the clock of this computer', () => {
  it('set two hours ahead: says so, nothing leaves at a wrong hour, and goes on once it is right', async () => {
    const s = await aWatchedShop();
    open.push(s);
    aSendingCampaign(s.ctx, { people: 5 });
    s.ctx.clock.advance(2 * HOUR);
    await s.drain();
    expect(ownerReads(s.ctx, ONE)[0]).toBe(
      'Nothing leaves: this computer’s clock is off, and it could be the wrong hour for people. Set it right; it goes on by itself.',
    );
    expect(created(s)).toEqual([]);
    s.ctx.clock.set((s.ctx.clock.now() - 2 * HOUR) as never);
    await s.drain();
    await s.drain();
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(created(s)).toEqual(once(5));
  });
});

describe('the owner’s own stop', () => {
  it('of everything is what the campaign says, until it is lifted', async () => {
    const s = await aShop();
    aSendingCampaign(s.ctx, { people: 3 });
    pauseAll(s.ctx, owner.staffId);
    await s.drain();
    expect(ownerReads(s.ctx, ONE)[0]).toBe('All sending is paused. Nothing leaves until you let it go on.');
    expect(created(s)).toEqual([]);
    resumeAll(s.ctx, owner.staffId);
    await s.run(() => campaignState(s) === 'finished', 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(created(s)).toEqual(once(3));
  });
});

describe('a sender that is not in order', () => {
  it('a service somebody set to throw replies away: nothing leaves until it is mended, which is one press', async () => {
    const s = await aShop({ settings: { texting: { ...viaService(undefined), numbers: POOL as PhoneE164[] } } });
    await lookAtAccount(s.ctx);
    s.carrier.sim.changeAccount({ services: s.carrier.sim.account.services.map((x) => ({ ...x, useInboundWebhookOnNumber: false })) });
    aSendingCampaign(s.ctx, { people: 3 });
    await lookAtAccount(s.ctx);
    await turns(s);
    expect(ownerReads(s.ctx, ONE)[0]).toMatch(
      /^Nothing leaves: Twilio throws the replies to your Messaging Service away, so nobody would see a STOP\..* mends it/,
    );
    expect(created(s)).toEqual([]);
    await repairService(s.ctx, { repair: 'replies', serviceSid: SERVICE });
    await s.run(() => campaignState(s) === 'finished', 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(created(s)).toEqual(once(3));
  });

  it('a toll-free number that was never verified', async () => {
    const s = await aShop({
      carrier: { account: { numbers: [{ number: TOLL_FREE, mps: 3, verification: null }] } },
      settings: { texting: { sender: { kind: 'number', number: TOLL_FREE }, numbers: [TOLL_FREE] } },
    });
    aSendingCampaign(s.ctx, { people: 30 });
    await s.run(() => campaignState(s) === 'paused', 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)[0]).toBe(
      'Sending is paused: The carrier refuses texts: The toll-free number is not verified. Finish the registration of your number at Twilio; Settings → Texting shows where it stands. Then go on.',
    );
    expect(created(s).length).toBeLessThanOrEqual(28);
  });

  it('a key that may send but not read replies sends nothing', async () => {
    const s = await aShop();
    s.carrier.sim.changeAccount({ keyType: 'restricted', permissions: ['/twilio/messaging/messages/create'] });
    aSendingCampaign(s.ctx, { people: 3 });
    await s.run(() => false, 10 * MINUTE);
    expect(ownerReads(s.ctx, ONE)[0]).toMatch(/^Nothing leaves just now: the replies could not be read/);
    expect(created(s)).toEqual([]);
  });
});

describe('the account this shop is bound to', () => {
  it('is the only one it connects to: another is refused, with what to do', async () => {
    const s = await aShop();
    const { accountSid, keySid, keySecret } = s.carrier.sim.account;
    const sender = { kind: 'number' as const, number: SENDER };
    const connectTo = (sid: string) => connect(s.ctx, owner, async () => s.carrier.gateway, { accountSid: sid, keySid, keySecret, sender });
    await connectTo(accountSid);
    const other = `AC${'e'.repeat(32)}`;
    await expect(connectTo(other)).rejects.toMatchObject({ code: 'sms.account-mismatch' });
    expect(s.ctx.settings().texting.accountSid).toBe(accountSid);
    expect(errorWords('sms.account-mismatch')).toMatchObject({
      title: 'This key belongs to a different Twilio account',
      next: 'Use a key of the account this shop was connected to.',
    });
    // Practice is a shop file of its own and never meets a real account.
    const practice = await aShop();
    writeMeta(practice.ctx.db, 'kind', 'practice');
    await expect(
      connect(practice.ctx, owner, async () => practice.carrier.gateway, { accountSid, keySid, keySecret, sender }),
    ).rejects.toMatchObject({ code: 'sms.account-mismatch' });
  });
});

describe('hours of the carrier’s own', () => {
  it('put a text off until morning there: it is on its way, nobody is asked, and it arrives once', async () => {
    const s = await aShop({ carrier: { switches: { quietHours: { from: 13, to: 21 } } } }); // it is 11:00 in New York
    aSendingCampaign(s.ctx, { people: 3 });
    await s.run(() => false, HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(countStates(s.ctx)['delivered']).toBeUndefined();
    await s.run(() => countStates(s.ctx)['delivered'] === 3, 6 * HOUR);
    expect(countStates(s.ctx)).toEqual({ delivered: 3 });
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(created(s)).toEqual(once(3));
  });
});

describe('limits and prices', () => {
  it('one carrier’s day is used up: the others wait, are told until when, and leave after midnight at the Pacific', async () => {
    const BRAND = `BN${'1'.repeat(32)}`;
    const s = await aShop({
      carrier: {
        account: {
          numbers: [{ number: SENDER, mps: 50, brandSid: BRAND }],
          brands: [{ sid: BRAND, status: 'APPROVED', dailySegments: 19 }],
          lines: [{ to: '.', type: 'mobile', carrier: 'T-Mobile' }],
        },
      },
    });
    aSendingCampaign(s.ctx, { people: 40 });
    await s.run(() => ownerReads(s.ctx, ONE).some((l) => l.includes('The carriers take no more from you today')), 4 * HOUR);
    const said = ownerReads(s.ctx, ONE);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^20: The carriers take no more from you today/);
    expect(said[1]).toBe('1: One carrier’s limit for today is used up. Wait until tomorrow for the people of that carrier.');
    const before = created(s).length;
    await s.run(() => created(s).length > before, 2 * DAY);
    expect(created(s).length).toBeGreaterThan(before);
    expect(Math.max(...created(s))).toBe(1);
  });

  it('a price that is not told yet stands as expected, then as told', async () => {
    const s = await aShop({ carrier: { switches: { priceDelayMs: 20 * HOUR } } });
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    await s.run(() => campaignState(s) === 'finished', HOUR);
    expect(textHistory(s.ctx, outbox[0] as never).cost.is).toBe('awaited');
    await s.run(() => false, 2 * DAY);
    expect(textHistory(s.ctx, outbox[0] as never).cost.is).toBe('told');
  });
});

describe('texts Twilio was to keep until their hour', () => {
  const aPlan = async (people: number, o: Parameters<typeof aPlanningShop>[1] = {}) => {
    const s = await aPlanningShop(people, { ...o, settings: { ...o.settings, texting: { numbers: POOL as PhoneE164[] } } });
    open.push(s);
    const id = await planned(s.ctx, { at: THURSDAY, viaCarrier: true });
    return { s, id };
  };

  it('a carrier that sends one at once gets no other, and the owner reads what to do', async () => {
    const { s, id } = await aPlan(6, { wrap: (g) => ({ ...g, send: ({ sendAt: _dropped, ...r }) => g.send(r) }) });
    await turns(s, 6);
    expect(ownerReads(s.ctx, id)[0]).toBe(
      'Sending is paused: Twilio sent a text at once that it should have kept until its time. Nothing else is handed over. Look below who got it, and contact Twilio; to send the rest from this computer, press “Go on”.',
    );
    expect(created(s)).toEqual([1]);
    resumeCampaign(s.ctx, id, owner);
    s.advance(THURSDAY + MINUTE - s.ctx.clock.now());
    await s.run(() => campaignState(s, id) === 'finished', 2 * HOUR);
    expect(created(s)).toEqual(once(6));
  });

  it('cancelled while Twilio does not answer: still being called back, then which of them had left', async () => {
    const { s, id } = await aPlan(3);
    await turns(s);
    expect(countStates(s.ctx)).toEqual({ scheduled: 3 });
    s.carrier.faults.add({ method: 'POST', path: 'Messages/', effect: { kind: 'reset' } });
    cancelCampaign(s.ctx, id, owner);
    await turns(s);
    const calling = (await outlook(s.ctx, id)).held?.callingBack ?? 0;
    expect(scheduleWords.en.calling(calling, String(calling))).toBe('3 texts being called back from Twilio');
    s.advance(THURSDAY + HOUR - s.ctx.clock.now());
    s.carrier.faults.clear();
    await turns(s, 6);
    const late = (await outlook(s.ctx, id)).held?.tooLate ?? 0;
    expect(scheduleWords.en.tooLate(late, String(late))).toBe('3 texts had left before they could be called back');
    expect(textsOf(s.ctx, id).map((t) => outboxWords.en.reason[t.reason as 'recall-too-late'])).toEqual(
      Array(3).fill('Could not be called back any more: it had left'),
    );
    expect(stateOfCampaign(s.ctx, id).state).toBe('cancelled');
    expect(created(s)).toEqual(once(3));
  });

  it('called off by somebody at Twilio itself', async () => {
    const { s, id } = await aPlan(2);
    await turns(s);
    const gateway = await s.ctx.gateway();
    for (const t of textsOf(s.ctx, id)) await gateway.cancel(t.sid as string);
    s.advance(THURSDAY + HOUR - s.ctx.clock.now());
    await s.run(() => false, 5 * HOUR);
    expect(ownerReads(s.ctx, id)).toEqual(['2: Called off at Twilio itself']);
    expect(ownerReadsStories(s.ctx, id)[0]).toMatch(/Called off at Twilio itself$/);
  });
});
