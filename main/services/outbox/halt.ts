import type { OutboxRow } from '@db/queries/outbox';
import { GATE } from '@domain/consent/gate';
import type { Ctx } from '../ctx';
import { clockState } from '../desktop/clock';
import { isSuspended } from '../desktop/power';
import { pausedSince } from './pause-all';
import { repliesAreLost } from './replies-lost';

/** Why nothing, or nearly nothing, leaves from this computer, whatever the campaign. */
export type Halt =
  /** The computer is about to sleep or has not said that it is back: nothing new begins. */
  | 'asleep'
  /** The owner stopped everything. */
  | 'paused-all'
  /** Its clock disagrees with the carrier's: quiet hours would be wrong. */
  | 'clock-wrong'
  /** Its clock jumped and the carrier has not been asked yet what time it is. */
  | 'clock-unchecked'
  /** The carrier throws the shop's replies away: a STOP would never be seen. */
  | 'replies-lost';

/** What holds everything just now; null = the way is free. Cheap: asked before each batch. */
export function haltOf(ctx: Ctx): Halt | null {
  if (isSuspended(ctx)) return 'asleep';
  if (pausedSince(ctx) !== null) return 'paused-all';
  const { verdict } = clockState(ctx);
  if (verdict !== 'right') return verdict === 'wrong' ? 'clock-wrong' : 'clock-unchecked';
  return repliesAreLost(ctx) ? 'replies-lost' : null;
}

/**
 * The answers owed to whoever asks or stops (rules.md §1: help and the confirmation of a stop) wait for neither the owner nor a clock:
 * they answer something at any hour, and end as being too late by themselves. Nothing begins while the computer falls asleep.
 */
export const leavesDespite = (halt: Halt, row: Pick<OutboxRow, 'messageClass'>): boolean =>
  halt !== 'asleep' && GATE[row.messageClass].stopped === 'answers';
