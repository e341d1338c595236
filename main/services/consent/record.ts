import type { Trx } from '@db/open';
import { keptWording, lastDoubleOptIn, personOf } from '@db/queries/consent';
import { customersByPhone } from '@db/queries/customers';
import { resolveHolds } from '@db/queries/inbox';
import { cancelWaiting } from '@db/queries/outbox';
import { confirmationOwed } from '@db/queries/outbox-sender';
import { topicOf } from '@db/queries/topics';
import { shopDay } from '@domain/calendar';
import { DOUBLE_OPT_IN_EVERY_MS } from '@domain/consent/gate';
import { sha256Hex } from '@domain/consent/hmac';
import { isMinor } from '@domain/consent/minors';
import { CARRIER_STOP, type FoldedState, stateOf } from '@domain/consent/status';
import type { Language, Wording } from '@domain/consent/wording';
import { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { appendEvent, type ConsentTrx, type LedgerDraft } from './ledger';
import { consentOf } from './read';
import { currentWording, queueText, signShown } from './texts';

interface Inbound {
  inboundSid?: string;
  inboundText?: string;
}
interface Who {
  phone: PhoneE164;
  occurredAt: UtcMs;
  language?: Language;
  customerId?: CustomerId | null;
}
interface AtCounter {
  staffId?: StaffId | null;
  device?: string;
  name?: string | null;
  /** YYYY-MM-DD or --MM-DD; a known age under 18 is refused. */
  birthday?: string | null;
}

const evidence = (i: Inbound & { name?: string | null; photo?: Uint8Array | null }): NonNullable<LedgerDraft['evidence']> => ({
  name: i.name ?? null,
  inboundSid: i.inboundSid ?? null,
  inboundText: i.inboundText ?? null,
  photo: i.photo ?? null,
});

/** Under 18 is refused, whatever the way in (rules.md §1). */
export function refuseMinor(ctx: Ctx, birthday: string | null | undefined): void {
  if (isMinor(birthday ?? null, shopDay(ctx.clock.now(), ctx.settings().shop.zone))) throw new AppError('consent.under-age');
}

/** Everybody we know at this number is known to be under 18. With a grown-up, or somebody whose age we do not know, it may be theirs. */
export function onlyMinorsAt(ctx: Ctx, trx: Trx, phone: PhoneE164): boolean {
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  const people = customersByPhone(trx, phone);
  return people.length > 0 && people.every((c) => isMinor(c.birthday, today));
}

export interface SignUp extends Who, AtCounter, Inbound {
  /** screen: they typed and ticked · join-text: from their own phone · paper: signed and photographed. */
  method: 'screen' | 'join-text' | 'paper';
  /** `service` = the box "text me about this order". */
  purpose?: 'marketing' | 'service';
  topics?: readonly string[];
  promiseMax?: number;
  /** Hash of the wording they saw; must be the one in force. Left out for a text: they read the sign whose word they texted (`device`). */
  wordingHash?: string;
  photo?: Uint8Array | null;
}

/**
 * The customer's own yes. `in`: may be texted, a confirmation is on its way. `needs-start`: the carrier blocks the number since an
 * earlier STOP; recorded as pending until they text START themselves.
 */
export function recordSignUp(ctx: Ctx, trx: ConsentTrx, s: SignUp): { outcome: 'in' | 'needs-start'; eventId: number } {
  refuseMinor(ctx, s.birthday);
  if (onlyMinorsAt(ctx, trx, s.phone)) throw new AppError('consent.under-age');
  const language = s.language ?? 'en';
  const sign = s.method === 'join-text' ? signShown(ctx, s.device ?? '', language) : null;
  const promiseMax = s.promiseMax ?? sign?.promiseMax ?? ctx.settings().courtesy.promisePerMonth;
  const current = sign?.wording ?? currentWording(ctx, 'sign-up', language, promiseMax);
  // A form was signed under what was printed on it: any wording that was once in force.
  const printed = s.method === 'paper' && s.wordingHash !== current.hash ? keptWording(trx, s.wordingHash ?? '') : null;
  const wording = printed?.kind === 'sign-up' ? printed : current;
  if (s.wordingHash !== undefined && s.wordingHash !== wording.hash) throw new AppError('input.invalid', { field: 'wording' });
  const purpose = s.purpose ?? 'marketing';
  const before = stateOf(consentOf(trx, ctx.hmacKey, s.phone, ctx.clock.now()), purpose);
  const { eventId, states } = appendEvent(ctx, trx, {
    phone: s.phone,
    purpose,
    kind: 'signed-up',
    method: s.method,
    promiseMax,
    topics: s.topics ?? [],
    language,
    wording,
    staffId: s.staffId ?? null,
    device: s.device ?? '',
    occurredAt: s.occurredAt,
    evidence: evidence(s),
  });
  const after = states.find((x) => x.purpose === purpose);
  endHolds(trx, s.phone, states);
  if (after?.state === 'in' && before !== 'in' && purpose === 'marketing') {
    // by the word of a club: it is answered with the club's name
    const [only, ...more] = s.method === 'join-text' ? (s.topics ?? []) : [];
    const club = only !== undefined && more.length === 0 ? topicOf(trx, only)?.name[language] : undefined;
    confirm(ctx, trx, s, eventId, after.promiseMax, club);
  }
  return { outcome: after?.state === 'in' ? 'in' : 'needs-start', eventId };
}

/** Their own act after a parked reply has decided it. */
function endHolds(trx: ConsentTrx, phone: PhoneE164, states: readonly FoldedState[]): void {
  if (!states.some((s) => s.state === 'hold')) resolveHolds(trx, phone, 'not-a-stop');
}

function confirm(ctx: Ctx, trx: ConsentTrx, w: Who, eventId: number, promiseMax: number | null, club?: string): void {
  queueText(ctx, trx, {
    kind: 'confirmation',
    phone: w.phone,
    causeId: String(eventId),
    language: w.language ?? 'en',
    causedAt: w.occurredAt,
    promiseMax,
    club,
    ...(w.customerId === undefined ? {} : { customerId: w.customerId }),
  });
}

/**
 * Said to the clerk: one text asks them to answer Y. `asked-recently`: a question went to this number within 90 days and was not
 * answered; they can still tick on the screen or text JOIN. Throws for numbers that said stop: only their own act helps.
 */
export function recordDoubleOptInAsked(
  ctx: Ctx,
  trx: ConsentTrx,
  a: Who & AtCounter & { topics?: readonly string[]; promiseMax?: number },
): { outcome: 'asked' | 'already-in' | 'asked-recently'; eventId: number | null } {
  refuseMinor(ctx, a.birthday);
  if (onlyMinorsAt(ctx, trx, a.phone)) throw new AppError('consent.under-age');
  const now = ctx.clock.now();
  const states = consentOf(trx, ctx.hmacKey, a.phone, now);
  if (states.some((s) => s.carrierStop)) throw new AppError('consent.carrier-stop');
  const state = stateOf(states, 'marketing');
  if (state === 'out' || state === 'hold') throw new AppError('consent.opted-out');
  if (state === 'in') return { outcome: 'already-in', eventId: null };
  if (state === 'pending') return { outcome: 'asked', eventId: states.find((s) => s.purpose === 'marketing')?.eventId ?? null };
  const last = lastDoubleOptIn(trx, a.phone);
  if (last !== null && now - last < DOUBLE_OPT_IN_EVERY_MS) return { outcome: 'asked-recently', eventId: null };
  const language = a.language ?? 'en';
  const promiseMax = a.promiseMax ?? ctx.settings().courtesy.promisePerMonth;
  const { eventId } = appendEvent(ctx, trx, {
    phone: a.phone,
    purpose: 'marketing',
    kind: 'asked',
    method: 'clerk',
    promiseMax,
    topics: a.topics ?? [],
    language,
    wording: currentWording(ctx, 'double-opt-in', language, promiseMax),
    staffId: a.staffId ?? null,
    device: a.device ?? '',
    occurredAt: a.occurredAt,
    evidence: evidence({ name: a.name ?? null }),
  });
  queueText(ctx, trx, {
    kind: 'double-opt-in',
    phone: a.phone,
    causeId: String(eventId),
    language,
    causedAt: a.occurredAt,
    promiseMax,
    ...(a.customerId === undefined ? {} : { customerId: a.customerId }),
  });
  return { outcome: 'asked', eventId };
}

/** Their "Y" to a pending question; nothing happens without one. */
export function recordAgreed(ctx: Ctx, trx: ConsentTrx, a: Who & Inbound): { agreed: boolean } {
  const pending = consentOf(trx, ctx.hmacKey, a.phone, ctx.clock.now()).find((s) => s.purpose === 'marketing' && s.state === 'pending');
  if (!pending || pending.carrierStop) return { agreed: false };
  const { eventId, states } = appendEvent(ctx, trx, {
    phone: a.phone,
    purpose: 'marketing',
    kind: 'agreed',
    method: 'reply',
    promiseMax: pending.promiseMax,
    language: a.language ?? 'en',
    wording: currentWording(ctx, 'double-opt-in', a.language ?? 'en', pending.promiseMax ?? undefined),
    occurredAt: a.occurredAt,
    evidence: evidence(a),
  });
  if (stateOf(states, 'marketing') !== 'in') return { agreed: false };
  confirm(ctx, trx, a, eventId, pending.promiseMax);
  return { agreed: true };
}

/** Their "no" to a pending question. */
export function recordDeclined(ctx: Ctx, trx: ConsentTrx, a: Who & Inbound): void {
  appendEvent(ctx, trx, {
    phone: a.phone,
    purpose: 'marketing',
    kind: 'declined',
    method: 'reply',
    occurredAt: a.occurredAt,
    evidence: evidence(a),
  });
}

export interface Stop extends Who, Inbound {
  /** reply: they texted it · counter/owner: they told us · carrier: error 21610 · import: a stop list · system: a hold ran out. */
  method: 'reply' | 'counter' | 'owner' | 'carrier' | 'import' | 'system';
  reason: string;
  /** The carrier blocks the number by itself: only their START lifts it. */
  carrierStop: boolean;
  staffId?: StaffId | null;
  device?: string;
}

/**
 * No more texts of any kind to this number. What waits for it is cancelled in the same transaction. Said again by the customer it
 * is written again (evidence); told again by the carrier or a list it is not.
 */
export function recordStop(ctx: Ctx, trx: ConsentTrx, s: Stop): { cancelled: number; wasOut: boolean; eventId: number | null } {
  const before = consentOf(trx, ctx.hmacKey, s.phone, ctx.clock.now());
  const wasOut = stateOf(before, 'marketing') === 'out';
  const known = wasOut && (!s.carrierStop || before.some((x) => x.carrierStop));
  const repeated = known && (s.method === 'carrier' || s.method === 'import' || s.method === 'system');
  let eventId: number | null = null;
  if (!repeated) {
    const marked = s.reason.startsWith(CARRIER_STOP);
    eventId = appendEvent(ctx, trx, {
      phone: s.phone,
      purpose: 'all',
      kind: 'stopped',
      method: s.method,
      reason: s.carrierStop && !marked ? `${CARRIER_STOP}: ${s.reason}` : !s.carrierStop && marked ? `said ${s.reason}` : s.reason,
      staffId: s.staffId ?? null,
      device: s.device ?? '',
      language: s.language ?? 'en',
      occurredAt: s.occurredAt,
      evidence: evidence({ ...s, name: personOf(trx, s.phone)?.name ?? null }),
    }).eventId;
  }
  resolveHolds(trx, s.phone, 'stop');
  return { cancelled: cancelWaiting(trx, s.phone, 'opted-out', ctx.clock.now()), wasOut, eventId };
}

/** Why the ledger says stop when a number has somebody else now: what the former holder permitted is over for good (status.ts). */
export const NEW_HOLDER = 'new-holder';

/**
 * The number belongs to somebody else now: whoever has it wrote so, or the shop was told. Everything the former holder permitted ends
 * and no START brings it back; the new holder begins a line of their own by their own sign-up.
 */
export function recordNewHolder(
  ctx: Ctx,
  trx: ConsentTrx,
  h: Who & Inbound & { method: 'reply' | 'counter' | 'owner'; staffId?: StaffId | null; device?: string },
): { cancelled: number } {
  const { cancelled } = recordStop(ctx, trx, { ...h, reason: NEW_HOLDER, carrierStop: false });
  return { cancelled };
}

/**
 * They texted START, UNSTOP or YES: stops of any kind end, the earlier scope is back. `confirmed`: a confirmation that the stop had
 * called off is on its way after all. Returns the states after it.
 */
export function recordRestart(ctx: Ctx, trx: ConsentTrx, r: Who & Inbound): { states: FoldedState[]; eventId: number; confirmed: boolean } {
  const { states, eventId } = appendEvent(ctx, trx, {
    phone: r.phone,
    purpose: 'all',
    kind: 'restarted',
    method: 'reply',
    language: r.language ?? 'en',
    occurredAt: r.occurredAt,
    evidence: evidence(r),
  });
  endHolds(trx, r.phone, states);
  return { states, eventId, confirmed: confirmIfOwed(ctx, trx, r, eventId, states) };
}

/** Nobody gets offers before they were told what they signed up for: a confirmation called off by a stop or a hold is made up for. */
function confirmIfOwed(ctx: Ctx, trx: ConsentTrx, w: Who, eventId: number, states: readonly FoldedState[]): boolean {
  const marketing = states.find((s) => s.purpose === 'marketing');
  if (marketing?.state !== 'in' || !confirmationOwed(trx, w.phone)) return false;
  confirm(ctx, trx, w, eventId, marketing.promiseMax);
  return true;
}

/** A weak stop word: suppressed at once, the owner decides; undecided after 10 business days it is a stop. */
export function recordHold(ctx: Ctx, trx: ConsentTrx, h: Who & Inbound & { rule: string }): { until: UtcMs | null } {
  const { states } = appendEvent(ctx, trx, {
    phone: h.phone,
    purpose: 'all',
    kind: 'held',
    method: 'reply',
    reason: h.rule,
    occurredAt: h.occurredAt,
    evidence: evidence(h),
  });
  cancelWaiting(trx, h.phone, 'held', ctx.clock.now());
  return { until: states.find((s) => s.purpose === 'marketing' && s.state === 'hold')?.expiresAt ?? null };
}

/** The owner read it and says it was no request to stop; why is kept. */
export function releaseHold(ctx: Ctx, trx: ConsentTrx, h: Who & { staffId: StaffId | null; reason: string }): void {
  const { eventId, states } = appendEvent(ctx, trx, {
    phone: h.phone,
    purpose: 'all',
    kind: 'hold-released',
    method: 'owner',
    reason: h.reason,
    staffId: h.staffId,
    occurredAt: h.occurredAt,
  });
  confirmIfOwed(ctx, trx, h, eventId, states);
}

// — imports —

export interface Attested extends Who {
  importId: number;
  topics?: readonly string[];
  promiseMax?: number;
  /** How, by the owner's own statement: "paper form", "old text club", … */
  how: string;
  /** What people were shown then, as the owner remembers or pastes it. */
  wordingText: string;
  staffId: StaffId | null;
  name?: string | null;
  birthday?: string | null;
}

const importReason = (importId: number) => `import:${importId}`;

/**
 * A yes that stands in an imported row and that the owner vouched for. It never turns a stop, a refusal, a hold or a doubt into a
 * yes: then nothing is written and `kept` says so.
 */
export function attestImported(ctx: Ctx, trx: ConsentTrx, a: Attested): { outcome: 'in' | 'kept' } {
  const { shop, courtesy } = ctx.settings();
  if (isMinor(a.birthday ?? null, shopDay(ctx.clock.now(), shop.zone))) return { outcome: 'kept' };
  const before = consentOf(trx, ctx.hmacKey, a.phone, ctx.clock.now()).find((s) => s.purpose === 'marketing');
  if (before && before.state !== 'never') return { outcome: 'kept' };
  const wording: Wording = {
    kind: 'sign-up',
    language: a.language ?? 'en',
    version: 0,
    text: a.wordingText,
    hash: sha256Hex(a.wordingText),
  };
  const { states } = appendEvent(ctx, trx, {
    phone: a.phone,
    purpose: 'marketing',
    kind: 'attested',
    method: 'import',
    promiseMax: a.promiseMax ?? courtesy.promisePerMonth,
    topics: a.topics ?? [],
    language: a.language ?? 'en',
    wording,
    reason: importReason(a.importId),
    staffId: a.staffId,
    device: a.how,
    occurredAt: a.occurredAt,
    evidence: evidence({ name: a.name ?? null }),
  });
  return { outcome: stateOf(states, 'marketing') === 'in' ? 'in' : 'kept' };
}

/** Undoing an import takes back what that import vouched for, by a new event. */
export function undoAttested(
  ctx: Ctx,
  trx: ConsentTrx,
  u: { phone: PhoneE164; importId: number; staffId: StaffId | null; topics?: readonly string[] },
): void {
  appendEvent(ctx, trx, {
    phone: u.phone,
    purpose: 'marketing',
    kind: 'attest-undone',
    method: 'import',
    topics: u.topics ?? [],
    reason: importReason(u.importId),
    staffId: u.staffId,
    occurredAt: ctx.clock.now(),
  });
}
