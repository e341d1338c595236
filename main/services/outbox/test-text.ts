import { enqueue } from '@db/queries/outbox';
import { testTextsSince } from '@db/queries/texts';
import { countSegments, toGsmFriendly } from '@domain/campaigns/sms-text';
import { AppError } from '@domain/errors';
import { DAY, MINUTE, type OutboxId, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { wakeSender } from './sender-state';

/** Later nobody is looking at their phone any more. */
const TEST_WITHIN_MS = 10 * MINUTE;
/** Enough to get the words right, too few to text people by it. */
const TESTS_PER_DAY = 10;

/** The number the last test went to, and how many more may be sent within a day. */
export function testTexts(ctx: Ctx): { lastPhone: PhoneE164 | null; leftToday: number } {
  const { lastPhone, count } = testTextsSince(ctx.db, (ctx.clock.now() - DAY) as UtcMs);
  return { lastPhone, leftToday: Math.max(0, TESTS_PER_DAY - count) };
}

/** A text to the owner's own phone, by the way real texts take: gate, pace, carrier and receipt. */
export function sendTestText(ctx: Ctx, phone: PhoneE164, text: string): OutboxId {
  const now = ctx.clock.now();
  const body = toGsmFriendly(text).text.trim();
  if (body === '') throw new AppError('campaign.empty-text');
  if (ctx.settings().texting.mode === 'none') throw new AppError('sms.not-connected');
  if (testTexts(ctx).leftToday === 0) throw new AppError('outbox.tests-used', { most: TESTS_PER_DAY });
  const id = ctx.db.tx((trx) =>
    enqueue(trx, {
      cause: { kind: 'test', id: `${now}-${Buffer.from(ctx.randomBytes(4)).toString('hex')}` },
      address: phone,
      customerId: null,
      messageClass: 'reply',
      body,
      segments: countSegments(body).segments,
      quotedPrice: null,
      notBefore: now,
      expiresAt: (now + TEST_WITHIN_MS) as UtcMs,
      now,
    }),
  );
  if (id === null) throw new AppError('outbox.not-found');
  wakeSender(ctx);
  return id;
}
