import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LATEST_VERSION, MIGRATIONS } from '@db/migrations/index';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

/** What the type files say: table → column → may be null. */
function typed(): Map<string, Map<string, boolean>> {
  const out = new Map<string, Map<string, boolean>>();
  const dir = join(process.cwd(), 'db/schema');
  const index = readFileSync(join(dir, 'index.ts'), 'utf8');
  const tableOf = new Map([...index.matchAll(/^ {2}(\w+): (\w+);/gm)].map((m) => [m[2] ?? '', m[1] ?? '']));
  for (const file of readdirSync(dir)) {
    const text = readFileSync(join(dir, file), 'utf8');
    for (const m of text.matchAll(/export interface (\w+Table) \{([^}]*)\}/g)) {
      const columns = [...(m[2] ?? '').matchAll(/^ {2}(\w+):([\s\S]*?);/gm)].map((c) => [c[1] ?? '', /\bnull\b/.test(c[2] ?? '')] as const);
      out.set(tableOf.get(m[1] ?? '') ?? `? ${m[1]}`, new Map(columns));
    }
  }
  return out;
}

describe('the schema', () => {
  const db = createDb();
  const tables = db.raw
    .prepare(
      "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer_search%' ORDER BY name",
    )
    .all() as { name: string; sql: string }[];

  it('is what the types say, column by column', () => {
    const types = typed();
    expect([...types.keys()].sort()).toEqual(tables.map((t) => t.name));
    for (const { name } of tables) {
      const columns = db.raw.pragma(`table_info(${name})`) as { name: string; notnull: number; pk: number }[];
      expect([...(types.get(name)?.keys() ?? [])], name).toEqual(columns.map((c) => c.name));
      for (const c of columns) {
        if (!c.pk) expect(types.get(name)?.get(c.name), `${name}.${c.name} may be null`).toBe(c.notnull === 0);
      }
    }
  });

  it('has only STRICT tables: a loose column drops the leading zero of a phone', () => {
    for (const t of tables) expect(t.sql, t.name).toMatch(/\bSTRICT\b/);
  });

  it('moves in steps of ten, each once, in order', () => {
    const versions = MIGRATIONS.map((m) => m.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions.every((v) => v % 10 === 0)).toBe(true);
    expect(db.raw.pragma('user_version', { simple: true })).toBe(LATEST_VERSION);
  });

  it('comes out the same whether made at once or step by step', () => {
    const stepwise = createDb(':memory:', 10);
    for (const m of MIGRATIONS.slice(1)) {
      m.up(stepwise.raw);
    }
    const dump = (d: typeof db) => d.raw.prepare('SELECT type, name, sql FROM sqlite_master ORDER BY name').all();
    expect(dump(stepwise)).toEqual(dump(db));
  });

  it('keeps the ledger and the audit append-only, also from plain SQL', () => {
    db.raw.exec("INSERT INTO audit (at, action) VALUES (1, 'x')");
    expect(() => db.raw.exec('UPDATE audit SET at = 2')).toThrow('append-only');
    expect(() => db.raw.exec('DELETE FROM audit')).toThrow('append-only');
    db.raw.exec(`INSERT INTO consent_event (address_hmac, channel, purpose, kind, method, occurred_at, recorded_at, prev_hash, hash)
                 VALUES ('a', 'sms', 'marketing', 'stopped', 'counter', 1, 1, '0', 'h')`);
    expect(() => db.raw.exec("UPDATE consent_event SET kind = 'signed-up'")).toThrow('append-only');
    expect(() => db.raw.exec('DELETE FROM consent_event')).toThrow('append-only');
  });
});
