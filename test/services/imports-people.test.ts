import type { Mapping } from '@domain/imports/fields';
import type { Prefer } from '@domain/imports/people';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, squareCustomers, undo } from '../support/imports';
import { aCtx, type TestCtx } from '../support/test-ctx';

const people = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT * FROM customer ORDER BY id').all() as Record<string, unknown>[];
const list = (columns: Mapping['columns'], till = 'list'): { mapping: Mapping } => ({ mapping: { kind: 'customers', till, columns } });

const EMAILS = ['', 'fam@x.com', 'ann@x.com', 'bob@x.com'];
const PHONES = ['', '212-555-0101', '(212) 555-0102', '+1 212 555 0103'];
const row = fc.record({
  id: fc.constantFrom('', '', 'C1', 'C2', 'C3'),
  first: fc.constantFrom('', 'Ann', 'Anna', 'Bob', 'Robert', 'Zoe'),
  last: fc.constantFrom('', 'Lee', 'Ruiz'),
  email: fc.constantFrom(...EMAILS),
  phone: fc.constantFrom(...PHONES),
  birthday: fc.constantFrom('', '', '1980-02-03'),
});
type Row = { id: string; first: string; last: string; email: string; phone: string; birthday: string };
const COLUMNS = list({ customerId: [0], firstName: [1], lastName: [2], email: [3], phone: [4], birthday: [5] });
const NO_ID = list({ firstName: [1], lastName: [2], email: [3], phone: [4], birthday: [5] });
const file = (rows: readonly Row[]) =>
  aFile(
    ['no,first,last,mail,tel,born', ...rows.map((r) => [r.id, r.first, r.last, r.email, r.phone, r.birthday].join(',')), ''].join('\n'),
  );
/** Who is who, whatever number they got: the content of every person with their till ids. */
const who = (ctx: TestCtx) =>
  (
    ctx.db.raw
      .prepare(
        `SELECT first_name, last_name, email, phone, birthday, weak,
           (SELECT group_concat(source_customer_id) FROM (SELECT source_customer_id FROM customer_identity i WHERE i.customer_id = c.id
             AND source_customer_id NOT LIKE 'row:%' ORDER BY 1)) AS ids FROM customer c`,
      )
      .all() as object[]
  )
    .map((r) => JSON.stringify(r))
    .sort();

describe('any customer list', () => {
  it.each([
    ['with ids', COLUMNS],
    ['without ids', NO_ID],
  ])('%s: the order of its rows does not change who is who, and coming again changes nothing', async (_, mapping) => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 9 }), fc.nat(), async (rows, seed) => {
        const shuffled = fc.sample(fc.shuffledSubarray(rows, { minLength: rows.length }), { numRuns: 1, seed })[0] as Row[];
        const [a, b] = [aCtx(), aCtx()];
        const empty = dump(a.db);
        const first = await importFile(a, file(rows), mapping).catch(() => null);
        if (!first) return; // nothing but rows about nobody
        await importFile(b, file(shuffled), mapping);
        expect(who(b)).toEqual(who(a));
        const once = dump(a.db);
        const again = await importFile(a, file(shuffled), mapping);
        expect(again.counts?.people).toMatchObject({ new: 0, changed: 0 });
        expect(dump(a.db)).toBe(once);
        await undo(a, again.id);
        expect((await undo(a, first.id)).counts?.keptTotal).toBe(0);
        expect(dump(a.db)).toBe(empty);
      }),
      { numRuns: 30 },
    );
  });

  it('two ids are two people, whatever they share; no two first names are ever one person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 9 }), async (rows) => {
        const ctx = aCtx();
        const done = await importFile(ctx, file(rows), COLUMNS).catch(() => null);
        if (!done) return;
        const ids = new Set(rows.map((r) => r.id).filter(Boolean));
        const tied = ctx.db.raw
          .prepare("SELECT count(DISTINCT customer_id) AS n FROM customer_identity WHERE source_customer_id NOT LIKE 'row:%'")
          .get() as { n: number };
        expect(tied.n).toBe(ids.size);
        // Zoe is nobody else's short name: every Zoe of the file is still called Zoe
        const zoes = rows.filter((r) => r.first === 'Zoe' && r.id === '').length > 0;
        if (zoes) expect(people(ctx).some((p) => p['first_name'] === 'Zoe')).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

describe('one number, several people', () => {
  it('another first name is a family: kept apart, flagged, and apart again next week', async () => {
    const ctx = aCtx();
    const csv = squareCustomers([
      { 'Square Customer ID': 'A', 'First Name': 'Ann', 'Phone Number': '+12125550101' },
      { 'Square Customer ID': 'B', 'First Name': 'Bob', 'Phone Number': '+12125550101' },
    ]);
    const first = await importFile(ctx, aFile(csv));
    expect(first.counts).toMatchObject({ people: { new: 2 }, notesBy: { 'shared-phone': 1 } });
    expect((await importFile(ctx, aFile(csv))).counts?.people).toEqual({ new: 0, changed: 0, same: 2 });
  });

  it('Bob at the e-mail of Robert is Robert; Eve at the e-mail of Robert is not', async () => {
    const ctx = aCtx();
    const columns = list({ firstName: [0], email: [1], phone: [2] });
    await importFile(ctx, aFile('n,e,p\nRobert,r@x.com,\n'), columns);
    const r = await importFile(ctx, aFile('n,e,p\nBob,r@x.com,212-555-0101\nEve,r@x.com,\n'), columns);
    expect(r.counts?.people).toMatchObject({ new: 1, changed: 1 });
    expect(people(ctx).map((p) => [p['first_name'], p['phone']])).toEqual([
      ['Robert', '+12125550101'],
      ['Eve', null],
    ]);
  });

  it('somebody found by their id is found again by their e-mail in the same file', async () => {
    const ctx = aCtx();
    const columns = list({ customerId: [0], firstName: [1], email: [2], phone: [3] });
    await importFile(ctx, aFile('id,n,e,p\nC1,Ann,ann@x.com,\n'), columns);
    const r = await importFile(ctx, aFile('id,n,e,p\nC1,Ann,,\n,Ann,ann@x.com,212-555-0101\n'), columns);
    expect(r.counts?.people).toEqual({ new: 0, changed: 1, same: 0 });
    expect(people(ctx).map((p) => p['phone'])).toEqual(['+12125550101']);
  });
});

describe('which value stays', () => {
  const first = 'n,e,p,z\nAnn,ann@x.com,212-555-0101,02134\n';
  const later = 'n,e,p,z\nAnne,ann@x.com,,10001\n';
  const columns = list({ firstName: [0], email: [1], phone: [2], postalCode: [3] });
  const stays = async (prefer: Prefer | undefined, typed: string | null) => {
    const ctx = aCtx();
    await importFile(ctx, aFile(first), columns);
    if (typed !== null) ctx.db.raw.prepare('UPDATE customer SET postal_code = ?, updated_at = updated_at + 1').run(typed);
    const before = dump(ctx.db);
    const r = await importFile(ctx, aFile(later), { ...columns, ...(prefer ? { decisions: { prefer } } : {}) });
    const [p] = people(ctx);
    const values = { first: p?.['first_name'], phone: p?.['phone'], zip: p?.['postal_code'] };
    await undo(ctx, r.id);
    expect(dump(ctx.db)).toBe(before);
    return values;
  };

  it('fills blanks only, or follows the file, field by field; a blank in the file erases nothing; undo restores', async () => {
    expect(await stays({ postal_code: 'file' }, '94110')).toEqual({ first: 'Ann', phone: '+12125550101', zip: '10001' });
    expect(await stays({ postal_code: 'fill', first_name: 'file' }, null)).toEqual({ first: 'Anne', phone: '+12125550101', zip: '02134' });
    expect(await stays({ phone: 'file' }, '')).toEqual({ first: 'Ann', phone: '+12125550101', zip: '10001' });
  });

  it('what the till itself changed follows the till unless the field is only to be filled', async () => {
    const square = (zip: string) => aFile(squareCustomers([{ 'Square Customer ID': 'A', 'First Name': 'Ann', 'Postal Code': zip }]));
    for (const [prefer, want] of [
      [{}, '10001'],
      [{ postal_code: 'fill' as const }, '02134'],
    ] as const) {
      const ctx = aCtx();
      await importFile(ctx, square('02134'));
      await importFile(ctx, square('10001'), { decisions: { prefer } });
      expect(people(ctx)[0]?.['postal_code']).toBe(want);
    }
  });

  it('is remembered for the till: the next file is read the same way without being asked', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(first), columns);
    await importFile(ctx, aFile(later), { ...columns, decisions: { prefer: { postal_code: 'file' } } });
    const next = await preview(ctx, aFile('n,e,p,z\nAnne,ann@x.com,,60601\n'), columns);
    expect(next.plan?.decisions.prefer).toEqual({ postal_code: 'file' });
    expect(next.counts?.people).toMatchObject({ changed: 1 });
    // and forgotten when the owner goes back to the usual way
    await preview(ctx, aFile('n,e,p,z\nAnne,ann@x.com,,60601\n'), { ...columns, decisions: { prefer: {} } });
    const usual = await preview(ctx, aFile('n,e,p,z\nAnne,ann@x.com,,60601\n'), columns);
    expect(usual.plan?.decisions.prefer).toBeUndefined();
    expect(usual.counts?.people).toMatchObject({ changed: 0 });
    const other = await preview(ctx, aFile('n,e,p,z\nAnne,ann@x.com,,60601\n'), list(columns.mapping.columns, 'another till'));
    expect(other.plan?.decisions.prefer).toBeUndefined();
  });
});

describe('people without an id, in fewer columns', () => {
  it('a name alone is known again by its row: no doubles', async () => {
    const ctx = aCtx();
    const columns = list({ fullName: [0], note: [1] });
    const csv = 'name,note\nAnn Lee,likes red\nBob Ruiz,\n';
    await importFile(ctx, aFile(csv), columns);
    expect((await importFile(ctx, aFile(csv), columns)).counts?.people).toEqual({ new: 0, changed: 0, same: 2 });
  });

  it('one cell for number or e-mail, and a second phone where the first is blank or unreadable', async () => {
    const ctx = aCtx();
    const rows = [
      'Ann Lee,ann@x.com,,',
      'Bob Ruiz,(212) 555-0101,,',
      '"Ruiz, Cleo",cleo@x.com / 212-555-0102,,',
      'Dan Fox,,,212-555-0103',
      'Eve Fox,,ask at home,212-555-0104',
      'Fay Fox,nothing useful,,',
    ];
    const r = await importFile(
      ctx,
      aFile(`name,contacts,phone,other\n${rows.join('\n')}\n`),
      list({ fullName: [0], contact: [1], phone: [2], phone2: [3] }),
    );
    expect(
      people(ctx)
        .map((p) => [p['first_name'], p['last_name'], p['email'], p['phone']])
        .sort(),
    ).toEqual([
      ['Ann', 'Lee', 'ann@x.com', null],
      ['Bob', 'Ruiz', null, '+12125550101'],
      ['Cleo', 'Ruiz', 'cleo@x.com', '+12125550102'],
      ['Dan', 'Fox', null, '+12125550103'],
      ['Eve', 'Fox', null, '+12125550104'],
      ['Fay', 'Fox', null, null],
    ]);
    expect(r.counts?.notesBy).toEqual({ 'bad-phone': 1 });
  });
});
