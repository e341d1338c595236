import type { Db } from '@db/open';
import { accountSeenAt, readLook } from '@db/queries/account';
import { readInboundPoll } from '@db/queries/inbox';
import { numbersOf } from '@domain/account/view';
import type { UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** Numbers of the sender as one look at the account saw them; worked out once a look. */
const seen = new WeakMap<Db, { at: UtcMs; sender: string; numbers: readonly string[] }>();

/**
 * Every number somebody may answer to: those of the sender as it was connected, those its service was given since (as the account was
 * last seen), and those the shop texted from before, for a stop may be written to any of them.
 */
export function ownNumbers(ctx: Ctx): string[] {
  const { numbers, sender, mode } = ctx.settings().texting;
  if (numbers.length === 0 || sender === null) return [...numbers];
  const before = Object.keys(readInboundPoll(ctx.db).cursor).filter((n) => n.startsWith('+'));
  const added = mode === 'twilio' ? addedTo(ctx, sender) : [];
  return [...new Set<string>([...numbers, ...added, ...before])];
}

function addedTo(ctx: Ctx, sender: Parameters<typeof numbersOf>[1]): readonly string[] {
  const at = accountSeenAt(ctx.db);
  if (at === null) return [];
  const name = JSON.stringify(sender);
  const known = seen.get(ctx.db);
  if (known && known.at === at && known.sender === name) return known.numbers;
  const view = readLook(ctx.db)?.view ?? null;
  const found = view === null ? [] : numbersOf(view, sender).map((n) => n.number as string);
  seen.set(ctx.db, { at, sender: name, numbers: found });
  return found;
}
