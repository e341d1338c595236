import type { PhoneE164 } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { review } from '@services/campaigns/review';
import { startCampaign, takeBack } from '@services/campaigns/start';
import { expect, it } from 'vitest';
import { anOffer, somePeople } from '../support/parts';
import { aDraft } from '../support/planned';
import { aCtx, owner } from '../support/test-ctx';

/*
 * A start failed after codes had been drawn, and the owner pressed send again some days later. The texts said the new last day, the codes
 * kept the old one: at the counter they were over before the text was.
 */
it('a code drawn for a start that failed ends with the text that is sent, not days before', async () => {
  const ctx = aCtx({
    settings: { texting: { mode: 'practice', sender: { kind: 'number', number: '+12125559999' as PhoneE164 }, senderApproved: true } },
  });
  somePeople(ctx, [{}, {}]);
  const id = aDraft(ctx, { offerId: anOffer(ctx, 20, 7), body: '{shop}: 20% off with {code} until {ends}' });
  const press = async () => {
    const { quoteToken } = await review(ctx, id);
    await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner));
  };
  await press();
  // as a failure just before the texts are shown leaves it
  ctx.db.raw.exec("UPDATE outbox SET state = 'staged'; UPDATE campaign SET state = 'staging'");
  await takeBack(ctx, id);

  ctx.clock.advance(5 * DAY);
  await press();
  const texts = ctx.db
    .prepare('SELECT o.expires_at AS textEnds, c.expires_at AS codeEnds FROM outbox o JOIN offer_code c ON c.code = o.code')
    .all() as { textEnds: number; codeEnds: number }[];
  expect(texts).toHaveLength(2);
  const { offerEndsAt } = await review(ctx, aDraft(ctx, { offerId: 1 as never, body: '{shop}: {code}' }));
  for (const t of texts) expect(t.codeEnds).toBe(offerEndsAt);
  // those nobody was ever told are gone
  expect(ctx.db.prepare('SELECT count(*) FROM offer_code').pluck().get()).toBe(2);
});
