import { migrate } from '@db/migrate';
import { openDb } from '@db/open';
import { codeOfCampaign, openCodes } from '@db/queries/offer-codes';
import { offerById } from '@db/queries/offers';
import type { CampaignId, CustomerId, OfferId, UtcMs } from '@domain/kernel';
import { describe, expect, it } from 'vitest';

/** A file as it was before offers held for things, days and several uses. */
function aFileOf320() {
  const db = openDb(':memory:');
  migrate(db.raw, 320);
  db.raw.exec(`
    INSERT INTO offer (id, name, kind, percent, valid_days, code_mode, created_at, till_key) VALUES (3, 'Fall', 'percent', 15, 14, 'personal', 1, 'TEXT15');
    INSERT INTO offer (id, name, kind, valid_days, code_mode, shared_code, created_at) VALUES (7, 'Poster', 'other', 30, 'shared', 'FALL', 2);
    INSERT INTO campaign (id, name, state, offer_id, created_at, updated_at) VALUES (1, 'c', 'draft', 3, 1, 1);
    INSERT INTO offer_code (code, offer_id, state, issued_at, expires_at) VALUES ('K7M4Q9X', 3, 'redeemed', 1, 9), ('K8M4Q9X', 3, 'issued', 1, 9);
    INSERT INTO redemption (id, code, offer_id, at, how) VALUES (5, 'K7M4Q9X', 3, 4, 'code');
  `);
  return db;
}

describe('a file from before offers had terms', () => {
  const tables = ['offer', 'campaign', 'offer_code', 'redemption'] as const;

  it('keeps every offer, code and redemption, for everything, any day, once', () => {
    const db = aFileOf320();
    const read = () => tables.map((t) => db.raw.prepare(`SELECT * FROM ${t}`).all() as Record<string, unknown>[]);
    const before = read();
    migrate(db.raw);
    for (const [i, rows] of read().entries()) {
      expect(rows.length).toBe(before[i]?.length);
      for (const [k, row] of rows.entries()) expect(row).toMatchObject(before[i]?.[k] ?? {});
    }
    expect(db.raw.pragma('foreign_key_check')).toEqual([]);
    expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(offerById(db, 3 as OfferId)).toMatchObject({
      weekdays: 127,
      codeUses: 1,
      untilDay: null,
      items: [],
      bundle: null,
      tillKey: 'TEXT15',
    });
    expect(() => db.raw.exec('DELETE FROM offer WHERE id = 3')).toThrow(/FOREIGN KEY/);
    db.close();
  });

  it('takes the new kinds and none that do not exist, and no use beyond what a code is good for', () => {
    const db = aFileOf320();
    migrate(db.raw);
    db.raw.exec("UPDATE offer SET kind = 'bundle', bundle_buy = 2, bundle_price = 3000 WHERE id = 7");
    expect(() => db.raw.exec("UPDATE offer SET kind = 'gift' WHERE id = 7")).toThrow(/CHECK/);
    expect(() => db.raw.exec("UPDATE offer SET kind = 'points' WHERE id = 7")).toThrow(/CHECK/);
    expect(() => db.raw.exec('UPDATE offer SET weekdays = 0 WHERE id = 7')).toThrow(/CHECK/);
    expect(() => db.raw.exec("UPDATE offer SET from_day = '2026-01-02' WHERE id = 7")).toThrow(/CHECK/);
    const use = (code: string, no: number) =>
      db.raw.prepare("INSERT INTO redemption (code, offer_id, at, how, use_no) VALUES (?, 3, 5, 'code', ?)").run(code, no);
    expect(() => use('K7M4Q9X', 1)).toThrow(/UNIQUE/);
    expect(() => use('K8M4Q9X', 2)).toThrow('no use left');
    use('K8M4Q9X', 1);
    db.close();
  });

  it('reads what staff and owner ask for by an index', () => {
    const db = aFileOf320();
    migrate(db.raw);
    const plan = (sql: string) =>
      (db.raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[]).map((r) => r.detail).join('; ');
    expect(plan("SELECT count(*) FROM offer_code WHERE offer_id = 1 AND state IN ('issued', 'reversed') AND expires_at > 1")).toMatch(
      /offer_code_by_offer/,
    );
    expect(plan("SELECT use_no FROM redemption WHERE code = 'K' AND reversed_at IS NULL")).toMatch(/SEARCH redemption/);
    expect(plan("SELECT count(*) FROM audit WHERE action = 'offer.used-again' AND at >= 1")).toMatch(/audit_used_again/);
    // by the person, never by the offer: a campaign of 50,000 asks this 50,000 times
    const asked: string[] = [];
    const prepare = (sql: string) => {
      asked.push(sql);
      return db.prepare(sql);
    };
    const watched = { prepare } as unknown as typeof db;
    codeOfCampaign(watched, { campaignId: 1 as CampaignId, offerId: 3 as OfferId, customerId: 1 as CustomerId });
    openCodes(watched, { campaignId: 1 as CampaignId }, { now: 0 as UtcMs, after: '', limit: 9 });
    openCodes(watched, { offerId: 3 as OfferId }, { now: 0 as UtcMs, after: '', limit: 9 });
    expect(asked.map((sql) => plan(sql.replaceAll('?', '1')).match(/offer_code_by_\w+/)?.[0])).toEqual([
      'offer_code_by_customer',
      'offer_code_by_campaign',
      'offer_code_by_offer',
    ]);
    db.close();
  });
});
