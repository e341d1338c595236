import { appendFileSync, chmodSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { dispatch } from '@backend/dispatch';
import { saveMapping } from '@db/queries/imports';
import { saveWatchFile, watchFile, watchFilesIn } from '@db/queries/sources';
import { CALM_MS, CALM_OPEN_END_MS } from '@domain/sources/watch';
import { commitImport } from '@services/imports/commit';
import { chooseFolder, pauseFolder, settleOldOnes } from '@services/sources/folder';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview, squareCustomers, squareItems, undo } from '../support/imports';
import { aCtx, clerk, owner, type TestCtx } from '../support/test-ctx';
import { aWatchedFolder } from '../support/watched';
import { aWorkbook } from '../support/workbook';

const sales = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT count(*) FROM sale').pluck().get() as number;
const week = (n: number, more: Record<string, string> = {}) =>
  squareItems([0, 1, 2].map((i) => ({ 'Transaction ID': `W${n}-${i}`, Date: `2026-11-${String(n).padStart(2, '0')}`, ...more })));

/** A shop that has imported a Square item report by hand before. */
async function aShop(): Promise<TestCtx> {
  const ctx = aCtx();
  await importFile(ctx, aFile(week(1)));
  return ctx;
}

describe('a file that comes into the watched folder', () => {
  it('is imported by itself when its kind is known, and told', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week 2.csv', week(2));
    await folder.settle();
    expect(sales(ctx)).toBe(6);
    expect(folder.waiting()).toEqual([]);
    expect(folder.results()).toEqual(['week 2.csv']);
    expect(ctx.noticed).toEqual([
      { kind: 'imported', file: 'week 2.csv', importId: 2, newSales: 3, newPeople: 0, changed: 0, rejected: 0 },
    ]);
    const audited = ctx.db.raw.prepare("SELECT staff_id, subject FROM audit WHERE action = 'watch.imported'").all();
    expect(audited).toEqual([{ staff_id: null, subject: '2' }]);
  });

  it('waits while it is still growing, and is taken whole', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    const text = week(2);
    const path = folder.drop('week.csv', text.slice(0, 500));
    for (let at = 500; at < text.length; at += 300) {
      await folder.sweep();
      folder.wait(CALM_MS - 1);
      expect(folder.view().delayed).toEqual([{ fileName: 'week.csv', why: 'writing' }]);
      appendFileSync(path, text.slice(at, at + 300));
      folder.touch('week.csv', 1_800_000_000 + at);
    }
    expect(sales(ctx)).toBe(3);
    await folder.settle();
    expect(sales(ctx)).toBe(6);
    expect(ctx.noticed).toHaveLength(1);
  });

  it('gets longer when its last line is not ended', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week.csv', week(2).trimEnd());
    await folder.sweep();
    folder.wait(CALM_MS + 1);
    expect((await folder.sweep()).soon).toBe(true);
    expect(sales(ctx)).toBe(3);
    folder.wait(CALM_OPEN_END_MS);
    await folder.sweep();
    expect(sales(ctx)).toBe(6);
  });

  it('is not taken while it is empty', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week.csv', '');
    await folder.sweep();
    folder.wait(60_000);
    expect((await folder.sweep()).soon).toBe(true);
    folder.drop('week.csv', week(2));
    await folder.settle();
    expect(sales(ctx)).toBe(6);
  });

  it.skipIf(process.getuid?.() === 0)('that cannot be opened yet is tried again', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    const path = folder.drop('week.csv', week(2));
    chmodSync(path, 0);
    await folder.sweep();
    folder.wait(CALM_MS);
    await folder.sweep();
    expect(folder.view().delayed).toEqual([{ fileName: 'week.csv', why: 'locked' }]);
    chmodSync(path, 0o600);
    await folder.settle();
    expect(sales(ctx)).toBe(6);
  });

  it('is nobody’s business when it is no table, half downloaded, hidden, in a sub-folder, or Regulars’ own', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    for (const name of ['photo.png', 'x.csv.crdownload', '.hidden.csv', '~$week.csv', 'week - rows not taken.csv', 'notes.txt'])
      folder.drop(name, week(2));
    mkdirSync(join(folder.dir, 'old'));
    folder.drop('old/week.csv', week(2));
    await folder.settle();
    expect([sales(ctx), folder.waiting(), ctx.noticed]).toEqual([3, [], []]);
  });
});

it('a workbook is taken like a CSV of it', async () => {
  const ctx = await aShop();
  const folder = await aWatchedFolder(ctx);
  folder.drop(
    'week.xlsx',
    aWorkbook(
      week(2)
        .trim()
        .split('\n')
        .map((line) => line.split(',')),
    ),
  );
  await folder.settle();
  expect([sales(ctx), folder.waiting()]).toEqual([6, []]);
});

describe('the same bytes', () => {
  it('are taken once, whatever the file is called and however often Regulars starts', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('a.csv', week(2));
    await folder.settle();
    folder.drop('b.csv', week(2));
    await folder.settle();
    renameSync(join(folder.dir, 'a.csv'), join(folder.dir, 'c.csv'));
    folder.restart();
    await folder.settle();
    expect(ctx.noticed).toHaveLength(1);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM import').pluck().get()).toBe(2);
  });

  it('that were imported by hand are known', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    await importFile(ctx, aFile(week(2)));
    folder.drop('week.csv', week(2));
    await folder.settle();
    expect([sales(ctx), ctx.noticed, folder.waiting()]).toEqual([6, [], []]);
  });

  it('that were taken back do not come again by themselves', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week.csv', week(2));
    await folder.settle();
    await undo(ctx, 2 as never);
    expect(sales(ctx)).toBe(3);
    folder.restart();
    await folder.settle();
    folder.drop('copy of week.csv', week(2));
    await folder.settle();
    expect(sales(ctx)).toBe(3);
    expect(folder.view().results[0]).toMatchObject({ fileName: 'copy of week.csv', undone: true });
  });

  it('are not doubled by a crash between the import and its memory, and the result is still told', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week.csv', week(2));
    await folder.settle();
    const [row] = watchFilesIn(ctx.db, 'imported');
    if (!row) throw new Error('nothing was imported');
    saveWatchFile(ctx.db, { ...row, state: 'importing', settledAt: null });
    ctx.noticed.length = 0;
    folder.restart();
    await folder.settle();
    expect(sales(ctx)).toBe(6);
    expect(ctx.noticed).toHaveLength(1);
    expect(folder.results()).toEqual(['week.csv']);
    // cut off before anything was written: it is simply new again
    ctx.db.raw.exec("UPDATE watch_file SET state = 'importing', import_id = NULL; UPDATE import SET state = 'cancelled' WHERE id = 2");
    ctx.db.raw.exec('DELETE FROM sale_line WHERE sale_id > 3; DELETE FROM sale WHERE id > 3');
    folder.restart();
    await folder.settle();
    expect(sales(ctx)).toBe(6);
  });

  it('with new content are a new file: only what is new in it is added', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('sales.csv', week(2));
    await folder.settle();
    folder.drop('sales.csv', `${week(2)}${week(3).split('\n').slice(1).join('\n')}`);
    await folder.settle();
    expect(sales(ctx)).toBe(9);
    expect(ctx.noticed.map((n) => n.kind === 'imported' && n.newSales)).toEqual([3, 3]);
    folder.drop('again.csv', `${week(3)}`);
    await folder.settle();
    expect(ctx.noticed).toHaveLength(2); // nothing new is no news
    expect(folder.view().results[0]).toMatchObject({ fileName: 'again.csv', importId: null, detail: { nothing: true } });
  });
});

describe('what lay in the folder when it was chosen', () => {
  it('is offered, not swallowed; what comes later is taken', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx, { 'old.csv': week(2), 'bank.csv': 'Booked,Payee,Sum\n1 Nov,Rent,-900\n' });
    folder.drop('new.csv', week(3));
    await folder.settle();
    expect(sales(ctx)).toBe(6);
    expect(folder.waiting().sort()).toEqual(['bank.csv: was-there', 'old.csv: was-there']);
    expect(ctx.noticed).toHaveLength(1);
    expect(settleOldOnes(ctx, owner, true)).toBe(1); // the recognised one
    await folder.settle();
    expect(sales(ctx)).toBe(9);
    expect(settleOldOnes(ctx, owner, false)).toBe(1);
    expect(folder.waiting()).toEqual([]);
  });

  it('but was changed since is new', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx, { 'sales.csv': week(2) });
    folder.drop('sales.csv', `${week(2)}${week(3).split('\n').slice(1).join('\n')}`);
    await folder.settle();
    expect(sales(ctx)).toBe(9);
  });
});

describe('the folder', () => {
  it('that vanishes is told, and watched again when it is back', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('bank.csv', 'Booked,Payee,Sum\n1 Nov,Rent,-900\n');
    await folder.settle();
    renameSync(folder.dir, `${folder.dir}-away`);
    await folder.sweep();
    const answer = await dispatch(ctx, owner, 'sources/folder', {});
    expect(answer).toMatchObject({ ok: true, value: { folder: { state: 'elsewhere' } } }); // nobody watches in a test
    expect(folder.waiting()).toEqual(['bank.csv: unknown-columns']); // a stick pulled out forgets nothing
    renameSync(`${folder.dir}-away`, folder.dir);
    folder.drop('week.csv', week(2));
    await folder.settle();
    expect(sales(ctx)).toBe(6);
  });

  it('that is not there, or is the shop’s own, is not taken', async () => {
    const ctx = aCtx();
    await expect(chooseFolder(ctx, owner, '/no/such/folder')).rejects.toMatchObject({ code: 'source.no-folder' });
    await expect(chooseFolder(ctx, owner, ctx.dir)).rejects.toMatchObject({ code: 'source.own-folder' });
    mkdirSync(join(ctx.dir, 'imports'), { recursive: true });
    await expect(chooseFolder(ctx, owner, join(ctx.dir, 'imports'))).rejects.toMatchObject({ code: 'source.own-folder' });
  });

  it('paused takes nothing, and catches up', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    pauseFolder(ctx, owner, true);
    folder.drop('week.csv', week(2));
    await folder.settle();
    expect(sales(ctx)).toBe(3);
    pauseFolder(ctx, owner, false);
    await folder.settle();
    expect(sales(ctx)).toBe(6);
  });

  it('forgets what waited when another is chosen or none, but not what was taken', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    folder.drop('week.csv', week(2));
    folder.drop('bank.csv', 'Booked,Payee,Sum\n1 Nov,Rent,-900\n');
    await folder.settle();
    await chooseFolder(ctx, owner, null);
    expect(folder.view()).toMatchObject({ folder: null, waiting: [] });
    const other = await aWatchedFolder(ctx);
    other.drop('week.csv', week(2));
    await other.settle();
    expect(ctx.noticed.filter((n) => n.kind === 'imported')).toHaveLength(1);
  });

  it('waits for other imports, and for the owner who looks at a preview', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    const mine = await preview(ctx, aFile(week(5)));
    folder.drop('week.csv', week(2));
    await folder.sweep();
    folder.wait(CALM_MS);
    await folder.sweep();
    expect(folder.view().delayed).toEqual([{ fileName: 'week.csv', why: 'queued' }]);
    await ctx.tasks.finished(commitImport(ctx, owner, { id: mine.id }).task);
    await folder.settle();
    expect(sales(ctx)).toBe(9);
  });

  it('goes on after a quarter of an hour, without throwing the preview away', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    const mine = await preview(ctx, aFile(week(5)));
    folder.drop('week.csv', week(2));
    ctx.clock.advance(16 * 60_000);
    await folder.settle();
    expect(sales(ctx)).toBe(6);
    expect(ctx.db.raw.prepare('SELECT state FROM import WHERE id = ?').pluck().get(mine.id)).toBe('previewed');
  });

  it('takes many files at once in the order they were written', async () => {
    const ctx = await aShop();
    const folder = await aWatchedFolder(ctx);
    for (const n of [4, 2, 3]) {
      folder.drop(`${n}.csv`, week(n));
      folder.touch(`${n}.csv`, 1_700_000_000 + n);
    }
    await folder.settle();
    expect(ctx.noticed.map((n) => n.kind === 'imported' && n.file)).toEqual(['2.csv', '3.csv', '4.csv']);
  });

  it('belongs to the owner', async () => {
    const ctx = aCtx();
    for (const channel of ['sources/folder', 'sources/sheets', 'sources/mappings'])
      expect(await dispatch(ctx, clerk, channel, {})).toMatchObject({ ok: false });
  });

  it('brings people too', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(squareCustomers([{ 'Square Customer ID': 'C1', 'First Name': 'Ann', 'Email Address': 'a@x.example' }])));
    const folder = await aWatchedFolder(ctx);
    folder.drop('customers.csv', squareCustomers([{ 'Square Customer ID': 'C2', 'First Name': 'Bo', 'Email Address': 'b@x.example' }]));
    await folder.settle();
    expect(ctx.noticed).toMatchObject([{ kind: 'imported', newPeople: 1, newSales: 0 }]);
  });
});

it('a file of remembered columns is taken like one of a known till', async () => {
  const ctx = aCtx();
  const csv = (n: number) => `when,bon,sum\n2026-10-1${n},${n}1,10.00\n2026-10-1${n},${n}2,11.00\n`;
  const hand = aFile(csv(1));
  const mapping = { kind: 'sales' as const, till: 'Old till', columns: { date: [0], saleId: [1], total: [2] } };
  await importFile(ctx, hand, { mapping });
  const folder = await aWatchedFolder(ctx);
  folder.drop('two.csv', csv(2));
  await folder.settle();
  expect(sales(ctx)).toBe(4);
  // another name for the till means other receipts: only the owner can mean that
  const { fingerprint } = await ctx.importRunner.look(hand, {});
  saveMapping(ctx.db, fingerprint, 'x', { ...mapping, till: 'New till' }, ctx.clock.now());
  folder.drop('three.csv', csv(3));
  await folder.settle();
  expect(folder.waiting()).toEqual(['three.csv: other-source']);
  expect(watchFile(ctx.db, folder.view().waiting[0]?.hash ?? '')?.profile).toBe(`manual:${fingerprint}`);
});
