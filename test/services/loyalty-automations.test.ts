import type { Cents, CustomerId, ShopDay } from '@domain/kernel';
import { milestones, standingMilestone } from '@domain/loyalty/milestones';
import { NO_TERMS } from '@domain/loyalty/terms';
import { replayJournal } from '@services/backups/replay';
import { keepLoyalty } from '@services/loyalty/keep';
import { saveProgramme } from '@services/loyalty/programme';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';
import { aLoyaltyShop } from '../support/loyalty-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop?.close());
const d = (s: string) => s as ShopDay;

const balance = (who: number): number =>
  shop.ctx.db.prepare('SELECT balance FROM points_account WHERE customer_id = ?').pluck().get(shop.people[who]?.id) as number;

async function withCard(cost = 3, terms: object = {}) {
  shop = await anAutomationShop({ people: 2 });
  const offerId = saveOffer(shop.ctx, owner, {
    id: null,
    name: 'Ten off',
    kind: 'amount',
    amount: 1000 as Cents,
    codeMode: 'personal',
    validDays: 14,
  }).id;
  saveProgramme(shop.ctx, owner, { terms: { ...NO_TERMS, rewards: [{ offerId, cost }], ...terms }, history: null, carry: 0 });
  return offerId;
}
const sold = async (who: number, day: string) => {
  shop.sold(who, d(day));
  await keepLoyalty(shop.ctx);
};

describe('automations about rewards', () => {
  it('near, then ready: each once per reward, and the code that is texted is the reward itself', async () => {
    const offerId = await withCard();
    const near = await running(shop.ctx, 'reward-near', { pattern: { body: '{shop}: One more for {reward}! Come by.' } });
    const ready = await running(shop.ctx, 'reward-ready', {
      pattern: { body: '{shop}: Your reward is ready: {reward}, code {code}, till {ends}.', offerId },
    });
    for (const day of ['2026-11-02', '2026-11-03']) await sold(0, day);
    await shop.to(2);
    expect(shop.told(near)).toEqual(['0 near:1 text']);
    expect(shop.left()[0]?.body).toContain('One more for $10 off!');
    await sold(0, '2026-11-06');
    expect(balance(0)).toBe(3);
    await shop.to(9);
    expect(shop.told(ready)).toEqual(['0 reward:1 text']);
    await keepLoyalty(shop.ctx);
    expect(balance(0)).toBe(0);
    const code = shop.ctx.db.prepare('SELECT code FROM loyalty_reward').pluck().get() as string;
    expect(shop.left()[1]?.body).toContain(`${code.slice(0, 3)}-${code.slice(3)}`);
    expect(redeem(shop.ctx, owner, { code, how: 'code' }).redemption.discount).toBe(1000);
    // the next card begins, but nobody hears of being near twice within a month
    for (const day of ['2026-11-12', '2026-11-13']) await sold(0, day);
    await shop.to(16);
    expect(shop.told(near)).toEqual(['0 near:1 text']);
    expect(shop.told(ready)).toEqual(['0 reward:1 text']);
  });

  it('a code that ran out unused gives the reward back, and nobody hears of the same reward twice', async () => {
    const offerId = await withCard(1);
    const ready = await running(shop.ctx, 'reward-ready', { pattern: { body: '{shop}: {reward} with {code}.', offerId } });
    await sold(0, '2026-11-02');
    await shop.to(1);
    await keepLoyalty(shop.ctx);
    expect(balance(0)).toBe(0);
    await shop.to(20);
    await keepLoyalty(shop.ctx);
    expect(balance(0)).toBe(1);
    await shop.to(40);
    expect(shop.told(ready)).toEqual(['0 reward:1 text']);
  });

  it('of several rewards the text speaks of the one its code gives, and waits until there is enough for it', async () => {
    const small = await withCard(2);
    const big = saveOffer(shop.ctx, owner, {
      id: null,
      name: 'Thirty off',
      kind: 'amount',
      amount: 3000 as Cents,
      codeMode: 'personal',
      validDays: 14,
    }).id;
    const rewards = [
      { offerId: small, cost: 20 },
      { offerId: big, cost: 60 },
    ];
    saveProgramme(shop.ctx, owner, { terms: { ...NO_TERMS, kind: 'points', rewards }, history: null, carry: 0 });
    const ready = await running(shop.ctx, 'reward-ready', { pattern: { body: '{shop}: Yours: {reward} with {code}.', offerId: big } });
    await sold(0, '2026-11-02');
    await shop.to(1);
    expect([balance(0), shop.told(ready)]).toEqual([50, []]);
    await sold(0, '2026-11-04');
    await shop.to(3);
    await keepLoyalty(shop.ctx);
    expect([balance(0), shop.told(ready)]).toEqual([40, ['0 reward:1 text']]);
    expect(shop.left()[0]?.body).toContain('Yours: $30 off with');
  });

  it('a reward that was texted is given out in a restored copy, too, also where the copy knows nothing of the automation', async () => {
    const offerId = await withCard(1);
    await running(shop.ctx, 'reward-ready', { pattern: { body: '{shop}: {reward} with {code}.', offerId } });
    await sold(0, '2026-11-02');
    await shop.to(1);
    const { code } = shop.ctx.db.prepare('SELECT code FROM loyalty_reward').get() as { code: string };
    const told = shop.ctx.journalled;
    const id = shop.people[0]?.id as CustomerId;
    const copy = aLoyaltyShop();
    for (let n = 0; n < id; n++) copy.person('Ana');
    copy.ctx.db.tx((trx) => replayJournal(trx, copy.ctx.hmacKey, told, shop.ctx.clock.now()));
    copy.ctx.clock.set(shop.ctx.clock.now());
    await copy.keep();
    // the till file is read again, and she has what is left after her reward: nothing
    expect(copy.account(id)).toBe(-1);
    copy.sell({ no: 'r1', who: id, day: d('2026-11-02'), net: 5000 });
    await copy.keep();
    expect(copy.account(id)).toBe(0);
    expect(redeem(copy.ctx, owner, { code, how: 'code' }).redemption.discount).toBe(1000);
    await copy.keep();
    expect(copy.account(id)).toBe(0);
  });

  it('what is about to lapse is said before, by the day it ends', async () => {
    await withCard(100, { kind: 'points', perUnit: 1, expiry: { kind: 'earned', months: 1 } });
    const id = await running(shop.ctx, 'points-expiring', {
      terms: { daysBefore: 7 },
      pattern: { body: '{shop}: {points} points lapse soon.' },
    });
    await sold(1, '2026-11-02');
    await shop.to(22);
    expect(shop.told(id)).toEqual([]);
    await shop.to(23);
    expect(shop.told(id)).toEqual(['1 points:2026-12-02 text']);
    expect(shop.left()[0]?.body).toContain('50 points lapse soon.');
  });
});

describe('milestones', () => {
  const line = (cause: string, day: string, points: number) => ({ cause, day: d(day), points });

  it('do not depend on the order things were booked in, and a reward is the same however often it is reached', () => {
    const lines = [line('day:2026-11-02', '2026-11-02', 2), line('sale:r', '2026-11-04', -1), line('day:2026-11-05', '2026-11-05', 1)];
    expect(milestones(lines, 2, 99)).toEqual([{ n: 1, day: '2026-11-02' }]);
    expect(milestones([...lines].reverse(), 2, 99)).toEqual([{ n: 1, day: '2026-11-02' }]);
    const more = [...lines, line('code:A', '2026-11-06', -2), line('day:2026-11-07', '2026-11-07', 2)];
    expect(milestones(more, 2, 99)).toEqual([
      { n: 1, day: '2026-11-02' },
      { n: 2, day: '2026-11-07' },
    ]);
    expect(standingMilestone(more, 2, 99)).toEqual({ n: 2, day: '2026-11-07' });
    expect(standingMilestone(lines.slice(0, 2), 2, 99)).toBeNull();
  });
});
