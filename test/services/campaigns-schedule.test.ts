import { saveSettings } from '@db/queries/settings';
import { instantOf } from '@domain/calendar';
import { type CampaignId, DAY, HOUR, MINUTE, type Micros, type UtcMs, type Zone } from '@domain/kernel';
import { cancelCampaign } from '@services/campaigns/control';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { missed, outlook, reschedule, scheduleCampaign, sendScheduledNow, unschedule } from '@services/campaigns/schedule';
import { runSchedules } from '@services/campaigns/schedule-run';
import { describe, expect, it } from 'vitest';
import { aDraft, addPeople, planned, stateOfCampaign, textsOf } from '../support/planned';
import { refusalOf } from '../support/refusal';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const NY = 'America/New_York' as Zone;
/** Thu 19 Nov 2026, 10:00 in New York; NOON is the Tuesday before. */
const THURSDAY = instantOf(NY, 2026, 11, 19, 10);

function aShop(people: number): TestCtx {
  const ctx = aCtx({
    settings: { texting: { mode: 'practice', sender: { kind: 'number', number: '+12125559999' as never }, senderApproved: true } },
  });
  addPeople(ctx, 0, people);
  return ctx;
}

const to = (ctx: TestCtx, at: number) => ctx.clock.advance(at - ctx.clock.now());
const waiting = (ctx: TestCtx, id: CampaignId) => textsOf(ctx, id).filter((t) => t.state === 'waiting').length;

describe('planning a campaign', () => {
  it('keeps the time, the rule for a late start and the approved ceiling', async () => {
    const ctx = aShop(10);
    const id = await planned(ctx, { at: THURSDAY, latePolicy: 'skip' });
    const row = ctx.db
      .prepare('SELECT state, scheduled_at, late_policy, ceiling_people, ceiling_price, via_carrier FROM campaign WHERE id = ?')
      .get(id);
    expect(row).toEqual({
      state: 'scheduled',
      scheduled_at: THURSDAY,
      late_policy: 'skip',
      ceiling_people: 15,
      ceiling_price: 170_000,
      via_carrier: 0,
    });
    expect(textsOf(ctx, id)).toEqual([]);
  });

  it('refuses a time that is over, and one at which nobody may be texted, with the first that is good', async () => {
    const ctx = aShop(3);
    const id = aDraft(ctx);
    const at = async (time: UtcMs) => {
      const r = await review(ctx, id, { at: time });
      return refusalOf(
        scheduleCampaign(
          ctx,
          { id, quoteToken: r.quoteToken ?? '', at: time, latePolicy: 'ask', ceilingPeople: 9, viaCarrier: false },
          owner,
        ),
      );
    };
    expect(await at((NOON - 1) as UtcMs)).toMatchObject({ code: 'campaign.bad-time', params: { why: 'past' } });
    expect(await at(instantOf(NY, 2026, 11, 19, 22))).toMatchObject({
      code: 'campaign.bad-time',
      params: { why: 'closed', opensAt: instantOf(NY, 2026, 11, 20, 10) },
    });
    expect(stateOfCampaign(ctx, id).state).toBe('draft');
  });

  it('holds the words of that hour, not of this one', async () => {
    const ctx = aShop(2);
    ctx.db
      .prepare(
        "INSERT INTO offer (id, name, kind, percent, valid_days, code_mode, shared_code, created_at) VALUES (1, '20 %', 'percent', 20, 7, 'shared', 'BOOTS', 0)",
      )
      .run();
    const id = await planned(ctx, { at: THURSDAY }, { offerId: 1 as never, body: '{shop}: {code} until {ends}' });
    to(ctx, THURSDAY);
    await runSchedules(ctx);
    expect(stateOfCampaign(ctx, id).state).toBe('sending');
    const bodies = ctx.db.prepare('SELECT body FROM outbox').pluck().all() as string[];
    expect(bodies[0]).toContain('Nov 26');
  });
});

describe('at its hour', () => {
  it('starts once, with the people of that hour', async () => {
    const ctx = aShop(10);
    const id = await planned(ctx, { at: THURSDAY });
    addPeople(ctx, 100, 3);
    ctx.db.prepare('DELETE FROM customer WHERE id = 1').run();
    await runSchedules(ctx);
    expect(stateOfCampaign(ctx, id).state).toBe('scheduled');
    to(ctx, THURSDAY + 30_000);
    await Promise.all([runSchedules(ctx), runSchedules(ctx)]);
    await runSchedules(ctx);
    expect(stateOfCampaign(ctx, id)).toMatchObject({ state: 'sending', reason: null });
    expect(waiting(ctx, id)).toBe(12);
  });

  it('draws the comparison group then, and not before', async () => {
    const ctx = aShop(300);
    const id = await planned(ctx, { at: THURSDAY }, { holdout: 'half' });
    expect(ctx.db.prepare('SELECT count(*) FROM campaign_person').pluck().get()).toBe(0);
    to(ctx, THURSDAY);
    await runSchedules(ctx);
    const arms = ctx.db.prepare('SELECT arm, count(*) AS n FROM campaign_person GROUP BY arm ORDER BY arm').all();
    expect(arms).toEqual([
      { arm: 'control', n: 150 },
      { arm: 'text', n: 150 },
    ]);
    expect(ctx.db.prepare('SELECT DISTINCT drawn_at FROM campaign_person').pluck().all()).toEqual([THURSDAY]);
    expect(waiting(ctx, id)).toBe(150);
  });

  it.each<[string, (ctx: TestCtx, id: CampaignId) => void, RegExp]>([
    ['more people than approved', (ctx) => void addPeople(ctx, 100, 6), /^people:16\/15$/],
    [
      'a higher price',
      (ctx) => saveSettings(ctx.db, 'texting', { ...ctx.settings().texting, pricePerSegment: 90_000 as Micros }, ctx.clock.now()),
      /^price:900000\/170000$/,
    ],
    ['changed words', (ctx) => saveSettings(ctx.db, 'shop', { ...ctx.settings().shop, name: 'Other Shoes' }, ctx.clock.now()), /^words$/],
    [
      'a month’s limit that is reached',
      (ctx) => saveSettings(ctx.db, 'texting', { ...ctx.settings().texting, monthlyLimit: 1 as never }, ctx.clock.now()),
      /^check:/,
    ],
  ])('asks the owner about %s, and lets nothing leave', async (_what, change, reason) => {
    const ctx = aShop(10);
    const id = await planned(ctx, { at: THURSDAY });
    change(ctx, id);
    to(ctx, THURSDAY + MINUTE);
    await runSchedules(ctx);
    await runSchedules(ctx);
    expect(stateOfCampaign(ctx, id).state).toBe('scheduled');
    expect(stateOfCampaign(ctx, id).reason).toMatch(reason);
    expect(textsOf(ctx, id)).toEqual([]);
    expect(missed(ctx)).toMatchObject([{ id, skipped: false }]);
  });

  it('lets the owner go on after looking: as a draft, reviewed anew', async () => {
    const ctx = aShop(10);
    const id = await planned(ctx, { at: THURSDAY });
    addPeople(ctx, 100, 6);
    to(ctx, THURSDAY);
    await runSchedules(ctx);
    expect(await refusalOf(sendScheduledNow(ctx, id, owner))).toMatchObject({ code: 'campaign.quote-outdated', params: { why: 'people' } });
    expect(unschedule(ctx, id, owner)).toBe(id);
    const r = await review(ctx, id);
    expect(r.people).toBe(16);
    expect(stateOfCampaign(ctx, id)).toEqual({ state: 'draft', reason: null, at: null });
  });
});

describe('when this computer was off at that hour', () => {
  const wakeUp = async (late: number, latePolicy: 'send-late' | 'ask' | 'skip') => {
    const ctx = aShop(4);
    const id = await planned(ctx, { at: THURSDAY, latePolicy });
    to(ctx, THURSDAY + late);
    await runSchedules(ctx);
    return { ctx, id };
  };

  it('sends it later that day, if that was chosen', async () => {
    const { ctx, id } = await wakeUp(3 * HOUR, 'send-late');
    expect(stateOfCampaign(ctx, id).state).toBe('sending');
    expect(waiting(ctx, id)).toBe(4);
  });

  it('asks after the window of that day closed, and on any other day', async () => {
    for (const late of [10 * HOUR, DAY]) {
      const { ctx, id } = await wakeUp(late, 'send-late');
      expect(stateOfCampaign(ctx, id)).toMatchObject({ state: 'scheduled', reason: 'missed' });
    }
  });

  it('asks, by itself: sending it is one word of the owner', async () => {
    const { ctx, id } = await wakeUp(HOUR, 'ask');
    expect(missed(ctx)).toMatchObject([{ id, reason: 'missed', skipped: false, at: THURSDAY }]);
    await ctx.tasks.finished(await sendScheduledNow(ctx, id, owner));
    expect(waiting(ctx, id)).toBe(4);
    expect(missed(ctx)).toEqual([]);
  });

  it('leaves it out and says so for a week', async () => {
    const { ctx, id } = await wakeUp(HOUR, 'skip');
    expect(stateOfCampaign(ctx, id)).toMatchObject({ state: 'cancelled', reason: 'missed' });
    expect(missed(ctx)).toMatchObject([{ id, skipped: true }]);
    ctx.clock.advance(8 * DAY);
    expect(missed(ctx)).toEqual([]);
    expect(textsOf(ctx, id)).toEqual([]);
  });
});

describe('changing one’s mind', () => {
  it('moves it to another hour without another review', async () => {
    const ctx = aShop(3);
    const id = await planned(ctx, { at: THURSDAY });
    const friday = instantOf(NY, 2026, 11, 20, 11);
    await reschedule(ctx, { id, at: friday, latePolicy: 'send-late' }, owner);
    to(ctx, THURSDAY);
    await runSchedules(ctx);
    expect(stateOfCampaign(ctx, id)).toEqual({ state: 'scheduled', reason: null, at: friday });
    expect(await refusalOf(reschedule(ctx, { id, at: instantOf(NY, 2026, 11, 20, 3), latePolicy: 'ask' }, owner))).toMatchObject({
      code: 'campaign.bad-time',
    });
    to(ctx, friday);
    await runSchedules(ctx);
    expect(waiting(ctx, id)).toBe(3);
  });

  it('shows who would get it today, and whether that is within what was approved', async () => {
    const ctx = aShop(10);
    const id = await planned(ctx, { at: THURSDAY });
    expect(await outlook(ctx, id)).toMatchObject({ people: 10, within: true, ceiling: { people: 15 }, leaving: { now: 10, later: 0 } });
    addPeople(ctx, 100, 6);
    expect(await outlook(ctx, id)).toMatchObject({ people: 16, within: false });
  });

  it('takes it back to be changed, or calls it off; its hour then means nothing', async () => {
    const ctx = aShop(3);
    const one = await planned(ctx, { at: THURSDAY });
    const two = await planned(ctx, { at: THURSDAY });
    unschedule(ctx, one, owner);
    cancelCampaign(ctx, two, owner);
    to(ctx, THURSDAY);
    await runSchedules(ctx);
    expect([stateOfCampaign(ctx, one).state, stateOfCampaign(ctx, two).state]).toEqual(['draft', 'cancelled']);
    expect(ctx.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
  });

  it('stays held after a restore, whatever hour it gets', async () => {
    const ctx = aShop(3);
    const id = await planned(ctx, { at: THURSDAY });
    ctx.db.prepare("UPDATE campaign SET pause_reason = 'restored' WHERE id = ?").run(id);
    const friday = instantOf(NY, 2026, 11, 20, 11);
    await reschedule(ctx, { id, at: friday, latePolicy: 'send-late' }, owner);
    expect(await refusalOf(sendScheduledNow(ctx, id, owner))).toMatchObject({ code: 'campaign.bad-state' });
    to(ctx, friday);
    await runSchedules(ctx);
    expect(stateOfCampaign(ctx, id)).toMatchObject({ state: 'scheduled', reason: 'restored' });
  });

  it('cannot be edited while it is planned, and not sent in the moment it is taken back', async () => {
    const ctx = aShop(3);
    const id = await planned(ctx, { at: THURSDAY });
    expect(() => aDraft(ctx, { body: 'other' }, id)).toThrow('campaign.bad-state');
    to(ctx, THURSDAY);
    const running = runSchedules(ctx);
    unschedule(ctx, id, owner);
    await running;
    expect(stateOfCampaign(ctx, id).state).toBe('draft');
    expect(ctx.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
  });

  it('is refused when the words changed since the review', async () => {
    const ctx = aShop(3);
    const id = aDraft(ctx);
    const r = await review(ctx, id, { at: THURSDAY });
    const input = { id, quoteToken: r.quoteToken ?? '', at: THURSDAY, latePolicy: 'ask' as const, ceilingPeople: 9, viaCarrier: false };
    saveSettings(ctx.db, 'shop', { ...ctx.settings().shop, name: 'Other Shoes' }, ctx.clock.now());
    expect(await refusalOf(scheduleCampaign(ctx, input, owner))).toMatchObject({
      code: 'campaign.quote-outdated',
      params: { why: 'words' },
    });
    saveDraft(ctx, id, {
      name: 'x',
      segmentId: null,
      body: 'y',
      offerId: null,
      addStopLine: true,
      holdout: 'off',
      goal: { kind: 'none', target: null },
      windowDays: 14,
    });
    expect(await refusalOf(scheduleCampaign(ctx, input, owner))).toMatchObject({
      code: 'campaign.quote-outdated',
      params: { why: 'token' },
    });
  });
});

describe('a power cut in the middle of a planned start', () => {
  it('is taken up again at its own hour, and nobody is written down twice', async () => {
    for (let cut = 1; cut <= 6; cut++) {
      const ctx = aShop(40);
      const id = await planned(ctx, { at: THURSDAY });
      to(ctx, THURSDAY + 1000);
      // the process ends between two transactions: the ones before stay, nothing after happens
      let left = cut;
      const tx = ctx.db.tx.bind(ctx.db);
      const dead = Object.assign(Object.create(ctx.db), {
        tx: (fn: never) => {
          if (left-- <= 0) throw new Error('cut');
          return tx(fn);
        },
      });
      await runSchedules(Object.assign(Object.create(ctx), { db: dead }) as TestCtx).catch(() => undefined);
      // a new process on the same file
      const next = Object.assign(Object.create(ctx), { db: Object.create(ctx.db) }) as TestCtx;
      await runSchedules(next);
      await runSchedules(next);
      expect(stateOfCampaign(ctx, id).state, `cut after ${cut}`).toBe('sending');
      expect(
        textsOf(ctx, id).map((t) => t.state),
        `cut after ${cut}`,
      ).toEqual(Array(40).fill('waiting'));
    }
  });

  it('waits for the owner when it is found the next day', async () => {
    const ctx = aShop(5);
    const id = await planned(ctx, { at: THURSDAY });
    ctx.db.prepare("UPDATE campaign SET state = 'staging' WHERE id = ?").run(id);
    to(ctx, THURSDAY + DAY);
    await runSchedules(ctx);
    expect(stateOfCampaign(ctx, id)).toMatchObject({ state: 'scheduled', reason: 'missed' });
  });
});
