import { personOf } from '@db/queries/consent';
import { enqueue } from '@db/queries/outbox';
import { autoAnswersSince, noteAutoAnswer } from '@db/queries/replies';
import { countSegments } from '@domain/campaigns/sms-text';
import { type CustomerId, DAY, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { ConsentTrx } from '../consent';
import type { Ctx } from '../ctx';

/** Two machines must not talk to each other: more automatic answers than this in a conversation are for a person. */
const PER_HOUR = 6;
const PER_DAY = 12;
/** An answer nobody needs any more. */
const LASTS_MS = DAY;

export type AnswerKind = 'less' | 'prefs' | 'topics' | 'email' | 'topic-added' | 'after-hours' | 'campaign-word';

export interface Caused {
  sid: string;
  phone: PhoneE164;
  /** When their message was sent. */
  at: UtcMs;
}

/** Whether this reply may have an automatic answer at all: none yet, and not one too many in this conversation. */
function mayAnswer(ctx: Ctx, trx: ConsentTrx, c: Caused, kind: string): boolean {
  const now = ctx.clock.now();
  const many = (ms: number) => autoAnswersSince(trx, c.phone, (now - ms) as UtcMs);
  if (many(HOUR) >= PER_HOUR || many(DAY) >= PER_DAY) return false;
  return noteAutoAnswer(trx, { sid: c.sid, phone: c.phone, kind, at: now });
}

/**
 * Queues our answer to one reply: class `reply` of the gate (a conversation they began: never to somebody who said stop or whose
 * reply is parked). One answer per reply, ever.
 */
export function answer(ctx: Ctx, trx: ConsentTrx, c: Caused, kind: AnswerKind, body: string): boolean {
  if (!mayAnswer(ctx, trx, c, kind)) return false;
  const now = ctx.clock.now();
  enqueue(trx, {
    cause: { kind: 'reply', id: `auto:${kind}:${c.sid}` },
    address: c.phone,
    customerId: (personOf(trx, c.phone)?.id as CustomerId | undefined) ?? null,
    messageClass: 'reply',
    body,
    segments: countSegments(body).segments,
    quotedPrice: null,
    notBefore: now,
    expiresAt: (c.at + LASTS_MS) as UtcMs,
    now,
  });
  return true;
}
