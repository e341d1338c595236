import type { CarrierStatus } from '@ports/sms-gateway';

export type {
  CarrierName,
  LineType,
  SimAccount,
  SimBrand,
  SimCampaign,
  SimFeature,
  SimLineRule,
  SimNumber,
  SimService,
  SimWords,
} from './account-types';

/** One station of a message's life. What a message "is" at time t is its last step not after t: nothing ticks in the background. */
export interface SimStep {
  at: number;
  status: CarrierStatus;
  errorCode?: number;
}

/** A text as the practice carrier keeps it; also one line of the state file. */
export interface SimMessage {
  sid: string;
  /** Running number: ties of `createdAt` are broken by it, and the next SID is made from it. */
  n: number;
  direction: 'inbound' | 'outbound-api';
  from: string;
  to: string;
  serviceSid: string | null;
  body: string;
  segments: number;
  createdAt: number;
  /** A service shows its chosen sender and the segments only from here on. */
  senderKnownAt: number;
  steps: SimStep[];
  price: string | null;
  priceAt: number;
  /** When the sender is free again, for the queue (ms). */
  freeAt: number;
  /** What the person will answer, if anything. */
  reply?: { at: number; body: string };
  /** For an inbound text: the outbound one it answers. */
  cause?: string;
  deleted?: true;
  /** Made by somebody else on the same account. */
  foreign?: true;
  /** The daily cap it used up. */
  cap?: string;
  /** Which script decided it. */
  script?: number;
  /** A scheduled text that will fail at its time, and its plan should the reason go away. */
  kept?: { steps: SimStep[]; price: string | null };
}

/** How a message looks at one instant. */
export interface SimView {
  m: SimMessage;
  status: CarrierStatus;
  errorCode: number | null;
  from: string | null;
  segments: number;
  sentAt: number | null;
  updatedAt: number;
  price: string | null;
}

/** What a scripted or seeded person's phone does with a text. */
export type SimOutcome =
  /** `afterMs`: how long after `sent`; default seconds. */
  | { status: 'delivered' | 'read' | 'partially_delivered'; afterMs?: number }
  | { status: 'undelivered'; errorCode: number; afterMs?: number }
  | { status: 'failed'; errorCode: number; afterMs?: number }
  /** Stays so for ever. */
  | { status: 'accepted' | 'queued' | 'sending' | 'sent' };

export interface SimScript {
  /** All given patterns must match (regular expressions as text). */
  to?: string;
  body?: string;
  outcome?: SimOutcome;
  /** Creating it is refused with this code. */
  refuse?: number;
  /** What the person answers, and how long after delivery (ms). */
  reply?: { body: string; afterMs: number };
  /** How many texts it applies to; default all. */
  times?: number;
}

export interface ListOptions {
  to?: string | undefined;
  from?: string | undefined;
  sentFrom?: number | undefined;
  sentUntil?: number | undefined;
  pageSize: number;
  /** SID of the last message of the previous page. */
  after?: string | undefined;
}

/** Per recipient: what a shop must never do twice or after a STOP. Texts of others on the account do not count. */
export interface RecipientTally {
  created: number;
  /** Texts accepted although the person had stopped (must stay 0). */
  createdAfterStop: number;
  /** Attempts refused with 21610. */
  refusedAfterStop: number;
  stoppedAt?: number;
  attemptedAfterStopAt?: number;
  bodies: Record<string, number>;
}

/** A refusal with Twilio's HTTP status and code. */
export class SimRefusal extends Error {
  constructor(
    readonly httpStatus: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}
