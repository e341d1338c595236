import { results } from '@contract/results';
import type { Db } from '@db/open';
import { seedShop } from '@db/seed/index';
import { mantelHaenszel } from '@domain/attribution/intervals';
import { campaignReport } from '@services/reports/campaign';
import { offersApart } from '@services/reports/offers-apart';
import { beforeAll, describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
const ids = (): number[] =>
  db.raw
    .prepare('SELECT id FROM campaign WHERE started_at IS NOT NULL AND window_ends_at IS NOT NULL ORDER BY id')
    .pluck()
    .all() as number[];
const offer = (name: string): number =>
  Number(
    db.raw
      .prepare("INSERT INTO offer (name, kind, percent, valid_days, code_mode, created_at) VALUES (?, 'percent', 10, 14, 'personal', ?)")
      .run(name, NOON).lastInsertRowid,
  );
beforeAll(() => {
  db = createDb();
  seedShop(db, { seed: 4, people: 900, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db });
});

describe('offers side by side', () => {
  it('add up to their campaigns, and are measured over those that told of nothing else', async () => {
    const all = ids();
    const reports = await Promise.all(all.map((id) => campaignReport(ctx, id as never)));
    const { offers } = results['reports/offers'].output.parse(await offersApart(ctx));
    const sum = (of: (r: (typeof reports)[number]) => number) => reports.reduce((n, r) => n + of(r), 0);
    const step = (r: (typeof reports)[number], name: string) => r.funnel.find((f) => f.name === name)?.count ?? 0;
    const total = (k: 'texted' | 'delivered' | 'came' | 'redeemed' | 'stopped' | 'cost' | 'direct' | 'influenced') =>
      offers.reduce((n, o) => n + o[k], 0);
    expect(total('texted')).toBe(sum((r) => step(r, 'texted')));
    expect(total('came')).toBe(sum((r) => step(r, 'came')));
    expect(total('redeemed')).toBe(sum((r) => step(r, 'redeemed')));
    expect(total('stopped')).toBe(sum((r) => r.stops.count));
    expect(total('cost')).toBe(sum((r) => r.cost.known + r.cost.expected));
    for (const o of offers) {
      const of = all.filter((id) => (db.raw.prepare('SELECT offer_id FROM campaign WHERE id = ?').pluck().get(id) ?? null) === o.offerId);
      expect(o.campaigns).toBe(of.length);
      const compared = reports.filter(
        (r) => of.includes(r.head.id) && r.comparison && r.comparison.control.n > 0 && !r.comparison.ratio.suspicious,
      );
      if (!o.measured) continue;
      expect(o.measured.campaigns).toBe(compared.length);
      if (compared.length < 2) continue;
      const strata = compared
        .flatMap((r) => (r.comparison ? [r.comparison] : []))
        .map((c) => ({ text: { x: c.text.buyers, n: c.text.n }, control: { x: c.control.buyers, n: c.control.n } }));
      expect(o.measured.effect.estimate).toBeCloseTo(mantelHaenszel(strata)?.estimate ?? Number.NaN, 12);
    }
    expect(offers.some((o) => o.measured !== null)).toBe(true);
  });

  it('a campaign of two offers counts under both, and measures neither', async () => {
    const id = ids().find(
      (c) =>
        (db.raw.prepare("SELECT count(*) FROM campaign_outcome WHERE campaign_id = ? AND arm = 'control'").pluck().get(c) as number) > 0,
    ) as number;
    const second = offer('For the others');
    db.raw
      .prepare("INSERT INTO campaign_part (campaign_id, position, name, body, offer_id) VALUES (?, 2, 'Others', 'x', ?)")
      .run(id, second);
    db.raw.prepare('UPDATE campaign_person SET part = 2 WHERE campaign_id = ? AND customer_id % 2 = 0').run(id);
    const { offers } = await offersApart(ctx);
    const mine = offers.find((o) => o.offerId === second);
    expect(mine?.campaigns).toBe(1);
    expect(mine?.measured).toBeNull();
    expect(mine?.texted).toBe(
      db.raw
        .prepare("SELECT count(*) FROM campaign_outcome WHERE campaign_id = ? AND part = 2 AND arm = 'text' AND reached = 1")
        .pluck()
        .get(id),
    );
    const { offers: again } = await offersApart(ctx);
    expect(again).toEqual(offers);
  });
});
