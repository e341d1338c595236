import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Micros } from '../kernel';

/**
 * What the owner saw and agreed to. Stored with the campaign; a start must match it (rules.md §4): people who dropped out since
 * never refuse it, but somebody new, changed words or a higher price do. Who is held out is part of it, so a drop-out never moves
 * anybody from one side to the other.
 */
export interface Quote {
  token: string;
  at: number;
  /** The hour it was made for (words, caps and windows are those of then); null = as soon as the owner presses send. */
  for?: number | null;
  /** Hash of everything that changes what is said: words, stop line, offer, shop name. */
  words: string;
  /** Packed ids (`packIds`) of who gets the text and who is held out. */
  text: string;
  control: string;
  holdoutPercent: number;
  people: number;
  heldOut: number;
  segments: number;
  /** Total and per segment, millionths of `currency`. */
  price: Micros;
  perSegment: Micros;
  currency: string;
}

export const hashWords = (parts: readonly (string | number | boolean | null)[]): string => hex(JSON.stringify(parts));

const hex = (s: string): string => bytesToHex(sha256(utf8ToBytes(s)));

/** Seals a quote: the token covers every figure in it. */
export function makeQuote(q: Omit<Quote, 'token'>): Quote {
  const sealed = [
    q.words,
    q.text,
    q.control,
    q.holdoutPercent,
    q.people,
    q.heldOut,
    q.segments,
    q.price,
    q.perSegment,
    q.currency,
    q.for ?? null,
  ];
  return { ...q, token: hex(JSON.stringify(sealed)).slice(0, 32) };
}

export type Drift = 'words' | 'people' | 'price';

/** What would be sent now, to hold against the quote. `price` is the total for the quoted people still reachable. */
export interface NowFigures {
  words: string;
  reachable: readonly number[];
  price: number;
  perSegment: number;
  currency: string;
}

/** Why a start must be refused, or null. */
export function driftFrom(quote: Quote, now: NowFigures): Drift | null {
  if (quote.words !== now.words) return 'words';
  const known = new Set([...unpackIds(quote.text), ...unpackIds(quote.control)]);
  if (now.reachable.some((id) => !known.has(id))) return 'people';
  if (now.currency !== quote.currency || now.perSegment > quote.perSegment || now.price > quote.price) return 'price';
  return null;
}

/** Ascending ids as differences in base 36: 100,000 people take about 200 kB. */
export function packIds(ids: readonly number[]): string {
  let before = 0;
  return [...ids]
    .sort((a, b) => a - b)
    .map((id) => {
      const step = id - before;
      before = id;
      return step.toString(36);
    })
    .join(' ');
}

export function unpackIds(packed: string): number[] {
  if (packed === '') return [];
  let at = 0;
  return packed.split(' ').map((step) => {
    at += Number.parseInt(step, 36);
    return at;
  });
}
