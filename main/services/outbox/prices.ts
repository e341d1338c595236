import { leftSince, oldestUnpriced, readPoll, savePoll } from '@db/queries/outbox-results';
import { DAY, HOUR, type UtcMs } from '@domain/kernel';
import { OVERLAP_MS, PRICE_GIVEN_UP_MS } from '@domain/outbox/cadence';
import type { SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '../ctx';
import { carrierAhead } from './requests';
import { senderState } from './sender-state';
import { walkList } from './walk';

/** Prices come up to a day later, now and then more: looked for at these ages, each text at most once per age. */
const AGES_MS = [DAY, 3 * DAY, 7 * DAY];
const EVERY_MS = 6 * HOUR;

/**
 * The prices the carrier had not told while the texts were watched. Reads only the days in question. What has none after ten days is
 * counted with the quoted price from then on (domain/outbox/price.ts). Returns how many rows changed.
 */
export async function readPrices(ctx: Ctx, gateway: SmsGateway, signal?: AbortSignal): Promise<{ changed: number; pages: number }> {
  const now = ctx.clock.now();
  const { cursor, lastSuccessAt } = readPoll(ctx.db, 'prices');
  const done = { changed: 0, pages: 0 };
  if (lastSuccessAt !== null && now - lastSuccessAt < EVERY_MS && now >= lastSuccessAt) return done;
  const passed = AGES_MS.map((_, i) => {
    const at = (cursor['passed'] as unknown[] | undefined)?.[i];
    // a pass from the future was made by a clock that has been set back
    return typeof at === 'number' && at <= now ? at : 0;
  });
  let from: UtcMs | null = null;
  let to = 0;
  for (const [i, age] of AGES_MS.entries()) {
    const until = (now - age) as UtcMs;
    const since = Math.max((passed[i] ?? 0) + 1, now - PRICE_GIVEN_UP_MS) as UtcMs;
    const oldest = since > until ? null : oldestUnpriced(ctx.db, since, until);
    if (oldest === null) continue;
    from = from === null ? oldest : (Math.min(from, oldest) as UtcMs);
    to = Math.max(to, until);
  }
  if (from !== null) {
    const ahead = carrierAhead(gateway);
    const sentAfter = (from - OVERLAP_MS + Math.min(0, ahead)) as UtcMs;
    // they may have waited at the carrier before they left
    const sentBefore = (to + DAY) as UtcMs;
    const walked = await walkList(
      ctx,
      gateway,
      { name: 'prices', back: sentAfter, maxPages: Math.ceil(leftSince(ctx.db, from) / 1000) * 2 + 4, filter: { sentAfter, sentBefore } },
      signal,
    );
    done.changed = walked.changed;
    done.pages = walked.pages;
    if (signal?.aborted) return done;
    if (walked.changed > 0) senderState(ctx).spend.clear();
  }
  savePoll(ctx.db, 'prices', { passed: AGES_MS.map((age) => now - age) }, now);
  return done;
}
