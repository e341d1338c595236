import { practiceAccount } from '@adapters/practice-carrier/account';
import { campaignById } from '@db/queries/campaigns';
import { instantOf, localTime, shopDay } from '@domain/calendar';
import { type CampaignId, type CustomerId, DAY, HOUR, MINUTE, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { appendPeople, inFirstPart, openRolling } from '@services/campaigns/append';
import { gatherThese } from '@services/campaigns/audience';
import { review } from '@services/campaigns/review';
import { scheduleCampaign } from '@services/campaigns/schedule';
import { startCampaign } from '@services/campaigns/start';
import { senderTurn } from '@services/outbox/sender';
import { sendingStatus } from '@services/outbox/status';
import { afterEach, describe, expect, it } from 'vitest';
import { SERVICE } from '../support/carrier';
import { aGroup, aThreePartCampaign, type Somebody, somePeople } from '../support/parts';
import { aDraft, textsOf } from '../support/planned';
import { refusalOf } from '../support/refusal';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { NOON, owner } from '../support/test-ctx';

const NY = 'America/New_York' as Zone;
const OURS = practiceAccount().services[0]?.numbers[0] as PhoneE164;
const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
async function aShop(people: readonly Somebody[]): Promise<SendingShop & { people: ReturnType<typeof somePeople> }> {
  const s = await aSendingShop({
    carrier: { people: 'none', switches: { distribution: [{ weight: 1, outcome: { status: 'delivered' } }] } },
    settings: { texting: { sender: { kind: 'service', sid: SERVICE }, numbers: [OURS] } },
  });
  open.push(s);
  return { ...s, people: somePeople(s.ctx, people) };
}
const many = (n: number, o: Somebody = {}): Somebody[] => Array.from({ length: n }, () => o);

async function sent(s: SendingShop, fields: Parameters<typeof aDraft>[1]): Promise<CampaignId> {
  const id = aDraft(s.ctx, fields);
  const { quoteToken } = await review(s.ctx, id);
  await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: quoteToken ?? '' }, owner));
  return id;
}

/** Texts that left, by the shop's day. */
function leftByDay(s: SendingShop, id: CampaignId): number[] {
  const days = new Map<string, number>();
  for (const t of textsOf(s.ctx, id))
    if (t.leftAt !== null) days.set(shopDay(t.leftAt as UtcMs, NY), (days.get(shopDay(t.leftAt as UtcMs, NY)) ?? 0) + 1);
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, n]) => n);
}
/** From eleven on that day, for as long as anything leaves and a while longer. */
async function aDay(s: SendingShop, id: CampaignId, day: number): Promise<void> {
  const eleven = instantOf(NY, 2026, 11, day, 11);
  if (eleven > s.ctx.clock.now()) s.advance(eleven - s.ctx.clock.now());
  const all = () => textsOf(s.ctx, id).filter((t) => t.leftAt !== null).length;
  for (let n = -1; n < all(); ) {
    n = all();
    await s.run(() => all() > n + 8, 20 * MINUTE);
  }
}
const allLeft = (s: SendingShop, id: CampaignId) => () => textsOf(s.ctx, id).every((t) => t.leftAt !== null);

describe('spread over days', () => {
  it('an even share leaves each day, by the plan the owner saw', async () => {
    const s = await aShop(many(25));
    const id = aDraft(s.ctx, { spreadDays: 3 });
    const r = await review(s.ctx, id);
    expect(r.leaves).toMatchObject({
      dailyShare: 9,
      days: [
        { day: '2026-11-17', people: 9 },
        { day: '2026-11-18', people: 8 },
        { day: '2026-11-19', people: 8 },
      ],
    });
    expect(r.leaving).toMatchObject({ now: 9, later: 16 });
    expect(shopDay(r.finish?.finishesAt as UtcMs, NY)).toBe('2026-11-19');
    await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
    expect(shopDay(sendingStatus(s.ctx, id).finish?.finishesAt as UtcMs, NY)).toBe('2026-11-19');
    for (const day of [17, 18, 19]) await aDay(s, id, day);
    expect(leftByDay(s, id)).toEqual([9, 8, 8]);
  });

  it('a day on which this computer was off is made up for later, never by more than a share in one day', async () => {
    const s = await aShop(many(24));
    const id = await sent(s, { spreadDays: 3 });
    // on the 19th the shares of two days are due
    for (const day of [17, 19, 20]) await aDay(s, id, day);
    expect(leftByDay(s, id)).toEqual([8, 8, 8]);
  });

  it('with an offer that ends before the last of them it is not sent at all', async () => {
    const s = await aShop(many(4));
    s.ctx.db
      .prepare(
        "INSERT INTO offer (id, name, kind, percent, valid_days, code_mode, created_at) VALUES (9, 'x', 'percent', 10, 2, 'personal', 0)",
      )
      .run();
    const id = aDraft(s.ctx, { spreadDays: 4, offerId: 9 as never, body: '{shop}: {code}' });
    const r = await review(s.ctx, id);
    expect(r.checks).toContainEqual({ code: 'offer-ends-first', level: 'stop' });
    expect(r.quoteToken).toBeNull();
    expect((await review(s.ctx, aDraft(s.ctx, { spreadDays: 2, offerId: 9 as never, body: '{shop}: {code}' }))).quoteToken).not.toBeNull();
  });
});

describe('at an hour where each reader is', () => {
  const TEN = instantOf(NY, 2026, 11, 18, 10);
  const hourOf = (s: SendingShop, id: CampaignId, phone: PhoneE164 | undefined, zone: string) =>
    textsOf(s.ctx, id).flatMap((t) => (t.address === phone && t.leftAt !== null ? [localTime(t.leftAt as UtcMs, zone as Zone).hour] : []));

  it('sent now: each at the next time it is that hour for them', async () => {
    const s = await aShop([...many(2), ...many(2, { area: '213' })]);
    // 11:00 in New York, 8:00 in Los Angeles
    const id = await sent(s, { localHour: 10 });
    await s.run(() => textsOf(s.ctx, id).filter((t) => t.leftAt !== null).length === 2, 3 * HOUR);
    s.advance(instantOf(NY, 2026, 11, 18, 9, 55) - s.ctx.clock.now());
    await s.run(allLeft(s, id), HOUR);
    expect(hourOf(s, id, s.people[0]?.phone, NY)).toEqual([10]);
    expect(hourOf(s, id, s.people[2]?.phone, 'America/Los_Angeles')).toEqual([10]);
    const days = textsOf(s.ctx, id).map((t) => shopDay(t.leftAt as UtcMs, NY));
    expect(days).toEqual(['2026-11-18', '2026-11-18', '2026-11-17', '2026-11-17']);
  });

  it('planned: it begins with the first of them, and nobody reads it at another hour', async () => {
    const s = await aShop([...many(1, { area: '213' }), ...many(2, { area: '808' })]);
    // the shop is in New York, nobody of the group is
    const id = aDraft(s.ctx, { localHour: 12 });
    const r = await review(s.ctx, id, { at: TEN });
    expect(r.begins).toBe(TEN);
    expect(r.leaves.zones.map((z) => [z.zones[0], z.people, localTime(z.from, z.zones[0] as Zone).hour])).toEqual([
      ['Pacific/Honolulu', 2, 12],
      ['America/Los_Angeles', 1, 12],
    ]);
    const plan = { id, quoteToken: r.quoteToken ?? '', at: TEN, latePolicy: 'ask' as const, ceilingPeople: 9, viaCarrier: false };
    await scheduleCampaign(s.ctx, plan, owner);
    expect(campaignById(s.ctx.db, id)?.scheduledAt).toBe(TEN);
  });

  it('a shop in the west begins when it is that hour in the east', async () => {
    const s = await aShop([...many(1, { area: '213' }), ...many(1)]);
    const id = aDraft(s.ctx, { localHour: 10 });
    const at = instantOf('America/Los_Angeles' as Zone, 2026, 11, 18, 10); // as the owner there means it
    const r = await review(s.ctx, id, { at });
    expect(r.begins).toBe(TEN);
    await scheduleCampaign(
      s.ctx,
      { id, quoteToken: r.quoteToken ?? '', at, latePolicy: 'ask', ceilingPeople: 9, viaCarrier: false },
      owner,
    );
    expect(campaignById(s.ctx.db, id)?.scheduledAt).toBe(TEN);
  });
});

describe('held by the carrier while this computer is off', () => {
  it('every part is handed over with its own words, each text for its day and hour', async () => {
    const s = await aShop([{ tags: ['suits'] }, { tags: ['shirts'], language: 'es' }, ...many(4), { area: '213' }]);
    const at = instantOf(NY, 2026, 11, 19, 12);
    const id = aThreePartCampaign(s.ctx, { spreadDays: 2, localHour: 12 });
    const r = await review(s.ctx, id, { at, viaCarrier: true });
    expect(r.checks.filter((c) => c.level === 'stop')).toEqual([]);
    const task = await scheduleCampaign(
      s.ctx,
      { id, quoteToken: r.quoteToken ?? '', at, latePolicy: 'ask', ceilingPeople: r.people, viaCarrier: true },
      owner,
    );
    if (task !== null) await s.ctx.tasks.finished(task);
    for (let i = 0; i < 6; i++) await senderTurn(s.ctx);
    expect(textsOf(s.ctx, id).map((t) => t.state)).toEqual(Array.from({ length: 7 }, () => 'scheduled'));
    s.advance(4 * DAY);
    const there = s.carrier.sim.messages().filter((v) => v.m.direction !== 'inbound');
    expect(there).toHaveLength(7);
    const spanish = there.find((v) => v.m.to === s.people[1]?.phone);
    expect(spanish?.m.body).toContain('trajes');
    const days = new Map<string, number>();
    for (const t of textsOf(s.ctx, id)) {
      const zone = t.address.startsWith('+1213') ? ('America/Los_Angeles' as Zone) : NY;
      expect(localTime(t.sendAt as UtcMs, zone).hour).toBe(12);
      const day = shopDay(t.sendAt as UtcMs, NY);
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect([...days].sort()).toEqual([
      ['2026-11-19', 4],
      ['2026-11-20', 3],
    ]);
  });
});

describe('people who join a campaign that runs', () => {
  const rolling = (s: SendingShop) => {
    const id = aDraft(s.ctx, { segmentId: aGroup(s.ctx, { all: [] }) });
    s.ctx.db.prepare('UPDATE campaign SET parent_id = ? WHERE id = ?').run(aDraft(s.ctx), id);
    const draft = campaignById(s.ctx.db, id);
    if (draft)
      s.ctx.db.tx((trx) =>
        openRolling(s.ctx, trx, draft, {
          rules: new Map([[1, { all: [] }]]),
          at: NOON,
          windowDays: 14,
          windowEndsAt: (NOON + 14 * DAY) as UtcMs,
        }),
      );
    return id;
  };
  const join = async (s: SendingShop, id: CampaignId, ids: readonly CustomerId[]) => {
    const campaign = campaignById(s.ctx.db, id);
    if (!campaign) throw new Error('gone');
    const a = await gatherThese(s.ctx, inFirstPart(ids), campaign);
    return appendPeople(s.ctx, campaign, { text: a.reachable, control: [], excluded: a.excluded, at: a.at });
  };

  it('get their text once, however often they are added, and the campaign stays open for the next', async () => {
    const s = await aShop([...many(3), { permitted: false }]);
    const id = rolling(s);
    await senderTurn(s.ctx);
    expect(campaignById(s.ctx.db, id)?.state).toBe('sending');
    const ids = s.people.map((p) => p.id);
    expect(await join(s, id, ids.slice(0, 2))).toBe(2);
    expect(await join(s, id, ids.slice(0, 2))).toBe(0);
    await s.run(allLeft(s, id), HOUR);
    expect(await join(s, id, ids)).toBe(1);
    await s.run(allLeft(s, id), HOUR);
    expect(s.carrier.sim.messages().filter((v) => v.m.direction !== 'inbound')).toHaveLength(3);
    expect(campaignById(s.ctx.db, id)?.state).toBe('sending');
    const rows = s.ctx.db.prepare('SELECT arm, reason FROM campaign_person WHERE campaign_id = ? ORDER BY customer_id').all(id);
    expect(rows).toEqual([...many(3).map(() => ({ arm: 'text', reason: null })), { arm: 'excluded', reason: 'not-permitted' }]);
  });

  it('are refused by a campaign that does not run', async () => {
    const s = await aShop(many(1));
    expect(await refusalOf(join(s, aDraft(s.ctx), [s.people[0]?.id as CustomerId]))).toMatchObject({ code: 'campaign.bad-state' });
  });
});
