import type { Rule } from './rule';

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
  {
    key: 'later',
    name: 'Later than usual',
    rule: {
      all: [
        { is: 'visits', op: 'at-least', count: 2, days: null },
        { is: 'rhythm', class: 'later' },
      ],
    },
  },
  {
    key: 'lapsed',
    name: 'Lapsed',
    rule: {
      all: [
        { is: 'visits', op: 'at-least', count: 2, days: null },
        { is: 'rhythm', class: 'lapsed' },
      ],
    },
  },
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
];
export type ReadyMadeKey = 'everyone' | 'may-text' | 'new' | 'regulars' | 'later' | 'lapsed' | 'one-time' | 'birthday';
