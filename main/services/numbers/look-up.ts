import { readPoll, savePoll } from '@db/queries/outbox-results';
import { countWorthLookingUp, saveLookUp, worthLookingUp } from '@db/queries/phone-facts';
import { audit } from '@db/queries/staff';
import { kindOfLookUp, type LineKind, LOOK_UP_CURRENCY, LOOK_UP_PRICE, ruleFor } from '@domain/customers/line-type';
import { AppError } from '@domain/errors';
import { DAY, type Micros, type PhoneE164, type TaskId, type UtcMs } from '@domain/kernel';
import type { NumberLookup } from '@ports/number-lookup';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';

/** A line rarely changes: what was asked is not paid for again within 90 days. */
const CACHED_MS = 90 * DAY;
const AT_ONCE = 4;
const CHUNK = 40;
/** After this many failures in a row nothing more is asked: somebody has to look. */
const GIVE_UP_AFTER = 5;

export interface LookUpResult {
  asked: number;
  mobile: number;
  landline: number;
  voip: number;
  tollFree: number;
  invalid: number;
  unknown: number;
}
const NOTHING: LookUpResult = { asked: 0, mobile: 0, landline: 0, voip: 0, tollFree: 0, invalid: 0, unknown: 0 };

const askedBefore = (ctx: Ctx): UtcMs => (ctx.clock.now() - CACHED_MS) as UtcMs;
/** What the owner saw: so many numbers at this price, nothing asked since. */
const tokenOf = (count: number, last: UtcMs | null): string => `${count}-${LOOK_UP_PRICE}-${last ?? 0}`;
const lastRun = (ctx: Ctx): UtcMs | null => readPoll(ctx.db, 'look-up').lastSuccessAt;

/** How many numbers nothing is known about, what asking for them costs, and what is in the account. Asks nothing that costs. */
export async function quoteLookUp(ctx: Ctx) {
  const count = countWorthLookingUp(ctx.db, askedBefore(ctx));
  const balance = await ctx
    .gateway()
    .then((g) => g.balance())
    .catch(() => null);
  const { cursor, lastSuccessAt } = readPoll(ctx.db, 'look-up');
  return {
    count,
    perNumber: LOOK_UP_PRICE,
    price: (count * LOOK_UP_PRICE) as Micros,
    currency: LOOK_UP_CURRENCY,
    balance,
    token: tokenOf(count, lastRun(ctx)),
    last: lastSuccessAt === null ? null : { at: lastSuccessAt, ...NOTHING, ...(cursor as Partial<LookUpResult>) },
  };
}

/**
 * Asks the carrier about every number nothing is known about, for money, as a task that can be cancelled: what was answered by then stays.
 * Only what the owner saw and agreed to: throws lookup.quote-outdated when there is more to pay for by now.
 */
export async function startLookUp(ctx: Ctx, session: Session, token: string): Promise<TaskId> {
  const count = countWorthLookingUp(ctx.db, askedBefore(ctx));
  if (count === 0) throw new AppError('lookup.nothing-to-ask');
  const [agreed, price, last] = token.split('-').map(Number);
  // fewer than agreed is no reason to ask again; more, or another price, is
  if (agreed === undefined || count > agreed || price !== LOOK_UP_PRICE || last !== (lastRun(ctx) ?? 0)) {
    throw new AppError('lookup.quote-outdated', { count });
  }
  const lookup = await ctx.numberLookup();
  return ctx.tasks.start(
    'numbers.look-up',
    `${count}`,
    async (report, signal) => {
      const done: LookUpResult = { ...NOTHING };
      try {
        await askAll(ctx, lookup, done, { most: agreed, report: (n) => report({ done: n, total: count }), signal });
      } finally {
        const now = ctx.clock.now();
        ctx.db.tx((trx) => {
          savePoll(ctx.db, 'look-up', { ...done }, now);
          audit(trx, { at: now, staffId: session.staffId, action: 'customer.numbers-looked-up', detail: { ...done } });
        });
        ctx.changed('customers');
      }
      return done;
    },
    { exclusive: true },
  );
}

async function askAll(
  ctx: Ctx,
  lookup: NumberLookup,
  done: LookUpResult,
  o: { most: number; report: (n: number) => void; signal: AbortSignal },
): Promise<void> {
  const asked = askedBefore(ctx);
  let after = '';
  let failed = 0;
  for (;;) {
    const chunk = worthLookingUp(ctx.db, { asked, after, limit: CHUNK });
    const last = chunk.at(-1);
    if (last === undefined) return;
    after = last;
    // the digits alone tell: nobody pays for that
    const worth = chunk.filter((p) => ruleFor(p) === null);
    for (let i = 0; i < worth.length && done.asked < o.most; i += AT_ONCE) {
      o.signal.throwIfAborted();
      const now = worth.slice(i, Math.min(i + AT_ONCE, i + o.most - done.asked));
      const answers = await Promise.all(now.map((phone) => askOne(lookup, phone)));
      ctx.db.tx((trx) => {
        for (const a of answers) {
          if (a.error) continue;
          count(done, saveLookUp(trx, a.phone, { kind: a.kind, now: ctx.clock.now() }).kind);
        }
      });
      const error = answers.find((a) => a.error)?.error;
      failed = error ? failed + 1 : 0;
      if (error && (failed >= GIVE_UP_AFTER || !(error instanceof AppError) || error.code !== 'sms.rejected')) throw error;
      o.report(done.asked);
    }
    if (done.asked >= o.most) return;
    await nextTurn();
  }
}

interface Answer {
  phone: PhoneE164;
  kind: LineKind | null;
  error: unknown;
}

async function askOne(lookup: NumberLookup, phone: PhoneE164): Promise<Answer> {
  try {
    return { phone, kind: kindOfLookUp(await lookup.lookUp(phone)), error: null };
  } catch (error) {
    return { phone, kind: null, error };
  }
}

function count(done: LookUpResult, kind: LineKind | null): void {
  done.asked++;
  const as = { mobile: 'mobile', landline: 'landline', voip: 'voip', 'toll-free': 'tollFree', invalid: 'invalid' } as const;
  done[kind === null ? 'unknown' : as[kind]]++;
}
