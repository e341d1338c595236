import { type CampaignId, type CustomerId, DAY, MINUTE, type PhoneE164 } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { peopleOf } from '@services/campaigns/people';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { whyCampaign, whyChoices } from '@services/campaigns/why';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import { afterEach, describe, expect, it } from 'vitest';
import { aGroup, somePeople } from '../support/parts';
import { aDraft } from '../support/planned';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner, type TestCtx } from '../support/test-ctx';

const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
async function aShop() {
  const s = await aSendingShop({
    carrier: { people: 'none', switches: { distribution: [{ weight: 1, outcome: { status: 'delivered' } }], priceDelayMs: MINUTE } },
  });
  open.push(s);
  return s;
}
const start = async (ctx: TestCtx, id: CampaignId) => {
  const r = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
};
const why = (ctx: TestCtx, campaignId: CampaignId, customerId: CustomerId | undefined) =>
  whyCampaign(ctx, { campaignId, customerId: customerId as CustomerId });

describe('why did, or didn’t, Anna get this?', () => {
  it('says of a draft what a review would decide about each, and which condition keeps somebody out', async () => {
    const s = await aShop();
    const people = somePeople(s.ctx, [
      { tags: ['shirts'], name: 'Anna' },
      { name: 'Ben' },
      { tags: ['shirts'], name: 'Cara', permitted: false },
    ]);
    const id = aDraft(s.ctx, {
      segmentId: aGroup(s.ctx, {
        all: [
          { is: 'tag', tag: 'shirts' },
          { is: 'language', language: 'en' },
        ],
      }),
    });
    const [anna, ben, cara] = people;
    expect(await why(s.ctx, id, anna?.id)).toMatchObject({
      outcome: 'would-get',
      reason: null,
      started: false,
      groups: [{ belongs: true }],
    });
    const b = await why(s.ctx, id, ben?.id);
    expect(b).toMatchObject({ outcome: 'not-in-group', read: null });
    expect(b.groups[0]?.because).toEqual([{ words: 'are tagged “shirts”', holds: false, wanted: true, own: 'no tags' }]);
    expect(await why(s.ctx, id, cara?.id)).toMatchObject({ outcome: 'excluded', reason: 'not-permitted', permission: { state: 'never' } });
    // the same answer as the list gives, person by person
    const listed = await peopleOf(s.ctx, { id, view: 'all', reason: null, offset: 0, limit: 50 });
    for (const row of listed.rows) {
      const w = await why(s.ctx, id, row.customerId);
      expect({ ...w, arm: row.arm }).toMatchObject({ outcome: row.arm === 'text' ? 'would-get' : 'excluded', reason: row.reason });
    }
  });

  it('tells the text’s own story once it was sent, and why others have none', async () => {
    const s = await aShop();
    const rule: Rule = { is: 'tag', tag: 'shirts' };
    const people = somePeople(s.ctx, [{ tags: ['shirts'], name: 'Anna' }, { name: 'Ben' }, { tags: ['shirts'], name: 'Cara' }]);
    const [anna, ben, cara] = people;
    withConsent(s.ctx, (trx) =>
      recordStop(s.ctx, trx, {
        phone: cara?.phone as PhoneE164,
        method: 'counter',
        reason: '',
        carrierStop: false,
        occurredAt: s.ctx.clock.now(),
        staffId: null,
      }),
    );
    const segmentId = aGroup(s.ctx, rule);
    const id = aDraft(s.ctx, { segmentId });
    await start(s.ctx, id);
    expect(await why(s.ctx, id, anna?.id)).toMatchObject({ outcome: 'waits', text: { state: 'waiting' }, read: { part: 1 } });
    await s.run(() => s.ctx.db.prepare("SELECT count(*) FROM outbox WHERE state <> 'delivered'").pluck().get() === 0, 3_600_000);
    const a = await why(s.ctx, id, anna?.id);
    expect(a).toMatchObject({ outcome: 'got', month: { used: 1 }, now: { kind: 'later' } });
    expect(a.text?.body).toContain('Anna');
    expect(a.spacing?.freeAt).toBe((a.text?.leftAt ?? 0) + 5 * DAY);
    expect(await why(s.ctx, id, cara?.id)).toMatchObject({ outcome: 'excluded', reason: 'stopped', permission: { state: 'out' } });
    expect(await why(s.ctx, id, ben?.id)).toMatchObject({ outcome: 'not-in-group', groups: [{ belongs: false }] });
    const [later] = somePeople(s.ctx, [{ tags: ['shirts'], name: 'Dora' }]);
    s.ctx.db.prepare('UPDATE customer SET created_at = ? WHERE id = ?').run(s.ctx.clock.now() + 1, later?.id);
    expect(await why(s.ctx, id, later?.id)).toMatchObject({ outcome: 'joined-later', groups: [{ belongs: true }] });
    expect(whyChoices(s.ctx, { customerId: anna?.id as CustomerId, find: 'boots' })).toMatchObject([{ id, outcome: 'got' }]);
    expect(whyChoices(s.ctx, { customerId: anna?.id as CustomerId, find: 'nothing like it' })).toEqual([]);
  });

  it('names who of a family the one text went to', async () => {
    const s = await aShop();
    const [anna, ben] = somePeople(s.ctx, [{ name: 'Anna' }, { name: 'Ben' }]);
    s.ctx.db.prepare('UPDATE customer SET phone = ?, last_visit_at = 5 WHERE id = ?').run(anna?.phone, ben?.id);
    const id = aDraft(s.ctx);
    expect(await why(s.ctx, id, anna?.id)).toMatchObject({ outcome: 'excluded', reason: 'same-number', sameNumber: [{ name: 'Ben' }] });
    await start(s.ctx, id);
    expect(await why(s.ctx, id, anna?.id)).toMatchObject({
      outcome: 'excluded',
      reason: 'same-number',
      sameNumber: [{ id: ben?.id, gotIt: true }],
    });
    expect(await why(s.ctx, id, ben?.id)).toMatchObject({ outcome: 'waits', sameNumber: [{ id: anna?.id, gotIt: false }] });
  });
});
