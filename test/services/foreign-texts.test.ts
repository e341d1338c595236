import { foreignSince } from '@db/queries/foreign-texts';
import { readMeta, writeMeta } from '@db/queries/settings';
import { HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { makeCode, showCode } from '@domain/offers/code';
import { missedWords } from '@renderer/screens/campaigns/missed-words';
import { wordsOf } from '@renderer/strings';
import { outbox as outboxWords } from '@renderer/strings/outbox';
import { schedule as scheduleWords } from '@renderer/strings/schedule';
import { sendScheduledNow } from '@services/campaigns/schedule';
import { runSchedules } from '@services/campaigns/schedule-run';
import { accountTraffic } from '@services/numbers/traffic';
import { pollDeliveries } from '@services/outbox/poll';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aPlanningShop, planned, stateOfCampaign, textsOf } from '../support/planned';
import { aNewYorker, aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const open = async (o: Parameters<typeof aSendingShop>[0] = {}) => {
  shop = await aSendingShop(o);
  return shop;
};
const campaignOf = (s: SendingShop) => s.ctx.db.prepare('SELECT state, pause_reason AS reason FROM campaign WHERE id = 1').get();
const counted = (s: SendingShop) => {
  const { total, ours, alike } = foreignSince(s.ctx.db, 0 as UtcMs);
  return { total, ours, alike };
};
/** Somebody else's program on the same account. */
const elsewhere = (s: SendingShop, to: string, body: string) => s.carrier.sim.foreign({ To: to, From: SENDER, Body: body });

const OFFER = "INSERT INTO offer (id, name, kind, valid_days, code_mode, created_at) VALUES (1, 'o', 'other', 14, 'personal', 0)";

describe('texts on the account that are not ours', () => {
  it('are counted by the shop’s day, never adopted, and nobody counts as texted', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 25 });
    await s.drain();
    elsewhere(s, aNewYorker(3), 'Your table is ready');
    elsewhere(s, '+13105550199', 'Your table is ready');
    await s.run(() => countStates(s.ctx)['delivered'] === 25);
    s.advance(MINUTE);
    await pollDeliveries(s.ctx, undefined, (s.ctx.clock.now() - HOUR) as UtcMs);
    expect(counted(s)).toEqual({ total: 2, ours: 1, alike: 0 });
    expect(accountTraffic(s.ctx).days[0]?.foreign).toEqual({ total: 2, ours: 1, alike: 0 });
    expect(countStates(s.ctx)).toEqual({ delivered: 25 });
    expect(campaignOf(s)).toMatchObject({ state: 'finished' });
    // seen again and again, counted once
    await pollDeliveries(s.ctx, undefined, (s.ctx.clock.now() - HOUR) as UtcMs);
    expect(counted(s).total).toBe(2);
  });

  it('with our very words to our people: every campaign pauses, with words that say what to do', async () => {
    const s = await open({ settings: { texting: { segmentsPerSecond: 1 } } });
    const { phones } = aSendingCampaign(s.ctx, { people: 60 });
    await s.run(() => countStates(s.ctx)['delivered'] === 20);
    const body = s.ctx.db.prepare('SELECT body FROM outbox WHERE address = ?').pluck().get(phones[50]) as string;
    s.advance(20 * SECOND);
    elsewhere(s, phones[50] as string, body);
    s.advance(20 * SECOND);
    await s.run(() => (campaignOf(s) as { state: string }).state !== 'sending');
    expect(campaignOf(s)).toEqual({ state: 'paused', reason: 'second-copy' });
    expect(counted(s).alike).toBe(1);
    expect(s.ctx.db.prepare('SELECT state FROM outbox WHERE address = ?').pluck().get(phones[50])).toBe('waiting');
    expect(accountTraffic(s.ctx).lastAlikeAt).not.toBeNull();
    const words = wordsOf(outboxWords, 'en').pause;
    expect(words['second-copy']).toMatch(/another computer/);
    // the owner goes on: the same texts do not pause it again
    s.ctx.db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE id = 1").run();
    await s.run(() => (campaignOf(s) as { state: string }).state !== 'sending');
    expect(campaignOf(s)).toMatchObject({ state: 'finished' });
  });

  it('planned campaigns wait as well: the other computer has the same plans', async () => {
    const s = await aPlanningShop(6);
    shop = s;
    const at = (s.ctx.clock.now() + 24 * HOUR) as UtcMs;
    const id = await planned(s.ctx, { at });
    aSendingCampaign(s.ctx, { id: 50, people: 1, from: 500 });
    await s.run(() => countStates(s.ctx)['delivered'] === 1);
    const body = s.ctx.db.prepare('SELECT body FROM outbox WHERE address = ?').pluck().get(aNewYorker(500)) as string;
    s.advance(MINUTE);
    elsewhere(s, aNewYorker(500), body);
    s.advance(MINUTE);
    await pollDeliveries(s.ctx, undefined, (s.ctx.clock.now() - HOUR) as UtcMs);
    expect(stateOfCampaign(s.ctx, id)).toEqual({ state: 'scheduled', reason: 'second-copy', at });
    expect(missedWords(scheduleWords.en, 'second-copy', 'USD', 'en-US').title).toMatch(/^It waits: another computer/);
    s.advance(24 * HOUR);
    await runSchedules(s.ctx);
    expect(textsOf(s.ctx, id)).toEqual([]);
    // the owner closed the other one and says: now
    await s.ctx.tasks.finished(await sendScheduledNow(s.ctx, id, owner));
    await s.run(() => stateOfCampaign(s.ctx, id).state === 'finished', 6 * HOUR);
    expect(textsOf(s.ctx, id)).toHaveLength(6);
  });

  it('with a code of ours in other words is another copy as well; the same code to a stranger is not', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 1 });
    const code = makeCode(s.ctx.randomBytes);
    s.ctx.db.raw.exec(OFFER);
    s.ctx.db.prepare("INSERT INTO offer_code (code, offer_id, state, issued_at, expires_at) VALUES (?, 1, 'issued', 0, 99)").run(code);
    await s.drain();
    elsewhere(s, '+13105550198', `Boots! Code ${showCode(code)}`);
    elsewhere(s, aNewYorker(0), `Boots! Code ${showCode(makeCode(s.ctx.randomBytes))}`);
    await s.run(() => countStates(s.ctx)['delivered'] === 1);
    await pollDeliveries(s.ctx, undefined, (s.ctx.clock.now() - HOUR) as UtcMs);
    expect(counted(s)).toEqual({ total: 2, ours: 1, alike: 0 });
    elsewhere(s, aNewYorker(0), `Only today: ${showCode(code).toLowerCase()}!`);
    s.advance(MINUTE);
    await pollDeliveries(s.ctx, undefined, (s.ctx.clock.now() - HOUR) as UtcMs);
    expect(counted(s)).toEqual({ total: 3, ours: 2, alike: 1 });
  });

  it('an uncertain text of ours is not foreign, and neither is what lay there before, or came back with an older copy', async () => {
    const s = await open({ carrier: { listLag: { ms: 3 * MINUTE } } });
    elsewhere(s, aNewYorker(1), 'before we were connected');
    s.advance(10 * MINUTE);
    s.carrier.faults.add({ method: 'POST', when: 'after', times: 1, effect: { kind: 'reset' } });
    aSendingCampaign(s.ctx, { people: 3 });
    await s.drain();
    await s.run(() => countStates(s.ctx)['delivered'] === 3, 3 * HOUR);
    expect(countStates(s.ctx)).toEqual({ delivered: 3 });
    await pollDeliveries(s.ctx, undefined, (s.ctx.clock.now() - 5 * HOUR) as UtcMs);
    expect(counted(s).total).toBe(0);
    // a restored copy does not know what it sent since: that is for the reconciliation, not an alarm
    s.ctx.db.prepare('DELETE FROM outbox_step').run();
    s.ctx.db.prepare('DELETE FROM outbox_attempt').run();
    s.ctx.db.prepare('DELETE FROM outbox').run();
    writeMeta(s.ctx.db, 'epoch', String(Number(readMeta(s.ctx.db, 'epoch') ?? '1') + 1));
    await pollDeliveries(s.ctx, undefined, (s.ctx.clock.now() - 5 * HOUR) as UtcMs);
    expect(counted(s).total).toBe(0);
  });

  it('a STOP to them is a stop here', async () => {
    const s = await open();
    aSendingCampaign(s.ctx, { people: 1 });
    elsewhere(s, aNewYorker(0), 'Your table is ready');
    s.carrier.sim.inbound({ from: aNewYorker(0), to: SENDER, body: 'STOP' });
    await s.run(() => countStates(s.ctx)['waiting'] === undefined);
    expect(countStates(s.ctx)['delivered']).toBeUndefined();
  });
});
