import { personOf } from '@db/queries/consent';
import {
  type InboundRow,
  inboundBySid,
  markRead,
  openHolds,
  readInboundPoll,
  resolveHold,
  type ThreadMessage,
  type ThreadRow,
  threadMessages,
  threads,
  unreadCount,
} from '@db/queries/inbox';
import { enqueue } from '@db/queries/outbox';
import { countSegments, toGsmFriendly } from '@domain/campaigns/sms-text';
import { type ConsentState, stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import { type CustomerId, DAY, type OutboxId, type PhoneE164, type StaffId, type UtcMs } from '@domain/kernel';
import { consentOf, recordStop, releaseHold, withConsent } from '../consent';
import type { Ctx } from '../ctx';

const MESSAGES = 200;
const REPLY_EXPIRES_MS = 3 * DAY;

export interface ParkedReply extends InboundRow {
  name: string;
}
export interface Inbox {
  threads: ThreadRow[];
  /** Waiting for "stop texting them" or "not a stop request", oldest first. */
  parked: ParkedReply[];
  unread: number;
  checkedAt: UtcMs | null;
  lastError: string | null;
}

/** Conversations, newest first, and the parked replies on top of them. */
export function listInbox(ctx: Ctx, page: { offset: number; limit: number }): Inbox {
  const poll = readInboundPoll(ctx.db);
  return {
    threads: threads(ctx.db, page.limit, page.offset),
    parked: openHolds(ctx.db).map((h) => ({ ...h, name: personOf(ctx.db, h.from)?.name ?? '' })),
    unread: unreadCount(ctx.db).unread,
    checkedAt: poll.lastSuccessAt,
    lastError: poll.lastError,
  };
}

export interface Thread {
  phone: PhoneE164;
  customerId: CustomerId | null;
  name: string;
  state: ConsentState;
  carrierStop: boolean;
  mayReply: boolean;
  parked: InboundRow[];
  messages: ThreadMessage[];
}

export function readThread(ctx: Ctx, phone: PhoneE164): Thread {
  const person = personOf(ctx.db, phone);
  const states = consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now());
  const state = stateOf(states, 'marketing');
  const carrierStop = states.some((s) => s.carrierStop);
  return {
    phone,
    customerId: (person?.id as CustomerId | undefined) ?? null,
    name: person?.name ?? '',
    state,
    carrierStop,
    mayReply: !carrierStop && state !== 'out' && state !== 'hold',
    parked: openHolds(ctx.db, phone),
    messages: threadMessages(ctx.db, phone, MESSAGES),
  };
}

/**
 * Queues a personal answer. Refused for people who said stop or whose reply is parked; it leaves at any hour within 15 minutes of
 * their last message, later in their hours.
 */
export function replyTo(ctx: Ctx, r: { phone: PhoneE164; body: string }): { id: OutboxId; segments: number } {
  const body = toGsmFriendly(r.body.trim()).text;
  if (body === '') throw new AppError('campaign.empty-text');
  const now = ctx.clock.now();
  const states = consentOf(ctx.db, ctx.hmacKey, r.phone, now);
  const state = stateOf(states, 'marketing');
  if (states.some((s) => s.carrierStop)) throw new AppError('consent.carrier-stop');
  if (state === 'out' || state === 'hold') throw new AppError('consent.opted-out');
  const { segments } = countSegments(body);
  const id = ctx.db.tx((trx) => {
    markRead(trx, r.phone, now);
    return enqueue(trx, {
      cause: { kind: 'reply', id: `${now}-${Buffer.from(ctx.randomBytes(6)).toString('hex')}` },
      address: r.phone,
      customerId: (personOf(trx, r.phone)?.id as CustomerId | undefined) ?? null,
      messageClass: 'reply',
      body,
      segments,
      quotedPrice: null,
      notBefore: now,
      expiresAt: (now + REPLY_EXPIRES_MS) as UtcMs,
      now,
    });
  });
  if (id === null) throw new Error('a fresh reply id was taken');
  return { id, segments };
}

/** The owner's word on a parked reply. A release frees the number only when no other parked reply of it is open. */
export function decideHold(ctx: Ctx, d: { sid: string; decision: 'stop' | 'not-a-stop'; reason: string; staffId: StaffId | null }): void {
  const now = ctx.clock.now();
  withConsent(ctx, (trx) => {
    const held = inboundBySid(trx, d.sid);
    if (held?.meaning !== 'hold' || held.resolution !== null) throw new AppError('inbox.not-found');
    const who = { phone: held.from, occurredAt: now };
    if (d.decision === 'stop') {
      recordStop(ctx, trx, {
        ...who,
        method: 'owner',
        reason: d.reason || `decided: ${held.rule}`,
        carrierStop: false,
        staffId: d.staffId,
      });
      markRead(trx, held.from, now);
      return;
    }
    if (d.reason.trim() === '') throw new AppError('input.invalid', { field: 'reason' });
    resolveHold(trx, d.sid, 'not-a-stop', now);
    if (openHolds(trx, held.from).length === 0) releaseHold(ctx, trx, { ...who, staffId: d.staffId, reason: d.reason.trim() });
  });
  ctx.changed('inbox', 'reports');
}

export function markThreadRead(ctx: Ctx, phone: PhoneE164): void {
  ctx.db.tx((trx) => markRead(trx, phone, ctx.clock.now()));
}
