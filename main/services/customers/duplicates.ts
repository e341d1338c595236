import { customerById } from '@db/queries/customers';
import {
  candidates,
  comparable,
  countPairs,
  countToCheck,
  markNotSame,
  type PairRow,
  pairsPage,
  replacePairs,
  sourcesOf,
  unmarkNotSame,
  waitingToCheck,
} from '@db/queries/duplicates';
import { personRecord } from '@db/queries/merges';
import { audit } from '@db/queries/staff';
import { compareRecords, type DuplicateReason, SUGGEST } from '@domain/customers/duplicates';
import { differs, MERGE_FIELDS, type MergeField, mergeDefaults } from '@domain/customers/merge';
import { AppError } from '@domain/errors';
import type { CustomerId } from '@domain/kernel';
import { writeInChunks } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { getPerson, type Person } from './customers';

const running = new WeakMap<Ctx['db'], Promise<void>>();

/**
 * Looks again for everybody who was added or changed since the last time, a few at a time with turns for the counter between them.
 * Does nothing in a read-only shop. Returns when nobody waits any more.
 */
export async function findDuplicates(ctx: Ctx): Promise<void> {
  if (ctx.db.raw.readonly) return;
  const already = running.get(ctx.db);
  if (already) return already;
  const run = sweep(ctx).finally(() => running.delete(ctx.db));
  running.set(ctx.db, run);
  return run;
}

async function sweep(ctx: Ctx): Promise<void> {
  let checked = 0;
  for (;;) {
    const ids = waitingToCheck(ctx.db, 500);
    if (ids.length === 0) break;
    checked += await writeInChunks(ctx.db, ids, (trx, id) => check(trx, id), { budgetMs: 6 });
  }
  if (checked > 0) ctx.changed('customers');
}

function check(trx: Parameters<typeof replacePairs>[0], id: CustomerId): void {
  const p = comparable(trx, id);
  const pairs: { other: CustomerId; score: number; reasons: readonly DuplicateReason[] }[] = [];
  if (p && p.weak === 0) {
    for (const other of candidates(trx, p)) {
      const { score, reasons } = compareRecords(p, other);
      if (score >= SUGGEST) pairs.push({ other: other.id, score, reasons });
    }
  }
  replacePairs(trx, id, pairs);
}

export interface Duplicates {
  total: number;
  /** People still to be looked at: the number may grow. */
  checking: number;
  rows: PairRow[];
}

/** Suggested pairs, likeliest first. Starts looking for new ones when people changed; the screens are told when that is done. */
export function duplicatePairs(ctx: Ctx, page: { offset: number; limit: number }): Duplicates {
  const checking = countToCheck(ctx.db);
  if (checking > 0) void findDuplicates(ctx).catch((error: unknown) => ctx.log.error('duplicates', error));
  return { total: countPairs(ctx.db), checking, rows: pairsPage(ctx.db, page) };
}

export interface PairSide extends Person {
  tills: { source: string; ids: number }[];
}

export interface Pair {
  a: PairSide;
  b: PairSide;
  score: number;
  reasons: DuplicateReason[];
  /** Fields both tell and not the same: the owner chooses. */
  differ: MergeField[];
  defaults: Record<MergeField, 'a' | 'b' | 'both'>;
}

/** Two people side by side, with what speaks for one person and whose values would stay. */
export function duplicatePair(ctx: Ctx, ids: { a: CustomerId; b: CustomerId }): Pair {
  const side = (id: CustomerId): PairSide => ({ ...getPerson(ctx, id), tills: sourcesOf(ctx.db, id) });
  const [a, b] = [side(ids.a), side(ids.b)];
  const [x, y] = [personRecord(ctx.db, ids.a), personRecord(ctx.db, ids.b)];
  const [p, q] = [comparable(ctx.db, ids.a), comparable(ctx.db, ids.b)];
  if (!x || !y || !p || !q) throw new AppError('customer.not-found');
  const { score, reasons } = compareRecords(p, q);
  return { a, b, score, reasons, differ: MERGE_FIELDS.filter((f) => differs(x, y, f)), defaults: mergeDefaults(x, y) };
}

/** "Not the same person": the pair is not suggested again; `same` takes that back. */
export function setNotSame(ctx: Ctx, session: Pick<Session, 'staffId'>, i: { a: CustomerId; b: CustomerId; same: boolean }): void {
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (i.a === i.b || !customerById(trx, i.a) || !customerById(trx, i.b)) throw new AppError('customer.not-found');
    if (i.same) unmarkNotSame(trx, i.a, i.b);
    else markNotSame(trx, i.a, i.b, session.staffId, at);
    const action = i.same ? 'customer.may-be-same' : 'customer.not-same';
    audit(trx, { at, staffId: session.staffId, action, subject: String(i.a), detail: { other: i.b } });
  });
}
