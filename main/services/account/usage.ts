import { readUsage, saveUsage } from '@db/queries/account';
import { addDays } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { ShopDay } from '@domain/kernel';
import type { CarrierAccount } from '@ports/carrier-account';
import type { Ctx } from '../ctx';

/** The carrier counts by its own calendar, GMT; months of ours are cut at the shop's midnight. A few hours' difference is explained. */
const monthOf = (ctx: Ctx): string => new Date(ctx.clock.now()).toISOString().slice(0, 7);

const before = (month: string): string => addDays(`${month}-01` as ShopDay, -1).slice(0, 7);

/** Reads what the carrier counted in one month of its calendar. False when the key may not. */
export async function readUsageMonth(ctx: Ctx, account: CarrierAccount, month: string): Promise<boolean> {
  const first = `${month}-01` as ShopDay;
  const next = `${addDays(first, 31).slice(0, 7)}-01` as ShopDay;
  const today = new Date(ctx.clock.now()).toISOString().slice(0, 10) as ShopDay;
  const last = addDays(next, -1);
  if (first > today) throw new AppError('input.invalid', { field: 'month' });
  const lines = await account.usage(first, last < today ? last : today);
  if (lines === null) return false;
  const texts = lines.map((l) => ({
    category: l.category,
    count: l.count,
    usage: l.usage,
    unit: l.usageUnit,
    price: l.price,
    currency: l.currency,
  }));
  saveUsage(ctx.db, month, texts, ctx.clock.now());
  return true;
}

/** This month, and the one before until it was read once after its end. */
export async function readRecentUsage(ctx: Ctx, account: CarrierAccount, signal?: AbortSignal): Promise<void> {
  const month = monthOf(ctx);
  if (!(await readUsageMonth(ctx, account, month))) return;
  signal?.throwIfAborted();
  const last = before(month);
  const known = readUsage(ctx.db, last);
  if (!known || new Date(known.readAt).toISOString().slice(0, 7) === last) await readUsageMonth(ctx, account, last);
}
