import { outboxById } from '@db/queries/outbox';
import { DAY, HOUR, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { replyTo } from '@services/inbox';
import { mayLeave } from '@services/outbox/may-leave';
import { expect, it } from 'vitest';
import { freshAt } from '../support/fresh';
import { aCtx, NOON, owner } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;

/*
 * Story: at 21:40 the owner was warned and sent her answer all the same. The line was down just then. It came back at three in the
 * night, and the answer left: what was said about 21:40 counted for three days and nights.
 */
it('"send anyway" is about this hour, not about any hour of the next three days', async () => {
  const late = (NOON + 10 * HOUR + 40 * MINUTE) as UtcMs; // 21:40 in New York
  const ctx = aCtx({ now: late, settings: { texting: { mode: 'practice', senderApproved: true } } });
  ctx.db.raw
    .prepare(
      `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, rule, handled)
       VALUES ('SM1', ?, '+18005550100', 'Do you have red ones?', ?, ?, 'message', '', 1)`,
    )
    .run(ANA, late - DAY, late - DAY);
  const { id } = replyTo(ctx, owner, { phone: ANA, body: 'Yes, we do', hours: 'now' });
  const row = () => outboxById(ctx.db, id) as NonNullable<ReturnType<typeof outboxById>>;
  const leaves = async (at: UtcMs) => mayLeave(ctx, row(), at, await freshAt(ctx, at));
  expect(await leaves(late)).toMatchObject({ kind: 'send' });
  expect(await leaves((late + 10 * MINUTE) as UtcMs)).toMatchObject({ kind: 'send' });
  const night = (late + 5 * HOUR + 20 * MINUTE) as UtcMs;
  expect(await leaves(night)).toMatchObject({ kind: 'wait', reason: 'quiet-hours' });
});
