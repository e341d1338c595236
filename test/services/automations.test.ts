import { MINUTE, type ShopDay } from '@domain/kernel';
import { listOf } from '@services/automations/list';
import { makeAutomation } from '@services/automations/save';
import { switchOnQuote } from '@services/automations/switch';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, PATTERN, running } from '../support/automation-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());
const d = (s: string) => s as ShopDay;

describe('birthdays', () => {
  it('are told on their day, once, and not to whom the day was over when it was switched on', async () => {
    shop = await anAutomationShop({ people: 3 });
    shop.born(0, '1980-11-05');
    shop.born(1, '--11-02');
    shop.born(2, '--12-24');
    const id = await running(shop.ctx, 'birthday', { terms: { daysBefore: 0 }, atMinute: 10 * 60 });
    await shop.settle();
    expect(shop.told(id)).toEqual([]);
    await shop.to(3);
    expect(shop.told(id)).toEqual(['0 birthday:2026 text']);
    await shop.to(4);
    expect(shop.left()).toHaveLength(1);
    expect(listOf(shop.ctx)[0]).toMatchObject({ texts: 1, today: 0 });
    // a campaign in no list
    expect(shop.ctx.db.prepare('SELECT count(*) FROM campaign WHERE automation_id = ?').pluck().get(id)).toBe(2);
  });

  it('asked for, also tell those already inside', async () => {
    shop = await anAutomationShop({ people: 2 });
    shop.born(0, '--11-02');
    shop.born(1, '--11-20');
    const made = makeAutomation(shop.ctx, owner, 'birthday', { name: 'b', terms: { daysBefore: 7 }, atMinute: 600, pattern: PATTERN });
    const quote = await switchOnQuote(shop.ctx, made);
    expect(quote).toMatchObject({ inside: { people: 1, reachable: 1 }, month: { people: 1 }, missing: null, holdoutPercent: 0 });
    expect(quote.price).toBeGreaterThan(0);
    const id = await running(shop.ctx, 'birthday', { terms: { daysBefore: 7 }, atMinute: 600, inside: true });
    await shop.settle();
    expect(shop.told(id)).toEqual(['0 birthday:2026 text']);
  });
});

describe('absences', () => {
  it('are told once each, and a visit starts the clock again', async () => {
    shop = await anAutomationShop({ people: 2 });
    for (const day of ['2026-09-01', '2026-09-11', '2026-09-21', '2026-10-01', '2026-10-11', '2026-10-21']) shop.sold(0, d(day));
    // usual gap 10 days for both: the first is late from 11 November on
    const id = await running(shop.ctx, 'late', { atMinute: 660 });
    await shop.to(9);
    expect(shop.told(id)).toEqual(['0 late:2026-10-21 text']);
    await shop.to(12);
    shop.sold(0, d('2026-11-13'));
    await shop.to(40);
    expect(shop.told(id)).toEqual(['0 late:2026-10-21 text', '0 late:2026-11-13 text']);
    expect(shop.left()).toHaveLength(2);
  });

  it('wait for the till file', async () => {
    shop = await anAutomationShop({ people: 1 });
    for (const day of ['2026-09-01', '2026-09-11', '2026-09-21', '2026-10-01', '2026-10-11', '2026-10-21']) shop.sold(0, d(day));
    const id = await running(shop.ctx, 'late', { atMinute: 660 });
    shop.wakeAt(10);
    await shop.settle();
    expect(shop.told(id)).toEqual([]);
    expect(listOf(shop.ctx)[0]).toMatchObject({ today: 1, waitsForSales: true });
    shop.advance(MINUTE);
    shop.till();
    await shop.settle();
    expect(shop.told(id)).toEqual(['0 late:2026-10-21 text']);
  });
});
