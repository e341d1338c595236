import { DAY, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import {
  consentOf,
  marketingState,
  recordNewHolder,
  recordPreferences,
  recordRestart,
  recordSignUp,
  sweepConsent,
  sweepSilent,
  withConsent,
} from '@services/consent/index';
import { describe, expect, it } from 'vitest';
import { aCtx, type TestCtx } from '../support/test-ctx';

const phone = (n: number): PhoneE164 => `+1646${String(5_550_000 + n)}` as PhoneE164;
const later = (ctx: TestCtx, ms: number) => ctx.clock.set((ctx.clock.now() + ms) as UtcMs);
const signUp = (ctx: TestCtx, p: PhoneE164, more: { topics?: string[]; promiseMax?: number } = {}) =>
  withConsent(ctx, (trx) => recordSignUp(ctx, trx, { phone: p, method: 'screen', occurredAt: ctx.clock.now(), ...more }));
const paused = (ctx: TestCtx) =>
  ctx.db.raw.prepare("SELECT count(*) FROM consent_state WHERE purpose = 'marketing' AND state = 'paused'").pluck().get();

describe('silence', () => {
  it('pauses everybody it concerns the same day, in steps that let other work through', async () => {
    const ctx = aCtx();
    const many = 600;
    for (let i = 0; i < many; i++) signUp(ctx, phone(i));
    later(ctx, 400 * DAY);
    // a choice of their own is a sign of life, the shop's is none
    withConsent(ctx, (trx) => {
      recordPreferences(ctx, trx, { phone: phone(1), method: 'reply', promiseMax: 2, occurredAt: ctx.clock.now() });
      recordPreferences(ctx, trx, { phone: phone(2), method: 'owner', promiseMax: 2, occurredAt: ctx.clock.now() });
    });
    later(ctx, 160 * DAY);
    let turns = 0;
    let done = false;
    const others = (async () => {
      for (; !done; turns++) await new Promise((r) => setImmediate(r));
    })();
    const first = sweepConsent(ctx).paused;
    const rest = await sweepSilent(ctx);
    done = true;
    await others;
    expect(first + rest).toBe(many - 1);
    expect(paused(ctx)).toBe(many - 1);
    expect(marketingState(ctx, phone(1))).toBe('in');
    expect(marketingState(ctx, phone(2))).toBe('paused');
    if (rest > 0) expect(turns).toBeGreaterThan(1);
    // once a day: the next sweep finds nothing to do
    later(ctx, HOUR);
    expect(sweepConsent(ctx).paused + (await sweepSilent(ctx))).toBe(0);
    signUp(ctx, phone(7));
    expect(marketingState(ctx, phone(7))).toBe('in');
  });
});

describe('a number with a new holder', () => {
  it('starts a line of its own: START brings nothing back, the former promise and topics are gone', () => {
    const ctx = aCtx();
    const p = phone(1);
    signUp(ctx, p, { topics: ['boots'], promiseMax: 2 });
    later(ctx, HOUR);
    withConsent(ctx, (trx) => recordNewHolder(ctx, trx, { phone: p, method: 'counter', occurredAt: ctx.clock.now(), staffId: null }));
    expect(marketingState(ctx, p)).toBe('out');
    later(ctx, HOUR);
    withConsent(ctx, (trx) => recordRestart(ctx, trx, { phone: p, occurredAt: ctx.clock.now() }));
    expect(marketingState(ctx, p)).toBe('never');
    later(ctx, HOUR);
    signUp(ctx, p, { promiseMax: 4 });
    const states = consentOf(ctx.db, ctx.hmacKey, p, ctx.clock.now());
    expect(states.find((s) => s.purpose === 'marketing')).toMatchObject({ state: 'in', promiseMax: 4 });
    expect(states.find((s) => s.purpose === 'topic:boots')?.state).not.toBe('in');
  });
});
