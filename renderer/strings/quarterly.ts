import type { KeepReason, KeepVerdict } from '@domain/reports/keep';
import { counted, ofHundred } from './count';
import type { Catalogue } from './index';

const en = {
  title: 'Keep, change or switch off',
  hint: (since: string) => `Each text and offer you used since ${since}, from its measured campaigns. Worth a look once a quarter.`,
  kind: { text: 'Text', offer: 'Offer' },
  head: ['Kind', 'Name', 'Verdict', 'Why', 'What it rests on'],
  verdicts: {
    keep: 'Keep',
    change: 'Change',
    off: 'Switch off',
    'too-early': 'Too early to tell',
  } satisfies Record<KeepVerdict, string>,
  ready: {
    'miss-you': 'Ready-made: it has been a while',
    'miss-you-offer': 'Ready-made: come back, with a code',
    'try-other': 'Ready-made: try something else',
    'try-other-offer': 'Ready-made: try something else, with a code',
    'new-in': 'Ready-made: new things came in',
    event: 'Ready-made: an invitation',
    birthday: 'Ready-made: happy birthday',
    'birthday-offer': 'Ready-made: happy birthday, with a code',
    thanks: 'Ready-made: thank you',
  } as Readonly<Record<string, string>>,
  reasons: {
    'made-money': 'It made money, for sure.',
    brings: 'It brings people who would not have come.',
    leaving: 'Too many people stop your texts after it: surely more than 4 of every 100.',
    'lost-money': 'It lost money, for sure.',
    'keeps-away': 'Fewer people came than would have without it.',
    'leaving-some': 'Many people stop your texts after it: surely more than 2 of every 100.',
    nothing: 'It brings hardly anybody: surely less than 1 more of every 100.',
    unused: 'Hardly anybody uses the code: surely fewer than 2 of every 100.',
    unknown: 'Nothing is sure yet: leave it as it is.',
  } satisfies Record<KeepReason, string>,
  evidence: (k: number, n: string, last: string) =>
    `${k === 1 ? `One measured campaign, “${last}”` : `${k} measured campaigns, the last “${last}”`}: ${counted(n, 'text', 'texts')} arrived.`,
  pooled: (range: string) => `${range.charAt(0).toUpperCase()}${range.slice(1)} of every 100 texted came.`,
  used: (n: string) => `${n} used the code.`,
  stopped: (n: string) => `${n} stopped.`,
  open: { text: 'See the last one', offer: 'See the offer' },
};

export const quarterly: Catalogue<typeof en> = { en };
export type QuarterlyWords = typeof en;

interface Line {
  readonly reason: KeepReason;
  readonly campaigns: number;
  readonly delivered: number;
  readonly stops: number;
  readonly redeemed: number;
  readonly withCode: boolean;
  readonly lastName: string;
  readonly pooled: { readonly low: number; readonly high: number } | null;
}

/** Why, and what that rests on; to be read in this order. */
export function sayKeep(l: Line, w: QuarterlyWords, say: { n: (n: number) => string }): [string, string] {
  const evidence = [
    w.evidence(l.campaigns, say.n(l.delivered), l.lastName),
    ...(l.pooled ? [w.pooled(ofHundred(l.pooled))] : []),
    ...(l.withCode ? [w.used(say.n(l.redeemed))] : []),
    w.stopped(say.n(l.stops)),
  ];
  return [w.reasons[l.reason], evidence.join(' ')];
}
