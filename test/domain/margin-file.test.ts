import { readMarginFile, readPercent } from '@domain/reports/margin-file';
import { describe, expect, it } from 'vitest';

const rows = (text: string) => text.split('\n').map((line, i) => ({ row: i + 1, cells: line.split(';') }));

describe('margins from a table', () => {
  it('reads percents as people write them, and nothing that is none', () => {
    expect(['42', '42 %', '42.5%', '42,25 %', '0', '100'].map(readPercent)).toEqual([4200, 4200, 4250, 4225, 0, 10_000]);
    expect(['', '101', '-5', 'many', '4.2.1', '0.425x'].map(readPercent)).toEqual([null, null, null, null, null, null]);
  });

  it('two columns, with or without a heading, in either order; the last of a name stands and unreadable rows are named', () => {
    expect(readMarginFile(rows('Shoes;45\nSocks;60,5 %\nshoes;47\nHats;lots'))).toEqual({
      shape: 'percent',
      proposals: [
        { kind: null, name: 'shoes', bp: 4700 },
        { kind: null, name: 'Socks', bp: 6050 },
      ],
      unread: [{ row: 4, cell: 'lots' }],
      withoutCost: 0,
    });
    expect(readMarginFile(rows('Category;Margin %\nShoes;45'))?.proposals).toEqual([{ kind: 'category', name: 'Shoes', bp: 4500 }]);
    expect(readMarginFile(rows('Margin;Item\n30;Red boot'))?.proposals).toEqual([{ kind: 'item', name: 'Red boot', bp: 3000 }]);
  });

  it('a till’s item export that tells what goods cost: returns taken off, rows without a cost left out', () => {
    const read = readMarginFile(
      rows(
        [
          'Date;Receipt type;Category;Item;Quantity;Gross sales;Discounts;Cost of goods',
          '1;Sale;Shoes;Boot;1;100.00;20.00;60.00',
          '1;Sale;Shoes;Clog;2;80.00;0.00;32.00',
          '2;Refund;Shoes;Boot;-1;-100.00;-20.00;-60.00',
          '2;Sale;Shoes;Boot;1;100.00;0.00;58.00',
          '2;Sale;Bags;Tote;1;15.00;0.00;0.00',
        ].join('\n'),
      ),
    );
    expect(read?.withoutCost).toBe(1);
    expect(read?.proposals).toEqual([
      { kind: 'item', name: 'Boot', bp: 4200 },
      { kind: 'category', name: 'Shoes', bp: 5000 },
      { kind: 'item', name: 'Clog', bp: 6000 },
    ]);
  });

  it('a catalogue with cost and price each; a thing sold under cost has no margin to propose', () => {
    const read = readMarginFile(rows('Item Name;Price;Default Unit Cost\nBoot;120,00;66,00\nBait;5,00;6,00'));
    expect(read?.proposals).toEqual([{ kind: 'item', name: 'Boot', bp: 4500 }]);
  });

  it('a table of neither is none', () => {
    expect(readMarginFile(rows('Name;Phone\nAna;212 555 0142'))).toBeNull();
    expect(readMarginFile([])).toBeNull();
  });
});
