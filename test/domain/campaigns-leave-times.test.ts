import { localTime, shopDay } from '@domain/calendar';
import { dailyShare, findingFirst, type LeavePlan, type LeaveTo, leaveTimes } from '@domain/campaigns/leave-times';
import { placeOf, sendWindow } from '@domain/campaigns/quiet-hours';
import { DAY, HOUR, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { DEFAULT_SETTINGS } from '@domain/settings/settings';
import { atOnce } from '@domain/turns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NEW_YORK = 'America/New_York' as Zone;
/** New York, Los Angeles, Honolulu, El Paso (Mountain among Central), Alabama (no Sundays without a reason), unknown. */
const CODES = ['646', '213', '808', '915', '205', '999'];
const FROM = Date.UTC(2026, 10, 19, 15) as UtcMs; // Thursday 10:00 in New York
const phone = (code: string, i: number) => `+1${code}555${String(i % 10_000).padStart(4, '0')}` as PhoneE164;
const everybody = fc
  .array(fc.constantFrom(...CODES), { minLength: 1, maxLength: 90 })
  .map((codes) => codes.map((c, i): LeaveTo => ({ phone: phone(c, i), postalCode: '', zone: null })));
const plan = (o: Partial<LeavePlan>): LeavePlan => ({
  from: FROM,
  chosen: true,
  spreadDays: 1,
  localHour: null,
  shopZone: NEW_YORK,
  courtesy: DEFAULT_SETTINGS.courtesy.window,
  reasonGiven: false,
  ...o,
});
const anyPlan = fc.record({
  spreadDays: fc.integer({ min: 1, max: 14 }),
  localHour: fc.option(fc.integer({ min: 9, max: 19 })),
  chosen: fc.boolean(),
  from: fc.integer({ min: 0, max: 30 * 24 }).map((h) => (FROM + h * HOUR) as UtcMs),
});

describe('when the texts of a campaign leave', () => {
  it('all at once, unless days or an hour were chosen', () => {
    const people = [{ phone: phone('646', 1), postalCode: '', zone: null }];
    expect(leaveTimes(people, plan({}))).toEqual([FROM]);
  });

  it('never more in one shop day than its share, and nobody before the time', () => {
    fc.assert(
      fc.property(everybody, anyPlan, (people, o) => {
        const p = plan(o);
        const times = leaveTimes(people, p);
        const share = dailyShare(people.length, p.spreadDays);
        const days = new Map<string, number>();
        for (const at of times) {
          expect(at).toBeGreaterThanOrEqual(p.from);
          const day = shopDay(at, p.shopZone);
          days.set(day, (days.get(day) ?? 0) + 1);
        }
        if (share !== null) for (const n of days.values()) expect(n).toBeLessThanOrEqual(share);
      }),
      { numRuns: 300 },
    );
  });

  it('within each reader’s hours: what is planned may leave then', () => {
    fc.assert(
      fc.property(
        everybody,
        anyPlan.filter((o) => o.spreadDays > 1),
        (people, o) => {
          const p = plan(o);
          const times = leaveTimes(people, p);
          people.forEach((who, i) => {
            const now = times[i] as UtcMs;
            const w = sendWindow({
              phone: who.phone as PhoneE164,
              postalCode: null,
              zone: null,
              shopZone: NEW_YORK,
              courtesy: p.courtesy,
              now,
            });
            // an hour outside of everybody's hours waits for them to open
            if (p.localHour === null || (p.localHour >= 12 && p.localHour < 18))
              expect(w.open, `${who.phone} ${new Date(now).toISOString()}`).toBe(true);
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('at that hour where each reader is, in every zone their number may be in', () => {
    fc.assert(
      fc.property(everybody, fc.integer({ min: 12, max: 17 }), fc.integer({ min: 0, max: 23 }), (people, hour, later) => {
        const from = (FROM + later * HOUR) as UtcMs;
        leaveTimes(people, plan({ localHour: hour, from })).forEach((at, i) => {
          const { zones } = placeOf({ ...(people[i] as LeaveTo), phone: people[i]?.phone as PhoneE164, shopZone: NEW_YORK });
          const hours = zones.map((z) => localTime(at, z).hour);
          expect(Math.min(...hours)).toBe(hour);
          expect(at - from).toBeLessThan(2 * DAY);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('begins with the first of its readers', () => {
    const people = ['213', '646', '808'].map((c, i): LeaveTo => ({ phone: phone(c, i), postalCode: '', zone: null }));
    const day = shopDay(FROM, NEW_YORK);
    expect(atOnce(findingFirst(people, day, 10, 'America/Los_Angeles' as Zone))).toBe(FROM);
    expect(atOnce(findingFirst(people.slice(0, 1), day, 10, NEW_YORK))).toBe(FROM + 3 * HOUR);
  });

  it('spreads each part evenly: a hundred over five days are twenty a day', () => {
    const people = Array.from({ length: 100 }, (_, i): LeaveTo => ({ phone: phone('646', i), postalCode: '', zone: null }));
    const days = new Map<string, number>();
    for (const at of leaveTimes(people, plan({ spreadDays: 5 }))) {
      const day = shopDay(at, NEW_YORK);
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect([...days.values()]).toEqual([20, 20, 20, 20, 20]);
  });

  it('begins in the morning of later days when it was sent late on the first, and at its own time when one was chosen', () => {
    const evening = (FROM + 8 * HOUR) as UtcMs; // 18:00
    const people = Array.from({ length: 2 }, (_, i): LeaveTo => ({ phone: phone('646', i), postalCode: '', zone: null }));
    const hours = (chosen: boolean) =>
      leaveTimes(people, plan({ spreadDays: 2, from: evening, chosen })).map((at) => localTime(at, NEW_YORK).hour);
    expect(hours(true)).toEqual([18, 18]);
    expect(hours(false)).toEqual([18, 10]);
  });
});
