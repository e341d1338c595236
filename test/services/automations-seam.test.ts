import type { AutomationId, CustomerId } from '@domain/kernel';
import { keepDues } from '@services/automations/keep';
import { listOf } from '@services/automations/list';
import { changeAutomation, makeAutomation, removeAutomation } from '@services/automations/save';
import { describe, expect, it } from 'vitest';
import { addPeople } from '../support/planned';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const on = (ctx: TestCtx, id: AutomationId, at = ctx.clock.now()): void =>
  void ctx.db.prepare("UPDATE automation SET state = 'on', on_since = ?, walk_after = 0 WHERE id = ?").run(at, id);
const born = (ctx: TestCtx, id: CustomerId, day: string): void =>
  void ctx.db.prepare('UPDATE customer SET birthday = ? WHERE id = ?').run(day, id);

describe('what runs by itself', () => {
  it('says whose day is today, and follows what changes', async () => {
    // Tue 17 Nov 2026, 11:00
    const ctx = aCtx();
    const people = addPeople(ctx, 0, 3).map((p) => p.id);
    const [ana, ben, cleo] = people as [CustomerId, CustomerId, CustomerId];
    born(ctx, ana, '1990-11-17');
    born(ctx, ben, '--11-18');
    const id = makeAutomation(ctx, owner, 'birthday', { name: 'Birthday', terms: { daysBefore: 0 }, atMinute: 12 * 60 });
    expect(listOf(ctx)[0]).toMatchObject({ today: 0, next30: 0, automation: { state: 'off' } });
    on(ctx, id);
    await keepDues(ctx);
    expect(listOf(ctx)[0]).toMatchObject({ today: 1, next30: 2, counting: false });
    born(ctx, cleo, '2001-11-17');
    await keepDues(ctx);
    expect(listOf(ctx)[0]).toMatchObject({ today: 2, next30: 3 });
    changeAutomation(ctx, id, { name: 'Birthday', terms: { daysBefore: 1 } });
    await keepDues(ctx);
    // yesterday's moment was before it was switched on; tomorrow's birthday is told today
    expect(listOf(ctx)[0]).toMatchObject({ today: 1, next30: 1 });
  });

  it('stands in no list of campaigns and goes away as long as it told nobody', () => {
    const ctx = aCtx();
    const id = makeAutomation(ctx, owner, 'late', { name: 'Later than usual' });
    expect(ctx.db.prepare('SELECT count(*) FROM campaign').pluck().get()).toBe(1);
    removeAutomation(ctx, owner, id);
    expect(ctx.db.prepare('SELECT count(*) FROM campaign').pluck().get()).toBe(0);
    expect(listOf(ctx)).toEqual([]);
  });

  it('refuses numbers that make no sense', () => {
    const ctx = aCtx();
    expect(() => makeAutomation(ctx, owner, 'late', { name: 'x', terms: { factor: 0 } })).toThrow(
      expect.objectContaining({ code: 'automation.bad-terms', params: { field: 'factor' } }),
    );
  });
});
