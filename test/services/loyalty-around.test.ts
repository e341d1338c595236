import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitingLinks } from '@db/queries/links';
import { addDays } from '@domain/calendar';
import type { Cents, CustomerId, ImportId } from '@domain/kernel';
import { findAtCounter } from '@services/counter/find';
import { nowInFront } from '@services/counter/in-front';
import { deskLog, undoAtCounter } from '@services/counter/log';
import { personTimeline } from '@services/customers/list';
import { adjust, giveReward, joinLoyalty, loyaltyCard, punch } from '@services/loyalty/counter';
import { programmeView, switchOff } from '@services/loyalty/programme';
import { liabilityReport } from '@services/loyalty/report';
import { pointsWords } from '@services/loyalty/words';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { exportPerson } from '@services/privacy/export-person';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareCustomers, squareItems, undo } from '../support/imports';
import { aLoyaltyShop } from '../support/loyalty-shop';
import { refused } from '../support/refusal';
import { clerk, owner } from '../support/test-ctx';

const none = { amount: null, count: 1, receiptNo: null };
const rows = (s: ReturnType<typeof aLoyaltyShop>, table: string) => s.ctx.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

describe('a shop that never switched rewards on', () => {
  it('collects nothing, says nothing at the counter or in texts, and makes nobody wait', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    s.sell({ no: 'S1', who: ana, day: s.today(), net: 2000 });
    expect(await s.keep()).toBe(0);
    nowInFront(s.ctx, clerk, [ana]);
    expect(loyaltyCard(s.ctx, clerk, ana)).toBeNull();
    expect(refused(() => joinLoyalty(s.ctx, clerk, ana)).code).toBe('loyalty.off');
    expect(refused(() => punch(s.ctx, clerk, { ...none, customerId: ana })).code).toBe('loyalty.off');
    expect(refused(() => adjust(s.ctx, owner, { customerId: ana, points: 5, reason: 'x' })).code).toBe('loyalty.off');
    expect(pointsWords(s.ctx, 'en')).toBeNull();
    expect(programmeView(s.ctx)).toMatchObject({ state: 'never', members: 0 });
    expect(['points_entry', 'points_account', 'loyalty_todo', 'loyalty_walk'].map((t) => rows(s, t))).toEqual([0, 0, 0, 0]);
  });
});

describe('at the counter', () => {
  it('a purchase the file has brought already is not noted once more, and nothing of the try is left', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    s.on({ kind: 'points', rewards: [{ offerId: s.offer(), cost: 200 }] });
    s.sell({ no: 'S1', who: ana, day: s.today(), net: 2000, receiptNo: '77' });
    await s.keep();
    nowInFront(s.ctx, clerk, [ana]);
    const again = { customerId: ana, amount: 2000 as Cents, count: 1, receiptNo: '77' };
    expect(refused(() => punch(s.ctx, clerk, again)).code).toBe('loyalty.sale-counted');
    expect(refused(() => punch(s.ctx, clerk, { ...again, receiptNo: null })).code).toBe('loyalty.sale-counted');
    expect([s.account(ana), s.booked(ana), rows(s, 'loyalty_note'), rows(s, 'receipt_link')]).toEqual([20, 20, 0, 0]);
    expect(s.ctx.journalled.filter((j) => j.kind === 'loyalty' && 'note' in j.row)).toEqual([]);
  });

  it('a punch that is taken back is not looked for in the files any more', () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    s.on({});
    nowInFront(s.ctx, clerk, [ana]);
    punch(s.ctx, clerk, { ...none, customerId: ana, receiptNo: '77' });
    expect(waitingLinks(s.ctx.db, 0, 9).map((l) => l.receiptNo)).toEqual(['77']);
    undoAtCounter(s.ctx, clerk, deskLog(s.ctx, clerk).find((e) => e.what === 'punch')?.id ?? 0);
    expect(waitingLinks(s.ctx.db, 0, 9)).toEqual([]);
    expect(s.account(ana)).toBe(0);
    // and the number may be typed for whom it belongs to
    const bo = s.person('Bo');
    nowInFront(s.ctx, clerk, [bo]);
    expect(punch(s.ctx, clerk, { ...none, customerId: bo, receiptNo: '77' }).have).toBe(1);
  });

  it('whoever asked for a card is a member: offers for members are theirs, and nobody else’s', () => {
    const s = aLoyaltyShop();
    const [ana, bo] = [s.person('Ana'), s.person('Bo')];
    s.on({ joining: 'asked' });
    saveOffer(s.ctx, owner, {
      id: null,
      name: 'For members',
      kind: 'percent',
      percent: 20,
      codeMode: 'shared',
      sharedCode: 'OURS20',
      validDays: 30,
      membersOnly: true,
    });
    const shown = (name: string) => findAtCounter(s.ctx, clerk, name, true).people[0]?.offers.map((o) => o.code);
    expect([shown('Ana'), shown('Bo')]).toEqual([[], []]);
    nowInFront(s.ctx, clerk, [ana]);
    joinLoyalty(s.ctx, clerk, ana);
    expect([shown('Ana'), shown('Bo')]).toEqual([['OURS20'], []]);
    expect(redeem(s.ctx, clerk, { code: 'OURS20', how: 'person', customerId: ana }).redemption.customerId).toBe(ana);
    expect(refused(() => redeem(s.ctx, clerk, { code: 'OURS20', how: 'person', customerId: bo })).code).toBe('offer.members-only');
    // whoever is given something by hand has a card from then on
    adjust(s.ctx, owner, { customerId: bo, points: 1, reason: 'Card from before' });
    expect(loyaltyCard(s.ctx, owner, bo)).toMatchObject({ collects: true, have: 1 });
    expect(shown('Bo')).toEqual(['OURS20']);
  });
});

describe('what is told of somebody', () => {
  it('their timeline says what happened to their card, each with its reason, purchases left out; their file holds every punch and reward', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    const offerId = s.on({ rewards: [{ offerId: s.offer(), cost: 2 }], joining: 'asked' });
    nowInFront(s.ctx, clerk, [ana]);
    joinLoyalty(s.ctx, clerk, ana);
    punch(s.ctx, clerk, { ...none, customerId: ana });
    adjust(s.ctx, owner, { customerId: ana, points: 3, reason: 'A thank-you' });
    giveReward(s.ctx, clerk, { customerId: ana, offerId });
    s.sell({ no: 'S1', who: ana, day: addDays(s.today(), 1), net: 2000 });
    s.pass(1);
    await s.keep();
    expect(s.account(ana)).toBe(3);
    const told = personTimeline(s.ctx, ana, { offset: 0, limit: 50 }).entries.filter((e) => e.kind === 'points');
    expect(told.map((e) => (e.kind === 'points' ? [e.what, e.points, e.reason] : [])).sort()).toEqual([
      ['adjust', 3, 'A thank-you'],
      ['spend', -2, ''],
    ]);
    const made = exportPerson(s.ctx, owner, { id: ana, folder: mkdtempSync(join(tmpdir(), 'regulars-card-')) });
    const all = JSON.parse(readFileSync(join(made.folder, 'everything.json'), 'utf8')) as Record<
      string,
      { reason?: string; points?: number }[]
    >;
    expect(['rewards-card', 'rewards-typed', 'rewards-given', 'points'].map((p) => all[p]?.length)).toEqual([1, 2, 1, 4]);
    expect(all['rewards-typed']?.map((n) => n.reason)).toContain('A thank-you');
    expect(all['points']?.reduce((n, e) => n + (e.points ?? 0), 0)).toBe(3);
  });

  it('once the last day has passed nothing is owed, and the report says so', async () => {
    const s = aLoyaltyShop({ settings: { money: { marginPercent: 50 } } });
    const ana = s.person('Ana');
    s.on({ rewards: [{ offerId: s.offer(), cost: 1 }] });
    s.sell({ no: 'S1', who: ana, day: s.today(), net: 2000 });
    await s.keep();
    s.pass(1);
    switchOff(s.ctx, owner, addDays(s.today(), 5));
    await s.keep();
    expect(await liabilityReport(s.ctx)).toMatchObject({ points: 1, ready: 1, readyCost: 1000, ended: null });
    s.pass(6);
    expect(await liabilityReport(s.ctx)).toMatchObject({ points: 1, ready: 0, readyCost: 0, pointsCost: 0, ended: addDays(s.today(), -1) });
  });
});

describe('files that come late, out of order, or are taken back', () => {
  const file = (day: string, id: string, net: string, event = 'Payment') =>
    squareItems([
      {
        Date: day,
        'Transaction ID': id,
        'Payment ID': `p${id}`,
        'Customer ID': 'CUST1',
        'Customer Name': 'Ana Ames',
        'Net Sales': net,
        'Gross Sales': net,
        'Event Type': event,
        ...(event === 'Refund' ? { Qty: '-1.0', Tax: '$0.00' } : {}),
      },
    ]);

  it('come to the same account in any order, and each file takes back exactly what it gave', async () => {
    const files = [
      file('2026-11-10', 'A', '$120.00'),
      file('2026-11-12', 'B', '$80.00'),
      file('2026-11-13', 'C', '-$120.00', 'Refund'),
      file('2026-11-14', 'D', '$33.00'),
    ];
    const play = async (order: readonly number[]) => {
      const s = aLoyaltyShop();
      s.on({ kind: 'points', rewards: [{ offerId: s.offer(), cost: 200 }] }, { history: { since: addDays(s.today(), -365), most: null } });
      // the first purchase is from before, the others are not
      s.ctx.db.prepare("UPDATE loyalty_version SET from_day = '2026-11-12'").run();
      await importFile(
        s.ctx,
        aFile(squareCustomers([{ 'First Name': 'Ana', 'Phone Number': '(212) 555-0147', 'Square Customer ID': 'CUST1' }])),
      );
      const ids = new Map<number, ImportId>();
      for (const n of order) {
        ids.set(n, (await importFile(s.ctx, aFile(files[n] as string))).id as ImportId);
        await s.keep();
      }
      const ana = s.ctx.db
        .prepare("SELECT customer_id FROM customer_identity WHERE source_customer_id = 'CUST1'")
        .pluck()
        .get() as CustomerId;
      return { s, ids, ana };
    };
    const one = await play([0, 1, 2, 3]);
    expect([one.s.account(one.ana), one.s.booked(one.ana), one.s.naive(one.ana)]).toEqual([113, 113, 113]);
    const other = await play([2, 3, 1, 0]);
    expect([other.s.account(other.ana), other.s.booked(other.ana)]).toEqual([113, 113]);
    // the refund's file is taken back: what it took is there again
    await undo(other.s.ctx, other.ids.get(2) as ImportId);
    await other.s.keep();
    expect([other.s.account(other.ana), other.s.booked(other.ana)]).toEqual([233, 233]);
  });
});
