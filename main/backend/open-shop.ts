import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '@adapters/clock/real-clock';
import { JournalFile } from '@adapters/disk/journal';
import { makeLinkCheck } from '@adapters/link-check/link-check';
import { fileLog } from '@adapters/log/file-log';
import { chokidarBell } from '@adapters/watch/folder-bell';
import { makeWebSheet } from '@adapters/web-sheet/web-sheet';
import type { Topic } from '@contract/define';
import { checkDatabase, lookAtFile } from '@db/backup';
import { lockShop } from '@db/lock';
import { migrate, needsMigration } from '@db/migrate';
import { type Db, openDb } from '@db/open';
import { readMeta, readSettings, writeMeta } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import type { Clock } from '@ports/clock';
import type { Notices } from '@ports/notices';
import type { SecretStore } from '@ports/secrets';
import type { Ctx, JournalEntry } from '@services/ctx';
import { Sessions } from '@services/session/sessions';
import { unwrapKeys } from '@services/settings/recovery';
import { connectPractice, makeGateways } from './gateways';
import { makeImportRunner } from './imports/runner';
import { keepCopyBeforeMigrating, mendFromNewestCopy, newestGoodCopy, refuseSyncedFolder, replaceShopFile } from './shop-files';
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
  /** Path of the built check worker; without it files are checked on this thread (tests, command line). */
  checkWorker?: string;
  /** Path of the built import worker; without it files are read on this thread. */
  importWorker?: string;
  /** Called after a restore has put another file in place. */
  restart?: () => void;
}

export interface OpenShop {
  ctx: Ctx;
  /** True when another process holds the writer's lock: queries only, nothing is sent. */
  readOnly: boolean;
  close(): Promise<void>;
}

/** Opens (or makes) the shop in a folder: lock, damage check, backup before migrating, keys, wiring. Starts nothing by itself. */
export async function openShop(options: OpenOptions): Promise<OpenShop> {
  const { dir, kind, secrets } = options;
  const clock = options.clock ?? realClock;
  const changed = options.changed ?? (() => {});
  refuseSyncedFolder(dir);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, options.fileName ?? 'shop.sqlite');
  const look = lookAtFile(file);
  if (look === 'damaged' && !options.mend) throw new AppError('shop.corrupt', { newest: newestGoodCopy(dir)?.madeAt ?? 0 });
  if (look === 'newer') throw new AppError('shop.newer-database');
  const fresh = look === 'missing';
  const lock = lockShop(dir);
  if (!lock && fresh) throw new AppError('shop.locked-by-other');

  let db: Db | undefined;
  try {
    if (look === 'damaged') {
      const [hmac, journal] = [await secrets.get('hmac-key'), await secrets.get('journal-key')];
      if (!lock || !hmac || !journal) throw new AppError('secrets.unavailable');
      mendFromNewestCopy(file, { hmac, journal }, clock.now());
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
    if (kind === 'practice' && lock) await connectPractice(open, secrets, clock.now());
    const journalFile = new JournalFile<JournalEntry>(join(dir, 'journal.log'), Buffer.from(keys.journal, 'hex'), (error) =>
      log.error('journal waits', error),
    );
    const gateways = makeGateways({ db: open, clock, secrets, dir, twilioUrl: options.twilioUrl });
    const sessions = new Sessions(() => (readSettings(open).onboarding.finishedAt === null ? 'owner' : 'staff'));
    const tasks = makeTasks({ db: open, clock, log, changed, newId: randomUUID, readOnly: !lock });
    const check = options.checkWorker;

    const ctx: Ctx = {
      db: open,
      clock,
      settings: () => readSettings(open),
      hmacKey: Buffer.from(keys.hmac, 'hex'),
      secrets,
      gateway: () => gateways.current(),
      carrierAccount: () => gateways.account(),
      tasks,
      importRunner: makeImportRunner({ db: open, workerFile: options.importWorker }),
      sources: { bell: chokidarBell, sheets: makeWebSheet(), notices: { tell: options.tell ?? (() => {}) } },
      linkCheck: makeLinkCheck(),
      sessions,
      backstage: {
        async checkDatabase(path) {
          if (!check) return checkDatabase(path);
          const { checkDatabaseInThread } = await import('./check-database');
          return checkDatabaseInThread(check, path);
        },
        async restoreShop(path) {
          await tasks.stop();
          const result = await replaceShopFile(ctx, path, journalFile.read());
          options.restart?.();
          return result;
        },
        gatewayFor: (credentials) => gateways.gatewayFor(credentials),
        carrierAccountFor: (credentials) => gateways.accountFor(credentials),
      },
      journal: { append: (entries) => journalFile.append(entries), rewrite: (change) => journalFile.rewrite(change) },
      log,
      changed,
      randomBytes: (n) => randomBytes(n),
      dir,
    };
    if (fresh && kind === 'practice') {
      const { fillSampleShop } = await import('./sample-shop');
      await fillSampleShop(ctx);
    }
    return {
      ctx,
      readOnly: !lock,
      async close() {
        await tasks.stop();
        await gateways.stop();
        journalFile.close();
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
