import { wishKey } from '@domain/customers/wishes';
import { cameTrue } from '@domain/wishes/match';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const sure = (item: string, size: string, name: string, variant = '') => cameTrue({ itemKey: wishKey(item), size }, { name, variant });

describe('what was bought and what was waited for', () => {
  it.each([
    ['Trail runner', '8.5', 'Trail Runner', '8½', 'sure'],
    ['Trail runner', '8.5', 'Trail Runner blue', 'Blue / 8.5', 'sure'],
    ['Trail runner', 'M', 'Trail Runner', 'Medium', 'sure'],
    ['Trail runner', '8.5', 'Trail Runner', 'Blue', 'maybe'],
    ['Trail runner', '8.5', 'Trail Runner', '', 'maybe'],
    ['Trail runner', '8.5', 'Trail Runner', '9', null],
    ['Trail runner', '8.5', 'Trail Runner', 'Blue, 9', null],
    ['Boots', '', 'Boots', 'Brown, 9', 'sure'],
    ['Boots', '', 'Boot laces', '', 'maybe'],
    ['Harbor trainer', '', 'Trail Runner', '', null],
    ['', '8.5', 'Trail Runner', '8.5', null],
    ['bota alta', '26', 'Bota Alta', '26', 'sure'],
  ])('%s %s and %s %s: %s', (item, size, name, variant, expected) => {
    expect(sure(item, size, name, variant)).toBe(expected);
  });

  it('is never sure of another size, nor of anything whose words are not all there', () => {
    const word = fc.constantFrom('trail', 'runner', 'blue', 'boots', 'suede', 'bota');
    const size = fc.constantFrom('7', '8', '8.5', '9', 'M', 'XL', '32');
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1 }),
        size,
        fc.uniqueArray(word, { minLength: 1 }),
        size,
        (wish, mine, name, theirs) => {
          const found = sure(wish.join(' '), mine, name.join(' '), theirs);
          if (found === 'sure') {
            expect(theirs).toBe(mine);
            expect(wish.every((w) => name.includes(w))).toBe(true);
          } else if (wish.every((w) => name.includes(w))) expect(theirs).not.toBe(mine);
        },
      ),
    );
  });
});
