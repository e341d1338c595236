import { type WordsKey, wasTested, wordsFor } from '@domain/campaigns/parts';
import { type CampaignId, DAY, type PhoneE164, type SegmentId } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { listGroups } from '@services/segments/segments';
import { wordsTest } from '@services/tests/words';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

async function aTest(people: number): Promise<{ ctx: TestCtx; id: CampaignId }> {
  const sender = { kind: 'number' as const, number: '+12125559999' as PhoneE164 };
  const ctx = aCtx({ settings: { texting: { mode: 'practice', sender, senderApproved: true } } });
  for (let i = 1; i <= people; i++) {
    const phone = `+1212555${String(i).padStart(4, '0')}`;
    ctx.db
      .prepare("INSERT INTO customer (id, first_name, phone, phone_kind, created_at, updated_at) VALUES (?, 'Ana', ?, 'mobile', 0, 0)")
      .run(i, phone);
    ctx.db.prepare('INSERT INTO address_book VALUES (?, ?)').run(phone, `h${phone}`);
    ctx.db
      .prepare(
        "INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, event_id) VALUES (?, 'sms', 'marketing', 'in', 4, 0, 1)",
      )
      .run(`h${phone}`);
  }
  const id = saveDraft(ctx, null, {
    name: 'Boots week',
    segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId,
    body: '{shop}: Hi {first name|there}, boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'redemptions', target: 20 },
    windowDays: 14,
    words: [
      { part: 1, language: 'en', arm: 'b', links: 'any', body: '{shop}: boots came in today.' },
      { part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: llegaron las botas.' },
      { part: 1, language: 'en', arm: 'a', links: 'yes', body: '{shop}: boots are in, see our page.' },
    ],
  });
  const r = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  return { ctx, id };
}

/*
 * Story: two wordings were tried on 300 people. Whoever tapped a link was known from then on to have a phone that opens links, and
 * whoever asked at the counter for Spanish was written down so; both would read other words today, so both were left out of the count,
 * and the wording that made people act lost the very people it had moved.
 */
it('who was drawn for a test is judged in it, whatever is known of them by the end', async () => {
  const { ctx, id } = await aTest(300);
  ctx.db.prepare("UPDATE customer SET link_capable = 'yes' WHERE id % 5 = 0").run();
  ctx.db.prepare("UPDATE customer SET language = 'es' WHERE id % 7 = 0").run();
  ctx.clock.advance(20 * DAY);
  const judged = await wordsTest(ctx, id);
  expect(judged).toMatchObject({ state: 'judged', verdict: { a: { n: 150 }, b: { n: 150 } } });
});

it('whoever was in a test is found to have been, however they changed, and nobody who read what all of them read', () => {
  const keys = fc.uniqueArray(
    fc
      .tuple(fc.constantFrom('en', 'es'), fc.constantFrom('a', 'b'), fc.constantFrom('any', 'yes', 'no'))
      .map((k) => k.join('.') as WordsKey),
    { maxLength: 8 },
  );
  const reader = fc.record({
    language: fc.constantFrom('en' as const, 'es' as const),
    linkCapable: fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const),
  });
  fc.assert(
    fc.property(keys, reader, reader, fc.constantFrom('a' as const, 'b' as const), (own, then, now, arm) => {
      const read = wordsFor(own, then, arm);
      const tested = wordsFor(own, then, 'a') !== wordsFor(own, then, 'b');
      expect(wasTested(own, read, then)).toBe(tested);
      if (tested) expect(wasTested(own, read, now)).toBe(true);
      if (!own.some((k) => k.split('.')[1] === 'b')) expect(wasTested(own, read, now)).toBe(false);
    }),
  );
});
