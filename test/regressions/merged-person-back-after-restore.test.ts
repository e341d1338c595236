import type { CustomerId } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { mergePeople } from '@services/customers/merge';
import { expect, it } from 'vitest';
import { aShopOf } from '../support/merging';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * Story: a person signed up twice, the owner put the two together, a copy was made, and one day brought back. The journal wrote the
 * second sign-up again: the double was there once more, with the codes that belonged to the one person.
 */
it('a restore does not bring back somebody who was put together with another, and their codes go to the one who stayed', () => {
  const ctx = aCtx();
  const nobody = {
    phone: null,
    email: null,
    birthday: null,
    note: '',
    tags: [],
    sales: 0,
    notes: 0,
    codes: 0,
    texts: 0,
    replies: 0,
    campaigns: [],
    links: 0,
  };
  aShopOf(ctx.db, [
    { ...nobody, firstName: 'Ann', lastName: 'Lee' },
    { ...nobody, firstName: 'Ann', lastName: 'Lee' },
  ]);
  const row = ctx.db.raw.prepare('SELECT * FROM customer WHERE id = 1').get() as Record<string, unknown>;
  const { id } = mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
  const code = { code: 'K7M4Q9X', offerId: 1, campaignId: null, customerId: 1, state: 'issued', issuedAt: 1, expiresAt: NOON };
  ctx.db.tx((trx) =>
    replayJournal(
      trx,
      ctx.hmacKey,
      [
        { kind: 'sign-up', at: NOON, row },
        { kind: 'code-issued', at: NOON, row: code },
      ],
      NOON,
    ),
  );
  expect(ctx.db.raw.prepare('SELECT id FROM customer').pluck().all()).toEqual([id]);
  expect(ctx.db.raw.prepare('SELECT customer_id FROM offer_code WHERE code = ?').pluck().get(code.code)).toBe(id);
});
