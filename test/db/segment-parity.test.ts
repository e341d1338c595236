import { countRule, membersOf, planOfRule, shopFacts } from '@db/queries/segments';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { Cents, UtcMs, Zone } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { matches, type ShopFacts } from '@domain/segments/evaluate';
import { RFM_CLASSES } from '@domain/segments/rfm';
import { RHYTHM_CLASSES } from '@domain/segments/rhythm';
import { type Condition, checkRule, REACTIONS, type Rule } from '@domain/segments/rule';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, type GeneratedPerson, type GeneratedSale, writePeople } from '../support/people';
import { createDb } from '../support/test-db';

const zone = 'America/New_York' as Zone;
const now = Date.UTC(2026, 10, 17, 16) as UtcMs;
const HOURS = 3_600_000;

const DAYS = [0, 1, 7, 15, 16, 30, 90, 365];
// Instants that like to sit on the edges: the very midnights the rules cut at, the change of the clocks, whole days back.
const instant = fc
  .oneof(
    fc.integer({ min: 0, max: 400 }).map((d) => now - d * DAY),
    fc.integer({ min: 0, max: 400 * 24 }).map((h) => now - h * HOURS),
    fc.tuple(fc.constantFrom(...DAYS), fc.constantFrom(-1, 0, 1)).map(([d, ms]) => startOfDay(addDays(shopDay(now, zone), -d), zone) + ms),
  )
  .map((n) => n as UtcMs);
const money = fc.constantFrom(0, 999, 1000, 5000, 20_000);
const names = fc.constantFrom('Boots', 'boots', 'Socks', 'ÉCLAIR', 'éclair', "O'Neil", '');

const sale: fc.Arbitrary<GeneratedSale> = fc
  .record({
    at: instant,
    kind: fc.constantFrom('sale' as const, 'sale' as const, 'refund' as const),
    status: fc.constantFrom('completed', 'completed', 'refunded', 'partially-refunded', 'void' as const),
    net: money,
    tax: fc.constantFrom(0, 80),
    refunded: fc.constantFrom(0, 0, 500),
    gift: fc.boolean(),
    lines: fc.array(fc.record({ name: names, category: names }), { maxLength: 2 }),
  })
  .map((s) => ({ ...s, net: s.kind === 'refund' ? -s.net : s.net, day: shopDay(s.at, zone) }));

let phones = 0;
const person: fc.Arbitrary<GeneratedPerson> = fc
  .record({
    hasPhone: fc.boolean(),
    email: fc.constantFrom(null, 'a@b.c'),
    language: fc.constantFrom('en', 'es' as const),
    linkCapable: fc.constantFrom('yes', 'no', 'unknown' as const),
    birthday: fc.constantFrom(null, '1980-11-17', '--11-18', '--11-30', '--12-01', '2001-02-29', '--10-31'),
    tags: fc.subarray(['VIP', 'vip', 'Élite', 'x"y']),
    visits: fc.integer({ min: 0, max: 6 }),
    spend: money,
    visits365: fc.integer({ min: 0, max: 9 }),
    spend365: money,
    firstVisitAt: fc.option(instant),
    lastVisitAt: fc.option(instant),
    medianGapDays: fc.option(fc.constantFrom(1, 7, 7.5, 30, 33.333)),
    gapCount: fc.integer({ min: 0, max: 5 }),
    consent: fc.uniqueArray(
      fc.record({
        purpose: fc.constantFrom('marketing', 'topic:running', 'service'),
        state: fc.constantFrom('in', 'in', 'out', 'pending', 'hold' as const),
      }),
      { selector: (c) => c.purpose },
    ),
    sales: fc.array(sale, { maxLength: 5 }),
    redemptions: fc.array(
      fc.record({ offerId: fc.constantFrom(1, 2), campaignId: fc.constantFrom(null, 1, 2), at: instant, reversed: fc.boolean() }),
      { maxLength: 2 },
    ),
    texts: fc.array(
      fc.record({
        campaignId: fc.constantFrom(1, 2),
        state: fc.constantFrom('delivered', 'sent', 'failed', 'skipped' as const),
        leftAt: fc.option(instant),
      }),
      { maxLength: 2 },
    ),
    repliedTo: fc.subarray([1, 2]),
  })
  .map(({ hasPhone, ...p }) => ({ ...p, phone: hasPhone ? `+1212${String(++phones).padStart(7, '0')}` : null }));

const days = fc.constantFrom(...DAYS);
const maybeDays = fc.option(days);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ is: fc.constantFrom('last-visit', 'first-visit' as const), op: fc.constantFrom('within', 'over' as const), days }),
  fc.record({
    is: fc.constant('visits' as const),
    op: fc.constantFrom('at-least', 'at-most' as const),
    count: fc.integer({ min: 0, max: 5 }),
    days: maybeDays,
  }),
  fc.record({
    is: fc.constant('spend' as const),
    op: fc.constantFrom('at-least', 'at-most' as const),
    amount: fc.constantFrom(-1000, 0, 1, 1000, 5080, 20_000).map((n) => n as Cents),
    days: maybeDays,
  }),
  fc.record({
    is: fc.constant('bought' as const),
    what: fc.constantFrom('item', 'category' as const),
    name: fc.constantFrom('Boots', 'SOCKS', 'éclair', "o'neil"),
    days: maybeDays,
    did: fc.boolean(),
  }),
  fc.record({ is: fc.constant('may-text' as const), value: fc.boolean() }),
  fc.record({ is: fc.constant('topic' as const), topic: fc.constantFrom('running', 'other') }),
  fc.record({ is: fc.constant('tag' as const), tag: fc.constantFrom('Vip', 'élite', 'X"Y') }),
  fc.record({ is: fc.constant('language' as const), language: fc.constantFrom('en', 'es' as const) }),
  fc.record({ is: fc.constant('links' as const), capable: fc.constantFrom('yes', 'no', 'unknown' as const) }),
  fc.record({ is: fc.constant('birthday' as const), days: fc.option(fc.constantFrom(0, 1, 14, 60)) }),
  fc.record({ is: fc.constant('has' as const), what: fc.constantFrom('phone', 'email' as const), value: fc.boolean() }),
  fc.record({ is: fc.constant('redeemed' as const), offerId: fc.option(fc.constantFrom(1, 2)), days: maybeDays, did: fc.boolean() }),
  fc.record({ is: fc.constant('reacted' as const), campaignId: fc.constantFrom(1, 2), how: fc.constantFrom(...REACTIONS) }),
  fc.record({ is: fc.constant('rhythm' as const), class: fc.constantFrom(...RHYTHM_CLASSES) }),
  fc.record({ is: fc.constant('rfm' as const), class: fc.constantFrom(...RFM_CLASSES) }),
);
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition,
    fc.array(tie('rule'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('rule'), { maxLength: 3 }).map((any) => ({ any })),
    fc.array(tie('rule'), { maxLength: 3 }).map((none) => ({ none })),
  ),
}));

const inMemory = (people: readonly GeneratedPerson[], r: Rule, shop: ShopFacts): number[] =>
  people.flatMap((p, i) => (matches(r, factsOf(p), shop) ? [i + 1] : []));

describe('one rule tree, two readers', () => {
  it('agree on every condition, every person', () => {
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 5, maxLength: 25 }),
        fc.array(fc.oneof(condition, rule), { minLength: 20, maxLength: 40 }),
        (people, rules) => {
          const db = createDb();
          writePeople(db, people);
          const shop = shopFacts(db, now, zone);
          for (const r of rules) expect({ r, ids: membersOf(db, checkRule(r), shop) }).toEqual({ r, ids: inMemory(people, r, shop) });
          db.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('agree with quintiles too (50 customers and more)', () => {
    const rfm = fc.record({ is: fc.constant('rfm' as const), class: fc.constantFrom(...RFM_CLASSES) });
    fc.assert(
      fc.property(fc.array(person, { minLength: 90, maxLength: 120 }), fc.array(rfm, { minLength: 5, maxLength: 8 }), (people, rules) => {
        const db = createDb();
        writePeople(db, people);
        const shop = shopFacts(db, now, zone);
        for (const r of rules) expect({ r, ids: membersOf(db, r, shop) }).toEqual({ r, ids: inMemory(people, r, shop) });
        db.close();
      }),
      { numRuns: 15 },
    );
  });
});

describe('how SQLite answers', () => {
  it('uses the indexes made for it', () => {
    const db = createDb();
    const shop = shopFacts(db, now, zone);
    const plan = (r: Rule) => planOfRule(db, r, shop).join('\n');
    expect(plan({ is: 'last-visit', op: 'within', days: 30 })).toContain('customer_by_last_visit');
    expect(plan({ is: 'bought', what: 'item', name: 'Boots', days: 90, did: true })).toContain('sale_line_by_item (name=?)');
    expect(plan({ is: 'bought', what: 'category', name: 'Shoes', days: null, did: false })).toContain('sale_line_by_category (category=?)');
    expect(plan({ is: 'reacted', campaignId: 1, how: 'delivered' })).toContain('outbox_by_cause (cause_kind=? AND cause_id=? AND state=?)');
    expect(plan({ is: 'reacted', campaignId: 1, how: 'came' })).toContain('sale_by_customer (customer_id=? AND occurred_at');
    expect(plan({ is: 'reacted', campaignId: 1, how: 'redeemed' })).toContain('redemption_by_campaign');
    expect(countRule(db, { all: [] }, shop)).toBe(0);
    db.close();
  });
});
