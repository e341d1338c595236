import type { Db } from '@db/open';
import { readMeta } from '@db/queries/settings';
import type { UtcMs } from '@domain/kernel';
import type { Mailer } from '@ports/mailer';
import type { Ctx } from '../ctx';

/** Why no mail leaves just now. */
export type MailBlockReason =
  | 'not-connected'
  | 'paused'
  | 'all-paused'
  | 'asleep'
  | 'clock'
  | 'restored'
  | 'replies-unread'
  | 'inbox-unread'
  | 'no-postal'
  | 'day-used'
  | 'auth'
  | 'tls'
  | 'refused-sender'
  | 'unreachable'
  | 'busy'
  | 'disk-full';

export interface MailState {
  block: { reason: MailBlockReason; until: UtcMs } | null;
  /** Failures in a row that say the post office cannot be reached. */
  streak: number;
  /** One line for many mails; made anew when the account changes. */
  mailer: { key: string; mailer: Mailer } | null;
  inboxAt: UtcMs;
  running: boolean;
  woken: boolean;
  wakeNap: () => void;
}

const states = new WeakMap<Db, MailState>();

/** What the sender of mails keeps in memory: nothing here is needed to be right after a crash. */
export function mailState(ctx: Ctx): MailState {
  let s = states.get(ctx.db);
  if (!s) {
    s = { block: null, streak: 0, mailer: null, inboxAt: 0 as UtcMs, running: false, woken: false, wakeNap: () => {} };
    states.set(ctx.db, s);
  }
  return s;
}

export function mailBlock(ctx: Ctx): MailState['block'] {
  const { block } = mailState(ctx);
  return block !== null && block.until > ctx.clock.now() ? block : null;
}

/** Test mails an owner may send within a day: enough to get the words right, too few to write to people by it. */
export const TESTS_PER_DAY = 10;

/** Paused by the owner since then; null = it is not. */
export function mailPausedSince(ctx: Ctx): UtcMs | null {
  const at = readMeta(ctx.db, 'mail-paused');
  return at === null ? null : (Number(at) as UtcMs);
}
