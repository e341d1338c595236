import { campaignById } from '@db/queries/campaigns';
import { mailById } from '@db/queries/mail';
import { shopDay } from '@domain/calendar';
import type { CampaignChannels } from '@domain/campaigns/channels';
import type { CampaignId, CustomerId, PhoneE164, SegmentId, UtcMs } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { gather, rulesOf } from '@services/campaigns/audience';
import { saveDraft } from '@services/campaigns/drafts';
import { mayMail } from '@services/mail/may-mail';
import { listGroups } from '@services/segments/segments';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMail, aReader, mailShop } from '../support/mail-shop';
import { aNewYorker, givePermission } from '../support/sending-shop';
import type { TestCtx } from '../support/test-ctx';

interface Reader {
  texts: boolean;
  mails: 'in' | 'no' | 'none';
  /** What they were told before, and how long ago in days. */
  heard: { by: 'sms' | 'email'; days: number }[];
}
const reader: fc.Arbitrary<Reader> = fc.record({
  texts: fc.boolean(),
  mails: fc.constantFrom('in', 'in', 'no', 'none' as const),
  heard: fc.array(fc.record({ by: fc.constantFrom('sms', 'email' as const), days: fc.integer({ min: 0, max: 40 }) }), { maxLength: 6 }),
});

function told(ctx: TestCtx, id: CustomerId, email: string | null, phone: string, h: Reader['heard'][number], cause: number): void {
  const at = ctx.clock.now() - h.days * DAY - HOUR;
  if (h.by === 'sms') {
    ctx.db.raw
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at,
           created_at, updated_at) VALUES ('campaign', ?, 'sms', ?, ?, 'marketing', 10, 'delivered', 'b', 1, 0, ?, 0, 0)`,
      )
      .run(String(cause), phone, id, at);
  } else {
    ctx.db.raw
      .prepare(
        `INSERT INTO mail (cause_kind, cause_id, address, customer_id, message_class, state, language, subject, body, message_id, token, not_before,
           left_at, created_at, updated_at) VALUES ('campaign', ?, ?, ?, 'marketing', 'sent', 'en', 's', 'b', ?, 't', 0, ?, 0, 0)`,
      )
      .run(String(cause), email ?? `old${id}@example.com`, id, `<${cause}@x>`, at);
  }
}

/** Said once more from the rules' own sentences: five days apart, four in a calendar month of the shop, whatever carried them. */
function capped(ctx: TestCtx, heard: Reader['heard']): boolean {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const month = shopDay(now, zone).slice(0, 7);
  const inMonth = heard.filter((h) => shopDay((now - h.days * DAY - HOUR) as UtcMs, zone).slice(0, 7) === month);
  return heard.some((h) => h.days * DAY + HOUR < 5 * DAY) || inMonth.length >= 4;
}

describe('one step, one promise', () => {
  it('whoever heard enough by one channel hears nothing by the other; each is reached once, by choice and then by what is open', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(reader, { minLength: 6, maxLength: 14 }),
        fc.constantFrom<CampaignChannels>('sms', 'both', 'email-first', 'email'),
        async (people, channels) => {
          const ctx = mailShop();
          let cause = 1000;
          const all = people.map((p, i) => {
            const email = p.mails === 'none' ? null : `r${i}@example.com`;
            const phone = aNewYorker(i) as PhoneE164;
            const id = aReader(ctx, { email, phone, agreed: p.mails === 'in' });
            for (const h of p.heard) told(ctx, id, email, phone, h, ++cause);
            return { ...p, id, email, phone };
          });
          givePermission(
            ctx,
            all.filter((p) => p.texts).map((p) => p.phone),
          );
          const segmentId = listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId;
          const draft = saveDraft(ctx, null, {
            name: 'Boots week',
            segmentId,
            body: '{shop}: boots',
            offerId: null,
            addStopLine: true,
            holdout: 'off',
            goal: { kind: 'none', target: null },
            windowDays: 14,
            channels,
            mails: [{ part: 1, language: 'en', subject: 'Boots', body: 'Come and see' }],
          });
          const campaign = campaignById(ctx.db, draft);
          if (!campaign) throw new Error('no campaign');
          const a = await gather(ctx, rulesOf(ctx, campaign), campaign);
          const reached = new Map(a.reachable.map((p) => [p.id, p.channel ?? 'sms']));
          expect(reached.size).toBe(a.reachable.length);
          for (const p of all) {
            const [sms, email] = [p.texts, p.mails === 'in'];
            const open = {
              sms: sms ? 'sms' : undefined,
              email: email ? 'email' : undefined,
              both: sms ? 'sms' : email ? 'email' : undefined,
              'email-first': email ? 'email' : sms ? 'sms' : undefined,
            }[channels];
            expect([p.id, reached.get(p.id)]).toEqual([p.id, capped(ctx, p.heard) ? undefined : open]);
            // and once more at the moment it leaves
            if (p.email === null || p.mails !== 'in') continue;
            const row = mailById(ctx.db, aMail(ctx, p.email, { campaign: draft as CampaignId }));
            if (!row) throw new Error('no mail');
            expect([p.id, mayMail(ctx, row, ctx.clock.now(), true).kind === 'send']).toEqual([p.id, !capped(ctx, p.heard)]);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
