import type { CustomerId } from '@domain/kernel';
import { duplicatePair, duplicatePairs, findDuplicates, setNotSame } from '@services/customers/duplicates';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { describe, expect, it } from 'vitest';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const add = (
  ctx: TestCtx,
  p: { first?: string; last?: string; phone?: string; email?: string; zip?: string; born?: string; visits?: number },
) =>
  Number(
    ctx.db.raw
      .prepare(
        'INSERT INTO customer (first_name, last_name, phone, email, postal_code, birthday, visits, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, 1)',
      )
      .run(p.first ?? '', p.last ?? '', p.phone ?? null, p.email ?? null, p.zip ?? '', p.born ?? null, p.visits ?? 0).lastInsertRowid,
  ) as CustomerId;
const page = { offset: 0, limit: 100 };
/** `SOAK=duplicates` looks through as many as a large shop has. */
const PEOPLE = process.env['SOAK'] === 'duplicates' ? 100_000 : 15_000;
const pairs = async (ctx: TestCtx) => {
  await findDuplicates(ctx);
  return duplicatePairs(ctx, page);
};

describe('possible duplicates', () => {
  it('are found whoever came first, with the reasons, likeliest first; families are not among them', async () => {
    const ctx = aCtx();
    const bob = add(ctx, { first: 'Bob', last: 'Ruiz', zip: '02134' });
    const ann = add(ctx, { first: 'Ann', last: 'Lee', phone: '+12125550101' });
    add(ctx, { first: 'Tom', last: 'Lee', phone: '+12125550101' });
    const ann2 = add(ctx, { first: 'Ann', last: 'Lee', phone: '+12125550101' });
    const robert = add(ctx, { first: 'Robert', last: 'ruiz', zip: '02134-1111' });
    const found = await pairs(ctx);
    expect(found).toMatchObject({ total: 2, checking: 0 });
    expect(found.rows.map((r) => [r.a, r.b, r.reasons])).toEqual([
      [ann, ann2, ['same-phone', 'same-name']],
      [bob, robert, ['nickname', 'same-last', 'same-postcode']],
    ]);
  });

  it('follow every change: a number that becomes the same, a name that is put right, somebody who is gone', async () => {
    const ctx = aCtx();
    const a = add(ctx, { first: 'Ann', last: 'Lee', phone: '+12125550101' });
    const b = add(ctx, { first: 'Ann', last: 'Lee', phone: '+12125550102' });
    expect((await pairs(ctx)).total).toBe(0);
    ctx.db.raw.prepare("UPDATE customer SET phone = '+12125550101' WHERE id = ?").run(b);
    expect((await pairs(ctx)).total).toBe(1);
    ctx.db.raw.prepare("UPDATE customer SET first_name = 'Tom' WHERE id = ?").run(a);
    expect((await pairs(ctx)).total).toBe(0);
    ctx.db.raw.prepare("UPDATE customer SET first_name = 'Ann' WHERE id = ?").run(a);
    expect((await pairs(ctx)).total).toBe(1);
    ctx.db.raw.prepare('DELETE FROM customer WHERE id = ?').run(b);
    expect((await pairs(ctx)).total).toBe(0);
  });

  it('"not the same person" is remembered, can be taken back, and goes along with a merge and back', async () => {
    const ctx = aCtx();
    const [a, b, c] = [1, 2, 3].map(() => add(ctx, { first: 'Ann', last: 'Lee', phone: '+12125550101' })) as [
      CustomerId,
      CustomerId,
      CustomerId,
    ];
    expect((await pairs(ctx)).total).toBe(3);
    setNotSame(ctx, owner, { a: c, b: a, same: false });
    expect((await pairs(ctx)).rows.map((r) => [r.a, r.b])).toEqual([
      [a, b],
      [b, c],
    ]);
    const { mergeId } = mergePeople(ctx, owner, { a, b, take: {} });
    expect((await pairs(ctx)).total, 'b and c are not the same either: b is a').toBe(0);
    unmergePeople(ctx, owner, mergeId);
    expect((await pairs(ctx)).total).toBe(2);
    setNotSame(ctx, owner, { a, b: c, same: true });
    expect((await pairs(ctx)).total).toBe(3);
  });

  it('side by side: what differs, and whose value would stay', async () => {
    const ctx = aCtx();
    const a = add(ctx, { first: 'Ann', last: 'Lee', phone: '+12125550101', visits: 3 });
    const b = add(ctx, { first: 'Annie', last: 'Lee', phone: '+12125550101', email: 'ann@x.com' });
    const pair = duplicatePair(ctx, { a, b });
    expect(pair.differ).toEqual(['firstName']);
    expect(pair.defaults).toMatchObject({ firstName: 'a', email: 'b' });
    expect(pair.a.sameNumber.map((p) => p.id)).toEqual([b]);
  });

  it('many people are looked through in small steps, and a page of the answer comes at once', { timeout: 120_000 }, async () => {
    const ctx = aCtx();
    const firsts = ['Ann', 'Bob', 'Cleo', 'Dan', 'Eve', 'Fay', 'Gus', 'Hal', 'Ida', 'Jon'];
    const insert = ctx.db.raw.prepare(
      'INSERT INTO customer (first_name, last_name, phone, email, postal_code, birthday, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, 1, 1)',
    );
    ctx.db.raw.transaction(() => {
      for (let i = 0; i < PEOPLE; i++) {
        const twin = i % 50 === 49 ? i - 1 : i; // one in fifty came twice, with the same number
        insert.run(
          firsts[twin % 10],
          `${String.fromCharCode(65 + (twin % 23))}ame${(twin * 7919) % 9973}`,
          `+1212${String(5_000_000 + twin)}`,
          i % 3 ? null : `p${i}@x.com`,
          String(10_000 + (twin % 797)),
          i % 4 ? null : `19${50 + (i % 50)}-0${1 + (i % 9)}-1${i % 10}`,
        );
      }
    })();
    let longest = 0;
    let last = performance.now();
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 1);
    const t = performance.now();
    const cpu = process.cpuUsage();
    await findDuplicates(ctx);
    const took = performance.now() - t;
    const busy = process.cpuUsage(cpu);
    clearInterval(beat);
    const asked = performance.now();
    const found = duplicatePairs(ctx, page);
    const answered = performance.now() - asked;
    console.info(
      `${PEOPLE} people: ${Math.round(took)} ms (${Math.round((busy.user + busy.system) / 1000)} ms of work) in steps of at most ${Math.round(longest)} ms, page in ${answered.toFixed(1)} ms, ${found.total} pairs`,
    );
    expect(found.total).toBeGreaterThanOrEqual(PEOPLE / 50); // and those that only look alike
    expect(took).toBeLessThan(90_000);
    expect(longest).toBeLessThan(2000); // by itself 6 ms each; a busy machine is slow, not wrong
    expect(answered).toBeLessThan(1000);
  });
});
