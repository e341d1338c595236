import type { OutboxRow } from '@db/queries/outbox';
import type { UtcMs } from '@domain/kernel';
import { afterOverflow, fullBucket, NO_EASE, pace, refill, shareAt } from '@domain/outbox/pacing';
import type { TextingSettings } from '@domain/settings/settings';
import type { Ctx } from '../ctx';
import type { SenderPace, SenderState } from './sender-state';

/** The number, or the service with all its numbers: the carrier counts the segments of either as one. */
export const senderName = (sender: NonNullable<TextingSettings['sender']>): string =>
  sender.kind === 'number' ? sender.number : sender.sid;

/** Segments a second that may leave from a sender just now: 0.8 of what it is known to take, less while its queue runs over. */
export function rateOf(s: SenderState, name: string, segmentsPerSecond: number, now: UtcMs): number {
  return Math.max(0.01, pace(segmentsPerSecond) * shareAt(s.paces.get(name)?.ease ?? NO_EASE, now));
}

/** What a sender has saved up by now; made on first use. */
export function paceOf(s: SenderState, name: string, rate: number, now: UtcMs): SenderPace {
  let p = s.paces.get(name);
  if (!p) {
    p = { bucket: fullBucket(now, rate), ease: NO_EASE };
    s.paces.set(name, p);
  }
  p.bucket = refill(p.bucket, now, rate);
  return p;
}

/** The carrier said that more came than the sender takes (30001, 21611, 30022): half as fast from now on, won back bit by bit. */
export function overflowed(ctx: Ctx, s: SenderState, row: OutboxRow): void {
  const now = ctx.clock.now();
  const { sender, segmentsPerSecond } = ctx.settings().texting;
  const name = sender === null ? row.sender : senderName(sender);
  if (name === null) return;
  const p = paceOf(s, name, rateOf(s, name, segmentsPerSecond, now), now);
  const ease = afterOverflow(p.ease, now);
  if (ease === p.ease) return;
  p.ease = ease;
  ctx.log.warn('slower', { share: ease.share });
}
