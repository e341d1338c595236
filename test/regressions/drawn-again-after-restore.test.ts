import { createHash, createHmac } from 'node:crypto';
import type { Db } from '@db/open';
import { DAY } from '@domain/kernel';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { onHold } from '@services/backups/on-hold';
import { replayJournal } from '@services/backups/replay';
import type { Ctx } from '@services/ctx';
import { cancelDraw, drawNow, drawRecord, entriesPage, getDraw, openDraw } from '@services/draws/draws';
import { enterAtCounter } from '@services/draws/entries';
import { claimPrize, passPrize } from '@services/draws/winners';
import { erasePerson } from '@services/privacy/erase';
import { expect, it } from 'vitest';
import { aDraw as ofDraws } from '../support/draws';
import { aPerson } from '../support/links';
import { aRestoreLab, nobody, setUp } from '../support/restore-lab';
import { clerk, aCtx as fresh, NOON, owner, type TestCtx } from '../support/test-ctx';

const aDraw = (ctx: Ctx, name = 'Boots draw', word: string | null = 'win') => ofDraws(ctx, { name, word, winners: 2 });
let sid = 0;
const reply = (db: Db, from: string) =>
  db
    .prepare(
      "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning) VALUES (?, ?, '+12125559999', 'Win', ?, ?, 'message')",
    )
    .run(`SM${sid++}`, from, NOON, NOON);
const byHand = (ctx: Ctx, drawId: number, n: number) =>
  enterAtCounter(ctx, clerk, { drawId, customerId: null, name: `Guest ${n}`, phone: `+1212555010${n}` }).ticket;
const ledger = (ctx: TestCtx, copy: Ctx) =>
  copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, JSON.parse(JSON.stringify(ctx.journalled)), ctx.clock.now())).brought;

/*
 * Story: the draw was opened on Tuesday, its commitment hung beside the till, people entered at the counter, and on Saturday it was
 * drawn. Then Monday's copy came back. There the draw was a draft: opened again it had another seed, the free entries of the counter were
 * gone, and other people won. The journal now keeps the seed, every entry and the draw itself.
 */
it('a draw that was opened, entered and drawn after the copy was made stands as it was', () => {
  const ctx = fresh();
  const copy = fresh(); // as it was the day before: the draft, nothing else
  for (const c of [ctx, copy]) aDraw(c);
  openDraw(ctx, owner, 1);
  for (let n = 0; n < 6; n++) byHand(ctx, 1, n);
  reply(ctx.db, '+12125550190');
  expect(getDraw(ctx, 1).counts).toEqual({ total: 7, reply: 1, counter: 6 });
  ctx.clock.advance(4 * DAY);
  drawNow(ctx, owner, 1);
  claimPrize(ctx, owner, 1, 1);
  passPrize(ctx, owner, 1, 2);
  const record = drawRecord(ctx, 1);

  expect(ledger(ctx, copy)).toMatchObject({ draws: 1, drawEntries: 7 });
  expect(drawRecord(copy, 1)).toEqual(record);
  const { seed, seedHash, rulesHash, listHash, drawnAt } = getDraw(ctx, 1);
  expect(getDraw(copy, 1)).toMatchObject({ phase: 'drawn', seed, seedHash, rulesHash, listHash, drawnAt });
  expect(getDraw(copy, 1).picks.map((p) => p.state)).toEqual(['claimed', 'passed', 'won', 'waiting']);
  expect(() => drawNow(copy, owner, 1)).toThrow(expect.objectContaining({ code: 'draw.bad-state' }));
  // as anybody with the printed record works it out
  const list = createHash('sha256')
    .update(
      [...record.tickets]
        .sort()
        .map((t) => `${t}\n`)
        .join(''),
    )
    .digest('hex');
  const lots = record.tickets
    .map((t) => [
      createHmac('sha256', seed ?? '')
        .update(`${list}\n${t}`)
        .digest('hex'),
      t,
    ])
    .sort();
  expect(
    createHash('sha256')
      .update(seed ?? '')
      .digest('hex'),
  ).toBe(seedHash);
  expect(record.picks.map((p) => p.ticket)).toEqual(lots.slice(0, 4).map(([, t]) => t));
  expect(ledger(ctx, copy), 'all known').toMatchObject({ draws: 0, drawEntries: 0 });
});

it('an open draw keeps its seed and the tickets people hold, and takes a reply that is read again once', () => {
  const ctx = fresh();
  const copy = fresh();
  openDraw(ctx, owner, aDraw(ctx));
  const tickets = [0, 1, 2].map((n) => byHand(ctx, 1, n));
  reply(ctx.db, '+12125550190');
  expect(getDraw(ctx, 1).entries).toBe(4);
  ledger(ctx, copy);
  reply(copy.db, '+12125550190');
  expect(getDraw(copy, 1)).toMatchObject({ entries: 4, seedHash: getDraw(ctx, 1).seedHash });
  expect(() => byHand(copy, 1, 1)).toThrow(expect.objectContaining({ code: 'draw.entered-already' }));
  copy.clock.advance(4 * DAY);
  copy.db.prepare("INSERT INTO poll_state (name, last_success_at) VALUES ('inbound', ?)").run(copy.clock.now());
  drawNow(copy, owner, 1);
  expect(drawRecord(copy, 1).tickets).toEqual(expect.arrayContaining(tickets));
});

it('a draw that was called off stays so, and its word is free for the next', () => {
  const ctx = fresh();
  const copy = fresh();
  for (const c of [ctx, copy]) openDraw(c, owner, aDraw(c));
  cancelDraw(ctx, owner, 1);
  openDraw(ctx, owner, aDraw(ctx, 'Another'));
  ledger(ctx, copy);
  expect([1, 2].map((id) => [getDraw(copy, id).phase, getDraw(copy, id).word])).toEqual([
    ['cancelled', 'win'],
    ['open', 'win'],
  ]);
});

it('whoever was erased is in no line about a draw; a ticket that was drawn from stays, without them', async () => {
  const ctx = fresh();
  openDraw(ctx, owner, aDraw(ctx));
  const [ana, bo] = ['Ana', 'Bo'].map((firstName, n) => aPerson(ctx, firstName, `+1212555012${n}`));
  const enter = (customerId: typeof ana) => enterAtCounter(ctx, clerk, { drawId: 1, customerId: customerId as never });
  enter(ana);
  enter(bo);
  byHand(ctx, 1, 1);
  await ctx.tasks.finished(erasePerson(ctx, owner, { id: ana as never }).task);
  ctx.clock.advance(4 * DAY);
  ctx.db.prepare("INSERT INTO poll_state (name, last_success_at) VALUES ('inbound', ?)").run(ctx.clock.now());
  drawNow(ctx, owner, 1);
  ctx.clock.advance(DAY);
  await ctx.tasks.finished(erasePerson(ctx, owner, { id: bo as never }).task);
  const lines = JSON.stringify(ctx.journalled.filter((j) => j.kind === 'draw-entries'));
  expect(lines).not.toMatch(/Ana|Bo|5550120|5550121/);
  const copy = fresh();
  ledger(ctx, copy);
  expect(drawRecord(copy, 1).tickets).toEqual(drawRecord(ctx, 1).tickets);
});

it('it comes back through the journal on the disk, and the owner is told of it', async () => {
  const lab = await aRestoreLab();
  await setUp(lab);
  lab.ctx.db.prepare("INSERT INTO staff (id, name, role, created_at) VALUES (2, 'Clara', 'staff', 0)").run();
  const id = aDraw(lab.ctx, 'Boots draw', null);
  const { path } = await makeBackup(lab.ctx);
  lab.advance(60_000);
  openDraw(lab.ctx, owner, id);
  const ticket = byHand(lab.ctx, id, 1);
  const { seedHash } = getDraw(lab.ctx, id);
  await restoreBackup(lab.ctx, nobody, path);
  await lab.shop.close();
  await lab.reopen();
  expect(getDraw(lab.ctx, id)).toMatchObject({ phase: 'open', seedHash, entries: 1 });
  expect(entriesPage(lab.ctx, id, { offset: 0, limit: 5 }).rows).toMatchObject([{ ticket, name: 'Guest 1' }]);
  expect(onHold(lab.ctx)?.restore.brought).toMatchObject({ draws: 1, drawEntries: 1, followUps: 0 });
  await lab.close();
});
