import type { SimOutcome } from './types';

/** Why the carriers filter a text (30007); all given parts must hold. */
export interface SimFilter {
  /** Regular expression over the body, any case. */
  word?: string;
  /** The body holds a web address. */
  link?: boolean;
  /** The sender was asked for more texts than this within the minute. */
  perMinute?: number;
  /** Share of fitting texts that is filtered; default all. */
  share?: number;
  /** Default 30007. */
  code?: number;
}

/** What the carrier does differently from a quiet day. Changed by tests and the control page, kept in the state file. */
export interface SimSwitches {
  /** Texts younger than this are missing from lists (not from fetch); `share` of them, default all. */
  listLag: { ms: number; share?: number } | null;
  /** Lists show everything as it was this long ago, younger texts not at all. */
  listStaleMs: number;
  /** Lists show every text, but with its status of this long ago. */
  statusStaleMs: number;
  /** Scheduled texts are missing from lists. */
  hideScheduled: boolean;
  /** Between two pages of one reading `arrive` replies of strangers come in, and the next page repeats `overlap` rows of the last. */
  pagesShift: { arrive: number; overlap: number } | null;
  /** Share of texts whose final status goes back to `sent` for a while (0–1). */
  backwards: number;
  /** Share of delivered texts that are first told as undelivered and corrected two hours later. */
  corrected: number;
  /** Fixed delay of prices; null = seeded, a minute to a day. */
  priceDelayMs: number | null;
  /** Share of texts that never get a price. */
  unpriced: number;
  /** Added to the Date header of every answer. */
  dateSkewMs: number;
  /** Requests under way at once before 429; null = no limit. */
  maxConcurrent: number | null;
  /** How long every request takes, half before and half after the work. */
  latencyMs: number;
  /** SendAt without a service: refused with 35118, or dropped and sent at once (facts/twilio.md §1.5 has both). */
  scheduleWithoutService: 'reject' | 'send-now';
  /** A stopped recipient reached through a service: refused at once, or accepted and failed later. */
  serviceStop: 'reject' | 'fail';
  /** Local hours outside which a text is put off to the next opening, as the carrier's compliance tools do. */
  quietHours: { from: number; to: number } | null;
  /** Whether a request's SmartEncoded=false holds against a service that rewrites curly quotes and dashes, or the service wins. */
  smartEncoding: 'request' | 'service';
  /** The account keeps no words: lists and fetches tell every text with an empty body (message redaction). */
  redacted: boolean;
  /** Inbound texts are `receiving` this long. */
  receivingMs: number;
  /** The number's last four digits decide what happens to a text: 0003 → 30003 … 0099 → `sent` for ever (outcome.ts). */
  suffixes: boolean;
  /** A text that says `sim:30007` or `sim:sent` gets it. */
  markers: boolean;
  /** Share of outcomes when nothing else decides. */
  distribution: readonly { weight: number; outcome: SimOutcome }[] | null;
  filters: readonly SimFilter[];
}

export const QUIET_DAY: SimSwitches = {
  listLag: null,
  listStaleMs: 0,
  statusStaleMs: 0,
  hideScheduled: false,
  pagesShift: null,
  backwards: 0,
  corrected: 0,
  priceDelayMs: null,
  unpriced: 0,
  dateSkewMs: 0,
  maxConcurrent: null,
  latencyMs: 0,
  scheduleWithoutService: 'reject',
  serviceStop: 'reject',
  quietHours: null,
  smartEncoding: 'request',
  redacted: false,
  receivingMs: 0,
  suffixes: false,
  markers: false,
  distribution: null,
  filters: [],
};
