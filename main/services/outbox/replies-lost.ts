import type { Db } from '@db/open';
import { accountSeenAt, readLook } from '@db/queries/account';
import { type AccountSender, logsReplies, serviceOf } from '@domain/account/view';
import type { UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** The verdict of one look about one sender; asked before each batch, so it is worked out once a look. */
const judged = new WeakMap<Db, { at: UtcMs; sender: string; lost: boolean }>();
const nameOf = (s: AccountSender): string => (s.kind === 'number' ? s.number : s.sid);

/**
 * True when the account, as last seen, throws away the replies to where texts leave from (facts/twilio.md §2, trap): nobody would read a
 * STOP, though the list of replies reads without an error and empty. False before the first look, and in practice.
 */
export function repliesAreLost(ctx: Ctx): boolean {
  const { mode, sender } = ctx.settings().texting;
  if (mode !== 'twilio' || sender === null) return false;
  const at = accountSeenAt(ctx.db);
  if (at === null) return false;
  const name = nameOf(sender);
  const known = judged.get(ctx.db);
  if (known && known.at === at && known.sender === name) return known.lost;
  const view = readLook(ctx.db)?.view ?? null;
  const service = view === null ? null : serviceOf(view, sender);
  const lost = service !== null && !logsReplies(service);
  judged.set(ctx.db, { at, sender: name, lost });
  return lost;
}

/** The account was looked at again. */
export const forgetRepliesVerdict = (ctx: Ctx): boolean => judged.delete(ctx.db);
