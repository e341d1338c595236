import { memberSince } from '@db/queries/loyalty';
import type { CustomerId } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { accountFor, programmeOf } from './keep';

/** Whether somebody collects: who asked for a card; where everybody does, who has bought since. Neither phone nor permission is needed. */
export function isCollecting(ctx: Ctx, id: CustomerId): boolean {
  const { now, terms } = programmeOf(ctx);
  if (now?.state !== 'on' || terms === null) return false;
  return memberSince(ctx.db, id) !== null || (terms.joining === 'all' && accountFor(ctx, id) !== null);
}
