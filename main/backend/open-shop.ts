import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { realClock } from '@adapters/clock/real-clock';
import { JournalFile } from '@adapters/disk/journal';
import { JournalMirror } from '@adapters/disk/journal-mirror';
import { makeLinkCheck } from '@adapters/link-check/link-check';
import { linkCsv } from '@adapters/link-csv/link-csv';
import { fileLog } from '@adapters/log/file-log';
import { chokidarBell } from '@adapters/watch/folder-bell';
import { makeWebSheet } from '@adapters/web-sheet/web-sheet';
import type { Topic } from '@contract/define';
import { checkDatabase, lookAtFile } from '@db/backup';
import { lockShop } from '@db/lock';
import { migrate, needsMigration } from '@db/migrate';
import { type Db, openDb } from '@db/open';
import { readMeta, readSettings, writeMeta } from '@db/queries/settings';
import { AppError, codeOfError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import type { Clock } from '@ports/clock';
import type { Notices } from '@ports/notices';
import type { PaperPrinter } from '@ports/paper-printer';
import type { SecretStore } from '@ports/secrets';
import { SECOND_FOLDER } from '@services/backups/names';
import { flushSent } from '@services/backups/sent-journal';
import type { Ctx, JournalEntry } from '@services/ctx';
import { Sessions } from '@services/session/sessions';
import { unwrapKeys } from '@services/settings/recovery';
import { connectPractice, makeGateways } from './gateways';
import { makeImportRunner } from './imports/runner';
import { makeMoving, retiredOf } from './moving';
import { connectPracticePost, makePostOffice } from './post-office';
import {
  closeForGood,
  comeIn,
  dropLeftovers,
  journalPlaces,
  keepCopyBeforeMigrating,
  mendFromNewestCopy,
  mirrorName,
  newestGoodCopy,
  noteRestored,
  prepareCopy,
  readJournals,
  type Step,
  swapIn,
} from './shop-files';
import { refuseUnsafePlace, thisComputer } from './shop-place';
import { makeTasks } from './tasks';

export interface OpenOptions {
  dir: string;
  /** Default `shop.sqlite`; the command line may name another. */
  fileName?: string;
  kind: 'real' | 'practice';
  secrets: SecretStore;
  clock?: Clock;
  twilioUrl?: string | undefined;
  recoveryCode?: string | undefined;
  /** The owner agreed: keep the damaged file aside and go on from the newest whole copy. */
  mend?: boolean | undefined;
  changed?: (...topics: Topic[]) => void;
  /** What happened while nobody was looking (the watched folder); nobody is told without it. */
  tell?: Notices['tell'];
  /** Prints while nobody is at the screen; without it (tests, command line) nothing is printed. */
  paperPrinter?: PaperPrinter;
  /** Path of the built check worker; without it files are checked on this thread (tests, command line). */
  checkWorker?: string;
  /** Path of the built import worker; without it files are read on this thread. */
  importWorker?: string;
  /** Called after a restore has put another file in place. */
  restart?: () => void;
  /** Ends what runs by itself (the sender, copies, watching) and waits for it: before another file takes this one's place. */
  quiet?: () => Promise<void>;
  /** Which computer this is; tests say so themselves. */
  machine?: string;
  /** Called before each step that changes what is on disk; tests end the process there. */
  step?: Step;
}

export interface OpenShop {
  ctx: Ctx;
  /** True when another process holds the writer's lock, or the shop moved to another computer: queries only, nothing is sent. */
  readOnly: boolean;
  /** Why. */
  readOnlyWhy: null | 'other' | 'retired';
  /** Another file is taking this one's place: nothing new may begin. */
  leaving(): boolean;
  close(): Promise<void>;
}

/** Opens (or makes) the shop in a folder: lock, damage check, backup before migrating, keys, wiring. Starts nothing by itself. */
export async function openShop(options: OpenOptions): Promise<OpenShop> {
  const { dir, kind, secrets } = options;
  const clock = options.clock ?? realClock;
  const changed = options.changed ?? (() => {});
  const step: Step = options.step ?? (() => {});
  const machine = options.machine ?? thisComputer();
  refuseUnsafePlace(dir);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, options.fileName ?? 'shop.sqlite');
  const look = lookFor(file, dir);
  if (look === 'gone' && !options.mend) throw new AppError('shop.gone', { newest: newestGoodCopy(dir)?.madeAt ?? 0 });
  if (look === 'damaged' && !options.mend) throw new AppError('shop.corrupt', { newest: newestGoodCopy(dir)?.madeAt ?? 0 });
  if (look === 'newer') throw new AppError('shop.newer-database');
  const fresh = look === 'missing';
  const lock = lockShop(dir);
  if (!lock && fresh) throw new AppError('shop.locked-by-other');

  let db: Db | undefined;
  try {
    if (lock && (look === 'ok' || look === 'damaged')) dropLeftovers(file);
    if (look === 'damaged' || look === 'gone') {
      const [hmac, journal] = [await secrets.get('hmac-key'), await secrets.get('journal-key')];
      if (!lock || !hmac || !journal) throw new AppError('secrets.unavailable');
      mendFromNewestCopy(file, { hmac, journal, now: clock.now(), machine }, step);
    }
    db = openDb(file, { readonly: !lock });
    if (lock) {
      if (!fresh && needsMigration(db.raw)) await keepCopyBeforeMigrating(db, dir, clock.now());
      migrate(db.raw);
    }
    const open = db;
    const log = fileLog(dir);
    const keys = await shopKeys(open, secrets, { fresh, recoveryCode: options.recoveryCode, mayWrite: lock !== null });
    if (fresh) {
      writeMeta(open, 'shop_id', randomUUID());
      writeMeta(open, 'kind', kind);
      writeMeta(open, 'epoch', '1');
      writeMeta(open, 'created_at', String(clock.now()));
    }
    const retired = retiredOf(open) !== null;
    const readOnlyWhy = lock ? (retired ? 'retired' : null) : 'other';
    if (readOnlyWhy === null && kind === 'real') cameFromElsewhere(open, { machine, hmac: keys.hmac, now: clock.now() });
    if (kind === 'practice' && lock) await connectPractice(open, secrets, clock.now());
    if (kind === 'practice' && lock) connectPracticePost(open, clock.now());
    const journalPath = join(dir, 'journal.log');
    const journalKey = Buffer.from(keys.journal, 'hex');
    const mirror = new JournalMirror(
      journalPath,
      () => secondJournal(open),
      (error) => log.warn('journal at the second place', { code: codeOfError(error) }),
    );
    const journalFile = new JournalFile<JournalEntry>(
      journalPath,
      journalKey,
      (error) => log.error('journal waits', error),
      (anew) => mirror.follow(anew),
    );
    let leaving = false;
    const quiet = async () => {
      leaving = true;
      await options.quiet?.();
      await tasks.stop();
    };
    const gateways = makeGateways({ db: open, clock, secrets, dir, twilioUrl: options.twilioUrl });
    const postOffice = makePostOffice({ db: open, secrets, dir });
    const sessions = new Sessions(() => (readSettings(open).onboarding.finishedAt === null ? 'owner' : 'staff'));
    const tasks = makeTasks({ db: open, clock, log, changed, newId: randomUUID, readOnly: readOnlyWhy !== null });
    const check = options.checkWorker;

    const ctx: Ctx = {
      db: open,
      clock,
      settings: () => readSettings(open),
      hmacKey: Buffer.from(keys.hmac, 'hex'),
      secrets,
      gateway: () => gateways.current(),
      carrierAccount: () => gateways.account(),
      numberLookup: () => gateways.lookup(),
      mail: postOffice,
      tasks,
      importRunner: makeImportRunner({ db: open, workerFile: options.importWorker }),
      sources: { bell: chokidarBell, sheets: makeWebSheet(), notices: { tell: options.tell ?? (() => {}) } },
      linkCheck: makeLinkCheck(),
      linkSource: linkCsv,
      paperPrinter: options.paperPrinter ?? { pdf: () => Promise.reject(new AppError('paper.not-made')) },
      sessions,
      backstage: {
        async checkDatabase(path) {
          if (!check) return checkDatabase(path);
          const { checkDatabaseInThread } = await import('./check-database');
          return checkDatabaseInThread(check, path);
        },
        async restoreShop(path) {
          const now = clock.now();
          const places = journalPlaces(dir, {
            second: readSettings(open).backup.secondPlace,
            shopId: readMeta(open, 'shop_id'),
            copy: path,
          });
          try {
            await quiet();
            flushSent(ctx);
            step('prepare');
            const came = prepareCopy(file, {
              how: 'restored',
              copy: path,
              epoch: Number(readMeta(open, 'epoch') ?? '1'),
              hmacKey: ctx.hmacKey,
              journals: readJournals(places, journalKey),
              now,
              machine,
            });
            journalFile.close();
            closeForGood(open);
            swapIn(file, `shop-before-restore-${now}.sqlite`, step);
            noteRestored(journalPath, journalKey, came, now);
            step('noted');
            return { replayed: came.replayed, pausedCampaigns: came.pausedCampaigns };
          } finally {
            options.restart?.();
          }
        },
        moving: makeMoving({
          db: open,
          dir,
          file,
          clock,
          secrets,
          keys,
          machine,
          readOnly: () => readOnlyWhy,
          quiet,
          flush: () => {
            flushSent(ctx);
            journalFile.close();
          },
          restart: () => options.restart?.(),
          step,
        }),
        gatewayFor: (credentials) => gateways.gatewayFor(credentials),
        carrierAccountFor: (credentials) => gateways.accountFor(credentials),
      },
      journal: { append: (entries) => journalFile.append(entries), rewrite: (change) => journalFile.rewrite(change) },
      log,
      changed,
      randomBytes: (n) => randomBytes(n),
      dir,
    };
    if (readOnlyWhy === null) mirror.follow(false);
    if (fresh && kind === 'practice') {
      const { fillSampleShop } = await import('./sample-shop');
      await fillSampleShop(ctx);
    }
    return {
      ctx,
      readOnly: readOnlyWhy !== null,
      readOnlyWhy,
      leaving: () => leaving,
      async close() {
        await tasks.stop();
        await gateways.stop();
        postOffice.close();
        flushSent(ctx);
        journalFile.close();
        if (open.raw.open && readOnlyWhy === null) await mirror.close();
        open.close();
        lock?.release();
      },
    };
  } catch (error) {
    db?.close();
    lock?.release();
    throw error;
  }
}

/** The file, or that it is gone although its copies are here: then nobody wants a new, empty shop in its place. */
function lookFor(file: string, dir: string): ReturnType<typeof lookAtFile> | 'gone' {
  const look = lookAtFile(file);
  return look === 'missing' && basename(file) === 'shop.sqlite' && newestGoodCopy(dir) !== null ? 'gone' : look;
}

/** Where the journal is kept a second time; null while no second place is chosen. */
function secondJournal(db: Db): string | null {
  if (!db.raw.open) return null;
  const { secondPlace } = readSettings(db).backup;
  const id = readMeta(db, 'shop_id');
  return secondPlace && id ? join(secondPlace, SECOND_FOLDER, mirrorName(id)) : null;
}

/**
 * A file that another computer wrote last (its folder was copied, or its disk put in here): that one may still be sending. So it is
 * treated like a restored copy: everything on hold until the carrier's list was looked through.
 */
function cameFromElsewhere(db: Db, o: { machine: string; hmac: string; now: UtcMs }): void {
  const last = readMeta(db, 'machine');
  if (last === o.machine) return;
  if (last === null) {
    writeMeta(db, 'machine', o.machine);
    return;
  }
  const journals = { entries: [], found: { read: 0, unreadable: 0, torn: false, foreign: false } };
  db.tx((trx) =>
    comeIn(db, trx, {
      how: 'other-computer',
      copy: null,
      epoch: 0,
      hmacKey: Buffer.from(o.hmac, 'hex'),
      journals,
      now: o.now,
      machine: o.machine,
    }),
  );
}

/** The two keys of a shop: made once, kept in the secret store, or brought back with the printed recovery code. */
async function shopKeys(
  db: Db,
  secrets: SecretStore,
  options: { fresh: boolean; recoveryCode: string | undefined; mayWrite: boolean },
): Promise<{ hmac: string; journal: string }> {
  const hmac = await secrets.get('hmac-key');
  const journal = await secrets.get('journal-key');
  if (hmac && journal) return { hmac, journal };
  if (!options.mayWrite) throw new AppError('secrets.unavailable');
  if (options.fresh) {
    const made = { hmac: randomBytes(32).toString('hex'), journal: randomBytes(32).toString('hex') };
    await secrets.set('hmac-key', made.hmac);
    await secrets.set('journal-key', made.journal);
    return made;
  }
  // The file came from another computer, or this one's secret store was lost.
  const wrapped = readMeta(db, 'recovery');
  if (!wrapped || !options.recoveryCode) throw new AppError('secrets.unavailable');
  const found = await unwrapKeys(wrapped, options.recoveryCode);
  if (!found) throw new AppError('secrets.wrong-recovery-code');
  await secrets.set('hmac-key', found.hmac);
  await secrets.set('journal-key', found.journal);
  return found;
}
