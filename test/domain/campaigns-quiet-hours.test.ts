import { localTime } from '@domain/calendar';
import { placeOf, type SendWindowInput, sendWindow } from '@domain/campaigns/quiet-hours';
import { DAY, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const at = (iso: string) => Date.parse(iso) as UtcMs;
const NINE_TO_EIGHT = { weekdays: { from: 9 * 60, to: 20 * 60 }, sunday: { from: 12 * 60, to: 20 * 60 } };
const WIDE = { weekdays: { from: 0, to: 1440 }, sunday: { from: 0, to: 1440 } };
const ask = (o: Partial<Omit<SendWindowInput, 'phone'>> & { phone: string; now: UtcMs }) =>
  sendWindow({
    postalCode: null,
    zone: null,
    shopZone: 'America/New_York' as Zone,
    courtesy: NINE_TO_EIGHT,
    ...o,
    phone: o.phone as PhoneE164,
  });

describe('sendWindow', () => {
  const monday = at('2026-11-23T14:30:00Z');

  it('an 850 number waits for the later of its zones: 09:00 in Chicago', () => {
    const w = ask({ phone: '+18502340000', now: monday });
    expect(w.zones).toEqual(['America/Chicago', 'America/New_York']);
    expect(w.open).toBe(false);
    expect(w.opensAt).toBe(at('2026-11-23T15:00:00Z'));
  });

  it.each([
    ['+12122340000', true],
    ['+13122340000', false],
    ['+13032340000', false],
    ['+16022340000', false],
    ['+18082340000', false],
  ])('%s at 14:30Z: open only where it is past nine', (phone, open) => {
    expect(ask({ phone, now: monday }).open).toBe(open);
  });

  it('Texas on a Sunday waits until noon', () => {
    const w = ask({ phone: '+12142340000', now: at('2026-11-22T17:30:00Z'), courtesy: WIDE });
    expect(w.open).toBe(false);
    expect(w.opensAt).toBe(at('2026-11-22T18:00:00Z'));
  });

  it('the morning the clocks went forward, New York is open and Phoenix is not', () => {
    const spring = at('2027-03-15T12:30:00Z');
    expect(ask({ phone: '+12122340000', now: spring, courtesy: WIDE }).open).toBe(true);
    expect(ask({ phone: '+16022340000', now: spring, courtesy: WIDE }).open).toBe(false);
    expect(ask({ phone: '+16022340000', now: spring, courtesy: WIDE }).opensAt).toBe(at('2027-03-15T15:00:00Z'));
  });

  it('stops five minutes early', () => {
    expect(ask({ phone: '+12122340000', now: at('2026-11-24T00:54:59Z') }).open).toBe(true);
    const late = ask({ phone: '+12122340000', now: at('2026-11-24T00:55:00Z') });
    expect(late.open).toBe(false);
    expect(late.opensAt).toBe(at('2026-11-24T14:00:00Z'));
    expect(ask({ phone: '+12122340000', now: monday }).closesAt).toBe(at('2026-11-24T00:55:00Z'));
  });

  it('a ZIP adds its zone and state; a zone typed by staff replaces the zones but not the laws', () => {
    const both = ask({ phone: '+12122340000', postalCode: '85001', now: monday });
    expect(both.zones).toEqual(['America/New_York', 'America/Phoenix']);
    expect(both.zoneFrom).toBe('both');
    const typed = ask({ phone: '+14012340000', zone: 'America/Phoenix' as Zone, now: monday });
    expect(typed.zones).toEqual(['America/Phoenix']);
    expect(typed.states).toEqual(['US-RI']);
  });

  it('a toll-free or unassigned number uses the shop’s zone and the strictest hours of all', () => {
    const w = ask({ phone: '+18882340000', now: at('2026-11-23T14:59:00Z'), courtesy: WIDE });
    expect(w.zoneFrom).toBe('shop');
    expect(w.opensAt).toBe(at('2026-11-23T15:00:00Z')); // 10:00, Kentucky's row
    expect(w.closesAt).toBe(at('2026-11-23T22:55:00Z')); // 18:00 less five, Rhode Island's row
    const saturday = ask({ phone: '+17292340000', now: at('2026-11-28T16:00:00Z'), courtesy: WIDE });
    expect(saturday.closesAt).toBe(at('2026-11-28T21:55:00Z'));
    expect(ask({ phone: '+17292340000', now: at('2026-11-29T17:00:00Z'), courtesy: WIDE }).open).toBe(false);
  });

  it('a banned Sunday or holiday is closed until a reason is typed', () => {
    const sunday = at('2026-11-22T18:30:00Z');
    const w = ask({ phone: '+12052340000', now: sunday });
    expect(w).toMatchObject({ open: false, needsReason: true });
    expect(w.opensAt).toBe(at('2026-11-23T15:00:00Z'));
    expect(ask({ phone: '+12052340000', now: sunday, reasonGiven: true })).toMatchObject({ open: true, needsReason: false });
    const thanksgiving = at('2026-11-26T18:30:00Z');
    expect(ask({ phone: '+12052340000', now: thanksgiving })).toMatchObject({ open: false, needsReason: true });
    expect(ask({ phone: '+12122340000', now: thanksgiving }).open).toBe(true);
  });

  it('every number, at every moment: inside the hours in each of its zones, and the promised opening really opens', () => {
    const codes = ['212', '850', '907', '605', '787', '671', '214', '859', '401', '888', '729', '416', '808', '208'];
    fc.assert(
      fc.property(
        fc.constantFrom(...codes),
        fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') }),
        fc.constantFrom<string | null>(null, '10001', '79901', '99546', '47711'),
        (code, now, postalCode) => {
          const phone = `+1${code}2340000`;
          const w = ask({ phone, now: now as UtcMs, postalCode, courtesy: WIDE });
          if (w.open) {
            for (const z of w.zones) {
              const t = localTime(now as UtcMs, z);
              const minutes = t.hour * 60 + t.minute;
              expect(minutes).toBeGreaterThanOrEqual(8 * 60);
              expect(minutes).toBeLessThan(20 * 60 + 55);
            }
          }
          expect(w.opensAt).not.toBeNull();
          if (w.opensAt === null || w.closesAt === null) return;
          expect(w.opensAt - now).toBeLessThan(4 * DAY);
          expect(ask({ phone, now: w.opensAt, postalCode, courtesy: WIDE }).open).toBe(true);
          expect(ask({ phone, now: (w.closesAt - 1) as UtcMs, postalCode, courtesy: WIDE }).open).toBe(true);
          expect(ask({ phone, now: w.closesAt, postalCode, courtesy: WIDE }).open).toBe(false);
          if (w.opensAt > now) expect(ask({ phone, now: (w.opensAt - 1) as UtcMs, postalCode, courtesy: WIDE }).open).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('knows the ZIPs that fool area codes', () => {
    const zones = (zip: string) =>
      placeOf({ phone: '+18882340000' as PhoneE164, postalCode: zip, zone: null, shopZone: 'America/New_York' as Zone }).zones;
    expect(zones('86503')).toContain('America/Denver');
    expect(zones('99546')).toContain('America/Adak');
    expect(zones('00901')).toEqual(['America/Puerto_Rico']);
  });
});
