import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findHeader, headerFingerprint, recognise, recogniseWrong } from '@domain/imports/detect';
import { PROFILES } from '@domain/imports/profiles/index';
import { suggestMapping } from '@domain/imports/suggest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const shared = resolve(import.meta.dirname, '../../../shared/data');
const headers = resolve(shared, 'pos-headers.tsv');
const KINDS: Record<string, string> = { sale_lines: 'square-items', sales: 'square-transactions', customers: 'square-customers' };

describe('recognising tills', () => {
  it('knows every Square header seen, in any order of columns', (t) => {
    if (!existsSync(headers)) return t.skip('the collected headers are not beside this checkout');
    const rows = readFileSync(headers, 'utf8')
      .split('\n')
      .slice(1)
      .map((l) => l.split('\t'));
    const square = rows.filter((r) => r[0] === 'square');
    expect(square.length).toBeGreaterThan(8);
    for (const r of square) {
      const columns = (r[4] as string).split(',');
      expect(recognise(columns)?.profile.id, r[2]).toBe(KINDS[r[1] as string]);
      expect(recognise([...columns].reverse().map((c) => ` ${c.toUpperCase()}`))?.missing).toEqual([]);
    }
  });

  it('finds the columns by name wherever they stand', () => {
    const columns = ['Net Sales', 'Transaction ID', 'Item', 'Modifiers Applied', 'Price Point Name', 'Date'];
    fc.assert(
      fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), (order) => {
        const r = recognise(order);
        expect(r?.profile.id).toBe('square-items');
        expect(r?.columns.saleId).toEqual([order.indexOf('Transaction ID')]);
        expect(r?.columns.variant).toEqual([order.indexOf('Price Point Name'), order.indexOf('Modifiers Applied')]);
      }),
    );
  });

  it('says which column is missing instead of guessing', () => {
    const r = recognise(['Date', 'Item', 'Price Point Name', 'Modifiers Applied', 'Net Sales']);
    expect(r?.missing).toEqual(['saleId']);
  });

  it('reads older and foreign spellings of Square’s customers', () => {
    const r = recognise(
      'Reference ID,First Name,Surname,Email,Phone,Suburb,County,Postcode,Square Customer ID,Creation Source,Lifetime Spend'.split(','),
    );
    expect(r?.profile.id).toBe('square-customers');
    expect(r?.columns).toMatchObject({ lastName: [2], email: [3], phone: [4], city: [5], region: [6], postalCode: [7], customerId: [8] });
  });

  it('recognises files that hold no receipts', () => {
    expect(recogniseWrong(['Token', 'Item Name', 'Variation Name', 'SKU', 'Description'])?.id).toBe('square-catalog');
    expect(recogniseWrong(['Item name', 'SKU', 'Category', 'Items sold', 'Net sales', 'Cost of goods'])?.id).toBe('loyverse-item-summary');
    expect(recogniseWrong(['a', 'b'])).toBeNull();
  });

  it('finds the header under a preamble', () => {
    const header = ['Date', 'Item', 'Price Point Name', 'Modifiers Applied', 'Net Sales', 'Transaction ID'];
    expect(findHeader([['My shop'], [''], ['Report', '2026'], header, ['2026-01-01', 'x', '', '', '$1.00', 'a']])).toBe(3);
    expect(
      findHeader([
        ['a', 'b'],
        ['1', '2'],
      ]),
    ).toBe(0);
    expect(
      findHeader([
        ['1', '2'],
        ['3', '4'],
      ]),
    ).toBe(-1);
  });

  it('every profile names its required fields and differs from the others', () => {
    for (const p of PROFILES) {
      expect(p.required.every((f) => p.fields[f] !== undefined)).toBe(true);
      expect(p.marks.length).toBeGreaterThan(1);
    }
    expect(new Set(PROFILES.map((p) => p.id)).size).toBe(PROFILES.length);
  });
});

describe('unknown files', () => {
  it('suggests what the columns of the UCI shape mean', () => {
    const names = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID', 'Country'];
    const m = suggestMapping(names, []);
    expect(m.kind).toBe('sales');
    expect(m.columns).toMatchObject({
      saleId: [0],
      sku: [1],
      item: [2],
      quantity: [3],
      date: [4],
      unitPrice: [5],
      customerId: [6],
      country: [7],
    });
  });

  it('suggests people columns and finds an unnamed e-mail column by its cells', () => {
    const m = suggestMapping(['full_name', 'phone', 'contact info', 'birth_date'], [['Ann B', '555', 'ann@b.example', '']]);
    expect(m.kind).toBe('customers');
    expect(m.columns).toMatchObject({ fullName: [0], phone: [1], email: [2], birthday: [3] });
  });

  it('gives equal headers equal fingerprints', () => {
    expect(headerFingerprint(['A', 'b '])).toBe(headerFingerprint([' a', 'B']));
    expect(headerFingerprint(['a', 'b'])).not.toBe(headerFingerprint(['b', 'a']));
  });
});
