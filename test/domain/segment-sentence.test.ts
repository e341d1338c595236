import type { Cents } from '@domain/kernel';
import { describeRule, type Names } from '@domain/segments/describe';
import { READY_MADE } from '@domain/segments/ready-made';
import { RFM_CLASSES } from '@domain/segments/rfm';
import { RHYTHM_CLASSES } from '@domain/segments/rhythm';
import { type Condition, NUMBER_STATES, PERMISSION_STATES, plain, REACTIONS, RFM_AXES, type Rule } from '@domain/segments/rule';
import { type Known, readRule } from '@domain/segments/sentence';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const names: Names = {
  money: (n) => dollars.format(n / 100).replace(/\.0+$/, ''),
  offer: (id) => `offer (${id}) of "autumn"`,
  campaign: (id) => `Boots & socks, week ${id}”`,
  group: (id) => `group ${id} and more`,
};
const back = (of: (id: number) => string) => (name: string) => [1, 2, 3].find((id) => of(id) === name) ?? null;
/** A shop that takes every name as it is said. */
const everyName: Known = {
  money: (t) => Math.round(Number(t.replace(/[$,\s]/g, '')) * 100),
  article: (name, category) => ({ what: category ? 'category' : 'item', name }),
  offer: back(names.offer),
  campaign: back(names.campaign),
  group: back(names.group),
  topic: (n) => n,
  tag: (n) => n,
  like: () => [],
};

const days = fc.constantFrom(0, 1, 2, 7, 30, 90, 364, 365, 1000);
const name = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12 }),
    fc.constantFrom('Mac and cheese', 'Levi’s ”501”', 'in the last 3 days', '(odd)', 'never a suit', 'A, B or C.', 'Élan'),
  )
  .map((s) => s.replaceAll('“', '').trim())
  .filter((s) => s !== '');
const id = fc.constantFrom(1, 2, 3);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ is: fc.constantFrom('last-visit', 'first-visit' as const), op: fc.constantFrom('within', 'over' as const), days }),
  fc.record({
    is: fc.constant('visits' as const),
    op: fc.constantFrom('at-least', 'at-most' as const),
    count: fc.integer({ min: 0, max: 1200 }),
    days: fc.option(days),
  }),
  fc.record({
    is: fc.constant('spend' as const),
    op: fc.constantFrom('at-least', 'at-most' as const),
    amount: fc.integer({ min: -100_00, max: 5_000_000 }).map((n) => n as Cents),
    days: fc.option(days),
  }),
  fc.record({
    is: fc.constant('bought' as const),
    what: fc.constantFrom('item', 'category' as const),
    name,
    days: fc.option(days),
    did: fc.boolean(),
  }),
  fc.record({ is: fc.constant('may-text' as const), value: fc.boolean() }),
  fc.record({ is: fc.constant('permission' as const), state: fc.constantFrom(...PERMISSION_STATES) }),
  fc.record({ is: fc.constant('number' as const), state: fc.constantFrom(...NUMBER_STATES) }),
  fc.record({ is: fc.constant('topic' as const), topic: name }),
  fc.record({ is: fc.constant('tag' as const), tag: name }),
  fc.record({ is: fc.constant('language' as const), language: fc.constantFrom('en', 'es' as const) }),
  fc.record({ is: fc.constant('links' as const), capable: fc.constantFrom('yes', 'no', 'unknown' as const) }),
  fc.record({ is: fc.constant('birthday' as const), days: fc.option(fc.constantFrom(0, 1, 14, 60)) }),
  fc.record({
    is: fc.constant('has' as const),
    what: fc.constantFrom('phone', 'email', 'birthday', 'address' as const),
    value: fc.boolean(),
  }),
  fc.record({ is: fc.constant('lives' as const), where: fc.constantFrom('city', 'postal-code' as const), name }),
  fc.record({ is: fc.constant('redeemed' as const), offerId: fc.option(id), days: fc.option(days), did: fc.boolean() }),
  fc.record({ is: fc.constant('reacted' as const), campaignId: fc.option(id), how: fc.constantFrom(...REACTIONS) }),
  fc.record({ is: fc.constant('rhythm' as const), class: fc.constantFrom(...RHYTHM_CLASSES) }),
  fc.record({ is: fc.constant('rfm' as const), class: fc.constantFrom(...RFM_CLASSES) }),
  fc.record({ is: fc.constant('score' as const), of: fc.constantFrom(...RFM_AXES), least: fc.constantFrom(2, 3, 4, 5 as const) }),
  fc.record({ is: fc.constant('group' as const), segmentId: id, member: fc.boolean() }),
  fc.record({ is: fc.constant('on-list' as const), listId: id }),
);
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition,
    fc.array(tie('rule'), { maxLength: 4 }).map((all) => ({ all })),
    fc.array(tie('rule'), { maxLength: 4 }).map((any) => ({ any })),
    fc.array(tie('rule'), { maxLength: 4 }).map((none) => ({ none })),
  ),
}));

describe('a rule and its sentence', () => {
  it('are the same thing: what is read aloud is read back', () => {
    fc.assert(
      fc.property(fc.oneof(condition, rule), (r) => {
        const sentence = describeRule(r, names);
        expect({ sentence, read: readRule(sentence, everyName) }).toEqual({ sentence, read: { ok: true, rule: plain(r) } });
      }),
      { numRuns: 1500 },
    );
  });

  it('holds for every ready-made group', () => {
    for (const g of READY_MADE) {
      const sentence = describeRule(g.rule, names);
      expect(readRule(sentence, everyName), sentence).toEqual({ ok: true, rule: plain(g.rule) });
    }
  });
});

const ARTICLES = ['Shirts', 'Suits', 'Ties', 'Mac and cheese', 'Boots'];
/** A shop that knows its own names only. */
const shop: Known = {
  ...everyName,
  article: (n, category) => {
    const found = ARTICLES.find((a) => [a, a.replace(/s$/, '')].some((x) => x.toLowerCase() === n.toLowerCase()));
    return found === undefined ? null : { what: category || found !== 'Boots' ? 'category' : 'item', name: found };
  },
  campaign: (n) => (n.toLowerCase() === 'spring sale' ? 3 : null),
  offer: () => null,
  group: (n) => (n.toLowerCase() === 'runners' ? 5 : null),
  topic: (n) => (n.toLowerCase() === 'running' ? 'running' : null),
  like: (n) => ARTICLES.filter((a) => a.toLowerCase().startsWith(n.slice(0, 2).toLowerCase())),
};
const got = (text: string) => {
  const r = readRule(text, shop);
  return r.ok ? r.rule : r;
};
const did = (name: string, is = true, d: number | null = null): Condition => ({
  is: 'bought',
  what: name === 'Boots' ? 'item' : 'category',
  name,
  days: d,
  did: is,
});
const late: Condition = { is: 'last-visit', op: 'over', days: 90 };
const ready = (key: string) => plain((READY_MADE.find((g) => g.key === key) as (typeof READY_MADE)[number]).rule);

describe('what an owner types', () => {
  it.each<[string, Rule]>([
    ['bought shirts, never a suit', { all: [did('Shirts'), did('Suits', false)] }],
    ['customers who bought a shirt but not a suit in the last 3 months', { all: [did('Shirts'), did('Suits', false, 90)] }],
    ['People that have bought shirts and haven’t bought ties', { all: [did('Shirts'), did('Ties', false)] }],
    ['bought shirts or ties', { any: [did('Shirts'), did('Ties')] }],
    ['bought Mac and Cheese and boots', { all: [did('Mac and cheese'), did('Boots')] }],
    ['haven’t been in for three months', late],
    ['have not visited in the last 90 days', late],
    ['last came in more than 3 months ago', late],
    ['did not come in the last 90 days', { is: 'visits', op: 'at-most', count: 0, days: 90 }],
    ['regulars', ready('regulars')],
    ['my regulars who bought boots', { all: [...(ready('regulars') as { all: Rule[] }).all, did('Boots')] }],
    ['new customers with an e-mail address', { all: [ready('new'), { is: 'has', what: 'email', value: true }] }],
    ['big spenders without a phone number', { all: [ready('big-spenders'), { is: 'has', what: 'phone', value: false }] }],
    ['everybody', { all: [] }],
    ['people whose birthday is this month', { is: 'birthday', days: null }],
    ['birthday in the next two weeks', { is: 'birthday', days: 14 }],
    ['spent over $1,200 in the past year', { is: 'spend', op: 'at-least', amount: 120_000 as Cents, days: 365 }],
    ['spent less than 50 dollars', { is: 'spend', op: 'at-most', amount: 5000 as Cents, days: null }],
    ['came more than twice this past month', { is: 'visits', op: 'at-least', count: 3, days: 30 }],
    ['visited 5 or more times', { is: 'visits', op: 'at-least', count: 5, days: null }],
    [
      'speak Spanish and can be texted',
      {
        all: [
          { is: 'language', language: 'es' },
          { is: 'may-text', value: true },
        ],
      },
    ],
    ['are not tagged VIP', { none: [{ is: 'tag', tag: 'VIP' }] }],
    ['don’t live in Rye', { none: [{ is: 'lives', where: 'city', name: 'Rye' }] }],
    ['zip code 12545', { is: 'lives', where: 'postal-code', name: '12545' }],
    ['got "Spring Sale" and did nothing', { is: 'reacted', campaignId: 3, how: 'nothing' }],
    ['did not react to our last text', { is: 'reacted', campaignId: null, how: 'nothing' }],
    ['members of the running club', { is: 'topic', topic: 'running' }],
    [
      'are in the group runners, speak English or used a coupon',
      {
        any: [
          { is: 'group', segmentId: 5, member: true },
          { is: 'language', language: 'en' },
          { is: 'redeemed', offerId: null, days: null, did: true },
        ],
      },
    ],
    ['speak English and bought ties or are lapsed', { any: [{ all: [{ is: 'language', language: 'en' }, did('Ties')] }, ready('lapsed')] }],
    ['not (speak English or bought ties)', { none: [{ is: 'language', language: 'en' }, did('Ties')] }],
  ])('%s', (text, expected) => expect(got(text)).toEqual(expected));

  it.each([
    ['', { why: 'empty', part: '' }],
    ['   . ', { why: 'empty', part: '' }],
    ['bought shirts and wear nice hats, speak English', { why: 'unknown-name', part: 'wear nice hats' }],
    ['speak English and wear nice hats', { why: 'not-understood', part: 'wear nice hats' }],
    ['bought shoos', { why: 'unknown-name', part: 'shoos', suggestions: ['Shirts'] }],
    ['bought sutis but never ties', { why: 'unknown-name', part: 'sutis', suggestions: ['Suits'] }],
    ['speak English and (bought ties', { why: 'brackets' }],
    ['got “Autumn sale”', { why: 'unknown-name', part: 'Autumn sale' }],
  ])('names what it does not understand: %s', (text, expected) => expect(got(text)).toMatchObject({ ok: false, ...expected }));

  it('never throws and never hangs, whatever is typed', () => {
    const words = fc.constantFrom(
      'bought',
      'came',
      'in',
      'the',
      'last',
      '3',
      'days',
      'and',
      'or',
      ',',
      '(',
      ')',
      'not',
      'never',
      'who',
      '“x”',
      'shirts',
      '$5',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 60 }),
          fc.array(words, { maxLength: 14 }).map((w) => w.join(' ')),
        ),
        (text) => {
          const r = readRule(text, shop);
          expect(typeof r.ok).toBe('boolean');
        },
      ),
      { numRuns: 500 },
    );
  });
});
