import { accessSync, closeSync, constants, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { saveSettings } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { AppError, codeOfError, type ErrorCode } from '@domain/errors';
import { HOUR, MINUTE, type ShopDay, type UtcMs } from '@domain/kernel';
import { paperSizeOf } from '@domain/papers/paper';
import { nextDue, weeklyFile, weekToPrint } from '@domain/papers/weekly';
import type { PapersSettings } from '@domain/settings/settings';
import type { Ctx, Session } from '../ctx';
import { isPractice, weekPaper } from './papers';
import { readWeekly, writeWeekly } from './state';

const AGAIN_AFTER = 10 * MINUTE;
/** Figures that are still being counted are waited for; not for ever, a busy shop always counts something. */
const PATIENCE = HOUR;
const waitedSince = new WeakMap<Ctx['db'], { day: ShopDay; at: UtcMs }>();

/** A folder that is there and takes files. It is never made here: an empty folder in the place of a missing drive would hide it. */
function mustTakeFiles(folder: string): void {
  try {
    accessSync(folder, constants.W_OK);
    if (statSync(folder).isDirectory()) return;
  } catch {
    // told below
  }
  throw new AppError('paper.no-folder');
}

/** The choice as it stands, with what became of the last week. */
export function paperSettings(ctx: Ctx) {
  const { papers, shop } = ctx.settings();
  const { since: _, ...choice } = papers;
  const { done, problem } = readWeekly(ctx);
  const on = papers.weekly && papers.folder !== null;
  return {
    ...choice,
    usual: paperSizeOf('country', shop.country),
    next: on ? nextDue(ctx.clock.now(), shop.zone, papers) : null,
    last: done && { file: done.file, at: done.at },
    problem: on && problem ? { code: problem.code, at: problem.since } : null,
  };
}

/** Weeks that were due before somebody asked for them, or under another plan, are not made up for. */
export function savePaperSettings(ctx: Ctx, session: Session, choice: Omit<PapersSettings, 'since'>): void {
  const now = ctx.clock.now();
  if (choice.weekly) {
    if (choice.folder === null) throw new AppError('paper.no-folder');
    mustTakeFiles(choice.folder);
  }
  const before = ctx.settings().papers;
  const same = before.weekly && before.weekday === choice.weekday && before.hour === choice.hour;
  const since = choice.weekly ? (same ? before.since : now) : null;
  saveSettings(ctx.db, 'papers', { ...choice, since }, now);
  const state = readWeekly(ctx);
  // another folder, or none: what was wrong with the old one is of no interest
  if (state.problem) writeWeekly(ctx, { ...state, problem: null });
  audit(ctx.db, { at: now, staffId: session.staffId, action: 'settings.papers', detail: { weekly: choice.weekly } });
}

/** Under another name until it is whole: nobody finds half a page. */
function writeWhole(target: string, bytes: Uint8Array): void {
  const part = `${target}.part`;
  try {
    const fd = openSync(part, 'w');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/**
 * Puts the printed week into the owner's folder when it is due; asked again every minute. Never twice: a week whose file is there already
 * (also from before a restore) is done. What fails is tried again and told once a week. Never throws for what is wrong with the folder.
 */
export async function printWeek(ctx: Ctx): Promise<void> {
  const { papers, shop } = ctx.settings();
  const { folder } = papers;
  if (!papers.weekly || folder === null) return;
  const now = ctx.clock.now();
  const state = readWeekly(ctx);
  const due = weekToPrint(now, shop.zone, papers, { since: papers.since, done: state.done?.day ?? null });
  if (due === null) return;
  const { problem } = state;
  if (problem && problem.day === due.day && now >= problem.at && now - problem.at < AGAIN_AFTER) return;
  const file = weeklyFile(due, isPractice(ctx));
  const target = join(folder, file);
  try {
    mustTakeFiles(folder);
    if (!existsSync(target)) {
      const paper = await weekPaper(ctx, due.last);
      if (paper.week.counting > 0 && mayWait(ctx, due.day, now)) return;
      writeWhole(target, await ctx.paperPrinter.pdf(paper));
    }
    writeWeekly(ctx, { done: { day: due.day, file, at: now }, problem: null });
  } catch (error) {
    const code = codeOfFile(error);
    if (code === 'paper.not-made') ctx.log.error('weekly page', error);
    const first = problem === null || problem.day !== due.day;
    writeWeekly(ctx, { ...readWeekly(ctx), problem: { day: due.day, code, since: first ? now : problem.since, at: now } });
    if (first) ctx.sources.notices.tell({ kind: 'paper-failed', code });
  }
  waitedSince.delete(ctx.db);
  ctx.changed('reports', 'settings');
}

function mayWait(ctx: Ctx, day: ShopDay, now: UtcMs): boolean {
  const waited = waitedSince.get(ctx.db);
  if (waited?.day === day) return now - waited.at < PATIENCE;
  waitedSince.set(ctx.db, { day, at: now });
  return true;
}

/** What a file system says that lost its drive or its rights, as the owner can understand it. */
function codeOfFile(error: unknown): ErrorCode {
  const code = codeOfError(error);
  if (code !== 'bug') return code;
  const io = (error as { code?: unknown } | null)?.code;
  return typeof io === 'string' && /^E[A-Z]+$/.test(io) ? 'paper.no-folder' : 'paper.not-made';
}
