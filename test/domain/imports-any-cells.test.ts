import { FIELD_NAMES, FIELDS, type FieldKind } from '@domain/imports/fields';
import { mergeSale } from '@domain/imports/merge';
import type { FileSale } from '@domain/imports/model';
import { PROFILES } from '@domain/imports/profiles/index';
import { Refused } from '@domain/imports/row';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reader } from '../support/meaning';

describe('any cells at all', () => {
  const nasty = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        '',
        '0',
        '-',
        '1.00',
        '-$3.00',
        '1.234,50',
        '1e5',
        '####',
        '99999999999999999',
        '2 x A 1.00',
        '×',
        "'1",
        '(5)',
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '2026-10-01',
        '2026-10-01 10:00',
        '13/13/26',
        'refund',
        'Refund',
        'voided',
        'pending',
        'true',
        'USD',
        'EUR',
        'code:|',
      ),
    },
    { weight: 1, arbitrary: fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('constructor', 'toString', '__proto__')) },
  );
  it.each(PROFILES.filter((p) => p.kind === 'sales').map((p) => [p.id, p] as const))(
    '%s: refused with a reason or read in whole cents',
    (_, profile) => {
      const fields = FIELD_NAMES.filter((f) => profile.fields[f]);
      const rules = {
        tenders: Object.values(profile.tenders ?? {}),
        wide: profile.wideItems ? [{ n: 1, part: 'item' as const, column: 0 }] : [],
      };
      const width = fields.length + rules.tenders.length + rules.wide.length;
      const usual: Partial<Record<FieldKind, fc.Arbitrary<string>>> = {
        date: fc.constantFrom('2026-10-01', '2026-10-01 10:00', '2026-10-02 23:59:59 +0200'),
        time: fc.constantFrom('', '10:00', '9:15:51 AM'),
        money: fc.constantFrom('', '0.00', '1.00', '-3.00', '12.34', '1,234.50', '99.99'),
        quantity: fc.constantFrom('', '1', '2.0', '-1'),
      };
      const cellOf = (i: number) => {
        const kind = fields[i] ? FIELDS[fields[i]].kind : 'money';
        const common = fields[i] === 'currency' ? fc.constantFrom('', 'usd') : usual[kind];
        return common ? fc.oneof({ weight: 40, arbitrary: common }, { weight: 1, arbitrary: nasty }) : nasty;
      };
      const row = fc.tuple(...Array.from({ length: width }, (__, i) => cellOf(i)));
      let read = 0;
      fc.assert(
        fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
          let sales: FileSale[];
          try {
            sales = reader(profile, fields, rules).read(...rows);
          } catch (e) {
            expect(e).toBeInstanceOf(Refused);
            return;
          }
          for (const s of sales) {
            const row = mergeSale(null, s);
            for (const n of [row.gross, row.discount, row.net, row.tax, row.tip, row.shipping, row.refunded, row.gift_card])
              expect(Number.isSafeInteger(n)).toBe(true);
            expect(row.discount).toBeGreaterThanOrEqual(0);
            expect(row.refunded).toBeGreaterThanOrEqual(0);
            if (row.kind === 'sale') expect(row.refunded).toBeLessThanOrEqual(Math.max(0, row.net + row.tax));
            expect(mergeSale(row, s)).toEqual(row);
            read++;
          }
        }),
        { numRuns: 200 },
      );
      expect(read).toBeGreaterThan(5);
    },
  );
});
