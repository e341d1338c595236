import { statesOf } from '@db/queries/consent';
import { insertStopList, isKnown, saveStopList, stopLists } from '@db/queries/privacy';
import { audit } from '@db/queries/staff';
import { addressHmac } from '@domain/consent/hmac';
import { stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import type { PhoneE164, TaskId } from '@domain/kernel';
import { findStopColumns, type LeftOutWhy, readStopRow, type StopColumns, type StopRow } from '@domain/privacy/stop-list';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { consentInChunks } from './bulk';
import { recordEmailStop } from './email';
import { consentOf } from './read';
import { recordStop } from './record';

/** A table of text, read as often as needed; wired by the backend (files) or made of what was pasted. */
export interface StopTable {
  /** '' = pasted. */
  fileName: string;
  /** SHA-256 of the bytes, hex. */
  hash: string;
  rows(): AsyncIterable<{ row: number; cells: string[] }>;
}

/** Rows the columns are recognised by. */
const SAMPLE = 500;
/** Rows named one by one in the preview. */
const NAMED = 200;

export interface StopPreview {
  fileName: string;
  hash: string;
  rows: number;
  /** What was taken for what: names of columns, '' where the file names none. */
  columns: { phones: string[]; emails: string[]; status: string[]; body: string | null; notes: string[] };
  /** Different numbers and e-mails that would be stopped, and of them: stopped already, of somebody in the shop, of nobody. */
  numbers: { total: number; already: number; known: number; unknown: number };
  emails: { total: number; already: number; known: number; unknown: number };
  leftOut: { why: LeftOutWhy; count: number }[];
  /** Rows of which nothing could be read or taken, as a spreadsheet counts them. */
  problems: { row: number; why: LeftOutWhy; cell: string }[];
}

async function columnsOf(ctx: Ctx, table: StopTable): Promise<StopColumns> {
  const sample: string[][] = [];
  for await (const r of table.rows()) {
    sample.push(r.cells);
    if (sample.length >= SAMPLE) break;
  }
  const columns = findStopColumns(sample, ctx.settings().shop.country);
  if (!columns) throw new AppError('privacy.no-list');
  return columns;
}

async function* read(ctx: Ctx, table: StopTable, columns: StopColumns): AsyncGenerator<{ row: number; cells: string[]; read: StopRow }> {
  const country = ctx.settings().shop.country;
  let first = true;
  let until = performance.now() + 5;
  for await (const r of table.rows()) {
    if (first && columns.header) {
      first = false;
      continue;
    }
    first = false;
    yield { ...r, read: readStopRow(r.cells, columns, country) };
    if (performance.now() > until) {
      await nextTurn();
      until = performance.now() + 5;
    }
  }
}

const numberOut = (ctx: Ctx, phone: PhoneE164): boolean =>
  stateOf(consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now()), 'marketing') === 'out';
const emailOut = (ctx: Ctx, email: string): boolean =>
  stateOf(statesOf(ctx.db, addressHmac(ctx.hmacKey, email), 'email'), 'marketing') === 'out';

/**
 * What a list of stops holds and what it would do; nobody is stopped yet.
 * @throws AppError privacy.no-list | import.unreadable | import.wrong-file
 */
export async function previewStopList(ctx: Ctx, table: StopTable): Promise<StopPreview> {
  const columns = await columnsOf(ctx, table);
  const seen = new Set<string>();
  const counts = { numbers: { total: 0, already: 0, known: 0, unknown: 0 }, emails: { total: 0, already: 0, known: 0, unknown: 0 } };
  const left = new Map<LeftOutWhy, number>();
  const problems: StopPreview['problems'] = [];
  let rows = 0;
  const take = (kind: 'numbers' | 'emails', value: string, out: boolean) => {
    if (seen.has(value)) return;
    seen.add(value);
    const c = counts[kind];
    c.total++;
    if (out) c.already++;
    if (isKnown(ctx.db, kind === 'numbers' ? 'phone' : 'email', value)) c.known++;
    else c.unknown++;
  };
  for await (const r of read(ctx, table, columns)) {
    if (r.read.leftOut === 'empty' && r.cells.every((c) => c.trim() === '')) continue;
    rows++;
    for (const p of r.read.phones) take('numbers', p, numberOut(ctx, p));
    for (const e of r.read.emails) take('emails', e, emailOut(ctx, e));
    if (r.read.leftOut === null) continue;
    left.set(r.read.leftOut, (left.get(r.read.leftOut) ?? 0) + 1);
    const cell = [...columns.phones, ...columns.emails].map((i) => r.cells[i] ?? '').find((c) => c.trim() !== '') ?? '';
    if (problems.length < NAMED) problems.push({ row: r.row, why: r.read.leftOut, cell: cell.slice(0, 60) });
  }
  const name = (i: number): string => columns.names[i] ?? '';
  const status = [columns.sms, columns.mail].flatMap((s) => (s ? [name(s.at)] : []));
  return {
    fileName: table.fileName,
    hash: table.hash,
    rows,
    columns: {
      phones: columns.phones.map(name),
      emails: columns.emails.map(name),
      status: [...new Set(status)],
      body: columns.body === null ? null : name(columns.body),
      notes: columns.notes.map(name),
    },
    ...counts,
    leftOut: [...left].map(([why, count]) => ({ why, count })),
    problems,
  };
}

/**
 * Stops everybody on the list, as a task: new ledger events with the list's name, row and own words as evidence; nobody is made, and
 * whoever is stopped already is not written again. There is no undo: only the person's own act ends a stop.
 * @throws AppError privacy.no-list | privacy.list-changed | task.already-running
 */
export async function importStopList(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  table: StopTable,
  input: { hash: string; numbers: boolean; emails: boolean },
): Promise<{ task: TaskId }> {
  if (table.hash !== input.hash) throw new AppError('privacy.list-changed');
  const columns = await columnsOf(ctx, table);
  const task = ctx.tasks.start(
    'consent.stop-list',
    table.fileName || 'Pasted numbers',
    async (report, signal) => {
      const now = ctx.clock.now();
      const done = { numbers: 0, emails: 0, already: 0, unreadable: 0 };
      const listId = ctx.db.tx((trx) =>
        insertStopList(trx, { fileName: table.fileName, fileHash: table.hash, at: now, staffId: session.staffId }),
      );
      const reason = `stop-list:${listId}`;
      let rows = 0;
      let batch: { row: number; read: StopRow }[] = [];
      const write = async () => {
        const now = batch;
        batch = [];
        await consentInChunks(
          ctx,
          now,
          (trx, r) => {
            const inboundText = `row ${r.row}${r.read.said ? ` · ${r.read.said}` : ''}`;
            const occurredAt = ctx.clock.now();
            for (const phone of input.numbers ? r.read.phones : []) {
              const before = recordStop(ctx, trx, {
                phone,
                method: 'import',
                reason,
                carrierStop: false,
                staffId: session.staffId,
                device: 'stop-list',
                occurredAt,
                inboundText,
              });
              if (before.eventId === null) done.already++;
              else done.numbers++;
            }
            for (const email of input.emails ? r.read.emails : []) {
              const out = emailOut(ctx, email);
              recordEmailStop(ctx, trx, { email, method: 'import', reason, staffId: session.staffId, occurredAt, inboundText });
              if (out) done.already++;
              else done.emails++;
            }
          },
          { signal },
        );
        report({ done: rows, total: null });
      };
      try {
        for await (const r of read(ctx, table, columns)) {
          signal.throwIfAborted();
          rows++;
          if (r.read.leftOut === 'unreadable') done.unreadable++;
          if (r.read.phones.length + r.read.emails.length === 0) continue;
          batch.push({ row: r.row, read: r.read });
          if (batch.length >= 200) await write();
        }
        await write();
      } finally {
        ctx.db.tx((trx) => {
          saveStopList(trx, listId, { ...done, done: !signal.aborted });
          audit(trx, {
            at: ctx.clock.now(),
            staffId: session.staffId,
            action: 'consent.stop-list',
            subject: String(listId),
            detail: { ...done, file: table.hash },
          });
        });
        ctx.changed('consent', 'customers', 'outbox', 'reports');
      }
      return { listId, ...done };
    },
    { exclusive: true },
  );
  return { task };
}

/** Lists imported so far, newest first. */
export const pastStopLists = (ctx: Ctx) => stopLists(ctx.db, 50);
