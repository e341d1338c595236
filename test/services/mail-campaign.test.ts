import { mailCounts } from '@db/queries/mail';
import type { CampaignId, PhoneE164, SegmentId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { sendDue } from '@services/mail/sender';
import { finishCampaigns } from '@services/outbox/poll';
import { listGroups } from '@services/segments/segments';
import { afterEach, describe, expect, it } from 'vitest';
import { aReader, mailShop } from '../support/mail-shop';
import { aNewYorker, givePermission } from '../support/sending-shop';
import { mailerAt, type PostOffice, startPostOffice } from '../support/smtp';
import { owner, type TestCtx } from '../support/test-ctx';

let office: PostOffice | undefined;
afterEach(async () => {
  await office?.close();
  office = undefined;
});

const everyone = (ctx: TestCtx): SegmentId => listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId;

const aMailDraft = (ctx: TestCtx, o: Partial<Parameters<typeof saveDraft>[2]> = {}): CampaignId =>
  saveDraft(ctx, null, {
    name: 'Boots week',
    segmentId: everyone(ctx),
    body: '',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
    channels: 'email',
    mails: [
      {
        part: 1,
        language: 'en',
        subject: 'New boots, {first name|friend}',
        body: 'Hi {first name|there},\n\nnew boots came in and you see them first.\n\n{shop}',
      },
      { part: 1, language: 'es', subject: 'Botas nuevas, {first name|amiga}', body: 'Hola {first name}:\n\nllegaron botas nuevas.' },
    ],
    ...o,
  });

async function sent(ctx: TestCtx, id: CampaignId) {
  const r = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  return r;
}

describe('a campaign by e-mail alone', () => {
  it('needs no texting account, costs nothing, and arrives over a real line with its foot and a way to leave', async () => {
    office = await startPostOffice();
    const ctx = mailShop({ mailer: mailerAt(office) });
    aReader(ctx, { email: 'ana@example.com', firstName: 'Ana' });
    aReader(ctx, { email: 'maria@example.com', firstName: 'María', language: 'es' });
    aReader(ctx, { email: 'ben@example.com', firstName: 'Ben', agreed: false });
    aReader(ctx, { email: null, firstName: 'Cleo' });
    const id = aMailDraft(ctx);
    const r = await sent(ctx, id);
    expect(r).toMatchObject({ people: 2, mails: 2, price: 0, segments: 0 });
    expect(r.checks.filter((c) => c.level === 'stop')).toEqual([]);
    expect(r.excluded).toEqual([
      { reason: 'not-permitted', count: 1 },
      { reason: 'no-email', count: 1 },
    ]);
    expect(await sendDue(ctx)).toBe(2);
    const [ana, maria] = [...office.arrived].sort((a, b) => ((a.to[0] ?? '') < (b.to[0] ?? '') ? -1 : 1));
    expect(ana?.mail.subject).toBe('New boots, Ana');
    expect(ana?.mail.text).toContain('12 Main St\nSpringfield, NY 12345');
    expect(ana?.mail.html).toContain('12 Main St');
    expect(ana?.raw.replace(/\r\n[ \t]+/g, ' ')).toMatch(
      /^List-Unsubscribe: <mailto:hello@corner-shoes\.example\?subject=Unsubscribe%20[0-9a-f]{20}>/m,
    );
    // accents stay: a mail is no text
    expect(maria?.mail.subject).toBe('Botas nuevas, María');
    expect(maria?.mail.text).toContain('Darme de baja');
    expect(mailCounts(ctx.db, { kind: 'campaign', id: String(id) })).toEqual([{ state: 'sent', reason: null, count: 2 }]);
    expect(finishCampaigns(ctx)).toBe(1);
  });

  it('says what is missing before anything leaves', async () => {
    const ctx = mailShop({ settings: { mail: { mode: 'none' }, shop: { street: '', name: 'Corner Shoes' } } });
    aReader(ctx);
    const stops = async (id: CampaignId) => (await review(ctx, id)).checks.filter((c) => c.level === 'stop').map((c) => c.code);
    expect(await stops(aMailDraft(ctx))).toEqual(['mail-not-connected', 'mail-no-postal']);
    expect(await stops(aMailDraft(ctx, { mails: [] }))).toContain('mail-empty');
    expect(await stops(aMailDraft(ctx, { mails: [{ part: 1, language: 'en', subject: 'Hi', body: 'Hello {frist name}' }] }))).toContain(
      'unknown-field',
    );
  });
});

describe('by text and by e-mail', () => {
  it('reaches each person once, by what they chose and then by what is open', async () => {
    const ctx = mailShop();
    const [texter, both, mailer, neither] = [
      aReader(ctx, { email: null, phone: aNewYorker(1) }),
      aReader(ctx, { phone: aNewYorker(2) }),
      aReader(ctx, { phone: aNewYorker(3) }),
      aReader(ctx, { phone: aNewYorker(4), agreed: false }),
    ];
    givePermission(ctx, [aNewYorker(1), aNewYorker(2)] as PhoneE164[]);
    const fields = {
      body: '{shop}: new boots, come and see',
      mails: [{ part: 1, language: 'en' as const, subject: 'New boots', body: 'Come and see' }],
    };
    const who = async (channels: 'both' | 'email-first' | 'sms' | 'email') => {
      const { gather, rulesOf } = await import('@services/campaigns/audience');
      const { campaignById } = await import('@db/queries/campaigns');
      const campaign = campaignById(ctx.db, aMailDraft(ctx, { ...fields, channels }));
      if (!campaign) throw new Error('no campaign');
      const a = await gather(ctx, rulesOf(ctx, campaign), campaign);
      return new Map([
        ...a.reachable.map((p) => [p.id, p.channel ?? 'sms'] as const),
        ...a.excluded.map((e) => [e.person.id, e.reason] as const),
      ]);
    };
    expect(await who('both')).toEqual(
      new Map<number, string>([
        [texter, 'sms'],
        [both, 'sms'],
        [mailer, 'email'],
        [neither, 'not-permitted'],
      ]),
    );
    expect(await who('email-first')).toEqual(
      new Map<number, string>([
        [texter, 'sms'],
        [both, 'email'],
        [mailer, 'email'],
        [neither, 'not-permitted'],
      ]),
    );
    expect(await who('email')).toEqual(
      new Map<number, string>([
        [texter, 'no-email'],
        [both, 'email'],
        [mailer, 'email'],
        [neither, 'not-permitted'],
      ]),
    );
    expect(await who('sms')).toEqual(
      new Map<number, string>([
        [texter, 'sms'],
        [both, 'sms'],
        [mailer, 'not-permitted'],
        [neither, 'not-permitted'],
      ]),
    );
  });

  it('a mail counts for spacing and promise of the texts that follow, and a text for the mails', async () => {
    office = await startPostOffice();
    const ctx = mailShop({ mailer: mailerAt(office) });
    aReader(ctx, { email: 'ana@example.com', phone: aNewYorker(5) });
    givePermission(ctx, [aNewYorker(5)] as PhoneE164[]);
    const first = aMailDraft(ctx);
    await sent(ctx, first);
    await sendDue(ctx);
    ctx.clock.advance(2 * DAY);
    for (const channels of ['sms', 'email', 'both'] as const) {
      const r = await review(ctx, aMailDraft(ctx, { channels, body: '{shop}: hello' }));
      expect([channels, r.people, r.excluded], channels).toEqual([channels, 0, [{ reason: 'texted-recently', count: 1 }]]);
    }
    ctx.clock.advance(4 * DAY);
    expect((await review(ctx, aMailDraft(ctx))).people).toBe(1);
  });
});
