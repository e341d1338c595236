import { mergeJournals } from '@domain/backups/journal';
import { writtenFrom } from '@domain/backups/written-from';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const entries = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }).map((gaps) => {
  let at = 0;
  return gaps.map((g, n) => {
    at += g;
    return { at, n };
  });
});

describe('several journals of one shop', () => {
  it('an older copy elsewhere changes nothing, whatever was cut off of it', () => {
    fc.assert(
      fc.property(entries, fc.nat(), (journal, cut) => {
        const older = journal.slice(0, journal.length === 0 ? 0 : cut % (journal.length + 1));
        expect(mergeJournals([journal, older])).toEqual(journal);
        expect(mergeJournals([older, journal])).toEqual(journal);
      }),
    );
  });

  it('nothing that any of them knows is lost, nothing is told twice, each keeps its order', () => {
    fc.assert(
      fc.property(
        entries,
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        (all, a, b) => {
          const one = all.filter((_, i) => a[i] || !b[i]);
          const two = all.filter((_, i) => b[i] || !a[i]);
          const merged = mergeJournals([one, two]);
          expect([...merged].sort((x, y) => x.n - y.n)).toEqual(all);
          for (const j of [one, two]) expect(merged.filter((e) => j.includes(e)).map((e) => e.n)).toEqual(j.map((e) => e.n));
        },
      ),
    );
  });

  it('of one instant too, what only another journal knows stays behind what stood before it there', () => {
    const all = [0, 1, 2].map((n) => ({ at: 0, n }));
    expect(mergeJournals([all.slice(0, 2), all]).map((e) => e.n)).toEqual([0, 1, 2]);
    const [zero, one, two] = all as [{ at: number; n: number }, { at: number; n: number }, { at: number; n: number }];
    expect(
      mergeJournals([
        [zero, one],
        [one, two],
      ]).map((e) => e.n),
    ).toEqual([0, 1, 2]);
  });

  it('entries of one place that repeat each other are all kept', () => {
    const twice = [{ at: 1 }, { at: 1 }];
    expect(mergeJournals([twice, [{ at: 1 }]])).toEqual(twice);
    expect(mergeJournals([])).toEqual([]);
  });
});

describe('a text that left, and the words it was written from', () => {
  const words = 'Corner Shoes: hi {first name|there}, 15% off boots with code {code} until {ends}.';
  it.each([
    ['Corner Shoes: hi Ana, 15% off boots with code K7M-4Q9X until Sun, Nov 29.\nReply STOP to opt out.', true],
    ['Corner Shoes: hi, 15% off boots with code K7M-4Q9X until Sun, Nov 29.', true],
    ['Corner Shoes: hi Ana, 20% off boots with code K7M-4Q9X until Sun, Nov 29.', false],
    ['Your order is ready.', false],
  ])('%s', (text, fits) => expect(writtenFrom(words, text)).toBe(fits));
  it('a few letters or a broken template fit nothing', () => {
    expect(writtenFrom('Hi {first name}', 'Hi Ana')).toBe(false);
    expect(writtenFrom('A text with {no such field} in it', 'A text with x in it')).toBe(false);
  });
});
