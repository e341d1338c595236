import { basename } from 'node:path';
import type { Db } from '@db/open';
import { soldThrough } from '@db/queries/import-decisions';
import { stageSays } from '@db/queries/import-says';
import type { Staging } from '@db/queries/import-staging';
import { localTime } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { type Field, mappingGaps } from '@domain/imports/fields';
import type { Answers, FormatEvidence } from '@domain/imports/formats';
import { contentHash } from '@domain/imports/hash';
import { minorDigits } from '@domain/imports/money';
import { type Prefer, personValues, rowIdentity } from '@domain/imports/people';
import { isNobody, readPerson } from '@domain/imports/person';
import type { PendingAre, PlanSummary, Question, Reading, Reject } from '@domain/imports/plan';
import type { Profile } from '@domain/imports/profile';
import { PROFILES } from '@domain/imports/profiles/index';
import { Refused, RowReader, type RowTest, type Rules, type StagedRow } from '@domain/imports/row';
import type { PlanJob } from '@ports/import-runner';
import { PeoplePlan } from './people-plan';
import { SalesPlan } from './sales-plan';
import { type OpenTable, refuseIncomplete } from './table';

/** How a file will be read: recognised, or as the owner mapped it. */
export function meaningOf(table: OpenTable, job: PlanJob) {
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

type Meaning = ReturnType<typeof meaningOf>;
export type Decided = ReturnType<FormatEvidence['decide']>;

/** What the passes over one file have in common. */
export interface Work {
  shop: Db;
  job: PlanJob;
  table: OpenTable;
  meaning: Meaning;
  fields: readonly Field[];
  names: Partial<Record<Field, string>>;
  pending: PendingAre | null;
  /** What the owner answered for an earlier file of these columns. */
  before: Answers;
  prefer: Prefer;
  signal: AbortSignal;
}

/** From rows to people and receipts, and what they would change. */
export class Interpreter {
  readonly sales: SalesPlan;
  private readonly cells: RowReader;
  private readonly people: PeoplePlan;
  /** Rows of a list that are about nobody. */
  private readonly unwanted: RowTest | null;

  constructor(
    private readonly work: Work,
    decided: Decided,
    private readonly staging: Staging,
    private readonly counts: PlanSummary['counts'],
  ) {
    const { job, meaning, fields, names, shop, pending, prefer } = work;
    const rules: Rules = {
      profile: meaning.profile,
      fields,
      tenders: meaning.tenders.map((t) => t.label),
      names,
      dateOrder: decided.dateOrder,
      decimal: decided.decimal,
      shopZone: job.shop.zone,
      country: job.shop.country,
      thisYear: Math.floor(dayNumber(job) / 10_000),
      currency: job.shop.currency,
      digits: minorDigits(job.shop.currency),
      wide: meaning.wide,
      ...(pending ? { pending } : {}),
    };
    this.cells = new RowReader(rules);
    const { cells } = this;
    this.unwanted = cells.test(meaning.profile?.ignoreWhen);
    this.people = new PeoplePlan(shop, meaning.source, (n) => cells.notes.push(n), prefer);
    this.sales = new SalesPlan({ shop, staging, source: meaning.source, cells, people: this.people, counts });
  }

  /** All rows of one receipt, or rows about people. `edge` = the file begins or ends with them. */
  take(key: string, rows: StagedRow[], edge: boolean): void {
    const refuse = (e: unknown, some: readonly StagedRow[]) => {
      if (!(e instanceof Refused)) throw e;
      refuseRows(this.staging, this.cells, e, some, this.counts);
    };
    if (this.work.meaning.kind === 'customers') {
      const wanted = rows.filter((r) => !this.unwanted?.holds(r));
      this.counts.skipped += rows.length - wanted.length;
      takePeople(wanted, this.cells, this.people, refuse);
      return;
    }
    if (rows.length > 1) rows.sort(byCells);
    try {
      this.sales.take(key, rows, edge);
    } catch (e) {
      refuse(e, rows);
    }
  }

  /** Notes go to disk as they come: a column of unknown words has as many as the file has rows. */
  keepNotes(): void {
    const { notes } = this.cells;
    if (!notes.length) return;
    this.staging.addProblems('note', notes, null);
    for (const n of notes) this.counts.notesBy[n.reason] = (this.counts.notesBy[n.reason] ?? 0) + 1;
    this.counts.notes += notes.length;
    notes.length = 0;
  }

  /** The till's other export of the same days is in the shop, under numbers this one does not know: both would count twice. */
  refuseTold(): void {
    this.sales.twins.refuse();
    const { profile } = this.work.meaning;
    const { first, last } = this.sales;
    if (!profile?.notWith || first === null || last === null) return;
    const other = soldThrough(this.work.shop, profile.notWith, first, last);
    if (other === null) return;
    const known = PROFILES.find((p) => p.id === other);
    throw new AppError('import.told-already', { till: profile.till, other: known?.title ?? other });
  }

  finishPeople(): void {
    const found = this.people.finish();
    this.counts.people = { new: found.new, changed: found.changed, same: found.same };
    this.staging.addPeople(found.plan);
    stageSays(this.staging.db, this.people.says());
    this.keepNotes();
  }

  summary(decided: Decided): PlanSummary {
    const { work, sales, counts } = this;
    const { job, table, meaning, pending, prefer, names } = work;
    const reading: Reading = {
      encoding: table.encoding,
      encodingGuessed: table.scan.guessed && !job.decisions.encoding,
      delimiter: table.delimiter,
      headerRow: table.headerRow,
      dateOrder: decided.dateOrder,
      decimal: decided.decimal,
      asBefore: decided.asBefore,
      zone: sales.zone(),
      shopZone: job.shop.zone,
      currency: job.shop.currency,
    };
    return {
      fileName: basename(job.path),
      fileHash: table.scan.hash,
      fileSize: table.scan.size,
      profile: meaning.id,
      source: meaning.source,
      kind: meaning.kind,
      till: meaning.till,
      title: meaning.title,
      fingerprint: table.fingerprint,
      mapping: job.mapping,
      columns: meaning.columns,
      columnNames: table.names,
      decisions: Object.keys(prefer).length || job.decisions.prefer ? { ...job.decisions, prefer } : job.decisions,
      reading,
      questions: [...decided.questions, ...(pending ? [] : asksPending(meaning.profile, sales, counts, names.status))],
      counts,
      months: sales.monthTotals(),
      firstSaleAt: sales.first,
      lastSaleAt: sales.last,
      registers: sales.names('register'),
      staff: sales.names('staff'),
    };
  }
}

/** Cash on delivery stays 'pending' though it was sold: only the owner knows. Asked where the till's files are known for it. */
function asksPending(profile: Profile | null, sales: SalesPlan, counts: PlanSummary['counts'], column = ''): Question[] {
  const { count, words } = sales.pending;
  if (!count || (profile && !profile.asksPending)) return [];
  const all = counts.sales.new + counts.sales.changed + counts.sales.same;
  return [{ kind: 'pending', field: 'status', column, samples: words, count, suggestion: count * 2 > all ? 'sale' : 'open' }];
}

/** Today in the shop, as yyyymmdd. */
export function dayNumber(job: PlanJob): number {
  const t = localTime(job.now, job.shop.zone);
  return t.year * 10_000 + t.month * 100 + t.day;
}

/** An order that does not depend on the file's: by what the rows say, cell by cell. */
function byCells(a: StagedRow, b: StagedRow): number {
  for (let i = 0; i < a.cells.length; i++) {
    const [x, y] = [a.cells[i] as string, b.cells[i] ?? ''];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
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
    rejectRow(staging, counts, problem, r.cells);
  }
}

export function rejectRow(staging: Staging, counts: PlanSummary['counts'], problem: Reject, cells: readonly string[]): void {
  counts.rejected++;
  counts.rejectedBy[problem.reason] = (counts.rejectedBy[problem.reason] ?? 0) + 1;
  staging.addProblems('rejected', [problem], cells);
}
