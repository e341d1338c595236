import { readFileSync } from 'node:fs';
import { BENIGN, NOT_A_REQUEST } from '@domain/consent/reply-benign';
import { CLEAR_EN } from '@domain/consent/reply-clear-en';
import { CLEAR_ES } from '@domain/consent/reply-clear-es';
import { GRAMMAR, MOODS } from '@domain/consent/reply-grammar';
import { candidates } from '@domain/consent/reply-index';
import { normaliseReply } from '@domain/consent/reply-normal';
import { WEAK } from '@domain/consent/reply-weak';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const RULES = [...NOT_A_REQUEST, ...BENIGN, ...[...CLEAR_EN, ...CLEAR_ES, ...GRAMMAR, ...MOODS, ...WEAK].map(([, pattern]) => pattern)].map(
  (p) => new RegExp(p.source, p.flags.replace('g', '')),
);
const texts = ['replies.txt', 'replies-fresh.txt', 'replies-holdout.txt'].flatMap((file) =>
  readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((l) => l.includes('\t'))
    .map((l) => normaliseReply(l.split('\t')[1] ?? '')),
);
const words = [...new Set(texts.flatMap((t) => t.split(' ')))];
const maybe = candidates(RULES);
const missed = (text: string): string[] => {
  const looked = new Set(maybe(text));
  return RULES.filter((p, i) => !looked.has(i) && p.test(text)).map((p) => p.source.slice(0, 60));
};

describe('leaving out patterns that cannot match', () => {
  it('never leaves out one that does, for anything people wrote', () => {
    for (const t of texts) expect(missed(t), t).toEqual([]);
  });

  it('nor for their words in any other order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 14 }), (some) => {
        expect(missed(some.join(' '))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves out most of them', () => {
    const looked = texts.reduce((n, t) => n + maybe(t).length, 0) / texts.length;
    expect(looked).toBeLessThan(RULES.length / 6);
  });

  it('knows what a pattern needs', () => {
    const of = (p: RegExp) => candidates([p]);
    expect(of(/\bstops?\b/)('nothing here')).toEqual([]);
    expect(of(/\bstops?\b/)('stop')).toEqual([0]);
    expect(of(/(?:remove|delete) me/)('please delete me')).toEqual([0]);
    expect(of(/(?:remove|delete)? ?me/)('zzz')).toEqual([0]); // two letters say too little: always looked at
    expect(of(/(?=.*texts)x+yz/)('abc')).toEqual([0]);
    expect(of(/[abc]{2,4}/)('zzz')).toEqual([0]);
  });
});
