import type { Fault } from '@adapters/practice-carrier/faults';
import { type CampaignId, HOUR, MINUTE } from '@domain/kernel';
import { carrierError, isAccountLevel, knownCodes } from '@domain/outbox/twilio-errors';
import { inbox as inboxWords } from '@renderer/strings/inbox';
import { syncReplies } from '@services/inbox/sync';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { ownerReads } from '../support/owner-reads';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';

/** What the owner reads after the rarer troubles of a line, of a key, and of every number the carrier may answer with. */

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
const SHORT = { carrier: { timeouts: { postMs: 250, getMs: 250 } } };
const created = (s: SendingShop) => Object.values(s.carrier.sim.assertions()).map((t) => t.created);
const post = (f: Omit<Fault, 'method' | 'path'>): Fault => ({ method: 'POST', path: 'Messages.json', ...f });
const finished = (s: SendingShop) => () => s.ctx.db.prepare("SELECT state = 'finished' FROM campaign").pluck().get() === 1;
const YOUR_CHOICE =
  '3 people: we do not know if the text left. The line broke while these were being sent. They are not in the carrier’s list, so most likely they did not leave. But nobody can be sure.';

describe('an answer that tells nothing, and nothing was made', () => {
  it.each<[string, Fault['effect']]>([
    ['half an answer', { kind: 'truncated' }],
    ['half an answer and a cut line', { kind: 'cut' }],
    ['an empty answer', { kind: 'empty' }],
    ['“not available”', { kind: 'status', status: 503 }],
    ['a proxy’s page', { kind: 'html', status: 504 }],
  ])('%s: looked for during an hour, then it is the owner’s decision', async (_, effect) => {
    const s = await open(SHORT);
    aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.faults.add(post({ times: 3, effect }));
    await s.run(() => false, 3 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual([YOUR_CHOICE]);
    expect(created(s)).toEqual([]);
    expect(countStates(s.ctx)).toEqual({ uncertain: 3 });
  });

  it('a carrier that begins late is waited for: nothing to read, each text once', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.faults.add(post({ effect: { kind: 'slow', ms: 60 } }));
    await s.run(finished(s), 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(created(s)).toEqual([1, 1, 1]);
    expect(s.carrier.faults.hits['slow']).toBe(3);
  });
});

describe('replies that cannot be read, in other ways', () => {
  it.each<[string, Fault['effect']]>([
    ['a cut line', { kind: 'reset' }],
    ['silence', { kind: 'hang' }],
    ['an empty answer', { kind: 'empty' }],
    ['half of a list and a cut line', { kind: 'cut' }],
  ])('%s: nothing leaves, and it says why', async (_, effect) => {
    const s = await open(SHORT);
    aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.faults.add({ method: 'GET', path: 'Messages', effect });
    await s.drain();
    expect(ownerReads(s.ctx, ONE)).toEqual([
      'Nothing leaves just now: the replies could not be read, and somebody may have written STOP. Trying again by itself.',
    ]);
    expect(created(s)).toEqual([]);
    s.carrier.faults.clear();
    await s.run(finished(s), 2 * HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(created(s)).toEqual([1, 1, 1]);
  });
});

describe('too many at once', () => {
  it('the account takes two requests at a time: it was told so, and nobody had to read of it', async () => {
    const s = await open({ carrier: { switches: { maxConcurrent: 2, latencyMs: 15 } } });
    aSendingCampaign(s.ctx, { people: 40 });
    await s.run(finished(s), 2 * HOUR);
    const refused = s.ctx.db.prepare('SELECT count(*) FROM outbox_attempt WHERE http_status = 429').pluck().get() as number;
    expect(refused).toBeGreaterThan(0);
    expect(ownerReads(s.ctx, ONE)).toEqual([]);
    expect(created(s)).toEqual(Array.from({ length: 40 }, () => 1));
  });
});

describe('a stop and a START', () => {
  it('both are told in the conversation, in words; texts leave again only after the second', async () => {
    const s = await open();
    const { phones } = aSendingCampaign(s.ctx, { people: 1 });
    const said = () =>
      (
        s.ctx.db.prepare('SELECT meaning FROM inbound ORDER BY received_at, sid').pluck().all() as (keyof typeof inboxWords.en.meaning)[]
      ).map((m) => inboxWords.en.meaning[m]);
    s.carrier.sim.inbound({ from: phones[0] as string, to: SENDER, body: 'STOP' });
    await s.run(finished(s), HOUR);
    expect(ownerReads(s.ctx, ONE)).toEqual(['1: Asked to stop']);
    s.advance(MINUTE);
    s.carrier.sim.inbound({ from: phones[0] as string, to: SENDER, body: 'START' });
    await syncReplies(s.ctx);
    expect(said()).toEqual(['Asked to stop', 'Wants texts again']);
    expect(created(s)).toEqual([]);
  });
});

describe('every number the carrier may answer with', () => {
  it('is told as what happened and what to do, on the page of the campaign', async () => {
    const s = await open();
    const codes = [...knownCodes, 39_999];
    const { outbox } = aSendingCampaign(s.ctx, { people: codes.length });
    const end = s.ctx.db.prepare("UPDATE outbox SET state = 'undelivered', error_code = ?, left_at = 1, final_at = 1 WHERE id = ?");
    const missing: number[] = [];
    // the page shows the most frequent ones: a few at a time
    for (let i = 0; i < codes.length; i += 10) {
      s.ctx.db.prepare("UPDATE outbox SET state = 'delivered', error_code = NULL").run();
      const some = codes.slice(i, i + 10);
      some.forEach((code, j) => void end.run(code, outbox[i + j]));
      const said = ownerReads(s.ctx, ONE).map((l) => l.replace(/^\d+: /, ''));
      for (const code of some) {
        const { title, whatToDo } = carrierError(code);
        if (!said.includes(`${title}. ${whatToDo}`)) missing.push(code);
      }
    }
    expect(missing).toEqual([]);
  });

  it('one that is about the account, refused at once, is never told as the person’s fault', async () => {
    for (const code of knownCodes.filter(isAccountLevel)) {
      expect(carrierError(code).class, String(code)).toBe('account');
      expect(`${carrierError(code).title} ${carrierError(code).whatToDo}`).not.toMatch(
        /\bthey\b|another number next time|Correct the number/i,
      );
    }
  });
});
