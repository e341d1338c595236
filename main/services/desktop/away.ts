import { unsettled } from '@db/queries/outbox-leaving';
import { readMeta, writeMeta } from '@db/queries/settings';
import { type AwayNote, endedUnexpectedly, type LastRun, type NewAwayNote, withNote, worthTelling } from '@domain/desktop/away';
import { DAY, type UtcMs } from '@domain/kernel';
import { needsThisComputer } from '@domain/outbox/leaving';
import type { Ctx } from '../ctx';
import { whatIsLeaving } from '../outbox/leaving';

const KEY = 'away-notes';
/** What nobody read for so long is of no use any more (a copy brought back has old ones, too). */
const OLD_MS = 14 * DAY;

/** What happened while nobody was looking and was not read yet, oldest first. */
export function awayNotes(ctx: Ctx): AwayNote[] {
  const all = JSON.parse(readMeta(ctx.db, KEY) ?? '[]') as AwayNote[];
  const now = ctx.clock.now();
  return all.filter((n) => now - n.at < OLD_MS);
}

export function addNote(ctx: Ctx, note: NewAwayNote): void {
  writeMeta(ctx.db, KEY, JSON.stringify(withNote(awayNotes(ctx), note)));
  ctx.changed('outbox');
}

/** The owner has read these. */
export function dismissNotes(ctx: Ctx, ids: readonly number[]): void {
  const left = awayNotes(ctx).filter((n) => !ids.includes(n.id));
  writeMeta(ctx.db, KEY, JSON.stringify(left));
}

/** A sleep, when it was long enough and texts had to leave or wait now. */
export function tellSleep(ctx: Ctx, from: UtcMs, to: UtcMs): void {
  if (worthTelling(from, to, needsThisComputer(whatIsLeaving(ctx, true)))) addNote(ctx, { kind: 'slept', from, at: to });
}

/**
 * How the run before this one ended; told once, before the sender begins. `afterFailure`: the app itself went on, only its backend was
 * started again. Texts cut off in the middle are counted: they are looked for at the carrier, and none is posted again by itself.
 */
export function tellLastRun(ctx: Ctx, last: LastRun | null, afterFailure: boolean): void {
  const { sending, looking } = unsettled(ctx.db);
  if (afterFailure) addNote(ctx, { kind: 'part-restarted', at: ctx.clock.now(), checking: sending + looking });
  else if (endedUnexpectedly(last)) addNote(ctx, { kind: 'crashed', at: last.beatAt, checking: sending + looking });
}
