import { type CustomerId, DAY } from '@domain/kernel';
import { drawNow, getDraw } from '@services/draws/draws';
import { enterAtCounter, openAtCounter } from '@services/draws/entries';
import { passPrize } from '@services/draws/winners';
import { erasePerson } from '@services/privacy/erase';
import { expect, it } from 'vitest';
import { anOpenDraw } from '../support/draws';
import { aPerson } from '../support/links';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

function aDrawingShop(winners = 1): TestCtx {
  const ctx = aCtx();
  anOpenDraw(ctx, { winners });
  return ctx;
}
const reply = (ctx: TestCtx, from: string, customerId: CustomerId) =>
  ctx.db
    .prepare(
      "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id) VALUES ('SM' || ?, ?, '+12125559999', 'Win', ?, ?, 'message', ?)",
    )
    .run(from, from, NOON, NOON, customerId);
const enter = (ctx: TestCtx, customerId: CustomerId) => enterAtCounter(ctx, clerk, { drawId: 1, customerId });

/*
 * Story: Ana entered at the counter on Tuesday, when her record had no number. On Wednesday she gave one for the repair of her heels and
 * texted WIN from it as well: two tickets, and the rules beside the till said one entry per person.
 */
it('who entered without a number has no second ticket by their new number, nor after it changed', () => {
  const ctx = aDrawingShop();
  const ana = aPerson(ctx, 'Ana', '+12125550123') as CustomerId;
  ctx.db.prepare('UPDATE customer SET phone = NULL WHERE id = ?').run(ana);
  enter(ctx, ana);
  ctx.db.prepare("UPDATE customer SET phone = '+12125550123' WHERE id = ?").run(ana);
  expect(openAtCounter(ctx, ana)[0]?.entered).toBe(true);
  expect(() => enter(ctx, ana)).toThrow(expect.objectContaining({ code: 'draw.entered-already' }));
  reply(ctx, '+12125550123', ana);
  expect(getDraw(ctx, 1).entries).toBe(1);
});

/* Story: the counter refused Tim, who is fifteen; he went outside, texted WIN, and won. */
it('who is known to be under age is in no draw by text either', () => {
  const ctx = aDrawingShop();
  const tim = aPerson(ctx, 'Tim', '+12125550124') as CustomerId;
  ctx.db.prepare("UPDATE customer SET birthday = '2011-03-01' WHERE id = ?").run(tim);
  expect(() => enter(ctx, tim)).toThrow(expect.objectContaining({ code: 'consent.under-age' }));
  reply(ctx, '+12125550124', tim);
  expect(getDraw(ctx, 1).entries).toBe(0);
});

/* Story: the next in line had been erased since the draw. The prize was theirs, nobody could be called, and it lay there for good. */
it('a prize is not passed on to somebody who was erased', async () => {
  const ctx = aDrawingShop();
  const people = ['Ana', 'Bo', 'Cy'].map((name, n) => aPerson(ctx, name, `+1212555013${n}`) as CustomerId);
  for (const id of people) enter(ctx, id);
  ctx.clock.advance(4 * DAY);
  drawNow(ctx, owner, 1);
  const second = getDraw(ctx, 1).picks[1]?.customerId as CustomerId;
  await ctx.tasks.finished(erasePerson(ctx, owner, { id: second }).task);
  expect(passPrize(ctx, owner, 1, 1)).toBe(3);
  expect(getDraw(ctx, 1).picks.map((p) => p.state)).toEqual(['passed', 'passed', 'won']);
});
