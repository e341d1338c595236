import type { Trx } from '@db/open';
import { dropDues, duesOfPeople, hasDues, takenOf, todoDone, todoForget, todoPage, writeDues } from '@db/queries/automation-events';
import { type Automation, listAutomations, walkAnew, walkedTo } from '@db/queries/automations';
import { BulkWriter, derivedTx } from '@db/queries/bulk';
import { unfinishedImport } from '@db/queries/imports';
import { toldAlready } from '@domain/automations/cause';
import { KINDS } from '@domain/automations/kinds';
import type { CustomerId, ImportId } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { keepHistory } from '../segments/history';
import { basisOf, everybodyPage, lookOf, mayBeToldOf, remembering, sharedGap, triggerOf } from './look';
import type { Look, PersonDue } from './trigger';

const BUDGET_MS = 8;
const LEAST = 20;
const MOST = 1000;
/** People noted, from which on it is a bulk. */
const MANY = 5000;

/** What an automation still has to say to these people, and when: without what they were told, and without what lay before it was switched on. */
export function openDues(look: Look, a: Automation, ids: readonly CustomerId[]): PersonDue[] {
  const trigger = triggerOf(a.kind);
  if (!trigger || ids.length === 0) return [];
  const who = mayBeToldOf(look, ids);
  const dues = trigger.dues(look, who);
  if (dues.length === 0) return dues;
  const taken = takenOf(look.db, a.id, [...new Set(dues.map((d) => d.customerId))]);
  const { again } = KINDS[a.kind];
  let before: CustomerId | null = null;
  return dues.filter((d) => {
    // dues of one person stand together, the soonest first
    if (again && before === d.customerId) return false;
    if (!a.inside && a.onSince !== null && d.dueAt < a.onSince) return false;
    if (toldAlready(a.kind, d, taken.get(d.customerId) ?? [])) return false;
    before = d.customerId;
    return true;
  });
}

/** Works out the moments of these people anew. */
export function writeOpen(trx: Trx, look: Look, a: Automation, ids: readonly CustomerId[]): PersonDue[] {
  const dues = openDues(look, a, ids);
  writeDues(trx, a.id, look.once('known', ids, () => duesOfPeople(trx, ids)).get(a.id) ?? [], dues);
  return dues;
}

/**
 * Brings everybody's coming moments up to date with what changed: people noted by triggers since, and everybody where the terms, the zone
 * or the shop's own rhythm changed. What it costs follows what changed. An import under way goes first. May be cut off anywhere: all of
 * it is derived. Returns how many people were looked at.
 */
export async function keepDues(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  if (unfinishedImport(ctx.db, 0 as ImportId) !== null) return 0;
  await keepHistory(ctx, signal);
  const all = listAutomations(ctx.db);
  for (const a of all.filter((x) => x.state === 'off')) {
    while (hasDues(ctx.db, a.id) && derivedTx(ctx.db, (trx) => dropDues(trx, a.id)) > 0) await nextTurn();
  }
  const live = all.filter((a) => a.state !== 'off' && triggerOf(a.kind) !== null);
  if (live.length === 0) {
    if (todoPage(ctx.db, 1).length > 0) derivedTx(ctx.db, (trx) => todoForget(trx));
    return 0;
  }
  let looked = 0;
  const gap = sharedGap(ctx);
  for (const a of live) looked += await walk(ctx, a, lookOf(ctx, a, { gap }), signal);
  return looked + (await noted(ctx, live, signal));
}

/** Everybody, from where the last walk was cut off. */
async function walk(ctx: Ctx, a: Automation, look: Look, signal?: AbortSignal): Promise<number> {
  const basis = basisOf(look);
  if (a.basis !== basis) {
    ctx.db.tx((trx) => walkAnew(trx, a.id, basis));
    a.walkAfter = 0;
  }
  if (a.walkAfter === null) return 0;
  const size = new Size();
  let looked = 0;
  for (let after: number | null = a.walkAfter; after !== null; ) {
    signal?.throwIfAborted();
    const from: number = after;
    after = size.of(() =>
      derivedTx(ctx.db, (trx) => {
        const ids = everybodyPage(look, from, size.now);
        writeOpen(trx, look, a, ids);
        const last = ids.length < size.now ? null : (ids.at(-1) ?? null);
        walkedTo(trx, a.id, last);
        looked += ids.length;
        return last;
      }),
    );
    await nextTurn();
  }
  // "being worked out" is over
  ctx.changed('campaigns');
  return looked;
}

/** Those triggers noted. So many that most pages of the indexes are touched go the way of imports: another thread sees to the log. */
async function noted(ctx: Ctx, live: readonly Automation[], signal?: AbortSignal): Promise<number> {
  const size = new Size();
  let looked = 0;
  const gap = sharedGap(ctx);
  const once = remembering();
  const looks = live.map((a) => [a, lookOf(ctx, a, { gap, once })] as const);
  const bulk = todoPage(ctx.db, MANY).length < MANY ? null : new BulkWriter(ctx.db, ctx.importRunner.logKeeper());
  try {
    for (;;) {
      signal?.throwIfAborted();
      let done = 0;
      const some = (trx: Trx): void => {
        const ids = todoPage(trx, size.now);
        for (const [a, look] of looks) writeOpen(trx, look, a, ids);
        todoDone(trx, ids);
        done = ids.length;
      };
      size.of(() => (bulk ? bulk.step(size.now, some) : derivedTx(ctx.db, some)));
      looked += done;
      if (done === 0) return looked;
      await bulk?.breathe();
      await nextTurn();
    }
  } finally {
    await bulk?.end();
  }
}

/** As many at once as fit a few milliseconds. */
class Size {
  now = 100;
  of<T>(work: () => T): T {
    const t = performance.now();
    const out = work();
    const took = performance.now() - t;
    this.now = Math.max(LEAST, Math.min(MOST, Math.round(this.now * Math.min(1.5, Math.max(0.25, BUDGET_MS / Math.max(took, 0.1))))));
    return out;
  }
}
