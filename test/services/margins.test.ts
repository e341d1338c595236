import { stopTable } from '@backend/stop-table';
import { costs } from '@contract/costs';
import { margins as contract } from '@contract/margins';
import { seedShop } from '@db/seed/index';
import type { CampaignId, OfferId } from '@domain/kernel';
import { campaignReport } from '@services/reports/campaign';
import { leakOfOffer } from '@services/results/leak';
import { optOutCost } from '@services/results/lost-regulars';
import { marginList, previewMarginFile, saveMargins } from '@services/results/margin-list';
import { beforeAll, describe, expect, it } from 'vitest';
import { aFile } from '../support/imports';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let ctx: TestCtx;
beforeAll(() => {
  const db = createDb();
  seedShop(db, { seed: 2, people: 1100, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db });
});
const list = (kind: 'category' | 'item', search = '') => marginList(ctx, { kind, search, offset: 0, limit: 200 });

describe('margins typed by the owner', () => {
  it('stand beside the takings of their category, which add up to what plain SQL says', async () => {
    const l = await list('category');
    contract['margins/list'].output.parse(l);
    expect(l.rows.length).toBeGreaterThan(3);
    const sql = ctx.db.raw
      .prepare('SELECT sum(l.net) FROM sale_line l JOIN sale s ON s.id = l.sale_id WHERE s.shop_day BETWEEN ? AND ?')
      .pluck()
      .get(l.from, l.to);
    expect(l.takings).toBe(sql);
    expect(l.rows.reduce((n, r) => n + r.takings, 0)).toBe(sql);
    expect(l.rows.every((r) => r.bp === null && r.holds === null)).toBe(true);
    const items = await list('item', l.rows[0]?.name.toLowerCase());
    expect(items.rows.reduce((n, r) => n + (r.category === l.rows[0]?.name ? r.takings : 0), 0)).toBe(l.rows[0]?.takings);
  });

  it('until the shop’s own is typed it stays takings; then profit rests on what each thing earns', async () => {
    const [first, second] = (await list('category')).rows;
    saveMargins(ctx, owner, { margins: [{ kind: 'category', name: first?.name ?? '', bp: 7000 }] });
    expect((await campaignReport(ctx, 5 as CampaignId)).comparison).toMatchObject({ verdict: { measure: 'buyers' }, marginPercent: null });
    saveMargins(ctx, owner, { shopPercent: 40, margins: [] });
    const mixed = (await campaignReport(ctx, 5 as CampaignId)).comparison;
    expect(mixed?.verdict.measure).toBe('profit');
    expect(mixed?.marginPercent).toBeGreaterThan(40);
    expect(mixed?.marginPercent).toBeLessThan(70);
    const rows = (await list('category')).rows;
    expect(rows.find((r) => r.name === first?.name)?.holds).toEqual({ bp: 7000, from: 'category' });
    expect(rows.find((r) => r.name === second?.name)?.holds).toEqual({ bp: 4000, from: 'shop' });
    const before = mixed?.verdict.range?.estimate ?? 0;
    saveMargins(ctx, owner, { margins: [{ kind: 'category', name: first?.name ?? '', bp: null }] });
    const flat = (await campaignReport(ctx, 5 as CampaignId)).comparison;
    expect(flat?.marginPercent).toBe(40);
    expect(flat?.verdict.range?.estimate).not.toBe(before);
  });

  it('a file proposes and saves nothing; names it does not explain are found among what is sold', async () => {
    const [first] = (await list('category')).rows;
    const file = aFile(`Name,Percent\n${first?.name.toUpperCase()},55\nNever sold,20\n`);
    const p = await previewMarginFile(ctx, await stopTable({ path: file }));
    contract['margins/read-file'].output.parse(p);
    expect(p).toMatchObject({
      shape: 'percent',
      proposals: [
        { kind: 'category', bp: 5500, was: null, sold: true },
        { kind: 'item', name: 'Never sold', bp: 2000, sold: false },
      ],
    });
    expect((await list('category')).rows.every((r) => r.bp === null)).toBe(true);
    await expect(previewMarginFile(ctx, await stopTable({ path: aFile('Name,Phone\nAna,2125550142\n') }))).rejects.toMatchObject({
      code: 'margin.no-file',
    });
  });

  it('a shop without sales has nothing to list', async () => {
    expect(await marginList(aCtx(), { kind: 'category', search: '', offset: 0, limit: 200 })).toMatchObject({
      total: 0,
      rows: [],
      from: null,
    });
  });
});

describe('how far an offer travelled', () => {
  it('every use is by somebody it was sent to, somebody held out, somebody else, or nobody known', () => {
    const offers = ctx.db.raw
      .prepare('SELECT offer_id AS id, count(*) AS n FROM redemption WHERE reversed_at IS NULL GROUP BY 1')
      .all() as {
      id: OfferId;
      n: number;
    }[];
    expect(offers.length).toBeGreaterThan(0);
    for (const { id, n } of offers) {
      const leak = leakOfOffer(ctx, id);
      expect(leak?.all).toBe(n);
      expect((leak?.byHeldOut ?? 0) + (leak?.byOthers ?? 0) + (leak?.byUnknown ?? 0)).toBeLessThanOrEqual(n);
    }
    const [{ id } = { id: 0 as OfferId }] = offers;
    const stranger = ctx.db.raw
      .prepare(
        'SELECT id FROM customer WHERE id NOT IN (SELECT customer_id FROM campaign_person) AND id NOT IN (SELECT customer_id FROM offer_code WHERE customer_id IS NOT NULL) LIMIT 1',
      )
      .pluck()
      .get();
    const before = leakOfOffer(ctx, id);
    ctx.db.raw
      .prepare(
        `INSERT INTO redemption (code, offer_id, customer_id, at, how) SELECT c.code, c.offer_id, ?, ?, 'till-file' FROM offer_code c
         WHERE c.offer_id = ? AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.code = c.code) LIMIT 1`,
      )
      .run(stranger, ctx.clock.now(), id);
    expect(leakOfOffer(ctx, id)).toMatchObject({ all: (before?.all ?? 0) + 1, byOthers: (before?.byOthers ?? 0) + 1 });
    ctx.db.raw.prepare("DELETE FROM redemption WHERE how = 'till-file'").run();
    expect(leakOfOffer(ctx, 999 as OfferId)).toBeNull();
  });
});

describe('what opt-outs put at stake', () => {
  it('counts each person who left once; of the campaigns together no more than of all; takings until a margin is typed', async () => {
    saveMargins(ctx, owner, { shopPercent: null, margins: [] });
    const all = await optOutCost(ctx, { campaignId: null, months: 24 });
    costs['costs/opt-outs'].output.parse(all);
    const left = ctx.db.raw
      .prepare("SELECT count(DISTINCT address_hmac) FROM consent_event WHERE kind = 'stopped' AND channel = 'sms'")
      .pluck()
      .get();
    expect(all.stopped).toBeGreaterThan(0);
    expect(all.stopped).toBeLessThanOrEqual(left as number);
    expect(all.regulars + all.unknown).toBeLessThanOrEqual(all.stopped);
    expect(all.measure).toBe('takings');
    expect(all.months.reduce((n, m) => n + m.stopped, 0)).toBe(all.stopped);
    let ofCampaigns = 0;
    for (let id = 1; id <= 7; id++) ofCampaigns += (await optOutCost(ctx, { campaignId: id as CampaignId, months: 24 })).stopped;
    expect(ofCampaigns).toBeLessThanOrEqual(all.stopped);
    saveMargins(ctx, owner, { shopPercent: 50, margins: [] });
    const earned = await optOutCost(ctx, { campaignId: null, months: 24 });
    expect(earned.measure).toBe('margin');
    if (all.yearly && earned.yearly) expect(earned.yearly.estimate).toBeLessThan(all.yearly.estimate);
  });
});
