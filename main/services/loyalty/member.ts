import { memberSince } from '@db/queries/loyalty';
import type { CustomerId } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { programmeOf } from './keep';

/** Whether somebody asked for a rewards card and rewards are on. Where everybody collects unasked, buying alone makes nobody a member. */
export const isCollecting = (ctx: Ctx, id: CustomerId): boolean => programmeOf(ctx).now?.state === 'on' && memberSince(ctx.db, id) !== null;
