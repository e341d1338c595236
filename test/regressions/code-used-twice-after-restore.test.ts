import { replayJournal } from '@services/backups/replay';
import type { JournalEntry } from '@services/ctx';
import { expect, it } from 'vitest';
import { aCtx, NOON } from '../support/test-ctx';

/*
 * Story: the line of the journal that told of a code's issue was on a page of the disk that died; the one of its redemption was not.
 * After the restore the redemption was left out, because nobody knew the code. Read back from Twilio the code was good again, and 20 %
 * were given twice. Now a redemption brings its code along: used is used.
 */
it('a code whose issue is lost stays used when its redemption is known', () => {
  const ctx = aCtx();
  const redemption = {
    code: 'K7M4Q9X',
    offerId: 5,
    campaignId: null,
    customerId: null,
    at: NOON,
    staffId: null,
    how: 'code',
    amount: null,
    discount: 500,
    receiptNo: null,
    reversedAt: null,
    reversedBy: null,
  };
  const journal: JournalEntry[] = [{ kind: 'redemption', at: NOON, row: redemption }];
  expect(ctx.db.tx((trx) => replayJournal(trx, ctx.hmacKey, journal, NOON)).brought.redemptions).toBe(1);
  expect(ctx.db.prepare("SELECT state FROM offer_code WHERE code = 'K7M4Q9X'").pluck().get()).toBe('redeemed');
  expect(ctx.db.tx((trx) => replayJournal(trx, ctx.hmacKey, journal, NOON)).replayed).toBe(0);
});
