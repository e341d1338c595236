import { startedSince } from '@db/queries/inbox';
import type { OutboxRow } from '@db/queries/outbox';
import { sendingCampaigns } from '@db/queries/outbox-results';
import { endedInARow, learnProblem } from '@db/queries/phone-facts';
import { MINUTE, type UtcMs } from '@domain/kernel';
import { capDayStart, dailyCap } from '@domain/outbox/daily-cap';
import { tooFast } from '@domain/outbox/resend';
import { carrierError, isAccountLevel, marksNumber } from '@domain/outbox/twilio-errors';
import { noteAccountRefusal } from '@services/account/look';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import type { Ctx } from '../ctx';
import { pauseCampaign } from './brake';
import { dayUsedUp } from './daily-cap';
import { leftBeforeMending } from './mended';
import { overflowed } from './pace';
import { announce, type SenderState } from './sender-state';

/** While the account is refused nothing else is tried, until the owner resumes or this long has passed. */
const ACCOUNT_PAUSE_MS = 15 * MINUTE;

const LANDLINE = [21614, 21635, 30006];
const INVALID = [21211, 30005];

/**
 * What an error beyond the one text means: a stop the carrier knows of is a stop here (21610), a number that cannot be texted is
 * marked for everybody who has it, and an account that refuses everything pauses every campaign (rules.md §4). `happenedAt`: when the
 * carrier said it, for it may be heard of a day later: yesterday's limit is not today's, and a stop older than a START ends nothing.
 */
export function afterError(ctx: Ctx, s: SenderState, row: OutboxRow, code: number, happenedAt: UtcMs = ctx.clock.now()): void {
  const now = ctx.clock.now();
  const at = Math.min(happenedAt, now) as UtcMs;
  if (tooFast(code)) overflowed(ctx, s, row);
  if (dailyCap(code) !== null) {
    if (at >= capDayStart(now)) dayUsedUp(ctx, s, code); // the rest waits for tomorrow instead of failing too
    return;
  }
  if (carrierError(code).stopped) {
    if (startedSince(ctx.db, row.address, at)) return; // they have come back since
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: row.address, method: 'carrier', reason: 'error 21610', carrierStop: true, occurredAt: at }),
    );
    ctx.changed('consent', 'customers');
  } else if (marksNumber(code, endedInARow(ctx.db, row.address, code))) {
    const kind = LANDLINE.includes(code) ? 'landline' : INVALID.includes(code) ? 'invalid' : null;
    const marked = ctx.db.tx((trx) => learnProblem(trx, row.address, { problem: String(code), kind, now }));
    if (marked > 0) ctx.changed('customers');
  }
  if (isAccountLevel(code) && !leftBeforeMending(ctx, row.leftAt)) {
    noteAccountRefusal(ctx, code);
    for (const c of sendingCampaigns(ctx.db)) pauseCampaign(ctx, c.id, `account:${code}`);
    s.block = { reason: 'account', until: (now + ACCOUNT_PAUSE_MS) as UtcMs, code };
    announce(ctx);
  }
}
