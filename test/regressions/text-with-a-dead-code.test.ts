import type { OfferId } from '@domain/kernel';
import { peopleOf } from '@services/campaigns/people';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { callOffCodes } from '@services/offers/end';
import { afterEach, describe, expect, it } from 'vitest';
import { anOffer, somePeople } from '../support/parts';
import { aDraft, textsOf } from '../support/planned';
import { refusalOf } from '../support/refusal';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

/*
 * The owner called an offer off, or put a shared code away, while texts with it still waited or were about to be sent: people came with a
 * code that the counter refused.
 */
const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});
async function aShop() {
  const s = await aSendingShop({ carrier: { people: 'none' } });
  open.push(s);
  somePeople(s.ctx, [{}, {}]);
  return s;
}
const start = async (s: SendingShop, id: Parameters<typeof startCampaign>[1]['id'], quoteToken: string | null) =>
  s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: quoteToken ?? '' }, owner));

it('a text whose code was called off does not leave', async () => {
  const s = await aShop();
  const offerId = anOffer(s.ctx, 20);
  const id = aDraft(s.ctx, { offerId, body: '{shop}: 20% off with {code}' });
  await start(s, id, (await review(s.ctx, id)).quoteToken);
  await callOffCodes(s.ctx, owner, { offerId });
  await s.drain();
  expect(textsOf(s.ctx, id).map((t) => [t.state, t.reason])).toEqual([
    ['skipped', 'code-called-off'],
    ['skipped', 'code-called-off'],
  ]);
  expect((await peopleOf(s.ctx, { id, view: 'skipped', reason: 'code-called-off', offset: 0, limit: 9 })).total).toBe(2);
});

describe('a shared code that was put away', () => {
  const shared = (s: SendingShop): OfferId =>
    Number(
      s.ctx.db
        .prepare(
          "INSERT INTO offer (name, kind, percent, valid_days, code_mode, shared_code, created_at) VALUES ('x', 'percent', 10, 9, 'shared', 'BOOTS', 0)",
        )
        .run().lastInsertRowid,
    ) as OfferId;

  it('stops the review, and a start after it', async () => {
    const s = await aShop();
    const id = aDraft(s.ctx, { offerId: shared(s), body: '{shop}: 10% off with {code}' });
    const r = await review(s.ctx, id);
    expect(r.checks).toEqual([]);
    s.ctx.db.prepare('UPDATE offer SET archived = 1').run();
    expect(await refusalOf(start(s, id, r.quoteToken))).toMatchObject({ code: 'campaign.not-ready', params: { check: 'offer-put-away' } });
    expect(await review(s.ctx, id)).toMatchObject({ checks: [{ code: 'offer-put-away', level: 'stop' }], quoteToken: null });
  });

  it('does not leave while it waits', async () => {
    const s = await aShop();
    const id = aDraft(s.ctx, { offerId: shared(s), body: '{shop}: 10% off with {code}' });
    await start(s, id, (await review(s.ctx, id)).quoteToken);
    s.ctx.db.prepare('UPDATE offer SET archived = 1').run();
    await s.drain();
    expect(textsOf(s.ctx, id).map((t) => t.reason)).toEqual(['code-called-off', 'code-called-off']);
  });

  it('a personal code stays good, so its campaign may leave', async () => {
    const s = await aShop();
    const id = aDraft(s.ctx, { offerId: anOffer(s.ctx, 20), body: '{shop}: 20% off with {code}' });
    s.ctx.db.prepare('UPDATE offer SET archived = 1').run();
    expect((await review(s.ctx, id)).checks).toEqual([]);
  });
});
