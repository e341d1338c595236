import { drawTickets } from '@domain/draws/draw';
import { type CustomerId, DAY } from '@domain/kernel';
import { ownersTasks } from '@services/counter-tasks/index';
import { cancelDraw, drawNow, drawRecord, getDraw, listDraws, openDraw } from '@services/draws/draws';
import { enterAtCounter, openAtCounter } from '@services/draws/entries';
import { claimPrize, passPrize } from '@services/draws/winners';
import { describe, expect, it } from 'vitest';
import { RULES } from '../support/draw-rules';
import { aDraw, anOpenDraw } from '../support/draws';
import { aPerson } from '../support/links';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const clerk = { ...owner, staffId: 2 as never, role: 'staff' as const };
let sid = 0;
const reply = (ctx: TestCtx, from: string, body: string, at: number, meaning = 'message') =>
  ctx.db.raw
    .prepare(
      "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning) VALUES (?, ?, '+12125559999', ?, ?, ?, ?)",
    )
    .run(`SM${String(sid++).padStart(6, '0')}`, from, body, at, at, meaning);
const by = (ctx: TestCtx, drawId: number, name: string, phone: string) =>
  enterAtCounter(ctx, clerk, { drawId, customerId: null, name, phone });

describe('a prize draw', () => {
  it('cannot open before its rules are complete, and nobody enters before or after its days', () => {
    const ctx = aCtx();
    const id = aDraw(ctx, { rules: { ...RULES, freeEntry: '' } });
    expect(getDraw(ctx, id).missing).toEqual(['freeEntry']);
    expect(() => openDraw(ctx, owner, id)).toThrow(expect.objectContaining({ code: 'draw.rules-missing', params: { field: 'freeEntry' } }));
    expect(() => by(ctx, id, 'Ana', '212 555 0123')).toThrow(expect.objectContaining({ code: 'draw.not-open' }));
    aDraw(ctx, { id });
    openDraw(ctx, owner, id);
    by(ctx, id, 'Ana', '212 555 0123');
    expect(() => aDraw(ctx, { id, name: 'Other' }), 'what people entered under stays').toThrow(
      expect.objectContaining({ code: 'draw.bad-state' }),
    );
    ctx.clock.advance(4 * DAY);
    expect(() => by(ctx, id, 'Bo', '212 555 0124')).toThrow(expect.objectContaining({ code: 'draw.not-open' }));
  });

  it('takes everybody once, by reply or at the counter; a reply in time counts although it is read late, a stop never', () => {
    const ctx = aCtx();
    const id = anOpenDraw(ctx);
    const ana = aPerson(ctx, 'Ana', '+12125550123') as CustomerId;
    expect(openAtCounter(ctx, ana)).toMatchObject([{ id, entered: false, prize: 'a pair of boots' }]);
    enterAtCounter(ctx, clerk, { drawId: id, customerId: ana });
    expect(openAtCounter(ctx, ana)).toMatchObject([{ entered: true }]);
    expect(() => enterAtCounter(ctx, clerk, { drawId: id, customerId: ana })).toThrow(
      expect.objectContaining({ code: 'draw.entered-already' }),
    );
    reply(ctx, '+12125550123', 'WIN', NOON + 1000);
    reply(ctx, '+12125550124', 'win please!', NOON + 1000);
    reply(ctx, '+12125550124', 'WIN', NOON + 2000);
    reply(ctx, '+12125550125', 'win', NOON - 2 * DAY);
    reply(ctx, '+12125550126', 'stop win', NOON + 1000, 'opt-out');
    reply(ctx, '+12125550127', 'do you have boots', NOON + 1000);
    expect(getDraw(ctx, id).counts).toEqual({ total: 2, reply: 1, counter: 1 });
    ctx.clock.advance(5 * DAY);
    reply(ctx, '+12125550128', 'WIN', NOON + 3 * DAY);
    reply(ctx, '+12125550129', 'WIN', NOON + 4.5 * DAY);
    expect(getDraw(ctx, id).counts.total).toBe(3);
  });

  it('commits before the first entry, draws once as anybody can recompute, and has each winner called', () => {
    const ctx = aCtx();
    const id = anOpenDraw(ctx);
    const before = getDraw(ctx, id);
    expect(before.seed).toBeNull();
    expect(before.seedHash).toMatch(/^[0-9a-f]{64}$/);
    for (let i = 0; i < 12; i++) by(ctx, id, `P${i} Q`, `212 555 01${String(i + 10)}`);
    expect(() => drawNow(ctx, owner, id)).toThrow(expect.objectContaining({ code: 'draw.not-over' }));
    ctx.clock.advance(4 * DAY);
    drawNow(ctx, owner, id);
    const d = getDraw(ctx, id);
    const record = drawRecord(ctx, id);
    const again = drawTickets(d.seed ?? '', record.tickets);
    expect(d.listHash).toBe(again.listHash);
    expect(record.picks.map((p) => [p.ticket, p.lot])).toEqual(again.order.slice(0, 3).map((o) => [o.ticket, o.lot]));
    expect(d.picks.map((p) => p.state)).toEqual(['won', 'waiting', 'waiting']);
    expect(JSON.stringify(record), 'no full name or number on paper').not.toMatch(/212555|\+1212/);
    expect(ownersTasks(ctx, { offset: 0, limit: 10 }).rows).toMatchObject([
      { kind: 'call-back', words: expect.stringContaining('a pair of boots') },
    ]);
    expect(() => drawNow(ctx, owner, id)).toThrow(expect.objectContaining({ code: 'draw.bad-state' }));
    expect(() => cancelDraw(ctx, owner, id)).toThrow(expect.objectContaining({ code: 'draw.bad-state' }));
  });

  it('passes a prize on in the order of the draw, until nobody is left', () => {
    const ctx = aCtx();
    const id = anOpenDraw(ctx);
    for (let i = 0; i < 5; i++) by(ctx, id, `P${i}`, `212 555 01${i + 10}`);
    ctx.clock.advance(4 * DAY);
    drawNow(ctx, owner, id);
    expect(passPrize(ctx, owner, id, 1)).toBe(2);
    expect(passPrize(ctx, owner, id, 2)).toBe(3);
    claimPrize(ctx, owner, id, 3);
    expect(getDraw(ctx, id).picks.map((p) => p.state)).toEqual(['passed', 'passed', 'claimed']);
    expect(() => passPrize(ctx, owner, id, 3)).toThrow(expect.objectContaining({ code: 'draw.bad-state' }));
    expect(listDraws(ctx)).toMatchObject([{ phase: 'drawn', entries: 5 }]);
  });

  it('waits for the replies written before its end, and draws from nobody never', () => {
    const ctx = aCtx({ settings: { texting: { mode: 'practice' } } });
    const id = anOpenDraw(ctx);
    const paper = anOpenDraw(ctx, { word: null });
    ctx.clock.advance(4 * DAY);
    expect(() => drawNow(ctx, owner, id)).toThrow(expect.objectContaining({ code: 'draw.replies-unread' }));
    expect(() => drawNow(ctx, owner, paper)).toThrow(expect.objectContaining({ code: 'draw.nobody' }));
    reply(ctx, '+12125550124', 'WIN', NOON + DAY);
    ctx.db.raw.prepare("INSERT INTO poll_state (name, cursor, last_success_at) VALUES ('inbound', '{}', ?)").run(ctx.clock.now());
    drawNow(ctx, owner, id);
    expect(getDraw(ctx, id).picks).toHaveLength(1);
  });

  it('takes no word that means something else, nor one of another open draw', () => {
    const ctx = aCtx();
    for (const word of ['stop', 'help', 'yes', 'two words', '7']) {
      expect(() => aDraw(ctx, { word }), word).toThrow(expect.objectContaining({ code: 'draw.word-taken' }));
    }
    anOpenDraw(ctx);
    expect(() => aDraw(ctx)).toThrow(expect.objectContaining({ code: 'draw.word-taken' }));
  });
});

describe('the instants of a draw', () => {
  it('are those of the shop’s days: the last one counts to its end', () => {
    const ctx = aCtx();
    const id = anOpenDraw(ctx);
    ctx.clock.advance(Date.UTC(2026, 10, 21, 4, 59, 59) - NOON);
    by(ctx, id, 'Ana', '212 555 0123');
    ctx.clock.advance(1000);
    expect(() => by(ctx, id, 'Bo', '212 555 0124')).toThrow(expect.objectContaining({ code: 'draw.not-open' }));
  });
});
