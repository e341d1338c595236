import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { headerKey } from '@domain/imports/cells';
import { recognise, recogniseWrong } from '@domain/imports/detect';
import type { FIELDS } from '@domain/imports/fields';
import { PROFILES } from '@domain/imports/profiles/index';
import { describe, expect, it } from 'vitest';

/** Header lines of real exports, column names only; `profile` is what they must be known as, `wrong:` what they are refused as. */
const rows = readFileSync(resolve(import.meta.dirname, '../fixtures/pos-headers.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [string, string, string, string, string]);

describe('every header seen', () => {
  it.each(
    rows.map(([till, kind, variant, columns, profile]) => ({ name: `${till} ${kind} ${variant}`, columns: columns.split(','), profile })),
  )('$name is $profile', ({ columns, profile }) => {
    const other = [...columns].reverse().map((c) => `  ${c.toUpperCase()} `);
    for (const header of [columns, other, [`\ufeff${columns[0]}`, ...columns.slice(1)]]) {
      if (profile.startsWith('wrong:')) {
        expect(recognise(header)).toBeNull();
        expect(`wrong:${recogniseWrong(header)?.id}`).toBe(profile);
      } else if (profile === '-') {
        expect(recognise(header)).toBeNull();
        expect(recogniseWrong(header)).toBeNull();
      } else {
        expect(recognise(header)?.profile.id).toBe(profile);
        expect(recognise(header)?.missing).toEqual([]);
      }
    }
  });

  it('holds no two columns for one thing unless they are to be joined', () => {
    for (const [, , , columns, id] of rows) {
      const profile = PROFILES.find((p) => p.id === id);
      if (!profile) continue;
      const found = recognise(columns.split(','));
      for (const [field, at] of Object.entries(found?.columns ?? {})) {
        const ref = profile.fields[field as keyof typeof FIELDS];
        if (typeof ref === 'string' || Array.isArray(ref)) expect(at, `${id} ${field}`).toHaveLength(1);
      }
    }
  });
});

describe('profiles', () => {
  it.each(PROFILES.map((p) => [p.id, p] as const))('%s says how to get the file and how its rows lie', (_, p) => {
    expect(p.clicks.length).toBeGreaterThan(20);
    if (p.kind === 'sales') expect(p.shape).toBeDefined();
    for (const other of p.notWith ?? []) expect(PROFILES.find((x) => x.id === other)?.notWith).toContain(p.id);
    const names = Object.values(p.fields).flatMap((r) =>
      typeof r === 'string' ? r : 'parts' in r ? r.parts : 'sum' in r ? r.sum : 'ends' in r ? [] : r,
    );
    for (const name of names) expect(headerKey(name)).toBe(name.toLowerCase());
  });

  it('two exports of one till never speak with the same rank for the same receipts', () => {
    const spoken = new Map<string, string>();
    for (const p of PROFILES.filter((x) => x.kind === 'sales')) {
      const rank = p.rank ?? (p.shape === 'payment' ? 2 : p.shape === 'line' ? 1 : 3);
      const key = `${p.source} ${rank}`;
      expect(spoken.get(key), `${p.id} and ${spoken.get(key)}`).toBeUndefined();
      spoken.set(key, p.id);
    }
  });
});
