import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@domain/errors';
import type { Mapping } from '@domain/imports/fields';
import { inspectFile } from '@services/imports/preview';
import { importProblems, rejectedRowsCsv } from '@services/imports/report';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, squareCustomers, squareItems, squareTransactions } from '../support/imports';
import { aCtx } from '../support/test-ctx';

const people: Mapping = { kind: 'customers', till: '', columns: { firstName: [0], phone: [1], note: [2] } };
const rejectedOf = (ctx: ReturnType<typeof aCtx>, id: Parameters<typeof importProblems>[1]) =>
  importProblems(ctx, id, 'rejected', { offset: 0, limit: 100 }).map((p) => `${p.row} ${p.reason}`);
const CARD = '4111111111111111';

describe('files that hold more than one table', () => {
  const items = squareItems([{ 'Transaction ID': 'A' }, { 'Transaction ID': 'B' }]);

  it('lines above and below the table, totals and a repeated header are no data', async () => {
    const ctx = aCtx();
    const header = items.slice(0, items.indexOf('\n') + 1);
    const text = `Items report\nMain Street;May\n\n${items}${header}${items.split('\n')[1]}\nTotal,,,\n\nPrinted on Monday\n`;
    const { id, counts, plan } = await importFile(ctx, aFile(text));
    expect(plan?.reading.headerRow).toBe(4);
    expect(counts).toMatchObject({ rejected: 0, sales: { new: 2 }, skipped: 3 });
    expect(rejectedOf(ctx, id)).toEqual([]);
  });

  it('rows of another table are never read as rows of this one', async () => {
    const ctx = aCtx();
    const payments = squareTransactions([{ 'Transaction ID': 'Z' }]);
    const { id, counts } = await importFile(ctx, aFile(`${items}\n${payments}${payments.split('\n')[1]}\n`));
    expect(counts).toMatchObject({ sales: { new: 2 }, rejected: 3 });
    expect(rejectedOf(ctx, id)).toEqual(['5 other-table', '6 other-table', '7 other-table']);
  });

  it('also when the other table stands above', async () => {
    const ctx = aCtx();
    const few = 'Customer ID,First Name,Last Name,Email Address,Square Customer ID,Instant Profile\nx,Ana,Smith,,C1,No\n';
    const { id, counts, plan } = await importFile(ctx, aFile(`${few}\n${items}`));
    expect(plan?.reading.headerRow).toBe(4);
    expect(counts).toMatchObject({ sales: { new: 2 }, rejected: 2 });
    expect(rejectedOf(ctx, id)).toEqual(['1 other-table', '2 other-table']);
  });

  it('also when nobody knows the other table', async () => {
    const ctx = aCtx();
    const { id, counts } = await importFile(ctx, aFile(`${items}\nRegister,Opened by\nFront,Ana\nBack,Ben\n`));
    expect(counts).toMatchObject({ sales: { new: 2 }, rejected: 3 });
    expect(rejectedOf(ctx, id)).toEqual(['5 other-table', '6 other-table', '7 other-table']);
  });

  it('names in two rows: the fuller one holds the names', async () => {
    const look = await inspectFile(
      aCtx(),
      aFile('Customer,,Visits\nName,Phone,Last\nAna,2125550123,2026-01-02\nBen,2125550124,2026-01-03\n'),
    );
    expect(look).toMatchObject({ headerRow: 2, columns: [{ name: 'Name' }, { name: 'Phone' }, { name: 'Last' }] });
  });

  it('a file without names: by position, and known again by its shape', async () => {
    const ctx = aCtx();
    const first = await inspectFile(ctx, aFile('Ana,2125550123\nBen,2125550124\n'));
    expect(first).toMatchObject({ headerRow: 0, columns: [{ name: 'Column 1', samples: ['Ana', 'Ben'] }, { name: 'Column 2' }] });
    const same = await inspectFile(ctx, aFile('Cleo,2125550199\n'));
    const other = await inspectFile(ctx, aFile('2125550123,Ana\n'));
    expect(same.fingerprint).toBe(first.fingerprint);
    expect(other.fingerprint).not.toBe(first.fingerprint);
  });

  it('names twice or missing are told apart', async () => {
    const look = await inspectFile(aCtx(), aFile('Name,,City,City\nAna,x,Bern,Basel\n'));
    expect(look.columns.map((c) => c.name)).toEqual(['Name', 'Column 2', 'City', 'City (2)']);
  });

  it('a line that tells the spreadsheet its delimiter is no data', async () => {
    const look = await inspectFile(aCtx(), aFile('sep=;\nName;Phone;Note\nAna;2125550123;a, b, c\n'));
    expect(look).toMatchObject({ delimiter: ';', headerRow: 2 });
  });

  it('rows cut short or too long are refused with their number, blank ends are fine', async () => {
    const ctx = aCtx();
    const text = 'Name,Phone,Note,\nAna,2125550123,x,\nBen,2125550124\n\nCleo,2125550125,y\nDana,2125550126,z,,,\nEve,2125550127,z,,,oh\n';
    const { id, counts } = await importFile(ctx, aFile(text), { mapping: people });
    expect(counts).toMatchObject({ people: { new: 3 }, rejected: 2 });
    expect(rejectedOf(ctx, id)).toEqual(['3 ragged', '7 ragged']);
  });
});

describe('cells a spreadsheet has damaged', () => {
  it('takes off what it put on, and refuses what it threw away', async () => {
    const ctx = aCtx();
    const text = squareCustomers([
      { 'First Name': 'Ana', 'Square Customer ID': "'0042", 'Phone Number': '="2125550123"' },
      { 'First Name': 'Ben', 'Square Customer ID': '17841.0', 'Phone Number': "'+12125550124" },
      { 'First Name': 'Cleo', 'Square Customer ID': '1.78E+11', 'Phone Number': '2125550125' },
      { 'First Name': 'Dana', 'Square Customer ID': '####', 'Phone Number': '2125550126' },
      { 'First Name': 'Eve', 'Square Customer ID': 'E', 'Phone Number': '2.1E+09', Birthday: '3-Jan' },
    ]);
    const { id, counts } = await importFile(ctx, aFile(text));
    expect(counts).toMatchObject({ people: { new: 3 }, rejectedBy: { 'scientific-id': 1, 'hidden-value': 1 } });
    expect(counts?.notesBy).toMatchObject({ 'bad-phone': 1 });
    const rows = ctx.db.raw.prepare(
      'SELECT source_customer_id, phone FROM customer JOIN customer_identity ON customer_identity.customer_id = customer.id ORDER BY 1',
    );
    expect(rows.raw().all()).toEqual([
      ['0042', '+12125550123'],
      ['17841', '+12125550124'],
      ['E', null],
    ]);
    expect(rejectedOf(ctx, id)).toEqual(['4 scientific-id', '5 hidden-value']);
  });
});

describe('files a spreadsheet saved in another country', () => {
  const plain = squareItems([
    { 'Transaction ID': 'A', Item: 'Boots, red' },
    { 'Transaction ID': 'B', Notes: 'a "note"' },
    { 'Transaction ID': 'C' },
  ]);
  const quoted = (line: string) => `"${line.replaceAll('"', '""')}"`;

  it('may have put whole rows into quotes', async () => {
    const lines = plain.trimEnd().split('\n');
    for (const text of [lines.map(quoted), lines.map((l) => (l.includes('"') ? quoted(l) : l))]) {
      const ctx = aCtx();
      const { counts } = await importFile(ctx, aFile(text.join('\r\n')));
      expect(counts).toMatchObject({ sales: { new: 3 }, rejected: 0 });
      expect(ctx.db.raw.prepare("SELECT name FROM sale_line WHERE name LIKE '%red%'").pluck().all()).toEqual(['Boots, red']);
    }
  });

  it('a column of addresses in quotes is no table of its own', async () => {
    const look = await inspectFile(aCtx(), aFile('"Address"\n"1 Main St, Bern, 3000"\n"2 Main St, Bern, 3000"\n'));
    expect(look.columns.map((c) => c.name)).toEqual(['Address']);
  });
});

describe('card numbers', () => {
  const file = () =>
    aFile(
      [
        'Name,Phone,Note,CVV,Track 2',
        `Ana,2125550123,card ${CARD}.,123,;${CARD}=2812101?`,
        `Ben,2125550124,"%B${CARD}^DOE/BEN^2812101000000000?",456,`,
        `Cleo,2125550125,4111.1111.1111.1111,789,`,
        `Dana,4915112345679,${CARD}.0,321,`,
        `Short,${CARD},987`,
      ].join('\n'),
    );

  it('never reach the screen', async () => {
    const look = JSON.stringify(await inspectFile(aCtx(), file()));
    for (const secret of [CARD, '4111.1111', '2812101', '123', '456', '789'])
      expect(look.replaceAll(/2125550\d+/g, '')).not.toContain(secret);
    const nameless = JSON.stringify(await inspectFile(aCtx(), aFile(`${CARD},x\n`)));
    expect(nameless).not.toContain(CARD);
  });

  it('never reach the disk, not even with a row that is refused', async () => {
    const ctx = aCtx();
    const { id, counts } = await importFile(ctx, file(), { mapping: people });
    expect(counts).toMatchObject({ people: { new: 4 }, rejected: 1 });
    expect(counts?.cardsDropped).toBeGreaterThanOrEqual(9);
    expect(rejectedRowsCsv(ctx, id, {}).text).not.toMatch(/4111|987/);
    const notes = ctx.db.raw.prepare('SELECT note FROM customer ORDER BY id').pluck().all();
    expect(JSON.stringify(notes)).not.toMatch(/4111|2812101/);
    for (const f of readdirSync(ctx.dir, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()))
      expect(readFileSync(join(f.parentPath, f.name), 'latin1')).not.toContain(CARD);
    expect(dump(ctx.db)).not.toContain(CARD);
  });

  it('a foreign phone number without its plus is no card', async () => {
    const ctx = aCtx();
    // 4915112345670 passes the check that cards have, begins like one, and has as many digits as cards had long ago
    const numbers = ['4915112345670', '4915112345671', '4915112345672', '4915112345673', '4915112345674'].concat([
      '4915112345675',
      '4915112345676',
      '4915112345677',
      '4915112345678',
      '4915112345679',
    ]);
    const { counts } = await preview(ctx, aFile(`Name,Telefon,Note\n${numbers.map((n, i) => `P${i},${n},`).join('\n')}\n`), {
      mapping: people,
    });
    expect(counts?.cardsDropped).toBe(0);
  });
});

describe('files cut off', () => {
  it.each([1, 7, 40, 200])('%i characters before the end: never half a row, never a crash', async (cut) => {
    const text = squareItems(Array.from({ length: 20 }, (_, i) => ({ 'Transaction ID': `T${i}`, Notes: 'a "quoted", note\nwith lines' })));
    const outcome = await preview(aCtx(), aFile(text.slice(0, -cut))).then(
      (r) => r.counts,
      (e: unknown) => (e instanceof AppError ? e.code : 'bug'),
    );
    if (outcome === null || typeof outcome === 'string') expect(outcome).toBe('import.unclosed-quote');
    else expect(outcome.sales.new + outcome.rejected).toBe(outcome.rows);
  });
});
