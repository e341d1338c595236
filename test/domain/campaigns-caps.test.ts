import { type CapInput, capsSince, checkCaps, quarterOf, quarterStart } from '@domain/campaigns/caps';
import { DAY, type UtcMs, type Zone } from '@domain/kernel';
import { describe, expect, it } from 'vitest';

const zone = 'America/New_York' as Zone;
const at = (iso: string) => Date.parse(iso) as UtcMs;
const now = at('2026-11-17T16:00:00Z');
const caps = (o: Partial<CapInput>) => checkCaps({ left: [], promiseMax: 4, defaultPromise: 4, spacingDays: 5, now, shopZone: zone, ...o });

describe('checkCaps', () => {
  it('lets a first text go', () => expect(caps({})).toEqual({ ok: true }));

  it('keeps five days between two texts, to the minute', () => {
    expect(caps({ left: [(now - 5 * DAY) as UtcMs] })).toEqual({ ok: true });
    expect(caps({ left: [(now - 5 * DAY + 1) as UtcMs] })).toEqual({ ok: false, reason: 'texted-recently', until: now + 1 });
  });

  it('an owner may lower the gap to a day, never below', () => {
    expect(caps({ spacingDays: 0, left: [(now - DAY + 60_000) as UtcMs] })).toMatchObject({ ok: false, reason: 'texted-recently' });
    expect(caps({ spacingDays: 0, left: [(now - DAY) as UtcMs] })).toEqual({ ok: true });
  });

  it('counts the promise per calendar month in the shop’s zone', () => {
    const midnight = at('2026-11-01T04:00:00Z'); // 00:00 in New York, still summer time
    expect(caps({ promiseMax: 1, left: [midnight] })).toEqual({ ok: false, reason: 'month-used', until: at('2026-12-01T05:00:00Z') });
    expect(caps({ promiseMax: 1, left: [(midnight - 1) as UtcMs] })).toEqual({ ok: true });
  });

  it('a smaller promise holds even when the shop promises more today', () => {
    const left = ['2026-11-02', '2026-11-08'].map((d) => at(`${d}T16:00:00Z`));
    expect(caps({ promiseMax: 2, left })).toMatchObject({ reason: 'month-used' });
    expect(caps({ promiseMax: null, left })).toEqual({ ok: true });
  });

  it('looks back far enough', () => {
    expect(capsSince(at('2026-12-02T16:00:00Z'), zone, 5)).toBe(at('2026-11-27T16:00:00Z'));
    expect(capsSince(now, zone, 5)).toBe(at('2026-11-01T04:00:00Z'));
  });

  it('knows its quarter', () => {
    expect(quarterOf(now, zone)).toBe('2026-Q4');
    expect(quarterStart(now, zone)).toBe(at('2026-10-01T04:00:00Z'));
    expect(quarterOf(at('2027-01-01T02:00:00Z'), zone)).toBe('2026-Q4');
  });
});
