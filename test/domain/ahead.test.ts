import { AHEAD_DAYS, dayIn, frameOf, spreadOver } from '@domain/ahead/frame';
import { type Ahead, monthStarts, reckonLoad } from '@domain/ahead/load';
import { addDays, localTime, shopDay, startOfDay } from '@domain/calendar';
import { checkCaps } from '@domain/campaigns/caps';
import { DAY, HOUR, type UtcMs, type Zone } from '@domain/kernel';
import { atOnce } from '@domain/turns';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const zones = fc.constantFrom(
  'America/New_York',
  'America/Phoenix',
  'Australia/Lord_Howe',
  'Europe/Berlin',
  'Pacific/Auckland',
) as fc.Arbitrary<Zone>;
const instants = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) }) as fc.Arbitrary<UtcMs>;

describe('the frame of days', () => {
  it('is thirty shop days in a row, whatever the zone, the month and the clocks', () => {
    fc.assert(
      fc.property(zones, instants, (zone, now) => {
        const f = frameOf(now, zone);
        expect(f.days).toHaveLength(AHEAD_DAYS);
        expect(f.days[0]).toBe(shopDay(now, zone));
        f.days.forEach((d, i) => {
          expect(f.starts[i]).toBe(startOfDay(d, zone));
          if (i > 0) expect(d).toBe(addDays(f.days[i - 1] as typeof d, 1));
        });
      }),
    );
  });

  it('puts every instant on the day the shop calls it, each on one day only', () => {
    fc.assert(
      fc.property(zones, instants, fc.integer({ min: -3 * DAY, max: 33 * DAY }), (zone, now, by) => {
        const f = frameOf(now, zone);
        const at = (now + by) as UtcMs;
        const day = dayIn(f, at);
        const own = f.days.indexOf(shopDay(at, zone));
        expect(day).toBe(own >= 0 ? own : at < (f.starts[0] as number) ? 0 : null);
      }),
    );
  });

  it('the hour that comes twice and the one that never comes belong to their day', () => {
    const zone = 'America/New_York' as Zone;
    const autumn = frameOf(Date.UTC(2026, 9, 30, 16) as UtcMs, zone);
    const nov1 = autumn.days.indexOf('2026-11-01' as (typeof autumn.days)[number]);
    expect((autumn.starts[nov1 + 1] as number) - (autumn.starts[nov1] as number)).toBe(25 * HOUR);
    for (let h = 0; h < 25; h++) expect(dayIn(autumn, ((autumn.starts[nov1] as number) + h * HOUR) as UtcMs)).toBe(nov1);
  });
});

describe('a daily share', () => {
  it('never gives a day more than its share, none earlier than it is due, and leaves nobody out who has room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        (due, share) => {
          const days = 10;
          const got = spreadOver(due, share, days);
          const used = new Array<number>(days).fill(0);
          got.forEach((d, i) => {
            const own = due[i];
            if (d === null) return;
            expect(own).not.toBeNull();
            expect(d).toBeGreaterThanOrEqual(own as number);
            used[d] = (used[d] ?? 0) + 1;
          });
          for (const n of used) expect(n).toBeLessThanOrEqual(share);
          due.forEach((own, i) => {
            if (own === null) expect(got[i]).toBeNull();
            else if (got[i] === null) for (let d = own; d < days; d++) expect(used[d]).toBe(share);
          });
          expect(spreadOver(due, null, days)).toEqual(due);
        },
      ),
    );
  });
});

interface Case {
  zone: Zone;
  spacingDays: number;
  promise: number;
  texts: Ahead[];
  left: Map<number, UtcMs[]>;
}
const NOW = Date.UTC(2026, 9, 20, 15) as UtcMs;
/** Rank of a source: 0 is decided already, 4 is asked about by nobody. */
const RANKS = [0, 1, 2, 3, null] as const;
const cases: fc.Arbitrary<Case> = fc
  .record({
    zone: zones,
    spacingDays: fc.integer({ min: 1, max: 9 }),
    promise: fc.integer({ min: 1, max: 4 }),
    texts: fc.array(
      fc.record({
        source: fc.integer({ min: 0, max: 4 }),
        person: fc.integer({ min: 1, max: 4 }),
        at: fc.integer({ min: NOW, max: NOW + 30 * DAY }),
      }),
      { maxLength: 24 },
    ),
    left: fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: NOW - 20 * DAY, max: NOW - 1 })), { maxLength: 6 }),
  })
  .map((c) => {
    const left = new Map<number, UtcMs[]>();
    for (const [who, at] of c.left) left.set(who, [...(left.get(who) ?? []), at as UtcMs]);
    return { ...c, texts: c.texts as Ahead[], left };
  });
const answer = (c: Case) =>
  atOnce(
    reckonLoad(c.texts, {
      zone: c.zone,
      spacingDays: c.spacingDays,
      promiseOf: () => c.promise,
      rankOf: (s) => RANKS[s] ?? null,
      left: c.left,
    }),
  );
const caps = (c: Case, left: readonly UtcMs[], at: UtcMs) =>
  checkCaps({ left, promiseMax: c.promise, defaultPromise: c.promise, spacingDays: c.spacingDays, now: at, shopZone: c.zone });

describe('who would hear too much', () => {
  it('agrees with the rule that decides when a text leaves: who gets one may get it, who does not may not', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const got = answer(c);
        const order = c.texts.map((t, i) => ({ t, i, rank: RANKS[t.source] ?? null })).filter((x) => x.rank !== null);
        order.sort((a, b) => (a.rank as number) - (b.rank as number) || a.t.at - b.t.at || a.i - b.i);
        const heard = new Map([...c.left].map(([who, list]) => [who, [...list]]));
        for (const { t, i, rank } of order) {
          const before = heard.get(t.person) ?? [];
          const may = rank === 0 ? { ok: true as const } : caps(c, before, t.at);
          expect(got[i]?.reason ?? null).toBe(may.ok ? null : may.reason);
          if (may.ok) heard.set(t.person, [...before, t.at]);
        }
      }),
    );
  });

  it('says of each text one thing, and never leaves out what courtesy does not ask about', () => {
    fc.assert(
      fc.property(cases, (c) => {
        const got = answer(c);
        expect(got).toHaveLength(c.texts.length);
        c.texts.forEach((t, i) => {
          if (RANKS[t.source] === null || RANKS[t.source] === 0) expect(got[i]).toBeNull();
          const b = got[i]?.because;
          // what is in the way is one they get, and theirs
          if (b) expect(c.texts.some((x, j) => x === b && got[j] === null && x.person === t.person)).toBe(true);
        });
      }),
    );
  });

  it('what may wait leaves at the first moment it may, as the rule says when a text is refused; else not at all', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 0, max: 40 }), (c, patience) => {
        const texts = c.texts.map((t) => ({ ...t, until: (t.at + patience * DAY) as UtcMs }));
        const got = answer({ ...c, texts });
        const order = texts.map((t, i) => ({ t, i, rank: RANKS[t.source] ?? null })).filter((x) => x.rank !== null);
        order.sort((a, b) => (a.rank as number) - (b.rank as number) || a.t.at - b.t.at || a.i - b.i);
        const heard = new Map([...c.left].map(([who, list]) => [who, [...list]]));
        for (const { t, i, rank } of order) {
          const before = heard.get(t.person) ?? [];
          let at: UtcMs | null = t.at;
          while (rank !== 0 && at !== null) {
            const may = caps(c, before, at);
            if (may.ok) break;
            at = may.until < t.until ? may.until : null;
          }
          expect(got[i] === null || got[i] === undefined ? t.at : got[i].instead).toBe(at);
          if (at !== null) heard.set(t.person, [...before, at]);
        }
      }),
    );
  });

  it('an automation goes before a campaign, also when it comes the day after', () => {
    const at = (days: number) => (NOW + days * DAY) as UtcMs;
    const got = answer({
      zone: 'America/New_York' as Zone,
      spacingDays: 5,
      promise: 4,
      texts: [
        { source: 2, person: 1, at: at(1) },
        { source: 1, person: 1, at: at(2) },
        { source: 2, person: 2, at: at(1) },
      ],
      left: new Map(),
    });
    expect(got.map((v) => v?.reason ?? null)).toEqual(['texted-recently', null, null]);
    expect(got[0]?.because?.source).toBe(1);
  });

  it('months begin by the shop’s clock, over the end of a year too', () => {
    const zone = 'Pacific/Auckland' as Zone;
    const starts = monthStarts(Date.UTC(2026, 10, 30, 12) as UtcMs, Date.UTC(2027, 1, 10) as UtcMs, zone);
    expect(starts.map((s) => shopDay(s, zone))).toEqual(['2026-12-01', '2027-01-01', '2027-02-01', '2027-03-01']);
    for (const s of starts) expect(localTime(s, zone)).toMatchObject({ day: 1, hour: 0, minute: 0 });
  });
});
