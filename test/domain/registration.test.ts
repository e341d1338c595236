import { addDays } from '@domain/calendar';
import type { ShopDay } from '@domain/kernel';
import { addressesIn } from '@domain/registration/addresses';
import { checklistOf } from '@domain/registration/checklist';
import { FEES, REVIEW, STAGES, totalOf } from '@domain/registration/fees';
import { chooseRegistration, type OpenPath, type RegistrationPath } from '@domain/registration/path';
import { knownRejections, mendOf } from '@domain/registration/rejections';
import { nextKinds, type StepEvent, trackerOf } from '@domain/registration/tracker';
import { needsAgeGate, refusedTrades, TRADE_RULES, TRADES } from '@domain/registration/trades';
import { addWorkdays, isWorkday } from '@domain/registration/workdays';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const day = (d: string) => d as ShopDay;
const answers = fc.record({
  trades: fc.uniqueArray(fc.constantFrom(...TRADES)),
  ein: fc.boolean(),
  website: fc.boolean(),
  country: fc.constantFrom('US', 'PR', 'CA', 'MX', 'GB', 'DE', ''),
  tollFree: fc.boolean(),
});

describe('which registration', () => {
  it('every combination of answers leads to exactly one, and that one fits', () => {
    const seen = new Set<RegistrationPath>();
    fc.assert(
      fc.property(answers, (a) => {
        const { path, takes, makePages, ageGate, also } = chooseRegistration(a);
        seen.add(path);
        const us = a.country === 'US' || a.country === 'PR';
        // said apart from the table, each in its own words
        expect(path === 'refused').toBe(refusedTrades(a.trades).length > 0);
        expect(path === 'elsewhere').toBe(refusedTrades(a.trades).length === 0 && !us);
        if (path === 'low-volume') expect([a.ein, a.tollFree]).toEqual([true, false]);
        if (path === 'sole-proprietor') expect([a.ein, a.tollFree]).toEqual([false, false]);
        if (path === 'toll-free') expect(a.tollFree).toBe(true);
        expect(ageGate).toBe(a.trades.includes('alcohol'));
        if (path === 'refused' || path === 'elsewhere') expect([takes, makePages, also]).toEqual([[], false, null]);
        else {
          expect(makePages).toBe(!a.website);
          expect(takes).toContain('pages');
          expect(takes.includes('age-gate')).toBe(ageGate);
          expect(takes.includes('ein')).toBe(a.ein);
          expect(also).not.toBe(path);
        }
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(['elsewhere', 'low-volume', 'refused', 'sole-proprietor', 'toll-free']);
  });

  it('a banned trade is told whatever else is answered, alcohol alone never is', () => {
    for (const t of TRADES) {
      for (const ein of [true, false]) {
        const { path } = chooseRegistration({ trades: [t], ein, website: ein, country: 'US', tollFree: !ein });
        expect(path === 'refused', t).toBe(t !== 'alcohol');
      }
    }
    expect(needsAgeGate(['alcohol'])).toBe(true);
    expect(Object.keys(TRADE_RULES).sort()).toEqual([...TRADES].sort());
  });

  it('every way has fees with a page that counts, and a review time for every stage', () => {
    for (const path of ['low-volume', 'sole-proprietor', 'toll-free'] satisfies OpenPath[]) {
      for (const f of FEES[path]) {
        expect(f.source).toMatch(/^https:\/\/(help|www)\.twilio\.com\//);
        expect(f.low).toBeLessThanOrEqual(f.high);
        expect(f.per === 'free').toBe(f.high === 0);
      }
      for (const s of STAGES[path]) expect(REVIEW[s].from).toBeLessThanOrEqual(REVIEW[s].to);
    }
    expect(totalOf(FEES['low-volume'])).toEqual({
      once: { low: 19_000_000, high: 19_500_000 },
      month: { low: 2_650_000, high: 11_150_000 },
    });
    expect(totalOf(FEES['toll-free']).once).toEqual({ low: 0, high: 0 });
  });
});

describe('business days', () => {
  it.each([
    ['2026-11-25', 1, '2026-11-27'], // Thanksgiving is skipped
    ['2026-11-20', 1, '2026-11-23'], // over a weekend
    ['2026-12-24', 1, '2026-12-28'], // Christmas, then a weekend
    ['2026-12-31', 1, '2027-01-04'],
    ['2026-10-30', 1, '2026-11-02'], // clocks go back on Sunday 1 Nov
    ['2027-03-12', 1, '2027-03-15'], // clocks go forward on Sunday 14 Mar
    ['2026-07-02', 1, '2026-07-06'], // 4 July falls on a Saturday, observed on Friday 3
    ['2026-11-21', 0, '2026-11-21'], // a Saturday stays what it is
    ['2026-11-21', 15, '2026-12-14'],
  ])('%s and %i business days is %s', (from, n, to) => expect(addWorkdays(day(from), n)).toBe(to));

  it('always end on one, count every one between and no other', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3500 }), fc.integer({ min: 1, max: 40 }), (offset, n) => {
        const from = addDays(day('2026-01-01'), offset);
        const to = addWorkdays(from, n);
        expect(isWorkday(to)).toBe(true);
        let count = 0;
        for (let d = addDays(from, 1); d <= to; d = addDays(d, 1)) if (isWorkday(d)) count++;
        expect(count).toBe(n);
      }),
    );
  });
});

describe('the tracker', () => {
  const today = day('2026-11-23'); // a Monday
  const step = (stage: StepEvent['stage'], kind: StepEvent['kind'], d: string, errorCode: number | null = null): StepEvent => ({
    id: 1,
    stage,
    kind,
    day: day(d),
    errorCode,
  });

  it('expects everything from today while nothing has been handed in', () => {
    const t = trackerOf('low-volume', [], today);
    expect(t.stages.map((s) => s.state)).toEqual(['not-yet', 'not-yet']);
    expect(t.current).toBe('brand');
    // 1–3 days and then 5–15, Thanksgiving left out
    expect(t.ready).toEqual({ from: '2026-12-02', to: '2026-12-18' });
  });

  it('a rejection shows its number and what to mend; handed in again it waits anew', () => {
    const rejected = [
      step('brand', 'submitted', '2026-11-02'),
      step('brand', 'approved', '2026-11-04'),
      step('campaign', 'submitted', '2026-11-05'),
      step('campaign', 'rejected', '2026-11-20', 30893),
    ];
    const t = trackerOf('sole-proprietor', rejected, today);
    expect(t.stages[1]).toMatchObject({ state: 'rejected', since: '2026-11-20', errorCode: 30893, tries: 1, expected: null });
    expect(mendOf(30893)).toBe('samples');
    const again = trackerOf('sole-proprietor', [...rejected, step('campaign', 'submitted', '2026-11-23')], today);
    expect(again.stages[1]).toMatchObject({
      state: 'waiting',
      tries: 2,
      errorCode: null,
      expected: { from: '2026-12-01', to: '2026-12-15' },
    });
    expect(again.ready).toEqual({ from: '2026-12-01', to: '2026-12-15' });
  });

  it('an answer that is late is told, and expected tomorrow at best', () => {
    const t = trackerOf('toll-free', [step('toll-free', 'submitted', '2026-10-01')], today);
    expect(t.stages[0]?.overdue).toBe(true);
    expect(t.ready).toEqual({ from: '2026-11-24', to: '2026-11-24' });
  });

  it('is done when every stage is approved, on the last day; steps of another way do not count', () => {
    const steps = [
      step('toll-free', 'approved', '2026-09-01'),
      step('brand', 'approved', '2026-11-04'),
      step('campaign', 'approved', '2026-11-20'),
    ];
    expect(trackerOf('low-volume', steps, today)).toMatchObject({ current: null, ready: null, approvedOn: '2026-11-20' });
    expect(trackerOf('low-volume', steps.slice(0, 2), today).current).toBe('campaign');
  });

  it('whatever is told, expected days lie in order and nothing approved is expected', () => {
    const anyStep = fc.record({
      id: fc.constant(1),
      stage: fc.constantFrom('brand', 'campaign', 'toll-free'),
      kind: fc.constantFrom('submitted', 'approved', 'rejected'),
      day: fc.integer({ min: 0, max: 60 }).map((n) => addDays(today, -n)),
      errorCode: fc.constantFrom(null, 30842, 1),
    }) as fc.Arbitrary<StepEvent>;
    fc.assert(
      fc.property(
        fc.array(anyStep, { maxLength: 8 }),
        fc.constantFrom<OpenPath>('low-volume', 'sole-proprietor', 'toll-free'),
        (steps, path) => {
          const t = trackerOf(path, steps, today);
          expect(t.stages.map((s) => s.stage)).toEqual(STAGES[path]);
          expect(t.current === null).toBe(t.stages.every((s) => s.state === 'approved'));
          expect((t.ready === null) === (t.current === null)).toBe(true);
          if (t.ready) expect(t.ready.from > today && t.ready.from <= t.ready.to).toBe(true);
          for (const s of t.stages) {
            expect(s.expected !== null).toBe(s.state === 'waiting');
            expect(nextKinds(s.state).length).toBeGreaterThan(0);
          }
        },
      ),
    );
  });

  it('numbers nobody explained lead to Twilio itself, known ones to what to mend', () => {
    expect(mendOf(12345)).toBe('support');
    for (const code of [30842, 30511, 30837, 30841, 30893, 30469, 30459, 30456, 30873, 30034, 30460])
      expect(knownRejections).toContain(code);
  });
});

describe('the addresses in the wording', () => {
  it.each([
    ['Terms: shop.com/terms Privacy: shop.com/privacy', 'https://shop.com/terms', 'https://shop.com/privacy'],
    ['Terminos: shop.com/t Privacidad: shop.com/p.', 'https://shop.com/t', 'https://shop.com/p'],
    ['Privacy https://a.example.org/x?y=1, terms http://b.example.org/', 'https://b.example.org/', 'https://a.example.org/x?y=1'],
    ['See shop.com/privacy and shop.com/terms.', 'https://shop.com/terms', 'https://shop.com/privacy'],
    ['Questions: olga@shop.com. Terms: ask at the counter.', null, null],
    ['Questions: shop.com. Terms: shop.com/a Privacy: ask at the counter.', 'https://shop.com/a', null],
    ['', null, null],
  ])('%s', (text, terms, privacy) => expect(addressesIn(text)).toEqual({ terms, privacy }));
});

describe('the checklist', () => {
  const full = {
    legalName: 'Corner Shoes LLC',
    street: '12 Main St',
    city: 'Kingston',
    postalCode: '12401',
    website: 'cornershoes.com',
    phone: '+18455550142',
    email: 'hi@cornershoes.com',
    termsFine: true,
    privacyFine: true,
    hasNumber: true,
    proofUrl: 'https://cornershoes.com/proof.png',
    samples: ['Corner Shoes: Hi. Reply STOP to opt out.', 'Corner Shoes: Ho. Reply STOP to opt out.'],
    shopName: 'Corner Shoes',
    flow: 'x'.repeat(200),
    ageGate: false,
  };
  it('is done when all is there, and says what nobody has looked at', () => {
    expect(checklistOf(full).filter((c) => c.state !== 'done')).toEqual([{ item: 'proof', state: 'look' }]);
    expect(checklistOf({ ...full, termsFine: null }).find((c) => c.item === 'terms')?.state).toBe('look');
    expect(checklistOf({ ...full, privacyFine: false }).find((c) => c.item === 'privacy')?.state).toBe('missing');
  });
  it('misses each thing that is taken away', () => {
    const missing = (change: Partial<typeof full>) =>
      checklistOf({ ...full, ...change })
        .filter((c) => c.state === 'missing')
        .map((c) => c.item);
    expect(missing({ legalName: ' ' })).toEqual(['legal-name']);
    expect(missing({ street: '' })).toEqual(['address']);
    expect(missing({ email: '' })).toEqual(['contact']);
    expect(missing({ hasNumber: false })).toEqual(['number']);
    expect(missing({ proofUrl: 'cornershoes.com/proof.png' })).toEqual(['proof']);
    expect(missing({ samples: ['Corner Shoes: Hi.', 'Sale! Reply STOP to opt out.'] })).toEqual(['samples']);
    expect(missing({ flow: 'short' })).toEqual(['flow']);
    expect(checklistOf({ ...full, ageGate: true }).at(-1)).toEqual({ item: 'age-gate', state: 'look' });
  });
});
