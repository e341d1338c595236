import { forgetLook, newestRefusal, noteRefusal, pricedTexts, readLook, saveFailedLook, saveLook } from '@db/queries/account';
import { type Learnt, learnPrice, PRICE_DAYS, type PricedTexts } from '@domain/account/rates';
import type { AccountView } from '@domain/account/view';
import { AppError } from '@domain/errors';
import { DAY, HOUR, MINUTE, type UtcMs } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { forgetRepliesVerdict, repliesAreLost } from '../outbox/replies-lost';
import { wakeSender } from '../outbox/sender-state';
import { applySeen } from './apply';
import { readRecentUsage } from './usage';

/** A quiet account is looked at this often. */
const EVERY_MS = DAY;
/** After a look that failed. */
const AGAIN_MS = HOUR;
/** The account refuses texts: looked at soon, not at every text. */
const TROUBLE_MS = 5 * MINUTE;
const TURN_MS = 30 * 1000;
const WEEK = 7 * DAY;

const under = new WeakMap<object, Promise<AccountView>>();

/**
 * Looks at the account now: what it may do, owns and has, how far the approval is. What is seen is kept for days without a line, and put
 * to use: rate, daily limit, price and approval, unless the owner typed them. One look at a time.
 */
export function lookAtAccount(ctx: Ctx, signal?: AbortSignal): Promise<AccountView> {
  const running = under.get(ctx.db);
  if (running) return running;
  const look = lookNow(ctx, signal).finally(() => under.delete(ctx.db));
  under.set(ctx.db, look);
  return look;
}

async function lookNow(ctx: Ctx, signal: AbortSignal | undefined): Promise<AccountView> {
  try {
    const account = await ctx.carrierAccount();
    const seen = await account.look(ctx.settings().shop.country, signal);
    const view: AccountView = { ...seen, at: ctx.clock.now() };
    const learnt = await learnPrices(ctx, signal);
    const before = readLook(ctx.db)?.view ?? null;
    const lost = repliesAreLost(ctx);
    ctx.db.tx((trx) => saveLook(trx, view, learnt));
    forgetRepliesVerdict(ctx);
    applySeen(ctx, { view, before, learnt });
    // what waited only for that goes on now, not at the next look round
    if (lost && !repliesAreLost(ctx)) wakeSender(ctx);
    if (view.may.usage === 'yes') await readRecentUsage(ctx, account, signal).catch((error: unknown) => unread(ctx, error));
    ctx.changed('settings', 'outbox', 'account');
    return view;
  } catch (error) {
    if (error instanceof AppError && error.code.startsWith('sms.') && error.code !== 'sms.not-connected') {
      const number = error.params['code'];
      saveFailedLook(ctx.db, ctx.clock.now(), { code: error.code, number: typeof number === 'number' ? number : null });
      ctx.changed('account');
    }
    throw error;
  }
}

function unread(ctx: Ctx, error: unknown): void {
  if (!(error instanceof AppError)) throw error;
  ctx.log.warn('usage unread', { code: error.code });
}

/** What segments really cost in the last 90 days, a week at a time so that the counter is not kept waiting. */
export async function learnPrices(ctx: Ctx, signal?: AbortSignal): Promise<Learnt | null> {
  const now = ctx.clock.now();
  const { priceCurrency } = ctx.settings().texting;
  const found: PricedTexts[] = [];
  for (let from = now - PRICE_DAYS * DAY; from < now; from += WEEK) {
    found.push(...pricedTexts(ctx.db, from as UtcMs, Math.min(now, from + WEEK) as UtcMs, priceCurrency));
    await nextTurn();
    signal?.throwIfAborted();
  }
  const byPrice = new Map<number, PricedTexts>();
  for (const p of found) {
    const was = byPrice.get(p.perSegment);
    byPrice.set(p.perSegment, was ? { ...p, texts: p.texts + was.texts, segments: p.segments + was.segments } : p);
  }
  return learnPrice([...byPrice.values()]);
}

/** A text was refused because of the account or its sender: remembered for the owner, and the account is looked at again. */
export function noteAccountRefusal(ctx: Ctx, code: number): void {
  noteRefusal(ctx.db, code, ctx.clock.now());
  ctx.changed('account');
}

/** Another account, key or sender: what was seen before says nothing about it. */
export function forgetAccount(ctx: Ctx): void {
  forgetLook(ctx.db);
}

/** When the account is to be looked at next; null = not connected. */
export function nextAccountLook(ctx: Ctx): UtcMs | null {
  if (ctx.settings().texting.mode === 'none') return null;
  const last = readLook(ctx.db);
  if (!last) return ctx.clock.now();
  const trouble = newestRefusal(ctx.db);
  const soon = trouble !== null && trouble > last.triedAt ? trouble : null;
  const usual = last.triedAt + (last.failed ? AGAIN_MS : EVERY_MS);
  return (soon === null ? usual : Math.min(usual, Math.max(soon, last.triedAt + TROUBLE_MS))) as UtcMs;
}

/** Looks at the account once a day, and soon after it refused a text, for as long as the shop is open. */
export async function keepAccountInView(ctx: Ctx, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    // opening the shop is not kept waiting for it
    await ctx.clock.sleep(TURN_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    const at = nextAccountLook(ctx);
    if (at !== null && at <= ctx.clock.now()) {
      try {
        await lookAtAccount(ctx, signal);
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof AppError) ctx.log.warn('account unseen', { code: error.code });
        else ctx.log.error('account', error);
        // whatever went wrong is tried again later, never at once
        if (nextAccountLook(ctx) === at) saveFailedLook(ctx.db, ctx.clock.now(), { code: 'sms.unreachable', number: null });
      }
    }
  }
}
