import { refreshOne, yearBack } from '@db/queries/customer-stats';
import { unfinishedImport } from '@db/queries/imports';
import {
  addAlias,
  builtOn,
  dropAliasesOf,
  findMerge,
  insertMerge,
  keyedBack,
  liveMerges,
  type MergeImage,
  type MergeRow,
  markUnmerged,
  moveBack,
  moveEverything,
  personRecord,
  putBack,
  type Since,
  setRecord,
  stillMoved,
  textsUnderWay,
} from '@db/queries/merges';
import { audit } from '@db/queries/staff';
import { type MergeTake, mergedRecord } from '@domain/customers/merge';
import { AppError } from '@domain/errors';
import type { CustomerId, ImportId, UtcMs } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';

/** While an import writes or is taken back its plan names people by id: nobody is merged meanwhile. */
function refuseDuringImport(ctx: Ctx): void {
  const busy = unfinishedImport(ctx.db, 0 as ImportId);
  if (busy) throw new AppError('task.already-running', { kind: `import.${busy}` });
}

/**
 * Two records become one person: everything of both is theirs from now on, fields as chosen (`take`; the rest by
 * domain/customers/merge.ts). Permission belongs to numbers and addresses, so it is not touched: a stop on either stays a stop.
 * The record that stays is the one with the higher id, so that the other id is not given to somebody new; files and replies still
 * find the person under the number and e-mail that were not chosen.
 * @throws AppError customer.not-found | input.invalid | customer.merge-texting | task.already-running
 */
export function mergePeople(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { a: CustomerId; b: CustomerId; take: MergeTake },
): { mergeId: number; id: CustomerId } {
  if (input.a === input.b) throw new AppError('input.invalid', { field: 'b' });
  refuseDuringImport(ctx);
  const now = ctx.clock.now();
  const done = ctx.db.tx((trx) => {
    const [a, b] = [personRecord(trx, input.a), personRecord(trx, input.b)];
    if (!a || !b) throw new AppError('customer.not-found');
    const { values, otherPhone, otherEmail } = mergedRecord(a, b, input.take);
    if (textsUnderWay(trx, [input.a, input.b], values['phone'] as string | null)) throw new AppError('customer.merge-texting');
    const [kept, gone] = input.a > input.b ? [a, b] : [b, a];
    const [keptId, goneId] = [kept['id'] as CustomerId, gone['id'] as CustomerId];
    const set: MergeImage['set'] = { updated_at: now };
    for (const [column, value] of Object.entries(values)) if (kept[column] !== value) set[column] = value;
    const moves = moveEverything(trx, keptId, goneId);
    setRecord(trx, keptId, set);
    const image: MergeImage = { kept, gone, set, ...moves };
    const mergeId = insertMerge(trx, { kept: keptId, gone: goneId, at: now, staffId: session.staffId, image });
    if (otherPhone) addAlias(trx, 'phone', otherPhone, keptId, mergeId);
    if (otherEmail) addAlias(trx, 'email', otherEmail, keptId, mergeId);
    refreshOne(trx, keptId, yearBack(now, ctx.settings().shop.zone));
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'customer.merged',
      subject: String(keptId),
      detail: { mergeId, gone: goneId },
    });
    return { mergeId, id: keptId };
  });
  ctx.changed('customers', 'consent', 'offers', 'inbox', 'reports');
  return done;
}

export interface Unmerged {
  /** The two people again; `gone` is null when an import that alone had brought the record was undone meanwhile. */
  kept: CustomerId;
  gone: CustomerId | null;
  /** What came to the merged person since: it stays with the one that was kept. */
  since: Since;
  /** Columns somebody changed since: left as they are. */
  edited: string[];
}

/**
 * Undo of a merge: both records as they were, everything with the one it belonged to. What came since (sales, notes, codes) and
 * fields changed since stay with the one that was kept and are told.
 * @throws AppError customer.merge-not-found | customer.merge-built-on | customer.merge-texting | task.already-running
 */
export function unmergePeople(ctx: Ctx, session: Pick<Session, 'staffId'>, mergeId: number): Unmerged {
  refuseDuringImport(ctx);
  const now = ctx.clock.now();
  const result = ctx.db.tx((trx) => {
    const merge = findMerge(trx, mergeId);
    if (!merge || merge.undoneAt !== null) throw new AppError('customer.merge-not-found');
    const record = personRecord(trx, merge.keptId);
    if (builtOn(trx, merge) || !record) throw new AppError('customer.merge-built-on');
    const { kept, gone, set, importUndone } = merge.image;
    const empty = importUndone === true && stillMoved(trx, merge) === 0;
    const back = empty ? null : putBack(trx, gone);
    const { since } = back === null ? { since: {} } : moveBack(trx, merge, back);
    keyedBack(trx, merge, back);
    dropAliasesOf(trx, mergeId);
    const restored: MergeImage['set'] = {};
    const edited: string[] = [];
    for (const column of Object.keys(set)) {
      if (record[column] === set[column]) restored[column] = kept[column] ?? null;
      else if (column !== 'updated_at') edited.push(column);
    }
    setRecord(trx, merge.keptId, restored);
    const phone = (restored['phone'] === undefined ? record['phone'] : restored['phone']) as string | null;
    if (textsUnderWay(trx, [merge.keptId], phone)) throw new AppError('customer.merge-texting');
    markUnmerged(trx, mergeId, now);
    const year = yearBack(now, ctx.settings().shop.zone);
    for (const id of [merge.keptId, back]) if (id !== null) refreshOne(trx, id, year);
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'customer.unmerged',
      subject: String(merge.keptId),
      detail: { mergeId, since },
    });
    return { kept: merge.keptId, gone: back, since, edited };
  });
  ctx.changed('customers', 'consent', 'offers', 'inbox', 'reports');
  return result;
}

export interface PastMerge {
  id: number;
  at: UtcMs;
  keptId: CustomerId;
  keptName: string;
  goneName: string;
}

const nameOf = (r: MergeImage['kept']): string => `${r['first_name'] ?? ''} ${r['last_name'] ?? ''}`.trim() || String(r['company'] ?? '');

/** Merges that can still be undone, newest first. */
export function pastMerges(ctx: Ctx, page: { offset: number; limit: number }): { rows: PastMerge[]; total: number } {
  const { rows, total } = liveMerges(ctx.db, page);
  const past = (m: MergeRow): PastMerge => {
    const now = personRecord(ctx.db, m.keptId);
    return { id: m.id, at: m.at, keptId: m.keptId, keptName: now ? nameOf(now) : nameOf(m.image.kept), goneName: nameOf(m.image.gone) };
  };
  return { rows: rows.map(past), total };
}
