import { hashOf } from '@domain/consent/chain';
import { DAY, HOUR, type PhoneE164, type StaffId, type UtcMs } from '@domain/kernel';
import {
  type LedgerCheck,
  recordDoubleOptInAsked,
  recordEmailSignUp,
  recordPreferences,
  recordSignUp,
  recordStop,
  verifyLedger,
  withConsent,
} from '@services/consent';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCtx, type TestCtx } from '../support/test-ctx';

const ANA = '+16465550101' as PhoneE164;
const BEN = '+16465550102' as PhoneE164;

/** A ledger in which every column of every table says something, the triggers gone: somebody has the file open. */
function aLedger(): TestCtx {
  const ctx = aCtx({ settings: { shop: { phone: '(212) 555-0140' } } });
  const at = () => ctx.clock.now();
  const later = (ms = HOUR) => ctx.clock.set((at() + ms) as UtcMs);
  withConsent(ctx, (trx) => {
    recordSignUp(ctx, trx, {
      phone: ANA,
      method: 'paper',
      occurredAt: at(),
      topics: ['boots', 'news'],
      staffId: 2 as StaffId,
      device: 'paper',
      name: 'Ana García',
      photo: new Uint8Array([137, 80, 78, 71, 0, 255, 13, 10]),
    });
    recordDoubleOptInAsked(ctx, trx, { phone: BEN, occurredAt: at(), name: 'Ben', staffId: 2 as StaffId, device: 'counter' });
  });
  later();
  withConsent(ctx, (trx) =>
    recordPreferences(ctx, trx, {
      phone: ANA,
      method: 'reply',
      occurredAt: at(),
      promiseMax: 2,
      topics: { remove: ['news'] },
      inboundSid: 'SM2',
      inboundText: 'LESS',
    }),
  );
  later(DAY);
  withConsent(ctx, (trx) => {
    recordEmailSignUp(ctx, trx, { email: 'ana@x.example', method: 'screen', occurredAt: at() });
    recordStop(ctx, trx, {
      phone: BEN,
      method: 'reply',
      reason: 'exact: stop',
      carrierStop: true,
      occurredAt: at(),
      inboundSid: 'SM9',
      inboundText: 'STOP',
    });
  });
  ctx.db.raw.exec('DROP TRIGGER consent_event_no_update; DROP TRIGGER consent_event_no_delete; PRAGMA foreign_keys = OFF');
  return ctx;
}
const check = (ctx: TestCtx): Promise<LedgerCheck> =>
  verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() });

/** Another value of the same kind, differing in one place. */
function flipped(value: unknown, place: number): unknown {
  if (value === null) return null;
  if (typeof value === 'number') return value + (place % 2 === 0 ? 1 : -1);
  const bytes = Buffer.from(value as string | Buffer);
  if (bytes.length === 0) return typeof value === 'string' ? 'x' : Buffer.from([1]);
  const i = place % bytes.length;
  // stays text that can be read back: one bit of one byte, without breaking the encoding
  const b = bytes[i] as number;
  bytes[i] = typeof value === 'string' ? (b > 127 ? b : b ^ (b === 0x7f ? 2 : 1)) : b ^ 0x80;
  return typeof value === 'string' ? bytes.toString('utf8') : bytes;
}

interface Cell {
  table: 'consent_event' | 'consent_evidence' | 'consent_state' | 'address_book' | 'wording';
  column: string;
  row: number;
  value: unknown;
}
/** What may change without a permission, its proof or its order being another: a text's caption, a question's end as last worked out. */
const IDLE = new Set(['wording.kind', 'wording.language', 'wording.version', 'wording.created_at', 'consent_state.expires_at']);

function cells(ctx: TestCtx): Cell[] {
  const keys = { consent_event: 'rowid', consent_evidence: 'rowid', consent_state: null, address_book: null, wording: 'rowid' } as const;
  return (Object.keys(keys) as Cell['table'][])
    .flatMap((table) => {
      const rows = ctx.db.raw
        .prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`.replace(', 3', table === 'address_book' ? '' : ', 3'))
        .all() as Record<string, unknown>[];
      return rows.flatMap((r, row) => Object.entries(r).map(([column, value]) => ({ table, column, row, value })));
    })
    .filter((c) => !IDLE.has(`${c.table}.${c.column}`));
}

/** Writes over one cell; false when the table's own rules refuse that value. */
function overwrite(ctx: TestCtx, c: Cell, value: unknown): boolean {
  const rows = ctx.db.raw.prepare(`SELECT * FROM ${c.table} ORDER BY 1, 2${c.table === 'address_book' ? '' : ', 3'}`).all() as Record<
    string,
    unknown
  >[];
  const row = rows[c.row] as Record<string, unknown>;
  const where = Object.keys(row)
    .map((k) => `${k} IS @${k}`)
    .join(' AND ');
  try {
    return ctx.db.raw.prepare(`UPDATE ${c.table} SET ${c.column} = @value__ WHERE ${where}`).run({ ...row, value__: value }).changes === 1;
  } catch {
    return false;
  }
}

describe('tampering', () => {
  it('finds a change in every place of every cell', async () => {
    const probe = aLedger();
    expect(await check(probe)).toMatchObject({ ok: true, events: 5, faults: [] });
    const image = probe.db.raw.serialize();
    let tried = 0;
    const missed: string[] = [];
    for (const c of cells(probe)) {
      const length = c.value === null || typeof c.value === 'number' ? 2 : Math.max(1, Buffer.from(c.value as string).length);
      // every byte of the short ones; of a long text its ends and a walk through it
      const places =
        length <= 70
          ? Array.from({ length }, (_, i) => i)
          : [0, 1, length - 1, ...Array.from({ length: 24 }, (_, i) => Math.floor((i * length) / 24))];
      for (const place of places) {
        const value = flipped(c.value, place);
        if (value === c.value) continue;
        probe.db.raw.exec('SAVEPOINT before');
        if (overwrite(probe, c, value)) {
          tried++;
          if ((await check(probe)).ok)
            missed.push(`${c.table}.${c.column} of row ${c.row} at ${place}: ${String(c.value)} → ${String(value)}`);
        }
        probe.db.raw.exec('ROLLBACK TO before; RELEASE before');
      }
    }
    expect(missed).toEqual([]);
    expect(tried).toBeGreaterThan(1500);
    expect(probe.db.raw.serialize().length).toBe(image.length);
  }, 120_000);

  it('finds what was empty and now says something', async () => {
    const probe = aLedger();
    const missed: string[] = [];
    for (const c of cells(probe).filter((x) => x.value === null)) {
      probe.db.raw.exec('SAVEPOINT before');
      const wrote = overwrite(probe, c, 7) || overwrite(probe, c, 'x') || overwrite(probe, c, Buffer.from('x'));
      if (wrote && (await check(probe)).ok) missed.push(`${c.table}.${c.column} of row ${c.row}`);
      probe.db.raw.exec('ROLLBACK TO before; RELEASE before');
    }
    expect(missed).toEqual([]);
  });

  const EVENTS = 5;
  const id = fc.integer({ min: 1, max: EVENTS });
  const harm = fc.oneof(
    fc.record({ do: fc.constant('delete' as const), id }),
    fc.record({ do: fc.constant('cut off the end' as const), id }),
    fc.record({ do: fc.constant('swap' as const), id, other: id }),
    fc.record({ do: fc.constant('put another head' as const), id }),
    fc.record({ do: fc.constant('write an event in again' as const), id }),
    fc.record({ do: fc.constant('forget the head' as const), id }),
    fc.record({ do: fc.constant('forge the end' as const), id }),
    fc.record({ do: fc.constant('take proof away' as const), id }),
    fc.record({ do: fc.constant('seal proof' as const), id }),
    fc.record({ do: fc.constant('swap proof' as const), id, other: id }),
  );

  it('finds events that were removed, cut off, swapped, written twice or forged', async () => {
    await fc.assert(
      fc.asyncProperty(harm, async (h) => {
        const ctx = aLedger();
        const { raw } = ctx.db;
        const other = 'other' in h ? h.other : h.id;
        if (other === h.id && (h.do === 'swap' || h.do === 'swap proof')) return;
        const renumber = (table: string, column: string) =>
          raw.exec(
            `UPDATE ${table} SET ${column} = -1 WHERE ${column} = ${h.id}; UPDATE ${table} SET ${column} = ${h.id} WHERE ${column} = ${other};
             UPDATE ${table} SET ${column} = ${other} WHERE ${column} = -1`,
          );
        switch (h.do) {
          case 'delete':
            raw.exec(`DELETE FROM consent_evidence WHERE event_id = ${h.id}; DELETE FROM consent_event WHERE id = ${h.id}`);
            break;
          case 'cut off the end':
            raw.exec(
              `DELETE FROM consent_evidence WHERE event_id >= ${h.id}; DELETE FROM consent_event WHERE id >= ${h.id}; DELETE FROM consent_state`,
            );
            break;
          case 'swap':
            renumber('consent_event', 'id');
            renumber('consent_evidence', 'event_id');
            break;
          case 'put another head':
            raw.exec(`UPDATE meta SET value = json_set(value, '$.id', ${h.id - 1}) WHERE key = 'consent-head'`);
            break;
          case 'write an event in again': {
            const cols = (raw.prepare("SELECT name FROM pragma_table_info('consent_event')").pluck().all() as string[]).filter(
              (c) => c !== 'id' && c !== 'hash',
            );
            raw.exec(`INSERT INTO consent_event (${cols}, hash) SELECT ${cols}, hash || '0' FROM consent_event WHERE id = ${h.id}`);
            break;
          }
          case 'forget the head':
            raw.exec("DELETE FROM meta WHERE key = 'consent-head'");
            break;
          case 'forge the end': {
            // everything from an event on written anew with right hashes, by somebody without the shop's key
            const rows = raw.prepare('SELECT * FROM consent_event WHERE id >= ? ORDER BY id').all(h.id) as Parameters<typeof hashOf>[0][];
            let prev = rows[0]?.prev_hash ?? '';
            for (const [i, row] of rows.entries()) {
              const forged = { ...row, prev_hash: prev, ...(i === 0 ? { occurred_at: row.occurred_at - 1 } : {}) };
              prev = hashOf(forged);
              raw
                .prepare('UPDATE consent_event SET prev_hash = ?, occurred_at = ?, hash = ? WHERE id = ?')
                .run(forged.prev_hash, forged.occurred_at, prev, row.id);
            }
            break;
          }
          case 'take proof away':
            raw.exec(`DELETE FROM consent_evidence WHERE event_id = ${h.id}`);
            break;
          case 'seal proof':
            raw.exec(
              `UPDATE consent_evidence SET salt = '', address = NULL, name = NULL, inbound_sid = NULL, inbound_text = NULL, photo = NULL, sealed_at = 1 WHERE event_id = ${h.id}`,
            );
            break;
          case 'swap proof':
            renumber('consent_evidence', 'event_id');
            break;
        }
        const { ok, faults } = await check(ctx);
        expect(ok, JSON.stringify(h)).toBe(false);
        expect(faults.length).toBeGreaterThan(0);
        ctx.db.close();
      }),
      { numRuns: 120 },
    );
  }, 60_000);

  it('needs the shop’s own key', async () => {
    const ctx = aLedger();
    const other = { ...ctx, hmacKey: new Uint8Array(32).fill(1) } as TestCtx;
    expect((await check(other)).faults.map((f) => f.what)).toEqual(expect.arrayContaining(['wrong-number', 'cut-off']));
  });
});
