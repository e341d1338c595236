import type { Db } from '@db/open';
import { lastAnswers, lastPending } from '@db/queries/import-decisions';
import { findPrefer } from '@db/queries/import-says';
import { Staging } from '@db/queries/import-staging';
import { inOneRead } from '@db/queries/imports';
import { AppError } from '@domain/errors';
import { usedFields } from '@domain/imports/detect';
import type { Columns, Field } from '@domain/imports/fields';
import { FormatEvidence } from '@domain/imports/formats';
import { minorDigits } from '@domain/imports/money';
import { noCounts, type PlanSummary } from '@domain/imports/plan';
import type { StagedRow } from '@domain/imports/row';
import type { PlanJob } from '@ports/import-runner';
import { type Decided, dayNumber, Interpreter, meaningOf, rejectRow, type Work } from './interpret';
import { KeySet } from './key-set';
import { sampleRows } from './sample';
import { type KeyedRow, Sieve } from './stage';
import { openTable, tableRecords } from './table';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Reads the file, decides how its columns are written, and works out against the shop file what would be new, changed or the same.
 * The result is stored in the staging file; nothing is written to the shop.
 *
 * One pass is enough for the usual file: how the columns are written is taken from its first rows and proven over the whole; receipts
 * are taken as their rows follow each other. Should the whole file decide otherwise, or the rows of a receipt lie apart, the pass is
 * thrown away and made again with what is known now; rows that lie apart then go through a table sorted by their key, and so do all
 * rows of files that tell of people, for whom the order matters. So the result never depends on the order of the rows.
 * @throws AppError import.*; the signal's reason when aborted (no plan is left behind)
 */
export async function makePlan(
  shop: Db,
  job: PlanJob,
  report: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<PlanSummary> {
  const began = performance.now();
  const table = await openTable(job.path, job.decisions, signal);
  const scan = performance.now() - began;
  const meaning = meaningOf(table, job);
  const fields = usedFields(meaning.columns);
  const names = fieldNames(meaning.columns, table.names);
  const pending = job.decisions.pending ?? lastPending(shop, meaning.source);
  const prefer = meaning.kind === 'customers' ? (job.decisions.prefer ?? findPrefer(shop, meaning.source) ?? {}) : {};
  const before = lastAnswers(shop, meaning.source, meaning.id);
  const work: Work = { shop, job, table, meaning, fields, names, pending, prefer, before, signal };
  const { size } = table.scan;
  const sorted = meaning.kind === 'customers' || PERSONAL.some((f) => fields.includes(f));
  let decided = await presumed(work);
  let apart: Apart = sorted ? 'all' : new Set();
  try {
    for (let round = 0; ; round++) {
      const total = size * (round > 0 || sorted ? 2 : 1);
      const before = round > 0 ? size : 0;
      const pass = new Pass(work, decided, apart);
      try {
        await pass.read((bytes) => report(before + (sorted ? bytes : Math.round(bytes * 0.98)), total));
        if (pass.counts.rows === 0) throw new AppError('import.no-rows');
        const found = decide(work, pass.evidence);
        if (round === 0 && !sorted && (pass.scattered() || !sameFormats(found, decided))) {
          decided = found;
          apart = pass.apart();
          continue;
        }
        const plan = await pass.finish(found, (part) => report(before + size + Math.round(part * (total - before - size)), total));
        return { ...plan, took: { scan, ...pass.took } };
      } finally {
        pass.close();
      }
    }
  } catch (error) {
    Staging.remove(job.stagingFile);
    throw error;
  }
}

/** Fields that tell of people: who is matched to whom depends on who comes first. */
const PERSONAL: readonly Field[] = ['email', 'phone', 'phone2', 'contact'];
/** Rows from the top of the file that usually tell how its columns are written. */
const FIRST_ROWS = 2000;
/** Keys of scattered receipts kept by name; a file with more of them is sorted as a whole. */
const MOST_APART = 100_000;

/** Keys whose rows do not follow each other: they are put together in a sorted table. */
type Apart = ReadonlySet<string> | 'all';

function decide(work: Work, evidence: FormatEvidence): Decided {
  const { job, names } = work;
  const { country, currency } = job.shop;
  return evidence.decide(job.decisions, {
    country,
    today: dayNumber(job),
    names,
    digits: minorDigits(currency),
    order: work.meaning.profile?.dateOrder,
    before: work.before,
  });
}

const sameFormats = (a: Decided, b: Decided): boolean =>
  JSON.stringify([a.dateOrder, a.decimal]) === JSON.stringify([b.dateOrder, b.decimal]);

async function presumed(work: Work): Promise<Decided> {
  const { table, fields, meaning, signal } = work;
  const evidence = new FormatEvidence(fields);
  const sieve = new Sieve({ table, kind: meaning.kind, fields, columns: meaning.columns, more: [] }, noCounts(), () => undefined);
  for await (const batch of tableRecords(table, { signal })) {
    batch.rows.forEach((raw, i) => {
      const r = sieve.take(batch.firstRow + i, raw);
      if (r) evidence.observe(r.cells);
    });
    if (batch.firstRow > FIRST_ROWS) break;
  }
  return decide(work, evidence);
}

/** One pass over the file with its own staging file, counts and notes. */
class Pass {
  readonly counts = noCounts();
  readonly evidence: FormatEvidence;
  /** Milliseconds by step. */
  readonly took = { read: 0, infer: 0, plan: 0 };
  private readonly staging: Staging;
  private readonly sieve: Sieve;
  private readonly met = new KeySet();
  private readonly found = new Set<string>();
  private key = '';
  private group: StagedRow[] = [];
  private staged = 0;
  private firstRow = 0;
  private lastRow = 0;
  /** With 'all' nothing is interpreted before the whole file has decided. */
  private reading: Interpreter | null;

  constructor(
    private readonly work: Work,
    presumed: Decided,
    private readonly together: Apart,
  ) {
    const { table, fields, meaning, job } = work;
    this.staging = Staging.create(job.stagingFile);
    this.staging.begin();
    this.evidence = new FormatEvidence(fields);
    const more = [...meaning.tenders, ...meaning.wide];
    const input = { table, kind: meaning.kind, fields, columns: meaning.columns, more };
    this.sieve = new Sieve(input, this.counts, (row, reason, cells) =>
      rejectRow(this.staging, this.counts, { row, column: '', reason }, cells),
    );
    this.reading = together === 'all' ? null : new Interpreter(work, presumed, this.staging, this.counts);
  }

  async read(onBytes: (bytes: number) => void): Promise<void> {
    const { table, signal, shop } = this.work;
    let t = performance.now();
    const lap = (step: keyof Pass['took']) => {
      const now = performance.now();
      this.took[step] += now - t;
      t = now;
    };
    for await (const batch of tableRecords(table, { signal, onBytes })) {
      lap('read');
      const rows: KeyedRow[] = [];
      for (let i = 0; i < batch.rows.length; i++) {
        const r = this.sieve.take(batch.firstRow + i, batch.rows[i] as string[]);
        if (!r) continue;
        this.evidence.observe(r.cells);
        rows.push(r);
      }
      lap('infer');
      // one snapshot per piece: looking receipts up one by one would open and close it each time
      inOneRead(shop, () => {
        for (const r of rows) this.take(r);
      });
      this.reading?.keepNotes();
      lap('plan');
    }
    this.flush(true);
  }

  private take(r: KeyedRow): void {
    if (this.firstRow === 0) this.firstRow = r.row;
    this.lastRow = r.row;
    if (this.together === 'all' || this.together.has(r.key)) {
      this.staging.addCells(r.row, r.key, r.cells);
      this.staged++;
      return;
    }
    if (r.key !== this.key || r.key === '') {
      this.flush();
      this.key = r.key;
      if (r.key !== '' && !this.met.add(r.key)) this.lieApart(r.key);
    }
    this.group.push(r);
  }

  /** This pass will be made again; from here on it only gathers what the next one must know. */
  private lieApart(key: string): void {
    if (this.found.size <= MOST_APART) this.found.add(key);
    this.reading = null;
  }

  private flush(last = false): void {
    if (this.group.length) this.reading?.take(this.key, this.group, last || this.group[0]?.row === this.firstRow);
    this.group = [];
  }

  scattered(): boolean {
    return this.found.size > 0;
  }

  apart(): Apart {
    return this.found.size > MOST_APART ? 'all' : this.found;
  }

  /** `report` is told the part of this step that is done, 0–1. */
  async finish(decided: Decided, report: (part: number) => void): Promise<PlanSummary> {
    const { work, staging } = this;
    const began = performance.now();
    this.reading ??= new Interpreter(work, decided, staging, this.counts);
    const { reading } = this;
    let seen = 0;
    let groups = 0;
    for (const group of this.staged ? grouped(staging) : []) {
      seen += group.rows.length;
      const edge = group.rows.some((r) => r.row === this.firstRow || r.row === this.lastRow);
      reading.take(group.key, group.rows, edge);
      if (++groups % 200) continue;
      reading.keepNotes();
      work.signal.throwIfAborted();
      report(seen / this.staged);
      await turn();
    }
    reading.sales.finish();
    reading.refuseTold();
    staging.commit();
    work.signal.throwIfAborted();
    staging.addSample(sampleRows(work.table, work.fields, work.meaning.columns));
    reading.finishPeople();
    this.took.plan += performance.now() - began;
    return reading.summary(decided);
  }

  close(): void {
    this.staging.close();
  }
}

function fieldNames(columns: Columns, names: readonly string[]): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(columns).map(([f, at]) => [f, (at ?? []).map((i) => names[i] ?? '').join(' + ')]));
}

/** Rows of one key together. Rows without a key come one by one. */
function* grouped(staging: Staging): Generator<{ key: string; rows: StagedRow[] }> {
  let key: string | null = null;
  let rows: StagedRow[] = [];
  for (const r of staging.cellsByKey()) {
    if (rows.length && (r.key !== key || r.key === '')) {
      yield { key: key as string, rows };
      rows = [];
    }
    key = r.key;
    rows.push({ row: r.row, cells: r.cells });
  }
  if (rows.length) yield { key: key as string, rows };
}
