import { saveSettings } from '@db/queries/settings';
import { addDays, instantOf } from '@domain/calendar';
import type { Cents, CustomerId, ShopDay, Zone } from '@domain/kernel';
import { nowInFront } from '@services/counter/in-front';
import { deskLog, undoAtCounter } from '@services/counter/log';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { adjust, giveReward, joinLoyalty, loyaltyCard, punch } from '@services/loyalty/counter';
import { previewProgramme } from '@services/loyalty/preview';
import { programmeView, switchOff } from '@services/loyalty/programme';
import { liabilityReport, listEntries, listMembers } from '@services/loyalty/report';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { isMember } from '@services/offers/terms';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLoyaltyShop } from '../support/loyalty-shop';
import { refused } from '../support/refusal';
import { clerk, owner } from '../support/test-ctx';

const none = { amount: null, count: 1, receiptNo: null };

describe('a shop with a punch card', () => {
  it('counts visits from the till file, and the tenth is a reward: a code of theirs, used like any other', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    const offerId = s.on({});
    nowInFront(s.ctx, clerk, [ana]);
    expect(loyaltyCard(s.ctx, clerk, ana)).toMatchObject({ have: 0, missing: 10, collects: true, countedToday: false });
    for (let i = 0; i < 9; i++) s.sell({ no: `S${i}`, who: ana, day: addDays(s.today(), i), net: 2000 });
    s.pass(9);
    await s.keep();
    expect(s.account(ana)).toBe(9);
    nowInFront(s.ctx, clerk, [ana]);
    expect(refused(() => giveReward(s.ctx, clerk, { customerId: ana, offerId })).code).toBe('loyalty.not-enough');
    // the tenth visit is today, and no file has it yet
    expect(punch(s.ctx, clerk, { ...none, customerId: ana, receiptNo: '1042' })).toEqual({ points: 1, have: 10 });
    expect(refused(() => punch(s.ctx, clerk, { ...none, customerId: ana })).code).toBe('loyalty.counted-today');
    expect(loyaltyCard(s.ctx, clerk, ana)).toMatchObject({ have: 10, unconfirmed: 1, countedToday: true, rewards: [{ times: 1 }] });
    const given = giveReward(s.ctx, clerk, { customerId: ana, offerId });
    expect(s.account(ana)).toBe(0);
    const used = redeem(s.ctx, clerk, { code: given.code, how: 'person', customerId: ana, amount: 4000 as Cents });
    expect(used.redemption.discount).toBe(1000);
    await s.keep();
    expect(s.account(ana)).toBe(0);
    // taken back at the counter: the code is good again, the card is as it was
    undoRedemption(s.ctx, clerk, used.redemption.id);
    await s.keep();
    expect(s.account(ana)).toBe(0);
    const line = deskLog(s.ctx, clerk).find((e) => e.what === 'reward');
    undoAtCounter(s.ctx, clerk, line?.id ?? 0);
    expect(s.account(ana)).toBe(10);
    expect(refused(() => redeem(s.ctx, clerk, { code: given.code, how: 'code' })).code).toBe('offer.code-void');
    // the sale comes: it takes the place of what was typed
    s.sell({ no: 'S9', who: ana, day: s.today(), net: 2000, receiptNo: '1042' });
    await s.keep();
    expect(s.account(ana)).toBe(10);
    expect(loyaltyCard(s.ctx, clerk, ana)).toMatchObject({ unconfirmed: 0 });
  });

  it('a code that runs out unused gives back what it cost', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    const offerId = s.on({ rewards: [{ offerId: s.offer(), cost: 1 }] });
    s.sell({ no: 'S1', who: ana, day: s.today(), net: 2000 });
    await s.keep();
    nowInFront(s.ctx, clerk, [ana]);
    giveReward(s.ctx, clerk, { customerId: ana, offerId });
    expect(s.account(ana)).toBe(0);
    s.pass(31);
    await s.keep();
    expect(s.account(ana)).toBe(1);
    expect(s.booked(ana)).toBe(1);
  });

  it('staff add a little by hand with the reason, the owner as much as needed; each is taken back from the list', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    s.on({ staffMost: 2 });
    nowInFront(s.ctx, clerk, [ana]);
    expect(refused(() => adjust(s.ctx, clerk, { customerId: ana, points: 1, reason: ' ' })).code).toBe('input.invalid');
    adjust(s.ctx, clerk, { customerId: ana, points: 2, reason: 'Card from before' });
    expect(refused(() => adjust(s.ctx, clerk, { customerId: ana, points: 1, reason: 'again' })).code).toBe('loyalty.staff-most');
    adjust(s.ctx, owner, { customerId: ana, points: 5, reason: 'A thank-you' });
    expect(s.account(ana)).toBe(7);
    const line = deskLog(s.ctx, clerk).find((e) => e.what === 'points' && e.mine);
    undoAtCounter(s.ctx, clerk, line?.id ?? 0);
    expect(s.account(ana)).toBe(5);
    expect(listEntries(s.ctx, ana, { offset: 0, limit: 9 }).rows.map((r) => r.reason)).toContain('A thank-you');
  });

  it('whoever asks for a card needs no phone, is a member, and counts from that day on', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    s.on({ joining: 'asked' });
    s.sell({ no: 'S1', who: ana, day: addDays(s.today(), -1), net: 2000 });
    s.sell({ no: 'S2', who: ana, day: s.today(), net: 2000 });
    await s.keep();
    expect([s.account(ana), isMember(s.ctx, ana)]).toEqual([0, false]);
    nowInFront(s.ctx, clerk, [ana]);
    joinLoyalty(s.ctx, clerk, ana);
    expect([s.account(ana), isMember(s.ctx, ana)]).toEqual([1, true]);
    expect(refused(() => loyaltyCard(s.ctx, clerk, 999 as CustomerId)).code).toBe('counter.not-in-front');
  });

  it('is off again: nothing more is earned, what there is may be used until the day that was said', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    const offerId = s.on({ rewards: [{ offerId: s.offer(), cost: 1 }] });
    s.sell({ no: 'S1', who: ana, day: s.today(), net: 2000 });
    await s.keep();
    s.pass(1);
    switchOff(s.ctx, owner, addDays(s.today(), 10));
    s.sell({ no: 'S2', who: ana, day: s.today(), net: 2000 });
    await s.keep();
    nowInFront(s.ctx, clerk, [ana]);
    expect(loyaltyCard(s.ctx, clerk, ana)).toMatchObject({ on: false, have: 1 });
    expect(refused(() => punch(s.ctx, clerk, { ...none, customerId: ana })).code).toBe('loyalty.off');
    s.pass(11);
    nowInFront(s.ctx, clerk, [ana]);
    expect(loyaltyCard(s.ctx, clerk, ana)).toBeNull();
    expect(refused(() => giveReward(s.ctx, clerk, { customerId: ana, offerId })).code).toBe('loyalty.off');
  });
});

describe('before it is switched on, and what is owed', () => {
  it('tells what last year would have cost and who would begin with what; switching on then is exactly that', async () => {
    const s = aLoyaltyShop({ settings: { money: { marginPercent: 50 } } });
    const people = [s.person('Ana'), s.person('Bo'), s.person('Cy')];
    people.forEach((who, p) => {
      for (let i = 0; i <= p * 6; i++) s.sell({ no: `S${p}-${i}`, who, day: addDays(s.today(), -14 * (i + 1)), net: 3000 });
    });
    const offerId = s.offer('Ten off', 1000);
    const { terms } = programmeView(s.ctx);
    const draft = { terms: { ...terms, rewards: [{ offerId, cost: 6 }] }, history: { since: addDays(s.today(), -100), most: 5 }, carry: 0 };
    const told = await previewProgramme(s.ctx, draft);
    expect(told).toMatchObject({ every: 1, people: 3, collecting: 3, begin: { people: 3, points: 11, ready: 0 } });
    // 7 visits are one reward, 13 two
    expect(told.months.reduce((n, m) => n + m.rewards, 0)).toBe(3);
    expect(told.months.reduce((n, m) => n + (m.cost ?? 0), 0)).toBe(3000);
    expect(programmeView(s.ctx)).toMatchObject({ state: 'never', members: 0 });
    s.on(draft.terms, draft);
    await s.keep();
    expect(listMembers(s.ctx, 'all', { offset: 0, limit: 9 }).rows.map((r) => r.balance)).toEqual([5, 5, 1]);
    expect(listMembers(s.ctx, 'near', { offset: 0, limit: 9 }).total).toBe(2);
    expect(await liabilityReport(s.ctx)).toMatchObject({
      people: 3,
      points: 11,
      ready: 0,
      readyCost: 0,
      pointsCost: Math.round((11 * 1000) / 6),
    });
    // whole rewards of each person, not of everybody together
    for (const who of people) adjust(s.ctx, owner, { customerId: who, points: 4, reason: 'A thank-you' });
    expect(await liabilityReport(s.ctx)).toMatchObject({ points: 23, ready: 2, readyCost: 2000, codes: { out: 0, cost: 0 } });
  });
});

describe('days', () => {
  it('are those of the shop, also when its clocks change: half past midnight is the new day, the hour before the old one', () => {
    const s = aLoyaltyShop();
    s.on({ specialDays: [{ weekdays: 0b0000001, fromDay: null, untilDay: null, percent: 200 }] });
    // Sunday 8 March 2026: clocks forward in New York; Sunday 1 November: back
    const cases: [ShopDay, number, number, number][] = [
      ['2026-03-07' as ShopDay, 23, 30, 1],
      ['2026-03-08' as ShopDay, 0, 30, 2],
      ['2026-03-08' as ShopDay, 23, 30, 2],
      ['2026-03-09' as ShopDay, 0, 30, 1],
      ['2026-11-01' as ShopDay, 0, 30, 2],
      ['2026-11-01' as ShopDay, 23, 30, 2],
      ['2026-11-02' as ShopDay, 0, 30, 1],
    ];
    s.ctx.db.prepare("UPDATE loyalty_version SET from_day = '2026-01-01'").run();
    for (const [day, hour, minute, points] of cases) {
      const who = s.person('Ana');
      const [y, m, d] = day.split('-').map(Number) as [number, number, number];
      s.ctx.clock.set(instantOf(s.ctx.settings().shop.zone, y, m, d, hour, minute));
      expect([day, hour, punch(s.ctx, owner, { ...none, customerId: who }).points]).toEqual([day, hour, points]);
    }
  });

  it('do not move with the shop: what was noted on a day stays on it when the zone is another', async () => {
    const s = aLoyaltyShop();
    const ana = s.person('Ana');
    s.on({});
    s.ctx.clock.set(instantOf(s.ctx.settings().shop.zone, 2026, 11, 20, 23, 30));
    punch(s.ctx, owner, { ...none, customerId: ana });
    saveSettings(s.ctx.db, 'shop', { ...s.ctx.settings().shop, zone: 'America/Los_Angeles' as Zone }, s.ctx.clock.now());
    s.sell({ no: 'S1', who: ana, day: '2026-11-20' as ShopDay, net: 2000 });
    await s.keep();
    expect([s.account(ana), s.booked(ana)]).toEqual([1, 1]);
  });
});

describe('merges, files taken back and brought again', () => {
  it('two records are one card, and two again', async () => {
    const s = aLoyaltyShop();
    const [a, b] = [s.person('Ana'), s.person('Ana')];
    s.on({});
    s.sell({ no: 'S1', who: a, day: s.today(), net: 2000 });
    s.sell({ no: 'S2', who: b, day: s.today(), net: 2000 });
    s.sell({ no: 'S3', who: b, day: addDays(s.today(), 1), net: 2000 });
    s.pass(1);
    await s.keep();
    expect([s.account(a), s.account(b)]).toEqual([1, 2]);
    const { mergeId, id } = mergePeople(s.ctx, owner, { a, b, take: {} });
    await s.keep();
    // the same day counts once
    expect([s.account(id), s.booked(id)]).toEqual([2, 2]);
    unmergePeople(s.ctx, owner, mergeId);
    await s.keep();
    expect([s.account(a), s.account(b), s.booked(a), s.booked(b)]).toEqual([1, 2, 1, 2]);
  });

  it('whatever happens in whatever order, the ledger, the account and a fresh reckoning agree', async () => {
    const op = fc.oneof(
      fc.record({
        do: fc.constant('sell' as const),
        no: fc.nat(7),
        who: fc.nat(2),
        back: fc.nat(20),
        net: fc.integer({ min: 500, max: 9000 }),
      }),
      fc.record({
        do: fc.constant('refund' as const),
        no: fc.nat(3),
        who: fc.nat(2),
        back: fc.nat(10),
        net: fc.integer({ min: 500, max: 9000 }),
      }),
      fc.record({
        do: fc.constant('status' as const),
        no: fc.nat(7),
        who: fc.nat(2),
        back: fc.nat(20),
        net: fc.integer({ min: 500, max: 9000 }),
      }),
      fc.record({ do: fc.constant('unsell' as const), no: fc.nat(7) }),
      fc.record({ do: fc.constant('punch' as const), who: fc.nat(2), net: fc.integer({ min: 500, max: 9000 }) }),
      fc.record({ do: fc.constant('hand' as const), who: fc.nat(2), points: fc.integer({ min: -20, max: 40 }) }),
      fc.record({ do: fc.constant('reward' as const), who: fc.nat(2) }),
      fc.record({ do: fc.constant('undo' as const) }),
      fc.record({ do: fc.constant('merge' as const), who: fc.nat(2), other: fc.nat(2) }),
      fc.record({ do: fc.constant('unmerge' as const) }),
      fc.record({ do: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 40 }) }),
      fc.record({ do: fc.constant('keep' as const) }),
      fc.record({
        do: fc.constant('terms' as const),
        kind: fc.constantFrom('visits' as const, 'items' as const, 'points' as const),
        carry: fc.nat(3),
      }),
      fc.record({ do: fc.constant('off' as const) }),
      fc.record({ do: fc.constant('zone' as const), zone: fc.constantFrom('America/New_York', 'Pacific/Honolulu', 'Europe/Madrid') }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(op, { minLength: 5, maxLength: 25 }), async (ops) => {
        const s = aLoyaltyShop();
        const offerId = s.offer();
        const people = ['Ana', 'Bo', 'Cy'].map(s.person);
        s.on({
          kind: 'points',
          rewards: [{ offerId, cost: 30 }],
          expiry: { kind: 'earned', months: 1 },
          specialDays: [{ weekdays: 0b0010100, fromDay: null, untilDay: null, percent: 200 }],
          staffMost: 1000,
        });
        const merges: number[] = [];
        const alive = (i: number): CustomerId | null => {
          const id = people[i] as CustomerId;
          return s.ctx.db.prepare('SELECT 1 FROM customer WHERE id = ?').get(id) ? id : null;
        };
        const quietly = (f: () => unknown) => {
          try {
            f();
          } catch (e) {
            if ((e as { code?: string }).code === undefined) throw e;
          }
        };
        for (const o of ops) {
          const who = 'who' in o ? alive(o.who) : null;
          const day = (back: number): ShopDay => addDays(s.today(), -back);
          if (o.do === 'sell' && who) s.sell({ no: `S${o.no}`, who, day: day(o.back), net: o.net });
          if (o.do === 'refund' && who) s.sell({ no: `R${o.no}`, who, day: day(o.back), net: o.net, kind: 'refund' });
          if (o.do === 'status' && who)
            s.sell({ no: `S${o.no}`, who, day: day(o.back), net: o.net, status: 'partially-refunded', refunded: Math.floor(o.net / 3) });
          if (o.do === 'unsell') s.unsell(`S${o.no}`);
          if (o.do === 'punch' && who) quietly(() => punch(s.ctx, owner, { ...none, customerId: who, amount: o.net as Cents }));
          if (o.do === 'hand' && who) quietly(() => adjust(s.ctx, owner, { customerId: who, points: o.points, reason: 'x' }));
          if (o.do === 'reward' && who) quietly(() => giveReward(s.ctx, owner, { customerId: who, offerId }));
          if (o.do === 'undo') {
            const line = deskLog(s.ctx, owner).find((e) => e.mayUndo);
            if (line) quietly(() => undoAtCounter(s.ctx, owner, line.id));
          }
          if (o.do === 'merge') {
            const other = alive(o.other);
            if (who && other && who !== other)
              quietly(() => merges.push(mergePeople(s.ctx, owner, { a: who, b: other, take: {} }).mergeId));
          }
          if (o.do === 'unmerge') {
            const m = merges.pop();
            if (m !== undefined) quietly(() => unmergePeople(s.ctx, owner, m));
          }
          if (o.do === 'pass') s.pass(o.days);
          if (o.do === 'keep') await s.keep();
          if (o.do === 'terms') {
            const { terms } = programmeView(s.ctx);
            s.on({ ...terms, kind: o.kind }, { carry: o.carry });
          }
          if (o.do === 'zone') saveSettings(s.ctx.db, 'shop', { ...s.ctx.settings().shop, zone: o.zone as Zone }, s.ctx.clock.now());
          if (o.do === 'off') quietly(() => switchOff(s.ctx, owner, null));
        }
        await s.keep();
        for (const id of people) {
          if (!s.ctx.db.prepare('SELECT 1 FROM customer WHERE id = ?').get(id)) continue;
          expect([s.account(id), s.booked(id)]).toEqual([s.naive(id), s.naive(id)]);
        }
        // emptied, everything derived comes back the same
        const before = s.ctx.db.prepare('SELECT * FROM points_account ORDER BY 1').all();
        s.ctx.db.prepare('DELETE FROM points_account').run();
        s.ctx.db.prepare('INSERT INTO loyalty_walk (upto) VALUES (0)').run();
        await s.keep();
        expect(s.ctx.db.prepare('SELECT * FROM points_account ORDER BY 1').all()).toEqual(before);
        expect(s.ctx.db.prepare('SELECT count(*) FROM loyalty_todo').pluck().get()).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
