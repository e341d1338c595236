import { deletePerson, usedSince, wholePerson } from '@db/queries/import-undo';
import type { CustomerId, ImportId } from '@domain/kernel';
import { punch } from '@services/loyalty/counter';
import { expect, it } from 'vitest';
import { aLoyaltyShop } from '../support/loyalty-shop';
import { owner } from '../support/test-ctx';

/*
 * Story: a file brought Ana as a new person, the counter noted a visit on her card, and the file was taken back the same evening: she went
 * with it, and with her what she had been promised at the counter.
 */
it('who was given a punch since a file made them stays when the file is taken back', () => {
  const s = aLoyaltyShop();
  s.on({});
  const ana = s.person('Ana') as CustomerId;
  const now = () => {
    const row = wholePerson(s.ctx.db, ana);
    if (!row) throw new Error('gone');
    return row;
  };
  expect(usedSince(s.ctx.db, 1 as ImportId, now(), {})).toBeNull();
  punch(s.ctx, owner, { customerId: ana, amount: null, count: 1, receiptNo: null });
  expect(usedSince(s.ctx.db, 1 as ImportId, now(), {})).toBe('visited');
  // and whoever does go takes their ledger along
  s.ctx.db.tx((trx) => deletePerson(trx, ana));
  expect(s.ctx.db.prepare('SELECT count(*) FROM points_entry').pluck().get()).toBe(0);
});
