import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { JournalFile } from '@adapters/disk/journal';
import { checkDatabase, copyDatabase, shopOf } from '@db/backup';
import { migrate, versionOf } from '@db/migrate';
import { type Db, openDb } from '@db/open';
import { ledgerHead } from '@db/queries/consent';
import { insertRestore, type JournalsFound, knowsUntil, lastRestore, type RestoreHow } from '@db/queries/restore';
import { dropMeta, readMeta, readSettings, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { mergeJournals } from '@domain/backups/journal';
import { keyedSeal } from '@domain/consent/hmac';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import { copyMadeAt, SECOND_FOLDER } from '@services/backups/names';
import { type Replayed, replayJournal } from '@services/backups/replay';
import { HEAD_META } from '@services/consent/ledger';
import type { JournalEntry } from '@services/ctx';

/** Called before each step that changes what is on disk; tests end the process there. */
export type Step = (name: string) => void;

/** Before a newer Regulars changes the file, a copy of it as it was stays behind. */
export async function keepCopyBeforeMigrating(db: Db, dir: string, now: UtcMs): Promise<void> {
  const folder = join(dir, 'backups');
  mkdirSync(folder, { recursive: true });
  await copyDatabase(db, join(folder, `before-update-v${versionOf(db.raw)}-${now}.sqlite`));
}

export interface Journals {
  entries: JournalEntry[];
  found: Omit<JournalsFound, 'gap'>;
}

/** Name of the journal at a place that several shops may share. */
export const mirrorName = (shopId: string): string => `journal-${shopId.slice(0, 8)}.log`;

/** Every journal of this shop that can be reached, as one; the furthest leads (domain/backups/journal.ts). */
export function readJournals(paths: readonly string[], key: Uint8Array): Journals {
  const reads = [...new Set(paths)]
    .filter((p) => existsSync(p))
    .map((p) => new JournalFile<JournalEntry>(p, key).readAll())
    .filter((r) => r.entries.length > 0 || r.unreadable > 0);
  const good = reads.filter((r) => r.entries.length > 0);
  const lead = good.reduce<(typeof good)[number] | undefined>((a, b) => (!a || b.entries.length > a.entries.length ? b : a), undefined);
  return {
    entries: mergeJournals(good.map((r) => r.entries)),
    found: {
      read: good.length,
      unreadable: lead?.unreadable ?? 0,
      torn: lead?.torn ?? false,
      foreign: good.length === 0 && reads.length > 0,
    },
  };
}

/** Where journals of the shop may lie: beside its file, at the second place, beside the copy that is brought back. */
export function journalPlaces(dir: string, o: { second?: string | null; shopId?: string | null; copy?: string }): string[] {
  const folders = [o.second ? join(o.second, SECOND_FOLDER) : null, o.copy ? dirname(o.copy) : null].filter((f) => f !== null);
  const names = ['journal.log', ...(o.shopId ? [mirrorName(o.shopId), `${mirrorName(o.shopId)}.older`] : [])];
  const around = o.copy && basename(dirname(o.copy)) === 'backups' ? [join(dirname(dirname(o.copy)), 'journal.log')] : [];
  return [join(dir, 'journal.log'), ...folders.flatMap((f) => names.map((n) => join(f, n))), ...around];
}

export interface CopyIn {
  how: RestoreHow;
  copy: string;
  /** The epoch of the file that gives way; 0 when it cannot be read. */
  epoch: number;
  hmacKey: Uint8Array;
  journals: Journals;
  now: UtcMs;
  machine: string;
  /** The file as it was called before it was unpacked: its name may tell when it was made. */
  madeAs?: string;
  /** Facts about the file that are to stand in it from its first moment. */
  meta?: Readonly<Record<string, string>>;
}

export interface CameIn extends Replayed {
  epoch: number;
  copyAt: UtcMs;
}

export const restoring = (file: string) => `${file}.restoring`;

/** Numbers of a shop are sealed with its key: with another one its stops would read as never said. */
function refuseOtherKey(db: Db, hmacKey: Uint8Array): void {
  const kept = readMeta(db, HEAD_META);
  const head = ledgerHead(db);
  if (kept === null || head === null) return;
  const { id, seal } = JSON.parse(kept) as { id: number; seal: string };
  if (id === head.id && seal !== keyedSeal(hmacKey, head.hash)) throw new AppError('backup.other-shop');
}

/**
 * The copy, brought up to today beside the live file: a new epoch, everything that was sending on hold, and from the journal the stops,
 * sign-ups, redemptions and texts since. Nothing of the live file is touched.
 */
export function prepareCopy(file: string, o: CopyIn): CameIn {
  const next = restoring(file);
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${next}${suffix}`, { force: true });
  copyFileSync(o.copy, next);
  const kept = openDb(next);
  try {
    migrate(kept.raw);
    if (readMeta(kept, 'retired') !== null) throw new AppError('shop.retired');
    refuseOtherKey(kept, o.hmacKey);
    const result = kept.tx((trx) => comeIn(kept, trx as never, o));
    kept.raw.pragma('wal_checkpoint(TRUNCATE)');
    kept.raw.pragma('journal_mode = DELETE');
    return result;
  } finally {
    kept.close();
  }
}

/** What any file goes through that takes up a shop's life where another one may have led it: inside one transaction. */
export function comeIn(db: Db, trx: Parameters<typeof replayJournal>[0], o: Omit<CopyIn, 'copy'> & { copy: string | null }): CameIn {
  const earlier = o.journals.entries.reduce((m, e) => (e.kind === 'restored' ? Math.max(m, e.row.epoch) : m), 0);
  const epoch = Math.max(o.epoch, Number(readMeta(db, 'epoch') ?? '1'), lastRestore(db)?.epoch ?? 0, earlier) + 1;
  const knows = Math.min(knowsUntil(db), o.now) as UtcMs;
  const made = o.copy === null ? null : copyMadeAt(basename(o.madeAs ?? o.copy));
  const copyAt = Math.min(made ?? knows, o.now) as UtcMs;
  writeMeta(db, 'epoch', String(epoch));
  writeMeta(db, 'restored_at', String(o.now));
  writeMeta(db, 'machine', o.machine);
  for (const [key, value] of Object.entries(o.meta ?? {})) writeMeta(db, key, value);
  const result = replayJournal(trx, o.hmacKey, o.journals.entries, o.now);
  insertRestore(trx, {
    epoch,
    how: o.how,
    at: o.now,
    copyAt,
    knowsUntil: Math.min(knows, copyAt) as UtcMs,
    brought: result.brought,
    journal: { ...o.journals.found, gap: result.gap },
  });
  noteArrival(db, o.how, o.copy === null ? '' : basename(o.copy), o.now);
  return { ...result, epoch, copyAt };
}

function noteArrival(db: Db, how: RestoreHow, subject: string, at: UtcMs): void {
  const entry = { at, staffId: null, subject };
  if (how === 'restored') audit(db, { ...entry, action: 'shop.restored' });
  else if (how === 'mended') audit(db, { ...entry, action: 'shop.mended' });
  else if (how === 'moved') audit(db, { ...entry, action: 'shop.moved' });
  else if (how === 'taken-back') audit(db, { ...entry, action: 'shop.taken-back' });
  else audit(db, { ...entry, action: 'shop.other-computer' });
}

function syncFolder(dir: string): void {
  if (process.platform === 'win32') return; // folders cannot be opened there
  const fd = openSync(dir, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** A second name for the file as it is, or, where the disk knows no links, a copy. */
function keepBeside(file: string, kept: string): void {
  rmSync(kept, { force: true });
  try {
    linkSync(file, kept);
  } catch {
    copyFileSync(file, `${kept}.part`);
    renameSync(`${kept}.part`, kept);
  }
}

/**
 * Puts the prepared copy in the place of the live file, which must be closed with its log copied into it. One rename decides: before it
 * the old shop is whole, after it the new one, and there is no moment without a shop.
 */
export function swapIn(file: string, keepAs: string, step: Step = () => {}): void {
  const dir = dirname(file);
  if (existsSync(file)) {
    step('keep');
    keepBeside(file, join(dir, keepAs));
    const log = statSync(`${file}-wal`, { throwIfNoEntry: false });
    if (log && log.size > 0) {
      // only a damaged file leaves one: it belongs to what is put aside
      step('keep-log');
      renameSync(`${file}-wal`, join(dir, `${keepAs}-wal`));
    }
    step('no-log');
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }
  step('swap');
  renameSync(restoring(file), file);
  syncFolder(dir);
  step('swapped');
}

/** Copies the log into the file and closes it. Throws when somebody else still has it open: then nothing was changed. */
export function closeForGood(db: Db): void {
  const [r] = db.raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (r?.busy !== 0) throw new AppError('shop.busy');
  db.close();
}

/** The newest whole copy beside the shop, or at its second place, for when the live file is damaged or gone. */
export function newestGoodCopy(dir: string): { path: string; madeAt: number } | null {
  const beside = copiesIn(join(dir, 'backups'));
  const lead = beside.find((c) => checkDatabase(c.path).ok) ?? null;
  const second = lead === null ? null : secondPlaceOf(lead.path);
  if (lead === null || second === null) return lead;
  const ours = shopOf(lead.path);
  const newer = copiesIn(join(second, SECOND_FOLDER)).filter((c) => c.madeAt > lead.madeAt);
  return newer.find((c) => checkDatabase(c.path).ok && shopOf(c.path).id === ours.id) ?? lead;
}

function copiesIn(folder: string): { path: string; madeAt: number }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((f) => f.endsWith('.sqlite'))
    .map((f) => ({ path: join(folder, f), madeAt: copyMadeAt(f) ?? Math.round(statSync(join(folder, f)).mtimeMs) }))
    .sort((a, b) => b.madeAt - a.madeAt);
}

/** What a whole copy knows of the place its shop copies to. */
function secondPlaceOf(copy: string): string | null {
  const db = openDb(copy, { readonly: true });
  try {
    return readSettings(db).backup.secondPlace;
  } catch {
    return null; // made by an older Regulars
  } finally {
    db.close();
  }
}

/**
 * The damaged file is kept under another name; the newest whole copy takes its place, the journals tell it what happened since, and it
 * is held like any restored copy. Returns what came in.
 */
export function mendFromNewestCopy(
  file: string,
  o: { hmac: string; journal: string; now: UtcMs; machine: string },
  step: Step = () => {},
): CameIn {
  const dir = dirname(file);
  const copy = newestGoodCopy(dir);
  if (!copy) throw new AppError('shop.corrupt', { newest: 0 });
  const key = Buffer.from(o.journal, 'hex');
  const places = journalPlaces(dir, { second: secondPlaceOf(copy.path), shopId: shopOf(copy.path).id, copy: copy.path });
  const came = prepareCopy(file, {
    how: 'mended',
    copy: copy.path,
    epoch: 0,
    hmacKey: Buffer.from(o.hmac, 'hex'),
    journals: readJournals(places, key),
    now: o.now,
    machine: o.machine,
  });
  swapIn(file, `shop-damaged-${o.now}.sqlite`, step);
  noteRestored(join(dir, 'journal.log'), key, came, o.now);
  return came;
}

/** The next restore, of a copy that knows nothing of this one, must still go beyond its epoch. */
export function noteRestored(journal: string, key: Uint8Array, came: CameIn, now: UtcMs): void {
  const file = new JournalFile<JournalEntry>(journal, key);
  file.append([{ kind: 'restored', at: now, row: { epoch: came.epoch, copyAt: came.copyAt } }]);
  file.close();
}

/** A copy that was being prepared when everything ended: the live file is whole, so it is of no use. */
export function dropLeftovers(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${restoring(file)}${suffix}`, { force: true });
  rmSync(join(dirname(file), 'moving'), { recursive: true, force: true });
  const journal = join(dirname(file), 'journal.log');
  if (!existsSync(`${journal}.arriving`)) return;
  const db = openDb(file);
  try {
    const arrived = readMeta(db, 'journal_arriving') !== null;
    if (arrived) renameSync(`${journal}.arriving`, journal);
    else rmSync(`${journal}.arriving`);
    if (arrived) dropMeta(db, 'journal_arriving');
  } finally {
    db.close();
  }
}
