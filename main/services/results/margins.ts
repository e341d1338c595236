import { marginStamp, readMargins, saleMargins } from '@db/queries/margins';
import type { SaleId } from '@domain/kernel';
import type { Margins, SaleMargin } from '@domain/reports/margin';
import type { Ctx } from '../ctx';

/** The margins that hold now. Reports speak of profit only where `knowsProfit` says so. */
export const marginsNow = (ctx: Pick<Ctx, 'db' | 'settings'>): Margins => readMargins(ctx.db, ctx.settings().money.marginPercent);

/** Changes with every margin typed: figures kept under another one are old. */
export const marginsStamp = (ctx: Pick<Ctx, 'db' | 'settings'>): string => marginStamp(ctx.db, ctx.settings().money.marginPercent);

/** What each of these sales earned, before and after its discounts; a few hundred at a time. */
export const marginsOfSales = (
  ctx: Pick<Ctx, 'db' | 'settings'>,
  sales: readonly { readonly saleId: SaleId; readonly gross: number; readonly net: number }[],
): Map<SaleId, SaleMargin> => saleMargins(ctx.db, marginsNow(ctx), sales);
