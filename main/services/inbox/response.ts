import { peopleAt, waitEventsSince } from '@db/queries/threads';
import { type ResponseFigures, responseFigures, type Wait, type WaitEvent, waitedMinutes, waitsOf } from '@domain/inbox/response';
import { DAY, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

const SINCE_MS = 30 * DAY;
/** Questions older than this are no longer waited for by anybody. */
const OPEN_SINCE_MS = 90 * DAY;
const LONGEST = 5;

export interface LongestWait {
  phone: PhoneE164;
  name: string;
  askedAt: UtcMs;
  /** Minutes of opening time so far. */
  minutes: number;
}

export interface Response extends ResponseFigures {
  days: number;
  longest: LongestWait[];
}

/** How quickly messages that needed a person were answered: asked within the last 30 days, and who waits longest now. */
export function responseTimes(ctx: Ctx): Response {
  const now = ctx.clock.now();
  const { shop } = ctx.settings();
  const byNumber = new Map<string, WaitEvent[]>();
  for (const { phone, at, kind } of waitEventsSince(ctx.db, (now - OPEN_SINCE_MS) as UtcMs)) {
    const mine = byNumber.get(phone);
    if (mine) mine.push({ at, kind });
    else byNumber.set(phone, [{ at, kind }]);
  }
  const recent: Wait[] = [];
  const open: { phone: PhoneE164; wait: Wait }[] = [];
  for (const [phone, events] of byNumber) {
    for (const wait of waitsOf(events)) {
      if (wait.askedAt >= now - SINCE_MS) recent.push(wait);
      if (wait.answeredAt === null && !wait.closed) open.push({ phone: phone as PhoneE164, wait });
    }
  }
  open.sort((a, b) => a.wait.askedAt - b.wait.askedAt);
  return {
    days: SINCE_MS / DAY,
    ...responseFigures(recent, now, shop),
    longest: open.slice(0, LONGEST).map(({ phone, wait }) => ({
      phone,
      name: peopleAt(ctx.db, phone, null)[0]?.name ?? '',
      askedAt: wait.askedAt,
      minutes: Math.round(waitedMinutes(wait, now, shop)),
    })),
  };
}
