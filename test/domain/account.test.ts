import { ENOUGH_PRICED, learnPrice, type PricedTexts, segmentsFor, senderRate } from '@domain/account/rates';
import { approvalOf } from '@domain/account/registration';
import { compare, linesOf, money, type StatementRow, statementCsv, totalsOf } from '@domain/account/statement';
import type { Micros, UtcMs } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aView, SERVICE_SENDER } from '../support/account-view';

const rate = (o: Parameters<typeof aView>[0]) => senderRate(aView(o), SERVICE_SENDER)?.segmentsPerSecond;

describe('how fast a sender may text', () => {
  it('is what AT&T allows a registered campaign, shared by all its numbers', () => {
    expect(rate({ att: 3.75 })).toBe(3.75);
    expect(rate({ att: 3.75, numbers: 4 })).toBe(3.75);
  });
  it('is one a second for each number that is not registered yet, three toll-free, ten from a short code', () => {
    expect(rate({ campaign: 'pending', numbers: 2 })).toBe(2);
    expect(rate({ campaign: null })).toBe(1);
    expect(rate({ kind: 'toll-free' })).toBe(3);
    expect(rate({ kind: 'short-code' })).toBe(10);
  });
  it('never believes an absurd answer', () => expect(rate({ att: 1_000_000 })).toBe(225));
  it('is not known of a sender the account does not show', () => expect(senderRate(aView(), { kind: 'service', sid: 'MG2' })).toBeNull());
});

describe('the price learnt from real texts', () => {
  const priced = (perSegment: number, texts: number, segments = texts): PricedTexts => ({
    perSegment: perSegment as Micros,
    texts,
    segments,
  });
  it('stays silent until enough were priced', () => {
    expect(learnPrice([priced(11_300, ENOUGH_PRICED - 1)])).toBeNull();
    expect(learnPrice([priced(11_300, ENOUGH_PRICED)])?.perSegment).toBe(11_300);
  });
  it('is the middle one by segments: a few odd prices move nothing', () => {
    expect(learnPrice([priced(8300, 30), priced(11_500, 60), priced(90_000, 5)])).toMatchObject({
      perSegment: 11_500,
      low: 8300,
      high: 90_000,
      texts: 95,
    });
  });
  it('lies between the lowest and the highest, whatever the order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ perSegment: fc.integer({ min: 1, max: 100_000 }), texts: fc.integer({ min: 1, max: 500 }) }), {
          minLength: 1,
        }),
        (rows) => {
          const prices = rows.map((r) => priced(r.perSegment, r.texts));
          const a = learnPrice(prices);
          expect(learnPrice([...prices].reverse())).toEqual(a);
          if (a) {
            expect(a.perSegment).toBeGreaterThanOrEqual(a.low);
            expect(a.perSegment).toBeLessThanOrEqual(a.high);
          }
        },
      ),
    );
  });
  it('a balance pays for whole parts, an empty one for none', () => {
    expect(segmentsFor(1_000_000 as Micros, 11_300 as Micros)).toBe(88);
    expect(segmentsFor(-1 as Micros, 11_300 as Micros)).toBe(0);
  });
});

describe('the carriers’ approval', () => {
  it('is the worst of all the numbers texts may leave from', () => {
    const view = aView();
    const mixed = {
      ...view,
      numbers: [...view.numbers, { number: '+18885550143' as never, kind: 'toll-free' as const, sms: true, serviceSid: 'MG1' }],
      services: view.services.map((s) => ({ ...s, numbers: [...s.numbers, '+18885550143' as never] })),
    };
    expect(approvalOf(view, SERVICE_SENDER).state).toBe('approved');
    expect(approvalOf(mixed, SERVICE_SENDER)).toMatchObject({ state: 'missing', of: 'toll-free', number: '+18885550143' });
  });
  it('an unknown new word of the carrier is never taken for a yes', () => {
    expect(approvalOf(aView({ campaign: 'other' }), SERVICE_SENDER).state).toBe('pending');
  });
  it('a brand that failed counts before a campaign that was approved once', () => {
    const view = aView();
    const failed = {
      ...view,
      brands: view.brands.map((b) => ({ ...b, status: 'failed' as const, errors: [{ code: 30701, text: 'State' }] })),
    };
    expect(approvalOf(failed, SERVICE_SENDER)).toMatchObject({ state: 'rejected', of: 'brand', complaints: [{ code: 30701 }] });
  });
});

const anyRow: fc.Arbitrary<StatementRow> = fc.record({
  kind: fc.constantFrom('campaign', 'confirmation', 'reply', 'service', 'automation', 'test', 'help'),
  campaignId: fc.option(fc.integer({ min: 1, max: 5 }), { nil: null }),
  currency: fc.constantFrom('USD', 'JPY'),
  texts: fc.integer({ min: 1, max: 10_000 }),
  segments: fc.integer({ min: 1, max: 30_000 }),
  priced: fc.integer({ min: 0, max: 10_000 }),
  real: fc.integer({ min: 0, max: 400_000_000 }).map((n) => n as Micros),
  expected: fc.integer({ min: 0, max: 400_000_000 }).map((n) => n as Micros),
});

describe('the statement', () => {
  it('adds up: every text and every millionth stands in exactly one line and one total', () => {
    fc.assert(
      fc.property(fc.array(anyRow), (rows) => {
        const lines = linesOf(rows, new Map());
        const totals = totalsOf(lines);
        for (const currency of ['USD', 'JPY']) {
          const sum = (list: readonly { currency: string; texts: number; segments: number; real: number; expected: number }[]) =>
            list
              .filter((r) => r.currency === currency)
              .reduce(
                (a, r) => ({
                  texts: a.texts + r.texts,
                  segments: a.segments + r.segments,
                  real: a.real + r.real,
                  expected: a.expected + r.expected,
                }),
                {
                  texts: 0,
                  segments: 0,
                  real: 0,
                  expected: 0,
                },
              );
          expect(sum(lines)).toEqual(sum(rows));
          expect(sum(totals)).toEqual(sum(rows));
        }
      }),
    );
  });

  it('rounds a sum once: a thousand texts of $0.0083 are $8.30, not a thousand cents', () => {
    expect(money(8_300_000, 'USD')).toBe('8.30');
    expect(money(8300, 'USD')).toBe('0.01');
    expect(money(12_600_000, 'JPY')).toBe('13');
    expect(money(-4_999, 'USD')).toBe('0.00');
    expect(money(-1_234_567, 'USD')).toBe('-1.23');
  });

  it('as a spreadsheet its lines add up to the total, and no cell is run', () => {
    const rows: StatementRow[] = [
      { kind: 'campaign', campaignId: 7, currency: 'USD', texts: 3, segments: 3, priced: 3, real: 24_900 as Micros, expected: 0 as Micros },
      { kind: 'reply', campaignId: null, currency: 'USD', texts: 1, segments: 1, priced: 0, real: 0 as Micros, expected: 11_300 as Micros },
    ];
    const lines = linesOf(rows, new Map([[7, '=HYPERLINK("http://x")']]));
    const words = {
      columns: ['Month', 'What', 'Campaign', 'Texts', 'Parts', 'Currency', 'Paid', 'Expected', 'Together'] as const,
      parts: {
        campaigns: 'Campaign',
        automations: 'A',
        permission: 'P',
        replies: 'Replies',
        service: 'S',
        test: 'T',
        received: 'In',
        'look-ups': 'L',
        total: 'Together',
      },
    };
    const csv = statementCsv(
      [
        {
          month: '2026-11',
          from: 0 as UtcMs,
          to: 1 as UtcMs,
          lines,
          totals: totalsOf(lines),
          received: { texts: 2, segments: 2 },
          lookUps: { count: 4, price: 32_000 as Micros },
        },
      ],
      words,
    );
    const table = csv.trim().split('\r\n');
    expect(table[1]).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(table[1]).toMatch(/0\.024900,0\.000000,0\.024900$/);
    expect(table.at(-1)).toBe('2026-11,Together,,4,4,USD,0.02,0.01,0.04');
    expect(csv).not.toMatch(/(^|,)=/m);
  });
});

describe('beside the carrier’s own count', () => {
  const line = (category: string, usage: number, price: number) => ({
    category,
    usage,
    count: usage,
    price: price as Micros,
    currency: 'USD',
  });
  const theirs = (segments: number) => [
    line('totalprice', 0, 99_000_000),
    line('sms', segments + 10, segments * 8300 + 83_000),
    line('sms-outbound', segments, segments * 8300),
    line('sms-outbound-longcode', segments, segments * 8300),
    line('sms-inbound', 10, 83_000),
    line('sms-messages-carrierfees', segments, segments * 3000),
    line('phonenumbers', 1, 1_150_000),
    line('phonenumbers-local', 1, 1_150_000),
  ];

  it('carrier fees belong to the texts, nothing is counted twice', () => {
    const c = compare({ segments: 1000, price: 11_300_000 as Micros }, theirs(1000));
    expect(c).toMatchObject({
      theirs: { segments: 1000, price: 11_300_000 },
      inbound: { segments: 10, price: 83_000 },
      total: 99_000_000,
      why: 'same',
    });
    expect(c.other).toEqual([{ category: 'phonenumbers', count: 1, price: 1_150_000 }]);
  });

  it('explains a difference', () => {
    expect(compare({ segments: 500, price: 5_650_000 as Micros }, theirs(1000)).why).toBe('others-send');
    expect(compare({ segments: 2, price: 22_600 as Micros }, theirs(0)).why).toBe('not-yet');
    expect(compare({ segments: 1500, price: 16_950_000 as Micros }, theirs(1000)).why).toBe('not-yet');
    expect(compare({ segments: 1000, price: 20_000_000 as Micros }, theirs(1000)).why).toBe('price');
  });
});
