import { basename } from 'node:path';
import type { Db } from '@db/open';
import { lastPending } from '@db/queries/import-decisions';
import { findPrefer, stageSays } from '@db/queries/import-says';
import { Staging } from '@db/queries/import-staging';
import { localTime } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { usedFields } from '@domain/imports/detect';
import { type Columns, type Field, mappingGaps } from '@domain/imports/fields';
import { contentHash } from '@domain/imports/hash';
import { minorDigits } from '@domain/imports/money';
import { personValues, rowIdentity } from '@domain/imports/people';
import { isNobody, readPerson } from '@domain/imports/person';
import { noCounts, type PlanSummary, type Question, type Reading } from '@domain/imports/plan';
import type { Profile } from '@domain/imports/profile';
import { Refused, RowReader, type Rules, type StagedRow } from '@domain/imports/row';
import type { PlanJob } from '@ports/import-runner';
import { PeoplePlan } from './people-plan';
import { SalesPlan } from './sales-plan';
import { sampleRows } from './sample';
import { stageRows } from './stage';
import { type OpenTable, openTable, refuseIncomplete } from './table';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** How a file will be read: recognised, or as the owner mapped it. */
function meaningOf(table: OpenTable, job: PlanJob) {
  const { mapping } = job;
  if (mapping) {
    const gaps = mappingGaps(mapping);
    if (gaps.length) throw new AppError('import.mapping-incomplete', { missing: gaps.join(',') });
    const till = mapping.till.trim();
    return {
      profile: null,
      kind: mapping.kind,
      columns: mapping.columns,
      tenders: [],
      wide: [],
      id: `manual:${table.fingerprint}`,
      // files the owner gives the same till name share receipt numbers and customer ids
      source: till ? `csv:${contentHash(till.toLowerCase())}` : `csv:${table.fingerprint}`,
      till,
      title: '',
    };
  }
  const r = table.recognised;
  if (!r) throw new AppError('import.mapping-incomplete', { missing: 'mapping' });
  if (r.missing.length) refuseIncomplete(r);
  const { profile } = r;
  return {
    profile,
    kind: profile.kind,
    columns: r.columns,
    tenders: r.tenders,
    wide: r.wide,
    id: profile.id,
    source: profile.source,
    till: profile.till,
    title: profile.title,
  };
}

/**
 * Reads the file once, decides how its columns are written, and works out against the shop file what would be new, changed or the
 * same. The result is stored row by row in the staging file; nothing is written to the shop. The order of the file's rows does
 * not matter: receipts are put together by their number and taken in its order.
 * @throws AppError import.*; the signal's reason when aborted (no plan is left behind)
 */
export async function makePlan(
  shop: Db,
  job: PlanJob,
  report: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<PlanSummary> {
  const table = await openTable(job.path, job.decisions, signal);
  const meaning = meaningOf(table, job);
  const fields = usedFields(meaning.columns);
  const counts = noCounts();
  const staging = Staging.create(job.stagingFile);
  try {
    const { size } = table.scan;
    const evidence = await stageRows({
      table,
      staging,
      kind: meaning.kind,
      fields,
      columns: meaning.columns,
      tenders: [...meaning.tenders, ...meaning.wide.map((w) => ({ label: w.part, column: w.column }))],
      counts,
      signal,
      onBytes: (bytes) => report(bytes, size * 2),
    });
    if (counts.rows === 0) throw new AppError('import.no-rows');
    staging.addSample(sampleRows(table, fields, meaning.columns));
    const names = fieldNames(meaning.columns, table.names);
    const today = dayNumber(job);
    const decided = evidence.decide(job.decisions, { country: job.shop.country, today, names });
    const pending = job.decisions.pending ?? lastPending(shop, meaning.source);
    const rules: Rules = {
      profile: meaning.profile,
      fields,
      tenders: meaning.tenders.map((t) => t.label),
      names,
      dateOrder: decided.dateOrder,
      decimal: decided.decimal,
      shopZone: job.shop.zone,
      country: job.shop.country,
      thisYear: Math.floor(today / 10_000),
      currency: job.shop.currency,
      digits: minorDigits(job.shop.currency),
      wide: meaning.wide,
      ...(pending ? { pending } : {}),
    };
    const cells = new RowReader(rules);
    const prefer = meaning.kind === 'customers' ? (job.decisions.prefer ?? findPrefer(shop, meaning.source) ?? {}) : {};
    const people = new PeoplePlan(shop, meaning.source, (n) => cells.notes.push(n), prefer);
    const sales = new SalesPlan({ shop, staging, source: meaning.source, cells, people, counts });
    const refuse = (e: unknown, rows: readonly StagedRow[]) => {
      if (!(e instanceof Refused)) throw e;
      refuseRows(staging, cells, e, rows, counts);
    };
    let groups = 0;
    let seen = 0;
    for (const group of grouped(staging)) {
      seen += group.rows.length;
      try {
        if (meaning.kind === 'sales') sales.take(group.key, group.rows);
        else takePeople(group.rows, cells, people, refuse);
      } catch (e) {
        refuse(e, group.rows);
      }
      if (++groups % 200 === 0) {
        signal.throwIfAborted();
        report(size + Math.round((size * seen) / counts.rows), size * 2);
        await turn();
      }
    }
    sales.finish();
    const found = people.finish();
    counts.people = { new: found.new, changed: found.changed, same: found.same };
    staging.addPeople(found.plan);
    stageSays(staging.db, people.says());
    staging.addProblems('note', cells.notes, null);
    for (const n of cells.notes) counts.notesBy[n.reason] = (counts.notesBy[n.reason] ?? 0) + 1;
    counts.notes = cells.notes.length;
    signal.throwIfAborted();
    const reading: Reading = {
      encoding: table.encoding,
      encodingGuessed: table.scan.guessed && !job.decisions.encoding,
      delimiter: table.delimiter,
      headerRow: table.headerRow,
      dateOrder: decided.dateOrder,
      decimal: decided.decimal,
      zone: sales.zone(),
      shopZone: job.shop.zone,
      currency: job.shop.currency,
    };
    return {
      fileName: basename(job.path),
      fileHash: table.scan.hash,
      fileSize: size,
      profile: meaning.id,
      source: meaning.source,
      kind: meaning.kind,
      till: meaning.till,
      title: meaning.title,
      fingerprint: table.fingerprint,
      mapping: job.mapping,
      columns: meaning.columns,
      columnNames: table.names,
      decisions: Object.keys(prefer).length ? { ...job.decisions, prefer } : job.decisions,
      reading,
      questions: [...decided.questions, ...(pending ? [] : asksPending(meaning.profile, sales, counts, names.status))],
      counts,
      months: sales.monthTotals(),
      firstSaleAt: sales.first,
      lastSaleAt: sales.last,
    };
  } catch (error) {
    staging.close();
    Staging.remove(job.stagingFile);
    throw error;
  } finally {
    staging.close();
  }
}

/** Cash on delivery stays 'pending' though it was sold: only the owner knows. Asked where the till's files are known for it. */
function asksPending(profile: Profile | null, sales: SalesPlan, counts: PlanSummary['counts'], column = ''): Question[] {
  const { count, words } = sales.pending;
  if (!count || (profile && !profile.asksPending)) return [];
  const all = counts.sales.new + counts.sales.changed + counts.sales.same;
  return [{ kind: 'pending', field: 'status', column, samples: words, count, suggestion: count * 2 > all ? 'sale' : 'open' }];
}

function fieldNames(columns: Columns, names: readonly string[]): Partial<Record<Field, string>> {
  return Object.fromEntries(Object.entries(columns).map(([f, at]) => [f, (at ?? []).map((i) => names[i] ?? '').join(' + ')]));
}

function dayNumber(job: PlanJob): number {
  const t = localTime(job.now, job.shop.zone);
  return t.year * 10_000 + t.month * 100 + t.day;
}

/** Rows of one key together, in an order that does not depend on the file's. Rows without a key come one by one. */
function* grouped(staging: Staging): Generator<{ key: string; rows: StagedRow[] }> {
  let key: string | null = null;
  let rows: { row: StagedRow; text: string }[] = [];
  const flush = (): { key: string; rows: StagedRow[] } => {
    rows.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
    const out = { key: key as string, rows: rows.map((r) => r.row) };
    rows = [];
    return out;
  };
  for (const r of staging.cellsByKey()) {
    if (rows.length && (r.key !== key || r.key === '')) yield flush();
    key = r.key;
    rows.push({ row: { row: r.row, cells: r.cells }, text: r.cells.join('\u001f') });
  }
  if (rows.length) yield flush();
}

function takePeople(
  rows: readonly StagedRow[],
  cells: RowReader,
  people: PeoplePlan,
  refuse: (e: unknown, rows: readonly StagedRow[]) => void,
): void {
  for (const r of rows) {
    try {
      const person = readPerson(cells, r);
      if (isNobody(person)) throw new Refused(null, 'nobody', r.row);
      // somebody without id and address is known again by what the row says; without it every import would make them anew
      const sourceId = person.sourceId ?? (person.email || person.phone ? null : rowIdentity(personValues(person)));
      people.take({ ...person, sourceId });
    } catch (e) {
      refuse(e, [r]);
    }
  }
}

/** The row that is wrong, with the reason, and the other rows of its receipt, which must wait with it: half a receipt is a lie. */
function refuseRows(staging: Staging, cells: RowReader, e: Refused, rows: readonly StagedRow[], counts: PlanSummary['counts']): void {
  for (const r of rows) {
    const problem = r.row === e.row ? cells.reject(e) : { row: r.row, column: '', reason: 'same-receipt' as const };
    counts.rejected++;
    counts.rejectedBy[problem.reason] = (counts.rejectedBy[problem.reason] ?? 0) + 1;
    staging.addProblems('rejected', [problem], r.cells);
  }
}
