import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findHeader, recognise, recogniseWrong } from '@domain/imports/detect';
import { OTHER_TILLS } from '@domain/imports/other-tills';
import { PROFILES } from '@domain/imports/profiles/index';
import { WRONG_FILES } from '@domain/imports/wrong/index';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WRONG } from '../support/wrong-headers';

/** Lists shops keep themselves: the owner says what their columns mean. */
const OWN: readonly string[] = [
  'Date,Customer,Item,Qty,Price,Total',
  'Date,Customer,Description,Debit,Credit,Balance',
  'Name,Phone,Email,Balance',
  'Date,Gross sales,Discounts,Net sales',
  'SKU,Name,Quantity,Price,Date,Receipt number',
  'created_at;address;city;country;phone;email;full_name;job_industry;acquisition;birth_date',
  'household_key,Spend,Visits,Coupon,Coupon_Match',
  'Category,Item,Qty,Net Sales,Date',
];

const split = (header: string): string[] => header.split(header.includes(';') ? ';' : ',');
const corpus = readFileSync(resolve(import.meta.dirname, '../fixtures/pos-headers.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((l) => l.split('\t') as [string, string, string, string, string])
  .map(([till, kind, variant, columns, profile]) => ({ name: `${till} ${kind} ${variant}`, columns: columns.split(','), profile }));

describe('wrong files', () => {
  it.each(WRONG)('%s: %s', (id, header) => {
    const columns = split(header);
    // a summary may look like its till's export; then what makes a receipt is missing (table.ts asks in this order)
    expect(recognise(columns)?.missing).not.toEqual([]);
    expect(recogniseWrong(columns)?.id).toBe(id);
    fc.assert(
      fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), (order) => {
        expect(recogniseWrong(order.map((c) => ` ${c.toUpperCase()}\u00a0`))?.id).toBe(id);
      }),
      { numRuns: 5 },
    );
    expect(findHeader([['My shop'], [], columns, columns.map(() => '1')])).toBe(2);
  });

  it('says of every till and kind what to export instead', () => {
    for (const w of WRONG_FILES) {
      expect(
        WRONG.some(([id]) => id === w.id),
        `${w.id} has no example`,
      ).toBe(true);
      expect(w.says).toMatch(/^(This|These) .*[.] .*(Take|Export|take) /);
      expect(w.says.length).toBeLessThan(240);
      if (w.till) expect(w.says).toContain(w.till.split(' ')[0]?.replace('WooCommerce', ''));
    }
    expect(new Set(WRONG_FILES.map((w) => w.id)).size).toBe(WRONG_FILES.length);
  });

  it('never takes a good file for one', () => {
    for (const { name, columns, profile } of corpus) {
      if (profile.startsWith('wrong:')) expect(recogniseWrong(columns)?.id, name).toBe(profile.slice('wrong:'.length));
      else expect(recogniseWrong(columns), name).toBeNull();
    }
    for (const own of OWN) {
      expect(recogniseWrong(split(own)), own).toBeNull();
      expect(recognise(split(own)), own).toBeNull();
    }
  });

  it('no profile’s own columns, whichever of them were picked, look like one', () => {
    for (const p of PROFILES) {
      const names = [
        ...new Set(
          Object.values(p.fields).flatMap((r) =>
            typeof r === 'string' ? r : 'parts' in r ? r.parts : 'sum' in r ? r.sum : 'ends' in r ? r.ends : r,
          ),
        ),
      ];
      fc.assert(
        fc.property(fc.subarray(names, { minLength: 1 }), (picked) => {
          expect(recogniseWrong(picked)?.id).toBeUndefined();
        }),
        { numRuns: 200 },
      );
    }
  });
});

describe('tills nobody has shown us a file of', () => {
  it('are named with what to do, and never beside a profile of theirs', () => {
    const known = new Set(PROFILES.map((p) => p.till));
    for (const o of OTHER_TILLS) {
      expect(known.has(o.till)).toBe(false);
      expect(o.says).toMatch(/(CSV|workbook|Excel)/);
      expect(o.says).toMatch(/[Ss]ay once what/);
    }
    expect(new Set(OTHER_TILLS.map((o) => o.till)).size).toBe(OTHER_TILLS.length);
  });
});
