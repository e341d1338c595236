import { quarterHeld } from '@domain/attribution/rolling';
import { type CampaignId, type CustomerId, DAY, type PhoneE164, type SegmentId } from '@domain/kernel';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { listGroups } from '@services/segments/segments';
import { quarterTests } from '@services/tests/quarters';
import { wordsTest } from '@services/tests/words';
import { describe, expect, it } from 'vitest';
import { mayBeTexted } from '../support/people';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const practice = {
  mode: 'practice' as const,
  sender: { kind: 'number' as const, number: '+12125559999' as PhoneE164 },
  senderApproved: true,
};

/** People 1…n of New York who may be texted, with a till identity each. */
function aShop(n: number, quarterHoldout: boolean): TestCtx {
  const ctx = aCtx({ settings: { texting: practice, money: { quarterHoldout } } });
  ctx.db.tx((trx) => {
    for (let i = 1; i <= n; i++) {
      const phone = `+1212555${String(i).padStart(4, '0')}`;
      trx
        .prepare(
          "INSERT INTO customer (id, first_name, last_name, phone, phone_kind, created_at, updated_at) VALUES (?, 'Ana', 'G', ?, 'mobile', 0, 0)",
        )
        .run(i, phone);
      mayBeTexted(trx, phone);
      trx
        .prepare(
          "INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how) VALUES ('till', ?, ?, 0, 'import')",
        )
        .run(`c${i}`, i);
    }
  });
  return ctx;
}

async function started(ctx: TestCtx, fields: Partial<Parameters<typeof saveDraft>[2]> = {}): Promise<CampaignId> {
  const id = saveDraft(ctx, null, {
    name: 'Boots week',
    segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId,
    body: '{shop}: Hi {first name|there}, boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'auto',
    goal: { kind: 'none', target: null },
    windowDays: 14,
    ...fields,
  });
  const r = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  return id;
}
const arms = (ctx: TestCtx, id: CampaignId, arm: string) =>
  ctx.db.raw
    .prepare('SELECT customer_id FROM campaign_person WHERE campaign_id = ? AND arm = ? ORDER BY customer_id')
    .pluck()
    .all(id, arm) as CustomerId[];

describe('the same group untexted for a quarter', () => {
  it('is kept out of every campaign of it, whatever the campaign says, and another one the next quarter', async () => {
    const ctx = aShop(300, true);
    const first = await started(ctx);
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(NOON);
    ctx.clock.advance(6 * DAY);
    const second = await started(ctx, { holdout: 'off' });
    const held = Array.from({ length: 300 }, (_, i) => (i + 1) as CustomerId).filter(quarterHeld(ctx.hmacKey, '2026-Q4'));
    expect(held.length).toBeGreaterThan(15);
    expect(held.length).toBeLessThan(50);
    expect(arms(ctx, first, 'control')).toEqual(held);
    expect(arms(ctx, second, 'control')).toEqual(held);
    expect(arms(ctx, first, 'text')).toHaveLength(300 - held.length);
    const next = quarterHeld(ctx.hmacKey, '2027-Q1');
    expect(held.filter(next).length, 'drawn anew').toBeLessThan(held.length);
  });

  it('gets one verdict, after the quarter, by people and by what their till identity bought', async () => {
    const ctx = aShop(300, true);
    const id = await started(ctx);
    const [held, texted] = [arms(ctx, id, 'control'), arms(ctx, id, 'text')];
    const buy = (customer: CustomerId) =>
      ctx.db.raw
        .prepare(
          `INSERT INTO sale (source, source_sale_id, source_customer_id, customer_id, kind, status, occurred_at, shop_day, currency, gross, net, import_id)
           VALUES ('till', ?, ?, ?, 'sale', 'completed', ?, '2026-11-18', 'USD', 1000, 1000, 1)`,
        )
        .run(`s${customer}`, `c${customer}`, customer, NOON + DAY);
    const file = (at: number) =>
      ctx.db.raw
        .prepare(
          "INSERT OR REPLACE INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, last_sale_at, finished_at, created_at) VALUES (1, 'x', 'h', 1, 'p', 'till', '{}', 'done', ?, ?, 0)",
        )
        .run(at - DAY, at);
    file(NOON);
    for (const c of texted.slice(0, 120)) buy(c);
    buy(held[0] as CustomerId);
    expect(await quarterTests(ctx)).toMatchObject([{ quarter: '2026-Q4', campaigns: 1, window: { state: 'running' }, result: null }]);
    ctx.clock.advance(50 * DAY);
    ctx.db.raw.prepare('UPDATE import SET last_sale_at = ?, finished_at = ?').run(ctx.clock.now() - DAY, ctx.clock.now());
    const [q] = await quarterTests(ctx);
    expect(q?.result).toMatchObject({ texted: { x: 120, n: texted.length }, held: { x: 1, n: held.length } });
    expect(q?.result?.verdict.code).toBe(held.length < 50 ? 'counts-only' : 'made-money');
  });

  it('leaves every campaign its own draw while it is switched off', async () => {
    const ctx = aShop(300, false);
    expect(arms(ctx, await started(ctx), 'control')).toHaveLength(60);
    expect(await quarterTests(ctx)).toEqual([]);
  });
});

describe('two wordings', () => {
  it('are not looked at before their days are over, judged once then, and never again', async () => {
    const ctx = aShop(300, false);
    const id = await started(ctx, {
      holdout: 'off',
      goal: { kind: 'redemptions', target: 20 },
      words: [{ part: 1, language: 'en', arm: 'b', links: 'any', body: '{shop}: boots came in today.' }],
    });
    const readers = (arm: string) =>
      ctx.db.raw
        .prepare('SELECT customer_id FROM campaign_person WHERE campaign_id = ? AND words LIKE ?')
        .pluck()
        .all(id, `%.${arm}.%`) as number[];
    const [a, b] = [readers('a'), readers('b')];
    expect([a.length, b.length]).toEqual([150, 150]);
    ctx.db.raw
      .prepare(
        "INSERT INTO offer (id, name, kind, percent, valid_days, code_mode, created_at) VALUES (1, 'x', 'percent', 10, 9, 'personal', 0)",
      )
      .run();
    const redeem = (customer: number) => {
      ctx.db.raw
        .prepare(
          "INSERT INTO offer_code (code, offer_id, campaign_id, customer_id, state, issued_at, expires_at) VALUES (?, 1, ?, ?, 'redeemed', 0, 9e15)",
        )
        .run(`K${customer}`, id, customer);
      ctx.db.raw
        .prepare("INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, how) VALUES (?, 1, ?, ?, ?, 'code')")
        .run(`K${customer}`, id, customer, NOON + DAY);
    };
    for (const c of a.slice(0, 45)) redeem(c);
    for (const c of b.slice(0, 15)) redeem(c);
    expect(await wordsTest(ctx, id)).toMatchObject({ state: 'running', outcome: 'redeemed' });
    ctx.clock.advance(20 * DAY);
    const judged = await wordsTest(ctx, id);
    expect(judged).toMatchObject({ state: 'judged', verdict: { code: 'a', a: { x: 45, n: 150 }, b: { x: 15, n: 150 } } });
    for (const c of b.slice(15, 90)) redeem(c);
    ctx.clock.advance(20 * DAY);
    expect(await wordsTest(ctx, id), 'what comes later changes nothing').toEqual(judged);
  });
});
