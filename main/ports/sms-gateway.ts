import type { Micros, PhoneE164, UtcMs } from '@domain/kernel';

/** Where texts leave from: one number, or a Messaging Service that picks one. */
export type Sender = { kind: 'number'; number: PhoneE164 } | { kind: 'service'; sid: string };

export type CarrierStatus =
  | 'accepted'
  | 'scheduled'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'delivered'
  | 'undelivered'
  | 'failed'
  | 'canceled'
  | 'read'
  | 'partially_delivered'
  | 'receiving'
  | 'received';

/** A message as the carrier tells it, in our units. */
export interface CarrierMessage {
  sid: string;
  direction: 'inbound' | 'outbound';
  /** The carrier's own answer to STOP, HELP or START: nobody's text. */
  automatic?: true;
  from: string | null;
  to: string;
  messagingServiceSid: string | null;
  body: string;
  /** The carrier kept no words of it (its owner switched that off, or emptied it there): empty, and no picture either. */
  wordless?: true;
  status: CarrierStatus;
  errorCode: number | null;
  /** 0 until a service has chosen its sender. */
  segments: number;
  /** Positive millionths of `priceCurrency`; null until the carrier has priced it (up to 24 h). */
  price: Micros | null;
  priceCurrency: string | null;
  createdAt: UtcMs;
  sentAt: UtcMs | null;
  updatedAt: UtcMs;
}

interface Text {
  to: PhoneE164;
  body: string;
  /** Seconds the carrier may keep it queued once it is to leave, 5–36,000. */
  validitySeconds: number;
}

/**
 * One POST. A time can only be given together with a Messaging Service: with a plain number the carrier may drop the time without a
 * word and send at once (facts/twilio.md §1.5). The adapter refuses it once more at run time (35118, nothing is posted).
 */
export type SendRequest =
  | (Text & { sender: Sender; sendAt?: never })
  | (Text & { sender: Extract<Sender, { kind: 'service' }> /** Held by the carrier until then. */; sendAt: UtcMs });

/**
 * What became of asking the carrier not to send a text it holds: it will not; it is on its way or gone (`too-late`); it has no such
 * text any more (`gone`).
 */
export type CancelOutcome = 'cancelled' | 'too-late' | 'gone';

/** What one POST can mean (rules.md §4). Only `not-sent` may be tried again by itself. */
export type SendOutcome =
  | { kind: 'accepted'; message: CarrierMessage }
  | { kind: 'rejected'; code: number; httpStatus: number }
  | { kind: 'not-sent'; why: 'rate-limited' | 'unreachable'; retryAfterMs: number | null }
  | { kind: 'uncertain'; why: 'timeout' | 'reset' | 'server-error' | 'broken-answer'; httpStatus: number | null };

export interface MessagePage {
  messages: CarrierMessage[];
  /** Opaque; pass to `nextPage`. */
  next: string | null;
}

/** What was asked of the carrier since this gateway was made. Every HTTP request counts, repeated ones too. */
export interface CarrierTraffic {
  send: number;
  list: number;
  fetch: number;
  other: number;
}

/** How far this computer's clock was from the carrier's when it last answered. */
export interface ClockReading {
  /** ms; positive = this computer is ahead (domain/desktop/clock-check.ts). */
  skewMs: number;
  /** When, by this computer's clock. */
  at: UtcMs;
  /** Counts up: tells a new reading from the one before. */
  seq: number;
}

export interface ListFilter {
  to?: string;
  from?: string;
  sentAfter?: UtcMs;
  sentBefore?: UtcMs;
  pageSize?: number;
}

export interface OwnedNumber {
  number: PhoneE164;
  sms: boolean;
  kind: 'long-code' | 'toll-free' | 'short-code';
  /** Messaging Service it sits in, if any. */
  serviceSid: string | null;
}

export interface OwnedService {
  sid: string;
  name: string;
  numbers: PhoneE164[];
  /** False when replies would not be logged (no inbound URL and no "defer to number"): rules.md §4 trap. */
  logsReplies: boolean;
}

export type Capability = 'messages' | 'numbers' | 'services' | 'pricing' | 'balance' | 'lookup';
export interface ProbeResult {
  /** 'no' = the key may not; 'unknown' = could not be asked just now. */
  capabilities: Record<Capability, 'yes' | 'no' | 'unknown'>;
  numbers: OwnedNumber[];
  services: OwnedService[];
  balance: { amount: Micros; currency: string } | null;
}

export interface SmsPrice {
  country: string;
  currency: string;
  /** Highest current list price of one outbound segment, and of one inbound. */
  outbound: Micros;
  inbound: Micros | null;
}

/**
 * The carrier. Every method but `send` throws AppError('sms.refused-key' | 'sms.unreachable' | 'sms.rejected') — sanitised,
 * without numbers, bodies or credentials. `send` never throws: its outcome says what may have happened.
 */
export interface SmsGateway {
  readonly accountSid: string;
  /** Counters since it was made; absent in stand-ins. */
  traffic?(): Readonly<CarrierTraffic>;
  /** The newest comparison of clocks; null before the first answer, absent where nobody compares. */
  clockReading?(): ClockReading | null;
  send(request: SendRequest): Promise<SendOutcome>;
  list(filter: ListFilter): Promise<MessagePage>;
  nextPage(next: string): Promise<MessagePage>;
  fetch(sid: string): Promise<CarrierMessage | null>;
  /** Asks that a scheduled text is not sent. Safe to repeat. Throws like every other method when there was no clear answer. */
  cancel(sid: string): Promise<CancelOutcome>;
  probe(): Promise<ProbeResult>;
  price(country: string): Promise<SmsPrice>;
  balance(): Promise<{ amount: Micros; currency: string }>;
  /** Makes a Messaging Service log replies (UseInboundWebhookOnNumber), with the owner's consent. */
  letServiceLogReplies(serviceSid: string): Promise<void>;
}
