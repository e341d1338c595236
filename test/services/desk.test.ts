import { dispatch } from '@backend/dispatch';
import { insertCustomer } from '@db/queries/customers';
import { type Cents, type CustomerId, DAY, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { findAtCounter } from '@services/counter/find';
import { deskLog, undoAtCounter } from '@services/counter/log';
import { aboutPerson, addWish, changeNote, changeSize, changeWish } from '@services/counter/notes';
import { receiptOfRedemption } from '@services/counter/receipt';
import { customerAskedToStop, isHere } from '@services/counter/sign-up';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { refusal } from '../support/refusal';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

const colleague = { ...clerk, staffId: 1 as typeof clerk.staffId };

function aShop() {
  const ctx = aCtx();
  const [ana, ben] = ctx.db.tx((trx) => [
    insertCustomer(trx, { firstName: 'Ana', lastName: 'Gómez', phone: '+12125550123' as PhoneE164 }, NOON),
    insertCustomer(trx, { firstName: 'Ben', lastName: 'Ruiz', phone: '+12125550177' as PhoneE164 }, NOON),
  ]) as [CustomerId, CustomerId];
  return { ctx, ana, ben, log: () => deskLog(ctx, clerk), find: (text: string) => findAtCounter(ctx, clerk, text, true).people };
}

describe('what staff note', () => {
  it('is about the person they looked up, for half an hour; the owner about anybody', () => {
    const { ctx, ana, ben, find } = aShop();
    const every = (id: CustomerId) => [
      () => aboutPerson(ctx, clerk, id),
      () => changeNote(ctx, clerk, id, 'x'),
      () => changeSize(ctx, clerk, { customerId: id, kind: 'shoe', value: '9' }),
      () => addWish(ctx, clerk, { customerId: id, item: 'boots', size: '', under: null }),
    ];
    for (const work of every(ana)) expect(refusal(work)).toBe('counter.not-in-front');
    expect(find('gomez').map((p) => p.id)).toEqual([ana]);
    for (const work of every(ana)) work();
    for (const work of every(ben)) expect(refusal(work)).toBe('counter.not-in-front');
    expect(refusal(() => changeWish(ctx, clerk, 4711, 'dropped'))).toBe('counter.not-in-front');
    ctx.clock.set((NOON + 31 * MINUTE) as UtcMs);
    for (const work of every(ana)) expect(refusal(work)).toBe('counter.not-in-front');
    expect(aboutPerson(ctx, owner, ana)).toMatchObject({ note: 'x', sizes: [{ kind: 'shoe', value: '9' }], wishes: [{ item: 'boots' }] });
  });

  it('never reaches the audit log, which nobody can erase', async () => {
    const { ctx, ana, find } = aShop();
    find('gomez');
    for (const [channel, input] of [
      ['desk/note', { customerId: ana, note: 'secret note' }],
      ['desk/size', { customerId: ana, kind: 'Shoe ', value: 'secret 9' }],
      ['desk/wish', { customerId: ana, item: 'secret boots', size: '9', under: 12000 }],
    ] as const)
      expect((await dispatch(ctx, clerk, channel, input)).ok, channel).toBe(true);
    const audit = JSON.stringify(ctx.db.raw.prepare('SELECT * FROM audit').all());
    expect(audit).not.toContain('secret');
    expect(audit).toContain('customer.wish-added');
    expect(find('gomez')[0]).toMatchObject({
      note: 'secret note',
      sizes: [{ kind: 'shoe', value: 'secret 9' }],
      wishes: [{ item: 'secret boots', size: '9', under: 12000, state: 'open' }],
    });
  });

  it('refuses wishes without words and prices of nothing', () => {
    const { ctx, ana } = aShop();
    const wish = { customerId: ana, item: '…', size: '', under: null };
    expect(refusal(() => addWish(ctx, owner, wish))).toBe('input.invalid');
    expect(refusal(() => addWish(ctx, owner, { ...wish, item: 'boots', under: 0 as Cents }))).toBe('input.invalid');
    expect(refusal(() => changeSize(ctx, owner, { customerId: ana, kind: ' ', value: '9' }))).toBe('input.invalid');
  });

  it('is carried by a merge and given back by its undo, what was changed since included', () => {
    const { ctx, ana, ben } = aShop();
    for (const [id, value] of [
      [ana, '8'],
      [ben, '11'],
    ] as const) {
      changeSize(ctx, owner, { customerId: id, kind: 'shoe', value });
      addWish(ctx, owner, { customerId: id, item: `boots ${value}`, size: '', under: null });
    }
    changeSize(ctx, owner, { customerId: ana, kind: 'shirt', value: 'M' });
    const before = [aboutPerson(ctx, owner, ana), aboutPerson(ctx, owner, ben)];
    const { mergeId, id } = mergePeople(ctx, owner, { a: ana, b: ben, take: {} });
    const both = aboutPerson(ctx, owner, id);
    expect(both.sizes.map((s) => s.kind)).toEqual(['shirt', 'shoe']);
    expect(both.wishes.map((w) => w.item).sort()).toEqual(['boots 11', 'boots 8']);
    unmergePeople(ctx, owner, mergeId);
    expect([aboutPerson(ctx, owner, ana), aboutPerson(ctx, owner, ben)]).toEqual(before);
  });
});

describe('the last ten things done', () => {
  it('are of today, newest first, with names of people this clerk served, and each is taken back once', () => {
    const { ctx, ana, log, find } = aShop();
    saveOffer(ctx, owner, {
      id: null,
      name: 'Ten off',
      kind: 'percent',
      percent: 10,
      codeMode: 'shared',
      sharedCode: 'TENOFF',
      validDays: 9,
    });
    find('gomez');
    isHere(ctx, clerk, ana);
    changeNote(ctx, clerk, ana, 'likes brown');
    changeNote(ctx, clerk, ana, 'likes black');
    changeSize(ctx, clerk, { customerId: ana, kind: 'shoe', value: '9' });
    const wish = addWish(ctx, clerk, { customerId: ana, item: 'boots', size: '', under: null });
    changeWish(ctx, clerk, wish.id, 'fulfilled');
    redeem(ctx, clerk, { code: 'TENOFF', how: 'code', customerId: ana, amount: 4200 as Cents });
    const whats = () => log().map((e) => [e.what, e.name, e.undone, e.mayUndo]);
    expect(whats()).toEqual([
      ['redeemed', 'Ana G.', false, true],
      ['wish-done', 'Ana G.', false, true],
      ['wish', 'Ana G.', false, false], // it came true since: that is taken back first
      ['size', 'Ana G.', false, true],
      ['note', 'Ana G.', false, true],
      ['note', 'Ana G.', false, true],
      ['here', 'Ana G.', false, true],
    ]);
    expect(deskLog(ctx, colleague).map((e) => [e.name, e.amount, e.mine])).toEqual(Array(7).fill([null, null, false]));
    expect(deskLog(ctx, owner)[0]).toMatchObject({ name: 'Ana G.', by: 'Clara', amount: 4200 });
    for (const e of [...log()]) if (e.what !== 'wish' && e.what !== 'note') undoAtCounter(ctx, clerk, e.id);
    const note = log().find((e) => e.what === 'note');
    undoAtCounter(ctx, clerk, note?.id ?? 0);
    const about = aboutPerson(ctx, owner, ana);
    expect([about.note, about.sizes, about.wishes.map((w) => w.state)]).toEqual(['likes brown', [], ['open']]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM visit_note').pluck().get()).toBe(0);
    expect(refusal(() => undoAtCounter(ctx, clerk, note?.id ?? 0))).toBe('counter.not-undoable');
    expect(log()[0]?.what).toBe('undone');
  });

  it('a stop is told and never taken back; yesterday is gone, for the owner too', () => {
    const { ctx, ana, log } = aShop();
    customerAskedToStop(ctx, clerk, { customerId: ana, phone: null, reason: '' });
    const [stop] = log();
    expect(stop).toMatchObject({ what: 'stopped', mayUndo: false });
    expect(refusal(() => undoAtCounter(ctx, owner, stop?.id ?? 0))).toBe('counter.not-undoable');
    ctx.clock.set((NOON + DAY) as UtcMs);
    expect(log()).toEqual([]);
    expect(deskLog(ctx, owner)).toEqual([]);
  });

  it('shows ten', () => {
    const { ctx, ana } = aShop();
    for (let i = 0; i < 14; i++) changeNote(ctx, owner, ana, `note ${i}`);
    expect(deskLog(ctx, owner)).toHaveLength(10);
  });
});

describe('the receipt of a redemption', () => {
  it('is written down after it, the same day, while it stands', () => {
    const { ctx, ana } = aShop();
    saveOffer(ctx, owner, {
      id: null,
      name: 'Ten off',
      kind: 'percent',
      percent: 10,
      codeMode: 'shared',
      sharedCode: 'TENOFF',
      validDays: 9,
      tillKey: '  TEXT10 ',
    });
    const found = findAtCounter(ctx, clerk, 'tenoff', true).code;
    expect(found).toMatchObject({ state: 'ok', offer: { tillKey: 'TEXT10' } });
    const { redemption } = redeem(ctx, clerk, { code: 'TENOFF', how: 'code', customerId: ana });
    expect(receiptOfRedemption(ctx, clerk, { redemptionId: redemption.id, receiptNo: ' 10455 ' }).receipt).toMatchObject({
      state: 'waiting',
    });
    expect(ctx.db.raw.prepare('SELECT receipt_no FROM redemption').pluck().get()).toBe('10455');
    expect(ctx.journalled.at(-1)).toMatchObject({ kind: 'redemption', row: { receiptNo: '10455' } });
    ctx.clock.set((NOON + DAY) as UtcMs);
    expect(refusal(() => receiptOfRedemption(ctx, clerk, { redemptionId: redemption.id, receiptNo: '1' }))).toBe('counter.not-undoable');
  });
});
