import type { Trx } from '@db/open';
import { recreditPeople, recreditSales, tieRedemptionsToSales } from '@db/queries/attribution';
import { derivedTx } from '@db/queries/bulk';
import {
  type CreditTodo,
  type CreditWalk,
  creditBehind,
  creditDone,
  creditTodo,
  creditWalk,
  moveWalk,
  noteAllCredit,
  noteCodesOfImport,
  openCodesOf,
  salesOfCodes,
  salesOfNobody,
  walkOn,
} from '@db/queries/credit-todo';
import { readMeta, writeMeta } from '@db/queries/settings';
import type { CustomerId } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

const BUDGET_MS = 8;
/** Raised whenever credit is decided by other rules: every shop then counts once from the beginning, in the background. */
const RULES = '2';
const RULES_KEY = 'credit-rules';
const running = new WeakMap<Ctx['db'], Promise<Credited>>();

export interface Credited {
  /** Codes that found their sale. */
  readonly tied: number;
  /** Credits written, changed or taken back. */
  readonly changed: number;
}

/**
 * Brings direct and influenced credit up to date with what has changed since the last time (rules.md §7): codes find sales that have
 * arrived since, and whoever a sale, a text or a code could have moved is counted anew. Reports call it before they read. Works in
 * chunks of about 8 ms so that the counter goes first; does nothing in a read-only shop.
 */
export async function creditsUpToDate(ctx: Ctx, signal?: AbortSignal): Promise<Credited> {
  const { db } = ctx;
  if (db.raw.readonly) return { tied: 0, changed: 0 };
  await running.get(db)?.catch(() => undefined);
  if (readMeta(db, RULES_KEY) !== RULES) {
    db.tx((trx) => {
      noteAllCredit(trx);
      writeMeta(trx, RULES_KEY, RULES);
    });
  }
  if (!creditBehind(db)) return { tied: 0, changed: 0 };
  const run = workOff(ctx, signal).finally(() => running.delete(db));
  running.set(db, run);
  return await run;
}

/** The same for everybody, whatever has changed: nothing it finds may differ from what stands. */
export async function recomputeCredits(ctx: Ctx, signal?: AbortSignal): Promise<Credited> {
  ctx.db.tx((trx) => noteAllCredit(trx));
  return await creditsUpToDate(ctx, signal);
}

/** Does some of what is next, at most `size`; returns how many, 0 = nothing left. */
type Step = (size: number) => number;

async function workOff(ctx: Ctx, signal?: AbortSignal): Promise<Credited> {
  const { db } = ctx;
  const done = { tied: 0, changed: 0 };
  const tie = (trx: Trx, codes: readonly number[]) => {
    done.tied += tieRedemptionsToSales(trx, codes);
    done.changed += recreditSales(trx, salesOfNobody(trx, salesOfCodes(trx, codes)));
  };
  const people = (trx: Trx, ids: readonly CustomerId[]) => {
    const codes = openCodesOf(trx, ids);
    if (codes.length) tie(trx, codes);
    done.changed += recreditPeople(trx, ids);
    creditDone(trx, 'person', ids);
  };
  const noted =
    <Id extends number>(what: CreditTodo, work: (trx: Trx, ids: readonly Id[]) => void): Step =>
    (size) => {
      const ids = creditTodo<Id>(db, what, size);
      if (ids.length)
        derivedTx(db, (trx) => {
          work(trx, ids);
          creditDone(trx, what, ids);
        });
      return ids.length;
    };
  const walk =
    (what: CreditWalk, work: (trx: Trx, ids: readonly number[]) => void): Step =>
    (size) => {
      const after = creditWalk(db, what);
      if (after === null) return 0;
      const ids = walkOn(db, what, after, size);
      derivedTx(db, (trx) => {
        if (ids.length) work(trx, ids);
        moveWalk(trx, what, ids.length < size ? null : (ids[ids.length - 1] as number));
      });
      return Math.max(1, ids.length);
    };
  // a code first finds its sale, then the sale's buyer is credited
  const steps: Step[] = [
    noted('import', (trx, ids) => {
      for (const id of ids) noteCodesOfImport(trx, id);
    }),
    walk('every-code', tie),
    noted('code', tie),
    walk('every-credit', (trx, ids) => {
      done.changed += recreditSales(trx, salesOfNobody(trx, ids));
    }),
    walk('everybody', (trx, ids) => people(trx, ids as CustomerId[])),
    noted('person', people),
    noted('sale', (trx, ids) => {
      done.changed += recreditSales(trx, salesOfNobody(trx, ids));
    }),
  ];
  while (creditBehind(db)) for (const step of steps) await stepThrough(step, signal);
  if (done.tied > 0 || done.changed > 0) ctx.changed('reports', 'offers');
  return done;
}

/** The next chunk is as large as fits the budget. */
async function stepThrough(step: Step, signal?: AbortSignal): Promise<void> {
  let size = 20;
  for (;;) {
    await nextTurn();
    signal?.throwIfAborted();
    const t = performance.now();
    if (step(size) === 0) return;
    const took = Math.max(0.1, performance.now() - t);
    size = Math.max(5, Math.min(2000, Math.round(size * Math.min(2, Math.max(0.25, BUDGET_MS / took)))));
  }
}
