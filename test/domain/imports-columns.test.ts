import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { lookAt, openTable } from '@backend/imports/table';
import { headerKey } from '@domain/imports/cells';
import { recognise } from '@domain/imports/detect';
import type { Field } from '@domain/imports/fields';
import type { HeaderRef, Profile } from '@domain/imports/profile';
import { PROFILES } from '@domain/imports/profiles/index';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFile } from '../support/imports';

const TILLS = ['square', 'clover', 'toast', 'loyverse', 'sumup', 'vend', 'lightspeed_ecom_c'];
const headers = readFileSync(resolve(import.meta.dirname, '../fixtures/pos-headers.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t') as [string, string, string, string, string])
  .filter(([till, , , , id]) => TILLS.includes(till) && !id.startsWith('wrong:'))
  .map(([till, kind, variant, columns, id]) => ({
    name: `${till} ${kind} ${variant}`,
    columns: columns.split(','),
    profile: PROFILES.find((p) => p.id === id) as Profile,
  }));

const namesOf = (ref: HeaderRef | undefined): readonly string[] =>
  ref === undefined ? [] : typeof ref === 'string' ? [ref] : 'parts' in ref ? ref.parts : 'sum' in ref ? ref.sum : 'ends' in ref ? [] : ref;
const isNamed = (column: string, names: readonly string[]): boolean => names.some((n) => headerKey(n) === headerKey(column));

/** Columns the owner must have ticked: what the profile needs, and two that tell whose file it is. */
function kept(columns: readonly string[], p: Profile): Set<string> {
  const needs = [...p.required.flatMap((f) => namesOf(p.fields[f])), ...p.marks.slice(0, 3).flat()];
  return new Set(columns.filter((c) => isNamed(c, needs)));
}

/** Written as some tool or person would: blanks, capitals, a byte order mark glued to the first. */
const written = fc.constantFrom(
  (c: string) => c,
  (c: string) => c.toUpperCase(),
  (c: string) => ` ${c}`,
  (c: string) => `${c}\u00a0`,
  (c: string) => c.replaceAll(' ', '\u00a0'),
  (c: string) => c.toLowerCase(),
);

describe('columns picked, moved and written otherwise', () => {
  it.each(headers)('$name', ({ columns, profile }) => {
    const keep = kept(columns, profile);
    const optional = columns.filter((c) => !keep.has(c));
    fc.assert(
      fc.property(fc.subarray(optional), fc.infiniteStream(fc.nat()), written, fc.boolean(), (picked, seeds, write, mark) => {
        const order = [...keep, ...picked]
          .map((c) => ({ c, at: seeds.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ c }) => c);
        const header = order.map(write);
        if (mark) header[0] = `\ufeff${header[0]}`;
        const found = recognise(header);
        expect(found?.profile.id).toBe(profile.id);
        expect(found?.missing).toEqual([]);
        for (const [field, at] of Object.entries(found?.columns ?? {}))
          for (const i of at ?? []) expect(isNamed(order[i] as string, namesOf(profile.fields[field as Field]))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each(headers)('$name without a column it needs: says which', async ({ columns, profile }) => {
    for (const field of profile.required) {
      const names = namesOf(profile.fields[field]);
      const header = columns.filter((c) => !isNamed(c, names));
      const found = recognise(header);
      if (found?.profile !== profile) continue; // what is left may be a whole file of another kind
      expect(found.missing).toContain(field);
      const file = aFile(`${header.join(',')}\n${header.map(() => 'x').join(',')}\n`);
      const e = await lookAt(file, {}).catch((x: unknown) => x);
      expect(e).toMatchObject({
        code: 'import.wrong-file',
        params: { found: 'missing-columns', till: profile.till, title: profile.title },
      });
      const told = (e as { params: { columns: string } }).params.columns;
      expect(told.length, `${profile.id} ${field}`).toBeGreaterThan(0);
      expect(names.some((n) => told.includes(n))).toBe(true);
    }
  });

  it('a header glued to a byte order mark, in a file as tills write them, opens as what it is', async () => {
    for (const { columns, profile } of headers) {
      const text = `\ufeff${columns.map((c) => `"${c}"`).join(',')}\r\n${columns.map(() => '""').join(',')}\r\n${columns.map(() => '1').join(',')}\r\n`;
      expect((await openTable(aFile(text), {})).recognised?.profile.id).toBe(profile.id);
    }
  });
});
