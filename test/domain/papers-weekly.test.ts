import { addDays, shopDay } from '@domain/calendar';
import { DAY, HOUR, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { fileWord, paperSizeOf } from '@domain/papers/paper';
import { newestDue, nextDue, weeklyFile, weekToPrint } from '@domain/papers/weekly';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NY = 'America/New_York' as Zone;
const at = (iso: string) => Date.parse(iso) as UtcMs;
const MONDAY_8 = { weekday: 0, hour: 8 };

describe('when a week is due', () => {
  it('on Monday at eight the seven whole days before it; a minute earlier still those of the Monday before', () => {
    expect(newestDue(at('2026-11-16T13:00:00Z'), NY, MONDAY_8)).toMatchObject({
      day: '2026-11-16',
      first: '2026-11-09',
      last: '2026-11-15',
    });
    expect(newestDue(at('2026-11-16T12:59:00Z'), NY, MONDAY_8).day).toBe('2026-11-09');
  });

  it('is never in the future, never more than eight days old, and the next one comes after it', () => {
    const zones = ['America/New_York', 'America/Los_Angeles', 'Europe/Berlin', 'Australia/Sydney', 'Asia/Kolkata', 'UTC'] as Zone[];
    fc.assert(
      fc.property(
        fc.integer({ min: at('2025-01-01T00:00:00Z'), max: at('2028-01-01T00:00:00Z') }),
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 6 }),
        fc.integer({ min: 0, max: 23 }),
        (ms, zone, weekday, hour) => {
          const now = ms as UtcMs;
          const due = newestDue(now, zone, { weekday, hour });
          expect(due.at).toBeLessThanOrEqual(now);
          expect(now - due.at).toBeLessThan(7 * DAY + 2 * HOUR);
          expect((new Date(`${due.day}T12:00:00Z`).getUTCDay() + 6) % 7).toBe(weekday);
          expect(due.last < shopDay(now, zone)).toBe(true);
          expect(addDays(due.first, 6)).toBe(due.last);
          expect(nextDue(now, zone, { weekday, hour })).toBeGreaterThan(now);
        },
      ),
    );
  });
});

describe('which week is printed', () => {
  const now = at('2026-11-18T15:00:00Z'); // Wednesday: the computer was off on Monday
  const long = at('2026-10-01T00:00:00Z');
  it('late when the computer was off, once', () => {
    const due = weekToPrint(now, NY, MONDAY_8, { since: long, done: '2026-11-09' as ShopDay });
    expect(due?.day).toBe('2026-11-16');
    expect(weekToPrint(now, NY, MONDAY_8, { since: long, done: '2026-11-16' as ShopDay })).toBeNull();
  });
  it('not what was due before anybody asked for it', () => {
    expect(weekToPrint(now, NY, MONDAY_8, { since: at('2026-11-17T00:00:00Z'), done: null })).toBeNull();
    expect(weekToPrint(now, NY, MONDAY_8, { since: null, done: null })).toBeNull();
  });
  it('a day written under a clock that ran ahead does not stop the weeks that follow', () => {
    expect(weekToPrint(now, NY, MONDAY_8, { since: long, done: '2031-01-06' as ShopDay })?.day).toBe('2026-11-16');
  });
});

it('names files by their days and papers by the country', () => {
  expect(weeklyFile({ first: '2026-11-09' as ShopDay, last: '2026-11-15' as ShopDay }, false)).toBe(
    'This week 2026-11-09 to 2026-11-15.pdf',
  );
  expect(weeklyFile({ first: '2026-11-09' as ShopDay, last: '2026-11-15' as ShopDay }, true)).toMatch(/^Practice shop /);
  expect([paperSizeOf('country', 'US'), paperSizeOf('country', 'GB'), paperSizeOf('A4', 'US')]).toEqual(['Letter', 'A4', 'A4']);
  expect([fileWord('Señor’s 20 % off!', 'x'), fileWord('…', '7')]).toEqual(['senor-s-20-off', '7']);
});
