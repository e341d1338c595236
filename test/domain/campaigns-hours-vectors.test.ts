import { localTime } from '@domain/calendar';
import { placeOf, sendWindow } from '@domain/campaigns/quiet-hours';
import { FEDERAL_ROW, STATE_ROWS } from '@domain/campaigns/state-hours';
import type { PhoneE164, UtcMs, Zone } from '@domain/kernel';
import { describe, expect, it } from 'vitest';

const at = (iso: string) => Date.parse(iso) as UtcMs;
const clock = (iso: string, zone: string) => {
  const t = localTime(at(iso), zone as Zone);
  return `${String(t.hour).padStart(2, '0')}:${String(t.minute).padStart(2, '0')}`;
};
const NINE = { weekdays: { from: 9 * 60, to: 20 * 60 }, sunday: { from: 0, to: 1440 } };
const ask = (phone: string, iso: string) =>
  sendWindow({
    phone: phone as PhoneE164,
    postalCode: null,
    zone: null,
    shopZone: 'America/New_York' as Zone,
    courtesy: NINE,
    now: at(iso),
  });

describe('time vectors of the compliance notes (B4)', () => {
  it.each([
    ['America/New_York', '09:30'],
    ['America/Chicago', '08:30'],
    ['America/Denver', '07:30'],
    ['America/Phoenix', '07:30'],
    ['America/Anchorage', '05:30'],
    ['America/Adak', '04:30'],
    ['Pacific/Honolulu', '04:30'],
  ])('2026-11-23T14:30Z is %s %s', (zone, time) => expect(clock('2026-11-23T14:30Z', zone)).toBe(time));

  it('an 850 number waits for nine in Chicago', () => {
    expect(ask('+18502340000', '2026-11-23T14:30Z')).toMatchObject({ open: false, opensAt: at('2026-11-23T15:00Z') });
  });

  it('Sunday 11:30 in Chicago: a Texan waits until noon', () => {
    expect(clock('2026-11-22T17:30Z', 'America/Chicago')).toBe('11:30');
    expect(ask('+12142340000', '2026-11-22T17:30Z')).toMatchObject({ open: false, opensAt: at('2026-11-22T18:00Z') });
  });

  it('the hour New York springs over', () => {
    expect(clock('2027-03-14T12:30Z', 'America/New_York')).toBe('08:30');
    expect(clock('2027-03-14T12:30Z', 'America/Phoenix')).toBe('05:30');
    expect(ask('+12122340000', '2027-03-14T12:30Z').open).toBe(true);
    expect(ask('+16022340000', '2027-03-14T12:30Z').open).toBe(false);
  });

  it.each([
    ['+12122340000', ['America/New_York']],
    ['+19072340000', ['America/Adak', 'America/Anchorage']],
    ['+18082340000', ['Pacific/Honolulu']],
    ['+16232340000', ['America/Phoenix']],
    ['+17872340000', ['America/Puerto_Rico']],
    ['+16712340000', ['Pacific/Guam']],
    ['+14162340000', ['America/Toronto']],
  ])('%s belongs to all of %j', (phone, zones) => {
    const place = placeOf({ phone: phone as PhoneE164, postalCode: null, zone: null, shopZone: 'America/New_York' as Zone });
    // an area code may hold more places than one exchange of it: never fewer
    expect(place.zones).toEqual(expect.arrayContaining(zones));
  });
});

describe('state rows', () => {
  it('are data, each with where it comes from', () => {
    for (const [code, row] of [...Object.entries(STATE_ROWS), ['federal', FEDERAL_ROW] as const]) {
      expect(row.cite.length, code).toBeGreaterThan(10);
      for (const day of [row.mon_fri, row.sat, row.sun, row.holidays].filter((d) => d !== undefined)) {
        expect(day.hours[0], code).toBeGreaterThanOrEqual(FEDERAL_ROW.mon_fri.hours[0]);
        expect(day.hours[1], code).toBeLessThanOrEqual(FEDERAL_ROW.mon_fri.hours[1]);
        expect(day.hours[0], code).toBeLessThan(day.hours[1]);
      }
    }
    expect(Object.keys(STATE_ROWS)).toHaveLength(21);
  });
});
