import { practiceAccount } from '@adapters/practice-carrier/account';
import { readUsage } from '@db/queries/account';
import { startOfDay } from '@domain/calendar';
import { DAY, HOUR, type ShopDay, type UtcMs } from '@domain/kernel';
import { waitingForecast } from '@services/account/forecast';
import { accountHealth } from '@services/account/health';
import { learnPrices, lookAtAccount } from '@services/account/look';
import { askUsage, comparedMonth, statement, statementFile } from '@services/account/statement';
import { sendingStatus } from '@services/outbox/status';
import { afterEach, describe, expect, it } from 'vitest';
import { aPhone } from '../support/carrier';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
const NAMES = {
  columns: ['Month', 'What', 'Campaign', 'Texts', 'Parts', 'Currency', 'Paid', 'Expected', 'Together'] as const,
  parts: {
    campaigns: 'Campaign',
    automations: 'A',
    permission: 'P',
    replies: 'R',
    service: 'S',
    test: 'T',
    received: 'In',
    'look-ups': 'L',
    total: 'Together',
  },
};

/** A campaign that was sent, delivered and priced by the carrier, a day later. */
async function sent(people: number): Promise<SendingShop> {
  shop = await aSendingShop({ carrier: { account: practiceAccount(), people: 'none' } });
  aSendingCampaign(shop.ctx, { people });
  const s = shop;
  const done = () => (countStates(s.ctx)['delivered'] ?? 0) === people;
  await s.run(done, 6 * HOUR);
  expect(countStates(s.ctx)).toEqual({ delivered: people });
  s.advance(25 * HOUR); // prices come up to a day later
  await s.run(() => s.ctx.db.prepare('SELECT count(*) FROM outbox WHERE price IS NULL').pluck().get() === 0, 8 * HOUR);
  return s;
}

describe('what it cost', () => {
  it('learns the real price from texts the carrier priced, and reckons with it from then on', async () => {
    const s = await sent(60);
    const unpriced = s.ctx.db.prepare('SELECT count(*) FROM outbox WHERE price IS NULL').pluck().get();
    expect(unpriced).toBe(0);
    const learnt = await learnPrices(s.ctx);
    expect(learnt).toMatchObject({ texts: 60, segments: 60 });
    await lookAtAccount(s.ctx);
    expect(s.ctx.settings().texting).toMatchObject({ pricePerSegment: learnt?.perSegment, from: { price: 'learnt' } });
    expect(accountHealth(s.ctx).price.learnt).toEqual(learnt);
  });

  it('a month’s statement is the sum of its texts to the millionth, and compares with the carrier’s own count', async () => {
    const s = await sent(25);
    const [exact] = s.ctx.db.prepare('SELECT sum(price) AS paid, sum(segments) AS parts FROM outbox').all() as {
      paid: number;
      parts: number;
    }[];
    const { months, total } = await statement(s.ctx, { offset: 0, limit: 13 });
    expect(total).toBe(1);
    expect(months[0]?.lines).toMatchObject([{ part: 'campaigns', name: 'Boots', texts: 25, priced: 25, real: exact?.paid, expected: 0 }]);
    expect(months[0]?.totals).toMatchObject([{ currency: 'USD', texts: 25, segments: exact?.parts, real: exact?.paid }]);
    const { text, name } = await statementFile(s.ctx, NAMES);
    expect(name).toMatch(/^texts-2026-11-\d\d\.csv$/);
    expect(text.split('\r\n').filter((l) => l.startsWith('2026-11,'))).toHaveLength(2);

    expect(comparedMonth(s.ctx, '2026-11')).toBeNull();
    await askUsage(s.ctx, '2026-11');
    expect(comparedMonth(s.ctx, '2026-11')).toMatchObject({ ours: { segments: 25 }, theirs: { segments: 25 }, why: 'same' });
    // somebody else texts from the account: their texts are in the carrier's count and in none of ours
    for (let i = 0; i < 40; i++) {
      await s.carrier.gateway.send({
        to: aPhone(500 + i),
        sender: { kind: 'number', number: '+12125550140' as never },
        body: 'Not ours',
        validitySeconds: 3600,
      });
    }
    s.advance(2 * DAY);
    await askUsage(s.ctx, '2026-11');
    expect(comparedMonth(s.ctx, '2026-11')).toMatchObject({ why: 'others-send' });
  });

  it('a key that may not read the usage says so; the daily look does without', async () => {
    shop = await aSendingShop({ carrier: { account: { denied: ['usage'] } } });
    await lookAtAccount(shop.ctx);
    expect(readUsage(shop.ctx.db, '2026-11')).toBeNull();
    await expect(askUsage(shop.ctx, '2026-11')).rejects.toMatchObject({ code: 'account.usage-refused' });
  });

  it('months are the shop’s: a text at 23:30 on the last day belongs to that month, whatever day it is in London', async () => {
    const lastEvening = (startOfDay('2026-12-01' as ShopDay, 'America/New_York' as never) - HOUR / 2) as UtcMs;
    shop = await aSendingShop({ settings: { shop: { zone: 'America/New_York' as never } }, now: (lastEvening + 2 * HOUR) as UtcMs });
    const { outbox } = aSendingCampaign(shop.ctx, { people: 1 });
    shop.ctx.db
      .prepare("UPDATE outbox SET state = 'delivered', left_at = ?, price = 8300, price_currency = 'USD' WHERE id = ?")
      .run(lastEvening, outbox[0]);
    const { months } = await statement(shop.ctx, { offset: 0, limit: 13 });
    expect(months.map((m) => [m.month, m.totals[0]?.texts ?? 0])).toEqual([
      ['2026-12', 0],
      ['2026-11', 1],
    ]);
  });
});

describe('when a campaign will be through', () => {
  it('is told while it waits: pace, the people’s hours and the carriers’ day', async () => {
    shop = await aSendingShop({ settings: { texting: { segmentsPerSecond: 1.25 } } }); // a pace of one a second
    const { ctx } = shop;
    const { id } = aSendingCampaign(ctx, { people: 120 });
    const waiting = { share: 1, texts: 120, segments: 120 };
    expect(waitingForecast(ctx, id, waiting)).toMatchObject({ finishesAt: ctx.clock.now() + 120_000, limitedBy: 'pace' });
    expect(sendingStatus(ctx, id).finish?.finishesAt).toBe(ctx.clock.now() + 120_000);
    ctx.clock.advance(HOUR); // what was reckoned is kept for moments only
    const texting = ctx.settings().texting;
    const { saveSettings } = await import('@db/queries/settings');
    saveSettings(ctx.db, 'texting', { ...texting, dailySegments: 100 }, ctx.clock.now());
    // a hundred today; the other twenty when New York opens at ten on the carriers' next day
    const f = waitingForecast(ctx, id, waiting);
    expect(f).toMatchObject({ limitedBy: 'daily', days: 2 });
    expect(new Date(f?.finishesAt ?? 0).toISOString()).toBe('2026-11-18T15:00:20.000Z');
  });

  it('says nothing while it is paused', async () => {
    shop = await aSendingShop();
    const { id } = aSendingCampaign(shop.ctx, { people: 3 });
    shop.ctx.db.prepare("UPDATE campaign SET state = 'paused' WHERE id = ?").run(id);
    expect(sendingStatus(shop.ctx, id).finish).toBeNull();
  });
});
