import { theAutomation } from '@services/automations/look';
import { todayOf } from '@services/automations/outlook';
import { makeAutomation } from '@services/automations/save';
import { switchOn, switchOnQuote } from '@services/automations/switch';
import { saveGroup } from '@services/segments/segments';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, PATTERN, running } from '../support/automation-shop';
import { SENDER } from '../support/carrier';
import { owner } from '../support/test-ctx';

let shop: AutomationShop;
afterEach(() => shop.close());

describe('what is read before it is switched on', () => {
  it('is who gets it then: so many texts, so many without one by lot, so many that cannot be texted', async () => {
    shop = await anAutomationShop({ people: 60 });
    const { ctx } = shop;
    const tagged = saveGroup(ctx, { id: null, name: 'Tagged', rule: { is: 'tag', tag: 'vip' } });
    for (let n = 0; n < 50; n++) {
      shop.born(n, n < 40 ? '--11-02' : '--11-12');
      if (n % 10 !== 9) ctx.db.prepare('UPDATE customer SET tags = \'["vip"]\' WHERE id = ?').run(shop.people[n]?.id);
    }
    shop.carrier.sim.inbound({ from: shop.people[1]?.phone as never, to: SENDER, body: 'STOP' });
    await shop.settle();
    const id = makeAutomation(ctx, owner, 'birthday', {
      name: 'Birthday',
      terms: { daysBefore: 1 },
      atMinute: 600,
      pattern: { ...PATTERN, segmentId: tagged, holdout: 'half' },
    });
    const read = await switchOnQuote(ctx, id);
    // who stopped is not asked about at all; four of the first forty are in no group of it
    expect(read).toMatchObject({ holdoutPercent: 50, inside: { people: 39, reachable: 35, excluded: [{ reason: 'no-group', count: 4 }] } });
    expect(read.inside.held).toBeGreaterThan(8);
    expect(read.month).toMatchObject({ people: 10, reachable: 9 });
    expect(read.texts).toBe(9 - read.month.held);
    const names = read.inside.rows.map((r) => [r.customerId, r.reason] as const);
    expect(names).toHaveLength(39);
    await switchOn(ctx, owner, { id, quoteToken: read.quoteToken ?? '', inside: true });
    await shop.settle();
    const ended = (outcome: string) => shop.told(id).filter((t) => t.split(' ')[2] === outcome).length;
    expect([ended('text'), ended('control'), ended('left-out')]).toEqual([35 - read.inside.held, read.inside.held, 4]);
    // and by name
    const told = new Map(
      ctx.db.prepare('SELECT customer_id, outcome FROM automation_event WHERE automation_id = ?').raw().all(id) as [number, string][],
    );
    const as = { 'no-group': 'left-out', 'to-compare': 'control' } as Record<string, string>;
    for (const [who, reason] of names) expect(told.get(who)).toBe(reason === null ? 'text' : as[reason]);
    // those whose day comes later are told as they were read, too
    await shop.to(9);
    expect(ended('text')).toBe(35 - read.inside.held + read.texts);
  });

  it('today tells who gets none by lot, as it happens then', async () => {
    shop = await anAutomationShop({ people: 20 });
    for (let n = 0; n < 20; n++) shop.born(n, '--11-03');
    const id = await running(shop.ctx, 'birthday', { terms: { daysBefore: 0 }, pattern: { holdout: 'half' } });
    await shop.settle();
    shop.wakeAt(1, 9);
    const { rows } = await todayOf(shop.ctx, theAutomation(shop.ctx, id), { offset: 0, limit: 50 });
    const held = rows.filter((r) => r.reason === 'to-compare').map((r) => r.customerId);
    expect(held.length).toBeGreaterThan(2);
    await shop.to(1);
    expect(shop.told(id).filter((t) => t.includes(' control'))).toHaveLength(held.length);
  });
});
