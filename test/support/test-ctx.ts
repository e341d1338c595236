import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { makeLinkCheck } from '@adapters/link-check/link-check';
import { linkCsv } from '@adapters/link-csv/link-csv';
import { makeWebSheet } from '@adapters/web-sheet/web-sheet';
import { makeImportRunner } from '@backend/imports/runner';
import { makeTasks } from '@backend/tasks';
import type { Topic } from '@contract/define';
import { checkDatabase } from '@db/backup';
import type { Db } from '@db/open';
import { readSettings, saveSettings } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import type { StaffId, UtcMs } from '@domain/kernel';
import type { Settings } from '@domain/settings/settings';
import type { Notice } from '@domain/sources/notice';
import type { CarrierAccount } from '@ports/carrier-account';
import type { Mailbox } from '@ports/mailbox';
import type { Mailer } from '@ports/mailer';
import type { NumberLookup } from '@ports/number-lookup';
import type { PaperPrinter } from '@ports/paper-printer';
import type { SecretName } from '@ports/secrets';
import type { SmsGateway } from '@ports/sms-gateway';
import type { Ctx, JournalEntry, Session } from '@services/ctx';
import { Sessions } from '@services/session/sessions';
import { createDb } from './test-db';

/** Tue 17 Nov 2026, 11:00 in New York. */
export const NOON = Date.UTC(2026, 10, 17, 16, 0, 0) as UtcMs;

export interface TestCtx extends Ctx {
  readonly db: Db;
  readonly clock: FixedClock;
  readonly journalled: JournalEntry[];
  readonly announced: Topic[];
  readonly noticed: Notice[];
}

/** A full context on real SQLite with a clock that stands still, seeded randomness and no carrier unless one is passed. */
export function aCtx(
  options: {
    settings?: { [K in keyof Settings]?: Partial<Settings[K]> };
    gateway?: SmsGateway;
    account?: CarrierAccount;
    lookup?: NumberLookup;
    mailer?: Mailer;
    mailbox?: Mailbox;
    pdf?: PaperPrinter['pdf'];
    now?: UtcMs;
    db?: Db;
  } = {},
): TestCtx {
  const db = options.db ?? createDb();
  const clock = new FixedClock(options.now ?? NOON);
  if (!db.one(db.q.selectFrom('staff').select('id'))) {
    for (const [id, name, role] of [
      [1, 'Olga', 'owner'],
      [2, 'Clara', 'staff'],
    ] as const) {
      db.run(db.q.insertInto('staff').values({ id, name, role, pin_hash: null, created_at: 0 }));
    }
  }
  const current = readSettings(db);
  const base: { [K in keyof Settings]?: Partial<Settings[K]> } = { shop: { name: 'Corner Shoes' }, ...options.settings };
  for (const key of Object.keys(base) as (keyof Settings)[]) {
    saveSettings(db, key, { ...current[key], ...base[key] } as never, clock.now());
  }
  let seed = 42;
  const announced: Topic[] = [];
  const journalled: JournalEntry[] = [];
  const noticed: Notice[] = [];
  const secrets = new Map<SecretName, string>();
  let dir: string | undefined;
  const log = { info: () => {}, warn: () => {}, error: (_: string, e?: unknown) => void (e && console.error(e)) };
  const changed = (...t: Topic[]) => void announced.push(...t);
  let n = 0;
  return {
    db,
    clock,
    announced,
    journalled,
    noticed,
    settings: () => readSettings(db),
    hmacKey: new TextEncoder().encode('shop-secret-key'),
    secrets: {
      get: async (k) => secrets.get(k) ?? null,
      set: async (k, v) => void secrets.set(k, v),
      remove: async (k) => void secrets.delete(k),
    },
    gateway: async () => {
      if (!options.gateway) throw new AppError('sms.not-connected');
      return options.gateway;
    },
    carrierAccount: async () => {
      if (!options.account) throw new AppError('sms.not-connected');
      return options.account;
    },
    numberLookup: async () => {
      if (!options.lookup) throw new AppError('sms.not-connected');
      return options.lookup;
    },
    mail: {
      mailer: async () => {
        if (!options.mailer) throw new AppError('mail.not-connected');
        return options.mailer;
      },
      mailbox: async () => {
        if (!options.mailbox) throw new AppError('mail.not-connected');
        return options.mailbox;
      },
      mailerFor: async () => {
        if (!options.mailer) throw new AppError('mail.unreachable');
        return options.mailer;
      },
      mailboxFor: async () => {
        if (!options.mailbox) throw new AppError('mail.imap-unreachable');
        return options.mailbox;
      },
      writeBack: () => {
        throw new AppError('mail.not-connected');
      },
    },
    tasks: makeTasks({ db, clock, log, changed, newId: () => `task-${++n}` }),
    importRunner: makeImportRunner({ db }),
    sources: {
      bell: { hang: async () => ({ close: async () => {} }) },
      sheets: makeWebSheet({ loopback: true }),
      notices: { tell: (n) => void noticed.push(n) },
    },
    linkCheck: makeLinkCheck({ loopback: true }),
    linkSource: linkCsv,
    paperPrinter: { pdf: options.pdf ?? (() => Promise.reject(new AppError('paper.not-made'))) },
    sessions: new Sessions(() => 'owner'),
    backstage: {
      checkDatabase: async (path) => checkDatabase(path),
      restoreShop: async () => {
        throw new Error('restoring needs a real shop folder: see test/services/backups');
      },
      moving: {
        readOnly: () => null,
        retired: () => null,
        moveOut: () => Promise.reject(new Error('moving needs a real shop folder: see test/services/move')),
        arrive: () => Promise.reject(new Error('moving needs a real shop folder: see test/services/move')),
        takeBack: () => Promise.reject(new Error('moving needs a real shop folder: see test/services/move')),
      },
      gatewayFor: async () => {
        if (!options.gateway) throw new AppError('sms.unreachable');
        return options.gateway;
      },
      carrierAccountFor: async () => {
        if (!options.account) throw new AppError('sms.unreachable');
        return options.account;
      },
    },
    journal: {
      append: (entries) => void journalled.push(...entries),
      rewrite: async (change) => void journalled.splice(0, journalled.length, ...journalled.map(change).filter((e) => e !== null)),
    },
    log,
    changed,
    randomBytes(count) {
      const out = new Uint8Array(count);
      for (let i = 0; i < count; i++) {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
        out[i] = seed >>> 24;
      }
      return out;
    },
    get dir() {
      dir ??= mkdtempSync(join(tmpdir(), 'regulars-test-'));
      return dir;
    },
  };
}

export const owner: Session = { windowId: 1, staffId: 1 as StaffId, role: 'owner' };
export const clerk: Session = { windowId: 1, staffId: 2 as StaffId, role: 'staff' };
