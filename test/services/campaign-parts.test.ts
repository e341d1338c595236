import { outboxById } from '@db/queries/outbox';
import { saveSettings } from '@db/queries/settings';
import { countSegments } from '@domain/campaigns/sms-text';
import { type CampaignId, type CustomerId, MINUTE, type Micros, type OutboxId, type PhoneE164, type SegmentId } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { copyCampaign, fieldsOf, getCampaign, saveDraft } from '@services/campaigns/drafts';
import { divisionOf, peopleOf } from '@services/campaigns/people';
import { preview } from '@services/campaigns/preview';
import { reach } from '@services/campaigns/reach';
import { type Review, review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aGroup, aThreePartCampaign, type Somebody, somePeople } from '../support/parts';
import { aDraft } from '../support/planned';
import { refusalOf } from '../support/refusal';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner, type TestCtx } from '../support/test-ctx';

const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
async function aShop(people: readonly Somebody[]): Promise<SendingShop & { people: ReturnType<typeof somePeople> }> {
  const s = await aSendingShop({
    carrier: { people: 'none', switches: { distribution: [{ weight: 1, outcome: { status: 'delivered' } }], priceDelayMs: MINUTE } },
  });
  open.push(s);
  return { ...s, people: somePeople(s.ctx, people) };
}

const MIXED: readonly Somebody[] = [
  { tags: ['suits'], name: 'Ana' },
  { tags: ['suits', 'shirts'], name: 'Maximiliana' },
  { tags: ['shirts'], name: 'Ben' },
  { tags: ['shirts'], name: 'Carlos', language: 'es' },
  { tags: ['shirts'], name: 'Dora' },
  { tags: ['shirts'], name: 'Eve' },
  { tags: ['shirts'], name: 'Finn' },
  { name: 'Gus', links: 'no' },
  { name: 'Hana', links: 'yes' },
  { name: 'Ivo', permitted: false },
  { tags: ['shirts'], name: 'Jo', permitted: false },
];

const start = async (ctx: TestCtx, id: CampaignId, quoteToken: string | null) =>
  ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner));

interface Placed {
  customerId: CustomerId;
  arm: string;
  part: number;
  words: string;
  phone: string;
}
const placed = (ctx: TestCtx, id: CampaignId) =>
  ctx.db
    .prepare('SELECT customer_id AS customerId, arm, part, words, phone FROM campaign_person WHERE campaign_id = ? ORDER BY customer_id')
    .all(id) as Placed[];

/** What the carrier was given to send, by number. */
const atCarrier = (s: SendingShop) =>
  new Map(s.carrier.sim.messages().flatMap((v) => (v.m.direction === 'inbound' ? [] : [[v.m.to, v] as const])));

const finished = (s: SendingShop, id: CampaignId) => () =>
  (s.ctx.db
    .prepare("SELECT count(*) FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? AND (price IS NULL OR final_at IS NULL)")
    .pluck()
    .get(String(id)) as number) === 0;

describe('a campaign of several parts', () => {
  it('the review’s people, exclusions and price are what the carrier then receives, to the person and the cent', async () => {
    const s = await aShop(MIXED);
    const id = aThreePartCampaign(s.ctx);
    const r = await review(s.ctx, id);
    expect(r.checks.filter((c) => c.level === 'stop')).toEqual([]);
    expect(r).toMatchObject({ group: 11, people: 9, heldOut: 0 });
    // a part is called what the owner calls it, else by its group
    expect(r.parts.map((p) => p.name)).toEqual(['{"is":"tag","tag":"suits"}', 'Shirts', '{"all":[]}']);
    expect(r.parts.map((p) => [p.group, p.people, p.excluded])).toEqual([
      [2, 2, []],
      [6, 5, [{ reason: 'not-permitted', count: 1 }]],
      [3, 2, [{ reason: 'not-permitted', count: 1 }]],
    ]);
    // two against two in English; Carlos reads Spanish and takes no part in the test
    expect(r.parts[1]?.wordings.map((w) => [w.words, w.people])).toEqual([
      ['en.a.any', 2],
      ['en.b.any', 2],
      ['es.a.any', 1],
    ]);
    expect(r.parts[2]?.wordings.map((w) => [w.words, w.people])).toEqual([
      ['en.a.any', 1],
      ['en.a.no', 1],
    ]);
    const listed = await peopleOf(s.ctx, { id, view: 'text', reason: null, offset: 0, limit: 50 });
    const left = await peopleOf(s.ctx, { id, view: 'excluded', reason: null, offset: 0, limit: 50 });

    await start(s.ctx, id, r.quoteToken);
    await s.run(finished(s, id));
    const there = atCarrier(s);
    expect([...there.keys()].sort()).toEqual(listed.rows.map((p) => p.phone).sort());
    for (const row of left.rows) expect(there.has(row.phone ?? '')).toBe(false);
    // to the cent, part by part and wording by wording
    const people = placed(s.ctx, id);
    const paid = (of: readonly Placed[]) => of.reduce((n, p) => n + Math.round(-Number(there.get(p.phone)?.price ?? Number.NaN) * 1e6), 0);
    const texted = people.filter((p) => p.arm === 'text');
    expect(paid(texted)).toBe(r.price);
    for (const part of r.parts) {
      expect(paid(texted.filter((p) => p.part === part.position))).toBe(part.price);
      for (const w of part.wordings) expect(paid(texted.filter((p) => p.part === part.position && p.words === w.words))).toBe(w.price);
    }
    expect(r.parts.reduce((n, p) => n + p.price, 0)).toBe(r.price);
    expect(r.parts[1]?.wordings.find((w) => w.words === 'en.b.any')?.longest.segments).toBe(2);
    // and every reader was told what was listed for them, in their own words
    for (const row of listed.rows) {
      const p = people.find((x) => x.customerId === row.customerId);
      expect(p).toMatchObject({ part: row.part, words: row.words });
      expect(countSegments(there.get(row.phone ?? '')?.m.body ?? '').segments).toBe(row.segments);
    }
    const body = (name: string) => there.get(s.people[MIXED.findIndex((m) => m.name === name)]?.phone ?? '')?.m.body ?? '';
    expect(body('Maximiliana')).toContain('a free tie'); // in both groups: the first part wins
    expect(body('Carlos')).toMatch(/trajes.*[A-Z0-9]{3}-[A-Z0-9]{4}[\s\S]*Responde STOP/);
    expect(body('Gus')).not.toContain('shop.example');
    expect(body('Hana')).toContain('shop.example');
    // each part's own offer
    const codes = s.ctx.db.prepare('SELECT c.customer_id AS id, o.percent FROM offer_code c JOIN offer o ON o.id = c.offer_id').all() as {
      id: number;
      percent: number;
    }[];
    for (const c of codes) expect(c.percent).toBe(people.find((p) => p.customerId === c.id)?.part === 1 ? 15 : 20);
    expect(codes).toHaveLength(7);
  });

  it('a copy has all its parts and wordings, and a changed wording outdates the quote', async () => {
    const s = await aShop(MIXED);
    const id = aThreePartCampaign(s.ctx, { spreadDays: 3, localHour: 11 });
    const { quoteToken } = await review(s.ctx, id);
    const of = (which: CampaignId) => ({ ...fieldsOf(getCampaign(s.ctx, which).campaign), name: '' });
    const copy = copyCampaign(s.ctx, id, 'Again');
    expect(of(copy)).toEqual(of(id));
    // opening and closing the draft changes nothing; a word in one wording of one part does
    const fields = fieldsOf(getCampaign(s.ctx, id).campaign);
    saveDraft(s.ctx, id, fields);
    expect(getCampaign(s.ctx, id).campaign.quote?.token).toBe(quoteToken);
    saveDraft(s.ctx, id, { ...fields, words: fields.words?.map((w) => (w.arm === 'b' ? { ...w, body: `${w.body}!` } : w)) });
    expect(getCampaign(s.ctx, id).campaign.quote).toBeNull();
  });

  it('what is written is previewed for the readers of that wording, longest first', async () => {
    const s = await aShop(MIXED);
    const { campaign } = getCampaign(s.ctx, aThreePartCampaign(s.ctx));
    const [first, second] = campaign.parts;
    const look = (key: 'en.a.any' | 'en.b.any' | 'es.a.any') =>
      preview(s.ctx, {
        campaignId: campaign.id,
        segmentId: second?.segmentId ?? null,
        before: [first?.segmentId as SegmentId],
        body: second?.body ?? '',
        words: campaign.words.filter((w) => w.part === 2),
        look: key,
        offerId: second?.offerId ?? null,
        addStopLine: true,
        offset: 0,
        limit: 10,
      });
    const spanish = await look('es.a.any');
    expect(spanish.rows.map((r) => r.name)).toEqual(['Carlos']);
    expect(spanish.people).toBe(5);
    expect(spanish.wordings).toEqual([
      { words: 'en.a.any', people: 2, most: 1 },
      { words: 'en.b.any', people: 2, most: 2 },
      { words: 'es.a.any', people: 1, most: 1 },
    ]);
    expect((await look('en.b.any')).rows.every((r) => r.text.includes('press it for free'))).toBe(true);
    // counted with the groups behind it, a part holds whom it held before
    const segments = campaign.parts.flatMap((p) => p.segmentId ?? []);
    expect(await reach(s.ctx, { campaignId: campaign.id, segments })).toEqual([2, 5, 2]);
    expect(await look('es.a.any')).toEqual(spanish);
  });
});

describe('between the review and the start', () => {
  const quoted = async () => {
    const s = await aShop(MIXED);
    const id = aThreePartCampaign(s.ctx);
    return { s, id, r: await review(s.ctx, id) };
  };
  const tag = (s: SendingShop, id: number, tags: string[]) =>
    s.ctx.db.prepare('UPDATE customer SET tags = ? WHERE id = ?').run(JSON.stringify(tags), id);
  const refused = async (s: SendingShop, id: CampaignId, r: Review, why: string) => {
    expect(await refusalOf(start(s.ctx, id, r.quoteToken))).toMatchObject({ code: 'campaign.quote-outdated', params: { why } });
    expect(s.ctx.db.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
    const anew = await review(s.ctx, id);
    expect(anew.quoteToken).not.toBe(r.quoteToken);
    await start(s.ctx, id, anew.quoteToken);
    expect(placed(s.ctx, id).filter((p) => p.arm === 'text')).toHaveLength(anew.people);
  };

  it('whoever drops out is listed as skipped, and nobody else’s words change', async () => {
    const { s, id, r } = await quoted();
    const before = await peopleOf(s.ctx, { id, view: 'text', reason: null, offset: 0, limit: 50 });
    const [, , ben, carlos] = s.people;
    withConsent(s.ctx, (trx) =>
      recordStop(s.ctx, trx, {
        phone: ben?.phone as PhoneE164,
        method: 'counter',
        reason: 'asked',
        carrierStop: false,
        occurredAt: s.ctx.clock.now(),
      }),
    );
    s.ctx.db
      .prepare('DELETE FROM consent_state WHERE address_hmac = (SELECT address_hmac FROM address_book WHERE address = ?)')
      .run(carlos?.phone);
    await start(s.ctx, id, r.quoteToken);
    const skipped = await peopleOf(s.ctx, { id, view: 'skipped', reason: null, offset: 0, limit: 50 });
    expect(skipped.rows.map((p) => [p.firstName, p.reason, p.part]).sort()).toEqual([
      ['Ben', 'stopped', 2],
      ['Carlos', 'not-permitted', 2],
    ]);
    expect(divisionOf(s.ctx, id)).toMatchObject({ text: 7, dropOuts: 2 });
    const now = new Map(placed(s.ctx, id).map((p) => [p.customerId, p]));
    for (const was of before.rows) {
      if (was.customerId === ben?.id || was.customerId === carlos?.id) continue;
      expect(now.get(was.customerId)).toMatchObject({ arm: 'text', part: was.part, words: was.words });
    }
  });

  it('somebody who is in no group any more is skipped, too', async () => {
    const s = await aShop([{ tags: ['suits'] }, { tags: ['suits'] }]);
    const id = aDraft(s.ctx, { segmentId: aGroup(s.ctx, { is: 'tag', tag: 'suits' }) });
    const r = await review(s.ctx, id);
    tag(s, s.people[1]?.id ?? 0, []);
    await start(s.ctx, id, r.quoteToken);
    const skipped = await peopleOf(s.ctx, { id, view: 'skipped', reason: null, offset: 0, limit: 50 });
    expect(skipped.rows.map((p) => [p.customerId, p.reason])).toEqual([[s.people[1]?.id, 'left-since-quote']]);
  });

  it('somebody new refuses', async () => {
    const { s, id, r } = await quoted();
    somePeople(s.ctx, [{ tags: ['shirts'] }], 500);
    await refused(s, id, r, 'people');
  });

  it('somebody who changes parts refuses', async () => {
    const { s, id, r } = await quoted();
    tag(s, s.people[4]?.id ?? 0, ['suits']);
    await refused(s, id, r, 'people');
  });

  it('somebody who would read another language refuses', async () => {
    const { s, id, r } = await quoted();
    s.ctx.db.prepare("UPDATE customer SET language = 'es' WHERE id = ?").run(s.people[4]?.id);
    await refused(s, id, r, 'people');
  });

  it('changed words of an offer refuse', async () => {
    const { s, id, r } = await quoted();
    s.ctx.db.prepare('UPDATE offer SET percent = 25 WHERE percent = 20').run();
    await refused(s, id, r, 'words');
  });

  it('a higher price refuses, a lower one does not', async () => {
    const cost = (s: SendingShop, micros: number) => {
      const { texting } = s.ctx.settings();
      const changed = { ...texting, pricePerSegment: (texting.pricePerSegment + micros) as Micros };
      s.ctx.db.tx((trx) => saveSettings(trx, 'texting', changed, s.ctx.clock.now()));
    };
    const { s, id, r } = await quoted();
    cost(s, 100);
    await refused(s, id, r, 'price');
    const other = await quoted();
    cost(other.s, -100);
    await start(other.s.ctx, other.id, other.r.quoteToken);
    expect(placed(other.s.ctx, other.id).filter((p) => p.arm === 'text')).toHaveLength(other.r.people);
  });
});

describe('whoever is in the shop', () => {
  it('is in exactly one part, reads exactly one wording, and the figures add up', async () => {
    const somebody = fc.record({
      tags: fc.subarray(['suits', 'shirts', 'ties']),
      language: fc.constantFrom<'en' | 'es'>('en', 'es'),
      links: fc.constantFrom<'yes' | 'no' | 'unknown'>('yes', 'no', 'unknown'),
      permitted: fc.boolean(),
    });
    const rule = (t: string): Rule => (t === 'all' ? { all: [] } : { is: 'tag', tag: t });
    await fc.assert(
      fc.asyncProperty(
        fc.array(somebody, { minLength: 1, maxLength: 25 }),
        fc.uniqueArray(fc.constantFrom('suits', 'shirts', 'ties', 'all'), { minLength: 1, maxLength: 4 }),
        fc.subarray(['es.a', 'en.b', 'es.b']),
        async (people, order, others) => {
          const s = await aShop(people);
          const [first, ...further] = order.map((t) => aGroup(s.ctx, rule(t)));
          const id = aDraft(s.ctx, {
            segmentId: first ?? null,
            more: further.map((segmentId, i) => ({ segmentId, body: `{shop}: part ${i + 2}`, offerId: null })),
            words: others.map((o) => ({
              part: 1,
              language: o.startsWith('es') ? ('es' as const) : ('en' as const),
              arm: o.endsWith('b') ? ('b' as const) : ('a' as const),
              links: 'any' as const,
              body: `{shop}: ${o}`,
            })),
          });
          const r = await review(s.ctx, id);
          const expected = (p: Somebody) => order.findIndex((t) => t === 'all' || p.tags?.includes(t)) + 1;
          const inside = people.filter((p) => expected(p) > 0);
          expect(r.group).toBe(inside.length);
          for (const part of r.parts) {
            expect(part.group).toBe(people.filter((p) => expected(p) === part.position).length);
            expect(part.people).toBe(people.filter((p) => expected(p) === part.position && p.permitted !== false).length);
            expect(part.group).toBe(part.people + part.heldOut + part.excluded.reduce((n, e) => n + e.count, 0));
            expect(part.wordings.reduce((n, w) => n + w.people, 0)).toBe(part.people);
          }
          expect(r.parts.reduce((n, p) => n + p.segments, 0)).toBe(r.segments);
          if (r.quoteToken === null) {
            expect(r.people).toBe(0);
            return;
          }
          await start(s.ctx, id, r.quoteToken);
          const rows = placed(s.ctx, id);
          expect(rows.map((p) => p.customerId)).toEqual(s.people.filter((_, i) => expected(people[i] as Somebody) > 0).map((p) => p.id));
          for (const row of rows) {
            const who = people[s.people.findIndex((p) => p.id === row.customerId)] as Somebody;
            expect(row.part).toBe(expected(who));
            const text = s.ctx.db.prepare('SELECT id FROM outbox WHERE customer_id = ?').pluck().all(row.customerId) as OutboxId[];
            expect(text).toHaveLength(row.arm === 'text' ? 1 : 0);
            if (row.arm !== 'text') continue;
            const body = outboxById(s.ctx.db, text[0] as OutboxId)?.body ?? '';
            const say = row.part > 1 ? `part ${row.part}` : row.words === 'en.a.any' ? 'boots are in' : row.words.slice(0, 4);
            expect(body).toContain(say);
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
