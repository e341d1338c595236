import type { Db } from '@db/open';
import { insertSegment } from '@db/queries/segments';
import { seedShop } from '@db/seed/index';
import type { CampaignId } from '@domain/kernel';
import { breakdown, figurePeople } from '@services/reports/breakdown';
import { peopleFile } from '@services/reports/people-file';
import { beforeAll, describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

let db: Db;
let ctx: TestCtx;
const owner = { staffId: 1 as never, role: 'owner' as const };
beforeAll(() => {
  db = createDb();
  seedShop(db, { seed: 4, people: 300, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
  ctx = aCtx({ db });
});

describe('the people of a figure as a file', () => {
  it('holds everybody of it once, no number and no address, and is written down', async () => {
    const id = 2 as CampaignId;
    const list = await figurePeople(ctx, { campaignId: id, figure: 'texted', part: null, words: null, after: null, limit: 200 });
    expect(list.total).toBeGreaterThan(20);
    const file = await peopleFile(ctx, owner as never, { campaignId: id, figure: 'texted', part: null, words: null });
    const [head = '', ...rows] = file.text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(rows).toHaveLength(list.total);
    expect(file.people).toBe(list.total);
    expect(new Set(rows.map((r) => r.split(',')[0])).size).toBe(list.total);
    expect(rows.slice(0, list.rows.length).map((r) => Number(r.split(',')[0]))).toEqual(list.rows.map((r) => r.customerId));
    expect(head).not.toMatch(/phone|email|street/);
    for (const { phone } of list.rows) if (phone) expect(file.text).not.toContain(phone.slice(2));
    expect(file.name).toMatch(/^[a-z0-9-]+-texted-\d{4}-\d\d-\d\d\.csv$/);
    const said = db.raw.prepare("SELECT detail FROM audit WHERE action = 'campaign.people-saved'").pluck().get() as string;
    expect(JSON.parse(said)).toMatchObject({ figure: 'texted', people: list.total });
  });

  it('its sums are the shop’s money, also where that has no cents, and add up to the figure', async () => {
    for (const [currency, digits] of [
      ['USD', 2],
      ['JPY', 0],
      ['KWD', 3],
    ] as const) {
      const here = aCtx({ db, settings: { shop: { name: 'Corner Shoes', currency } } });
      const file = await peopleFile(here, owner as never, { campaignId: 2 as CampaignId, figure: 'influenced', part: null, words: null });
      const [head = [], ...rows] = file.text
        .replace('\ufeff', '')
        .trimEnd()
        .split('\r\n')
        .map((l) => l.split(','));
      const at = (name: string) => head.indexOf(name);
      const sum = db.raw.prepare('SELECT sum(influenced) FROM campaign_outcome WHERE campaign_id = 2').pluck().get() as number;
      expect(rows.reduce((n, r) => n + Math.round(Number(r[at('after_text')]) * 10 ** digits), 0)).toBe(sum);
      expect(new Set(rows.map((r) => `${r[at('currency')]} ${r[at('text_currency')]}`))).toEqual(new Set([`${currency} USD`]));
    }
    aCtx({ db, settings: { shop: { name: 'Corner Shoes', currency: 'USD' } } });
  });

  it('a name a spreadsheet would run is only a name', async () => {
    db.raw
      .prepare(
        "UPDATE customer SET last_name = '=HYPERLINK(1)' WHERE id = (SELECT min(customer_id) FROM campaign_outcome WHERE campaign_id = 2 AND arm = 'text' AND reached = 1)",
      )
      .run();
    const file = await peopleFile(ctx, owner as never, { campaignId: 2 as CampaignId, figure: 'texted', part: null, words: null });
    expect(file.text).toContain("'=HYPERLINK(1)");
  });

  it('of a campaign that is none, it is refused', async () => {
    await expect(
      peopleFile(ctx, owner as never, { campaignId: 999 as CampaignId, figure: 'came', part: null, words: null }),
    ).rejects.toMatchObject({
      code: 'report.not-found',
    });
  });
});

describe('what parts are called', () => {
  it('as the owner says, else as their group; and with which offer', async () => {
    const named = 'People of May';
    const group = db.tx((trx) => insertSegment(trx, { name: named, rule: { all: [] } as never, readyMade: null, now: NOON }));
    db.raw.prepare("UPDATE campaign SET part_name = '', segment_id = ? WHERE id = 2").run(group);
    const offer = db.raw.prepare('SELECT o.name FROM campaign c JOIN offer o ON o.id = c.offer_id WHERE c.id = 2').pluck().get() as
      | string
      | undefined;
    const b = await breakdown(ctx, 2 as CampaignId);
    expect(b.parts[0]).toEqual({ part: 1, name: named, offer: offer ?? null });
    db.raw.prepare("UPDATE campaign SET part_name = 'My regulars' WHERE id = 2").run();
    expect((await breakdown(ctx, 2 as CampaignId)).parts[0]?.name).toBe('My regulars');
  });
});
