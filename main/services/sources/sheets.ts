import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findImport, importEpoch } from '@db/queries/imports';
import { deleteWebSheet, importOfBytes, insertWebSheet, updateWebSheet, type WebSheetRow, webSheet, webSheets } from '@db/queries/sources';
import { audit } from '@db/queries/staff';
import { taskRuns } from '@db/queries/tasks';
import { AppError, codeOfError } from '@domain/errors';
import { HOUR, type ImportId, type TaskId } from '@domain/kernel';
import { bringsNothing } from '@domain/sources/watch';
import { placeOf, type SheetLink } from '@domain/sources/web-link';
import type { Ctx, Session } from '../ctx';
import { discardImport, inspectFile, previewImport } from '../imports/preview';

const FOLDER = 'web-lists';
const DAILY_MS = 20 * HOUR;
/** After the net failed the daily look is tried again sooner. */
const AGAIN_MS = 2 * HOUR;
const OFFLINE = new Set(['sheet.unreachable', 'sheet.too-slow']);

/** Where a fetched list lies until the owner has decided about it. The name is what the import will be called. */
function fileOf(ctx: Ctx, s: Pick<WebSheetRow, 'id' | 'name'>): string {
  const name = s.name.replace(/[^\p{L}\p{N} _-]/gu, '').trim() || 'list';
  return join(ctx.dir, FOLDER, String(s.id), `${name}.csv`);
}

function link(ctx: Ctx, url: string): SheetLink {
  const read = ctx.sources.sheets.read(url);
  if (typeof read !== 'string') return read;
  throw new AppError(read === 'not-https' ? 'sheet.not-https' : read === 'edit-link' ? 'sheet.edit-link' : 'sheet.bad-link');
}

/** The host a link asks, to be shown before anything is asked. Throws AppError sheet.bad-link | sheet.not-https | sheet.edit-link. */
export const lookAtLink = (ctx: Ctx, url: string): { host: string } => ({ host: placeOf(link(ctx, url).host) });

export interface SheetView {
  id: number;
  name: string;
  /** The host of the link, and others the owner allowed. */
  host: string;
  also: string[];
  /** The link wants to lead here, which nobody allowed yet. */
  askHost: string | null;
  daily: boolean;
  /** new = waits for the owner; same; never = not fetched yet; failed = `error`. */
  state: 'never' | 'same' | 'new' | 'other-host' | 'failed';
  error: string | null;
  checkedAt: WebSheetRow['checkedAt'];
  /** The preview to look at, when it still tells the truth. */
  importId: ImportId | null;
  /** The fetched file, for looking at it anew. */
  path: string | null;
}

/** All links, and what waits of them. */
export function sheetsView(ctx: Ctx): SheetView[] {
  return webSheets(ctx.db).map((s) => {
    const decided = isDecided(ctx, s);
    const waits = s.nextHash !== null && !decided;
    const first = ctx.sources.sheets.read(s.url);
    const host = typeof first === 'string' ? '' : placeOf(first.host);
    const state = waits ? 'new' : s.outcome === null ? 'never' : decided || s.outcome === 'new' ? 'same' : stateOf(s.outcome);
    return {
      id: s.id,
      name: s.name,
      host,
      also: s.hosts.filter((h) => h !== host),
      askHost: s.outcome === 'other-host' ? s.outcomeHost : null,
      daily: s.daily,
      state,
      error: state === 'failed' ? s.outcome : null,
      checkedAt: s.checkedAt,
      importId: waits && stillTrue(ctx, s.importId) ? s.importId : null,
      path: waits ? fileOf(ctx, s) : null,
    };
  });
}

const stateOf = (outcome: string): SheetView['state'] => (outcome === 'same' || outcome === 'other-host' ? outcome : 'failed');

/** The bytes that waited were imported (through whatever preview). */
const isDecided = (ctx: Ctx, s: WebSheetRow): boolean => s.nextHash !== null && importOfBytes(ctx.db, s.nextHash)?.state === 'done';

function stillTrue(ctx: Ctx, id: ImportId | null): boolean {
  const row = id === null ? null : findImport(ctx.db, id);
  return row?.state === 'previewed' && row.plan?.epoch === importEpoch(ctx.db);
}

/**
 * The owner approves one link and its host. Nothing is fetched yet.
 * @throws AppError sheet.bad-link | sheet.not-https | sheet.edit-link
 */
export function addSheet(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { url: string; name: string }): { id: number } {
  const { url, host } = link(ctx, input.url);
  const known = webSheets(ctx.db).find((s) => s.url === url);
  if (known) return { id: known.id };
  const at = ctx.clock.now();
  const id = ctx.db.tx((trx) => {
    audit(trx, { at, staffId: session.staffId, action: 'sheet.added', detail: { host: placeOf(host) } });
    return insertWebSheet(trx, { name: input.name.trim() || host, url, hosts: [placeOf(host)], at });
  });
  return { id };
}

function found(ctx: Ctx, id: number): WebSheetRow {
  const s = webSheet(ctx.db, id);
  if (!s) throw new AppError('source.not-found');
  return s;
}

/** The owner allows the host that a link leads to; only the one that was shown. */
export function allowHost(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { id: number; host: string }): void {
  const s = found(ctx, input.id);
  if (s.outcome !== 'other-host' || s.outcomeHost !== input.host) throw new AppError('source.not-found');
  updateWebSheet(ctx.db, s.id, { hosts: [...s.hosts, input.host], outcome: null, outcomeHost: null });
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'sheet.host-allowed', detail: { host: input.host } });
}

/** Its name, and whether it is looked at every day by itself (which only prepares a preview). */
export function changeSheet(ctx: Ctx, input: { id: number; name: string; daily: boolean }): void {
  const s = found(ctx, input.id);
  const name = input.name.trim() || s.name;
  if (s.nextHash !== null && name !== s.name) dropFile(ctx, s, true); // its file is named after it
  updateWebSheet(ctx.db, s.id, { name, daily: input.daily });
}

/** Forgets a link. The people imported from it stay. */
export function removeSheet(ctx: Ctx, session: Pick<Session, 'staffId'>, id: number): void {
  const s = found(ctx, id);
  dropFile(ctx, s, false);
  deleteWebSheet(ctx.db, id);
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action: 'sheet.removed' });
}

/** What waits is not imported; the same content is not offered again. */
export function leaveSheet(ctx: Ctx, id: number): void {
  settle(ctx, found(ctx, id));
}

function settle(ctx: Ctx, s: WebSheetRow): void {
  if (s.nextHash === null) return;
  dropPreview(ctx, s);
  updateWebSheet(ctx.db, s.id, {
    hash: s.nextHash,
    etag: s.nextEtag,
    modified: s.nextModified,
    nextHash: null,
    nextEtag: null,
    nextModified: null,
    importId: null,
    outcome: 'same',
  });
  rmSync(dirname(fileOf(ctx, s)), { recursive: true, force: true });
}

function dropPreview(ctx: Ctx, s: WebSheetRow): void {
  if (s.importId !== null && findImport(ctx.db, s.importId)?.state === 'previewed') discardImport(ctx, s.importId);
}

function dropFile(ctx: Ctx, s: WebSheetRow, keepRow: boolean): void {
  dropPreview(ctx, s);
  rmSync(dirname(fileOf(ctx, s)), { recursive: true, force: true });
  if (keepRow) updateWebSheet(ctx.db, s.id, { nextHash: null, nextEtag: null, nextModified: null, importId: null, outcome: null });
}

/**
 * Fetches a list and works out what it would change, as a task ('sheet.refresh'). Nothing is imported: the owner looks at the preview
 * and approves it, each time.
 * @throws AppError source.not-found | task.already-running
 */
export function refreshSheet(ctx: Ctx, session: Pick<Session, 'staffId'>, id: number): { task: TaskId } {
  const s = found(ctx, id);
  const task = ctx.tasks.start('sheet.refresh', s.name, async (_report, signal) => refresh(ctx, session, id, signal), { exclusive: true });
  return { task };
}

async function refresh(ctx: Ctx, session: Pick<Session, 'staffId'>, id: number, signal: AbortSignal): Promise<{ importId?: ImportId }> {
  if (isDecided(ctx, found(ctx, id))) settle(ctx, found(ctx, id));
  const s = found(ctx, id);
  const file = fileOf(ctx, s);
  const target = `${file}.new`;
  let replaced = false;
  const say = (set: Parameters<typeof updateWebSheet>[2]) => {
    updateWebSheet(ctx.db, id, { checkedAt: ctx.clock.now(), outcomeHost: null, ...set });
    ctx.changed('imports', 'reports');
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
    const answer = await ctx.sources.sheets.fetch({ url: s.url, hosts: s.hosts, etag: s.etag, modified: s.modified, target }, signal);
    signal.throwIfAborted();
    if (answer.kind === 'other-host') {
      say({ outcome: 'other-host', outcomeHost: placeOf(answer.host) });
      return {};
    }
    if (answer.kind === 'same' || answer.hash === s.hash) {
      dropFile(ctx, s, true); // what waited is not what the list says now
      say({ outcome: 'same', ...(answer.kind === 'new' && { etag: answer.etag, modified: answer.modified }) });
      return {};
    }
    if (answer.hash === s.nextHash && stillTrue(ctx, s.importId)) {
      rmSync(target, { force: true });
      say({ outcome: 'new' });
      return s.importId === null ? {} : { importId: s.importId };
    }
    dropPreview(ctx, s);
    renameSync(target, file);
    replaced = true;
    const next = { nextHash: answer.hash, nextEtag: answer.etag, nextModified: answer.modified };
    const importId = await prepare(ctx, session, file, signal);
    say({ ...next, importId: importId === 'nothing' ? null : importId, outcome: 'new' });
    if (importId === 'nothing') settle(ctx, found(ctx, id));
    return typeof importId === 'number' ? { importId } : {};
  } catch (error) {
    rmSync(target, { force: true });
    if (replaced)
      dropFile(ctx, found(ctx, id), true); // what was fetched cannot be used; what waited before is gone
    else if (s.nextHash === null) rmSync(dirname(file), { recursive: true, force: true });
    if (!signal.aborted) say({ outcome: codeOfError(error) });
    throw error;
  }
}

/** The preview of a fetched list; null = its columns have to be explained first; 'nothing' = it changes nothing. */
async function prepare(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  path: string,
  signal: AbortSignal,
): Promise<ImportId | null | 'nothing'> {
  const look = await inspectFile(ctx, path);
  if ((look.profile ?? look.suggestion).kind === 'sales' && (look.profile || look.remembered)) throw new AppError('sheet.not-people');
  if (!look.profile && !look.remembered) return null;
  const { id, task } = previewImport(ctx, session, { path, mapping: look.profile ? null : look.suggestion, keepOthers: true });
  const stop = () => ctx.tasks.cancel(task);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await ctx.tasks.finished(task);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  const plan = findImport(ctx.db, id)?.plan;
  if (!plan || plan.questions.length || !bringsNothing(plan) || plan.counts.rejected) return id;
  discardImport(ctx, id);
  return 'nothing';
}

/** Files nobody waits for any more: what a crash in the middle of fetching left behind. */
function tidyFiles(ctx: Ctx): void {
  const wanted = new Set(webSheets(ctx.db).flatMap((s) => (s.nextHash === null || isDecided(ctx, s) ? [] : [String(s.id)])));
  for (const name of filesIn(join(ctx.dir, FOLDER)))
    if (!wanted.has(name)) rmSync(join(ctx.dir, FOLDER, name), { recursive: true, force: true });
}

function filesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    return []; // no list was ever fetched
  }
}

/** Lists the owner wants looked at every day: fetches those that are due and tells of what is new. Troubles stand in the list. */
export async function checkDailySheets(ctx: Ctx, signal: AbortSignal): Promise<void> {
  if (!taskRuns(ctx.db, 'sheet.')) tidyFiles(ctx);
  for (const s of webSheets(ctx.db)) {
    const age = s.checkedAt === null ? Number.POSITIVE_INFINITY : ctx.clock.now() - s.checkedAt;
    if (!s.daily || signal.aborted || age < (OFFLINE.has(s.outcome ?? '') ? AGAIN_MS : DAILY_MS)) continue;
    try {
      const waited = s.nextHash;
      await ctx.tasks.finished(refreshSheet(ctx, { staffId: null }, s.id).task);
      const now = webSheet(ctx.db, s.id);
      if (now?.nextHash && now.nextHash !== waited) ctx.sources.notices.tell({ kind: 'list-waits', name: s.name });
    } catch (error) {
      if (!(error instanceof AppError)) ctx.log.error('list on the web', error);
    }
  }
}
