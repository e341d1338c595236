import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { type OpenTable, openTable } from '@backend/imports/table';
import { suggestMapping } from '@domain/imports/suggest';
import { WRONG_FILES } from '@domain/imports/wrong/index';
import { describe, expect, it } from 'vitest';
import { dump, importFile, preview, undo } from '../support/imports';
import { aCtx, type TestCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales } from '../support/tills';

/** Real exports are looked at where they are and never kept here; a checkout without them has the same figures on files of our own. */
const shared = resolve(import.meta.dirname, '../../../shared/data/pos');
const has = (name: string): boolean => existsSync(resolve(shared, name));
const file = (name: string): string => resolve(shared, name);
const shop = (country: string, currency: string, zone: string) =>
  aCtx({ settings: { shop: { name: 'Shop', country, currency, zone: zone as never } } });
const count = (ctx: TestCtx, sql: string): number => (ctx.db.raw.prepare(sql).pluck().get() as number) ?? 0;

/** What the owner gets who accepts the first guess. */
async function suggested(path: string) {
  const table = await openTable(path, {});
  expect(table.recognised).toBeNull();
  return { ...suggestMapping(table.names, table.sample.slice(0, 20)), till: 'Old till' };
}

describe('real files', () => {
  it.runIf(has('sumup/sumup_transactions_2025_de.csv'))(
    'SumUp, German: 724 payouts among 1,938 rows, 98 of 1,214 sales cancelled or failed',
    async () => {
      const ctx = shop('CH', 'CHF', 'Europe/Zurich');
      const empty = dump(ctx.db);
      const path = file('sumup/sumup_transactions_2025_de.csv');
      const r = await importFile(ctx, path);
      expect(r.plan).toMatchObject({ profile: 'sumup-sales', questions: [] });
      expect(r.counts).toMatchObject({
        rows: 1938,
        rejected: 0,
        skipped: 724,
        excluded: 98,
        anonymous: 1214,
        notes: 0,
        sales: { new: 1214 },
      });
      expect(r.plan?.months).toMatchObject([{ month: '2025-01', sales: 1116, refunds: 0, total: 4010680 }]);
      expect(count(ctx, 'SELECT count(*) FROM sale WHERE net + tax <> total')).toBe(0);
      expect(allPeople(ctx)).toEqual([]);
      expect(count(ctx, "SELECT count(*) FROM sale_line WHERE name = 'Getränk' AND qty_milli > 0")).toBeGreaterThan(100);
      expect((await preview(ctx, path)).counts?.sales).toEqual({ new: 0, changed: 0, same: 1214 });
      await undo(ctx, r.id);
      expect(dump(ctx.db)).toBe(empty);
    },
  );

  it.runIf(has('sumup/sumup_transactions_20251014.csv'))('SumUp, German with the newer header', async () => {
    const ctx = shop('CH', 'CHF', 'Europe/Zurich');
    const r = await importFile(ctx, file('sumup/sumup_transactions_20251014.csv'));
    expect(r.counts).toMatchObject({ rows: 2, skipped: 1, sales: { new: 1 } });
    expect(allSales(ctx)).toMatchObject([
      { source_sale_id: 'TAAAX2Y2Q2G', net: 185, tax: 15, total: 200, card_last4: '1111', payment_methods: 'POS' },
    ]);
  });

  it.runIf(has('square/square_items-2026-05.csv')).each([
    ['square/square_items-2026-05.csv', { rows: 223, sales: 163, named: 38 }],
    ['square/square_items-2026-07-18-2026-07-19.csv', { rows: 143, sales: 103, named: 29 }],
  ])('%s: gross less discounts is net on every row; most buyers are not named', async (name, want) => {
    const ctx = shop('US', 'USD', 'America/New_York');
    const r = await importFile(ctx, file(name));
    expect(r.counts).toMatchObject({ rows: want.rows, rejected: 0, anonymous: want.sales, sales: { new: want.sales } });
    expect(count(ctx, 'SELECT count(*) FROM sale WHERE source_customer_id IS NOT NULL')).toBe(want.named);
    expect(count(ctx, 'SELECT count(*) FROM sale_line')).toBe(want.rows);
    expect(count(ctx, 'SELECT count(*) FROM sale_line WHERE gross - discount * sign(gross) <> net')).toBe(0);
    expect(allPeople(ctx)).toEqual([]);
  });

  it.runIf(has('clover/clover_orders_doc_excerpt.csv'))('Clover orders: total with tax and without the tip', async () => {
    const ctx = shop('US', 'USD', 'America/New_York');
    const r = await importFile(ctx, file('clover/clover_orders_doc_excerpt.csv'));
    expect(r.plan?.months).toEqual([{ month: '2023-12', sales: 2, refunds: 0, net: 6000, tax: 712, total: 6712 }]);
    expect(allSales(ctx)[0]).toMatchObject({ source_sale_id: 'MKP7NKSJDFKF8', tip: 839, occurred_at: Date.UTC(2023, 11, 16, 7, 44) });
  });

  it.runIf(has('loyverse/loyverse_receipts_doc_excerpt_dmy24h.csv'))(
    'Loyverse: both exports are one receipt; the order of day and month is asked',
    async () => {
      const ctx = shop('PH', 'PHP', 'Asia/Manila');
      const receipts = file('loyverse/loyverse_receipts_doc_excerpt_dmy24h.csv');
      const items = file('loyverse/loyverse_receipts_by_item_doc_excerpt.csv');
      expect((await preview(ctx, receipts)).plan?.questions).toMatchObject([{ kind: 'date-order', field: 'date' }]);
      const decisions = { dateOrder: { date: 'dmy' as const } };
      await importFile(ctx, receipts, { decisions });
      await importFile(ctx, items, { decisions });
      expect(allSales(ctx)).toMatchObject([
        { receipt_no: '2-1677', net: 6800, total: 6800, shop_day: '2026-10-01', payment_methods: 'Cash' },
        { receipt_no: '2-1678', net: 14888, total: 14888, register: 'POS 2' },
      ]);
      expect(allLines(ctx).filter((l) => String(l['sale']).endsWith('2-1678'))).toMatchObject([
        { name: 'ARIEL POWDER TWIN JUMBO PACK', qty_milli: 6000, net: 11988 },
        { name: 'GREAT TASTE CHOCO', sku: '10221', net: 1500 },
      ]);
    },
  );

  it.runIf(has('uci/online_retail_2000.csv'))(
    'UCI Online Retail, as first guessed: cancellations subtract, guests stay guests',
    async () => {
      const ctx = shop('GB', 'GBP', 'Europe/London');
      const path = file('uci/online_retail_2000.csv');
      const mapping = await suggested(path);
      const r = await importFile(ctx, path, { mapping });
      expect(r.counts).toMatchObject({ rows: 2000, rejected: 0, sales: { new: 1797 }, anonymous: 1797 });
      expect(r.plan?.questions).toEqual([]);
      expect(r.plan?.months.reduce((n, m) => n + m.net, 0)).toBe(3534689);
      expect(count(ctx, "SELECT count(*) FROM sale WHERE kind = 'refund' AND source_sale_id LIKE 'C%'")).toBe(
        count(ctx, "SELECT count(*) FROM sale WHERE source_sale_id LIKE 'C%'"),
      );
      expect(count(ctx, "SELECT count(*) FROM sale_line l JOIN sale s ON s.id = l.sale_id WHERE s.source_sale_id LIKE 'C%'")).toBe(46);
      expect(count(ctx, 'SELECT count(*) FROM sale_line l JOIN sale s ON s.id = l.sale_id WHERE s.source_customer_id IS NULL')).toBe(126);
      expect(count(ctx, "SELECT count(*) FROM sale_line WHERE name = ''")).toBe(2);
      expect(count(ctx, "SELECT count(*) FROM sale WHERE source_customer_id LIKE '%.%'")).toBe(0);
      expect((await preview(ctx, path, { mapping })).counts?.sales).toMatchObject({ new: 0, changed: 0 });
    },
  );

  it.runIf(has('other/dummy_customers_semicolon_dirty.csv'))('a dirty list of 300 people, as first guessed', async () => {
    const ctx = shop('US', 'USD', 'America/New_York');
    const path = file('other/dummy_customers_semicolon_dirty.csv');
    const mapping = await suggested(path);
    expect(mapping.kind).toBe('customers');
    const r = await importFile(ctx, path, { mapping });
    expect(r.counts).toMatchObject({ rows: 300, rejected: 0 });
    const people = allPeople(ctx);
    expect(people.length).toBe(r.counts?.people.new ?? 0);
    expect(people.length).toBeGreaterThan(290);
    expect(people.find((p) => p['last_name'] === 'Gerlach')).toMatchObject({ first_name: 'Aaliyah', birthday: '1974-01-01', weak: 1 });
    expect(people.find((p) => p['email'] === 'abigailbyrne@fleckens.hu')).toMatchObject({ phone: '+447974322099', birthday: '1938-03-13' });
    expect(people.every((p) => p['birthday'] === null || /^\d{4}-\d\d-\d\d$/.test(String(p['birthday'])))).toBe(true);
    expect((await preview(ctx, path, { mapping })).counts?.people).toMatchObject({ new: 0 });
  });

  it.runIf(has('PROVENANCE.tsv')).each([
    ['lightspeed/lightspeed_accounting_export_ch.csv', 'accounting'],
    ['woocommerce/woocommerce_products_cr_only.csv', 'woocommerce-products'],
    ['sumup/sumup_account_statement_2024_it.csv', 'sumup-statement'],
  ])('%s is refused with the right words', async (name, found) => {
    if (!has(name)) return;
    const ctx = aCtx();
    await expect(openTable(file(name), {})).rejects.toMatchObject({ code: 'import.wrong-file', params: { found } });
    expect(allSales(ctx)).toEqual([]);
  });

  const every = existsSync(shared)
    ? readdirSync(shared, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.csv') && !f.startsWith('nasty'))
    : [];
  it.runIf(every.length > 0).each(every.map((f) => [f]))('%s: known and read, or guessed and read, or refused with words', async (name) => {
    const money: Record<string, [string, string, string]> = {
      shopify: ['BD', 'BDT', 'Asia/Dhaka'],
      sumup: ['CH', 'CHF', 'Europe/Zurich'],
      stripe: ['CH', 'TES', 'Europe/Zurich'],
      uci: ['GB', 'GBP', 'Europe/London'],
    };
    const ctx = shop(...(money[name.split('/')[0] as string] ?? (['US', 'USD', 'America/New_York'] as const)));
    const path = file(name);
    const table = await openTable(path, {}).catch((e: unknown) => e);
    if (table instanceof Error) {
      expect(table).toMatchObject({ code: 'import.wrong-file' });
      const { found } = (table as unknown as { params: { found: string } }).params;
      expect(WRONG_FILES.find((w) => w.id === found)?.says, found).toMatch(/xport|ake/);
      return;
    }
    const mapping = (table as OpenTable).recognised ? {} : { mapping: await suggested(path) };
    const r = await preview(ctx, path, mapping);
    const { rows = 0, rejected = 0, skipped = 0, sales, people } = r.counts ?? {};
    expect(rows).toBeGreaterThan(0);
    expect(rejected, 'rows refused').toBeLessThan(rows / 10);
    expect((sales?.new ?? 0) + (people?.new ?? 0) + skipped).toBeGreaterThan(0);
  });
});
