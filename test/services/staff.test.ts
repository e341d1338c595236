import { auditPage } from '@db/queries/audit';
import { listStaff } from '@db/queries/staff';
import { HOUR, MINUTE, type StaffId, type UtcMs } from '@domain/kernel';
import { lockOutMs, secondsLeft } from '@domain/session/lock-out';
import { unlock } from '@services/session/session';
import { Sessions } from '@services/session/sessions';
import { saveStaffMember } from '@services/settings/settings';
import { activity, practised, staffBack, staffLeft } from '@services/staff/staff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

const CLARA = 2 as StaffId;
const OLGA = 1 as StaffId;

async function withPins(): Promise<TestCtx> {
  const ctx = aCtx();
  await saveStaffMember(ctx, owner, { id: OLGA, name: 'Olga', role: 'owner', language: 'en', active: true, pin: '2468' });
  await saveStaffMember(ctx, owner, { id: CLARA, name: 'Clara', role: 'staff', language: 'es', active: true, pin: '1357' });
  return ctx;
}
const window = (n: number) => ({ windowId: n, staffId: null, role: 'staff' as const });
/** A pad nobody typed at yet, as after a restart. */
const restarted = (ctx: TestCtx): TestCtx => ({ ...ctx, sessions: new Sessions(() => 'staff') });

describe('wrong PINs', () => {
  it('shut a person out after five, longer every time, and a restart forgets nothing', async () => {
    let ctx = await withPins();
    const tries = async (n: number) => {
      for (let i = 0; i < n; i++) {
        ctx = restarted(ctx); // somebody who knows that the pad's own minute ends with the app
        await expect(unlock(ctx, window(1), { staffId: CLARA, pin: '0000' })).rejects.toMatchObject({ code: 'session.wrong-pin' });
      }
    };
    await tries(5);
    ctx = restarted(ctx);
    await expect(unlock(ctx, window(1), { staffId: CLARA, pin: '1357' })).rejects.toMatchObject({
      code: 'session.too-many-tries',
      params: { seconds: 60 },
    });
    ctx.clock.set((ctx.clock.now() + MINUTE) as UtcMs);
    await tries(5);
    ctx = restarted(ctx);
    await expect(unlock(ctx, window(1), { staffId: CLARA, pin: '1357' })).rejects.toMatchObject({ params: { seconds: 300 } });
    // somebody else is not shut out with them
    await expect(unlock(restarted(ctx), window(2), { staffId: OLGA, pin: '2468' })).resolves.toMatchObject({ role: 'owner' });
    ctx.clock.set((ctx.clock.now() + 5 * MINUTE) as UtcMs);
    await expect(unlock(ctx, window(1), { staffId: CLARA, pin: '1357' })).resolves.toMatchObject({ role: 'staff' });
    // the right PIN starts the count over
    await tries(4);
    await expect(unlock(restarted(ctx), window(1), { staffId: CLARA, pin: '1357' })).resolves.toMatchObject({ role: 'staff' });
    expect(
      auditPage(ctx.db, { staffId: null, area: 'session', from: null, to: null }, { offset: 0, limit: 50 }).rows.filter(
        (r) => r.action === 'session.locked-out',
      ),
    ).toHaveLength(2);
  });

  it('a day of guessing tries fewer than one PIN in two hundred', () => {
    let now = 0;
    let guesses = 0;
    for (let failures = 1; now < 24 * HOUR; failures++) {
      guesses++;
      now += lockOutMs(failures);
    }
    expect(guesses).toBeLessThan(10_000 / 50);
  });

  it('waits never shrink, and a clock set back shuts nobody out for longer than an hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 10 ** 13 }), (n, back) => {
        expect(lockOutMs(n * 5)).toBeLessThanOrEqual(lockOutMs((n + 1) * 5));
        expect(secondsLeft((NOON + lockOutMs(n * 5)) as UtcMs, (NOON - back) as UtcMs)).toBeLessThanOrEqual(3600);
      }),
    );
  });
});

describe('somebody leaves', () => {
  it('is signed out everywhere at once and cannot come back in; the record of what they did stays', async () => {
    const ctx = await withPins();
    await unlock(ctx, window(7), { staffId: CLARA, pin: '1357' });
    expect(ctx.sessions.get(7)).toMatchObject({ staffId: CLARA });
    staffLeft(ctx, owner, CLARA);
    expect(ctx.sessions.get(7).staffId).toBeNull();
    await expect(unlock(ctx, window(7), { staffId: CLARA, pin: '1357' })).rejects.toMatchObject({ code: 'session.wrong-pin' });
    expect(
      activity(ctx, { staffId: CLARA, area: null, from: null, to: null }, { offset: 0, limit: 10 }).rows.map((r) => r.action),
    ).toContain('session.unlock');
    staffBack(ctx, owner, CLARA);
    await expect(unlock(ctx, window(7), { staffId: CLARA, pin: '1357' })).resolves.toMatchObject({ role: 'staff' });
  });

  it('never the last owner', async () => {
    const ctx = await withPins();
    expect(() => staffLeft(ctx, owner, OLGA)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    expect(listStaff(ctx.db).find((s) => s.id === OLGA)?.active).toBe(true);
  });
});

describe('who did what', () => {
  it('is told newest first, by person and by area, with whom it was about', async () => {
    const ctx = await withPins();
    practised(ctx, clerk);
    ctx.clock.set((NOON + HOUR) as UtcMs);
    staffLeft(ctx, owner, CLARA);
    const all = activity(ctx, { staffId: null, area: null, from: null, to: null }, { offset: 0, limit: 10 });
    expect(all.rows[0]).toMatchObject({ action: 'staff.left', staffName: 'Olga', about: 'Clara' });
    expect(
      activity(ctx, { staffId: CLARA, area: 'staff', from: null, to: null }, { offset: 0, limit: 10 }).rows.map((r) => r.action),
    ).toEqual(['staff.practised']);
    expect(activity(ctx, { staffId: null, area: null, from: (NOON + 1) as UtcMs, to: null }, { offset: 0, limit: 10 }).total).toBe(1);
    expect(all.areas).toContainEqual({ area: 'staff', count: 2 });
  });

  it('somebody nobody signed in for has practised nothing that could be remembered', () => {
    const ctx = aCtx();
    practised(ctx, { windowId: 1, staffId: null, role: 'staff' });
    expect(listStaff(ctx.db).every((s) => s.practisedAt === null)).toBe(true);
  });
});
