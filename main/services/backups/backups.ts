import { accessSync, constants, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { copyDatabase, shopOf } from '@db/backup';
import { readMeta, saveSettings } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { copiesToKeep } from '@domain/backups/retention';
import { AppError } from '@domain/errors';
import { DAY, HOUR, type TaskId, type UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { copyMadeAt, copyName, SECOND_FOLDER } from './names';

export interface BackupFile {
  file: string;
  path: string;
  place: 'beside' | 'second';
  madeAt: UtcMs;
  bytes: number;
}

function filesIn(folder: string, place: BackupFile['place']): BackupFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((file) => {
    const at = copyMadeAt(file);
    const path = join(folder, file);
    return at === null ? [] : [{ file, path, place, madeAt: at, bytes: statSync(path).size }];
  });
}

const besideFolder = (ctx: Ctx) => join(ctx.dir, 'backups');
const secondFolder = (ctx: Ctx) => {
  const place = ctx.settings().backup.secondPlace;
  return place ? join(place, SECOND_FOLDER) : null;
};

/** All copies that can be restored, newest first, and whether the owner should be reminded of a second place. */
export function backupState(ctx: Ctx) {
  const second = secondFolder(ctx);
  const files = [...filesIn(besideFolder(ctx), 'beside'), ...(second ? filesIn(second, 'second') : [])].sort((a, b) => b.madeAt - a.madeAt);
  const log = (place: 'beside' | 'second') =>
    ctx.db.one(ctx.db.q.selectFrom('backup_log').selectAll().where('place', '=', place).orderBy('id', 'desc').limit(1));
  const lastGood = (place: 'beside' | 'second') =>
    ctx.db.one(ctx.db.q.selectFrom('backup_log').select('at').where('place', '=', place).where('ok', '=', 1).orderBy('id', 'desc').limit(1))
      ?.at ?? null;
  const { finishedAt } = ctx.settings().onboarding;
  const since = lastGood('second') ?? finishedAt;
  const problem = log('second');
  return {
    files: files.slice(0, 60),
    lastGoodAt: lastGood('beside') as UtcMs | null,
    secondPlace: ctx.settings().backup.secondPlace,
    secondPlaceProblem: second && problem && !problem.ok ? (problem.error ?? 'backup.no-place') : null,
    nag: since !== null && ctx.clock.now() - since > 7 * DAY,
  };
}

/** Copies, verifies every page off this thread, copies to the second place, prunes old copies. */
export async function makeBackup(ctx: Ctx): Promise<{ path: string }> {
  const at = ctx.clock.now();
  const path = join(besideFolder(ctx), copyName(at));
  const record = (place: 'beside' | 'second', file: string, bytes: number, error: string | null) =>
    ctx.db.run(ctx.db.q.insertInto('backup_log').values({ at, file: basename(file), place, bytes, ok: error ? 0 : 1, error }));
  mkdirSync(besideFolder(ctx), { recursive: true });
  await copyDatabase(ctx.db, path);
  const state = await ctx.backstage.checkDatabase(path);
  if (!state.ok) {
    rmSync(path, { force: true });
    record('beside', path, 0, 'backup.damaged');
    throw new AppError('backup.damaged');
  }
  record('beside', path, statSync(path).size, null);
  prune(ctx, besideFolder(ctx));
  const second = secondFolder(ctx);
  if (second) {
    try {
      mkdirSync(second, { recursive: true });
      const target = join(second, basename(path));
      copyFileSync(path, target);
      ctx.journal.append([]); // the journal's copy there catches up
      const copied = await ctx.backstage.checkDatabase(target);
      if (!copied.ok) throw new AppError('backup.damaged');
      record('second', target, statSync(target).size, null);
      prune(ctx, second);
    } catch (error) {
      // A missing stick must not spoil the local copy; the screen says so.
      record('second', path, 0, error instanceof AppError ? error.code : 'backup.no-place');
    }
  }
  ctx.changed('backups');
  return { path };
}

function prune(ctx: Ctx, folder: string): void {
  const files = filesIn(folder, 'beside');
  const keep = copiesToKeep(
    files.map((f) => f.madeAt),
    ctx.settings().shop.zone,
  );
  for (const f of files) if (!keep.has(f.madeAt)) rmSync(f.path, { force: true });
}

export const startBackup = (ctx: Ctx): TaskId =>
  ctx.tasks.start('backups.make', 'Backing up the shop', () => makeBackup(ctx), { exclusive: true });

export function setSecondPlace(ctx: Ctx, session: Session, path: string | null): void {
  if (path) {
    try {
      accessSync(path, constants.W_OK);
      mkdirSync(join(path, SECOND_FOLDER), { recursive: true });
    } catch {
      throw new AppError('backup.no-place');
    }
  }
  saveSettings(ctx.db, 'backup', { secondPlace: path }, ctx.clock.now());
  ctx.journal.append([]);
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'backups.second-place' });
}

/** Only a copy of this very shop that reads whole and is not from a newer Regulars may take its place. */
export async function restoreBackup(ctx: Ctx, session: Session, path: string) {
  const state = await ctx.backstage.checkDatabase(path);
  if (!state.ok)
    throw new AppError(state.why === 'missing' ? 'backup.not-found' : state.why === 'newer' ? 'shop.newer-database' : 'backup.damaged');
  // Another shop's numbers are sealed with another key: its stops would no longer be found, and practice would mix with real.
  const [its, ours] = [shopOf(path), { id: readMeta(ctx.db, 'shop_id'), kind: readMeta(ctx.db, 'kind') }];
  const differ = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;
  if (differ(its.id, ours.id) || differ(its.kind, ours.kind)) throw new AppError('backup.other-shop');
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'backups.restore', subject: basename(path) });
  return ctx.backstage.restoreShop(path);
}

/** The automatic daily copy: looks every hour of this clock until stopped. Failures are logged and shown, never thrown. */
export async function dailyBackups(ctx: Ctx, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const last = backupState(ctx).lastGoodAt;
    if (ctx.settings().onboarding.finishedAt !== null && (last === null || ctx.clock.now() - last >= 20 * HOUR)) {
      await ctx.tasks.finished(startBackup(ctx)).catch((e: unknown) => ctx.log.error('daily backup', e));
    }
    await ctx.clock.sleep(HOUR, signal).catch(() => undefined);
  }
}
