import { readMeta, writeMeta } from '@db/queries/settings';
import type { ErrorCode } from '@domain/errors';
import type { ShopDay, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** What became of the printed weeks; kept beside the shop's other notes. */
export interface WeeklyState {
  /** The newest week that lies in the folder, by the day it was due. */
  readonly done: { readonly day: ShopDay; readonly file: string; readonly at: UtcMs } | null;
  /** Why the newest due one does not: since when, and when it was tried last. */
  readonly problem: { readonly day: ShopDay; readonly code: ErrorCode; readonly since: UtcMs; readonly at: UtcMs } | null;
}

const KEY = 'weekly-paper';

/** How the printed week stands: which was made last, and what stands in the way of the newest. */
export const readWeekly = (ctx: Ctx): WeeklyState => JSON.parse(readMeta(ctx.db, KEY) ?? '{"done":null,"problem":null}') as WeeklyState;

export const writeWeekly = (ctx: Ctx, state: WeeklyState): void => ctx.db.tx((trx) => writeMeta(trx, KEY, JSON.stringify(state)));

/** The newest week should lie in the folder and does not. */
export const weeklyPaperFailed = (ctx: Ctx): boolean => {
  const { weekly, folder } = ctx.settings().papers;
  return weekly && folder !== null && readWeekly(ctx).problem !== null;
};
