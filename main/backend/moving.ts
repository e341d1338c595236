import { randomBytes, randomUUID } from 'node:crypto';
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { JournalFile } from '@adapters/disk/journal';
import { isSealed, openSealed, sealedHeader, writeSealed } from '@adapters/disk/sealed-file';
import { checkDatabase, copyDatabase, shopOf } from '@db/backup';
import { type Db, openDb } from '@db/open';
import { anyCustomer } from '@db/queries/restore';
import { dropMeta, readMeta, readSettings, writeMeta } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import type { Clock } from '@ports/clock';
import type { SecretStore } from '@ports/secrets';
import type { JournalEntry, Moving, Retired } from '@services/ctx';
import { keyFromCode, type ShopKeys, unwrapKeys } from '@services/settings/recovery';
import { closeForGood, comeIn, journalPlaces, prepareCopy, readJournals, type Step, swapIn } from './shop-files';

export interface MovingDeps {
  db: Db;
  dir: string;
  file: string;
  clock: Clock;
  secrets: SecretStore;
  keys: ShopKeys;
  machine: string;
  readOnly: () => null | 'other' | 'retired';
  /** Nothing new begins and what runs by itself ends; what was being posted is answered. */
  quiet(): Promise<void>;
  /** Lines of the journal that wait are on disk. */
  flush(): void;
  restart(): void;
  step: Step;
}

/** How a shop leaves this computer and how one arrives. Whenever it is cut off, one of the two files is whole and only one may send. */
export function makeMoving(d: MovingDeps): Moving {
  return {
    readOnly: d.readOnly,
    retired: () => retiredOf(d.db),
    moveOut: (folder, code) => moveOut(d, folder, code),
    arrive: (path, code) => arrive(d, path, code),
    async takeBack() {
      const retired = retiredOf(d.db);
      if (!retired) throw new AppError('restore.nothing');
      const now = d.clock.now();
      const journals = readJournals([join(d.dir, 'journal.log')], Buffer.from(d.keys.journal, 'hex'));
      d.db.tx((trx) => {
        dropMeta(d.db, 'retired');
        comeIn(d.db, trx, {
          how: 'taken-back',
          copy: null,
          epoch: 0,
          hmacKey: Buffer.from(d.keys.hmac, 'hex'),
          journals,
          now,
          machine: d.machine,
        });
      });
      d.restart();
    },
  };
}

/** Whether the shop went to another computer, and when; `finished` = its moving file was written to the end. */
export function retiredOf(db: Db): Retired | null {
  const kept = readMeta(db, 'retired');
  return kept === null ? null : (JSON.parse(kept) as Retired);
}

/** `Regulars - Corner Shoes - 2026-11-22.regulars-move`, without what a file system does not take. */
function fileName(shop: string, at: UtcMs): string {
  const plain = shop
    .replace(/[^\p{L}\p{N} &'-]/gu, '')
    .trim()
    .slice(0, 40);
  return `Regulars${plain ? ` - ${plain}` : ''} - ${new Date(at).toISOString().slice(0, 10)}.regulars-move`;
}

async function moveOut(d: MovingDeps, folder: string, code: string): Promise<{ path: string }> {
  if (readMeta(d.db, 'kind') === 'practice' || readSettings(d.db).onboarding.finishedAt === null) throw new AppError('shop.not-set-up');
  const found = await unwrapKeys(readMeta(d.db, 'recovery') ?? '', code);
  if (found?.hmac !== d.keys.hmac) throw new AppError('secrets.wrong-recovery-code');
  const inside = resolve(folder);
  if (inside === resolve(d.dir) || inside.startsWith(`${resolve(d.dir)}${sep}`)) throw new AppError('backup.no-place');
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new AppError('backup.no-place');
  }
  const now = d.clock.now();
  const path = join(folder, fileName(readSettings(d.db).shop.name, now));
  const work = join(d.dir, 'moving');
  const retired: Retired = { at: now, id: randomUUID(), finished: false };
  await d.quiet();
  d.flush();
  try {
    // From here on this file sends nothing, whatever happens next: two shops must never both be alive.
    d.step('retire');
    writeMeta(d.db, 'retired', JSON.stringify(retired));
    d.step('copy');
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    await copyForTheRoad(d, join(work, 'shop.sqlite'), retired);
    const salt = randomBytes(16);
    const key = await keyFromCode(code, salt);
    const journal = join(d.dir, 'journal.log');
    const secret = await d.secrets.get('twilio-key-secret');
    d.step('seal');
    await writeSealed(path, key, { v: 1, salt: salt.toString('hex'), madeAt: now, id: retired.id }, [
      { name: 'keys.json', text: JSON.stringify({ ...d.keys, ...(secret === null ? {} : { twilio: secret }) }) },
      ...(existsSync(journal) ? [{ name: 'journal.log', path: journal }] : []),
      { name: 'shop.sqlite', path: join(work, 'shop.sqlite') },
    ]);
    d.step('check');
    await openSealed(path, key, null);
    d.step('finish');
    writeMeta(d.db, 'retired', JSON.stringify({ ...retired, finished: true }));
    audit(d.db, { at: now, staffId: null, action: 'shop.move-out' });
  } catch (error) {
    // the stick is full or gone: nothing moved
    rmSync(path, { force: true });
    dropMeta(d.db, 'retired');
    throw error;
  } finally {
    rmSync(work, { recursive: true, force: true });
    d.restart();
  }
  return { path };
}

/** The shop as it arrives there: alive, and knowing where it came from. */
async function copyForTheRoad(d: MovingDeps, to: string, retired: Retired): Promise<void> {
  await copyDatabase(d.db, to);
  const copy = openDb(to);
  try {
    dropMeta(copy, 'retired');
    writeMeta(copy, 'moved_from', JSON.stringify({ id: retired.id, at: retired.at }));
    copy.raw.pragma('wal_checkpoint(TRUNCATE)');
    copy.raw.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
  const state = checkDatabase(to);
  if (!state.ok) throw new AppError('backup.damaged');
}

interface Unpacked {
  copy: string;
  keys: ShopKeys & { twilio?: string };
  journals: string[];
}

async function unpack(work: string, path: string, code: string): Promise<Unpacked> {
  if (!existsSync(path)) throw new AppError('backup.not-found');
  if (!isSealed(path)) {
    const state = checkDatabase(path);
    if (!state.ok) throw new AppError(state.why === 'newer' ? 'shop.newer-database' : 'backup.damaged');
    const wrapped = wrappedIn(path);
    const keys = wrapped === null ? null : await unwrapKeys(wrapped, code);
    if (!keys) throw new AppError('secrets.wrong-recovery-code');
    const copy = join(work, 'shop.sqlite');
    copyFileSync(path, copy);
    return { copy, keys, journals: journalPlaces(work, { copy: path, shopId: shopOf(path).id }) };
  }
  const { salt } = sealedHeader(path);
  const key = await keyFromCode(code, Buffer.from(String(salt), 'hex'));
  try {
    await openSealed(path, key, work);
  } catch (error) {
    // a wrong code and a damaged file look alike; the code is by far the likelier
    throw error instanceof AppError && error.code === 'backup.damaged' ? new AppError('secrets.wrong-recovery-code') : error;
  }
  const copy = join(work, 'shop.sqlite');
  const state = checkDatabase(copy);
  if (!state.ok) throw new AppError(state.why === 'newer' ? 'shop.newer-database' : 'backup.damaged');
  const keys = JSON.parse(readFileSync(join(work, 'keys.json'), 'utf8')) as Unpacked['keys'];
  return { copy, keys, journals: [join(work, 'journal.log')] };
}

function wrappedIn(path: string): string | null {
  const db = openDb(path, { readonly: true });
  try {
    if (readMeta(db, 'retired') !== null) throw new AppError('shop.retired');
    return readMeta(db, 'recovery');
  } finally {
    db.close();
  }
}

async function arrive(d: MovingDeps, path: string, code: string): Promise<void> {
  if (readMeta(d.db, 'kind') === 'practice') throw new AppError('restore.not-empty');
  if (readSettings(d.db).onboarding.finishedAt !== null || anyCustomer(d.db)) throw new AppError('restore.not-empty');
  const work = join(d.dir, 'moving');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  let closed = false;
  try {
    const { copy, keys, journals: places } = await unpack(work, path, code);
    if (shopOf(copy).kind === 'practice') throw new AppError('backup.other-shop');
    const now = d.clock.now();
    const journalKey = Buffer.from(keys.journal, 'hex');
    const read = readJournals(places, journalKey);
    // a moving file has its journal inside: without one there was nothing to write down
    const journals = isSealed(path) ? { ...read, found: { ...read.found, read: Math.max(1, read.found.read) } } : read;
    const came = prepareCopy(d.file, {
      how: 'moved',
      copy,
      epoch: 0,
      hmacKey: Buffer.from(keys.hmac, 'hex'),
      journals,
      now,
      machine: d.machine,
      madeAs: path,
      meta: { journal_arriving: '1' },
    });
    await d.quiet();
    d.flush();
    d.step('journal');
    const arriving = join(d.dir, 'journal.log.arriving');
    rmSync(arriving, { force: true });
    const journal = new JournalFile<JournalEntry>(arriving, journalKey);
    journal.append([...journals.entries, { kind: 'restored', at: now, row: { epoch: came.epoch, copyAt: came.copyAt } }]);
    journal.close();
    d.step('keys');
    await d.secrets.set('hmac-key', keys.hmac);
    await d.secrets.set('journal-key', keys.journal);
    if (keys.twilio) await d.secrets.set('twilio-key-secret', keys.twilio);
    closed = true;
    closeForGood(d.db);
    swapIn(d.file, `shop-before-arrival-${now}.sqlite`, d.step);
    d.step('journal-swap');
    renameSync(arriving, join(d.dir, 'journal.log'));
    const arrived = openDb(d.file);
    dropMeta(arrived, 'journal_arriving');
    arrived.close();
    d.step('arrived');
  } finally {
    rmSync(work, { recursive: true, force: true });
    if (closed) d.restart();
  }
}
