import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFile } from '@adapters/disk/journal';
import { PassphraseVault } from '@adapters/disk/vault';
import { dispatch } from '@backend/dispatch';
import { migrate } from '@db/migrate';
import { LATEST_VERSION, MIGRATIONS } from '@db/migrations/index';
import { type Db, openDb } from '@db/open';
import { readMeta } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import type { PhoneE164 } from '@domain/kernel';
import { makeBackup } from '@services/backups/backups';
import { marketingState, recordSignUp, recordStop, withConsent } from '@services/consent/index';
import { newRecoveryCode, saveStaffMember } from '@services/settings/settings';
import { describe, expect, it } from 'vitest';
import { aShopFolder } from '../support/shop-folder';
import { owner } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    (e: unknown) => (e instanceof AppError ? e.code : String(e)),
  );

/** Makes a file as it was before its newest step: what that step added (whole objects and columns) goes. Returns the older version. */
function stepBack(db: Db): number {
  const older = MIGRATIONS.at(-2)?.version ?? 0;
  const before = createDb(':memory:', older);
  const names = (d: Db) => d.raw.prepare("SELECT name FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'").pluck().all();
  const known = new Set(names(before));
  db.raw.pragma('foreign_keys = OFF');
  const objects = db.raw.prepare("SELECT type, name FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'").all();
  for (const o of objects as { type: string; name: string }[]) if (!known.has(o.name)) db.raw.exec(`DROP ${o.type} IF EXISTS "${o.name}"`);
  const columns = (d: Db, table: unknown) => (d.raw.pragma(`table_info("${table}")`) as { name: string }[]).map((c) => c.name);
  for (const table of known) {
    const had = columns(before, table);
    for (const c of columns(db, table)) if (!had.includes(c)) db.raw.exec(`ALTER TABLE "${table}" DROP COLUMN "${c}"`);
  }
  db.raw.pragma(`user_version = ${older}`);
  before.close();
  return older;
}

describe('opening a shop', () => {
  it('makes the file, its keys and its identity once', async () => {
    const first = await aShopFolder();
    const id = readMeta(first.ctx.db, 'shop_id');
    const key = Buffer.from(first.ctx.hmacKey).toString('hex');
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    await first.close();
    const again = await aShopFolder({ dir: first.dir });
    expect(readMeta(again.ctx.db, 'shop_id')).toBe(id);
    expect(Buffer.from(again.ctx.hmacKey).toString('hex')).toBe(key);
    await again.close();
  });

  it('gives a second process the file to read and refuses its commands', async () => {
    const first = await aShopFolder();
    const second = await aShopFolder({ dir: first.dir });
    expect(second.readOnly).toBe(true);
    const query = await dispatch(second.ctx, owner, 'settings/get', {}, { readOnly: true });
    expect(query.ok).toBe(true);
    const command = await dispatch(second.ctx, owner, 'settings/save-money', { marginPercent: 40 }, { readOnly: true });
    expect(command).toMatchObject({ ok: false, error: { code: 'shop.locked-by-other' } });
    await second.close();
    await first.close();
    const third = await aShopFolder({ dir: first.dir });
    expect(third.readOnly).toBe(false);
    await third.close();
  });

  it('names a file from a newer Regulars instead of guessing', async () => {
    const shop = await aShopFolder();
    await shop.close();
    const db = openDb(join(shop.dir, 'shop.sqlite'));
    db.raw.pragma('user_version = 99999');
    db.close();
    expect(await codeOf(aShopFolder({ dir: shop.dir }))).toBe('shop.newer-database');
  });

  it('names a damaged file and leaves it where it is', async () => {
    const shop = await aShopFolder();
    await shop.close();
    const file = join(shop.dir, 'shop.sqlite');
    writeFileSync(file, 'this is no database, it only has its name'.repeat(50));
    expect(await codeOf(aShopFolder({ dir: shop.dir }))).toBe('shop.corrupt');
    expect(existsSync(file)).toBe(true);
  });

  it('goes on from the newest whole copy, with the stops made since, and keeps the damaged file', async () => {
    const shop = await aShopFolder();
    const ANA = '+12125550147' as PhoneE164;
    const at = shop.ctx.clock.now();
    withConsent(shop.ctx, (trx) => recordSignUp(shop.ctx, trx, { phone: ANA, method: 'screen', occurredAt: at, staffId: null }));
    await makeBackup(shop.ctx);
    shop.clock.advance(60_000);
    withConsent(shop.ctx, (trx) =>
      recordStop(shop.ctx, trx, { phone: ANA, method: 'counter', reason: 'said so', carrierStop: false, occurredAt: at, staffId: null }),
    );
    await shop.close();
    writeFileSync(join(shop.dir, 'shop.sqlite'), 'this is no database, it only has its name'.repeat(50));
    const refused = await aShopFolder({ dir: shop.dir }).catch((e: AppError) => e);
    expect(refused).toMatchObject({ code: 'shop.corrupt' });
    expect(Number((refused as AppError).params['newest'])).toBeGreaterThan(0);
    const again = await aShopFolder({ dir: shop.dir, mend: true });
    expect(marketingState(again.ctx, ANA)).toBe('out');
    expect(readdirSync(shop.dir).some((f) => f.startsWith('shop-damaged-'))).toBe(true);
    await again.close();
  });

  it('keeps a copy of an older file before changing it', async () => {
    const shop = await aShopFolder();
    await shop.close();
    const file = join(shop.dir, 'shop.sqlite');
    const db = openDb(file);
    const older = stepBack(db);
    db.close();
    const again = await aShopFolder({ dir: shop.dir });
    expect(again.ctx.db.raw.pragma('user_version', { simple: true })).toBe(LATEST_VERSION);
    expect(readdirSync(join(shop.dir, 'backups')).some((f) => f.startsWith(`before-update-v${older}-`))).toBe(true);
    await again.close();
  });

  it('refuses a synced folder for the live file', async () => {
    expect(await codeOf(aShopFolder({ dir: join('/tmp', 'Dropbox', 'shop') }))).toBe('shop.synced-folder');
  });

  it('brings the keys back with the printed recovery code on another computer', async () => {
    const shop = await aShopFolder();
    const { code } = await newRecoveryCode(shop.ctx, { ...owner, staffId: null });
    const key = Buffer.from(shop.ctx.hmacKey).toString('hex');
    await shop.close();
    const elsewhere = () => new PassphraseVault(join(shop.dir, `other-vault-${Math.round(performance.now() * 1e6)}.json`), 'other');
    expect(await codeOf(aShopFolder({ dir: shop.dir, secrets: elsewhere() }))).toBe('secrets.unavailable');
    expect(await codeOf(aShopFolder({ dir: shop.dir, secrets: elsewhere(), recoveryCode: 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF' }))).toBe(
      'secrets.wrong-recovery-code',
    );
    const again = await aShopFolder({ dir: shop.dir, secrets: elsewhere(), recoveryCode: code.toLowerCase().replaceAll('-', ' ') });
    expect(Buffer.from(again.ctx.hmacKey).toString('hex')).toBe(key);
    await again.close();
  });

  it('leaves nothing half migrated when a step fails', () => {
    const db = openDb(':memory:');
    migrate(db.raw, 10);
    db.raw.exec('CREATE TABLE customer (id INTEGER)'); // in the way of step 20
    expect(() => migrate(db.raw)).toThrow();
    expect(db.raw.pragma('user_version', { simple: true })).toBe(10);
    expect(db.raw.prepare("SELECT count(*) n FROM sqlite_master WHERE name = 'sale'").get()).toEqual({ n: 0 });
    db.close();
  });
});

describe('roles and PINs', () => {
  it('answers staff at the counter and refuses them the owner’s figures, in the backend', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const clerk = { windowId: 3, staffId: null, role: 'staff' as const };
    expect(await dispatch(ctx, clerk, 'settings/get', {})).toMatchObject({ ok: false, error: { code: 'session.owner-only' } });
    expect(await dispatch(ctx, clerk, 'tasks/list', {})).toMatchObject({ ok: true });
    await shop.close();
  });

  it('shuts the pad for a minute after five wrong PINs, also for the right one', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const { id } = await saveStaffMember(
      ctx,
      { ...owner, staffId: null },
      { name: 'Ana', role: 'owner', language: 'en', active: true, pin: '4711' },
    );
    const tryPin = (pin: string) => dispatch(ctx, ctx.sessions.get(5), 'session/unlock', { staffId: id, pin });
    for (let i = 0; i < 5; i++) expect(await tryPin('0000')).toMatchObject({ error: { code: 'session.wrong-pin' } });
    expect(await tryPin('4711')).toMatchObject({ error: { code: 'session.too-many-tries' } });
    await shop.close();
  });

  it('lets the recovery code set a new owner PIN', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const { id } = await saveStaffMember(
      ctx,
      { ...owner, staffId: null },
      { name: 'Ana', role: 'owner', language: 'en', active: true, pin: '4711' },
    );
    const { code } = await newRecoveryCode(ctx, owner);
    const wrong = await dispatch(ctx, ctx.sessions.get(7), 'session/reset-owner-pin', { recoveryCode: 'nope', newPin: '9999' });
    expect(wrong).toMatchObject({ error: { code: 'secrets.wrong-recovery-code' } });
    expect(await dispatch(ctx, ctx.sessions.get(7), 'session/reset-owner-pin', { recoveryCode: code, newPin: '9999' })).toMatchObject({
      ok: true,
      value: { role: 'owner' },
    });
    expect(await dispatch(ctx, ctx.sessions.get(8), 'session/unlock', { staffId: id, pin: '9999' })).toMatchObject({ ok: true });
    await shop.close();
  });

  it('never leaves a shop without an owner who can get in', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const ana = { name: 'Ana', role: 'owner', language: 'en', active: true } as const;
    const { id } = await saveStaffMember(ctx, owner, { ...ana, pin: '4711' });
    expect(await codeOf(saveStaffMember(ctx, owner, { ...ana, id, active: false }))).toBe('input.invalid');
    expect(await codeOf(saveStaffMember(ctx, owner, { ...ana, id, pin: null }))).toBe('input.invalid');
    await shop.close();
  });
});

describe('secrets and journal on disk', () => {
  it('opens the vault with its passphrase only', async () => {
    const shop = await aShopFolder();
    await shop.close();
    const file = join(shop.dir, 'vault.json');
    expect(await new PassphraseVault(file, 'test').get('hmac-key')).toMatch(/^[0-9a-f]{64}$/);
    expect(() => new PassphraseVault(file, 'Test')).toThrow('secrets.wrong-passphrase');
  });

  it('reads past a line torn by a power cut', async () => {
    const shop = await aShopFolder();
    const key = Buffer.alloc(32, 7);
    const file = join(shop.dir, 'j.log');
    const journal = new JournalFile<{ n: number }>(file, key);
    journal.append([{ n: 1 }, { n: 2 }]);
    journal.close();
    writeFileSync(file, 'abcdef', { flag: 'a' });
    expect(new JournalFile<{ n: number }>(file, key).read()).toEqual([{ n: 1 }, { n: 2 }]);
    expect(new JournalFile<{ n: number }>(file, Buffer.alloc(32, 8)).read()).toEqual([]);
    await shop.close();
  });
});
