import type { Trx } from '@db/open';
import { derivedTx } from '@db/queries/bulk';
import { unfinishedImport } from '@db/queries/imports';
import { everHadLoyalty, loyaltyStamp, loyaltyVersions, memberSince, type StoredVersion } from '@db/queries/loyalty';
import { loyaltyFacts } from '@db/queries/loyalty-facts';
import {
  type AccountRow,
  accountRow,
  book,
  bookedOf,
  isBehind,
  loyaltyDone,
  loyaltyTodo,
  loyaltyWalk,
  mayCollect,
  noteByCalendar,
  putAccount,
  walkLoyalty,
} from '@db/queries/points';
import { addDays, shopDay } from '@domain/calendar';
import type { CustomerId, ImportId, ShopDay, UtcMs } from '@domain/kernel';
import { accountOf, type LoyaltyAccount, type Movement } from '@domain/loyalty/account';
import { type LoyaltyTerms, versionOn } from '@domain/loyalty/terms';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

/** The terms that hold today, with all that held before; null = the shop never had a programme. */
export interface Programme {
  readonly versions: readonly StoredVersion[];
  readonly now: StoredVersion | null;
  readonly terms: LoyaltyTerms | null;
  /** Things of a receipt decide. */
  readonly lines: boolean;
}

const kept = new WeakMap<Ctx['db'], { stamp: string; versions: StoredVersion[] }>();

/** Read from the file once per change. */
export function programmeOf(ctx: Ctx): Programme {
  const stamp = loyaltyStamp(ctx.db);
  let had = kept.get(ctx.db);
  if (had?.stamp !== stamp) {
    had = { stamp, versions: loyaltyVersions(ctx.db) };
    kept.set(ctx.db, had);
  }
  const { versions } = had;
  const now = versionOn(versions, shopDay(ctx.clock.now(), ctx.settings().shop.zone)) as StoredVersion | null;
  const lines = versions.some((v) => v.terms.kind === 'items' || v.terms.times.length > 0);
  return { versions, now, terms: now?.terms ?? null, lines };
}

/** What people have may be used: the programme is on, or was switched off and its last day has not passed. */
export function usable(ctx: Ctx, { now }: Programme): boolean {
  if (now === null || now.state === 'on' || now.useUntil === null) return now !== null;
  return shopDay(ctx.clock.now(), ctx.settings().shop.zone) <= now.useUntil;
}

/** One account as it is at this moment, from everything that is known. */
export function accountNow(ctx: Ctx, id: CustomerId, programme = programmeOf(ctx), at: UtcMs = ctx.clock.now()): LoyaltyAccount {
  const { zone } = ctx.settings().shop;
  const facts = loyaltyFacts(ctx.db, id, { now: at, zone, lines: programme.lines });
  return accountOf(programme.versions, facts, shopDay(at, zone));
}

/** The dearest reward that can be had, and what is missing to the next. */
export function reach(terms: LoyaltyTerms | null, balance: number): { ready: number; missing: number | null } {
  const rewards = terms?.rewards ?? [];
  let ready = -1;
  for (let i = 0; i < rewards.length; i++) if ((rewards[i]?.cost ?? Number.POSITIVE_INFINITY) <= balance) ready = i;
  const next = rewards[ready + 1];
  return { ready, missing: next ? next.cost - balance : null };
}

export function rowOf(terms: LoyaltyTerms | null, a: LoyaltyAccount, today: ShopDay): AccountRow {
  const { changesOn } = a;
  return {
    balance: a.balance,
    unconfirmed: a.unconfirmed,
    ...reach(terms, a.balance),
    tier: a.tier.at,
    figure: a.tier.figure,
    expiresOn: a.expiring?.day ?? null,
    expiresPoints: a.expiring?.points ?? 0,
    // looked at once a day at most
    changesOn: changesOn !== null && changesOn <= today ? addDays(today, 1) : changesOn,
  };
}

/**
 * Books what the ledger does not hold yet and brings the account up to date. Each cause comes to what it comes to; what was booked of it
 * otherwise is corrected by an entry of its own, never changed.
 */
export function keepOne(ctx: Ctx, trx: Trx, id: CustomerId, programme: Programme): void {
  loyaltyDone(trx, id);
  if (!mayCollect(trx, id)) {
    putAccount(trx, id, null);
    return;
  }
  const at = ctx.clock.now();
  const account = accountNow(ctx, id, programme, at);
  const booked = bookedOf(trx, id);
  const post = (m: Omit<Movement, 'points'>, points: number) => {
    if (points !== 0) book(trx, { customerId: id, cause: m.cause, kind: m.kind, points, day: m.day, at });
  };
  for (const m of account.movements) {
    const had = booked.get(m.cause);
    booked.delete(m.cause);
    post(had === undefined ? m : { ...m, kind: 'correct' }, m.points - (had ?? 0));
  }
  const today = shopDay(at, ctx.settings().shop.zone);
  for (const [cause, points] of booked) post({ cause, kind: 'correct', day: today }, -points);
  const nobody = account.movements.length === 0 && booked.size === 0 && memberSince(trx, id) === null;
  putAccount(trx, id, nobody ? null : rowOf(programme.terms, account, today));
}

/** Somebody's account, up to date: what the counter reads. Null where nothing was ever collected. */
export function accountFor(ctx: Ctx, id: CustomerId, programme = programmeOf(ctx)): AccountRow | null {
  if (programme.versions.length === 0 || !mayCollect(ctx.db, id)) return null;
  const row = accountRow(ctx.db, id);
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  if (!isBehind(ctx.db, id) && !(row?.changesOn != null && row.changesOn <= today)) return row;
  const account = accountNow(ctx, id, programme);
  return row === null && account.movements.length === 0 ? null : rowOf(programme.terms, account, today);
}

const BUDGET_MS = 6;
const AT_ONCE = 200;

/**
 * Works off whose purchases, notes or codes have changed and whom the calendar changed, a few milliseconds at a time, the counter between.
 * Returns how many accounts were looked at.
 */
export async function keepLoyalty(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  const { db } = ctx;
  if (db.raw.readonly || !everHadLoyalty(db) || unfinishedImport(db, 0 as ImportId) !== null) return 0; // an import goes first; what it touches is noted
  let done = 0;
  for (;;) {
    signal?.throwIfAborted();
    const programme = programmeOf(ctx);
    const ids = loyaltyTodo(db, AT_ONCE);
    if (ids.length === 0) {
      if (!more(ctx)) break;
      await nextTurn();
      continue;
    }
    for (let i = 0; i < ids.length; ) {
      const from = performance.now();
      derivedTx(db, (trx) => {
        for (; i < ids.length && performance.now() - from < BUDGET_MS; i++) {
          keepOne(ctx, trx, ids[i] as CustomerId, programme);
          done++;
        }
      });
      await nextTurn();
    }
  }
  if (done > 0) ctx.changed('customers', 'counter', 'offers');
  return done;
}

/** The next few of a walk over everybody, or of those the calendar changed. */
function more(ctx: Ctx): boolean {
  const { db } = ctx;
  const upto = loyaltyWalk(db);
  if (upto !== null) {
    derivedTx(db, (trx) => walkLoyalty(trx, upto, AT_ONCE));
    return true;
  }
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  return derivedTx(db, (trx) => noteByCalendar(trx, today, AT_ONCE)) > 0;
}
