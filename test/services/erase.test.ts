import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { addressHmac } from '@domain/consent/hmac';
import { stateOf } from '@domain/consent/status';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { isErasedAddress } from '@domain/privacy/erased';
import { consentOf, recordSignUp, verifyLedger, withConsent } from '@services/consent/index';
import { certificate, erasePerson, erasePreview } from '@services/privacy/erase';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aShopOf, type RecordSpec } from '../support/merging';
import { aShopFolder } from '../support/shop-folder';
import { owner } from '../support/test-ctx';

const nobody = { ...owner, staffId: null };

/** Which of these words stand in which file of the shop's folder (copies made before aside). */
function onDisk(dir: string, words: readonly string[]): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    if (statSync(path).isDirectory()) return name === 'backups' ? [] : onDisk(path, words);
    const text = readFileSync(path).toString('latin1');
    return words.filter((w) => text.includes(w)).map((w) => `${name}: ${w}`);
  });
}

const ANA: RecordSpec = {
  firstName: 'Annabella',
  lastName: 'Quixonett',
  phone: '+12125550188',
  email: 'annabella@quixonett.example',
  birthday: '1980-02-03',
  note: 'likes zebrawood clogs',
  tags: ['vipzebra'],
  sales: 3,
  notes: 2,
  codes: 2,
  texts: 3,
  replies: 2,
  campaigns: [1, 2],
  links: 1,
};
const BO: RecordSpec = {
  ...ANA,
  firstName: 'Bob',
  lastName: 'Smith',
  phone: '+12125550199',
  email: 'bo@b.example',
  birthday: '1990-09-09',
  note: 'b',
  tags: ['b'],
};
const TRACES = ['Annabella', 'Quixonett', '2125550188', 'annabella@', 'zebrawood', 'vipzebra', '1980-02-03'];

describe('erasing somebody', () => {
  it('leaves no trace of name, number or words in any table, index, log or free page', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const [ana] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId];
    withConsent(ctx, (trx) =>
      recordSignUp(ctx, trx, {
        phone: ANA.phone as PhoneE164,
        method: 'paper',
        occurredAt: ctx.clock.now(),
        name: 'Annabella Quixonett',
        photo: new TextEncoder().encode('photo of Annabella Quixonett '.repeat(2000)),
        customerId: ana,
      }),
    );
    expect(new Set(onDisk(shop.dir, TRACES).map((f) => f.split(': ')[1]))).toEqual(new Set(TRACES));
    const preview = erasePreview(ctx, ana);
    const { erasureId, task } = erasePerson(ctx, nobody, { id: ana });
    await ctx.tasks.finished(task);
    expect(onDisk(shop.dir, TRACES)).toEqual([]);
    for (const table of tables(ctx.db)) {
      for (const row of ctx.db.raw.prepare(`SELECT * FROM "${table}"`).all()) {
        const said = JSON.stringify(row);
        for (const t of TRACES) expect(said, `${table}: ${t}`).not.toContain(t);
      }
    }
    // the other person is untouched, the ledger whole, the number stopped
    expect(onDisk(shop.dir, ['Smith'])).not.toEqual([]);
    const check = await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() });
    expect(check.faults).toEqual([]);
    expect(stateOf(consentOf(ctx.db, ctx.hmacKey, ANA.phone as PhoneE164, ctx.clock.now()), 'marketing')).toBe('out');
    // what was promised is what was done
    const done = certificate(ctx, erasureId);
    expect(done.certificate.removed).toEqual(preview.certificate.removed);
    expect(done.certificate.kept).toMatchObject({ purchases: 3, results: 2 });
    expect(JSON.stringify(done)).not.toContain(addressHmac(ctx.hmacKey, ANA.phone as string));
    await shop.close();
    expect(onDisk(shop.dir, TRACES)).toEqual([]);
  });

  it('keeps what they bought under a random id, and the totals as they were', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const [ana, bo] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId, CustomerId];
    const totals = () => ctx.db.raw.prepare('SELECT count(*) AS n, sum(net) AS net, count(DISTINCT customer_id) AS people FROM sale').get();
    const before = totals();
    await ctx.tasks.finished(erasePerson(ctx, nobody, { id: ana }).task);
    expect(totals()).toEqual(before);
    const owners = ctx.db.raw.prepare('SELECT DISTINCT customer_id FROM sale ORDER BY 1').pluck().all() as number[];
    expect(owners[0]).toBeLessThan(0);
    expect(owners).toContain(bo);
    expect(owners).not.toContain(ana);
    const addresses = ctx.db.raw.prepare('SELECT address FROM outbox WHERE customer_id < 0').pluck().all() as string[];
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.every(isErasedAddress)).toBe(true);
    await shop.close();
  });

  it('never gives a former id to somebody new', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const [, bo] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId, CustomerId];
    await ctx.tasks.finished(erasePerson(ctx, nobody, { id: bo }).task);
    const next = ctx.db.raw.prepare("INSERT INTO customer (first_name, created_at, updated_at) VALUES ('New', 0, 0)").run().lastInsertRowid;
    expect(Number(next)).toBeGreaterThan(bo);
    await shop.close();
  });
});

const tables = (db: { raw: { prepare(sql: string): { pluck(): { all(): unknown[] } } } }): string[] =>
  db.raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'customer_search'").pluck().all() as string[];

void fc;
