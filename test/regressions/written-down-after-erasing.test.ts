import type { PhoneE164 } from '@domain/kernel';
import { divisionOf } from '@services/campaigns/people';
import { planStart } from '@services/campaigns/plan';
import { review } from '@services/campaigns/review';
import { carryOut } from '@services/campaigns/start';
import { erasePerson } from '@services/privacy/erase';
import { expect, it } from 'vitest';
import { anOffer, somePeople } from '../support/parts';
import { aDraft } from '../support/planned';
import { aCtx, owner } from '../support/test-ctx';

/*
 * A large campaign takes seconds to write down. Somebody erased within them was written down after their data had gone, with name and
 * number, and a code was drawn for nobody. Whoever changed their number meanwhile had a text written to the old one.
 */
it('whoever is gone or has another number by the time they are written down is left out', async () => {
  const ctx = aCtx({
    settings: { texting: { mode: 'practice', sender: { kind: 'number', number: '+12125559999' as PhoneE164 }, senderApproved: true } },
  });
  const [ana, ben, cora, dan] = somePeople(ctx, [{ name: 'Annabella' }, { name: 'Benedict' }, { name: 'Cora' }, { name: 'Danilo' }]);
  // excluded for sharing a number; erased, too
  ctx.db.prepare('UPDATE customer SET phone = ? WHERE id = ?').run(cora?.phone, dan?.id);
  const id = aDraft(ctx, { body: '{shop}: {first name}, 20% off with {code}', offerId: anOffer(ctx, 20) });
  const { quoteToken } = await review(ctx, id);
  const plan = await planStart(ctx, { id, quoteToken: quoteToken ?? '' });

  for (const who of [ana, dan]) {
    const { task } = erasePerson(ctx, owner, { id: who?.id as never });
    await ctx.tasks.finished(task);
  }
  ctx.db.prepare("UPDATE customer SET phone = '+16465559999' WHERE id = ?").run(ben?.id);
  await ctx.tasks.finished(carryOut(ctx, plan, owner.staffId));

  expect(ctx.db.prepare('SELECT customer_id FROM outbox').pluck().all()).toEqual([cora?.id]);
  expect(ctx.db.prepare('SELECT customer_id FROM offer_code').pluck().all()).toEqual([cora?.id]);
  expect(ctx.db.prepare('SELECT phone FROM campaign_person WHERE phone IS NOT NULL').pluck().all()).toEqual([cora?.phone]);
  expect(divisionOf(ctx, id)).toMatchObject({ text: 1, dropOuts: 2 });
});
