import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { JournalFile } from '@adapters/disk/journal';
import { PassphraseVault } from '@adapters/disk/vault';
import { addressHmac } from '@domain/consent/hmac';
import { stateOf } from '@domain/consent/status';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { isErasedAddress } from '@domain/privacy/erased';
import { consentOf, recordSignUp, verifyLedger, withConsent } from '@services/consent/index';
import { mergePeople, unmergePeople } from '@services/customers/merge';
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
    // pages that were given back earlier still hold what stood in them
    const note = (text: string) => ctx.db.raw.prepare('UPDATE customer SET note = ? WHERE id = ?').run(text, ana);
    note('zebrawood '.repeat(4000));
    note(ANA.note);
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
    // nor in the journal, which alone knows what happened since the last copy
    const key = (await new PassphraseVault(join(shop.dir, 'vault.json'), 'test').get('journal-key')) ?? '';
    const journal = new JournalFile(join(shop.dir, 'journal.log'), Buffer.from(key, 'hex')).read();
    expect(journal.map((e) => (e as { kind: string }).kind)).toContain('erased');
    expect(TRACES.filter((t) => JSON.stringify(journal).includes(t))).toEqual([]);
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

  it('of two at once cleans up after both', async () => {
    const shop = await aShopFolder();
    const { ctx } = shop;
    const [ana, bo] = aShopOf(ctx.db, [ANA, BO]) as [CustomerId, CustomerId];
    const tasks = [erasePerson(ctx, nobody, { id: ana }).task, erasePerson(ctx, nobody, { id: bo }).task];
    await Promise.all(tasks.map((t) => ctx.tasks.finished(t)));
    expect(onDisk(shop.dir, [...TRACES, 'Smith', '2125550199'])).toEqual([]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM erasure WHERE open_ids IS NOT NULL').pluck().get()).toBe(0);
    const key = (await new PassphraseVault(join(shop.dir, 'vault.json'), 'test').get('journal-key')) ?? '';
    const journal = JSON.stringify(new JournalFile(join(shop.dir, 'journal.log'), Buffer.from(key, 'hex')).read());
    expect(['2125550188', '2125550199'].filter((t) => journal.includes(t))).toEqual([]);
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

/** A word nobody else has; long enough not to come about by chance. */
const word = (n: number) => `Zq${(n * 7919 + 104729).toString(36)}xw`;

describe('whatever happened to somebody before', () => {
  const Step = fc.oneof(
    fc.record({
      do: fc.constantFrom('rename', 'rephone', 'note', 'wish', 'size', 'reply', 'text', 'task', 'said', 'sign-up', 'undo-log', 'later'),
      who: fc.nat(2),
    }),
    fc.record({ do: fc.constantFrom('merge', 'unmerge'), who: fc.nat(2) }),
  );

  it('nothing of them is left anywhere in the file, and everybody else is as before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(Step, { minLength: 3, maxLength: 14 }), fc.nat(2), async (steps, target) => {
        const shop = await aShopFolder();
        const { ctx } = shop;
        const raw = ctx.db.raw;
        let n = 0;
        const told: string[][] = [[], [], []];
        /** A new word of one of the three, wherever it is written. */
        const say = (who: number): string => {
          const w = word(++n + who * 1000);
          told[who]?.push(w);
          return w;
        };
        const ids = aShopOf(
          ctx.db,
          [0, 1, 2].map((i) => ({
            ...ANA,
            firstName: say(i),
            lastName: say(i),
            phone: `+1212555${7000 + i}`,
            email: `${say(i).toLowerCase()}@x.example`,
            birthday: null,
            note: say(i),
            tags: [],
          })),
        );
        for (const [i, words] of told.entries()) words.push(`212555${7000 + i}`);
        const alive = (i: number) =>
          raw.prepare('SELECT id, phone FROM customer WHERE id = ?').get(ids[i]) as { id: CustomerId; phone: string } | undefined;
        const merges: { id: number; a: number; b: number; since: number }[] = [];
        /** Said while two were one and told apart again since: under a number that is the other's now it is the other's to keep. */
        const both: string[] = [];
        for (const step of steps) {
          const i = step.who;
          const c = alive(i);
          if (!c) continue;
          const set = (column: string, value: string) => raw.prepare(`UPDATE customer SET ${column} = ? WHERE id = ?`).run(value, c.id);
          if (step.do === 'rename') set('first_name', say(i));
          else if (step.do === 'rephone') {
            const next = `+1212556${String(1000 + ++n)}`;
            told[i]?.push(next.slice(2));
            withConsent(ctx, (trx) =>
              recordSignUp(ctx, trx, {
                phone: c.phone as PhoneE164,
                method: 'screen',
                occurredAt: ctx.clock.now(),
                name: say(i),
                customerId: c.id,
              }),
            );
            set('phone', next);
          } else if (step.do === 'note') raw.prepare('INSERT INTO visit_note (customer_id, at, note) VALUES (?, 1, ?)').run(c.id, say(i));
          else if (step.do === 'wish')
            raw.prepare("INSERT INTO customer_wish (customer_id, item, item_key, created_at) VALUES (?, ?, 'k', 1)").run(c.id, say(i));
          else if (step.do === 'size')
            raw
              .prepare("INSERT OR REPLACE INTO customer_size (customer_id, kind, value, updated_at) VALUES (?, 'shoe', ?, 1)")
              .run(c.id, say(i));
          else if (step.do === 'reply')
            raw
              .prepare(
                "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, customer_id) VALUES (?, ?, '+1', ?, 1, 1, 'message', NULL)",
              )
              .run(`SMR${++n}`, c.phone, say(i));
          else if (step.do === 'text')
            raw
              .prepare(
                "INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, created_at, updated_at) VALUES ('reply', ?, 'sms', ?, ?, 'reply', 1, 'waiting', ?, 1, 0, 0, 0)",
              )
              .run(`x${++n}`, c.phone, c.id, say(i));
          else if (step.do === 'task')
            raw
              .prepare("INSERT INTO counter_task (kind, customer_id, address, words, created_at) VALUES ('hold', ?, ?, ?, 1)")
              .run(c.id, c.phone, say(i));
          else if (step.do === 'later') raw.prepare('INSERT INTO later (at, name, customer_id) VALUES (1, ?, ?)').run(say(i), c.id);
          else if (step.do === 'said')
            raw
              .prepare(
                "INSERT OR REPLACE INTO consent_said (import_id, channel, address, says, flag, raw, column_name, row_no, source, at) VALUES (1, 'sms', ?, 'yes', 0, ?, 'c', 1, 'square', 1)",
              )
              .run(c.phone, say(i));
          else if (step.do === 'undo-log')
            raw
              .prepare(
                "INSERT INTO import_change (import_id, seq, table_name, row_key, before) VALUES (1, ?, 'customer', ?, json_object('was', json_object('note', ?)))",
              )
              .run(++n, String(c.id), say(i));
          else if (step.do === 'sign-up') {
            withConsent(ctx, (trx) =>
              recordSignUp(ctx, trx, {
                phone: c.phone as PhoneE164,
                method: 'join-text',
                occurredAt: ctx.clock.now(),
                inboundSid: `SMJ${++n}`,
                inboundText: `JOIN ${say(i)}`,
                name: say(i),
                customerId: c.id,
              }),
            );
          } else if (step.do === 'merge') {
            const j = (i + 1) % 3;
            const other = alive(j);
            if (!other) continue;
            try {
              const m = mergePeople(ctx, nobody, { a: c.id, b: other.id, take: {} });
              const [kept, gone] = m.id === c.id ? [i, j] : [j, i];
              merges.push({ id: m.mergeId, a: kept, b: gone, since: told[kept]?.length ?? 0 });
            } catch {
              // a text is on its way to a number that would be let go
            }
          } else if (step.do === 'unmerge') {
            const last = merges.at(-1);
            if (!last) continue;
            try {
              unmergePeople(ctx, nobody, last.id);
              merges.pop();
              both.push(...(told[last.a] ?? []).slice(last.since));
            } catch {
              // built on since
            }
          }
        }
        if (!alive(target)) {
          await shop.close();
          return;
        }
        const theirs = new Set([target]);
        for (let grew = true; grew; ) {
          grew = false;
          for (const m of merges) {
            if (theirs.has(m.a) && !theirs.has(m.b)) {
              theirs.add(m.b);
              grew = true;
            }
          }
        }
        // what an undone merge left with both, and numbers somebody else has by now, is not theirs alone
        const others = [0, 1, 2].filter((i) => !theirs.has(i)).flatMap((i) => told[i] ?? []);
        const left = [0, 1, 2].filter((i) => !theirs.has(i)).flatMap((i) => alive(i) ?? []);
        const before = left.map((c) =>
          raw.prepare('SELECT first_name, last_name, phone, email, note FROM customer WHERE id = ?').get(c.id),
        );
        const preview = erasePreview(ctx, ids[target] as CustomerId);
        const { erasureId, task } = erasePerson(ctx, nobody, { id: ids[target] as CustomerId });
        await ctx.tasks.finished(task);
        const gone = [...theirs].flatMap((i) => told[i] ?? []).filter((w) => !others.includes(w) && !both.includes(w));
        expect(onDisk(shop.dir, gone)).toEqual([]);
        expect(
          left.map((c) => raw.prepare('SELECT first_name, last_name, phone, email, note FROM customer WHERE id = ?').get(c.id)),
        ).toEqual(before);
        const done = certificate(ctx, erasureId).certificate;
        expect(done.removed).toEqual(preview.certificate.removed);
        expect(done.kept).toEqual(preview.certificate.kept);
        const check = await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() });
        expect(check.faults).toEqual([]);
        expect(
          raw.prepare("SELECT count(*) FROM outbox WHERE customer_id < 0 AND state IN ('staged', 'waiting', 'sending')").pluck().get(),
        ).toBe(0);
        await shop.close();
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }, 120_000);
});
