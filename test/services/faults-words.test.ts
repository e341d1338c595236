import type { Fault } from '@adapters/practice-carrier/faults';
import { startCarrierServer } from '@adapters/practice-carrier/server';
import { type CampaignId, HOUR, MINUTE } from '@domain/kernel';
import { resumeCampaign } from '@services/campaigns/control';
import { syncReplies } from '@services/inbox/sync';
import { resendUncertain } from '@services/outbox/owner';
import { uncertainList } from '@services/outbox/status';
import { afterEach, describe, expect, it } from 'vitest';
import { ownerReads, ownerReadsStories } from '../support/owner-reads';
import { aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

/** What the owner reads while the line, the carrier or the account is in trouble; and that everything is in order afterwards. */

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
const post = (f: Omit<Fault, 'method' | 'path'>): Fault => ({ method: 'POST', path: 'Messages.json', ...f });
const lists = (f: Omit<Fault, 'method' | 'path'>): Fault => ({ method: 'GET', path: 'Messages', ...f });
const created = (s: SendingShop) => Object.values(s.carrier.sim.assertions()).map((t) => t.created);
const campaignState = (s: SendingShop) => s.ctx.db.prepare('SELECT state FROM campaign WHERE id = 1').pluck().get();
const finished = (s: SendingShop) => () => campaignState(s) === 'finished';

/** Sends to three people with this in the way, for `ms`. */
async function inTrouble(fault: Fault, o: { ms?: number; options?: Parameters<typeof aSendingShop>[0] } = {}) {
  const s = await open(o.options);
  aSendingCampaign(s.ctx, { people: 3 });
  s.carrier.faults.add(fault);
  await s.drain();
  await s.run(() => false, o.ms ?? 2 * MINUTE);
  return { s };
}
/** The trouble is over: the rest of the campaign, and what is looked for, for three hours. */
async function afterwards(s: SendingShop): Promise<string[]> {
  s.carrier.faults.clear();
  await s.run(() => false, 3 * HOUR);
  return ownerReads(s.ctx, ONE);
}
const SLOW_DOWN = 'The carrier asked us to slow down. It goes on by itself.';
const UNREACHABLE = 'The carrier cannot be reached. It goes on by itself once the internet is back.';
const UNREAD = 'Nothing leaves just now: the replies could not be read, and somebody may have written STOP. Trying again by itself.';
const LOOKING = (n: string) =>
  `${n}: looking for the text at the carrier. The line broke while it was being sent. We look in the carrier’s list for an hour before asking you.`;
const YOUR_CHOICE = (n: string) =>
  `${n}: we do not know if the text left. The line broke while these were being sent. They are not in the carrier’s list, so most likely they did not leave. But nobody can be sure.`;

describe('the carrier is busy', () => {
  it.each([
    ['without a time to wait', undefined],
    ['with a time to wait', '20'],
  ])('429 %s: told once, waited for, everybody gets it once', async (_, retryAfter) => {
    const { s } = await inTrouble(post({ effect: { kind: 'status', status: 429, ...(retryAfter ? { retryAfter } : {}) } }), { ms: MINUTE });
    expect(ownerReads(s.ctx, ONE)[0]).toBe(SLOW_DOWN);
    expect(await afterwards(s)).toEqual([]);
    expect(created(s)).toEqual([1, 1, 1]);
  });
});

describe('nobody heard an answer', () => {
  const before: [string, Fault][] = [
    ['a server error', post({ times: 3, effect: { kind: 'status', status: 500 } })],
    ['a web page instead of an answer', post({ times: 3, effect: { kind: 'html', status: 502 } })],
    ['a cut line', post({ times: 3, effect: { kind: 'reset' } })],
    ['silence', post({ times: 3, effect: { kind: 'hang' } })],
  ];
  const timeouts = { carrier: { timeouts: { postMs: 250, getMs: 2000 } } };

  it.each(before)('%s, before the carrier took it: looked for an hour, then the owner is asked', async (_, fault) => {
    const { s } = await inTrouble(fault, { options: timeouts });
    expect(ownerReads(s.ctx, ONE)).toEqual([LOOKING('3 people')]);
    expect(await afterwards(s)).toEqual([YOUR_CHOICE('3 people')]);
    expect(created(s)).toEqual([]);
    expect(ownerReadsStories(s.ctx, ONE)[0]).toBe(
      'Made ready → Sent to the carrier → Looked for during an hour and not found. You decide.',
    );
  });

  const after: [string, Fault][] = [
    ['a server error', post({ times: 3, when: 'after', effect: { kind: 'status', status: 503 } })],
    ['a cut line', post({ times: 3, when: 'after', effect: { kind: 'reset' } })],
    ['silence', post({ times: 3, when: 'after', effect: { kind: 'hang' } })],
    ['half an answer', post({ times: 3, when: 'after', effect: { kind: 'truncated' } })],
    ['half an answer and a cut line', post({ times: 3, when: 'after', effect: { kind: 'cut' } })],
    ['an empty answer', post({ times: 3, when: 'after', effect: { kind: 'empty' } })],
    ['a web page instead of an answer', post({ times: 3, when: 'after', effect: { kind: 'html', status: 502 } })],
  ];
  it.each(after)('%s, after the carrier took it: found in its list, never sent twice, nothing to decide', async (_, fault) => {
    const { s } = await inTrouble(fault, { options: timeouts, ms: 10 * MINUTE });
    expect(await afterwards(s)).toEqual([]);
    expect(created(s)).toEqual([1, 1, 1]);
    for (const story of ownerReadsStories(s.ctx, ONE)) {
      expect(story).toMatch(/^Made ready → Sent to the carrier → Found in the carrier’s list: .* → Arrived$/);
    }
  });

  it('the carrier’s list shows new texts late: still looked for, and found', async () => {
    const { s } = await inTrouble(post({ times: 3, when: 'after', effect: { kind: 'reset' } }), {
      options: { carrier: { listLag: { ms: 12 * MINUTE } } },
      ms: 5 * MINUTE,
    });
    expect(ownerReads(s.ctx, ONE)).toEqual([LOOKING('3 people')]);
    expect(await afterwards(s)).toEqual([]);
    expect(created(s)).toEqual([1, 1, 1]);
  });

  it('a slow answer is waited for: nothing to read', async () => {
    const { s } = await inTrouble(post({ when: 'after', effect: { kind: 'slow', ms: 60 } }));
    expect(await afterwards(s)).toEqual([]);
    expect(created(s)).toEqual([1, 1, 1]);
  });
});

describe('replies cannot be read', () => {
  it.each([
    ['a server error', lists({ effect: { kind: 'status', status: 503 } })],
    ['a web page', lists({ effect: { kind: 'html', status: 502 } })],
    ['half an answer', lists({ effect: { kind: 'truncated' } })],
    ['too many requests', lists({ effect: { kind: 'status', status: 429 } })],
  ])('%s: nothing leaves, and it says why', async (_, fault) => {
    const { s } = await inTrouble(fault);
    expect(ownerReads(s.ctx, ONE)).toEqual([UNREAD]);
    expect(created(s)).toEqual([]);
    expect(await afterwards(s)).toEqual([]);
    expect(created(s)).toEqual([1, 1, 1]);
  });
});

describe('the account', () => {
  const goOn = (s: SendingShop) => resumeCampaign(s.ctx, ONE, owner);

  it('401 in the middle of a campaign: everything stops at once, with the way to mend it; then the rest follows', async () => {
    const s = await open({ settings: { texting: { segmentsPerSecond: 1 } } });
    aSendingCampaign(s.ctx, { people: 60 });
    await s.run(() => created(s).length >= 30, HOUR);
    const secret = s.carrier.sim.account.keySecret;
    s.carrier.sim.account.keySecret = 'withdrawn';
    await s.run(() => campaignState(s) === 'paused', 5 * MINUTE);
    const had = created(s).length;
    expect(ownerReads(s.ctx, ONE)[0]).toBe(
      'Sending is paused: The carrier refuses texts: Twilio does not accept the key. Settings → Texting: enter the account SID and the key again. Then go on.',
    );
    await s.run(() => false, 20 * MINUTE);
    expect(created(s).length).toBe(had);

    s.carrier.sim.account.keySecret = secret;
    goOn(s);
    await s.run(finished(s), 2 * HOUR);
    // Those the carrier refused while the key was gone may be sent again by one click; nobody got two.
    const { rows } = uncertainList(s.ctx, { campaignId: ONE, page: { offset: 0, limit: 50 } });
    expect(rows.every((r) => r.kind === 'refused')).toBe(true);
    expect(created(s).length + rows.length).toBe(60);
    await resendUncertain(
      s.ctx,
      rows.map((r) => r.outboxId),
    );
    await s.run(() => created(s).length === 60, HOUR);
    expect(created(s)).toEqual(Array.from({ length: 60 }, () => 1));
  });

  it.each([
    [
      30032,
      'The toll-free number is not verified',
      'Finish the registration of your number at Twilio; Settings → Texting shows where it stands.',
    ],
    [
      30034,
      'The number is not registered with the carriers',
      'Finish the registration of your number at Twilio; Settings → Texting shows where it stands.',
    ],
    [30033, 'Your registration was suspended', 'Sign in at Twilio and look at the notice there.'],
    [30002, 'Account suspended while texts were waiting', 'Top up the account or contact Twilio.'],
  ])('%i after accepting: every campaign pauses: %s', async (code, title, whatToDo) => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 30 });
    s.carrier.sim.script({ outcome: { status: 'failed', errorCode: code } });
    await s.run(() => campaignState(s) === 'paused', 2 * HOUR);
    const said = ownerReads(s.ctx, ONE);
    expect(said[0]).toBe(`Sending is paused: The carrier refuses texts: ${title}. ${whatToDo} Then go on.`);
    // What was not sent yet stays; nobody else is tried meanwhile.
    const had = created(s).length;
    expect(had).toBeLessThan(30);
    await s.run(() => false, HOUR);
    expect(created(s).length).toBe(had);
  });

  it('a trial account may only text numbers it knows', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.faults.add(post({ effect: { kind: 'status', status: 400, code: 21608 } }));
    await s.run(() => campaignState(s) === 'paused', HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual([
      '3 people: refused because of your account. Nothing was sent to them. Once the account is in order, they can be sent again.',
      '3: The account may only text verified numbers. Upgrade the trial account and finish your business profile at Twilio.',
    ]);
  });
});

describe('the carrier is gone, or the phones are', () => {
  it('not reachable at all: told once, waited for, and everybody gets it once it is back', async () => {
    const s = await open();
    const { port } = new URL(s.carrier.url);
    await syncReplies(s.ctx); // so that only the POST meets the dead line
    await s.carrier.close();
    // Lines kept open break first, and of a text on one of those nobody could say whether it arrived.
    await Promise.allSettled(Array.from({ length: 12 }, () => s.carrier.gateway.list({ pageSize: 1 })));
    aSendingCampaign(s.ctx, { people: 3 });
    await s.drain();
    expect(ownerReads(s.ctx, ONE)[0]).toBe(UNREACHABLE);
    await s.run(() => false, 20 * MINUTE);
    expect(campaignState(s)).toBe('sending');

    const { sim } = s.carrier;
    const back = await startCarrierServer({ port: Number(port), account: sim.account, clock: s.ctx.clock, seed: 2 });
    try {
      await s.run(finished(s), 2 * HOUR);
      await s.run(() => false, HOUR);
      expect(ownerReads(s.ctx, ONE)).toEqual([]);
      expect(Object.values(back.sim.assertions()).map((t) => t.created)).toEqual([1, 1, 1]);
    } finally {
      await back.close();
    }
  });

  it('filtered by carriers: the campaign stops itself and says what to change', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 60 });
    s.carrier.sim.script({ outcome: { status: 'undelivered', errorCode: 30007 } });
    await s.run(() => campaignState(s) === 'paused', 2 * HOUR);
    const said = ownerReads(s.ctx, ONE);
    expect(said[0]).toMatch(
      /^Sending is paused: Carriers filtered \d+ of \d+ as unwanted\. Change the words or the link before you go on\.$/,
    );
    expect(said.at(-1)).toMatch(/^\d+: Filtered as unwanted by a carrier\. Change the words and links/);
  });

  it('numbers that take no texts are told by kind, and a stop at the carrier is a stop here', async () => {
    const s = await open();
    const { phones } = aSendingCampaign(s.ctx, { people: 4 });
    s.carrier.sim.script({ to: `\\${phones[0]}`, outcome: { status: 'undelivered', errorCode: 30006 } });
    s.carrier.sim.script({ to: `\\${phones[1]}`, outcome: { status: 'undelivered', errorCode: 30003 } });
    s.carrier.sim.script({ to: `\\${phones[2]}`, outcome: { status: 'failed', errorCode: 21610 } });
    await s.run(finished(s), 3 * HOUR);
    await s.run(() => false, 2 * HOUR);
    expect(ownerReads(s.ctx, ONE).sort()).toEqual([
      '1: Landline, or a carrier without texts. Ask for another number next time they are in the shop.',
      '1: Phone off or out of reach. Worth another try with the next text; given up after three.',
      '1: They asked you to stop. They can text START to your number to come back.',
    ]);
  });

  it('a number nobody knows yet is shown with where to read about it', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 1 });
    s.carrier.sim.script({ outcome: { status: 'undelivered', errorCode: 39999 } });
    await s.run(finished(s), 3 * HOUR);
    await s.run(() => false, HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual(['1: Not delivered. Twilio’s page about this number says more: twilio.com/docs/errors']);
  });
});
