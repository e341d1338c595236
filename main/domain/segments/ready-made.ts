import type { Rule } from './rule';

export type ReadyMadeKey =
  | 'everyone'
  | 'may-text'
  | 'new'
  | 'regulars'
  | 'best'
  | 'promising'
  | 'later'
  | 'lapsed'
  | 'one-time'
  | 'birthday'
  | 'big-spenders'
  | 'reacted'
  | 'no-reaction'
  | 'cannot-text';

const twice: Rule = { is: 'visits', op: 'at-least', count: 2, days: null };

/** Groups every shop starts with; the key stands in `segment.ready_made`. Their rules may be copied, not changed. */
export const READY_MADE: readonly { key: ReadyMadeKey; name: string; rule: Rule }[] = [
  { key: 'everyone', name: 'Everyone', rule: { all: [] } },
  { key: 'may-text', name: 'May be texted', rule: { all: [{ is: 'may-text', value: true }] } },
  { key: 'new', name: 'New', rule: { all: [{ is: 'first-visit', op: 'within', days: 30 }] } },
  {
    key: 'regulars',
    name: 'Regulars',
    rule: {
      all: [
        { is: 'visits', op: 'at-least', count: 3, days: null },
        { is: 'rhythm', class: 'usual' },
      ],
    },
  },
  { key: 'best', name: 'Best', rule: { all: [{ is: 'rfm', class: 'champions' }] } },
  {
    key: 'promising',
    name: 'Promising',
    rule: { all: [{ is: 'first-visit', op: 'within', days: 90 }, twice, { is: 'rhythm', class: 'usual' }] },
  },
  { key: 'later', name: 'Later than usual', rule: { all: [twice, { is: 'rhythm', class: 'later' }] } },
  { key: 'lapsed', name: 'Lapsed', rule: { all: [twice, { is: 'rhythm', class: 'lapsed' }] } },
  {
    key: 'one-time',
    name: 'Came once',
    rule: {
      all: [
        { is: 'visits', op: 'at-most', count: 1, days: null },
        { is: 'last-visit', op: 'over', days: 30 },
      ],
    },
  },
  { key: 'birthday', name: 'Birthday this month', rule: { all: [{ is: 'birthday', days: null }] } },
  { key: 'big-spenders', name: 'Big spenders', rule: { all: [{ is: 'score', of: 'spend', least: 5 }] } },
  {
    key: 'reacted',
    name: 'Reacted to the last text',
    rule: { all: [{ is: 'reacted', campaignId: null, how: 'anything' }] },
  },
  { key: 'no-reaction', name: 'Did not react to the last text', rule: { all: [{ is: 'reacted', campaignId: null, how: 'nothing' }] } },
  {
    key: 'cannot-text',
    name: 'Can’t be texted',
    rule: {
      any: [{ is: 'may-text', value: false }, { none: [{ is: 'number', state: 'fine' }] }],
    },
  },
];

/** Ready-made questions with blanks: filled in, they become a group of the shop's own. Days null = ever. */
export const boughtNot = (
  x: { what: 'item' | 'category'; name: string },
  y: { what: 'item' | 'category'; name: string },
  days: number | null,
): Rule => ({
  all: [
    { is: 'bought', ...x, days, did: true },
    { is: 'bought', ...y, days: null, did: false },
  ],
});
export const membersOfTopic = (topic: string): Rule => ({ all: [{ is: 'topic', topic }] });

/**
 * Why people of a group cannot be texted, in this order; each person has the first that fits, so that the counts add up
 * (domain/campaigns/audience.ts decides about a real text, with caps and topics besides).
 */
export const WHY_NOT = ['no-number', 'bad-number', 'landline', 'stopped', 'on-hold', 'unanswered', 'paused', 'not-asked'] as const;
export type WhyNoText = (typeof WHY_NOT)[number];

const REASONS: Record<WhyNoText, Rule> = {
  'no-number': { is: 'number', state: 'none' },
  'bad-number': { is: 'number', state: 'bad' },
  landline: { is: 'number', state: 'landline' },
  stopped: { is: 'permission', state: 'out' },
  'on-hold': { is: 'permission', state: 'hold' },
  unanswered: { is: 'permission', state: 'pending' },
  paused: { is: 'permission', state: 'paused' },
  'not-asked': { is: 'permission', state: 'never' },
};

/** The people of a rule who cannot be texted for this reason. */
export function whyRule(rule: Rule, why: WhyNoText): Rule {
  const before = WHY_NOT.slice(0, WHY_NOT.indexOf(why)).map((w) => REASONS[w]);
  return { all: [rule, REASONS[why], ...(before.length > 0 ? [{ none: before }] : [])] };
}
/** The people of a rule who can: a yes stands, and the number takes texts. */
export const reachableRule = (rule: Rule): Rule => ({ all: [rule, { is: 'may-text', value: true }, { is: 'number', state: 'fine' }] });
