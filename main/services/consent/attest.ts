import {
  type AttestRow,
  addAttested,
  attestsOf,
  importsToAttest,
  insertAttest,
  markAttestsUndone,
  type SaidNumber,
  saidCounts,
  saidNumbers,
} from '@db/queries/attest';
import { eventsOf } from '@db/queries/consent';
import { findImport, type ImportRow } from '@db/queries/imports';
import { audit } from '@db/queries/staff';
import { shopDay, startOfDay } from '@domain/calendar';
import { type AttestStatement, type LeftOut, statementGap } from '@domain/consent/attest';
import { addressHmac } from '@domain/consent/hmac';
import { isMinor } from '@domain/consent/minors';
import { stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import type { CustomerId, ImportId, PhoneE164, StaffId, TaskId, UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { consentInChunks } from './bulk';
import { consentOf } from './read';
import { attestImported, undoAttested } from './record';

const PAGE = 100;
function* numbersOf(ctx: Ctx, importId: ImportId): Generator<SaidNumber> {
  for (let after = ''; ; ) {
    const page = saidNumbers(ctx.db, importId, after, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    after = last.phone;
  }
}

/** Why a number cannot be vouched for; null = it can. A stop or a no, wherever it came from, always wins. */
function leftOut(ctx: Ctx, n: SaidNumber, now: UtcMs): LeftOut | null {
  if (n.customerId === null) return 'nobody';
  if (n.says === 'unknown') return 'unclear';
  const states = consentOf(ctx.db, ctx.hmacKey, n.phone, now);
  const state = stateOf(states, 'marketing');
  if (state === 'in') return 'already';
  if (n.saidNo === 1) return 'said-no';
  if (state === 'out' || states.some((s) => s.carrierStop)) return 'stopped';
  if (state === 'hold') return 'held';
  if (state === 'pending' || state === 'paused') return state;
  if (eventsOf(ctx.db, addressHmac(ctx.hmacKey, n.phone)).some((e) => e.kind === 'declined' && e.method !== 'system')) return 'declined';
  const today = shopDay(now, ctx.settings().shop.zone);
  if ((n.birthdays ?? '').split(',').some((b) => isMinor(b || null, today))) return 'minor';
  if (n.cannotText === 1) return 'cannot-text';
  return n.flag === 1 ? 'not-marked' : null;
}

export interface AttestPerson {
  customerId: CustomerId | null;
  name: string;
  raw: string;
  column: string;
  row: number;
}

export interface AttestView {
  fileName: string;
  /** What the file says, for texts and e-mails. `notMarked`: of the yeses, those that only are not marked as a no. */
  sms: { yes: number; no: number; unknown: number; notMarked: number };
  email: { yes: number; no: number; unknown: number; notMarked: number };
  /** Numbers the owner may vouch for. */
  may: number;
  examples: AttestPerson[];
  left: { why: LeftOut; count: number; people: AttestPerson[] }[];
  /** Statements made so far, newest first. */
  statements: AttestRow[];
}

const NAMED = 20;
const personOf = (n: SaidNumber): AttestPerson => ({
  customerId: n.customerId as CustomerId | null,
  name: n.name,
  raw: n.raw,
  column: n.column,
  row: n.row,
});

/** What one import's file says about permission, whom the owner may vouch for and who is left out and why. Gives way between pages. */
export async function attestView(ctx: Ctx, importId: ImportId): Promise<AttestView> {
  const row = standing(ctx, importId, false);
  const view: AttestView = {
    fileName: row.fileName,
    sms: { yes: 0, no: 0, unknown: 0, notMarked: 0 },
    email: { yes: 0, no: 0, unknown: 0, notMarked: 0 },
    may: 0,
    examples: [],
    left: [],
    statements: attestsOf(ctx.db, importId),
  };
  for (const c of saidCounts(ctx.db, importId)) {
    view[c.channel][c.says] += c.n;
    if (c.says === 'yes' && c.flag === 1) view[c.channel].notMarked += c.n;
  }
  const now = ctx.clock.now();
  const left = new Map<LeftOut, AttestView['left'][number]>();
  let until = performance.now() + 5;
  for (const n of numbersOf(ctx, importId)) {
    const why = leftOut(ctx, n, now);
    if (why === null) {
      view.may++;
      if (view.examples.length < NAMED) view.examples.push(personOf(n));
    } else {
      const group = left.get(why) ?? { why, count: 0, people: [] };
      group.count++;
      if (group.people.length < NAMED) group.people.push(personOf(n));
      left.set(why, group);
    }
    if (performance.now() > until) {
      await nextTurn();
      until = performance.now() + 5;
    }
  }
  view.left = [...left.values()].sort((a, b) => b.count - a.count);
  return view;
}

/** Files with people the owner may still vouch for, newest first. */
export const attestWaiting = (ctx: Ctx): { id: ImportId; fileName: string; numbers: number }[] => importsToAttest(ctx.db, 20);

function standing(ctx: Ctx, importId: ImportId, mustStand = true): ImportRow {
  const row = findImport(ctx.db, importId);
  if (!row || (mustStand && (row.state !== 'done' || row.undoneAt !== null))) throw new AppError('import.not-found');
  return row;
}

/**
 * The owner vouches for the yeses of one file: how, when and with which words people agreed. Only numbers the file says yes for and
 * nothing speaks against get a permission, each by its own ledger event; the statement and the file's hash stand behind it.
 * @throws AppError import.not-found | input.invalid {field} | task.already-running
 */
export function attestImport(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { importId: ImportId; statement: AttestStatement; signed: boolean },
): { task: TaskId } {
  const row = standing(ctx, input.importId);
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const statement: AttestStatement = {
    ...input.statement,
    detail: input.statement.detail.trim(),
    wording: input.statement.wording.trim(),
  };
  const gap = input.signed ? statementGap(statement, shopDay(now, zone)) : 'signed';
  if (gap) throw new AppError('input.invalid', { field: gap });
  const task = ctx.tasks.start(
    'consent.attest',
    row.fileName,
    async (report, signal) => {
      const id = ctx.db.tx((trx) => {
        const { method, fromDay, toDay } = statement;
        audit(trx, {
          at: now,
          staffId: session.staffId,
          action: 'consent.attested',
          subject: String(row.id),
          detail: { method, fromDay, toDay, file: row.fileHash },
        });
        return insertAttest(trx, row.id, statement, session.staffId, now);
      });
      let people = 0;
      let done = 0;
      // the earliest day: permission must not look younger than it may be
      const occurredAt = startOfDay(statement.fromDay, zone);
      try {
        await consentInChunks(
          ctx,
          numbersOf(ctx, row.id),
          (trx, n) => {
            done++;
            if (leftOut(ctx, n, now) !== null) return;
            const { outcome } = attestImported(ctx, trx, {
              phone: n.phone,
              occurredAt,
              importId: row.id,
              how: `${statement.method}: ${statement.detail} (${statement.fromDay} – ${statement.toDay})`,
              wordingText: statement.wording,
              staffId: session.staffId,
              name: n.name,
              language: n.language,
            });
            if (outcome === 'in') {
              people++;
              addAttested(trx, id, 1);
            }
          },
          { signal, onChunk: () => report({ done, total: null }) },
        );
      } finally {
        ctx.changed('consent', 'customers', 'imports', 'segments');
      }
      return { importId: row.id, people };
    },
    { exclusive: true },
  );
  return { task };
}

/** Takes back what the owner vouched for from one file, by new ledger events, as a task. */
export function undoAttest(ctx: Ctx, session: Pick<Session, 'staffId'>, importId: ImportId): { task: TaskId } {
  const row = findImport(ctx.db, importId);
  if (!row) throw new AppError('import.not-found');
  const task = ctx.tasks.start('consent.attest', row.fileName, () => undoAttestOf(ctx, importId, session.staffId), { exclusive: true });
  return { task };
}

/** The same, for undo of the import itself. Stops that came since stay stops. */
export async function undoAttestOf(ctx: Ctx, importId: ImportId, staffId: StaffId | null): Promise<{ people: number }> {
  if (!attestsOf(ctx.db, importId).some((a) => a.undoneAt === null)) return { people: 0 };
  let people = 0;
  await consentInChunks(ctx, numbersOf(ctx, importId), (trx, n) => {
    if (!attestedStill(ctx, n.phone, importId)) return;
    undoAttested(ctx, trx, { phone: n.phone, importId, staffId });
    people++;
  });
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    markAttestsUndone(trx, importId, now);
    audit(trx, { at: now, staffId, action: 'consent.attest-undone', subject: String(importId), detail: { people } });
  });
  ctx.changed('consent', 'customers', 'imports', 'segments');
  return { people };
}

/** True while the last word of the ledger about this import's statement is that it was made. */
function attestedStill(ctx: Ctx, phone: PhoneE164, importId: ImportId): boolean {
  const last = eventsOf(ctx.db, addressHmac(ctx.hmacKey, phone))
    .filter((e) => e.reason === `import:${importId}` && (e.kind === 'attested' || e.kind === 'attest-undone'))
    .at(-1);
  return last?.kind === 'attested';
}
