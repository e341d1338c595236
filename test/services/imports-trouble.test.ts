import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImportState } from '@db/queries/imports';
import { AppError } from '@domain/errors';
import type { Mapping } from '@domain/imports/fields';
import { commitImport } from '@services/imports/commit';
import { discardImport, inspectFile, previewImport } from '@services/imports/preview';
import { importProblems, importReport, listImports, rejectedRowsCsv } from '@services/imports/report';
import { recoverImports } from '@services/imports/undo';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, squareCustomers, squareItems } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

const shared = resolve(import.meta.dirname, '../../../shared/data/pos');
const codeOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  );
  return error instanceof AppError ? { code: error.code, ...error.params } : error;
};
const people: Mapping = { kind: 'customers', till: '', columns: { firstName: [0], phone: [1], birthday: [2] } };

describe('files that are no till export', () => {
  it.each([
    ['empty', '', { code: 'import.no-rows' }],
    ['blank lines', '\n\n\n', { code: 'import.no-rows' }],
    ['header only', squareItems([]), { code: 'import.no-rows' }],
    ['a workbook', Buffer.from('PK\u0003\u0004 [Content_Types].xml'), { code: 'import.wrong-file', found: 'xlsx' }],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]), { code: 'import.wrong-file', found: 'xls' }],
    ['a PDF', '%PDF-1.7', { code: 'import.wrong-file', found: 'pdf' }],
    ['a web page', '<!doctype html><html>', { code: 'import.wrong-file', found: 'web-page' }],
    ['bytes', Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * 7919) % 5)), { code: 'import.unreadable' }],
    [
      'the catalogue',
      'Token,Item Name,Variation Name,SKU\na,b,c,d\n',
      { code: 'import.wrong-file', found: 'square-catalog', till: 'Square' },
    ],
    [
      'picked columns',
      'Date,Item,Price Point Name,Modifiers Applied,Net Sales\n2026-01-01,a,,,$1.00\n',
      { code: 'import.wrong-file', columns: 'Transaction ID' },
    ],
    ['a quote left open', `${squareItems([{ 'Transaction ID': 'A' }])}2026-11-10,"12:00\n`, { code: 'import.unclosed-quote', line: 3 }],
  ])('%s', async (_, content, want) => {
    const ctx = aCtx();
    const path = aFile(content as string | Uint8Array);
    const { id, task } = previewImport(ctx, owner, { path });
    expect(await codeOf(ctx.tasks.finished(task))).toMatchObject(want);
    expect(importReport(ctx, id).state).toBe('failed');
    expect(readdirSync(join(ctx.dir, 'imports'))).toEqual([]);
  });

  it('a file that is not there', async () => {
    expect(await codeOf(inspectFile(aCtx(), '/nowhere/at/all.csv'))).toEqual({ code: 'import.unreadable' });
  });

  it('an unknown file is looked at, not guessed', async () => {
    const ctx = aCtx();
    const path = aFile('colour;size\nred;4\nblue;5\n');
    const look = await inspectFile(ctx, path);
    expect(look).toMatchObject({
      profile: null,
      delimiter: ';',
      headerRow: 1,
      columns: [{ name: 'colour', samples: ['red', 'blue'] }, { name: 'size' }],
    });
    expect(await codeOf(ctx.tasks.finished(previewImport(ctx, owner, { path }).task))).toMatchObject({ code: 'import.mapping-incomplete' });
  });
});

describe('rows that cannot be taken', () => {
  const file = () =>
    aFile(
      [
        squareItems([
          { 'Transaction ID': 'A' },
          { 'Transaction ID': 'B', 'Net Sales': 'free' },
          { 'Transaction ID': 'B' },
          { 'Transaction ID': '1.2E+12' },
          { 'Transaction ID': 'D', Date: '2026-02-31' },
          { 'Transaction ID': 'E', 'Net Sales': '#####' },
        ]).trimEnd(),
        'short,row',
        'Total,,,',
      ].join('\n'),
    );

  it('are listed with row, column and reason, and the rest of their receipt waits with them', async () => {
    const ctx = aCtx();
    const { id, counts } = await importFile(ctx, file());
    expect(counts).toMatchObject({ rows: 8, rejected: 6, skipped: 1, sales: { new: 1 } });
    expect(importProblems(ctx, id, 'rejected', { offset: 0, limit: 100 }).map(({ values: _, ...p }) => p)).toEqual([
      { row: 3, column: 'Net Sales', reason: 'bad-amount' },
      { row: 4, column: '', reason: 'same-receipt' },
      { row: 5, column: 'Transaction ID', reason: 'scientific-id' },
      { row: 6, column: 'Date', reason: 'bad-date' },
      { row: 7, column: 'Net Sales', reason: 'hidden-value' },
      { row: 8, column: '', reason: 'ragged' },
    ]);
  });

  it('can be saved as CSV with formulas defused', async () => {
    const ctx = aCtx();
    const { id } = await importFile(
      ctx,
      aFile(squareItems([{ 'Transaction ID': 'A' }, { 'Transaction ID': 'B', Item: '=1+1', 'Net Sales': 'x' }])),
    );
    const { name, text } = rejectedRowsCsv(ctx, id, { 'bad-amount': 'no amount' });
    expect(name).toBe('export - rows not taken.csv');
    expect(text).toContain('3,Net Sales,no amount,');
    expect(text).toContain("'=1+1");
    expect(text).not.toMatch(/,=1/);
  });

  it('mended and imported again, only they are new', async () => {
    const ctx = aCtx();
    await importFile(ctx, file());
    const r = await importFile(ctx, aFile(squareItems([{ 'Transaction ID': 'A' }, { 'Transaction ID': 'B' }, { 'Transaction ID': 'B' }])));
    expect(r.counts?.sales).toEqual({ new: 1, changed: 0, same: 1 });
  });
});

describe('card numbers', () => {
  it('never reach the disk', async () => {
    const ctx = aCtx();
    const csv = 'name,phone,note,cvv\nAnn,212-555-0142,paid with 4111 1111 1111 1111,123\n4111111111111111,212-555-0143,,9\n';
    const path = aFile(csv);
    const mapping: Mapping = { kind: 'customers', till: 'x', columns: { fullName: [0], phone: [1], note: [2, 3] } };
    const r = await preview(ctx, path, { mapping });
    expect(r.counts?.cardsDropped).toBe(4);
    const staged = readFileSync(join(ctx.dir, 'imports', `${r.id}.sqlite`)).toString('latin1');
    expect(staged).not.toMatch(/4111|\b123\b/);
    await ctx.tasks.finished(commitImport(ctx, owner, { id: r.id }).task);
    expect(dump(ctx.db)).not.toMatch(/4111 ?1111/);
  });
});

describe('encodings and delimiters', () => {
  const text = 'Vorname;Telefon;Geburtstag\nJürgen;212-555-0142;31.12.1980\nRenée;212-555-0143;01.02.1990\n';
  const utf16 = (be: boolean, bom: boolean) => {
    const b = Buffer.from((bom ? '\ufeff' : '') + text, 'utf16le');
    return be ? b.swap16() : b;
  };
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', utf16(false, true)],
    ['utf-16be', utf16(true, true)],
    ['utf-16le', utf16(false, false)],
    ['windows-1252', Buffer.from(text, 'latin1')],
    ['utf-8', Buffer.from(text.replaceAll('\n', '\r'))],
    ['utf-8', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['utf-8', Buffer.from(text.replaceAll(';', '\t'))],
    ['utf-8', Buffer.from(text.replaceAll(';', '|'))],
    ['utf-8', Buffer.from(text.replace('Jürgen', 'Jür\0gen'))],
  ])('%s', async (encoding, bytes) => {
    const ctx = aCtx();
    const r = await importFile(ctx, aFile(bytes), { mapping: people });
    expect(r.plan?.reading.encoding).toBe(encoding);
    expect(ctx.db.raw.prepare('SELECT first_name, birthday FROM customer ORDER BY phone').all()).toEqual([
      { first_name: 'Jürgen', birthday: '1980-12-31' },
      { first_name: 'Renée', birthday: '1990-02-01' },
    ]);
  });
});

describe('permission', () => {
  it('a no in the file stops texts to the number; a yes makes no permission', async () => {
    const ctx = aCtx();
    const mapping: Mapping = { kind: 'customers', till: '', columns: { fullName: [0], phone: [1], smsConsent: [2] } };
    const r = await importFile(ctx, aFile('name,phone,texts\nAnn,212-555-0142,no\nBob,212-555-0143,yes\n'), { mapping });
    expect(r.counts?.notesBy).toMatchObject({ 'said-no': 1 });
    const states = ctx.db.raw.prepare('SELECT b.address, s.state FROM consent_state s JOIN address_book b USING (address_hmac)').all();
    expect(states.length).toBeGreaterThan(0);
    expect(states.every((s) => JSON.stringify(s).includes('+12125550142') && JSON.stringify(s).includes('"out"'))).toBe(true);
  });
});

describe('questions', () => {
  const csv = 'date,amount,mail\n01/02/2026,"1,234",a@b.example\n03/04/2026,"5,678",\n';
  const mapping: Mapping = { kind: 'sales', till: 'Old till', columns: { date: [0], total: [1], email: [2] } };

  it('are asked when the file fits two readings; the import waits for the answers', async () => {
    const ctx = aCtx();
    const path = aFile(csv);
    const r = await preview(ctx, path, { mapping });
    expect(r.plan?.questions.map((q) => [q.kind, q.column, q.suggestion])).toEqual([
      ['date-order', 'date', 'mdy'],
      ['decimal', 'amount', '.'],
    ]);
    expect(() => commitImport(ctx, owner, { id: r.id })).toThrow('import.mapping-incomplete');
    const answered = await importFile(ctx, path, { mapping, decisions: { dateOrder: { date: 'dmy' }, decimal: { total: ',' } } });
    expect(answered.plan?.questions).toEqual([]);
    expect(ctx.db.raw.prepare('SELECT shop_day, net FROM sale ORDER BY shop_day').all()).toEqual([
      { shop_day: '2026-02-01', net: 123 },
      { shop_day: '2026-04-03', net: 568 },
    ]);
    expect(ctx.db.raw.prepare('SELECT email, visits FROM customer').all()).toEqual([{ email: 'a@b.example', visits: 1 }]);
  });

  it('the mapping is remembered for the same columns', async () => {
    const ctx = aCtx();
    await preview(ctx, aFile(csv), { mapping });
    expect(await inspectFile(ctx, aFile(csv, 'next-month.csv'))).toMatchObject({ remembered: true, suggestion: mapping });
  });

  it('sales without a number keep their count when imported again', async () => {
    const ctx = aCtx();
    const twice = aFile('date,amount\n2026-02-01 10:00,5.00\n2026-02-01 10:00,5.00\n2026-02-02 10:00,5.00\n');
    const bare: Mapping = { kind: 'sales', till: '', columns: { date: [0], total: [1] } };
    expect((await importFile(ctx, twice, { mapping: bare })).counts?.sales.new).toBe(3);
    expect((await preview(ctx, twice, { mapping: bare })).counts?.sales).toEqual({ new: 0, changed: 0, same: 3 });
  });
});

describe('stopping half-way', () => {
  const many = squareItems(Array.from({ length: 3000 }, (_, i) => ({ 'Transaction ID': `T${i}`, 'Customer ID': `C${i % 50}` })));

  it('a cancelled dry run leaves nothing', async () => {
    const ctx = aCtx();
    const { id, task } = previewImport(ctx, owner, { path: aFile(many) });
    ctx.tasks.cancel(task);
    await codeOf(ctx.tasks.finished(task));
    expect(importReport(ctx, id).state).toBe('cancelled');
    expect(readdirSync(join(ctx.dir, 'imports'))).toEqual([]);
    expect(listImports(ctx, { offset: 0, limit: 10 }).total).toBe(0);
  });

  it('a cancelled import takes back what it wrote', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        squareItems([
          { 'Transaction ID': 'T7', 'Customer ID': 'C1', 'Net Sales': '$99.00' },
          { 'Transaction ID': 'X', 'Customer ID': 'C2' },
        ]),
      ),
    );
    await importFile(ctx, aFile(squareCustomers([{ 'Square Customer ID': 'C1', 'Email Address': 'c1@x.example' }])));
    const before = dump(ctx.db);
    const { id } = await preview(ctx, aFile(many));
    const { task } = commitImport(ctx, owner, { id });
    const done = codeOf(ctx.tasks.finished(task));
    const count = () => (ctx.db.raw.prepare('SELECT count(*) AS n FROM sale').get() as { n: number }).n;
    while (count() < 200) await new Promise((r) => setImmediate(r));
    ctx.tasks.cancel(task);
    await done;
    expect(importReport(ctx, id).state).toBe('cancelled');
    expect(dump(ctx.db)).toBe(before);
    expect(existsSync(join(ctx.dir, 'imports', `${id}.sqlite`))).toBe(false);
  });

  it('a crash in the middle is taken back at the next start, and an undo cut off is finished', async () => {
    const ctx = aCtx();
    const before = dump(ctx.db);
    const { id } = await importFile(ctx, aFile(many));
    setImportState(ctx.db, id, 'committing'); // as the file looks when the power fails before the last step
    await recoverImports(ctx);
    expect(importReport(ctx, id).state).toBe('cancelled');
    expect(dump(ctx.db)).toBe(before);
    const second = await importFile(ctx, aFile(many));
    ctx.db.raw.prepare('UPDATE import SET undone_at = 1 WHERE id = ?').run(second.id);
    ctx.db.raw.prepare('DELETE FROM sale WHERE id % 2 = 0').run();
    await recoverImports(ctx);
    expect(importReport(ctx, second.id).state).toBe('undone');
    expect(dump(ctx.db)).toBe(before);
  });

  it('what was previewed before another import is checked again, not carried out', async () => {
    const ctx = aCtx();
    const first = await preview(ctx, aFile(squareItems([{ 'Transaction ID': 'A' }])));
    setImportState(ctx.db, first.id, 'cancelled');
    await importFile(ctx, aFile(squareItems([{ 'Transaction ID': 'B' }])));
    setImportState(ctx.db, first.id, 'previewed');
    expect(importReport(ctx, first.id).current).toBe(false);
    expect(() => commitImport(ctx, owner, { id: first.id })).toThrow('import.shop-changed');
    discardImport(ctx, first.id);
  });
});

describe('other files seen in shops', () => {
  it('the UCI shape by hand: invoices, cancellations, float ids', async () => {
    const file = resolve(shared, 'uci/online_retail_2000.csv');
    if (!existsSync(file)) return;
    const ctx = aCtx();
    const { suggestion } = await inspectFile(ctx, file);
    ctx.db.raw
      .prepare(
        'INSERT INTO setting (key, value, updated_at) VALUES (\'shop\', \'{"currency":"GBP","zone":"Europe/London","country":"GB"}\', 1) ON CONFLICT DO UPDATE SET value = excluded.value',
      )
      .run();
    const r = await importFile(ctx, file, { mapping: suggestion });
    expect(r.counts?.rows).toBe(2000);
    expect(r.counts?.rejected).toBe(0);
    expect(r.counts?.refunds).toBeGreaterThan(10);
    const row = ctx.db.raw.prepare("SELECT source_customer_id AS who, net FROM sale WHERE source_sale_id = '569901'").get();
    expect(row).toEqual({ who: '12923', net: 830 });
    expect((await preview(ctx, file, { mapping: suggestion })).counts?.sales).toMatchObject({ new: 0, changed: 0 });
  });

  it('the dirty semicolon list of people', async () => {
    const file = resolve(shared, 'other/dummy_customers_semicolon_dirty.csv');
    if (!existsSync(file)) return;
    const ctx = aCtx();
    const { suggestion } = await inspectFile(ctx, file);
    expect(suggestion.kind).toBe('customers');
    const r = await importFile(ctx, file, { mapping: suggestion });
    expect(r.plan?.reading.delimiter).toBe(';');
    expect(r.counts?.rejected).toBe(0);
    expect(r.counts?.people.new).toBeGreaterThan(250);
    expect(ctx.db.raw.prepare("SELECT first_name, last_name, birthday FROM customer WHERE last_name = 'Gerlach'").get()).toEqual({
      first_name: 'Aaliyah',
      last_name: 'Gerlach',
      birthday: '1974-01-01',
    });
    const again = await preview(ctx, file, { mapping: suggestion });
    expect(again.counts?.people).toMatchObject({ new: 0, changed: 0 });
  });
});
