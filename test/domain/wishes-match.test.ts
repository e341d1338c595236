import { wishKey } from '@domain/customers/wishes';
import type { Cents } from '@domain/kernel';
import { amountIn, linesIn } from '@domain/wishes/lines';
import { matchOf, sizeKey } from '@domain/wishes/match';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const want = (item: string, size = '', under: number | null = null) => ({ itemKey: wishKey(item), size, under: under as Cents | null });
const came = (item: string, size = '', price: number | null = null) => ({ itemKey: wishKey(item), size, price: price as Cents | null });

describe('what came and who waits for it', () => {
  it.each([
    ['blue runner', 'Trail Runner, blue', 'yes'],
    ['Boots', 'Winter boot', 'yes'],
    ['botas de invierno', 'Bota invierno', 'yes'],
    ['Café molido', 'CAFE MOLIDO 500g', 'yes'],
    ['red runner', 'Trail Runner, blue', 'no'],
    ['run', 'Trail Runner', 'no'],
    ['', 'Trail Runner', 'no'],
    ['the', 'Over the Top', 'no'],
  ])('%s in %s: %s', (wish, line, expected) => {
    expect(matchOf(want(wish), came(line))).toBe(expected);
  });

  it('sizes are one however they are written, and a size nobody said is never theirs', () => {
    for (const same of [
      ['8½', '8.5', '8,5', '8 1/2', 'US 8.50', 'size 8.5', 'Talla 8.5'],
      ['M', 'medium', 'Mediana', 'm '],
      ['XL', 'x-large', 'X Large', 'extra large'],
      ['32/34', '32 / 34'],
    ])
      expect(new Set(same.map(sizeKey)).size, same.join()).toBe(1);
    expect(sizeKey('8.5')).not.toBe(sizeKey('85'));
    expect(matchOf(want('Runner', '8.5'), came('Runner'))).toBe('size');
    expect(matchOf(want('Runner'), came('Runner', '8.5'))).toBe('yes');
  });

  it('"under" means below, and a price nobody said is below nothing', () => {
    expect(matchOf(want('Runner', '', 9000), came('Runner', '', 9000))).toBe('price');
    expect(matchOf(want('Runner', '', 9000), came('Runner', '', 8999))).toBe('yes');
    expect(matchOf(want('Runner', '', 9000), came('Runner'))).toBe('price');
  });

  it('the order of words, capitals and what else the line says change nothing', () => {
    const word = fc.constantFrom('trail', 'runner', 'blue', 'boots', 'suede', 'bota', 'alta');
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 4 }), fc.array(word, { maxLength: 4 }), (wish, more) => {
        const line = [...more, ...[...wish].reverse()].join(' ').toUpperCase();
        expect(matchOf(want(wish.join(' ')), came(line))).toBe('yes');
      }),
    );
  });
});

describe('a line of a list', () => {
  it('keeps what it says, whatever divides it', () => {
    const item = fc.constantFrom('Trail Runner', 'Bota alta', 'Café', 'Coat "Nord"');
    fc.assert(
      fc.property(
        item,
        fc.constantFrom('8.5', 'M', '32'),
        fc.integer({ min: 1, max: 99_999 }),
        fc.constantFrom(',', ';', '\t'),
        (name, size, cents, by) => {
          const quoted = `"${name.replaceAll('"', '""')}"`;
          const text = `Item${by}Size${by}Price\r\n${quoted}${by}${size}${by}${(cents / 100).toFixed(2)}\r\n`;
          expect(linesIn(text)?.lines).toEqual([{ item: name, size, price: cents, barcode: '', qty: 1 }]);
        },
      ),
    );
  });

  it('reads money as people write it', () => {
    expect(['$1,089.00', '1.089,00 €', '89', '89.5', 'USD 89,50', '', 'free', '-5'].map(amountIn)).toEqual([
      108900,
      108900,
      8900,
      8950,
      8950,
      null,
      null,
      null,
    ]);
  });
});
