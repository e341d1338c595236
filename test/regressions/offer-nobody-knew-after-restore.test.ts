import type { CustomerId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { issueCodes } from '@services/offers/codes';
import { listAllOffers, saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { expect, it } from 'vitest';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

/*
 * Story: on Wednesday a new offer went out, by text and on a poster. On Thursday Tuesday's copy came back. The codes were known, but what
 * they gave was not: "an offer made before the restore", said the counter. The word on the poster was no code at all.
 */
it('an offer made after the copy was is what it was, with the word everybody has', async () => {
  const ctx = aCtx();
  const copy = aCtx();
  for (const { db } of [ctx, copy])
    db.prepare("INSERT INTO customer (id, first_name, created_at, updated_at) VALUES (1, 'Ana', 0, 0)").run();
  const usual = { kind: 'percent' as const, validDays: 9 };
  const old = saveOffer(ctx, owner, { ...usual, id: null, name: 'Old', percent: 10, codeMode: 'personal' });
  copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, ctx.journalled, NOON));
  saveOffer(ctx, owner, { ...usual, id: old.id, name: 'Old', percent: 12, codeMode: 'personal', archived: true });
  const { id } = saveOffer(ctx, owner, { ...usual, id: null, name: 'Boots', percent: 20, codeMode: 'personal', items: ['Boots'] });
  saveOffer(ctx, owner, { ...usual, id: null, name: 'Poster', percent: 5, codeMode: 'shared', sharedCode: 'BOOTS5', mostUses: 2 });
  const order = { offerId: id, campaignId: null, customerIds: [1 as CustomerId], expiresAt: (NOON + DAY) as UtcMs };
  const code = ctx.db.tx((trx) => issueCodes(ctx, trx, order)).get(1 as CustomerId) as string;
  await Promise.resolve();
  for (let twice = 0; twice < 2; twice++)
    copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, JSON.parse(JSON.stringify(ctx.journalled)), NOON));
  expect(listAllOffers(copy)).toEqual(listAllOffers(ctx));
  expect(redeem(copy, clerk, { code, how: 'code' }).offer).toMatchObject({ name: 'Boots', percent: 20, items: ['Boots'] });
  expect(redeem(copy, clerk, { code: 'boots5', how: 'code' }).offer.name).toBe('Poster');
});
