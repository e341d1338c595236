import { campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import { lostRegulars } from '@renderer/strings/lost-regulars';
import { margins } from '@renderer/strings/margins';
import { overTime } from '@renderer/strings/over-time';
import { print } from '@renderer/strings/print';
import { quarterly } from '@renderer/strings/quarterly';
import { reports } from '@renderer/strings/reports';
import { results } from '@renderer/strings/results';
import { suggestions } from '@renderer/strings/suggestions';
import { tillCheck } from '@renderer/strings/till-check';
import { wordsTests } from '@renderer/strings/words-tests';
import { describe, expect, it } from 'vitest';

const catalogues: Readonly<Record<string, unknown>> = {
  campaignResults: campaignResults.en,
  explain: explain.en,
  lostRegulars: lostRegulars.en,
  margins: margins.en,
  overTime: overTime.en,
  print: print.en,
  quarterly: quarterly.en,
  reports: reports.en,
  results: results.en,
  suggestions: suggestions.en,
  tillCheck: tillCheck.en,
  wordsTests: wordsTests.en,
};

/** Figures as they are shown ("1", "12") and counts as they are (1, 12), yes, and nothing: whatever a sentence may be given. */
const ONE = ['1', 1, true] as const;
const MANY = ['12', 12, false] as const;

/** Every way of filling a sentence in with one of something (or with many), whatever its places are for. */
function filled(say: (...args: unknown[]) => unknown, values: readonly unknown[]): string[] {
  let ways: unknown[][] = [[]];
  for (let i = 0; i < say.length; i++) ways = ways.flatMap((w) => values.map((v) => [...w, v]));
  return ways.flatMap((args) => {
    try {
      const said = say(...args);
      return typeof said === 'string' ? [said] : Array.isArray(said) ? [said.join(' ')] : [];
    } catch {
      return []; // this place takes something else
    }
  });
}

/** Each sentence under its name, said about one and about many. */
function sentences(of: unknown, name: string): { name: string; one: string[]; many: string[] }[] {
  if (typeof of === 'string') return [{ name, one: [of], many: [of] }];
  if (typeof of === 'function') {
    const say = of as (...args: unknown[]) => unknown;
    return [{ name, one: filled(say, ONE), many: filled(say, MANY) }];
  }
  return of !== null && typeof of === 'object' ? Object.entries(of).flatMap(([key, v]) => sentences(v, `${name}.${key}`)) : [];
}
const all = Object.entries(catalogues).flatMap(([name, words]) => sentences(words, name));

describe('words about results can be said by anybody', () => {
  it('reads them all', () => {
    expect(all.length).toBeGreaterThan(600);
    expect(all.filter((s) => s.one.length === 0 || s.many.length === 0).map((s) => s.name)).toEqual([]);
  });

  it('no word of statistics or of marketing', () => {
    const words =
      /\b(wilson|newcombe|mover|mantel|haenszel|katz|fisher|welch|bootstrap|confidence|significan\w*|p-value|hypothes\w*|percentile|quantile|median|variance|standard deviation|holdout|control group|treatment|cohorts?|uplift|incremental|attribut\w*|conversions?|segments?|contacts|blasts?|KPI|ROI|RFM|CI|95 ?%)\b/i;
    for (const { name, many } of all) for (const s of many) expect(words.exec(s)?.[0], `${name}: ${s}`).toBeUndefined();
  });

  it('spelt as in the US', () => {
    const british =
      /\b\w*(grey|colour|favour|honour|behaviour|neighbour|labour|recognis|organis|realis|analys(e|i)|minimis|optimis|centre|cancelled|travelled|labelled|programme|cheque|judgement|whilst)\w*/i;
    for (const { name, many } of all) for (const s of many) expect(british.exec(s)?.[0], `${name}: ${s}`).toBeUndefined();
  });

  it('one is one: “1 person”, never “1 people”', () => {
    const things =
      /\b1 (more |fewer |measured |texted |held-back |text )?(people|persons|texts|sales|receipts|codes|campaigns|rows|replies|others|uses|parts|margins|days|visits|groups|offers|customers|names|discounts|visitors|files|numbers)\b/;
    for (const { name, one } of all) {
      // a place may be a number, a shown number or a yes: of the ways to fill it in that make sense, one has to be right
      const sensible = one.filter((s) => !/true/.test(s));
      const wrong = sensible.filter((s) => things.test(s));
      expect(wrong.length > 0 && wrong.length === sensible.length ? wrong[0] : undefined, name).toBeUndefined();
    }
  });
});
