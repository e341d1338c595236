import { type Interval, newcombe, type Share } from './intervals';
import { Z80, Z95 } from './normal';
import { sampleRatio } from './power';
import { MIN_GROUP } from './verdict';

/** What two wordings are compared by; fixed with the campaign's goal before sending, so that nobody picks the flattering one later. */
export type WordsOutcome = 'redeemed' | 'came';

export const outcomeOf = (goal: 'none' | 'visits' | 'redemptions' | 'profit', hasOffer: boolean): WordsOutcome =>
  goal === 'visits' ? 'came' : goal === 'redemptions' || hasOffer ? 'redeemed' : 'came';

/** Under this, or `MIN_GROUP` on a side, nothing may be said (facts E5), as for the comparison group. */
const MIN_DID = 10;

export type WordsCode = 'split-broken' | 'counts-only' | 'a' | 'b' | 'leaning-a' | 'leaning-b' | 'no-difference';

export interface WordsVerdict {
  readonly code: WordsCode;
  readonly outcome: WordsOutcome;
  readonly a: Share;
  readonly b: Share;
  /** Share of A minus share of B, Newcombe 95 %; null where nothing may be said. */
  readonly difference: Interval | null;
}

/**
 * Which wording did better, judged once at the end of the window over everybody as they were drawn, whether or not their text arrived.
 * 95 % decides, 80 % leans; a range that holds zero is no proof that both are the same, only that this list could not tell.
 */
export function judgeWords(a: Share, b: Share, outcome: WordsOutcome): WordsVerdict {
  const base = { outcome, a, b };
  if (a.n + b.n > 0 && sampleRatio(a.n, b.n, 0.5).suspicious) return { ...base, code: 'split-broken', difference: null };
  if (Math.min(a.n, b.n) < MIN_GROUP || a.x + b.x < MIN_DID) return { ...base, code: 'counts-only', difference: null };
  const difference = newcombe(a, b, Z95);
  if (difference.low > 0) return { ...base, code: 'a', difference };
  if (difference.high < 0) return { ...base, code: 'b', difference };
  const leaning = newcombe(a, b, Z80);
  const code = leaning.low > 0 ? 'leaning-a' : leaning.high < 0 ? 'leaning-b' : 'no-difference';
  return { ...base, code, difference };
}
