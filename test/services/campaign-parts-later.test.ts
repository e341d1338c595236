import { campaignById } from '@db/queries/campaigns';
import { closeStarted, startedFact } from '@db/queries/replay';
import { wordsWithCodes } from '@db/queries/restore';
import { instantOf } from '@domain/calendar';
import { type CampaignId, MINUTE, type Zone } from '@domain/kernel';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { breakdown } from '@services/reports/breakdown';
import { afterEach, describe, expect, it } from 'vitest';
import { aGroup, aThreePartCampaign, type Somebody, somePeople } from '../support/parts';
import { aDraft, textsOf } from '../support/planned';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const NY = 'America/New_York' as Zone;
const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
async function aShop(people: readonly Somebody[]) {
  const s = await aSendingShop({
    carrier: { people: 'none', switches: { distribution: [{ weight: 1, outcome: { status: 'delivered' } }] } },
  });
  open.push(s);
  return { ...s, people: somePeople(s.ctx, people) };
}
const start = async (s: SendingShop, id: CampaignId) => {
  const { quoteToken } = await review(s.ctx, id);
  await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: quoteToken ?? '' }, owner));
};

describe('the parts of a campaign', () => {
  it('come back with the journal: texts found at the carrier are told by their own words, codes by their own offer', async () => {
    const s = await aShop([{ tags: ['suits'] }, { tags: ['shirts'] }]);
    const id = aThreePartCampaign(s.ctx);
    await start(s, id);
    const row = s.ctx.journalled.find((e) => e.kind === 'campaign-started')?.row as unknown as ReturnType<typeof startedFact>;
    const before = campaignById(s.ctx.db, id);
    expect(row).toEqual(before && startedFact(before));
    // a copy from before the campaign was made, with the offers only
    const copy = createDb();
    for (const o of s.ctx.db.prepare('SELECT id, name FROM offer').all() as { id: number; name: string }[]) {
      copy
        .prepare(
          "INSERT INTO offer (id, name, kind, percent, valid_days, code_mode, created_at) VALUES (?, ?, 'percent', 10, 9, 'personal', 0)",
        )
        .run(o.id, o.name);
    }
    copy.tx((trx) => closeStarted(trx, JSON.parse(JSON.stringify(row)), s.ctx.clock.now()));
    const after = campaignById(copy, id);
    expect(after?.state).toBe('cancelled');
    const said = (c: typeof before) => [c?.parts.map((p) => [p.position, p.body, p.offerId]), c?.words];
    expect(said(after)).toEqual(said(before));
    const known = wordsWithCodes(copy);
    for (const w of before?.words ?? []) {
      const offerId = before?.parts.find((p) => p.position === w.part)?.offerId ?? null;
      if (offerId !== null) expect(known).toContainEqual({ campaignId: id, offerId, body: w.body });
    }
    expect(known).toHaveLength(4); // two parts with an offer, two other wordings of the second
    copy.close();
  });

  it('are judged by their own rule as they leave: who came in is spared “we miss you”, not the other group’s text', async () => {
    const s = await aShop([{ tags: ['suits'] }, {}, {}]);
    const [suits, came, away] = s.people.map((p) => p.id);
    s.ctx.db.prepare('UPDATE customer SET last_visit_at = ? WHERE id IN (?, ?)').run(instantOf(NY, 2026, 6, 1, 12), came, away);
    s.ctx.db
      .prepare(
        `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, last_sale_at)
         VALUES ('till.csv', '', 1, 'square-items', 'square', '{}', 'done', ?, ?, ?)`,
      )
      .run(instantOf(NY, 2026, 11, 17, 9), instantOf(NY, 2026, 11, 17, 9), instantOf(NY, 2026, 11, 16, 17));
    const id = aDraft(s.ctx, {
      segmentId: aGroup(s.ctx, { is: 'tag', tag: 'suits' }),
      more: [{ segmentId: aGroup(s.ctx, { is: 'last-visit', op: 'over', days: 90 }), body: '{shop}: we miss you!', offerId: null }],
    });
    await start(s, id);
    s.advance(MINUTE);
    for (const who of [suits, came]) s.ctx.db.prepare('INSERT INTO visit_note (customer_id, at) VALUES (?, ?)').run(who, s.ctx.clock.now());
    await s.drain();
    expect(textsOf(s.ctx, id).map((t) => t.reason)).toEqual([null, 'came-since', null]);
  });

  it('have results of their own, wording by wording', async () => {
    const s = await aShop([{ tags: ['suits'] }, { tags: ['shirts'] }, { tags: ['shirts'] }, { tags: ['shirts'], language: 'es' }]);
    const id = aThreePartCampaign(s.ctx);
    await start(s, id);
    await s.run(() => textsOf(s.ctx, id).every((t) => t.state === 'delivered'), 60 * MINUTE);
    const { rows } = await breakdown(s.ctx, id);
    const found = rows.map((r) => [r.part, r.words, r.people, r.reached, r.delivered, r.segments]);
    expect(found).toEqual([
      [1, 'en.a.any', 1, 1, 1, 1],
      [2, 'en.a.any', 1, 1, 1, 1],
      [2, 'en.b.any', 1, 1, 1, 2],
      [2, 'es.a.any', 1, 1, 1, 1],
    ]);
  });
});
