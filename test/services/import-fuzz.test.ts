import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { AppError } from '@domain/errors';
import { type Mapping, mappingGaps } from '@domain/imports/fields';
import type { Decisions, Question } from '@domain/imports/plan';
import { commitImport } from '@services/imports/commit';
import { inspectFile, previewImport } from '@services/imports/preview';
import { importReport, listImports } from '@services/imports/report';
import { undoImport } from '@services/imports/undo';
import { describe, expect, it } from 'vitest';
import { dump, squareCustomers, squareItems, squareTransactions } from '../support/imports';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';
import { aWorkbook } from '../support/workbook';

// Files of every kind, broken in every way, through the whole import: it may refuse them with words or take what can be taken, but it
// never fails with a bug, never hangs, never leaves half an import, and undo takes back what was taken.
// `npm run soak -- import-fuzz` runs 20,000 of them; SOAK_SEED starts elsewhere.
const RUNS = process.env['SOAK'] === 'import-fuzz' ? Number(process.env['SOAK_RUNS'] ?? 20_000) : 120;
const SEED = Number(process.env['SOAK_SEED'] ?? 20_261_117);
const TOO_LONG_MS = 10_000;

const shared = resolve(import.meta.dirname, '../../../shared/data/pos');
const real = existsSync(shared)
  ? readdirSync(shared, { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.[ct]sv$/.test(f))
      .sort()
      .map((f) => readFileSync(join(shared, f)).subarray(0, 12_000))
  : [];

const bare = (n: number) =>
  `Datum;Beleg-Nr;Artikel;Menge;Betrag;Kunde;E-Mail;Telefon\n${Array.from(
    { length: n },
    (_, i) =>
      `${(i % 28) + 1}.03.2026 14:0${i % 10};B${i >> 1};"Schuh; ""rot""";1;1.${i}00,50;Kunde ${i % 5};k${i % 5}@example.org;0301234${i % 5}00`,
  ).join('\n')}\n`;
const people = `Name,Phone,Birthday,Note\n${Array.from({ length: 12 }, (_, i) => `Ana ${i},212555010${i % 10},${i + 1}/2/1990,"line\nbreak ${i}"`).join('\n')}\n`;
const OURS: readonly Buffer[] = [
  squareItems(
    Array.from({ length: 12 }, (_, i) => ({
      'Transaction ID': `T${i >> 1}`,
      'Customer ID': i % 3 ? '' : `C${i}`,
      Notes: i % 4 ? '' : 'a "note",\nlong',
    })),
  ),
  squareTransactions(Array.from({ length: 8 }, (_, i) => ({ 'Transaction ID': `T${i}`, 'Event Type': i === 5 ? 'Refund' : 'Payment' }))),
  squareCustomers(
    Array.from({ length: 8 }, (_, i) => ({ 'Square Customer ID': `C${i}`, 'First Name': `Ana ${i}`, 'Phone Number': `212555010${i}` })),
  ),
  bare(14),
  people,
  `Report\nMay\n\n${people}\nTotal,,,\n\nRegister,Amount\nFront,5\n`,
].map((t) => Buffer.from(t));
OURS satisfies readonly Buffer[];
const BASES: readonly Buffer[] = [
  ...OURS,
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bare(6), 'utf16le')]),
  Buffer.from(bare(6).replaceAll('Schuh', 'Gr\u00f6\u00dfe'), 'latin1'),
  aWorkbook([
    ['Name', 'Phone', 'Since'],
    ['Ana', 2125550123, new Date(0)],
    ['Ben', '2125550124', null],
  ]),
  ...real,
];

/** Small seeded generator (mulberry32). */
function dice(seed: number) {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { next, below, of: <T>(list: readonly T[]): T => list[below(list.length)] as T };
}
type Dice = ReturnType<typeof dice>;

const NASTY = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r',
  '\r\n',
  '\0',
  '\ufeff',
  "'",
  '=',
  '-',
  '(',
  '####',
  '1.2E+12',
  '4111111111111111',
  '2026-02-31',
  '1,234',
  '\u00e9',
  '😀',
  '%B4111111111111111^A/B^2512',
  'Total',
  '9'.repeat(400),
  'sep=;\n',
  '\u00ff',
];

function broken(base: Buffer, d: Dice): Buffer {
  let b: Buffer = Buffer.from(base);
  for (let n = 1 + d.below(6); n > 0; n--) {
    const at = d.below(b.length + 1);
    const to = Math.min(b.length, at + 1 + d.below(d.next() < 0.8 ? 40 : b.length + 1));
    const cut = (...parts: (Buffer | string)[]) => Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p) : p)));
    switch (d.below(9)) {
      case 0:
        if (at < b.length) b[at] = d.below(256);
        break;
      case 1:
        b = b.subarray(0, at);
        break;
      case 2:
        b = cut(b.subarray(0, at), b.subarray(to));
        break;
      case 3:
        b = cut(b.subarray(0, at), d.of(NASTY), b.subarray(at));
        break;
      case 4:
        b = cut(b.subarray(0, to), b.subarray(at));
        break;
      case 5: {
        const lines = b.toString('latin1').split('\n');
        const [x, y] = [d.below(lines.length), d.below(lines.length)];
        [lines[x], lines[y]] = [lines[y] as string, lines[x] as string];
        b = Buffer.from(lines.join('\n'), 'latin1');
        break;
      }
      case 6: {
        const other = d.of(BASES);
        const from = d.below(other.length);
        b = cut(b.subarray(0, at), other.subarray(from, from + 200), b.subarray(at));
        break;
      }
      case 7:
        b = Buffer.from(b.toString('latin1').replaceAll(d.of([',', ';', '\n', '"', '0', '1']), d.of(NASTY)), 'latin1').subarray(0, 40_000);
        break;
      default:
        b = cut(b.subarray(0, at), Buffer.from(Array.from({ length: d.below(60) }, () => d.below(256))), b.subarray(at));
    }
  }
  return b;
}

const file = (d: Dice): Buffer =>
  d.next() < 0.05 ? Buffer.from(Array.from({ length: d.below(3000) }, () => d.below(d.next() < 0.5 ? 256 : 128))) : broken(d.of(BASES), d);

const answers = (questions: readonly Question[]): Decisions => ({
  dateOrder: Object.fromEntries(questions.flatMap((q) => (q.kind === 'date-order' ? [[q.field, q.suggestion]] : []))),
  decimal: Object.fromEntries(questions.flatMap((q) => (q.kind === 'decimal' ? [[q.field, q.suggestion]] : []))),
});

/** What came of it: 'imported', or the code it was refused with. Anything that is no expected refusal is thrown on. */
async function through(ctx: TestCtx, path: string, d: Dice): Promise<string> {
  try {
    const look = await inspectFile(ctx, path);
    let mapping: Mapping | null = look.profile ? null : look.suggestion;
    if (mapping && mappingGaps(mapping).length) {
      // columns meant at random, as somebody in a hurry would
      const at = () => [d.below(look.columns.length)];
      mapping =
        d.next() < 0.5
          ? { kind: 'customers', till: '', columns: { fullName: at(), phone: at(), birthday: at() } }
          : { kind: 'sales', till: 'x', columns: { saleId: at(), date: at(), total: at(), item: at() } };
    }
    const input = { path, mapping };
    let { id, task } = previewImport(ctx, owner, input);
    await ctx.tasks.finished(task);
    let plan = importReport(ctx, id).plan;
    if (plan?.questions.length) {
      ({ id, task } = previewImport(ctx, owner, { ...input, decisions: answers(plan.questions) }));
      await ctx.tasks.finished(task);
      plan = importReport(ctx, id).plan;
    }
    await ctx.tasks.finished(commitImport(ctx, owner, { id }).task);
    const after = importReport(ctx, id);
    expect(after.state).toBe('done');
    const made = (table: string) => ctx.db.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    expect([made('sale'), made('customer')]).toEqual([after.counts?.sales.new, after.counts?.people.new]);
    await ctx.tasks.finished(undoImport(ctx, owner, { id }).task);
    return 'imported';
  } catch (error) {
    if (error instanceof AppError && error.code !== 'bug') return error.code;
    throw error;
  }
}

describe('broken files', () => {
  it(`${RUNS} of them: refused with words, or imported whole and undone`, { timeout: 7_200_000 }, async () => {
    const dir = mkdtempSync(join(tmpdir(), 'regulars-fuzz-'));
    const seen = new Map<string, number>();
    let ctx = aCtx();
    let empty = dump(ctx.db);
    for (let n = 0; n < RUNS; n++) {
      const seed = SEED + n;
      const d = dice(seed);
      const bytes = file(d);
      const path = join(dir, 'export.csv');
      writeFileSync(path, bytes);
      const started = performance.now();
      try {
        const what = await through(ctx, path, d);
        seen.set(what, (seen.get(what) ?? 0) + 1);
        expect(listImports(ctx, { offset: 0, limit: 5 }).rows.filter((r) => r.state === 'committing' || r.state === 'previewing')).toEqual(
          [],
        );
        expect(performance.now() - started).toBeLessThan(TOO_LONG_MS);
        expect(ctx.db.raw.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(0);
        // a file that says no is a stop, and stops are not undone
        const stopped = ctx.db.raw.prepare('SELECT count(*) FROM consent_event').pluck().get() !== 0;
        if (!stopped && n % 10 === 0) expect(dump(ctx.db)).toBe(empty);
        if (stopped) ctx = aCtx();
      } catch (error) {
        const kept = join(tmpdir(), `regulars-fuzz-${seed}.csv`);
        writeFileSync(kept, bytes);
        throw new Error(`seed ${seed}, file kept as ${kept}`, { cause: error });
      }
      if (n % 200 === 199) {
        ctx = aCtx();
        empty = dump(ctx.db);
      }
    }
    expect(seen.get('imported') ?? 0).toBeGreaterThan(RUNS / 10);
    if (process.env['SOAK']) console.info(Object.fromEntries(seen));
  });
});
