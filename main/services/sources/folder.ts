import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { listImports } from '@db/queries/imports';
import {
  importOfBytes,
  pauseWatch,
  saveWatchFile,
  setAnswerFor,
  settledWatchFiles,
  setWatchFolder,
  type WatchFile,
  type WatchFolder,
  waitingButImported,
  watchFile,
  watchFilesIn,
  watchFolder,
} from '@db/queries/sources';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { Ctx, Session } from '../ctx';
import { markOf, tablesIn } from './files';
import { type Delay, liveOf } from './live';

export type FolderState = 'watching' | 'paused' | 'gone' | 'unreadable' | 'elsewhere';

export interface FolderView {
  folder: { path: string; state: FolderState; chosenAt: WatchFolder['chosenAt'] } | null;
  waiting: WatchFile[];
  /** Waiting files beyond those listed. */
  more: number;
  delayed: { fileName: string; why: Delay }[];
  results: (WatchFile & { undone: boolean })[];
  /** For the hint when nothing is watched yet. */
  everImported: boolean;
}

const SHOWN = 100;

/** The watched folder, what waits in it and what came of files lately. */
export function folderView(ctx: Ctx): FolderView {
  const live = liveOf(ctx);
  const folder = watchFolder(ctx.db);
  // imported by hand a moment ago: the next look settles it
  const imported = waitingButImported(ctx.db);
  const waiting = folder ? watchFilesIn(ctx.db, 'waits').filter((f) => !imported.has(f.hash)) : [];
  const approved = waiting.filter((f) => f.approved);
  const open = waiting.filter((f) => !f.approved);
  const state = (): FolderState =>
    folder?.paused ? 'paused' : !live.running ? 'elsewhere' : live.folder === 'fine' ? 'watching' : live.folder;
  const delayed = [...live.delayed.values()];
  for (const f of approved) {
    if (!delayed.some((d) => d.fileName === f.fileName)) delayed.push({ fileName: f.fileName, why: 'queued' });
  }
  return {
    folder: folder && { path: folder.path, state: state(), chosenAt: folder.chosenAt },
    waiting: open.slice(0, SHOWN),
    more: Math.max(0, open.length - SHOWN),
    delayed: delayed.slice(0, SHOWN),
    results: settledWatchFiles(ctx.db, 10).map((f) => ({ ...f, undone: importOfBytes(ctx.db, f.hash)?.state === 'undone' })),
    everImported: listImports(ctx.db, { offset: 0, limit: 1 }).total > 0,
  };
}

/** Also through a link. Throws what the disk says when the folder is not there. */
function isInside(folder: string, own: string): boolean {
  const [there, here] = [realpathSync(folder), realpathSync(own)];
  return there === here || there.startsWith(here + sep);
}

/**
 * Watches a folder from now on (null: none any more). What lies in it already is remembered as such and offered, never swallowed.
 * @throws AppError source.no-folder | source.own-folder
 */
export async function chooseFolder(ctx: Ctx, session: Pick<Session, 'staffId'>, path: string | null): Promise<void> {
  const at = ctx.clock.now();
  if (path === null) setWatchFolder(ctx.db, null);
  else {
    const folder = resolve(path);
    const present: Record<string, string> = {};
    try {
      if (isInside(folder, ctx.dir)) throw new AppError('source.own-folder');
      for (const f of await tablesIn(folder)) present[f.fileName] = markOf(f);
    } catch (error) {
      throw error instanceof AppError ? error : new AppError('source.no-folder');
    }
    setWatchFolder(ctx.db, { path: folder, present, at });
  }
  audit(ctx.db, { at, staffId: session.staffId, action: path === null ? 'watch.off' : 'watch.on' });
  liveOf(ctx).wake();
}

/** Stops looking for a while, or goes on; what came meanwhile is caught up with. */
export function pauseFolder(ctx: Ctx, session: Pick<Session, 'staffId'>, paused: boolean): void {
  pauseWatch(ctx.db, paused);
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: paused ? 'watch.paused' : 'watch.on' });
  liveOf(ctx).wake();
}

function waiting(ctx: Ctx, hash: string): WatchFile {
  const f = watchFile(ctx.db, hash);
  if (f?.state !== 'waits') throw new AppError('source.not-found');
  return f;
}

/**
 * The owner says yes to a waiting file of a known kind. `always`: such files by themselves from now on; false: ask each time; null:
 * nothing said. Doubts about its content still stop it.
 * @throws AppError source.not-found
 */
export function takeWaiting(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { hash: string; always: boolean | null }): void {
  const f = waiting(ctx, input.hash);
  if (!f.profile) throw new AppError('source.not-found');
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    saveWatchFile(trx, { ...f, approved: true });
    if (input.always !== null) setAnswerFor(trx, f.profile, input.always ? 'by-itself' : 'ask', at);
    audit(trx, { at, staffId: session.staffId, action: 'watch.take', detail: { profile: f.profile, always: input.always } });
  });
  liveOf(ctx).wake();
}

/**
 * Leaves a waiting file alone, with `likeIt` all files with such columns from now on.
 * @throws AppError source.not-found
 */
export function leaveWaiting(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { hash: string; likeIt: boolean }): void {
  const f = waiting(ctx, input.hash);
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (input.likeIt && f.profile) {
      setAnswerFor(trx, f.profile, 'ignore', at);
      for (const other of watchFilesIn(trx, 'waits'))
        if (other.profile === f.profile) saveWatchFile(trx, { ...other, state: 'aside', settledAt: at });
    }
    saveWatchFile(trx, { ...f, state: 'aside', why: null, settledAt: at });
    audit(trx, { at, staffId: session.staffId, action: 'watch.leave', detail: { profile: f.profile, likeIt: input.likeIt } });
  });
}

/** What lay in the folder when it was chosen: take what is recognised, or leave it all. Returns how many. */
export function settleOldOnes(ctx: Ctx, session: Pick<Session, 'staffId'>, take: boolean): number {
  const old = watchFilesIn(ctx.db, 'waits').filter((f) => f.why === 'was-there' && !f.approved);
  const mine = take ? old.filter((f) => f.profile && f.detail.kind && !f.detail.error) : old;
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    for (const f of mine) saveWatchFile(trx, take ? { ...f, approved: true } : { ...f, state: 'aside', why: null, settledAt: at });
    audit(trx, { at, staffId: session.staffId, action: take ? 'watch.take-old' : 'watch.leave-old', detail: { files: mine.length } });
  });
  liveOf(ctx).wake();
  return mine.length;
}
