import { addDays, instantOf, shopDay } from '@domain/calendar';
import { type CampaignId, DAY, HOUR, type UtcMs } from '@domain/kernel';
import { calendarAhead } from '@services/ahead/calendar';
import { loadedPeople, peopleAhead } from '@services/ahead/people';
import { reschedule } from '@services/campaigns/schedule';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, MONDAY, NY, running } from '../support/automation-shop';
import { SERVICE } from '../support/carrier';
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
        later: false,
        source: { kind: 'campaign', id, name: 'Boots week', day: c.days[3]?.day },
        until: c.days[3]?.day,
        severalDays: false,
        reason: 'texted-recently',
        because: { kind: 'automation', id: birthday, name: 'Birthday', day: c.days[4]?.day },
        people: 1,
      },
    ]);
    const who = await peopleAhead(
      ctx,
      { day: c.days[3]?.day ?? ('' as never), until: null, kind: 'campaign', id, name: 'Boots week', leftOut: true },
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

  it('an automation that is too soon after a text waits: it stands on its later day, and who waits can be seen', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    shop.born(0, '--11-12');
    const birthday = await running(ctx, 'birthday', { name: 'Birthday', terms: { daysBefore: 4 } });
    await shop.settle();
    // a text leaves to everybody on the fourth day, so that the one of the sixth has to wait until the ninth
    await planned(ctx, { at: at(4) }, { name: 'Boots week' });
    ctx.db
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
         VALUES ('campaign', '999', 'sms', ?, ?, 'marketing', 5, 'delivered', 'x', 1, 0, ?, 0, 0)`,
      )
      .run(shop.people[0]?.phone, shop.people[0]?.id, at(4));
    ctx.clock.set((at(5) + HOUR) as UtcMs);
    const c = await looked();
    const line = c.days.flatMap((d, i) => d.items.filter((x) => x.name === 'Birthday').map((x) => [i, x.people, x.leftOut, x.later]));
    expect(line).toEqual([
      [1, 0, 0, 1],
      [4, 1, 0, 0],
    ]);
    expect(c.clashes).toMatchObject([{ later: true, reason: 'texted-recently', because: null, people: 1 }]);
    const ask = (day: number) =>
      peopleAhead(
        ctx,
        { day: c.days[day]?.day ?? ('' as never), until: null, kind: 'automation', id: birthday, name: 'Birthday', leftOut: false },
        { offset: 0, limit: 9 },
      );
    const [then, instead] = [await ask(1), await ask(4)];
    expect(then.rows.map((r) => r.instead)).toEqual([at(9)]);
    expect(instead.rows.map((r) => r.customerId)).toEqual([shop.people[0]?.id]);
  });

  it('says how often people hear, and who hears most', async () => {
    shop = await anAutomationShop({ people: 4 });
    const { ctx } = shop;
    shop.born(2, '--11-20');
    await planned(ctx, { at: at(3) }, { name: 'Boots week' });
    await running(ctx, 'birthday', { name: 'Birthday', terms: { daysBefore: 0 } });
    await shop.settle();
    expect((await looked()).load).toEqual([3, 1]);
    const most = await loadedPeople(ctx, { texts: 2 }, { offset: 0, limit: 9 });
    expect(most.rows.map((r) => [r.customerId, r.texts.map((t) => t.name)])).toEqual([[shop.people[2]?.id, ['Boots week', 'Birthday']]]);
    expect((await loadedPeople(ctx, { texts: 1 }, { offset: 0, limit: 2 })).total).toBe(3);
  });

  it('what the carrier keeps stands on its day and says why it stays there', async () => {
    shop = await anAutomationShop({ people: 3, shop: { settings: { texting: { sender: { kind: 'service', sid: SERVICE } } } } });
    await planned(shop.ctx, { at: at(2), viaCarrier: true }, { name: 'Kept' });
    const c = await looked();
    expect(c.days[2]?.items).toMatchObject([{ name: 'Kept', kind: 'sending', fixed: 'at-carrier', people: 3 }]);
  });

  it('on the day the clocks go back a campaign stands at its own hour', async () => {
    shop = await anAutomationShop({ people: 2, shop: { now: instantOf(NY, 2026, 10, 20, 10, 30) } });
    const sunday = instantOf(NY, 2026, 11, 1, 13);
    await planned(shop.ctx, { at: sunday }, { name: 'Sunday' });
    const c = await looked();
    expect(c.days.find((d) => d.day === '2026-11-01')?.items).toMatchObject([{ name: 'Sunday', from: sunday, people: 2 }]);
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
