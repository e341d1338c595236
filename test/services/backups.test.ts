import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDatabase } from '@db/backup';
import { readMeta } from '@db/queries/settings';
import { copiesToKeep } from '@domain/backups/retention';
import { shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { DAY, HOUR, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { backupState, makeBackup, restoreBackup, setSecondPlace } from '@services/backups/backups';
import { marketingState, recordSignUp, recordStop, verifyLedger, withConsent } from '@services/consent/index';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aShopFolder } from '../support/shop-folder';
import { NOON, owner } from '../support/test-ctx';

const nobody = { ...owner, staffId: null };
const zone = 'America/New_York' as Zone;
const codeOf = async (work: () => unknown) => {
  try {
    await work();
    return 'nothing';
  } catch (e) {
    return e instanceof AppError ? e.code : String(e);
  }
};

describe('which copies are kept', () => {
  it('keeps the newest, one for each of the last 7 days with a copy, and at most 7 + 4 + 12', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 800 * 24 }), { minLength: 1, maxLength: 200 }), (hours) => {
        const made = hours.map((h) => (NOON - h * HOUR) as UtcMs);
        const kept = copiesToKeep(made, zone);
        expect(kept.has(Math.max(...made) as UtcMs)).toBe(true);
        expect(kept.size).toBeLessThanOrEqual(23);
        const days = [...new Set(made.map((m) => shopDay(m, zone)))].sort().reverse().slice(0, 7);
        const keptDays = new Set([...kept].map((m) => shopDay(m, zone)));
        for (const d of days) expect(keptDays.has(d)).toBe(true);
      }),
    );
  });
});

describe('backups', () => {
  it('copies what is still in the WAL, verifies it, and copies it to the second place', async () => {
    const shop = await aShopFolder();
    const second = mkdtempSync(join(tmpdir(), 'regulars-stick-'));
    setSecondPlace(shop.ctx, nobody, second);
    const { path } = await makeBackup(shop.ctx);
    expect(checkDatabase(path)).toMatchObject({ ok: true });
    expect(readdirSync(join(second, 'Regulars backups')).filter((f) => f.endsWith('.sqlite'))).toHaveLength(1);
    expect(backupState(shop.ctx)).toMatchObject({ secondPlaceProblem: null, lastGoodAt: NOON });
    await shop.close();
  });

  it('keeps the local copy and says so when the stick is gone; nags after seven days', async () => {
    const shop = await aShopFolder();
    const second = mkdtempSync(join(tmpdir(), 'regulars-stick-'));
    setSecondPlace(shop.ctx, nobody, second);
    await makeBackup(shop.ctx);
    rmSync(second, { recursive: true });
    writeFileSync(second, 'a file where the folder was');
    shop.clock.advance(8 * DAY);
    await makeBackup(shop.ctx);
    const state = backupState(shop.ctx);
    expect(state.secondPlaceProblem).toBe('backup.no-place');
    expect(state.nag).toBe(true);
    expect(state.files.filter((f) => f.place === 'beside')).toHaveLength(2);
    await shop.close();
  });

  it('refuses a second place that cannot be written', async () => {
    const shop = await aShopFolder();
    expect(await codeOf(() => setSecondPlace(shop.ctx, nobody, join(shop.dir, 'nowhere')))).toBe('backup.no-place');
    await shop.close();
  });

  it('refuses to restore what is damaged, missing or newer', async () => {
    const shop = await aShopFolder();
    mkdirSync(join(shop.dir, 'x'));
    const bad = join(shop.dir, 'x', 'bad.sqlite');
    writeFileSync(bad, 'not a database'.repeat(400));
    expect(await codeOf(() => restoreBackup(shop.ctx, nobody, bad))).toBe('backup.damaged');
    expect(await codeOf(() => restoreBackup(shop.ctx, nobody, join(shop.dir, 'none.sqlite')))).toBe('backup.not-found');
    await shop.close();
  });
});

describe('restoring an old copy', () => {
  const ANA = '+12125550147' as PhoneE164;
  const BEN = '+12125550148' as PhoneE164;

  it('brings back stops made since, keeps the ledger whole, and lets nothing send by itself', async () => {
    let restarted = 0;
    const shop = await aShopFolder({ restart: () => restarted++ });
    const { ctx, clock, dir } = shop;
    const signUp = (phone: PhoneE164) =>
      withConsent(ctx, (trx) => recordSignUp(ctx, trx, { phone, method: 'screen', occurredAt: ctx.clock.now(), staffId: null }));
    signUp(ANA);
    const db = ctx.db;
    const insert = (sql: string) => db.raw.exec(sql);
    insert(`INSERT INTO campaign (id, name, state, created_at, updated_at) VALUES (1, 'Boots', 'sending', 0, 0)`);
    insert(`INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, not_before, created_at, updated_at)
            VALUES ('campaign', '1', 'sms', '${ANA}', 'marketing', 50, 'waiting', 'Hi', 1, 0, 0, 0)`);
    const { path } = await makeBackup(ctx);

    clock.advance(HOUR);
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: ANA, method: 'reply', reason: 'STOP', carrierStop: true, occurredAt: ctx.clock.now(), staffId: null }),
    );
    signUp(BEN);
    expect(marketingState(ctx, ANA)).toBe('out');

    const told = await restoreBackup(ctx, nobody, path);
    expect(told.pausedCampaigns).toBe(1);
    expect(told.replayed).toBeGreaterThanOrEqual(2);
    expect(restarted).toBe(1);
    await shop.close();

    const again = await aShopFolder({ dir });
    expect(marketingState(again.ctx, ANA)).toBe('out');
    expect(marketingState(again.ctx, BEN)).toBe('in');
    expect(await verifyLedger(again.ctx.db, { hmacKey: again.ctx.hmacKey, zone, now: NOON })).toMatchObject({ ok: true });
    expect(readMeta(again.ctx.db, 'epoch')).toBe('2');
    expect(again.ctx.db.raw.prepare('SELECT state FROM campaign').get()).toEqual({ state: 'paused' });
    expect(again.ctx.db.raw.prepare('SELECT state, reason FROM outbox WHERE cause_kind = ?').get('campaign')).toEqual({
      state: 'uncertain',
      reason: 'restored',
    });
    expect(readdirSync(dir).some((f) => f.startsWith('shop-before-restore-'))).toBe(true);
    expect(existsSync(join(dir, 'shop.sqlite'))).toBe(true);
    await again.close();
  });
});
