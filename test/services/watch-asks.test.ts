import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CALM_MS } from '@domain/sources/watch';
import { leaveWaiting, takeWaiting } from '@services/sources/folder';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, squareItems } from '../support/imports';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';
import { aWatchedFolder } from '../support/watched';

const sales = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT count(*) FROM sale').pluck().get() as number;
const week = (n: number, more: Record<string, string> = {}) =>
  squareItems([0, 1, 2].map((i) => ({ 'Transaction ID': `W${n}-${i}`, Date: `2026-11-${String(n).padStart(2, '0')}`, ...more })));

/** A shop that has imported a Square item report by hand before. */
async function aShop(): Promise<TestCtx> {
  const ctx = aCtx();
  await importFile(ctx, aFile(week(1)));
  return ctx;
}

describe('a file that is not certain', () => {
  it('of a till nobody imported by hand yet is asked about once', async () => {
    const ctx = aCtx();
    const folder = await aWatchedFolder(ctx);
    folder.drop('one.csv', week(1));
    await folder.settle();
    expect(folder.waiting()).toEqual(['one.csv: first-time']);
    expect(sales(ctx)).toBe(0);
    expect(ctx.noticed).toEqual([{ kind: 'waits', file: 'one.csv', why: 'first-time' }]);
    takeWaiting(ctx, owner, { hash: folder.view().waiting[0]?.hash ?? '', always: true });
    await folder.settle();
    expect(sales(ctx)).toBe(3);
    folder.drop('two.csv', week(2));
    await folder.settle();
    expect(sales(ctx)).toBe(6);
  });

  it('is asked about each time when the owner wants that', async () => {
    const ctx = aCtx();
    const folder = await aWatchedFolder(ctx);
    folder.drop('one.csv', week(1));
    await folder.settle();
    takeWaiting(ctx, owner, { hash: folder.view().waiting[0]?.hash ?? '', always: false });
    await folder.settle();
    expect(sales(ctx)).toBe(3);
    folder.drop('two.csv', week(2));
    await folder.settle();
    expect(folder.waiting()).toEqual(['two.csv: always-ask']);
  });

  it('with columns nobody explained waits; left with its like, none of them asks again', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('bank.csv', 'Booked,Payee,Sum\n1 Nov,Rent,-900\n');
    await folder.settle();
    expect(folder.waiting()).toEqual(['bank.csv: unknown-columns']);
    leaveWaiting(ctx, owner, { hash: folder.view().waiting[0]?.hash ?? '', likeIt: true });
    folder.drop('bank december.csv', 'Booked,Payee,Sum\n1 Dec,Rent,-900\n');
    await folder.settle();
    expect(folder.waiting()).toEqual([]);
  });

  it('that the owner says yes to without having explained its columns waits on, and asks once', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('bank.csv', 'Booked,Payee,Sum\n1 Nov,Rent,-900\n');
    await folder.settle();
    takeWaiting(ctx, owner, { hash: folder.view().waiting[0]?.hash ?? '', always: true });
    await folder.settle();
    expect(folder.waiting()).toEqual(['bank.csv: unknown-columns']);
    expect(await folder.sweep()).toEqual({ soon: false });
  });

  it('with an open question waits', async () => {
    const ctx = aCtx();
    const csv = (day: string) => `date,receipt,total\n${day},1,10.00\n${day},2,11.00\n`;
    const hand = aFile(csv('13/01/2026'));
    const look = await ctx.importRunner.look(hand, {});
    await importFile(ctx, hand, { mapping: look.suggestion });
    expect(sales(ctx)).toBe(2);
    const folder = await aWatchedFolder(ctx);
    folder.drop('february.csv', csv('01/02/2026').replaceAll(',1,', ',3,').replaceAll(',2,', ',4,'));
    await folder.settle();
    expect(folder.waiting()).toEqual(['february.csv: questions']);
    expect(sales(ctx)).toBe(2);
  });

  it('of which many rows cannot be taken waits', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week.csv', `${week(2)}half,a,row\n`);
    await folder.settle();
    expect(folder.waiting()).toEqual(['week.csv: many-rejected']);
    expect(folder.view().waiting[0]?.detail).toMatchObject({ rejected: 1, till: 'Square' });
    takeWaiting(ctx, owner, { hash: folder.view().waiting[0]?.hash ?? '', always: null });
    await folder.settle();
    expect(folder.waiting()).toEqual(['week.csv: many-rejected']); // a yes does not take a doubt away
  });

  it('with sales of next month waits', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week.csv', week(2, { Date: '2026-12-30' }));
    await folder.settle();
    expect(folder.waiting()).toEqual(['week.csv: future-dates']);
  });

  it('of the wrong kind is refused with the words of the import', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('report.csv', '%PDF-1.7 something\n');
    await folder.settle();
    expect(folder.view().waiting[0]).toMatchObject({
      why: 'refused',
      detail: { error: { code: 'import.wrong-file', params: { found: 'pdf' } } },
    });
  });

  it('of the wrong kind can be left for good: the bank’s file of every week asks once', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('one.csv', '%PDF-1.7 something\n');
    await folder.settle();
    leaveWaiting(ctx, owner, { hash: folder.view().waiting[0]?.hash ?? '', likeIt: true });
    folder.drop('two.csv', '%PDF-1.7 something else\n');
    await folder.settle();
    expect([folder.waiting(), ctx.noticed.length]).toEqual([[], 1]);
  });

  it('of a day without sales asks nothing', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('closed.csv', squareItems([]));
    await folder.settle();
    expect([folder.waiting(), ctx.noticed]).toEqual([[], []]);
    expect(folder.view().results[0]).toMatchObject({ fileName: 'closed.csv', importId: null, detail: { nothing: true } });
  });

  it('waits no longer once it was imported by hand, changed, or taken away', async () => {
    const ctx = aCtx();
    const folder = await aWatchedFolder(ctx);
    const path = folder.drop('one.csv', week(1));
    folder.drop('two.csv', week(2));
    folder.drop('three.csv', week(3));
    await folder.settle();
    expect(folder.waiting()).toHaveLength(3);
    await importFile(ctx, path);
    rmSync(join(folder.dir, 'two.csv'));
    folder.drop('three.csv', week(4));
    await folder.settle();
    expect(folder.waiting()).toEqual([]);
    expect(folder.results()).toEqual(['three.csv']);
    expect(sales(ctx)).toBe(6);
  });
});

it('a cancelled import of a watched file asks instead of starting over and over', async () => {
  const ctx = await aShop();
  const folder = await aWatchedFolder(ctx);
  folder.drop('week.csv', week(2));
  await folder.sweep();
  folder.wait(CALM_MS);
  const sweep = folder.sweep();
  for (;;) {
    const running = ctx.db.raw.prepare("SELECT id FROM task WHERE state = 'running'").pluck().get() as string | undefined;
    if (running) {
      ctx.tasks.cancel(running as never);
      break;
    }
    await new Promise((r) => setImmediate(r));
  }
  await sweep;
  expect(folder.waiting()).toEqual(['week.csv: stopped']);
  expect(sales(ctx)).toBe(3);
  expect(existsSync(join(ctx.dir, 'imports'))).toBe(true);
});
