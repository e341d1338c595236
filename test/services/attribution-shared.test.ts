import { campaignLeak } from '@db/queries/attribution';
import { leakRate } from '@domain/attribution/payback';
import { type CampaignId, type Cents, type CustomerId, DAY, HOUR, type OfferId, type UtcMs } from '@domain/kernel';
import { creditsUpToDate } from '@services/attribution/recompute';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareItems } from '../support/imports';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

const [TEXTED, HELD_OUT, STRANGER] = [1, 2, 3] as CustomerId[];

/** A campaign to two people, one of them held out; a third was never drawn. The till knows all three. */
function aShop(offer: Parameters<typeof saveOffer>[2]): { ctx: TestCtx; code: string; offerId: OfferId } {
  const ctx = aCtx();
  const saved = saveOffer(ctx, owner, offer);
  ctx.db.tx((trx) => {
    for (const id of [1, 2, 3]) {
      trx
        .prepare("INSERT INTO customer (id, first_name, phone, created_at, updated_at) VALUES (?, 'Ana', ?, 0, 0)")
        .run(id, `+1212555000${id}`);
      trx
        .prepare(
          "INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how) VALUES ('square', ?, ?, 0, 'import')",
        )
        .run(`c${id}`, id);
    }
  });
  campaign(ctx, 1, saved.id, NOON);
  return { ctx, code: saved.sharedCode ?? '', offerId: saved.id };
}

function campaign(ctx: TestCtx, id: number, offerId: OfferId, at: number, people: readonly CustomerId[] = [TEXTED] as CustomerId[]): void {
  ctx.db.tx((trx) => {
    trx
      .prepare(
        `INSERT INTO campaign (id, name, state, offer_id, body, holdout_percent, created_at, updated_at, started_at, window_ends_at)
         VALUES (?, 'Boots', 'finished', ?, 'x', 50, ?, ?, ?, ?)`,
      )
      .run(id, offerId, at, at, at, at + 14 * DAY);
    const drawn = trx.prepare(
      'INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, till_fixed, drawn_at) VALUES (?, ?, NULL, ?, 1, ?)',
    );
    drawn.run(id, HELD_OUT, 'control', at);
    for (const who of people) {
      drawn.run(id, who, 'text', at);
      trx
        .prepare(
          `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at,
             created_at, updated_at) VALUES ('campaign', ?, 'sms', ?, ?, 'marketing', 10, 'delivered', 'x', 1, ?, ?, ?, ?)`,
        )
        .run(String(id), `+1212555000${who}`, who, at, at, at, at);
    }
  });
}
const sold = (no: string, day: string, customer: string) => ({
  Date: day,
  'Gross Sales': '$40.00',
  'Net Sales': '$40.00',
  Tax: '$0.00',
  'Transaction ID': `T-${no}`,
  'Payment ID': `${no}0000AAAABBBBCCCC`,
  'Customer ID': customer,
});
const credits = (ctx: TestCtx) =>
  ctx.db.raw
    .prepare(
      'SELECT s.source_sale_id AS sale, c.campaign_id AS campaign, c.kind, c.net FROM sale_credit c JOIN sale s ON s.id = c.sale_id ORDER BY 1',
    )
    .all();
const shared = {
  id: null,
  name: '15 % off',
  kind: 'percent',
  percent: 15,
  codeMode: 'shared',
  sharedCode: 'BOOTS15',
  validDays: 14,
} as const;

describe('one code for everybody', () => {
  it('belongs to the campaign that texted it to its buyer; used by others it is the leak, told apart by whom', async () => {
    const { ctx, code } = aShop(shared as Parameters<typeof saveOffer>[2]);
    ctx.clock.advance(3 * DAY);
    const use = (customerId: CustomerId | null, receiptNo: string) =>
      redeem(ctx, clerk, { code, how: 'code', customerId, amount: 4000 as Cents, receiptNo });
    for (const [who, no] of [
      [TEXTED, 'AAAA'],
      [HELD_OUT, 'BBBB'],
      [STRANGER, 'CCCC'],
      [null, 'DDDD'],
    ] as const)
      use(who ?? null, no);
    ctx.clock.advance(DAY);
    await importFile(
      ctx,
      aFile(
        squareItems([
          sold('AAAA', '2026-11-20', 'c1'),
          sold('BBBB', '2026-11-20', 'c2'),
          sold('CCCC', '2026-11-20', 'c3'),
          sold('DDDD', '2026-11-20', ''),
        ]),
      ),
    );
    await creditsUpToDate(ctx);
    expect(credits(ctx)).toEqual([{ sale: 'T-AAAA', campaign: 1, kind: 'direct', net: 4000 }]);
    expect(ctx.db.raw.prepare('SELECT campaign_id FROM redemption ORDER BY id').pluck().all()).toEqual([1, null, null, null]);
    const leak = campaignLeak(ctx.db, 1 as CampaignId);
    expect(leak).toEqual({ all: 4, byHeldOut: 1, byOthers: 1, byUnknown: 1 });
    expect(leakRate(leak)).toBeCloseTo(2 / 3, 12);
  });

  it('is kept by the campaign it was given to, also when a later one texts the same code', async () => {
    const { ctx, code, offerId } = aShop(shared as Parameters<typeof saveOffer>[2]);
    ctx.clock.advance(2 * DAY);
    redeem(ctx, clerk, { code, how: 'code', customerId: TEXTED ?? null });
    await creditsUpToDate(ctx);
    campaign(ctx, 2, offerId, NOON + 3 * DAY);
    ctx.clock.advance(2 * DAY);
    redeem(ctx, clerk, { code, how: 'code', customerId: TEXTED ?? null });
    await creditsUpToDate(ctx);
    expect(ctx.db.raw.prepare('SELECT campaign_id FROM redemption ORDER BY id').pluck().all()).toEqual([1, 2]);
  });
});

describe('steps of a path', () => {
  it('take their own sales; over the whole path each sale counts once', async () => {
    const { ctx, offerId } = aShop(shared as Parameters<typeof saveOffer>[2]);
    campaign(ctx, 2, offerId, NOON + 5 * DAY);
    ctx.db.raw.exec("INSERT INTO ladder (root_id, state, updated_at) VALUES (1, 'ended', 0)");
    ctx.db.raw.exec(
      "INSERT INTO ladder_step (campaign_id, root_id, parent_id, reaction, after_days, at_minute) VALUES (2, 1, 1, 'nothing', 5, 600)",
    );
    ctx.clock.advance(25 * DAY);
    await importFile(
      ctx,
      aFile(
        squareItems([
          sold('AAAA', '2026-11-19', 'c1'),
          sold('BBBB', '2026-11-24', 'c1'),
          sold('CCCC', '2026-12-03', 'c1'),
          sold('DDDD', '2026-12-09', 'c1'),
        ]),
      ),
    );
    await creditsUpToDate(ctx);
    expect(credits(ctx)).toEqual([
      { sale: 'T-AAAA', campaign: 1, kind: 'influenced', net: 4000 },
      { sale: 'T-BBBB', campaign: 2, kind: 'influenced', net: 4000 },
      { sale: 'T-CCCC', campaign: 2, kind: 'influenced', net: 4000 },
    ]);
    const path = ctx.db.raw
      .prepare(
        'SELECT count(*) AS sales, sum(net) AS net FROM sale_credit WHERE campaign_id = 1 OR campaign_id IN (SELECT campaign_id FROM ladder_step WHERE root_id = 1)',
      )
      .get();
    expect(path).toEqual({ sales: 3, net: 12_000 });
  });
});

describe('what is frozen', () => {
  it('stays as it was when more is counted: windows, draws and the sale a code found', async () => {
    const { ctx, code } = aShop(shared as Parameters<typeof saveOffer>[2]);
    ctx.clock.advance(3 * DAY);
    redeem(ctx, clerk, { code, how: 'code', customerId: TEXTED ?? null, receiptNo: 'AAAA', occurredAt: (NOON + 2 * DAY + HOUR) as UtcMs });
    await importFile(ctx, aFile(squareItems([sold('AAAA', '2026-11-19', 'c1')])));
    await creditsUpToDate(ctx);
    const frozen = () =>
      [
        'SELECT id, window_ends_at, started_at FROM campaign',
        'SELECT * FROM campaign_person',
        'SELECT id, sale_id, campaign_id FROM redemption',
      ].map((sql) => ctx.db.raw.prepare(sql).all());
    const before = frozen();
    expect(before[2]).toMatchObject([{ campaign_id: 1 }]);
    expect((before[2] as { sale_id: number | null }[])[0]?.sale_id).not.toBeNull();
    await importFile(ctx, aFile(squareItems([sold('EEEE', '2026-11-19', 'c1'), sold('FFFF', '2026-11-20', 'c1')])));
    await creditsUpToDate(ctx);
    expect(frozen()).toEqual(before);
    expect(credits(ctx)).toHaveLength(3);
  });
});
