import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chokidarBell } from '@adapters/watch/folder-bell';
import type { FolderBell } from '@ports/folder-bell';
import { chooseFolder, folderView, pauseFolder } from '@services/sources/folder';
import { watchForEver } from '@services/sources/watch-loop';
import { afterEach, expect, it } from 'vitest';
import { aFile, importFile, squareItems } from '../support/imports';
import { aShopFolder } from '../support/shop-folder';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const week = (n: number) => squareItems([{ 'Transaction ID': `W${n}`, Date: `2026-11-${String(n).padStart(2, '0')}` }]);
const sales = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT count(*) FROM sale').pluck().get() as number;
const until = async (what: () => boolean, ms = 15_000) => {
  for (const end = performance.now() + ms; performance.now() < end; ) {
    if (what()) return;
    await new Promise((r) => setTimeout(r, 50));
  }
  expect(what()).toBe(true);
};

let stop: (() => Promise<void>) | undefined;
afterEach(async () => {
  await stop?.();
  stop = undefined;
});

async function running(bell: FolderBell = chokidarBell) {
  const ctx = aCtx();
  const live: TestCtx = { ...ctx, dir: ctx.dir, sources: { ...ctx.sources, bell } };
  await importFile(live, aFile(week(1)));
  const end = new AbortController();
  const loop = watchForEver(live, end.signal);
  stop = async () => {
    end.abort(new Error('closing'));
    await loop;
  };
  const dir = mkdtempSync(join(tmpdir(), 'regulars-loop-'));
  await chooseFolder(live, owner, dir);
  return { ctx: live, dir };
}

it('the bell rings, the file comes in; a folder pulled out is told and caught up with', async () => {
  const { ctx, dir } = await running();
  await until(() => folderView(ctx).folder?.state === 'watching');
  writeFileSync(join(dir, 'two.csv'), week(2));
  await until(() => sales(ctx) === 2);
  renameSync(dir, `${dir}-out`);
  await until(() => folderView(ctx).folder?.state === 'gone');
  writeFileSync(join(`${dir}-out`, 'three.csv'), week(3));
  renameSync(`${dir}-out`, dir);
  pauseFolder(ctx, owner, false); // any word of the owner is a reason to look at once
  await until(() => sales(ctx) === 3);
  expect(folderView(ctx).folder?.state).toBe('watching');
  rmSync(dir, { recursive: true });
});

it('a bell that cannot be hung is no trouble: the folder is looked at anyway', async () => {
  const { ctx, dir } = await running({ hang: async () => Promise.reject(new Error('too many watches')) });
  ctx.log.error = () => {};
  writeFileSync(join(dir, 'two.csv'), week(2));
  await until(() => folderView(ctx).folder?.state === 'watching');
  expect(sales(ctx)).toBe(1);
});

it('closing the shop ends it at once, also while it rests', async () => {
  await running();
  const before = performance.now();
  await stop?.();
  stop = undefined;
  expect(performance.now() - before).toBeLessThan(2000);
});

it('a second copy of Regulars, which may only read, does not watch', async () => {
  const first = await aShopFolder();
  await chooseFolder(first.ctx, { staffId: null }, mkdtempSync(join(tmpdir(), 'regulars-loop-')));
  const second = await aShopFolder({ dir: first.dir });
  expect([second.readOnly, folderView(second.ctx).folder?.state]).toEqual([true, 'elsewhere']);
  await second.close();
  await first.close();
});
