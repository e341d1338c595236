import { dispatch } from '@backend/dispatch';
import { contract } from '@contract/index';
import { TASK_OUTCOMES, withoutNumbers } from '@domain/counter/task';
import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import { HOUR } from '@domain/kernel';
import { openCounterTask } from '@services/counter-tasks';
import type { Session } from '@services/ctx';
import { mergePeople } from '@services/customers/merge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

/** As the router passes it on: read by the contract, defaults filled in. */
const ask = (ctx: TestCtx, who: Session, channel: keyof typeof contract, input: object) =>
  dispatch(ctx, who, channel, contract[channel].input.parse(input));

const ANA = '+12125550147' as PhoneE164;

function anaIn(ctx: TestCtx): void {
  ctx.db.raw.exec(
    `INSERT INTO customer (id, first_name, last_name, phone, phone_kind, created_at, updated_at) VALUES (1, 'Ana', 'Gómez', '${ANA}', 'mobile', 0, 0)`,
  );
}

function reply(ctx: TestCtx, sid: string, body: string): void {
  ctx.db.raw
    .prepare(
      `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id) VALUES (?, ?, '+1', ?, ?, ?, 'message', 1)`,
    )
    .run(sid, ANA, body, NOON, NOON);
}

const hold = (ctx: TestCtx, sid: string | null, words = 'Hold the blue runner') =>
  ctx.db.tx((trx) =>
    openCounterTask(trx, {
      kind: 'hold',
      customerId: 1 as CustomerId,
      address: ANA,
      words,
      inboundSid: sid,
      shop: ctx.settings().shop,
      at: NOON,
    }),
  );

describe('tasks at the counter', () => {
  it('a reply makes one task, however often it is taken', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('SM1', 'SM2', 'SM3'), { minLength: 1, maxLength: 12 }), (sids) => {
        const ctx = aCtx();
        for (const sid of sids) hold(ctx, sid);
        expect(ctx.db.raw.prepare('SELECT count(*) FROM counter_task').pluck().get()).toBe(new Set(sids).size);
        for (const sid of sids) expect(hold(ctx, sid).isNew).toBe(false);
      }),
      { numRuns: 30 },
    );
  });

  it('is done at the counter, can be taken back the same day, and is in the audit', async () => {
    const ctx = aCtx();
    anaIn(ctx);
    reply(ctx, 'SM1', 'HOLD size 8, call me at (212) 555-0199');
    const { id } = hold(ctx, 'SM1');
    const seen = await ask(ctx, clerk, 'counter-tasks/open', {});
    const said = JSON.stringify(seen);
    expect(seen).toMatchObject({ ok: true, value: { open: [{ id, name: 'Ana G.', phoneEnd: '0147', words: 'Hold the blue runner' }] } });
    expect(said).not.toContain('555-0199');
    expect(said).toContain('0199'); // the last four are enough to recognise it
    expect(said).not.toContain(ANA);
    expect(said).not.toContain('Gómez');

    expect(await ask(ctx, clerk, 'counter-tasks/close', { id, outcome: 'answered' })).toMatchObject({
      error: { code: 'input.invalid' },
    });
    expect(await ask(ctx, clerk, 'counter-tasks/close', { id, outcome: 'sold', note: 'brown instead' })).toMatchObject({ ok: true });
    expect(await ask(ctx, clerk, 'counter-tasks/close', { id, outcome: 'sold' })).toMatchObject({
      error: { code: 'counter-task.not-found' },
    });
    expect(await ask(ctx, owner, 'counter-tasks/list', {})).toMatchObject({
      value: {
        rows: [{ id, state: 'done', outcome: 'sold', note: 'brown instead', doneBy: 'Clara', said: expect.stringContaining('555-0199') }],
      },
    });
    expect(await ask(ctx, clerk, 'counter-tasks/reopen', { id })).toMatchObject({ ok: true });
    expect(await ask(ctx, clerk, 'counter-tasks/close', { id, outcome: 'never-came' })).toMatchObject({ ok: true });
    expect(ctx.db.raw.prepare('SELECT state FROM counter_task').pluck().get()).toBe('dropped');
    ctx.clock.advance(26 * HOUR);
    expect(await ask(ctx, clerk, 'counter-tasks/reopen', { id })).toMatchObject({ error: { code: 'counter-task.not-found' } });
    expect(await ask(ctx, owner, 'counter-tasks/reopen', { id })).toMatchObject({ ok: true });
    const trail = ctx.db.raw.prepare("SELECT action, staff_id FROM audit WHERE action LIKE 'task.%' ORDER BY id").all();
    expect(trail).toEqual([
      { action: 'task.closed', staff_id: 2 },
      { action: 'task.reopened', staff_id: 2 },
      { action: 'task.closed', staff_id: 2 },
      { action: 'task.reopened', staff_id: 1 },
    ]);
  });

  it('the owner makes one of any reply, and only of a reply of that number', async () => {
    const ctx = aCtx();
    anaIn(ctx);
    reply(ctx, 'SM1', 'do you have it in red?');
    const input = { sid: 'SM1', phone: ANA, kind: 'question', words: 'Red in size 8?' };
    expect(await ask(ctx, clerk, 'counter-tasks/make', input)).toMatchObject({ error: { code: 'session.owner-only' } });
    expect(await ask(ctx, owner, 'counter-tasks/make', input)).toMatchObject({ value: { isNew: true } });
    expect(await ask(ctx, owner, 'counter-tasks/make', input)).toMatchObject({ value: { isNew: false } });
    expect(await ask(ctx, owner, 'counter-tasks/make', { ...input, phone: '+12125550199' })).toMatchObject({
      error: { code: 'inbox.not-found' },
    });
    expect(await ask(ctx, owner, 'counter-tasks/make', { ...input, sid: null })).toMatchObject({ value: { isNew: true } });
    expect(await ask(ctx, clerk, 'counter-tasks/open', {})).toMatchObject({
      value: { open: [{ name: 'Ana G.' }, { name: 'Ana G.' }] },
    });
  });

  it('a hold is due when the shop closes on the next open day, a question today', () => {
    const ctx = aCtx(); // Tuesday 11:00 in New York, open 9 to 18
    const due = (kind: 'hold' | 'question', at = NOON) =>
      ctx.db.tx((trx) => {
        const { id } = openCounterTask(trx, {
          kind,
          customerId: null,
          address: ANA,
          words: 'x',
          shop: ctx.settings().shop,
          at: at as UtcMs,
        });
        return trx.raw.prepare('SELECT due_at FROM counter_task WHERE id = ?').pluck().get(id) as number;
      });
    expect(new Date(due('question')).toISOString()).toBe('2026-11-17T23:00:00.000Z');
    expect(new Date(due('hold')).toISOString()).toBe('2026-11-18T23:00:00.000Z');
    expect(new Date(due('question', Date.UTC(2026, 10, 17, 22, 30) as UtcMs)).toISOString()).toBe('2026-11-18T23:00:00.000Z'); // half an hour is too short
    expect(new Date(due('hold', Date.UTC(2026, 10, 21, 16) as UtcMs)).toISOString()).toBe('2026-11-23T23:00:00.000Z'); // Sunday is closed
  });

  it('goes with the person when two records become one', () => {
    const ctx = aCtx();
    anaIn(ctx);
    ctx.db.raw.exec("INSERT INTO customer (id, first_name, phone_kind, created_at, updated_at) VALUES (2, 'Ana', 'unknown', 0, 0)");
    hold(ctx, 'SM1');
    mergePeople(ctx, owner, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} });
    expect(ctx.db.raw.prepare('SELECT customer_id FROM counter_task').pluck().get()).toBe(2);
  });

  it('every outcome the file takes is one the app knows, and the other way round', () => {
    const sql = aCtx().db.raw.prepare("SELECT sql FROM sqlite_master WHERE name = 'counter_task'").pluck().get() as string;
    const allowed = [...(/outcome IN \(([^)]*)\)/.exec(sql)?.[1] ?? '').matchAll(/'([^']+)'/g)].map((m) => m[1]);
    expect(allowed).toEqual([...TASK_OUTCOMES]);
  });

  it('long numbers in a text are shown by their last four, sizes and amounts as they are', () => {
    expect(withoutNumbers('call +1 (212) 555-0199 or 4111 1111 1111 1111')).toBe('call ••• 0199 or ••• 1111');
    expect(withoutNumbers('HOLD size 8.5, 2 pairs, by 12/24, under $120')).toBe('HOLD size 8.5, 2 pairs, by 12/24, under $120');
  });
});
