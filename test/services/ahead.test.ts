import { addDays, instantOf, shopDay } from '@domain/calendar';
import { type CampaignId, DAY, HOUR, type UtcMs } from '@domain/kernel';
import { calendarAhead, peopleAhead } from '@services/ahead/calendar';
import { reschedule } from '@services/campaigns/schedule';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, MONDAY, NY, running } from '../support/automation-shop';
import { planned } from '../support/planned';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());

/** 11:00 of the shop, so many days after its first. */
const at = (days: number): UtcMs => {
  const [y, m, d] = addDays(shopDay(MONDAY, NY), days).split('-').map(Number) as [number, number, number];
  return instantOf(NY, y, m, d, 11);
};
const looked = async () => {
  const c = await calendarAhead(shop.ctx);
  return {
    ...c,
    on: c.days.flatMap((d, i) => d.items.map((x) => `${i} ${x.kind} ${x.name}: ${x.people} -${x.leftOut}`)),
  };
};

describe('the next 30 days', () => {
  it('stands empty while nothing is planned, with the days shops sell by', async () => {
    shop = await anAutomationShop({ people: 2 });
    const c = await looked();
    expect(c.days).toHaveLength(30);
    expect(c.total).toMatchObject({ people: 0, texts: 0, price: 0 });
    expect(c.days.flatMap((d) => d.holidays)).toContain('thanksgiving');
    expect(c.crowded).toBe(0);
  });

  it('a planned campaign and a birthday in each other’s way: who is left out of what, until it is moved', async () => {
    shop = await anAutomationShop({ people: 6 });
    const { ctx } = shop;
    shop.born(0, '--11-06');
    const id = await planned(ctx, { at: at(3) }, { name: 'Boots week' });
    const birthday = await running(ctx, 'birthday', { name: 'Birthday', terms: { daysBefore: 0 } });
    await shop.settle();
    const c = await looked();
    expect(c.on).toEqual(['3 campaign Boots week: 6 -1', '4 automation Birthday: 1 -0']);
    // what is on the days is all there is
    expect(c.total).toMatchObject({ people: 6, texts: 6 });
    expect(c.days.reduce((n, d) => n + d.price, 0)).toBe(c.total.price);
    expect(c.crowded).toBe(1);
    expect(c.clashes).toEqual([
      {
        source: { kind: 'campaign', id, name: 'Boots week', day: c.days[3]?.day },
        reason: 'texted-recently',
        because: { kind: 'automation', id: birthday, name: 'Birthday', day: c.days[4]?.day },
        people: 1,
      },
    ]);
    const who = await peopleAhead(
      ctx,
      { day: c.days[3]?.day ?? ('' as never), kind: 'campaign', id, name: 'Boots week', leftOut: true },
      { offset: 0, limit: 10 },
    );
    expect(who.rows.map((r) => [r.customerId, r.reason, r.because?.name])).toEqual([[shop.people[0]?.id, 'texted-recently', 'Birthday']]);
    await reschedule(ctx, { id: id as CampaignId, at: at(16), latePolicy: 'ask' }, owner);
    const after = await looked();
    expect(after.on).toEqual(['4 automation Birthday: 1 -0', '16 campaign Boots week: 6 -0']);
    expect(after.clashes).toEqual([]);
  });

  it('one that is spread stands on each of its days; one beyond the month on none', async () => {
    shop = await anAutomationShop({ people: 6 });
    await planned(shop.ctx, { at: at(2) }, { name: 'Slowly', spreadDays: 3 });
    await planned(shop.ctx, { at: at(40) }, { name: 'Far away' });
    expect((await looked()).on).toEqual(['2 campaign Slowly: 2 -0', '3 campaign Slowly: 2 -0', '4 campaign Slowly: 2 -0']);
  });

  it('counts what left already: nobody gets a second text too soon after it', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    await planned(ctx, { at: at(9) }, { name: 'Later' });
    ctx.db
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
         VALUES ('campaign', '999', 'sms', ?, ?, 'marketing', 5, 'delivered', 'x', 1, 0, ?, 0, 0)`,
      )
      .run(shop.people[1]?.phone, shop.people[1]?.id, at(9) - 4 * DAY);
    // seen from the day after that text left
    ctx.clock.set((at(6) + HOUR) as UtcMs);
    const c = await looked();
    expect(c.on).toEqual(['3 campaign Later: 2 -1']);
    expect(c.clashes[0]).toMatchObject({ reason: 'texted-recently', because: null, people: 1 });
  });

  it('the printed week stands on its days, and a reminder to fetch something is in nobody’s way', async () => {
    shop = await anAutomationShop({
      people: 1,
      shop: { settings: { papers: { weekly: true, folder: '/tmp', weekday: 0, hour: 8, since: MONDAY } } },
    });
    const { ctx } = shop;
    await planned(ctx, { at: at(3) }, { name: 'Boots week' });
    ctx.db
      .prepare(
        `INSERT INTO customer_order (ref, kind, customer_id, what, size, state, phone, created_at, ready_at, updated_at)
         VALUES ('A1', 'special-order', ?, 'Boots', '', 'ready', ?, ?, ?, ?)`,
      )
      .run(shop.people[0]?.id, shop.people[0]?.phone, MONDAY, MONDAY, MONDAY);
    const c = await looked();
    expect(c.days.flatMap((d, i) => (d.page ? [i] : []))).toEqual([7, 14, 21, 28]);
    expect(c.on.filter((x) => x.includes(' order '))).toEqual([expect.stringMatching(/^\d+ order : 1 -0$/)]);
    expect(c.on).toContain('3 campaign Boots week: 1 -0');
    expect(c.crowded).toBe(0);
  });
});
