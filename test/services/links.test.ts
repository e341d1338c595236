import { insertCustomer } from '@db/queries/customers';
import { creditStamp } from '@db/queries/reports';
import { AppError, type ErrorCode } from '@domain/errors';
import { type Cents, type CustomerId, DAY, HOUR, type ImportId, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { recomputeCredits } from '@services/attribution/recompute';
import { isHere } from '@services/counter/sign-up';
import { commitImport } from '@services/imports/commit';
import { candidatesOf, candidatesOfRedemption, linksOf, linkTodo } from '@services/links/candidates';
import {
  confirmLink,
  dropNote,
  lookAtReceipt,
  markGift,
  noteReceipt,
  notTheirs,
  previewLink,
  takeSale,
  undoLink,
} from '@services/links/links';
import { matchReport } from '@services/links/match-rate';
import { saveOffer } from '@services/offers/offers';
import { redeem, undoRedemption } from '@services/offers/redeem';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, preview, squareCustomers, squareItems, squareTransactions, undo } from '../support/imports';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

function refusal(fn: () => unknown): ErrorCode {
  try {
    fn();
  } catch (e) {
    if (e instanceof AppError) return e.code;
    throw e;
  }
  throw new Error('was not refused');
}

/** A person at the counter whom the till does not know. */
const aPerson = (ctx: TestCtx, firstName = 'Ana', phone = '+12125550123') =>
  ctx.db.tx((trx) => insertCustomer(trx, { firstName, lastName: 'Ruiz', phone: phone as PhoneE164 }, NOON));

interface Row {
  no: string;
  day: string;
  time?: string;
  till?: string;
  net?: string;
  item?: string;
  staff?: string;
  register?: string;
  card?: string;
}
/** A sale of Square's item file; `no` is printed on the receipt (the payment's first four characters). */
const item = (r: Row): Record<string, string> => ({
  Date: r.day,
  Time: r.time ?? '12:00:00',
  Item: r.item ?? 'Boots',
  'Net Sales': r.net ?? '$10.00',
  'Gross Sales': r.net ?? '$10.00',
  Tax: '$0.00',
  'Transaction ID': `T-${r.no}`,
  'Payment ID': `${r.no}0000AAAABBBBCCCC`,
  'Customer ID': r.till ?? '',
  'Device Name': r.register ?? '',
  Employee: r.staff ?? '',
  'PAN Suffix': r.card ?? '',
});
const file = (rows: Row[]) => aFile(squareItems(rows.map(item)));

const history: Row[] = [
  { no: 'AAAA', day: '2026-03-02', till: 'CUST1', net: '$40.00', item: 'Boots' },
  { no: 'BBBB', day: '2026-06-02', till: 'CUST1', net: '$20.00', item: 'Socks' },
  { no: 'CCCC', day: '2026-11-16', till: 'CUST1', net: '$30.00', item: 'Laces' },
  { no: 'DDDD', day: '2026-11-16', till: 'CUST2', net: '$99.00' },
  { no: 'EEEE', day: '2026-11-16', net: '$5.00' },
];
const stats = (ctx: TestCtx, id: CustomerId) =>
  ctx.db.raw.prepare('SELECT visits, spend, last_item, median_gap_days FROM customer WHERE id = ?').get(id) as Record<string, unknown>;
const theirs = (ctx: TestCtx, id: CustomerId | null) =>
  ctx.db.raw.prepare('SELECT source_sale_id FROM sale WHERE customer_id IS ? ORDER BY 1').pluck().all(id) as string[];
const saleId = (ctx: TestCtx, no: string) =>
  ctx.db.raw.prepare('SELECT id FROM sale WHERE source_sale_id = ?').pluck().get(`T-${no}`) as never;
const note = (ctx: TestCtx, id: CustomerId, no: string) => noteReceipt(ctx, clerk, { customerId: id, receiptNo: no, origin: 'here' });

describe('one receipt links a history', () => {
  it('shows what it adds before anything is done, then ties the till customer and all its sales', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const before = dump(ctx.db);
    const linkId = note(ctx, ana, ' cccc ');
    expect(lookAtReceipt(ctx, linkId, clerk).preview).toMatchObject({ sales: 3, spend: null }); // staff see no money
    const view = lookAtReceipt(ctx, linkId, owner);
    expect(view).toMatchObject({
      state: 'choose',
      receiptNo: 'cccc',
      choices: [{ receiptNo: 'CCCC', fits: true, standing: 'free', holder: null }],
    });
    expect(view.preview).toMatchObject({ sales: 3, spend: 9000, onlyThis: false });
    expect(view.preview?.newest.map((s) => s.items)).toEqual(['Laces', 'Socks', 'Boots']);
    expect(new Date(view.preview?.first ?? 0).toISOString().slice(0, 10)).toBe('2026-03-02');
    expect(theirs(ctx, ana)).toEqual([]);
    expect(confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') })).toEqual({ linkId, added: 3 });
    expect(theirs(ctx, ana)).toEqual(['T-AAAA', 'T-BBBB', 'T-CCCC']);
    expect(stats(ctx, ana)).toMatchObject({ visits: 3, spend: 9000, last_item: 'Laces' });
    expect(ctx.db.raw.prepare('SELECT customer_id, how, linked_at FROM customer_identity').all()).toEqual([
      { customer_id: ana, how: 'receipt', linked_at: NOON },
    ]);
    expect(linksOf(ctx, clerk, ana, null).linked).toMatchObject([{ linkId, receiptNo: 'cccc', sales: 3, mayUndo: true, byItself: false }]);
    expect(undoLink(ctx, clerk, linkId)).toEqual({ removed: 3 });
    expect(dump(ctx.db)).toBe(before);
    const said = ctx.db.raw.prepare("SELECT action FROM audit WHERE action LIKE 'link.%' ORDER BY id").pluck().all();
    expect(said).toEqual(['link.made', 'link.undone']);
  });

  it('finds it by the till’s own number and by a scanned payment number too', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    for (const no of ['T-CCCC', 't-cccc', '#CCCC', 'CCCC0000AAAABBBBCCCC']) {
      const linkId = note(ctx, ana, no);
      expect(
        lookAtReceipt(ctx, linkId).choices.map((c) => c.saleId),
        no,
      ).toEqual([saleId(ctx, 'CCCC')]);
    }
  });

  it('ties only the one sale when the till knows no customer behind it', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const before = dump(ctx.db);
    const linkId = note(ctx, ana, 'EEEE');
    expect(lookAtReceipt(ctx, linkId, owner).preview).toMatchObject({ sales: 1, spend: 500, onlyThis: true });
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'EEEE') });
    expect(theirs(ctx, ana)).toEqual(['T-EEEE']);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM customer_identity').pluck().get()).toBe(0);
    undoLink(ctx, clerk, linkId);
    expect(dump(ctx.db)).toBe(before);
  });

  it('credits and comparisons are counted again after a link and after its undo', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    for (const no of ['CCCC', 'EEEE']) {
      const before = creditStamp(ctx.db);
      const linkId = note(ctx, ana, no);
      expect(creditStamp(ctx.db)).toBe(before);
      confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, no) });
      const linked = creditStamp(ctx.db);
      expect(linked).not.toBe(before);
      undoLink(ctx, clerk, linkId);
      expect(creditStamp(ctx.db)).not.toBe(linked);
    }
  });

  it('undo gives back also what later files brought under that till customer', async () => {
    const later: Row[] = [{ no: 'FFFF', day: '2026-11-17', till: 'CUST1', net: '$12.00' }];
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    await importFile(ctx, file(later));
    expect(theirs(ctx, ana)).toHaveLength(4);
    expect(linksOf(ctx, owner, ana, null).linked).toMatchObject([{ sales: 4 }]);
    undoLink(ctx, owner, linkId);
    const never = aCtx();
    await importFile(never, file(history));
    aPerson(never);
    await importFile(never, file(later));
    expect(dump(ctx.db)).toBe(dump(never.db));
  });

  it('undo takes out of the record what later files brought of somebody else’s', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const record = () => ctx.db.raw.prepare('SELECT * FROM customer WHERE id = ?').get(ana);
    const before = record();
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    ctx.clock.set((NOON + HOUR) as UtcMs);
    const list = squareCustomers([
      {
        'Square Customer ID': 'CUST1',
        'First Name': 'Berta',
        'Email Address': 'berta@example.com',
        City: 'Kingston',
        'Phone Number': '2125550188',
      },
    ]);
    await importFile(ctx, aFile(list));
    expect(record()).toMatchObject({ email: 'berta@example.com' });
    undoLink(ctx, owner, linkId);
    expect(record()).toEqual(before);
    await importFile(ctx, aFile(list));
    expect(record()).toEqual(before);
    const berta = ctx.db.raw.prepare("SELECT id FROM customer WHERE first_name = 'Berta'").pluck().get() as CustomerId;
    expect(theirs(ctx, berta)).toEqual(['T-AAAA', 'T-BBBB', 'T-CCCC']);
  });

  it('a till customer that is somebody else’s is for the owner to decide; undo gives it back', async () => {
    const ctx = aCtx();
    await importFile(
      ctx,
      aFile(
        squareCustomers([{ 'Square Customer ID': 'CUST1', 'First Name': 'Berta', 'Last Name': 'Gómez', 'Phone Number': '2125550188' }]),
      ),
    );
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const before = dump(ctx.db);
    const linkId = note(ctx, ana, 'CCCC');
    expect(lookAtReceipt(ctx, linkId).preview?.sale).toMatchObject({ standing: 'other', holder: 'Berta G.' });
    const order = { linkId, saleId: saleId(ctx, 'CCCC') };
    expect(refusal(() => confirmLink(ctx, clerk, order))).toBe('link.belongs-to-other');
    expect(refusal(() => confirmLink(ctx, clerk, { ...order, takeOver: true }))).toBe('link.belongs-to-other');
    expect(refusal(() => confirmLink(ctx, owner, order))).toBe('link.belongs-to-other');
    expect((await linkTodo(ctx)).todo).toMatchObject([{ customerId: ana, kind: 'receipt', choices: 1 }]);
    expect(confirmLink(ctx, owner, { ...order, takeOver: true }).added).toBe(3);
    expect(theirs(ctx, ana)).toHaveLength(3);
    await importFile(ctx, file([{ no: 'FFFF', day: '2026-11-17', till: 'CUST1' }]));
    expect(theirs(ctx, ana)).toHaveLength(4);
    undoLink(ctx, owner, linkId);
    const never = aCtx();
    await importFile(
      never,
      aFile(
        squareCustomers([{ 'Square Customer ID': 'CUST1', 'First Name': 'Berta', 'Last Name': 'Gómez', 'Phone Number': '2125550188' }]),
      ),
    );
    await importFile(never, file(history));
    aPerson(never);
    expect(before).toBe(dump(never.db));
    await importFile(never, file([{ no: 'FFFF', day: '2026-11-17', till: 'CUST1' }]));
    expect(dump(ctx.db)).toBe(dump(never.db));
  });

  it('a profile the till made up for a card is nobody: staff may tie it', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(squareCustomers([{ 'Square Customer ID': 'CUST1', 'Instant Profile': 'Yes' }])));
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const before = dump(ctx.db);
    const linkId = note(ctx, ana, 'CCCC');
    expect(lookAtReceipt(ctx, linkId).preview).toMatchObject({ sale: { standing: 'weak', holder: null }, sales: 3 });
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    expect(theirs(ctx, ana)).toHaveLength(3);
    undoLink(ctx, clerk, linkId);
    expect(dump(ctx.db)).toBe(before);
  });

  it('the newer of two links over one till customer is undone first', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const [ana, ben] = [aPerson(ctx), aPerson(ctx, 'Ben', '+12125550199')];
    const before = dump(ctx.db);
    const first = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId: first, saleId: saleId(ctx, 'CCCC') });
    const between = dump(ctx.db);
    ctx.clock.set((NOON + HOUR) as UtcMs);
    const second = note(ctx, ben, 'BBBB');
    confirmLink(ctx, owner, { linkId: second, saleId: saleId(ctx, 'BBBB'), takeOver: true });
    expect(theirs(ctx, ben)).toHaveLength(3);
    expect(refusal(() => undoLink(ctx, owner, first))).toBe('link.newer');
    undoLink(ctx, owner, second);
    expect(dump(ctx.db)).toBe(between);
    undoLink(ctx, owner, first);
    expect(dump(ctx.db)).toBe(before);
  });

  it('staff undo the same day only', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    ctx.clock.set((NOON + DAY) as UtcMs);
    expect(refusal(() => undoLink(ctx, clerk, linkId))).toBe('link.not-undoable');
    undoLink(ctx, owner, linkId);
    expect(theirs(ctx, ana)).toEqual([]);
  });
});

describe('a number whose sale is not imported yet', () => {
  const today: Row = { no: 'GGGG', day: '2026-11-17', till: 'CUST1', net: '$12.00' };

  it('waits, and the next file ties it by itself; taking that file back makes it wait again', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'gggg');
    expect(lookAtReceipt(ctx, linkId)).toMatchObject({ state: 'waiting', choices: [] });
    const waiting = dump(ctx.db);
    const { id } = await importFile(ctx, file([today]));
    expect(theirs(ctx, ana)).toEqual(['T-AAAA', 'T-BBBB', 'T-CCCC', 'T-GGGG']);
    expect(stats(ctx, ana)).toMatchObject({ visits: 4 });
    expect(linksOf(ctx, owner, ana, null).linked).toMatchObject([{ linkId, byItself: true, sales: 4 }]);
    const undone = await undo(ctx, id);
    expect(undone.counts?.keptTotal).toBe(0);
    expect(dump(ctx.db)).toBe(waiting);
  });

  it('is asked about when it is of another day, not unique, or somebody else’s', async () => {
    const wrong: [string, Row[]][] = [
      ['another day', [{ ...today, day: '2026-11-14' }]],
      ['two sales', [today, { ...today, no: 'GGGG', day: '2026-11-16' }]],
    ];
    for (const [why, rows] of wrong) {
      const ctx = aCtx();
      const ana = aPerson(ctx);
      const linkId = note(ctx, ana, 'GGGG');
      const sheet = squareItems(rows.map(item).map((r, i) => ({ ...r, 'Transaction ID': `X${i}` })));
      await importFile(ctx, aFile(sheet));
      expect(theirs(ctx, ana), why).toEqual([]);
      expect(lookAtReceipt(ctx, linkId), why).toMatchObject({ state: 'choose' });
      expect((await linkTodo(ctx)).todo, why).toMatchObject([{ kind: 'receipt', receiptNo: 'GGGG', choices: rows.length }]);
    }
    const ctx = aCtx();
    await importFile(ctx, aFile(squareCustomers([{ 'Square Customer ID': 'CUST1', 'First Name': 'Berta', 'Phone Number': '2125550188' }])));
    const ana = aPerson(ctx);
    note(ctx, ana, 'GGGG');
    await importFile(ctx, file([today]));
    expect(theirs(ctx, ana)).toEqual([]);
  });

  it('somebody who looked at a sale and left it is not overruled by the next file', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    note(ctx, ana, 'CCCC'); // there already: shown, not confirmed
    await importFile(ctx, file([today]));
    expect(theirs(ctx, ana)).toEqual([]);
  });

  it('is dropped when it was wrong, and goes with the redemption it came with', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'GGGG');
    expect(note(ctx, ana, 'gggg')).toBe(linkId);
    dropNote(ctx, clerk, linkId);
    await importFile(ctx, file([today]));
    expect(theirs(ctx, ana)).toEqual([]);
    expect(refusal(() => lookAtReceipt(ctx, linkId))).toBe('link.not-found');
  });
});

describe('links and imports in any order', () => {
  const row = fc.record({
    no: fc.constantFrom('AAAA', 'BBBB', 'CCCC', 'DDDD'),
    till: fc.constantFrom('CUST1', 'CUST2', ''),
    day: fc.constantFrom('2026-11-10', '2026-11-16', '2026-11-17'),
  });
  const rows = fc.uniqueArray(row, { selector: (r) => r.no, minLength: 1, maxLength: 4 });
  const bare = (ctx: TestCtx) =>
    ctx.db.raw
      .prepare('SELECT s.source_sale_id AS no, c.first_name AS who FROM sale s LEFT JOIN customer c ON c.id = s.customer_id ORDER BY 1')
      .all();

  it('linking, then undoing, leaves the file as it was, whatever was imported between', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, fc.nat(), async (first, second, pick) => {
        const later = second.filter((r) => !first.some((f) => f.no === r.no));
        const [ctx, never] = [aCtx(), aCtx()];
        for (const c of [ctx, never]) {
          await importFile(c, file(first));
          aPerson(c);
        }
        const ana = 1 as CustomerId;
        const no = (first[pick % first.length] as Row).no;
        const linkId = note(ctx, ana, no);
        confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, no) });
        if (later.length) for (const c of [ctx, never]) await importFile(c, file(later));
        undoLink(ctx, owner, linkId);
        expect(dump(ctx.db)).toBe(dump(never.db));
      }),
      { numRuns: 20 },
    );
  });

  it('the same sales are theirs whether the link came before a file, after it, or between its preview and its end', async () => {
    await fc.assert(
      fc.asyncProperty(rows, rows, async (first, second) => {
        const later = second.filter((r) => !first.some((f) => f.no === r.no));
        if (!later.length) return;
        const no = (first[0] as Row).no;
        const link = (ctx: TestCtx) => confirmLink(ctx, clerk, { linkId: note(ctx, 1 as CustomerId, no), saleId: saleId(ctx, no) });
        const orders: ((ctx: TestCtx) => Promise<unknown>)[] = [
          async (ctx) => {
            link(ctx);
            await importFile(ctx, file(later));
          },
          async (ctx) => {
            await importFile(ctx, file(later));
            link(ctx);
          },
          async (ctx) => {
            const { id } = await preview(ctx, file(later));
            link(ctx);
            await ctx.tasks.finished(commitImport(ctx, owner, { id }).task);
          },
        ];
        const results: unknown[] = [];
        for (const order of orders) {
          const ctx = aCtx();
          await importFile(ctx, file(first));
          aPerson(ctx);
          await order(ctx);
          results.push([bare(ctx), stats(ctx, 1 as CustomerId)]);
        }
        expect(results[1]).toEqual(results[0]);
        expect(results[2]).toEqual(results[0]);
      }),
      { numRuns: 12 },
    );
  });

  it('a plan made before a link was undone is made again', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    const { id } = await preview(ctx, file([{ no: 'FFFF', day: '2026-11-17', till: 'CUST1' }]));
    undoLink(ctx, owner, linkId);
    expect(refusal(() => commitImport(ctx, owner, { id }))).toBe('import.shop-changed');
  });

  it('undoing the import keeps what a receipt tied, and lists it', async () => {
    const ctx = aCtx();
    const { id } = await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    const undone = await undo(ctx, id as ImportId);
    expect(undone.counts?.keptTotal).toBe(3);
    expect(new Set(undone.counts?.kept.map((k) => k.why))).toEqual(new Set(['linked']));
    expect(theirs(ctx, ana)).toEqual(['T-AAAA', 'T-BBBB', 'T-CCCC']);
    expect(theirs(ctx, null)).toEqual([]);
  });
});

describe('without a number', () => {
  const offerAndCode = (ctx: TestCtx) => {
    saveOffer(ctx, owner, {
      id: null,
      name: 'Fall',
      kind: 'percent',
      percent: 10,
      codeMode: 'shared',
      sharedCode: 'FALL10',
      validDays: 30,
    });
    return 'FALL10';
  };
  // NOON is 11:00 in New York.
  const near: Row[] = [
    { no: 'AAAA', day: '2026-11-17', time: '11:04:00', net: '$40.00', card: '1111' },
    { no: 'BBBB', day: '2026-11-17', time: '10:58:00', net: '$40.00', card: '2222' },
    { no: 'CCCC', day: '2026-11-17', time: '11:01:00', net: '$7.00' },
    { no: 'DDDD', day: '2026-11-17', time: '11:11:00', net: '$40.00' },
  ];

  it('offers sales of these ten minutes and this amount, the same card first, and never ties one by itself', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    const { redemption } = redeem(ctx, clerk, { code: offerAndCode(ctx), how: 'code', customerId: ana, amount: 4000 as Cents });
    await importFile(ctx, file(near));
    await recomputeCredits(ctx);
    expect(theirs(ctx, ana)).toEqual([]);
    const [moment] = candidatesOf(ctx, ana, '1111');
    expect(moment?.choices.map((c) => [c.receiptNo, c.sameCard])).toEqual([
      ['AAAA', true],
      ['BBBB', false],
    ]);
    expect(candidatesOfRedemption(ctx, redemption.id, null)[0]?.choices.map((c) => c.receiptNo)).toEqual(['BBBB', 'AAAA']);
    expect((await linkTodo(ctx)).todo).toMatchObject([{ customerId: ana, kind: 'redemption', choices: 2 }]);
    const before = dump(ctx.db);
    const { linkId } = takeSale(ctx, clerk, { customerId: ana, saleId: saleId(ctx, 'AAAA'), redemptionId: redemption.id });
    expect(theirs(ctx, ana)).toEqual(['T-AAAA']);
    expect(ctx.db.raw.prepare('SELECT sale_id FROM redemption').pluck().get()).toBe(saleId(ctx, 'AAAA'));
    expect(candidatesOf(ctx, ana, null)).toEqual([]);
    undoLink(ctx, clerk, linkId);
    expect(dump(ctx.db)).toBe(before);
    notTheirs(ctx, clerk, { customerId: ana, saleId: saleId(ctx, 'AAAA'), undo: false });
    expect(candidatesOf(ctx, ana, null)[0]?.choices.map((c) => c.receiptNo)).toEqual(['BBBB']);
  });

  it('asks for the minutes alone where no amount is known, also for “she’s here”; a sale of their own answers it', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    isHere(ctx, clerk, ana);
    await importFile(ctx, file(near));
    expect(candidatesOf(ctx, ana, null)[0]?.choices.map((c) => c.receiptNo)).toEqual(['CCCC', 'BBBB', 'AAAA']);
    takeSale(ctx, owner, { customerId: ana, saleId: saleId(ctx, 'CCCC'), redemptionId: null });
    expect(candidatesOf(ctx, ana, null)).toEqual([]);
  });

  it('a receipt number typed at redeem is noted with it, ties the redemption to its sale, and goes when it is taken back', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    const code = offerAndCode(ctx);
    const first = redeem(ctx, clerk, { code, how: 'code', customerId: ana, receiptNo: ' aaaa ' });
    expect(linksOf(ctx, owner, ana, null).waiting).toMatchObject([{ receiptNo: 'aaaa', state: 'waiting' }]);
    undoRedemption(ctx, clerk, first.redemption.id);
    expect(linksOf(ctx, owner, ana, null).waiting).toEqual([]);
    ctx.clock.set((NOON + MINUTE) as UtcMs);
    const again = redeem(ctx, clerk, { code, how: 'code', customerId: ana, receiptNo: 'aaaa' });
    await importFile(ctx, file(near));
    expect(theirs(ctx, ana)).toEqual(['T-AAAA']);
    expect(ctx.db.raw.prepare('SELECT sale_id FROM redemption WHERE id = ?').pluck().get(again.redemption.id)).toBe(saleId(ctx, 'AAAA'));
  });
});

describe('gifts', () => {
  it('count as spend and as a visit, not as something she has; undone by the same button', async () => {
    const ctx = aCtx();
    await importFile(ctx, file(history));
    const ana = aPerson(ctx);
    const linkId = note(ctx, ana, 'CCCC');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'CCCC') });
    const before = dump(ctx.db);
    markGift(ctx, owner, { saleId: saleId(ctx, 'CCCC'), gift: true });
    expect(stats(ctx, ana)).toMatchObject({ visits: 3, spend: 9000, last_item: 'Socks' });
    await importFile(ctx, file(history));
    expect(stats(ctx, ana)).toMatchObject({ last_item: 'Socks' });
    markGift(ctx, owner, { saleId: saleId(ctx, 'CCCC'), gift: false });
    expect(dump(ctx.db)).toBe(before);
  });
});

describe('the match rate of a shop', () => {
  it('counts by till, register and clerk over the last weeks, and follows links', async () => {
    const ctx = aCtx();
    const ana = aPerson(ctx);
    const rows = Array.from({ length: 40 }, (_, i) => ({
      no: `R${String(i).padStart(3, '0')}`,
      day: '2026-11-16',
      till: i < 30 ? `CUST${i % 2}` : '',
      staff: i % 2 ? 'Mei' : 'Tom',
      register: 'Front',
    }));
    const transactions = squareTransactions(
      rows.map((r) => ({
        Date: r.day,
        'Transaction ID': `T-${r.no}`,
        'Payment ID': `${r.no}0000`,
        'Staff Name': r.staff,
        'Device Name': r.register,
        'Customer ID': r.till,
      })),
    );
    await importFile(ctx, aFile(transactions));
    const none = await matchReport(ctx, 13);
    expect(none).toMatchObject({ sales: 40, matched: 0, lastDay: '2026-11-16' });
    expect(none.weeks).toHaveLength(13);
    expect(none.rows.find((r) => r.group === 'source')).toMatchObject({
      name: 'Square',
      sales: 40,
      matched: 0,
      advice: { kind: 'tie', named: 30 },
    });
    const linkId = note(ctx, ana, 'R000');
    confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, 'R000') });
    const some = await matchReport(ctx, 13);
    expect(some.matched).toBe(15);
    expect(some.rows.filter((r) => r.group === 'staff')).toMatchObject([
      { name: 'Mei', sales: 20, matched: 0, advice: { kind: 'ask', others: 0.75 } },
      { name: 'Tom', sales: 20, matched: 15 },
    ]);
    expect(previewLink(ctx, ana, saleId(ctx, 'R001')).sales).toBe(15);
  });

  it('an empty shop has nothing to say', async () => {
    expect(await matchReport(aCtx(), 13)).toMatchObject({ sales: 0, rows: [], lastDay: null });
  });
});
