import type { Anyway } from '@domain/reports/anyway';
import type { LikeCampaign, Pair, SuggestionKind } from '@domain/reports/suggest';
import type { TakenSummary } from '@domain/reports/taken';
import { people } from './count';
import type { Catalogue } from './index';

const en = {
  title: 'You could text next',
  hint: 'Each with its reason. The review shows exact people and price before anything is sent.',
  none: 'Nothing worth a text right now: nobody in your groups may be texted, or they were texted lately.',
  counter: 'Sign somebody up',
  /** The campaign's name, and the suggestion's. */
  names: {
    later: 'Bring back who is late',
    lapsed: 'Bring back who stayed away',
    'one-time': 'A second visit',
    birthday: 'Birthdays',
    regulars: 'Thank the regulars',
    new: 'Welcome who is new',
    'bought-not': 'Try something else',
  } satisfies Record<SuggestionKind, string>,
  pairName: (x: string, y: string) => `Bought ${x}, never ${y}`,
  /** Why these people: the first sentence of each. */
  reasons: {
    later: (n: string, one: boolean) => `${people(n, one)} usually would have been back by now.`,
    lapsed: (n: string, one: boolean) => `${people(n, one)} stayed away three times longer than they used to.`,
    'one-time': (n: string, one: boolean) => `${people(n, one)} came once, more than a month ago.`,
    birthday: (n: string, one: boolean) => `${people(n, one)} ${one ? 'has' : 'have'} a birthday this month.`,
    regulars: (n: string, one: boolean) => `${people(n, one)} ${one ? 'comes' : 'come'} as always: thank them, or leave them alone.`,
    new: (n: string, one: boolean) => `${people(n, one)} came for the first time this month.`,
  } satisfies Record<Exclude<SuggestionKind, 'bought-not'>, (n: string, one: boolean) => string>,
  pairReason: (n: string, one: boolean, x: string, y: string) => `${people(n, one)} bought ${x} and never ${y}.`,
  mayBe: (n: string) => `${n} of them may be texted.`,
  /** What the last one like it did. */
  like: {
    none: 'You have not texted people like this before.',
    brought: (n: string) => `The last text like it brought ${n}.`,
    unsure: (low: string, high: string) => `What the last text like it brought is not settled: anywhere from ${low} to ${high}.`,
    fewer: (n: string) => `After the last text like it about ${n} fewer came than would have.`,
    used: (n: string, of: string) => `After the last text like it ${n} of ${of} used the code.`,
    came: (n: string, of: string) => `After the last text like it ${n} of ${of} came; how many would have anyway is not known.`,
    none0: 'nobody more',
    more: (n: string) => `${n} more`,
    less: (n: string) => `${n} fewer`,
  },
  why: {
    open: 'Why this?',
    close: 'Close',
    pair: (of: string, x: string, y: string, all: string) =>
      `Of every 100 who bought ${x}, ${of} bought ${y} too; of everybody it is ${all}. So some of the others may like it.`,
    pooled: (range: string, k: number) =>
      `${k === 1 ? 'One measured text' : `${k} measured texts`} like it brought ${range} of every 100 texted.`,
    shown: 'It stands first because texts like it have been shown to bring people.',
    untried: 'No text like it could be measured yet, so its place goes by what usually works: people who are late come first.',
    unsettled: 'Whether texts like it bring people is not settled yet.',
    campaign: (name: string, day: string, texted: string, came: string) => `${name}, ${day}: ${texted} texted, ${came} came.`,
    cost: (n: string, cost: string) => `Its ready-made text to ${people(n)} costs about ${cost}.`,
    rules: 'Left out: groups texted in the last three weeks, and kinds of text that were shown to bring nobody.',
  },
  text: (n: string, one: boolean, cost: string) => `Text ${people(n, one)} · about ${cost}`,
  textLate: (n: string, cost: string) => `Only the ${n} who are late · about ${cost}`,
  off: 'Not now',
  offHint: 'Comes back in eight weeks, or when something about it changes.',
  wasOff: (name: string) => `Put off: ${name}. It comes back in eight weeks, or when something about it changes.`,
  back: 'Bring it back',
  /** It may say no. */
  anyway: {
    line: (of: string, usual: string, n: string, rest: string) =>
      `Of ${of}, ${usual} are in their usual rhythm, and about ${n} of those come anyway. Text the other ${rest}, who are late.`,
    saves: (cost: string) => `That is ${cost}, and no discount for people who were coming.`,
    held: (x: string, n: string) => `Seen on people you left out of earlier texts like this: ${x} of ${n} in their usual rhythm came.`,
    rhythm: (x: string, n: string) =>
      `Seen at your till: ${x} of ${people(n)} in their usual rhythm came within as many days, without a text.`,
    only: (n: string) => `Text only the ${n} who are late`,
  },
  /** Suggestions that were taken. */
  taken: {
    waiting: (n: string, one: boolean) =>
      one ? 'You took one suggestion. It is not measured yet.' : `You took ${n} suggestions. None is measured yet.`,
    counts: (n: string, measured: string, came: string, texted: string) =>
      `Suggestions you took: ${n}, ${measured} measured. ${came} of ${texted} texted came.`,
    extra: (best: string, low: string, high: string) =>
      `About ${best} of them because of the text; very likely between ${low} and ${high}.`,
    unsettled: (low: string, high: string) => `Because of the text: anywhere from ${low} to ${high}.`,
  },
};

export const suggestions: Catalogue<typeof en> = { en };
export type SuggestionWords = typeof en;

interface Format {
  n: (n: number) => string;
}

/** Names of the till in the middle of a sentence. */
const low = (name: string): string => (/^\p{Lu}[\p{Ll} ]+$/u.test(name) ? name.toLowerCase() : name);

interface Shown {
  readonly kind: SuggestionKind;
  readonly pair: Pick<Pair, 'x' | 'y'> | null;
  readonly people: number;
}
export const suggestionName = (s: Pick<Shown, 'kind' | 'pair'>, w: SuggestionWords): string =>
  s.pair === null ? w.names[s.kind] : w.pairName(s.pair.x.name, s.pair.y.name).slice(0, 80);

/** "82 people bought shirts and never a suit." */
export function sayReason(s: Shown, w: SuggestionWords, say: Format): string {
  const [n, one] = [say.n(s.people), s.people === 1];
  if (s.kind === 'bought-not') return s.pair === null ? '' : w.pairReason(n, one, low(s.pair.x.name), low(s.pair.y.name));
  return w.reasons[s.kind](n, one);
}

/** "The last text like it brought 9." — only where a comparison says so; else what was counted. */
export function sayLike(last: Omit<LikeCampaign, 'compared'> | undefined, w: SuggestionWords, say: Format): string {
  const l = w.like;
  if (last === undefined) return l.none;
  const b = last.brought;
  if (b === null) return last.hasOffer ? l.used(say.n(last.redeemed), say.n(last.texted)) : l.came(say.n(last.came), say.n(last.texted));
  if (b.low > 0) return l.brought(say.n(b.best));
  if (b.high < 0) return l.fewer(say.n(-b.best));
  const end = (v: number) => (v === 0 ? l.none0 : v > 0 ? l.more(say.n(v)) : l.less(say.n(-v)));
  return l.unsure(end(b.low), end(b.high));
}

/** "Of 212, about 140 come anyway. Text the other 72 …" and what that rests on. */
export function sayAnyway(a: Anyway, cost: string, w: SuggestionWords, say: Format): string[] {
  const t = w.anyway;
  return [
    t.line(say.n(a.people), say.n(a.usual), say.n(a.anyway), say.n(a.rest)),
    t.saves(cost),
    (a.from === 'held-out' ? t.held : t.rhythm)(say.n(a.seen.x), say.n(a.seen.n)),
  ];
}

/** What became of suggestions that were taken; null while none was sent. */
export function sayTaken(t: TakenSummary, w: SuggestionWords, say: Format): string | null {
  if (t.sent === 0) return null;
  if (t.measured === 0) return w.taken.waiting(say.n(t.sent), t.sent === 1);
  const counts = w.taken.counts(say.n(t.sent), say.n(t.measured), say.n(t.came), say.n(t.texted));
  if (t.extra === null) return counts;
  const e = t.extra;
  const end = (v: number) => (v === 0 ? w.like.none0 : v > 0 ? w.like.more(say.n(v)) : w.like.less(say.n(-v)));
  return `${counts} ${e.low > 0 ? w.taken.extra(say.n(e.best), say.n(e.low), say.n(e.high)) : w.taken.unsettled(end(e.low), end(e.high))}`;
}
