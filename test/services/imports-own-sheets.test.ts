import { openTable } from '@backend/imports/table';
import { suggestMapping } from '@domain/imports/suggest';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, undo } from '../support/imports';
import { aCtx, type TestCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales } from '../support/tills';

const british = () => aCtx({ settings: { shop: { name: 'Gifts', country: 'GB', currency: 'GBP', zone: 'Europe/London' as never } } });

const byName = (ctx: TestCtx) => allPeople(ctx).sort((a, b) => String(a['first_name']).localeCompare(String(b['first_name'])));

/** Looks at a file, takes the first guess as it is, and imports it. */
async function asGuessed(ctx: TestCtx, text: string, till = 'Old till') {
  const path = aFile(text);
  const table = await openTable(path, {});
  expect(table.recognised).toBeNull();
  const mapping = { ...suggestMapping(table.names, table.sample.slice(0, 20)), till };
  return { path, mapping, report: await importFile(ctx, path, { mapping }) };
}

const UCI = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
536365,85123A,HEART T-LIGHT HOLDER,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom
536365,71053,METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom
536366,22633,HAND WARMER,2,2010-12-01 08:28:00,1.85,,United Kingdom
C536379,22633,HAND WARMER,-1,2010-12-03 09:41:00,1.85,17850.0,United Kingdom
536414,22139,,56,2010-12-01 11:52:00,0.0,,United Kingdom
536370,10002,INFLATABLE GLOBE,48,2010-12-01 08:45:00,0.85,12583.0,France
536370,10002,INFLATABLE GLOBE,48,2010-12-01 08:45:00,0.85,12583.0,France
`;

describe('sheets of shops, as first guessed', () => {
  it('UCI Online Retail: invoices of lines, C-invoices subtract, float ids of customers, guests, blank descriptions', async () => {
    const ctx = british();
    const { path, mapping, report } = await asGuessed(ctx, UCI);
    expect(report.counts).toMatchObject({ rows: 7, rejected: 0, refunds: 1, anonymous: 5, sales: { new: 5 } });
    expect(allSales(ctx).map((s) => [s['source_sale_id'], s['kind'], s['net'], s['source_customer_id']])).toEqual([
      ['536365', 'sale', 1530 + 2034, '17850'],
      ['536366', 'sale', 370, null],
      ['536370', 'sale', 8160, '12583'],
      ['536414', 'sale', 0, null],
      ['C536379', 'refund', -185, '17850'],
    ]);
    expect(allLines(ctx).filter((l) => l['name'] === '')).toMatchObject([{ qty_milli: 56000, sku: '22139' }]);
    expect(allLines(ctx).filter((l) => l['sale'] === '536370')).toHaveLength(2); // two equal lines are two lines
    expect(report.plan?.months).toMatchObject([{ month: '2010-12', refunds: 1, net: 3564 + 370 + 8160 - 185 }]);
    expect((await preview(ctx, path, { mapping })).counts?.sales).toEqual({ new: 0, changed: 0, same: 5 });
  });

  it('files given the same name of a till share receipts and customers; others do not', async () => {
    const ctx = british();
    await asGuessed(ctx, UCI);
    const list = 'Customer ID,Name,Email\n17850,Ann Lee,ann@x.example\n12583,Bob Ray,bob@x.example\n';
    const { report } = await asGuessed(ctx, list);
    expect(report.counts).toMatchObject({ people: { new: 2 }, linked: 3 });
    expect(byName(ctx)).toMatchObject([
      { first_name: 'Ann', visits: 1, spend: 3564 - 185 },
      { first_name: 'Bob', visits: 1, spend: 8160 },
    ]);
    const other = british();
    await asGuessed(other, UCI);
    expect((await asGuessed(other, list, 'Elsewhere')).report.counts).toMatchObject({ people: { new: 2 }, linked: 0 });
  });

  it('a dirty list of people: semicolons, quotes here and there, two ways of writing birthdays, names either way round', async () => {
    const ctx = aCtx();
    const empty = dump(ctx.db);
    const { report, path, mapping } = await asGuessed(
      ctx,
      [
        '"created_at";"address";"city";"country";"phone";"email";"full_name";"job_industry";"acquisition";"birth_date"',
        '"1569333217";"103 north east avenue";panama city;US;"";;Aaliyah GERLACH;Energy;"";"1974-01-01"',
        '"1571300329";"29 prospect hill";drayton;GB;"07974322099";abigail@x.example;Byrne Abigail;Energy;"";"03/13/1938"',
        '"1569418361";"174 lake drive";pooler;US;"212.555.0142";"";Alford Dicki;Energy;Ad;"12/12/1995"',
        '"1569418362";"";"";US;"674.587";"";Nobody Reachable;Energy;"";""',
        '',
      ].join('\n'),
    );
    expect(mapping.kind).toBe('customers');
    expect(report.counts).toMatchObject({ rows: 4, rejected: 0, people: { new: 4 }, notesBy: { 'bad-phone': 1 } });
    expect(byName(ctx)).toMatchObject([
      { first_name: 'Aaliyah', last_name: 'Gerlach', birthday: '1974-01-01', weak: 1 },
      { first_name: 'Alford', phone: '+12125550142', birthday: '1995-12-12' },
      { first_name: 'Byrne', phone: '+447974322099', email: 'abigail@x.example', birthday: '1938-03-13', weak: 0 },
      { phone: null, phone_raw: '674.587', weak: 1 },
    ]);
    expect((await preview(ctx, path, { mapping })).counts?.people).toEqual({ new: 0, changed: 0, same: 4 });
    await undo(ctx, report.id);
    expect(dump(ctx.db)).toBe(empty);
  });

  it('a German till roll: decimal commas, dotted days, two equal lines on one receipt', async () => {
    const ctx = aCtx({ settings: { shop: { name: 'Laden', country: 'DE', currency: 'EUR', zone: 'Europe/Berlin' as never } } });
    const { report } = await asGuessed(
      ctx,
      'Datum;Uhrzeit;Bon-Nr.;Artikel;Menge;Einzelpreis;Gesamtpreis\n02.03.2026;10:15;7;Tee;1;4,50;4,50\n02.03.2026;10:15;7;Tee;1;4,50;4,50\n03.03.2026;11:00;8;Kanne;2;12,00 €;24,00 €\n',
    );
    expect(report.counts).toMatchObject({ rejected: 0, sales: { new: 2 } });
    expect(allSales(ctx)).toMatchObject([
      { source_sale_id: '7', net: 900, shop_day: '2026-03-02', occurred_at: Date.UTC(2026, 2, 2, 9, 15) },
      { source_sale_id: '8', net: 2400 },
    ]);
    expect(allLines(ctx)).toHaveLength(3);
  });

  it('a notebook of sales without numbers: one row is one sale, the same day’s file again adds nothing', async () => {
    const ctx = aCtx();
    const text =
      'Date,Name,Phone,Amount\n2026-11-02,Ann Lee,(212) 555-0142,$12.00\n2026-11-02,Ann Lee,(212) 555-0142,$12.00\n2026-11-03,,,5\n2026-11-04,Bob,,7.50\n';
    const { report, path, mapping } = await asGuessed(ctx, text);
    expect(report.counts).toMatchObject({ rejected: 0, anonymous: 2, sales: { new: 4 }, people: { new: 1 } });
    expect(allPeople(ctx)).toMatchObject([{ first_name: 'Ann', phone: '+12125550142', visits: 1, spend: 2400 }]);
    expect((await preview(ctx, path, { mapping })).counts?.sales).toEqual({ new: 0, changed: 0, same: 4 });
  });

  it('sums of households are neither sales nor people: the owner is asked, nothing is imported', async () => {
    const ctx = aCtx();
    const path = aFile(
      'household_key,SALES_VALUE,QUANTITY,RETAIL_DISC,COUPON_DISC,COUPON_MATCH_DISC\n1,4330.16,1727,-557.31,-33.22,-4.50\n',
    );
    const table = await openTable(path, {});
    const mapping = suggestMapping(table.names, table.sample);
    await expect(importFile(ctx, path, { mapping })).rejects.toMatchObject({ code: 'import.mapping-incomplete' });
    expect(allPeople(ctx)).toEqual([]);
    // told what they are, discounts that are negative are discounts
    const told = { kind: 'sales' as const, till: '', columns: {} };
    await expect(importFile(ctx, path, { mapping: told })).rejects.toMatchObject({ code: 'import.mapping-incomplete' });
  });
});
