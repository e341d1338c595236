import type { CampaignId } from '@domain/kernel';
import { reasonWords } from '@renderer/screens/campaigns/words';
import { campaigns as campaignStrings } from '@renderer/strings/campaigns';
import { outbox as outboxStrings } from '@renderer/strings/outbox';
import { comesBack, goesToSleep } from '@services/desktop/power';
import { listGroups } from '@services/segments/segments';
import { describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { ownerReads } from '../support/owner-reads';
import { aStoryShop, type StoryShop } from '../support/story-shop';

/*
 * One day of a shop with 2,000 customers, minute by minute on a clock that jumps: a campaign, a lid that is closed for lunch, an
 * afternoon without internet, a key that is taken away, a storm of STOPs. In the end everybody is accounted for.
 */

const PEOPLE = 2000;
/** Tuesday 17 November 2026, New York. */
const clockAt = (hour: number, minute = 0, day = 17) => Date.UTC(2026, 10, day, hour + 5, minute);
const WORDS = 'boots are in';

/** Some phones fail, each in a way of its own; some never say what became of it. */
const SCRIPTS = [
  { to: '555...7$', outcome: { status: 'undelivered', errorCode: 30003 }, times: 30 },
  { to: '55501[2-4]3$', outcome: { status: 'undelivered', errorCode: 30005 } },
  { to: '5550[4-7].9$', outcome: { status: 'sent' } },
  { to: '55512.1$', outcome: { status: 'undelivered', errorCode: 30007 } },
  { to: '5550...$', body: 'never', outcome: { status: 'delivered' } },
] as const;

interface PersonRow {
  customerId: number;
  phone: string | null;
  arm: 'text' | 'control' | 'excluded';
  reason: string | null;
  state: string | null;
  errorCode: number | null;
}
interface Status {
  counts: Record<string, number>;
  total: number;
  state: string;
  pauseReason: string | null;
  blocked: { reason: string } | null;
  uncertain: { looking: number; needsDecision: number };
}

const textsOf = (s: StoryShop) =>
  s
    .carrier()
    .sim.messages()
    .filter((v) => v.m.direction !== 'inbound' && v.m.body.includes(WORDS));
const reads = (s: StoryShop, id: CampaignId) => ownerReads(s.ctx, id).join('\n');

async function everybody(s: StoryShop, id: CampaignId, view: string): Promise<PersonRow[]> {
  const rows: PersonRow[] = [];
  for (;;) {
    const page = { offset: rows.length, limit: 200 };
    const found = await s.call<{ rows: PersonRow[]; total: number }>('campaigns/people', { id, view, reason: null, page });
    rows.push(...found.rows);
    if (found.rows.length === 0 || rows.length >= found.total) return rows;
  }
}

describe('a day', () => {
  it('2,000 people, sleep, no internet, a refused key and a storm of STOPs: everybody is accounted for', async () => {
    const s = await aStoryShop({ start: clockAt(9, 20), people: PEOPLE, scripts: SCRIPTS, pace: 0.14 });
    try {
      const id = await prepared(s);
      const waiting = () =>
        s.ctx.db
          .prepare("SELECT address, customer_id AS id FROM outbox WHERE state = 'waiting' AND cause_kind = 'campaign' ORDER BY id DESC")
          .all() as {
          address: string;
          id: number;
        }[];
      const status = () => s.call<Status>('outbox/status', { campaignId: id });
      const writes = (from: string, body: string) => s.carrier().sim.inbound({ from, to: SENDER, body });

      // Nobody before ten.
      await s.clock.liveUntil(clockAt(9, 59));
      expect(textsOf(s)).toHaveLength(0);
      expect(reads(s, id)).toContain(outboxStrings.en.reason['quiet-hours']);
      await s.clock.liveUntil(clockAt(10, 30));
      expect(textsOf(s).length).toBeGreaterThan(50);
      // Only where it is ten: nobody west of the shop.
      expect(textsOf(s).every((v) => v.m.to.startsWith('+1646'))).toBe(true);

      // A bad minute: three texts never reach the carrier, four do but their answers are lost.
      s.carrier().faults.add({ method: 'POST', path: 'Messages.json', when: 'before', times: 3, effect: { kind: 'reset' } });
      s.carrier().faults.add({ method: 'POST', path: 'Messages.json', when: 'after', times: 4, effect: { kind: 'status', status: 500 } });
      await s.clock.liveUntil(clockAt(11));

      // Lunch with the lid closed; six people who have not been texted yet write STOP meanwhile.
      const beforeLunch = textsOf(s).length;
      const lunch = waiting().slice(0, 6);
      goesToSleep(s.ctx);
      await s.clock.closeLid();
      s.clock.passAsleep(clockAt(11, 40));
      for (const p of lunch) writes(p.address, 'STOP');
      s.clock.passAsleep(clockAt(12, 30));
      expect(textsOf(s).length).toBeLessThanOrEqual(beforeLunch + 8);
      s.clock.openLid();
      comesBack(s.ctx);
      await s.clock.liveUntil(clockAt(12, 50));
      for (const p of lunch)
        expect(
          textsOf(s).some((v) => v.m.to === p.address),
          'texted after a STOP of the lunch hour',
        ).toBe(false);
      expect(textsOf(s).length).toBeGreaterThan(beforeLunch + 20);

      // The shop lives on: a stop said at the counter, two who may mean stop, another number, somebody erased.
      const [said, perhaps, moved, erased] = waiting();
      if (!said || !perhaps || !moved || !erased) throw new Error('nobody waits');
      await s.call('consent/stop', { customerId: said.id, phone: null, reason: 'asked' });
      writes(perhaps.address, 'enough already');
      await s.call('customers/save', { id: moved.id, fields: { phone: '+19175550199' }, sharedNumber: false });
      await s.call('privacy/erase', { id: erased.id });
      await s.clock.liveUntil(clockAt(13, 30));

      // No internet for three quarters of an hour.
      await s.offline();
      await s.clock.liveUntil(clockAt(14));
      expect(reads(s, id)).not.toBe('');
      expect((await status()).blocked).not.toBeNull();
      await s.clock.liveUntil(clockAt(14, 15));
      await s.online();
      const afterOffline = textsOf(s).length;
      await s.clock.liveUntil(clockAt(14, 40));
      expect(textsOf(s).length).toBeGreaterThan(afterOffline + 30);
      expect((await status()).blocked).toBeNull();

      // What was lost in the morning: four were found, three were not, and the owner is asked about them.
      expect((await status()).uncertain).toEqual({ looking: 0, needsDecision: 3 });
      const open = await s.call<{ rows: { outboxId: number; kind: string }[] }>('outbox/uncertain', {
        campaignId: id,
        page: { offset: 0, limit: 50 },
      });
      const [again, leave] = open.rows.filter((r) => r.kind === 'not-confirmed').map((r) => r.outboxId);
      await s.call('outbox/resend', { outboxIds: [again] });
      await s.call('outbox/give-up', { outboxIds: [leave] });

      // Sixty people who got it have had enough, within minutes: sending stops by itself.
      const gotIt = textsOf(s).map((v) => v.m.to);
      for (let i = 0; i < 60; i++) {
        writes(gotIt[i * 7] as string, 'STOP');
        await s.clock.liveUntil(clockAt(14, 41) + i * 4000);
      }
      await s.clock.liveUntil(clockAt(14, 50));
      const storm = await status();
      expect(storm.state).toBe('paused');
      expect(storm.pauseReason).toMatch(/^brake:opt-outs/);
      expect(reads(s, id)).toContain(outboxStrings.en.paused);
      const atStorm = textsOf(s).length;
      await s.clock.liveUntil(clockAt(15, 10));
      expect(textsOf(s)).toHaveLength(atStorm);
      await s.call('campaigns/resume', { id });

      // The key is taken away.
      await s.clock.liveUntil(clockAt(16));
      s.carrier().sim.changeAccount({ keySecret: 'a-new-secret-of-the-owner' });
      await s.clock.liveUntil(clockAt(16, 3));
      const refused = textsOf(s).length;
      await s.clock.liveUntil(clockAt(16, 20));
      expect(textsOf(s)).toHaveLength(refused);
      const broken = await status();
      expect(broken.blocked !== null || broken.state === 'paused', JSON.stringify(broken)).toBe(true);
      expect(reads(s, id)).not.toBe('');
      const sender = { kind: 'number', number: SENDER };
      const { accountSid, keySid } = s.ctx.settings().texting;
      await s.call('settings/texting-connect', { accountSid, keySid, keySecret: 'a-new-secret-of-the-owner', sender });
      if ((await status()).state === 'paused') await s.call('campaigns/resume', { id });
      await s.clock.liveUntil(clockAt(16, 40));
      expect(textsOf(s).length).toBeGreaterThan(refused + 50);

      // The rest of the day; at night the computer is off. In the next days the last prices come, and what never told its end is asked.
      await s.clock.liveUntil(clockAt(23));
      for (const day of [18, 19, 20, 21]) {
        goesToSleep(s.ctx);
        await s.clock.closeLid();
        s.clock.passAsleep(clockAt(9, 30, day));
        s.clock.openLid();
        comesBack(s.ctx);
        await s.clock.liveUntil(clockAt(10, 15, day));
      }
      await everybodyIsAccountedFor(s, id);
    } finally {
      await s.close();
    }
  }, 600_000);
});

async function prepared(s: StoryShop): Promise<CampaignId> {
  const fields = {
    name: 'Boots',
    segmentId: listGroups(s.ctx).find((g) => g.readyMade === 'everyone')?.id,
    body: `Corner Shoes: hi {first name|there}, ${WORDS}.`,
    offerId: null,
    addStopLine: true,
    holdout: 'auto',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  };
  const { id } = await s.call<{ id: CampaignId }>('campaigns/save', { id: null, fields });
  const { quoteToken, group } = await s.call<{ quoteToken: string; group: number }>('campaigns/review', { id });
  expect(group).toBe(PEOPLE);
  await s.call('campaigns/start', { id, quoteToken });
  return id;
}

/** Each of the 2,000 stands in exactly one place, the places add up, and they say what the carrier's own books say. */
async function everybodyIsAccountedFor(s: StoryShop, id: CampaignId): Promise<void> {
  const all = await everybody(s, id, 'all');
  expect(all).toHaveLength(PEOPLE);
  expect(new Set(all.map((r) => r.customerId)).size).toBe(PEOPLE);
  const w = campaignStrings.en;
  const views = ['delivered', 'on-the-way', 'waiting', 'not-delivered', 'skipped', 'control', 'excluded'] as const;
  const buckets = await Promise.all(views.map((view) => everybody(s, id, view)));
  const placed = buckets.flat().map((r) => r.customerId);
  const sizes = Object.fromEntries(views.map((v, i) => [v, buckets[i]?.length]));
  expect(placed.length, JSON.stringify(sizes)).toBe(PEOPLE);
  expect(new Set(placed).size, JSON.stringify(sizes)).toBe(PEOPLE);
  expect(sizes).toMatchObject({ waiting: 0 });

  // Who got no text is told why, in words of its own.
  for (const r of all) {
    const gotNone = r.arm === 'excluded' || r.state === 'skipped' || r.state === 'cancelled';
    if (!gotNone) continue;
    expect(r.reason, JSON.stringify(r)).toBeTruthy();
    expect(reasonWords(r.reason ?? '', w), JSON.stringify(r)).not.toBe(outboxStrings.en.reason.other);
  }
  for (const p of s.people) {
    if (p.left === null) continue;
    expect(all.find((r) => r.customerId === p.id)?.arm).toBe('excluded');
  }

  const status = await s.call<Status>('outbox/status', { campaignId: id });
  const texts = all.filter((r) => r.arm === 'text');
  expect(status.state).toBe('finished');
  expect(status.total).toBe(texts.length);
  expect(Object.values(status.counts).reduce((a, b) => a + b, 0)).toBe(texts.length);
  const division = await s.call<{ text: number; control: number; excluded: { count: number }[] }>('campaigns/division', { id });
  expect(division.text + division.control + division.excluded.reduce((n, e) => n + e.count, 0)).toBe(PEOPLE);

  // The carrier's books say the same, person by person.
  const books = new Map<string, string[]>();
  for (const v of textsOf(s)) books.set(v.m.to, [...(books.get(v.m.to) ?? []), v.status]);
  for (const r of all) {
    const at = r.phone === null ? [] : (books.get(r.phone) ?? []);
    const what = `${JSON.stringify(r)}: ${at}`;
    expect(at.length, what).toBeLessThanOrEqual(1);
    const left = ['sent', 'delivered', 'undelivered', 'failed'].includes(r.state ?? '');
    expect(at, what).toEqual(left ? [r.state] : []);
  }
  expect([...books.values()].flat()).toHaveLength(
    all.filter((r) => ['sent', 'delivered', 'undelivered', 'failed'].includes(r.state ?? '')).length,
  );
  // One of the three lost in the morning was sent again, one was left, one is still asked about.
  expect(status.uncertain).toEqual({ looking: 0, needsDecision: 1 });
  expect(status.counts['uncertain']).toBe(2);
  // Prices came, also the late ones.
  const unpriced = s.ctx.db
    .prepare("SELECT count(*) FROM outbox WHERE sid IS NOT NULL AND price IS NULL AND state IN ('delivered', 'sent')")
    .pluck()
    .get();
  expect(unpriced).toBe(0);
  // In nobody's place at any hour but theirs.
  for (const v of textsOf(s)) {
    const hour = hourThere(v.m.to, v.m.createdAt);
    expect(hour, `${v.m.to} at ${new Date(v.m.createdAt).toISOString()}`).toBeGreaterThanOrEqual(10);
    expect(hour).toBeLessThan(19);
  }
}

const ZONES: Record<string, string> = {
  '646': 'America/New_York',
  '312': 'America/Chicago',
  '303': 'America/Denver',
  '310': 'America/Los_Angeles',
  '208': 'America/Boise',
  '808': 'Pacific/Honolulu',
};
const hourThere = (phone: string, at: number): number =>
  Number(new Intl.DateTimeFormat('en-US', { timeZone: ZONES[phone.slice(2, 5)] as string, hour: 'numeric', hourCycle: 'h23' }).format(at));
