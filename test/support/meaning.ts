import type { Field } from '@domain/imports/fields';
import { Instants } from '@domain/imports/instants';
import { mergeSale, type SaleRow } from '@domain/imports/merge';
import type { FileLine, FileSale } from '@domain/imports/model';
import type { Profile } from '@domain/imports/profile';
import { RowReader, type Rules, type StagedRow } from '@domain/imports/row';
import { SaleReader } from '@domain/imports/sale';
import type { Cents, Zone } from '@domain/kernel';

export const cents = (n: number) => n as Cents;
export const aLine = (l: Partial<FileLine>): FileLine => ({
  name: 'x',
  variant: '',
  category: '',
  sku: '',
  qtyMilli: 1000,
  gross: l.net ?? cents(0),
  discount: cents(0),
  net: cents(0),
  tax: cents(0),
  ...l,
});

/** A reader of files under a profile of the test's own, fields in the order given. */
export function reader(profile: Partial<Profile> | null, fields: Field[], rules: Partial<Rules> = {}) {
  const full =
    profile &&
    ({
      id: 't',
      till: 't',
      title: 't',
      clicks: '',
      source: 't',
      kind: 'sales',
      marks: [],
      required: [],
      fields: {},
      ...profile,
    } as Profile);
  const cells = new RowReader({
    profile: full,
    fields,
    tenders: [],
    names: {},
    dateOrder: {},
    decimal: {},
    shopZone: 'America/New_York' as Zone,
    country: 'US',
    thisYear: 2026,
    currency: 'USD',
    digits: 2,
    ...rules,
  });
  const sales = new SaleReader(cells, new Instants('America/New_York' as Zone));
  return {
    cells,
    sales,
    read: (...rows: string[][]): FileSale[] =>
      sales.read(
        '1',
        rows.map((c, i): StagedRow => ({ row: i + 2, cells: c })),
      ),
  };
}

export const merged = (files: readonly FileSale[]): SaleRow | null => files.reduce<SaleRow | null>((row, f) => mergeSale(row, f), null);
