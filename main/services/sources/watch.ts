import { stat } from 'node:fs/promises';
import { findImport, unfinishedImport } from '@db/queries/imports';
import {
  answerFor,
  forgetOlderAt,
  forgetWatchFile,
  importOfBytes,
  moveWatchFile,
  openPreviewSince,
  saveWatchFile,
  sourcesOfKind,
  type WatchFile,
  type WatchFolder,
  waitingButImported,
  watchFile,
  watchFileAt,
  watchFilesIn,
  watchFolder,
} from '@db/queries/sources';
import { audit } from '@db/queries/staff';
import { taskRuns } from '@db/queries/tasks';
import { AppError, codeOfError } from '@domain/errors';
import type { Mapping } from '@domain/imports/fields';
import { type ImportId, MINUTE, type UtcMs } from '@domain/kernel';
import { bringsNothing, CALM_MS, CALM_OPEN_END_MS, doubtsAbout, type WaitReason, type WatchDetail } from '@domain/sources/watch';
import type { Ctx } from '../ctx';
import { commitImport } from '../imports/commit';
import { discardImport, inspectFile, previewImport } from '../imports/preview';
import { endsOpen, type FoundFile, hashOf, markOf, tablesIn, tryAgain } from './files';
import { type Delay, liveOf } from './live';

/** Nobody: the watched folder acts for the shop, not for a person. */
const SYSTEM = { staffId: null } as const;
/** A preview the owner has open is not made worthless by a file that comes in behind their back. */
const OWNER_IS_LOOKING_MS = 15 * MINUTE;
/** Troubles that pass: the file is looked at again later. */
const PASSING = new Set(['import.file-changed', 'import.shop-changed', 'task.already-running', 'shop.disk-full']);

type Outcome = 'settled' | Delay;

/**
 * Looks after the watched folder. Each content is decided about once (its SHA-256 is remembered); what is certain is imported, one
 * file at a time, and everything else waits for the owner with the reason.
 */
export class FolderWatcher {
  /** How a file looked last, and since when it has looked so. */
  private readonly looked = new Map<string, { mark: string; since: number }>();
  /** Decided in this session: not read again until size or time change. */
  private readonly decided = new Map<string, string>();
  /** Read, but waiting for its turn: not read again each second. */
  private readonly hashes = new Map<string, { mark: string; hash: string }>();

  constructor(
    private readonly ctx: Ctx,
    /** Monotonic milliseconds. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** One look at the folder. `soon`: something is on its way, look again in a moment. */
  async sweep(signal: AbortSignal): Promise<{ soon: boolean }> {
    const live = liveOf(this.ctx);
    const before = this.pictureOf(live.delayed) + live.folder;
    const folder = watchFolder(this.ctx.db);
    live.folder = 'fine';
    try {
      if (!folder || folder.paused) {
        live.delayed.clear();
        return { soon: false };
      }
      this.finishCutOff();
      let files: FoundFile[];
      try {
        files = await tablesIn(folder.path);
      } catch (error) {
        live.delayed.clear();
        live.folder = (error as { code?: string }).code === 'ENOENT' ? 'gone' : 'unreadable';
        return { soon: false };
      }
      this.forgetGone(files);
      const there = new Set(files.map((f) => f.path));
      for (const path of live.delayed.keys()) if (!there.has(path)) live.delayed.delete(path);
      for (const f of files) {
        signal.throwIfAborted();
        if (this.isDecided(f)) {
          live.delayed.delete(f.path);
          continue;
        }
        const outcome = await this.look(folder, f, signal);
        if (outcome === 'settled') {
          this.decided.set(f.path, markOf(f));
          this.hashes.delete(f.path);
          live.delayed.delete(f.path);
        } else live.delayed.set(f.path, { fileName: f.fileName, why: outcome });
      }
      return { soon: live.delayed.size > 0 };
    } finally {
      if (this.pictureOf(live.delayed) + live.folder !== before) this.ctx.changed('imports');
    }
  }

  private pictureOf(delayed: ReturnType<typeof liveOf>['delayed']): string {
    return [...delayed].map(([path, d]) => `${path} ${d.why}`).join();
  }

  /** A crash between the import and this memory of it: the import itself knows. */
  private finishCutOff(): void {
    for (const f of watchFilesIn(this.ctx.db, 'importing')) {
      if (f.importId !== null && findImport(this.ctx.db, f.importId)?.state === 'done') this.took(f, f.importId);
      else if (!taskRuns(this.ctx.db, 'import.')) forgetWatchFile(this.ctx.db, f.hash);
    }
  }

  /** What waits and is not there any more, or was imported by hand meanwhile, waits no longer. */
  private forgetGone(files: readonly FoundFile[]): void {
    const there = new Set(files.map((f) => f.path));
    const imported = waitingButImported(this.ctx.db);
    for (const f of watchFilesIn(this.ctx.db, 'waits')) {
      if (f.approved) this.decided.delete(f.path);
      if (imported.has(f.hash)) this.settle(f, 'known');
      else if (!there.has(f.path)) forgetWatchFile(this.ctx.db, f.hash);
      else continue;
      this.ctx.changed('imports');
    }
    for (const path of this.looked.keys()) if (!there.has(path)) this.looked.delete(path);
    for (const path of this.decided.keys()) if (!there.has(path)) this.decided.delete(path);
  }

  private isDecided(f: FoundFile): boolean {
    if (this.decided.get(f.path) === markOf(f)) return true;
    const known = watchFileAt(this.ctx.db, f.path, f.size, f.modifiedAt);
    return known !== null && known.state !== 'importing' && !(known.state === 'waits' && known.approved);
  }

  /** Half-written files wait: the same size and time for some seconds, longer when the last line is open. */
  private async isCalm(f: FoundFile): Promise<boolean> {
    const now = this.elapsed();
    const last = this.looked.get(f.path);
    if (last?.mark !== markOf(f)) {
      this.looked.set(f.path, { mark: markOf(f), since: now });
      return false;
    }
    const calm = now - last.since;
    return f.size > 0 && calm >= CALM_MS && (calm >= CALM_OPEN_END_MS || !(await endsOpen(f)));
  }

  private async look(folder: WatchFolder, f: FoundFile, signal: AbortSignal): Promise<Outcome> {
    let hash: string;
    try {
      if (!(await this.isCalm(f))) return 'writing';
      const read = this.hashes.get(f.path);
      hash = read?.mark === markOf(f) ? read.hash : await hashOf(f.path, signal);
      const after = await stat(f.path);
      if (markOf({ size: after.size, modifiedAt: after.mtimeMs }) !== markOf(f)) return 'writing';
      this.hashes.set(f.path, { mark: markOf(f), hash });
    } catch (error) {
      signal.throwIfAborted();
      if (tryAgain(error)) return 'locked';
      throw error;
    }
    forgetOlderAt(this.ctx.db, f.path, hash);
    const before = watchFile(this.ctx.db, hash);
    if (before) moveWatchFile(this.ctx.db, hash, f);
    if (before && !(before.state === 'waits' && before.approved)) return before.state === 'importing' ? 'queued' : 'settled';
    const known: WatchFile = before
      ? { ...before, ...f }
      : {
          ...f,
          hash,
          state: 'known',
          why: null,
          detail: {},
          profile: '',
          approved: false,
          importId: null,
          seenAt: this.now(),
          settledAt: null,
        };
    const earlier = importOfBytes(this.ctx.db, hash);
    // also when it was undone: whoever took it back does not want it back by itself
    if (earlier && (earlier.state === 'done' || !known.approved)) return this.settle({ ...known, importId: earlier.id }, 'known');
    return this.busy() ? 'queued' : this.decide(folder, known, signal);
  }

  private async decide(folder: WatchFolder, f: WatchFile, signal: AbortSignal): Promise<Outcome> {
    const { db } = this.ctx;
    const wasThere = folder.present[f.fileName] === markOf(f);
    let kind: WatchFile & { mapping: Mapping | null };
    try {
      const look = await inspectFile(this.ctx, f.path);
      signal.throwIfAborted();
      const profile = look.profile?.id ?? `manual:${look.fingerprint}`;
      const detail: WatchDetail = look.profile
        ? { till: look.profile.till, title: look.profile.title, kind: look.profile.kind }
        : look.remembered
          ? { till: look.suggestion.till, kind: look.suggestion.kind }
          : {};
      kind = { ...f, profile, detail, mapping: look.profile ? null : look.suggestion };
      const answer = answerFor(db, profile);
      if (answer === 'ignore') return this.settle(kind, 'aside');
      if (!look.profile && !look.remembered) return this.wait(kind, wasThere ? 'was-there' : 'unknown-columns');
      if (!f.approved) {
        if (wasThere) return this.wait(kind, 'was-there');
        if (answer === 'ask') return this.wait(kind, 'always-ask');
        if (answer === null && !sourcesOfKind(db, profile).length) return this.wait(kind, 'first-time');
      }
    } catch (error) {
      return this.trouble(f, error, signal, wasThere);
    }
    return this.take(kind, signal);
  }

  private busy(): boolean {
    const { db, clock } = this.ctx;
    return (
      unfinishedImport(db, 0 as ImportId) !== null ||
      taskRuns(db, 'import.') ||
      openPreviewSince(db, (clock.now() - OWNER_IS_LOOKING_MS) as UtcMs)
    );
  }

  /** The same way every import goes: preview, doubts, exactly that plan. */
  private async take(f: WatchFile & { mapping: Mapping | null }, signal: AbortSignal): Promise<Outcome> {
    const { ctx } = this;
    let id: ImportId | undefined;
    liveOf(ctx).delayed.delete(f.path); // its turn has come: the running task says the rest
    const drop = () => {
      if (id !== undefined && findImport(ctx.db, id)?.state === 'previewed') discardImport(ctx, id);
    };
    try {
      const preview = previewImport(ctx, SYSTEM, { path: f.path, mapping: f.mapping, keepOthers: true });
      id = preview.id;
      await finished(ctx, preview.task, signal);
      const plan = findImport(ctx.db, id)?.plan;
      if (!plan || plan.fileHash !== f.hash) {
        drop();
        return 'writing';
      }
      const { rows, rejected } = plan.counts;
      const detail: WatchDetail = { ...f.detail, rows, rejected };
      const doubt = doubtsAbout(plan, sourcesOfKind(ctx.db, f.profile), ctx.clock.now());
      if (doubt) {
        drop();
        return this.wait({ ...f, detail }, doubt);
      }
      if (bringsNothing(plan)) {
        drop();
        return this.settle({ ...f, detail: { ...detail, nothing: true } }, 'imported');
      }
      const taking: WatchFile = { ...f, detail, state: 'importing', why: null, importId: id };
      saveWatchFile(ctx.db, taking);
      await finished(ctx, commitImport(ctx, SYSTEM, { id }).task, signal);
      return this.took(taking, id);
    } catch (error) {
      drop();
      if (watchFile(ctx.db, f.hash)?.state === 'importing') {
        // as it was before: approved or not yet known
        if (f.state === 'waits') saveWatchFile(ctx.db, f);
        else forgetWatchFile(ctx.db, f.hash);
      }
      return this.trouble(f, error, signal, false);
    }
  }

  private async trouble(f: WatchFile, error: unknown, signal: AbortSignal, wasThere: boolean): Promise<Outcome> {
    signal.throwIfAborted();
    const code = codeOfError(error);
    if (code === 'import.unreadable' && !(await canRead(f.path, signal))) return 'locked';
    if (PASSING.has(code)) return code === 'import.file-changed' ? 'writing' : 'queued';
    if (code === 'bug') this.ctx.log.error('watched file', error);
    if (code === 'task.cancelled') return this.wait(f, 'stopped');
    // a day without sales is no question
    if (code === 'import.no-rows') return this.settle({ ...f, detail: { ...f.detail, nothing: true } }, 'imported');
    const params = error instanceof AppError ? error.params : {};
    if (code === 'import.wrong-file') {
      const profile = `wrong:${params['found'] ?? ''}:${params['till'] ?? ''}`;
      if (answerFor(this.ctx.db, profile) === 'ignore') return this.settle({ ...f, profile }, 'aside');
      return this.wait({ ...f, profile, detail: { error: { code, params } } }, wasThere ? 'was-there' : 'refused');
    }
    return this.wait({ ...f, detail: { ...f.detail, error: { code, params } } }, wasThere ? 'was-there' : 'refused');
  }

  private now(): UtcMs {
    return this.ctx.clock.now();
  }

  private wait(f: WatchFile, why: WaitReason): Outcome {
    saveWatchFile(this.ctx.db, bare({ ...f, state: 'waits', why, approved: false, settledAt: null }));
    if (why !== 'was-there') this.ctx.sources.notices.tell({ kind: 'waits', file: f.fileName, why });
    this.ctx.changed('imports', 'reports');
    return 'settled';
  }

  private settle(f: WatchFile, state: 'known' | 'aside' | 'imported'): Outcome {
    saveWatchFile(this.ctx.db, bare({ ...f, state, why: null, approved: false, settledAt: this.now() }));
    this.ctx.changed('imports', 'reports');
    return 'settled';
  }

  private took(f: WatchFile, id: ImportId): Outcome {
    const row = findImport(this.ctx.db, id);
    this.settle({ ...f, importId: id }, 'imported');
    audit(this.ctx.db, { at: this.now(), staffId: null, action: 'watch.imported', subject: String(id) });
    if (row?.counts) {
      const { sales, people, rejected } = row.counts;
      this.ctx.sources.notices.tell({
        kind: 'imported',
        file: f.fileName,
        importId: id,
        newSales: sales.new,
        newPeople: people.new,
        changed: sales.changed + people.changed,
        rejected,
      });
    }
    return 'settled';
  }
}

/** Without what is only needed while it is being looked at. */
function bare(f: WatchFile & { mapping?: unknown }): WatchFile {
  const { mapping: _, ...rest } = f;
  return rest;
}

/** Told apart from a file that is no text at all: another program may hold it again. */
async function canRead(path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await hashOf(path, signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    return !tryAgain(error);
  }
}

/** A task's end; closing the shop ends the task, which is no trouble of the file. */
async function finished(ctx: Ctx, task: Parameters<Ctx['tasks']['finished']>[0], signal: AbortSignal): Promise<void> {
  await ctx.tasks.finished(task);
  signal.throwIfAborted();
}
