import { creditBehind, creditTodo } from '@db/queries/credit-todo';
import { type CustomerId, DAY, HOUR, type UtcMs } from '@domain/kernel';
import { creditsUpToDate } from '@services/attribution/recompute';
import { linksOf, linkTodo } from '@services/links/candidates';
import { confirmLink, dropNote, lookAtReceipt, markGift, undoLink } from '@services/links/links';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, squareCustomers, squareItems, undo } from '../support/imports';
import { aPerson, file, history, item, note, type Row, saleId, stats, theirs } from '../support/links';
import { refusal } from '../support/refusal';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

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
      await creditsUpToDate(ctx);
      const linkId = note(ctx, ana, no);
      expect(creditBehind(ctx.db)).toBe(false);
      confirmLink(ctx, clerk, { linkId, saleId: saleId(ctx, no) });
      expect(creditTodo(ctx.db, 'person', 9)).toContain(ana);
      await creditsUpToDate(ctx);
      undoLink(ctx, clerk, linkId);
      expect(creditTodo(ctx.db, 'person', 9)).toContain(ana);
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
