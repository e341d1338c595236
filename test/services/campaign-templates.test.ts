import { replyWords, saveReplyWords } from '@db/queries/replies';
import type { CampaignId, PhoneE164, SegmentId } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { preview } from '@services/campaigns/preview';
import { reach } from '@services/campaigns/reach';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { keepTemplate, listTemplates, removeTemplate } from '@services/campaigns/templates';
import { listGroups, saveGroup } from '@services/segments/segments';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const DAY = 86_400_000;
const practice = {
  mode: 'practice' as const,
  sender: { kind: 'number' as const, number: '+12125559999' as PhoneE164 },
  senderApproved: true,
};

function aShop(n: number): TestCtx {
  const ctx = aCtx({ settings: { texting: practice } });
  for (let i = 1; i <= n; i++) {
    const phone = `+1212555${String(i).padStart(4, '0')}`;
    ctx.db.raw
      .prepare(
        "INSERT INTO customer (first_name, last_name, phone, phone_kind, last_visit_at, visits, language, created_at, updated_at) VALUES ('Ana', 'Gomez', ?, 'mobile', ?, 1, ?, 0, 0)",
      )
      .run(phone, NOON - 20 * DAY, i % 2 ? 'en' : 'es');
    ctx.db.raw.prepare('INSERT INTO address_book VALUES (?, ?)').run(phone, `h${phone}`);
    ctx.db.raw
      .prepare(
        "INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, event_id) VALUES (?, 'sms', 'marketing', 'in', 4, 0, 1)",
      )
      .run(`h${phone}`);
  }
  return ctx;
}
const everyone = (ctx: TestCtx) => listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId;
const draft = (ctx: TestCtx, fields: Partial<Parameters<typeof saveDraft>[2]>, id: CampaignId | null = null) =>
  saveDraft(ctx, id, {
    name: 'Boots',
    segmentId: everyone(ctx),
    body: '{shop}: new boots',
    offerId: null,
    addStopLine: false,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
    ...fields,
  });

describe('texts kept for another time', () => {
  it('come back with both languages and the reply words of their campaign, and go when thrown away', () => {
    const ctx = aShop(1);
    const campaignId = draft(ctx, {});
    const word = { word: 'hold', means: 'hold', answerEn: 'Kept!', answerEs: '', holdDays: 5 };
    saveReplyWords(ctx.db as never, campaignId, [word]);
    const id = keepTemplate(ctx, { name: 'Boots are in', body: '{shop}: boots', bodyEs: '{shop}: botas', campaignId });
    expect(listTemplates(ctx)).toEqual([
      { id, name: 'Boots are in', body: '{shop}: boots', bodyEs: '{shop}: botas', words: [word], createdAt: ctx.clock.now() },
    ]);
    expect(replyWords(ctx.db, campaignId)).toHaveLength(1);
    removeTemplate(ctx, id);
    expect(listTemplates(ctx)).toEqual([]);
  });
  it('cannot hold a field nobody knows', () => {
    expect(() => keepTemplate(aShop(1), { name: 'x', body: '{nonsense}', bodyEs: '', campaignId: null })).toThrow('campaign.unknown-field');
  });
});

describe('words that leave as typed', () => {
  const typed = '{shop}: “new boots” – it’s time';
  it('cost what they cost, in the preview, in the review and in the texts written down', async () => {
    const ctx = aShop(4);
    const long = `${typed} ${'a'.repeat(80)}`;
    const ask = { campaignId: null, segmentId: everyone(ctx), body: long, offerId: null, addStopLine: false, offset: 0, limit: 5 };
    const plain = await preview(ctx, ask);
    const kept = await preview(ctx, { ...ask, keepTyped: true });
    expect(plain).toMatchObject({ segments: 4 });
    expect(plain.rows[0]).toMatchObject({ encoding: 'GSM-7', changes: [{ from: '“' }, { from: '”' }, { from: '–' }, { from: '’' }] });
    expect(kept).toMatchObject({ segments: 8 });
    expect(kept.rows[0]).toMatchObject({ encoding: 'UCS-2', changes: [] });
    const id = draft(ctx, { body: long });
    const cheap = await review(ctx, id);
    draft(ctx, { body: long, keepTyped: true }, id);
    await expect(startCampaign(ctx, { id, quoteToken: cheap.quoteToken ?? '' }, owner)).rejects.toThrow('campaign.quote-outdated');
    const dear = await review(ctx, id);
    expect(dear.segments).toBe(8);
    await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: dear.quoteToken ?? '' }, owner));
    const rows = ctx.db.raw.prepare("SELECT body, segments FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?").all(String(id)) as {
      body: string;
      segments: number;
    }[];
    expect(rows).toHaveLength(4);
    for (const r of rows) {
      expect(r.body).toContain('“new boots” – it’s time');
      expect(r.segments).toBe(2);
    }
  });
});

describe('people of several groups', () => {
  it('each is counted in the first group that holds them', async () => {
    const ctx = aShop(10);
    const spanish = saveGroup(ctx, { id: null, name: 'Spanish', rule: { is: 'language', language: 'es' } } as never);
    const id = (typeof spanish === 'number' ? spanish : (spanish as { id: SegmentId }).id) as SegmentId;
    expect(await reach(ctx, { campaignId: null, segments: [everyone(ctx), id] })).toEqual([10, 0]);
    expect(await reach(ctx, { campaignId: null, segments: [id, everyone(ctx)] })).toEqual([5, 5]);
    expect(await reach(ctx, { campaignId: null, segments: [] })).toEqual([]);
  });
});
