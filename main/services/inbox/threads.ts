import { personOf } from '@db/queries/consent';
import { tasksOfAddress } from '@db/queries/counter-tasks';
import { nearest } from '@db/queries/customer-search';
import { customerById } from '@db/queries/customers';
import { type InboundRow, inboundBySid, markRead, openHolds, readInboundPoll, resolveHold } from '@db/queries/inbox';
import { enqueue } from '@db/queries/outbox';
import { lastInboundAt } from '@db/queries/outbox-sender';
import { letLeaveAnyway, waitingReply } from '@db/queries/reply-anyway';
import {
  closeThread,
  type PermissionEvent,
  type PersonAt,
  peopleAt,
  permissionEvents,
  reopenThread,
  type ThreadFilter,
  type ThreadLine,
  type ThreadMessage,
  threadCounts,
  threadMessages,
  threadPage,
  threadState,
  unreadThreads,
} from '@db/queries/threads';
import { localTime } from '@domain/calendar';
import { countSegments, toGsmFriendly } from '@domain/campaigns/sms-text';
import { greetingName } from '@domain/campaigns/template';
import { type ConsentState, stateOf } from '@domain/consent/status';
import type { TaskKind, TaskOutcome } from '@domain/counter/task';
import { AppError } from '@domain/errors';
import { hoursLine, type ReplyField } from '@domain/inbox/reply-template';
import { type CustomerId, DAY, type Micros, type OutboxId, type PhoneE164, type StaffId, type UtcMs } from '@domain/kernel';
import { consentOf, recordStop, releaseHold, withConsent } from '../consent';
import { realTextsReach, whyNotNow } from '../consent/may-text';
import type { Ctx, Session } from '../ctx';
import { wakeSender } from '../outbox/sender-state';

const MESSAGES = 100;
const EVENTS = 100;
const REPLY_EXPIRES_MS = 3 * DAY;
/** People a name may mean; their numbers are looked for among the conversations. */
const NAMED = 200;
/** What nobody answered for this long waits for nobody any more. */
const WAITS_MS = 30 * DAY;
const waitsSince = (ctx: Ctx): UtcMs => (ctx.clock.now() - WAITS_MS) as UtcMs;

export interface ParkedReply extends InboundRow {
  name: string;
}
export interface Inbox {
  threads: ThreadLine[];
  /** Conversations this filter and search show. */
  total: number;
  /** Waiting for "stop texting them" or "not a stop request", oldest first. */
  parked: ParkedReply[];
  counts: { needsYou: number; parked: number; unread: number };
  checkedAt: UtcMs | null;
  lastError: string | null;
}

/** Conversations, newest first, and the parked replies beside them. */
export function listInbox(ctx: Ctx, page: { filter: ThreadFilter; q: string; offset: number; limit: number }): Inbox {
  const poll = readInboundPoll(ctx.db);
  const q = page.q.trim();
  const phones = q.length < 2 ? [] : nearest(ctx.db, q, NAMED).flatMap((id) => customerById(ctx.db, id)?.phone ?? []);
  const { rows, total } = threadPage(ctx.db, { ...page, q, phones, waitsSince: waitsSince(ctx) });
  return {
    threads: rows,
    total,
    parked: openHolds(ctx.db).map((h) => ({ ...h, name: personOf(ctx.db, h.from)?.name ?? '' })),
    counts: threadCounts(ctx.db, waitsSince(ctx)),
    checkedAt: poll.lastSuccessAt,
    lastError: poll.lastError,
  };
}

/** Conversations with something unread or parked: the number in the rail. */
export const unreadConversations = (ctx: Ctx): number => unreadThreads(ctx.db);

export interface ThreadTask {
  id: number;
  at: UtcMs;
  kind: TaskKind;
  words: string;
  state: 'open' | 'done' | 'dropped';
  outcome: TaskOutcome | null;
  doneAt: UtcMs | null;
  doneBy: string | null;
}

export interface Thread {
  phone: PhoneE164;
  customerId: CustomerId | null;
  name: string;
  /** Everybody at this number; families share one. */
  people: PersonAt[];
  state: ConsentState;
  carrierStop: boolean;
  mayReply: boolean;
  /** Messages nobody has read. */
  unread: number;
  /** A message waits for a person's answer. */
  waiting: boolean;
  parked: InboundRow[];
  messages: ThreadMessage[];
  /** Earlier messages exist. */
  more: boolean;
  permission: PermissionEvent[];
  tasks: ThreadTask[];
  language: 'en' | 'es';
  /** What the blanks of an answer stand for, for whoever is written to. */
  fields: Record<ReplyField, string>;
  /** Of one part of a text, in the carrier's currency. */
  price: { perSegment: Micros; currency: string };
}

const FOREVER = Number.MAX_SAFE_INTEGER as UtcMs;

export function readThread(ctx: Ctx, phone: PhoneE164): Thread {
  const { messages, more } = threadMessages(ctx.db, phone, FOREVER, MESSAGES);
  const people = peopleAt(ctx.db, phone, (personOf(ctx.db, phone)?.id as CustomerId | undefined) ?? null);
  const [person] = people;
  const states = consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now());
  const state = stateOf(states, 'marketing');
  const carrierStop = states.some((s) => s.carrierStop);
  const { shop, texting } = ctx.settings();
  const language = person?.language ?? 'en';
  return {
    phone,
    customerId: person?.id ?? null,
    name: person?.name ?? '',
    people,
    state,
    carrierStop,
    mayReply: !carrierStop && state !== 'out' && state !== 'hold' && realTextsReach(ctx, phone),
    ...threadState(ctx.db, phone, waitsSince(ctx)),
    parked: openHolds(ctx.db, phone),
    messages,
    more,
    permission: permissionEvents(ctx.db, phone, EVENTS),
    tasks: tasksOfAddress(ctx.db, phone).map((t) => ({
      id: t.id,
      at: t.createdAt,
      kind: t.kind,
      words: t.words,
      state: t.state,
      outcome: t.outcome,
      doneAt: t.doneAt,
      doneBy: t.doneBy,
    })),
    language,
    // whoever shares a number is not greeted by a name that may be another's
    fields: {
      'first name': people.length === 1 ? greetingName(person?.firstName ?? '') : '',
      shop: shop.name,
      hours: hoursLine(shop.hours, language),
    },
    price: { perSegment: texting.pricePerSegment, currency: texting.priceCurrency },
  };
}

/** What was said before the oldest message on screen. */
export const readEarlier = (ctx: Ctx, phone: PhoneE164, before: UtcMs): { messages: ThreadMessage[]; more: boolean } =>
  threadMessages(ctx.db, phone, before, MESSAGES);

export interface Answered {
  id: OutboxId;
  segments: number;
  /** When it leaves if nothing changes; null = nobody can say (sender not approved yet). */
  leavesAt: UtcMs | null;
}

/**
 * Queues a personal answer. Refused for people who said stop or whose reply is parked. It leaves at any hour within 15 minutes of their
 * last message; later it waits for their hours, unless the owner was told so and sends it all the same (`hours: 'now'`), which is kept.
 * @throws AppError campaign.empty-text | inbox.not-found (they never wrote) | consent.carrier-stop | consent.opted-out
 *   | customer.bad-phone {why: country}
 */
export function replyTo(ctx: Ctx, session: Session, r: { phone: PhoneE164; body: string; hours: 'wait' | 'now'; pay?: true }): Answered {
  const body = toGsmFriendly(r.body.trim()).text;
  if (body === '') throw new AppError('campaign.empty-text');
  // an answer needs no permission only because they began the conversation
  if (lastInboundAt(ctx.db, r.phone) === null) throw new AppError('inbox.not-found');
  const now = ctx.clock.now();
  const states = consentOf(ctx.db, ctx.hmacKey, r.phone, now);
  const state = stateOf(states, 'marketing');
  if (states.some((s) => s.carrierStop)) throw new AppError('consent.carrier-stop');
  if (state === 'out' || state === 'hold') throw new AppError('consent.opted-out');
  if (!realTextsReach(ctx, r.phone)) throw new AppError('customer.bad-phone', { why: 'country' });
  const { segments } = countSegments(body);
  const customerId = (personOf(ctx.db, r.phone)?.id as CustomerId | undefined) ?? null;
  const id = ctx.db.tx((trx) => {
    // a link to pay answers no question: what they wrote stays with whoever has to read it
    if (!r.pay) markRead(trx, r.phone, now);
    const added = enqueue(trx, {
      cause: { kind: 'reply', id: `${r.pay ? 'pay:' : ''}${now}-${Buffer.from(ctx.randomBytes(6)).toString('hex')}` },
      address: r.phone,
      customerId,
      messageClass: 'reply',
      body,
      segments,
      quotedPrice: null,
      notBefore: now,
      expiresAt: (now + REPLY_EXPIRES_MS) as UtcMs,
      now,
    });
    if (added === null) throw new Error('a fresh reply id was taken');
    return added;
  });
  const when = whyNotNow(ctx, { customerId, phone: r.phone }, 'reply');
  if (r.hours === 'now' && when.kind === 'later') sendAnyway(ctx, session, id);
  else wakeSender(ctx);
  const waits = when.kind === 'later' && !(r.hours === 'now' && when.why.every((w) => w.reason === 'quiet-hours'));
  return { id, segments, leavesAt: waits ? when.at : now };
}

const two = (n: number) => String(n).padStart(2, '0');

/**
 * The owner was told what time it is there and lets a waiting answer leave now.
 * @throws AppError outbox.not-found
 */
export function sendAnyway(ctx: Ctx, session: Session, id: OutboxId): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const row = waitingReply(trx, id);
    if (!row) throw new AppError('outbox.not-found');
    const when = whyNotNow(ctx, { customerId: null, phone: row.address }, 'reply');
    const clocks = when.zones.map((zone) => {
      const t = localTime(now, zone);
      return `${two(t.hour)}:${two(t.minute)}`;
    });
    letLeaveAnyway(trx, {
      id,
      saidAt: now,
      staffId: session.staffId,
      localTime: [...new Set(clocks)].join(' / '),
      opensAt: when.kind === 'later' ? when.at : null,
    });
  });
  wakeSender(ctx);
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

/** "Nothing to do here": read, and out of what needs the owner until they write again. */
export function closeConversation(ctx: Ctx, session: Session, phone: PhoneE164): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    markRead(trx, phone, now);
    closeThread(trx, phone, now, session.staffId);
  });
}

/** Takes it back. */
export function reopenConversation(ctx: Ctx, phone: PhoneE164): void {
  ctx.db.tx((trx) => reopenThread(trx, phone));
}
