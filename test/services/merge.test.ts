import { MOVES } from '@db/queries/merges';
import type { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { recordStop, withConsent } from '@services/consent/index';
import { getPerson } from '@services/customers/customers';
import { personTimeline } from '@services/customers/list';
import { mergePeople, pastMerges, unmergePeople } from '@services/customers/merge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile, dump, importFile, squareCustomers, squareItems, undo } from '../support/imports';
import { aShopOf, type RecordSpec } from '../support/merging';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const spec: fc.Arbitrary<RecordSpec> = fc.record({
  firstName: fc.constantFrom('', 'Ann', 'Anna', 'Bob'),
  lastName: fc.constantFrom('', 'Lee', 'Leigh'),
  phone: fc.constantFrom(null, '+12125550101', '+12125550102'),
  email: fc.constantFrom(null, 'a@x.com', 'b@x.com'),
  birthday: fc.constantFrom(null, '1980-02-03', '--02-03'),
  note: fc.constantFrom('', 'size 8', 'no wool'),
  tags: fc.uniqueArray(fc.constantFrom('vip', 'shoes', 'staff'), { maxLength: 2 }),
  sales: fc.nat(3),
  notes: fc.nat(2),
  codes: fc.nat(2),
  texts: fc.nat(2),
  replies: fc.nat(2),
  campaigns: fc.array(fc.constantFrom(1, 2, 3), { maxLength: 3 }),
  links: fc.nat(1),
});
const plain: RecordSpec = {
  firstName: 'Ann',
  lastName: 'Lee',
  phone: null,
  email: null,
  birthday: null,
  note: '',
  tags: [],
  sales: 0,
  notes: 0,
  codes: 0,
  texts: 0,
  replies: 0,
  campaigns: [],
  links: 0,
};
const count = (ctx: TestCtx, table: string, id: number) =>
  ctx.db.raw.prepare(`SELECT count(*) FROM ${table} WHERE customer_id = ?`).pluck().get(id) as number;
const code = (fn: () => unknown): string => {
  try {
    fn();
    return '';
  } catch (e) {
    return (e as AppError).code;
  }
};

describe('two records become one person', () => {
  it('everything of both belongs to one, nothing is lost, and undo restores the file exactly', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 2, maxLength: 4 }), fc.boolean(), fc.constantFrom('a', 'b'), (people, swap, take) => {
        const ctx = aCtx();
        const ids = aShopOf(ctx.db, people);
        const before = dump(ctx.db);
        const [a, b] = swap ? [ids[1], ids[0]] : [ids[0], ids[1]];
        const totals = MOVES.filter((m) => m.column === 'customer_id').map(
          (m) => [m.table, count(ctx, m.table, 1) + count(ctx, m.table, 2)] as const,
        );
        const { mergeId, id } = mergePeople(ctx, owner, {
          a: a as CustomerId,
          b: b as CustomerId,
          take: { phone: take as 'a', email: take as 'b' },
        });
        for (const [table, n] of totals) expect(count(ctx, table, id), table).toBe(n);
        expect(ctx.db.raw.prepare('SELECT count(*) FROM customer').pluck().get()).toBe(people.length - 1);
        const person = getPerson(ctx, id);
        expect(person.customer.visits).toBe(
          new Set(ctx.db.raw.prepare('SELECT shop_day FROM sale WHERE customer_id = ?').pluck().all(id)).size,
        );
        expect(new Set(person.customer.tags)).toEqual(new Set([...(people[0]?.tags ?? []), ...(people[1]?.tags ?? [])]));
        expect(ctx.db.raw.pragma('foreign_key_check')).toEqual([]);
        const back = unmergePeople(ctx, owner, mergeId);
        expect(back).toMatchObject({ since: {}, edited: [] });
        expect(dump(ctx.db)).toBe(before);
        expect(code(() => unmergePeople(ctx, owner, mergeId))).toBe('customer.merge-not-found');
      }),
      { numRuns: 60 },
    );
  });

  it('three into one and back, newest first; an older one is refused while a newer one builds on it', () => {
    fc.assert(
      fc.property(fc.array(spec, { minLength: 3, maxLength: 3 }), fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (people, order) => {
        const ctx = aCtx();
        const ids = aShopOf(ctx.db, people);
        const before = dump(ctx.db);
        const [x, y, z] = order.map((i) => ids[i] as CustomerId) as [CustomerId, CustomerId, CustomerId];
        const first = mergePeople(ctx, owner, { a: x, b: y, take: {} });
        const second = mergePeople(ctx, owner, { a: first.id, b: z, take: {} });
        expect(code(() => unmergePeople(ctx, owner, first.mergeId))).toBe('customer.merge-built-on');
        expect(pastMerges(ctx, { offset: 0, limit: 9 }).rows.map((m) => m.id)).toEqual([second.mergeId, first.mergeId]);
        unmergePeople(ctx, owner, second.mergeId);
        unmergePeople(ctx, owner, first.mergeId);
        expect(dump(ctx.db)).toBe(before);
      }),
      { numRuns: 30 },
    );
  });

  it('what came since stays with the one that was kept and is told; what somebody typed since is theirs', () => {
    const ctx = aCtx();
    aShopOf(ctx.db, [
      { ...plain, phone: '+12125550101', sales: 1 },
      { ...plain, email: 'ann@x.com', sales: 1 },
    ]);
    const { mergeId, id } = mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    expect(id).toBe(2);
    ctx.db.raw.prepare("INSERT INTO visit_note (customer_id, at, note) VALUES (2, 1, 'new shoes')").run();
    ctx.db.raw.prepare("UPDATE customer SET phone = '+12125550199' WHERE id = 2").run();
    const back = unmergePeople(ctx, owner, mergeId);
    expect(back).toEqual({ kept: 2, gone: 1, since: { visit_note: 1 }, edited: ['phone'] });
    const rows = ctx.db.raw.prepare('SELECT id, phone, email FROM customer ORDER BY id').all();
    expect(rows).toEqual([
      { id: 1, phone: '+12125550101', email: null },
      { id: 2, phone: '+12125550199', email: 'ann@x.com' },
    ]);
  });

  it('the id that went is not given to somebody new; were it taken all the same, undo finds another', () => {
    const ctx = aCtx();
    aShopOf(ctx.db, [{ ...plain, sales: 2 }, plain]);
    const { mergeId } = mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    const fresh = ctx.db.raw.prepare('INSERT INTO customer (created_at, updated_at) VALUES (0, 0)').run().lastInsertRowid;
    expect(fresh).toBe(3);
    ctx.db.raw.prepare('INSERT INTO customer (id, created_at, updated_at) VALUES (1, 0, 0)').run();
    const { gone } = unmergePeople(ctx, owner, mergeId);
    expect(gone).toBe(4);
    expect(count(ctx, 'sale', 4)).toBe(2);
  });

  it('a text still on its way to the number that is let go refuses the merge; one to the number that stays does not', () => {
    const ctx = aCtx();
    aShopOf(ctx.db, [
      { ...plain, phone: '+12125550101' },
      { ...plain, phone: '+12125550102' },
    ]);
    ctx.db.raw
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, created_at, updated_at)
         VALUES ('campaign', '1', 'sms', '+12125550101', 1, 'marketing', 10, 'waiting', 'b', 1, 0, 0, 0)`,
      )
      .run();
    const before = dump(ctx.db);
    const merge = (phone: 'a' | 'b') => mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: { phone } });
    expect(code(() => merge('b'))).toBe('customer.merge-texting');
    expect(dump(ctx.db)).toBe(before);
    const { mergeId } = merge('a');
    unmergePeople(ctx, owner, mergeId);
    expect(dump(ctx.db)).toBe(before);
  });

  it('drawn for one campaign twice: the text counts, and the comparison uses neither', () => {
    const ctx = aCtx();
    aShopOf(ctx.db, [
      { ...plain, campaigns: [1] },
      { ...plain, campaigns: [1] },
    ]);
    ctx.db.raw.prepare("UPDATE campaign_person SET arm = CASE customer_id WHEN 1 THEN 'text' ELSE 'control' END").run();
    mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    expect(ctx.db.raw.prepare('SELECT customer_id, arm, till_fixed FROM campaign_person').all()).toEqual([
      { customer_id: 2, arm: 'text', till_fixed: 0 },
    ]);
  });
});

describe('permission belongs to numbers', () => {
  it('a stop on either number stays a stop, before and after undo', () => {
    const ctx = aCtx();
    aShopOf(ctx.db, [
      { ...plain, phone: '+12125550101' },
      { ...plain, phone: '+12125550102', sales: 3 },
    ]);
    withConsent(ctx, (trx) => {
      recordStop(ctx, trx, { phone: '+12125550101' as PhoneE164, method: 'reply', reason: 'STOP', carrierStop: true, occurredAt: NOON });
    });
    const ledger = () => JSON.stringify(ctx.db.raw.prepare('SELECT * FROM consent_event').all());
    const states = () => ctx.db.raw.prepare('SELECT state FROM consent_state WHERE purpose = ?').pluck().all('marketing');
    const was = ledger();
    const { mergeId, id } = mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: { phone: 'b' } });
    expect([ledger(), states()]).toEqual([was, ['out']]);
    // the stop of the number that was let go is still on their timeline
    expect(personTimeline(ctx, id, { offset: 0, limit: 50 }).entries.some((e) => e.kind === 'consent' && e.event === 'stopped')).toBe(true);
    expect(getPerson(ctx, id).alsoKnownBy).toEqual([{ kind: 'phone', value: '+12125550101' }]);
    unmergePeople(ctx, owner, mergeId);
    expect([ledger(), states()]).toEqual([was, ['out']]);
    expect(getPerson(ctx, 1 as CustomerId).permission.whyNot).toBe('carrier-stop');
  });
});

describe('imports and merges', () => {
  const ann = { 'Square Customer ID': 'C1', 'First Name': 'Ann', 'Last Name': 'Lee', 'Phone Number': '+12125550101' };
  const anna = { 'Square Customer ID': 'C2', 'First Name': 'Anna', 'Last Name': 'Lee', 'Email Address': 'anna@x.com' };
  const list = () => aFile(squareCustomers([ann, anna]));
  const sale = (id: string, customer: string) => ({ 'Transaction ID': id, 'Customer ID': customer });

  it('re-imports after a merge find the person by both till ids and change nothing', async () => {
    const ctx = aCtx();
    await importFile(ctx, list());
    await importFile(ctx, aFile(squareItems([sale('T1', 'C1'), sale('T2', 'C2')])));
    mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    const merged = dump(ctx.db);
    const again = await importFile(ctx, list());
    expect(again.counts?.people).toMatchObject({ new: 0, changed: 0 });
    expect(dump(ctx.db)).toBe(merged);
    await importFile(ctx, aFile(squareItems([sale('T3', 'C1'), sale('T4', 'C2')])));
    expect(ctx.db.raw.prepare('SELECT DISTINCT customer_id FROM sale').pluck().all()).toEqual([2]);
  });

  it('a list without ids finds the person under the e-mail that was not chosen', async () => {
    const ctx = aCtx();
    const mapping = { kind: 'customers' as const, till: 'old list', columns: { firstName: [0], email: [1] } };
    const file = () => aFile('name,mail\nAnn,ann@x.com\nAnn,lee@x.com\n');
    await importFile(ctx, file(), { mapping });
    mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    const merged = dump(ctx.db);
    const again = await importFile(ctx, file(), { mapping });
    expect(again.counts?.people).toEqual({ new: 0, changed: 0, same: 1 });
    expect(dump(ctx.db)).toBe(merged);
  });

  it('import, merge, undo of the merge, undo of the import: the file is as before', async () => {
    const ctx = aCtx();
    aShopOf(ctx.db, [{ ...plain, phone: '+12125550177', sales: 1 }]);
    const before = dump(ctx.db);
    const brought = await importFile(ctx, list());
    const { mergeId } = mergePeople(ctx, owner, { a: 1 as CustomerId, b: 3 as CustomerId, take: {} });
    unmergePeople(ctx, owner, mergeId);
    expect((await undo(ctx, brought.id)).counts?.keptTotal).toBe(0);
    expect(dump(ctx.db)).toBe(before);
  });

  it('import, merge, undo of the import, undo of the merge: nothing of the import is left, nothing of before is lost', async () => {
    const ctx = aCtx();
    aShopOf(ctx.db, [{ ...plain, firstName: 'Anna', email: 'anna@x.com', phone: '+12125550177', sales: 1 }]);
    const before = dump(ctx.db);
    const brought = await importFile(ctx, aFile(squareCustomers([ann])));
    const items = await importFile(ctx, aFile(squareItems([sale('T9', 'C1')])));
    const { mergeId, id } = mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    const undone = await undo(ctx, brought.id);
    expect(undone.counts?.kept).toEqual([{ what: 'person', id, why: 'merged' }]);
    await undo(ctx, items.id);
    unmergePeople(ctx, owner, mergeId);
    // the survivor carries the newer id: whoever was there before has everything of before
    const left = ctx.db.raw.prepare('SELECT id, first_name, email, phone FROM customer ORDER BY id').all();
    expect(left).toContainEqual({ id: 1, first_name: 'Anna', email: 'anna@x.com', phone: '+12125550177' });
    expect(ctx.db.raw.prepare('SELECT customer_id FROM sale').pluck().all()).toEqual([1]);
    expect(before).toContain('anna@x.com');
  });

  it('merge, import, undo of the merge: sales that came under either till id are with the one that was kept, and told', async () => {
    const ctx = aCtx();
    await importFile(ctx, list());
    const { mergeId, id } = mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    const later = await importFile(ctx, aFile(squareItems([sale('T1', 'C1'), sale('T2', 'C2')])));
    expect(unmergePeople(ctx, owner, mergeId)).toMatchObject({ kept: id, gone: 1, since: { sale: 2 } });
    expect((await undo(ctx, later.id)).counts?.keptTotal).toBe(0);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(0);
  });

  it('a preview made before a merge is out of date: nothing is written to somebody who is gone', async () => {
    const ctx = aCtx();
    await importFile(ctx, list());
    const { previewImport } = await import('@services/imports/preview');
    const { commitImport } = await import('@services/imports/commit');
    const { id, task } = previewImport(ctx, owner, { path: aFile(squareItems([sale('T1', 'C1')])) });
    await ctx.tasks.finished(task);
    mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    expect(code(() => commitImport(ctx, owner, { id }))).toBe('import.shop-changed');
  });
});

describe('imports, merges and their undoing in any order', () => {
  const LISTS = [
    [
      { 'Square Customer ID': 'C1', 'First Name': 'Ann', 'Last Name': 'Lee', 'Phone Number': '+12125550101', Birthday: '1980-02-03' },
      { 'Square Customer ID': 'C2', 'First Name': 'Anna', 'Last Name': 'Lee', 'Email Address': 'anna@x.com' },
    ],
    [
      {
        'Square Customer ID': 'C2',
        'First Name': 'Anna',
        'Last Name': 'Leigh',
        'Email Address': 'anna@x.com',
        'Phone Number': '+12125550102',
      },
      { 'Square Customer ID': 'C3', 'First Name': 'Ann', 'Email Address': 'ann@x.com', Memo: 'likes red' },
    ],
  ];
  const SALES = [
    [
      { 'Transaction ID': 'T1', 'Customer ID': 'C1' },
      { 'Transaction ID': 'T2', 'Customer ID': 'C2', Date: '2026-11-11' },
    ],
    [
      { 'Transaction ID': 'T2', 'Customer ID': 'C2', Date: '2026-11-11' },
      { 'Transaction ID': 'T3', 'Customer ID': 'C3', Date: '2026-11-12' },
    ],
  ];
  type Step = { do: 'list' | 'sales' | 'merge' | 'unmerge' | 'undo'; n: number };
  const step: fc.Arbitrary<Step> = fc.record({ do: fc.constantFrom('list', 'sales', 'merge', 'merge', 'unmerge', 'undo'), n: fc.nat(7) });
  /** A receipt an import gave to somebody else while its owner was merged, with the merge undone first. */
  const GIVEN_AWAY: Step[] = [
    { do: 'list', n: 1 },
    { do: 'list', n: 0 },
    { do: 'merge', n: 0 },
    { do: 'sales', n: 0 },
  ];
  const FINE = ['', 'customer.merge-built-on', 'customer.merge-not-found', 'import.not-undoable'];

  it('never tears anything: no row points at nobody, figures fit the sales, and with everything undone nothing is left but what was kept', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9 }), async (steps) => {
        const ctx = aCtx();
        aShopOf(ctx.db, [{ ...plain, firstName: 'Ann', phone: '+12125550101', sales: 1, notes: 1 }]);
        const start = dump(ctx.db);
        const imports: Parameters<typeof undo>[1][] = [];
        const merges: number[] = [];
        const kept: number[] = [];
        const unmerge = (mergeId: number) => code(() => unmergePeople(ctx, owner, mergeId));
        const takeBack = async (id: (typeof imports)[number]) => {
          try {
            kept.push((await undo(ctx, id)).counts?.keptTotal ?? 0);
            return '';
          } catch (e) {
            return (e as AppError).code;
          }
        };
        for (const s of steps) {
          const ids = ctx.db.raw.prepare('SELECT id FROM customer ORDER BY id').pluck().all() as CustomerId[];
          const [a, b] = [ids[s.n % ids.length], ids[(s.n + 1) % ids.length]];
          if (s.do === 'list') imports.push((await importFile(ctx, aFile(squareCustomers(LISTS[s.n % 2] ?? [])))).id);
          else if (s.do === 'sales') imports.push((await importFile(ctx, aFile(squareItems(SALES[s.n % 2] ?? [])))).id);
          else if (s.do === 'merge' && a !== undefined && b !== undefined && a !== b)
            merges.push(mergePeople(ctx, owner, { a, b, take: s.n % 2 ? { phone: 'b', email: 'b' } : {} }).mergeId);
          else if (s.do === 'unmerge' && merges.length) expect(FINE).toContain(unmerge(merges[s.n % merges.length] as number));
          else if (s.do === 'undo' && imports.length) expect(FINE).toContain(await takeBack(imports[s.n % imports.length] as never));
          expect(ctx.db.raw.pragma('foreign_key_check')).toEqual([]);
          const wrong = ctx.db.raw
            .prepare(
              'SELECT count(*) FROM customer c WHERE visits <> (SELECT count(DISTINCT shop_day) FROM sale s WHERE s.customer_id = c.id)',
            )
            .pluck()
            .get();
          expect(wrong).toBe(0);
        }
        for (const m of [...merges].reverse()) expect(FINE).toContain(unmerge(m));
        for (const id of [...imports].reverse()) expect(FINE).toContain(await takeBack(id));
        expect(ctx.db.raw.pragma('foreign_key_check')).toEqual([]);
        // whoever was there before has everything of before
        expect(ctx.db.raw.prepare('SELECT count(*) FROM sale WHERE import_id = 1 AND customer_id = 1').pluck().get()).toBe(1);
        expect(ctx.db.raw.prepare('SELECT count(*) FROM visit_note WHERE customer_id = 1').pluck().get()).toBe(1);
        if (kept.every((n) => n === 0)) expect(dump(ctx.db)).toBe(start);
      }),
      { numRuns: 25, examples: [[GIVEN_AWAY]] },
    );
  }, 120_000);
});
