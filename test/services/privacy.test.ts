import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsentEventRow } from '@db/queries/consent';
import { NOT_PERSONAL, PERSONAL } from '@db/queries/personal';
import { writeMeta } from '@db/queries/settings';
import { stateOf } from '@domain/consent/status';
import { type CustomerId, DAY, type ImportId, type PhoneE164, type UtcMs } from '@domain/kernel';
import { makeBackup } from '@services/backups/backups';
import { replayJournal } from '@services/backups/replay';
import { checkLedger, lastCheck } from '@services/consent/check';
import { openLockedProof, proofOfNumber } from '@services/consent/evidence';
import { consentOf, recordSignUp, recordStop, verifyLedger, withConsent } from '@services/consent/index';
import { mergePeople } from '@services/customers/merge';
import { erasePerson } from '@services/privacy/erase';
import { exportLedger } from '@services/privacy/export-ledger';
import { exportPerson } from '@services/privacy/export-person';
import { retention, sweepRetention } from '@services/privacy/retention';
import { answerReturned, noticeErased, returned } from '@services/privacy/returns';
import { makeRecoveryCode, wrapKeys } from '@services/settings/recovery';
import { describe, expect, it } from 'vitest';
import { aShopOf, type RecordSpec } from '../support/merging';
import { aShopFolder } from '../support/shop-folder';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

const ANA: RecordSpec = {
  firstName: 'Annabella',
  lastName: 'Quixonett',
  phone: '+12125550188',
  email: 'annabella@quixonett.example',
  birthday: '1980-02-03',
  note: '=HYPERLINK("http://x") likes zebrawood',
  tags: ['vipzebra'],
  sales: 3,
  notes: 2,
  codes: 1,
  texts: 2,
  replies: 2,
  campaigns: [1],
  links: 1,
};
const BO: RecordSpec = { ...ANA, firstName: 'Bob', lastName: 'Smith', phone: '+12125550199', email: 'bo@b.example', note: '', tags: [] };
const phone = ANA.phone as PhoneE164;
const nobody = { ...owner, staffId: null };

const signUp = (ctx: TestCtx | Awaited<ReturnType<typeof aShopFolder>>['ctx'], p: PhoneE164 = phone) =>
  withConsent(ctx, (trx) =>
    recordSignUp(ctx, trx, {
      phone: p,
      method: 'paper',
      occurredAt: ctx.clock.now(),
      name: 'Annabella Quixonett',
      photo: Buffer.from('89504e470d0a1a0a', 'hex'),
    }),
  );
const whole = async (ctx: TestCtx) =>
  (await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).faults;
const names = (db: { raw: { prepare(s: string): { pluck(): { all(): unknown[] } } } }) =>
  db.raw.prepare('SELECT first_name FROM customer ORDER BY id').pluck().all();

describe('what a restored copy remembers of somebody who was erased since', () => {
  it('is erased again, also records that were merged since the copy; the stop and the certificate stand', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const [ana, bo] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId, CustomerId];
    signUp(ctx);
    const { path } = await makeBackup(ctx);
    mergePeople(ctx, nobody, { a: ana, b: bo, take: {} });
    shop.clock.advance(DAY);
    const { erasureId, task } = erasePerson(ctx, nobody, { id: bo });
    await ctx.tasks.finished(task);
    const serial = ctx.db.raw.prepare('SELECT serial FROM erasure WHERE id = ?').pluck().get(erasureId);
    await ctx.backstage.restoreShop(path);
    await shop.close();
    const again = await aShopFolder({ dir: shop.dir });
    expect(again.ctx.db.raw.prepare('SELECT serial FROM erasure').pluck().all()).toEqual([serial]);
    expect(names(again.ctx.db).filter((n) => n !== '')).toEqual([]);
    for (const t of ['Annabella', 'Quixonett', '2125550188', 'Smith', '2125550199']) {
      const rows = again.ctx.db.raw
        .prepare('SELECT count(*) FROM customer WHERE first_name = ? OR last_name = ? OR phone LIKE ?')
        .pluck()
        .get(t, t, `%${t}`);
      expect(rows, t).toBe(0);
    }
    const states = consentOf(again.ctx.db, again.ctx.hmacKey, phone, again.ctx.clock.now());
    expect(stateOf(states, 'marketing')).toBe('out');
    const check = await verifyLedger(again.ctx.db, {
      hmacKey: again.ctx.hmacKey,
      zone: again.ctx.settings().shop.zone,
      now: again.ctx.clock.now(),
    });
    expect(check.faults).toEqual([]);
    await again.close();
  });

  it('somebody else who has the id in the copy is left alone', () => {
    const ctx = aCtx();
    const [ana] = aShopOf(ctx.db, [ANA]) as [CustomerId];
    const entry = {
      kind: 'erased' as const,
      at: ctx.clock.now(),
      row: {
        serial: 'X',
        at: 1,
        staffId: null,
        namelessId: -5,
        certificate: {},
        againOf: null,
        ids: [{ id: ana, madeAt: [12345] }],
        keys: [],
      },
    };
    ctx.db.tx((trx) => void replayJournal(trx, ctx.hmacKey, [entry], ctx.clock.now()));
    expect(names(ctx.db)).toContain('Annabella');
  });
});

describe('a till file that brings an erased person again', () => {
  const bring = (ctx: TestCtx, tillId: string, firstName: string): CustomerId => {
    const raw = ctx.db.raw;
    raw
      .prepare(
        "INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at) VALUES (9, 'again.csv', 'h9', 1, 'p', 'square', '{}', 'done', 1)",
      )
      .run();
    const id = raw
      .prepare('INSERT INTO customer (first_name, phone, created_at, updated_at, import_id) VALUES (?, ?, 5, 5, 9)')
      .run(firstName, phone).lastInsertRowid as number;
    raw
      .prepare(
        "INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how, import_id) VALUES ('square', ?, ?, 5, 'import', 9)",
      )
      .run(tillId, id);
    return id as CustomerId;
  };
  const erased = async () => {
    const ctx = aCtx();
    const [ana] = aShopOf(ctx.db, [ANA]) as [CustomerId];
    await ctx.tasks.finished(erasePerson(ctx, owner, { id: ana }).task);
    return ctx;
  };

  it('is erased again at once under the same till id', async () => {
    const ctx = await erased();
    bring(ctx, 'S1', 'Annabella');
    ctx.db.raw.prepare("UPDATE sale SET source_customer_id = 'S1'").run();
    expect(await noticeErased(ctx, 9 as ImportId)).toEqual({ again: 1, asked: 0 });
    expect(names(ctx.db)).not.toContain('Annabella');
    expect(ctx.db.raw.prepare('SELECT count(*) FROM sale WHERE source_customer_id IS NOT NULL').pluck().get()).toBe(0);
    expect(ctx.db.raw.prepare('SELECT count(DISTINCT nameless_id) FROM erasure').pluck().get()).toBe(1);
    expect(await whole(ctx)).toEqual([]);
  });

  it('is asked about when only the number is the same; the stop holds meanwhile', async () => {
    const ctx = await erased();
    const id = bring(ctx, 'S77', 'Newholder');
    expect(await noticeErased(ctx, 9 as ImportId)).toEqual({ again: 0, asked: 1 });
    expect(returned(ctx)).toMatchObject([{ customerId: id, name: 'Newholder', fileName: 'again.csv' }]);
    expect(stateOf(consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now()), 'marketing')).toBe('out');
    answerReturned(ctx, owner, { id, same: false });
    expect(returned(ctx)).toEqual([]);
    expect(names(ctx.db)).toContain('Newholder');
  });

  it('is left alone when they came back by their own act', async () => {
    const ctx = await erased();
    ctx.clock.advance(1000);
    signUp(ctx);
    bring(ctx, 'S1', 'Annabella');
    expect(await noticeErased(ctx, 9 as ImportId)).toEqual({ again: 0, asked: 0 });
    expect(names(ctx.db)).toContain('Annabella');
  });
});

describe('proof', () => {
  it('of a number tells everything, also under a number of nobody; locked after erasure, open with the recovery code only', async () => {
    const ctx = aCtx();
    const [ana] = aShopOf(ctx.db, [ANA]) as [CustomerId];
    signUp(ctx);
    ctx.clock.advance(DAY);
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, {
        phone,
        method: 'reply',
        reason: 'exact',
        carrierStop: false,
        occurredAt: ctx.clock.now(),
        inboundSid: 'SM9',
        inboundText: 'please stop, Annabella',
      }),
    );
    const before = proofOfNumber(ctx, { customerId: ana, phone: null });
    expect(before.lines.map((l) => [l.kind, l.sealed])).toEqual([
      ['signed-up', false],
      ['stopped', false],
    ]);
    expect(before.lines[0]?.photo).toMatch(/^data:image\/png;base64,/);
    expect(before.lines[1]).toMatchObject({ inboundText: 'please stop, Annabella', inboundSid: 'SM9' });
    await ctx.tasks.finished(checkLedger(ctx, owner).task);
    expect(lastCheck(ctx)).toMatchObject({ ok: true, events: 2, current: true });

    await ctx.tasks.finished(erasePerson(ctx, owner, { id: ana }).task);
    expect(lastCheck(ctx)?.current).toBe(false);
    const after = proofOfNumber(ctx, { customerId: null, phone });
    expect(after).toMatchObject({ name: '', locked: true, erased: { at: ctx.clock.now() } });
    expect(after.lines.every((l) => l.sealed && l.inboundText === null && l.photo === null && l.name === null)).toBe(true);
    expect(after.lines.map((l) => l.wording)).toEqual(before.lines.map((l) => l.wording).concat(null as never));
    const code = makeRecoveryCode();
    writeMeta(ctx.db, 'recovery', await wrapKeys({ hmac: 'a', journal: 'b' }, code));
    await expect(openLockedProof(ctx, owner, { phone, recoveryCode: 'wrong' })).rejects.toMatchObject({
      code: 'secrets.wrong-recovery-code',
    });
    const open = await openLockedProof(ctx, owner, { phone, recoveryCode: code });
    expect(open.lines[1]).toMatchObject({ inboundText: 'please stop, Annabella', sealed: false });
    expect(open.lines[0]?.photo).toBe(before.lines[0]?.photo);
    expect(await whole(ctx)).toEqual([]);
  });
});

describe('exports', () => {
  it('of a person hold every part there is, with formulas defused', () => {
    const ctx = aCtx();
    const [ana] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId];
    signUp(ctx);
    const folder = mkdtempSync(join(tmpdir(), 'regulars-export-'));
    const made = exportPerson(ctx, owner, { id: ana, folder });
    const everything = JSON.parse(readFileSync(join(made.folder, 'everything.json'), 'utf8')) as Record<string, unknown[]>;
    for (const part of PERSONAL) expect(everything[part.part], part.table).toBeDefined();
    expect(everything['purchases']).toHaveLength(3);
    expect(everything['purchased-items']).toHaveLength(3);
    expect(everything['texts-sent']).toHaveLength(3); // two and the confirmation
    expect(everything['permission-proof']).toHaveLength(1);
    expect(everything['permission-wording']).toHaveLength(1);
    const text = readdirSync(made.folder)
      .map((f) => readFileSync(join(made.folder, f)).toString('latin1'))
      .join('\n');
    expect(text).not.toContain('Smith');
    expect(readFileSync(join(made.folder, 'details.csv'), 'utf8')).toContain(`"'=HYPERLINK(""http://x"") likes zebrawood"`);
    expect(readdirSync(made.folder)).toContain('signed-form-1.png');
    expect(exportPerson(ctx, owner, { id: ana, folder }).folder).not.toBe(made.folder);
    expect(Object.keys(NOT_PERSONAL).length).toBeGreaterThan(10);
    expect(() => exportPerson(ctx, owner, { id: ana, folder: '/proc/nowhere' })).toThrow(
      expect.objectContaining({ code: 'privacy.no-place' }),
    );
  });

  it('of the ledger can be checked by anybody from its own README; erased numbers are code names', async () => {
    const ctx = aCtx();
    const [ana] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId];
    signUp(ctx);
    signUp(ctx, BO.phone as PhoneE164);
    await ctx.tasks.finished(erasePerson(ctx, owner, { id: ana }).task);
    const folder = mkdtempSync(join(tmpdir(), 'regulars-ledger-'));
    const out = exportLedger(ctx, owner, { folder });
    await ctx.tasks.finished(out.task);
    const lines = readFileSync(join(out.folder, 'permission-records.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((l) => JSON.parse(l) as Record<string, never>);
    const order = /\["regulars-consent-1", (.*)\]/.exec(readFileSync(join(out.folder, 'README.txt'), 'utf8'))?.[1]?.split(', ') ?? [];
    let prev = '0'.repeat(64);
    const events = lines.filter((l) => l['type'] === 'event') as unknown as {
      row: ConsentEventRow;
      hash: string;
      evidence: { address: string } | null;
    }[];
    for (const e of events) {
      expect(e.row.prev_hash).toBe(prev);
      const fields = order.map((o) => e.row[o.replace('row.', '') as keyof ConsentEventRow]);
      expect(
        createHash('sha256')
          .update(JSON.stringify(['regulars-consent-1', ...fields]))
          .digest('hex'),
      ).toBe(e.hash);
      prev = e.hash;
    }
    expect(lines.at(-1)).toEqual({ type: 'head', id: events.length, hash: prev });
    const csv = readFileSync(join(out.folder, 'permission-records.csv'), 'utf8');
    expect(csv).toContain('+12125550199');
    expect(csv).not.toContain('2125550188');
    expect(csv.trim().split('\n')).toHaveLength(events.length + 1);
    expect(readdirSync(out.folder).filter((f) => f.endsWith('.part'))).toEqual([]);
    expect(existsSync(join(out.folder, 'README.txt'))).toBe(true);
  });
});

describe('what was kept long enough', () => {
  it('replies lose their words after 24 months, proof goes five years after the last text; stops and the chain stay', async () => {
    const ctx = aCtx();
    const [ana] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId];
    signUp(ctx);
    signUp(ctx, BO.phone as PhoneE164);
    await ctx.tasks.finished(erasePerson(ctx, owner, { id: ana }).task);
    ctx.db.raw.prepare('UPDATE inbound SET received_at = ?, body = ? WHERE customer_id = 2').run(ctx.clock.now() as number, 'hello');
    expect(await sweepRetention(ctx)).toEqual({ replies: 0, proofs: 0 });
    expect(retention(ctx)).toMatchObject({ repliesBefore: '2024-11-17', proofBefore: '2021-11-17', oldestReplyGoes: '2028-11-18' });
    ctx.clock.advance(732 * DAY);
    expect((await sweepRetention(ctx)).replies).toBe(2);
    ctx.clock.advance((5 * 366 - 732) * DAY);
    const swept = await sweepRetention(ctx);
    expect(swept.proofs).toBeGreaterThan(0);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM consent_sealed').pluck().get()).toBe(0);
    expect(stateOf(consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now()), 'marketing')).toBe('out');
    // Bob still may be texted: his proof is needed for the next one
    const bob = proofOfNumber(ctx, { customerId: null, phone: BO.phone as PhoneE164 });
    expect(bob.lines[0]).toMatchObject({ sealed: false, name: 'Annabella Quixonett' });
    expect(await whole(ctx)).toEqual([]);
    expect(retention(ctx)).toMatchObject({ repliesEmptied: 2, proofsGone: swept.proofs, sweptAt: ctx.clock.now() as UtcMs });
  });
});
