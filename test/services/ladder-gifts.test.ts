import { USUAL_STOPS } from '@domain/campaigns/ladder';
import { type CampaignId, type CustomerId, DAY, HOUR, type OfferId, type UtcMs } from '@domain/kernel';
import { keepLadder } from '@services/campaigns/ladder';
import { findAtCounter } from '@services/counter/find';
import { getPerson } from '@services/customers/customers';
import { issueCodes } from '@services/offers/codes';
import { openCodeCount } from '@services/offers/end';
import { saveOffer } from '@services/offers/offers';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { aStep, MONDAY, percentOff } from '../support/ladder-shop';
import { aDraft, addPeople } from '../support/planned';
import { refused } from '../support/refusal';
import { aCtx, clerk, owner } from '../support/test-ctx';

/** 10 → 15 % for who does nothing, and 20 % the next time for who used one. */
function aPath(more: { stamps?: boolean } = {}) {
  const ctx = aCtx({ now: MONDAY });
  const [ana, ben] = addPeople(ctx, 0, 2).map((p) => p.id) as [CustomerId, CustomerId];
  const ten = percentOff(ctx, 10, 40);
  const stamps = { id: null, name: 'Three times', kind: 'percent', percent: 5, codeMode: 'personal', validDays: 40, codeUses: 3 } as const;
  const fifteen = more.stamps ? saveOffer(ctx, owner, stamps).id : percentOff(ctx, 15);
  const root = aDraft(ctx, { name: 'First', body: '{shop}: {code}', offerId: ten });
  keepLadder(ctx, owner, {
    campaignId: root,
    stops: USUAL_STOPS,
    patienceDays: 7,
    steps: [
      aStep({ key: 'fifteen', reaction: 'nothing', afterDays: 7, offerId: fifteen, body: '{shop}: {code}' }),
      aStep({ key: 'again', parent: 'fifteen', reaction: 'redeemed', afterDays: 3, offerId: percentOff(ctx, 20), body: '{shop}: {code}' }),
    ],
  });
  const step = (name: string) => ctx.db.prepare('SELECT id FROM campaign WHERE name = ?').pluck().get(name) as CampaignId;
  const codeOf = (campaignId: CampaignId, id: CustomerId = ana) => {
    const offerId = ctx.db.prepare('SELECT offer_id FROM campaign WHERE id = ?').pluck().get(campaignId) as OfferId;
    const expiresAt = (MONDAY + 30 * DAY) as UtcMs;
    return ctx.db.tx((trx) => issueCodes(ctx, trx, { offerId, campaignId, customerIds: [id], expiresAt })).get(id) as string;
  };
  const use = (code: string) => redeem(ctx, clerk, { code, how: 'code' });
  return { ctx, ana, ben, root, step, codeOf, use };
}

describe('the codes of one path are one gift', () => {
  it('a better one used makes the earlier ones worthless, and the other way round; undoing gives them back', () => {
    const { ctx, ana, ben, root, step, codeOf, use } = aPath();
    const [first, second, others] = [codeOf(root), codeOf(step('fifteen')), codeOf(root, ben)];
    expect(openCodeCount(ctx, { campaignId: root })).toBe(3);
    const used = use(second);
    const at = ctx.clock.now();
    expect(refused(() => use(first))).toEqual({ code: 'offer.path-used', params: { at } });
    // it would give twice what was promised once: not the owner's to wave through either
    expect(refused(() => redeem(ctx, owner, { code: first, how: 'code', honour: true })).code).toBe('offer.path-used');
    expect(findAtCounter(ctx, clerk, first, true).code).toMatchObject({
      state: 'refused',
      refusal: { why: 'path-used', at },
      mayHonour: false,
    });
    expect(getPerson(ctx, ana).offers).toEqual([]);
    // somebody else's stays good, and is the only one that is asked about when the campaign is called off
    expect(openCodeCount(ctx, { campaignId: root })).toBe(1);
    undoRedemption(ctx, clerk, used.redemption.id);
    expect(
      getPerson(ctx, ana)
        .offers.map((o) => o.code)
        .sort(),
    ).toEqual([first, second].sort());
    use(first);
    expect(refused(() => use(second)).code).toBe('offer.path-used');
    expect(use(others).left).toBe(0);
  });

  it('what was given because one was used is a gift of its own', () => {
    const { step, root, codeOf, use } = aPath();
    const [first, again] = [codeOf(root), codeOf(step('again'))];
    use(first);
    expect(use(again).left).toBe(0);
  });

  it('one that may be used several times stands beside the others', () => {
    const { ctx, step, root, codeOf, use } = aPath({ stamps: true });
    const [first, stamps] = [codeOf(root), codeOf(step('fifteen'))];
    expect(use(stamps).left).toBe(2);
    use(first);
    ctx.clock.set((MONDAY + HOUR) as UtcMs);
    expect(use(stamps).left).toBe(1);
  });
});
