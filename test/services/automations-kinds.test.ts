import type { OfferId, ShopDay } from '@domain/kernel';
import { tellNow } from '@services/automations/arrivals';
import { dryRun } from '@services/automations/dry-run';
import { theAutomation } from '@services/automations/look';
import { todayOf } from '@services/automations/outlook';
import { resultsOf } from '@services/automations/results';
import { makeAutomation } from '@services/automations/save';
import { pauseAutomation, resumeAutomation, switchOff } from '@services/automations/switch';
import { automationsBeside, whyAutomation } from '@services/automations/why';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, PATTERN, running } from '../support/automation-shop';
import { percentOff } from '../support/ladder-shop';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());
const d = (s: string) => s as ShopDay;
const page = { offset: 0, limit: 50 };

describe('every kind', () => {
  it('welcomes after the first purchase, thanks whoever comes more often, asks for a review, keeps anniversaries', async () => {
    shop = await anAutomationShop({ people: 4 });
    const { ctx } = shop;
    // 0: bought for the first time; 1: twice a year, then often; 2: first bought a year ago
    for (const day of ['2025-12-01', '2026-03-01', '2026-06-01', '2026-10-01', '2026-10-12', '2026-10-24']) shop.sold(1, d(day));
    shop.sold(2, d('2025-11-06'));
    const purchase = await running(ctx, 'welcome-purchase', { waitDays: 3 });
    const thanks = await running(ctx, 'thank-you', { waitDays: 3 });
    const asked = await running(ctx, 'review', { waitDays: 3, terms: { leastSpend: 4000 } });
    const years = await running(ctx, 'anniversary', {});
    await shop.to(1);
    shop.sold(0, d('2026-11-03'));
    shop.sold(1, d('2026-11-03'));
    shop.sold(3, d('2026-11-03'), 'Laces', 300);
    await shop.to(8);
    expect(shop.told(purchase)).toEqual(['0 welcome:purchase text', '3 welcome:purchase text']);
    expect(shop.told(thanks)).toEqual(['1 rising:2026-11-03 text']);
    expect(shop.told(years)).toEqual(['2 anniversary:2026 text']);
    // each had a text of these days already: courtesy comes first, and a review is not worth waiting for
    expect(shop.told(asked).filter((e) => e.includes('waiting'))).toHaveLength(2);
    await shop.to(14);
    expect(shop.told(asked)).toEqual(['0 review:2026-11-03 text', '1 review:2026-11-03 text']);
    expect(shop.left()).toHaveLength(6);
  });

  it('reminds of the very code somebody holds, and only of one that left and is unused', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    shop.born(0, '--11-05');
    const birthday = await running(ctx, 'birthday', {
      terms: { daysBefore: 0 },
      pattern: { body: '{shop}: {code} until {ends}.', offerId: percentOff(ctx, 10, 14) },
    });
    const reminder = await running(ctx, 'code-expiring', { terms: { daysBefore: 3 }, pattern: { body: '{shop}: {code} ends {ends}.' } });
    await shop.to(20);
    expect(shop.told(birthday)).toEqual(['0 birthday:2026 text']);
    const code = ctx.db.prepare('SELECT code FROM offer_code').pluck().all() as string[];
    expect(code).toHaveLength(1);
    expect(shop.told(reminder)).toEqual([`0 code:${code[0]} text`]);
    const bodies = shop.left().map((t) => t.body);
    expect(bodies[1]).toContain(/: (\S+) /.exec(bodies[0] ?? '')?.[1]);
  });

  it('tells a club of what is new when the owner says so, each time once', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    ctx.db.prepare("INSERT INTO customer_permission (purpose, state, customer_id) VALUES ('topic:shoes', 'in', ?)").run(shop.people[0]?.id);
    const id = await running(ctx, 'new-arrival', { terms: { topic: 'shoes' } });
    await shop.settle();
    expect(shop.told(id)).toEqual([]);
    await tellNow(ctx, owner, id, 'Boots');
    await shop.settle();
    expect(shop.told(id)).toEqual(['0 arrival:1 text']);
    await shop.to(7);
    expect(shop.left()).toHaveLength(1);
  });

  it('bought X and not Y: once, and not to whom Y came meanwhile', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    const id = await running(ctx, 'bought-not', { waitDays: 5, terms: { name: 'Suit', notName: 'Tie' } });
    await shop.to(1);
    for (const who of [0, 1, 2]) shop.sold(who, d('2026-11-02'), 'Suit');
    shop.sold(1, d('2026-11-03'), 'Tie');
    await shop.to(6);
    expect(shop.told(id)).toEqual(['0 bought-not:2026-11-02 text', '2 bought-not:2026-11-02 text']);
    shop.sold(0, d('2026-11-09'), 'Suit');
    await shop.to(20);
    expect(shop.told(id)).toHaveLength(2);
  });
});

describe('the owner', () => {
  it('reads who would get it today, and what last month would have been', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    shop.born(0, '--10-10');
    shop.born(1, '--10-31');
    shop.born(2, '--11-02');
    const id = makeAutomation(ctx, owner, 'birthday', { name: 'b', terms: { daysBefore: 0 }, pattern: PATTERN });
    const run = await dryRun(ctx, theAutomation(ctx, id));
    expect(run).toMatchObject({ from: '2026-10-01', to: '2026-10-31', people: 2, texts: 2 });
    expect(run.price).toBeGreaterThan(0);
    const today = await todayOf(ctx, theAutomation(ctx, id), page);
    expect(today.rows.map((r) => [r.customerId, r.cause, r.reason])).toEqual([[shop.people[2]?.id, 'birthday:2026', null]]);
  });

  it('what a dry run says is what it did: the month is played again afterwards', async () => {
    shop = await anAutomationShop({ people: 5 });
    const { ctx } = shop;
    ['2026-11-03', '2026-11-10', '2026-11-29'].forEach((day, i) => {
      shop.born(i, `--${day.slice(5)}`);
    });
    for (const day of ['2026-09-01', '2026-09-15', '2026-09-29', '2026-10-13', '2026-10-27']) shop.sold(3, d(day));
    const birthday = await running(ctx, 'birthday', { terms: { daysBefore: 0 } });
    const late = await running(ctx, 'late', {});
    await shop.to(31);
    const again = async (id: typeof late) => (await dryRun(ctx, theAutomation(ctx, id))).texts;
    expect([await again(birthday), await again(late)]).toEqual([3, 1]);
    expect([shop.told(birthday).length, shop.told(late).length]).toEqual([3, 1]);
    const results = await resultsOf(ctx, theAutomation(ctx, birthday));
    expect(results.total).toMatchObject({ texted: 3, delivered: 3 });
    expect(results.months.map((m) => m.month)).toEqual(['2026-11']);
  });

  it('can ask why somebody got it, and why not', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    shop.born(0, '--11-03');
    const id = await running(ctx, 'birthday', { terms: { daysBefore: 0 } });
    await shop.to(2);
    const [ana, ben] = shop.people.map((p) => p.id);
    expect(whyAutomation(ctx, id, ana as never)).toMatchObject({
      events: [{ cause: 'birthday:2026', outcome: 'text' }],
      next: [{ cause: 'birthday:2027' }],
      none: null,
    });
    expect(whyAutomation(ctx, id, ben as never)).toMatchObject({ events: [], next: [], none: 'no-reason' });
    expect(automationsBeside(ctx, ana as never)).toHaveLength(1);
  });

  it('can pause, go on and switch off; what came due meanwhile and is still worth saying is said', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    shop.born(0, '--11-03');
    shop.born(1, '--11-09');
    const id = await running(ctx, 'birthday', { terms: { daysBefore: 0 } });
    pauseAutomation(ctx, owner, id);
    await shop.to(1);
    expect(shop.told(id)).toEqual([]);
    await resumeAutomation(ctx, owner, id);
    await shop.settle();
    expect(shop.told(id)).toEqual(['0 birthday:2026 text']);
    switchOff(ctx, owner, id);
    await shop.to(10);
    expect(shop.told(id)).toHaveLength(1);
    expect(ctx.db.prepare("SELECT count(*) FROM campaign WHERE state = 'sending'").pluck().get()).toBe(0);
  });

  it('changed offers wait for the owner; changed words open another edition', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    [3, 4, 5].forEach((n, i) => {
      shop.born(i, `--11-0${n}`);
    });
    const offer: OfferId = percentOff(ctx, 10, 14);
    const id = await running(ctx, 'birthday', { terms: { daysBefore: 0 }, pattern: { body: '{shop}: {code}', offerId: offer } });
    await shop.to(1);
    ctx.db.prepare('UPDATE offer SET percent = 15 WHERE id = ?').run(offer);
    await shop.to(2);
    expect(theAutomation(ctx, id)).toMatchObject({ state: 'paused', held: 'words' });
    await resumeAutomation(ctx, owner, id);
    await shop.settle();
    await shop.to(3);
    expect(shop.told(id)).toHaveLength(3);
    expect(ctx.db.prepare('SELECT count(*) FROM automation_edition').pluck().get()).toBe(2);
  });
});
