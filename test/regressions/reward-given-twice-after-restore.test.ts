import { insertCustomer } from '@db/queries/customers';
import type { CustomerId } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { giveReward, punch } from '@services/loyalty/counter';
import { redeem } from '@services/offers/redeem';
import { erasePerson } from '@services/privacy/erase';
import { finishErasures } from '@services/privacy/finish';
import { expect, it } from 'vitest';
import { aLoyaltyShop } from '../support/loyalty-shop';
import { owner } from '../support/test-ctx';

const visit = { amount: null, count: 1, receiptNo: null };

/** A shop and the copy of it that was made before anything was typed. */
function twoLives() {
  const [s, copy] = [aLoyaltyShop(), aLoyaltyShop()];
  const [ana] = [s, copy].map((x) => x.ctx.db.tx((trx) => insertCustomer(trx, { firstName: 'Ana' }, x.ctx.clock.now())) as CustomerId);
  const bring = () => copy.ctx.db.tx((trx) => replayJournal(trx, copy.ctx.hmacKey, s.ctx.journalled, s.ctx.clock.now())).brought;
  return { s, copy, ana: ana as CustomerId, bring };
}

/*
 * Story: on Wednesday Ana's card was full, she took her reward and used it. On Thursday Tuesday's copy came back: the card was full again,
 * and she took it once more.
 */
it('a reward given after the copy was made stays given, and what was typed stays typed', async () => {
  const { s, copy, ana, bring } = twoLives();
  const offerId = s.on({ rewards: [{ offerId: s.offer(), cost: 1 }] });
  punch(s.ctx, owner, { ...visit, customerId: ana });
  const { code } = giveReward(s.ctx, owner, { customerId: ana, offerId });
  redeem(s.ctx, owner, { code, how: 'code' });
  await Promise.resolve();
  expect(bring().rewards).toBe(3);
  await copy.keep();
  expect([copy.account(ana), copy.booked(ana)]).toEqual([0, 0]);
  expect(() => giveReward(copy.ctx, owner, { customerId: ana, offerId })).toThrow(expect.objectContaining({ code: 'loyalty.not-enough' }));
  expect(() => redeem(copy.ctx, owner, { code, how: 'code' })).toThrow(expect.objectContaining({ code: 'offer.code-used' }));
  expect(bring().rewards, 'known').toBe(0);
});

it('whoever was erased is in no ledger and no journal of rewards', async () => {
  const { s, ana } = twoLives();
  s.on({});
  punch(s.ctx, owner, { ...visit, customerId: ana, receiptNo: '77' });
  await s.ctx.tasks.finished(erasePerson(s.ctx, owner, { id: ana }).task);
  await finishErasures(s.ctx, new AbortController().signal);
  const { db } = s.ctx;
  expect(db.prepare('SELECT count(*) FROM points_account').pluck().get()).toBe(0);
  expect(db.prepare('SELECT count(*) FROM points_entry WHERE customer_id = ?').pluck().get(ana)).toBe(0);
  expect(db.prepare("SELECT count(*) FROM loyalty_note WHERE receipt_no = '77'").pluck().get()).toBe(0);
  expect(s.ctx.journalled.filter((j) => j.kind === 'loyalty').map((j) => Object.keys(j.row))).toEqual([['version']]);
});
