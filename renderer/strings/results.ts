import type { Leak } from '@domain/attribution/payback';
import type { WhatItShows } from '@domain/attribution/shows';
import type { Finding, Judged } from '@domain/reports/finding';
import { people } from './count';
import type { Catalogue } from './index';

/** How the words get their figures: whole people, money without cents, days. */
export interface ResultFormat {
  n: (n: number) => string;
  money: (minor: number) => string;
  day: (day: string) => string;
}

const texts = (k: number) => `${k} more ${k === 1 ? 'text' : 'texts'} like this`;

const en = {
  /** The verdict of one campaign: a first line as a ratio, the finding, and what would settle it. One sentence each, to be said again. */
  finding: {
    ratio: (of: string, came: string, usually: string) => `Of ${of} texted, ${came} came; usually ${usually} would.`,
    running: (day: string) => `Still running, no verdict before ${day} is over.`,
    waiting: (day: string) => `Waiting for the till file to ${day}.`,
    waitingSoFar: (day: string, reached: string) => `Waiting for the till file to ${day}. It reaches ${reached} so far.`,
    usedCode: (n: string, one: boolean) => `${people(n, one)} used the code. We can’t say how many would have come anyway.`,
    cameAfter: (n: string, one: boolean) => `${people(n, one)} came after the text. We can’t say how many would have come anyway.`,
    broken: 'The two groups are not the sizes that were drawn, so they can’t be compared.',
    counts: (came: string, of: string, held: string, ofHeld: string) =>
      `Too few people to say: ${came} of ${of} texted came, and ${held} of ${ofHeld} left out.`,
    madeMoney: (best: string, low: string, high: string) => `Made money. Best guess ${best}; very likely between ${low} and ${high}.`,
    madeMoneyAtLeast: (best: string, low: string, high: string) =>
      `Made money. Best guess at least ${best}; very likely between ${low} and ${high}, and not every sale has a name.`,
    brought: (best: string, low: string, high: string) =>
      `Brought people in: about ${best} who would not have come; very likely between ${low} and ${high}.`,
    broughtAtLeast: (best: string, low: string, high: string) =>
      `Brought people in: at least about ${best} who would not have come; very likely between ${low} and ${high}, and not every sale has a name.`,
    lost: (best: string, low: string, high: string) => `Lost money. Best guess a loss of ${best}; very likely between ${low} and ${high}.`,
    fewer: (best: string, low: string, high: string) =>
      `Kept people away: about ${best} fewer came than would have; very likely between ${low} and ${high} fewer.`,
    leaningYes: (low: string, high: string) => `Leaning yes, not sure yet: anywhere from ${low} to ${high}.`,
    leaningNo: (low: string, high: string) => `Leaning no, not sure yet: anywhere from ${low} to ${high}.`,
    tooEarly: (low: string, high: string) => `Too early to tell: anywhere from ${low} to ${high}.`,
    more: (k: number) => `About ${texts(k)} would settle it.`,
    moreThanYear: 'It would take more than a year of texts like this to settle it.',
    /** Beside a verdict about profit: the same campaign in people. */
    inPeople: {
      brought: (best: string, low: string, high: string) =>
        `In people: about ${best} who would not have come; very likely between ${low} and ${high}.`,
      fewer: (best: string, low: string, high: string) =>
        `In people: about ${best} fewer came than would have; very likely between ${low} and ${high} fewer.`,
      open: (low: string, high: string) => `In people it is not sure yet: anywhere from ${low} to ${high}.`,
    },
    /** Ends of a range that crosses zero, in people. */
    extra: (n: string, one: boolean) => `${n} more ${one ? 'person' : 'people'}`,
    less: (n: string, one: boolean) => `${n} fewer ${one ? 'person' : 'people'}`,
    none: 'nobody more',
  },
  /** What can this list show? Told before sending. */
  shows: {
    title: 'What can this list show?',
    shows: (texted: string, held: string, points: string, usual: string) =>
      `${texted} get the text and ${held} don’t. Afterwards this shows a difference only if about ${points} more of every 100 come than the usual ${usual}.`,
    off: 'Nobody is left out, so afterwards nobody can say how many would have come anyway.',
    shortList: (n: string) =>
      `With ${people(n)} a comparison would show nothing, so all of them get the text. Afterwards you see who used it, not who came because of it.`,
    smallGroup: (texted: string, held: string) =>
      `${texted} ${texted === '1' ? 'gets' : 'get'} the text and ${held} ${held === '1' ? 'doesn’t' : 'don’t'}: too few to compare. Afterwards you see counts, no verdict.`,
    needed: (n: string) => `About ${people(n)}, half of them left out, would show 3 more in every 100.`,
    assumed: 'The usual share is a guess until your shop has its own.',
  },
  /** Codes used by people who were not texted. */
  leak: {
    none: 'Everybody who used the code got it from this text.',
    some: (n: string, of: string) => `${n} of the ${of} who used the code were not sent it.`,
    unknown: (n: string, one: boolean) => `${n} ${one ? 'use has' : 'uses have'} no name.`,
  },
};

export const results: Catalogue<typeof en> = { en };
export type ResultWords = typeof en;

/** The verdict of one campaign in sentences, in the order they are read: the ratio, the finding, what would settle it. */
export function sayFinding(f: Finding, words: ResultWords, say: ResultFormat): string[] {
  const w = words.finding;
  const n = say.n;
  switch (f.code) {
    case 'running':
      return [w.running(say.day(f.endsOn))];
    case 'waiting':
      return [f.coveredThrough === null ? w.waiting(say.day(f.endsOn)) : w.waitingSoFar(say.day(f.endsOn), say.day(f.coveredThrough))];
    case 'no-holdout':
      return [(f.hasOffer ? w.usedCode : w.cameAfter)(n(f.people), f.people === 1)];
    case 'split-broken':
      return [w.broken];
    case 'counts-only':
      return [w.counts(n(f.text.x), n(f.text.n), n(f.control.x), n(f.control.n))];
  }
  return [w.ratio(n(f.ratio.of), n(f.ratio.came), n(f.ratio.usually)), ...sayJudged(f, words, say)];
}

/** A verdict that was reached, without its ratio: what was found, and what would settle it where that is open. */
export function sayJudged(f: Judged, words: ResultWords, say: Pick<ResultFormat, 'n' | 'money'>): string[] {
  const w = words.finding;
  const n = say.n;
  const money = f.measure === 'profit';
  const end = (v: number) => sayEnd(v, f.measure, words, say);
  const plain = (v: number) => (money ? say.money(v) : n(v));
  switch (f.code) {
    case 'made-money': {
      const won = money ? (f.atLeast ? w.madeMoneyAtLeast : w.madeMoney) : f.atLeast ? w.broughtAtLeast : w.brought;
      return [won(plain(f.best), plain(f.low), plain(f.high))];
    }
    case 'lost':
      return [(money ? w.lost : w.fewer)(plain(-f.best), plain(-f.high), plain(-f.low))];
    default: {
      const open = f.code === 'leaning-yes' ? w.leaningYes : f.code === 'leaning-no' ? w.leaningNo : w.tooEarly;
      return [open(end(f.low), end(f.high)), f.more === null ? w.moreThanYear : w.more(f.more)];
    }
  }
}

/** The people behind a verdict about profit, in one sentence. */
export function sayInPeople(f: Judged, words: ResultWords, say: Pick<ResultFormat, 'n' | 'money'>): string {
  const w = words.finding.inPeople;
  if (f.code === 'made-money') return w.brought(say.n(f.best), say.n(f.low), say.n(f.high));
  if (f.code === 'lost') return w.fewer(say.n(-f.best), say.n(-f.high), say.n(-f.low));
  return w.open(sayEnd(f.low, f.measure, words, say), sayEnd(f.high, f.measure, words, say));
}

/** One end of a range with its unit, which may lie below zero: "3 fewer people", "46 more people", "−$20". */
export function sayEnd(v: number, measure: Judged['measure'], words: ResultWords, say: Pick<ResultFormat, 'n' | 'money'>): string {
  const w = words.finding;
  if (measure === 'profit') return say.money(v);
  const whole = Math.round(v);
  return whole === 0 ? w.none : (whole > 0 ? w.extra : w.less)(say.n(Math.abs(whole)), Math.abs(whole) === 1);
}

/** How far a code travelled beyond the people it was sent to; null where nobody used one. */
export function sayLeak(leak: Leak, words: ResultWords, say: Pick<ResultFormat, 'n'>): string | null {
  const w = words.leak;
  const [known, others] = [leak.all - leak.byUnknown, leak.byHeldOut + leak.byOthers];
  if (leak.all === 0) return null;
  const unknown = leak.byUnknown === 0 ? [] : [w.unknown(say.n(leak.byUnknown), leak.byUnknown === 1)];
  if (known === 0) return unknown.join(' ');
  return [others === 0 ? w.none : w.some(say.n(others), say.n(known)), ...unknown].join(' ');
}

/** What a list can show, in sentences. */
export function sayShows(s: WhatItShows, words: ResultWords, say: Pick<ResultFormat, 'n'>): string[] {
  const w = words.shows;
  const needed = w.needed(say.n(Math.ceil(s.listNeeded / 100) * 100));
  switch (s.code) {
    case 'off':
      return [w.off];
    case 'short-list':
      return [w.shortList(say.n(s.people)), needed];
    case 'small-group':
      return [w.smallGroup(say.n(s.texted), say.n(s.heldOut)), needed];
    case 'shows': {
      const usual = say.n(Math.round(s.usual * 1000) / 10);
      const lines = [w.shows(say.n(s.texted), say.n(s.heldOut), say.n(s.perHundred ?? 0), usual)];
      return s.own ? lines : [...lines, w.assumed];
    }
  }
}
