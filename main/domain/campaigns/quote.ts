import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Micros } from '../kernel';
import { BASE_WORDS, parseWordsKey, type WordingArm, type WordsKey } from './parts';

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
  /** Of a campaign with several parts or wordings: who of them reads which, and in which part those held out are. */
  reads?: readonly { part: number; words: WordsKey; ids: string }[];
  controlOf?: readonly { part: number; ids: string }[];
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
    // quotes of one group and one wording stay what they were
    ...(q.reads ? [q.reads.map((r) => [r.part, r.words, r.ids]), (q.controlOf ?? []).map((c) => [c.part, c.ids])] : []),
  ];
  return { ...q, token: hex(JSON.stringify(sealed)).slice(0, 32) };
}

export type Drift = 'words' | 'people' | 'price';

/** Which part and wording everybody was quoted in. */
export interface Quoted {
  text: ReadonlyMap<number, { part: number; words: WordsKey }>;
  control: ReadonlyMap<number, number>;
}

/** Packs who reads what; nothing to tell where there is one part and one wording. */
export function packReads(
  text: readonly { id: number; part: number; words: WordsKey }[],
  control: readonly { id: number; part: number }[],
): Pick<Quote, 'text' | 'control' | 'reads' | 'controlOf'> {
  const out = { text: packIds(text.map((p) => p.id)), control: packIds(control.map((p) => p.id)) };
  if (text.every((p) => p.part === 1 && p.words === BASE_WORDS) && control.every((p) => p.part === 1)) return out;
  const cells = new Map<string, { part: number; words: WordsKey; list: number[] }>();
  for (const p of text) {
    const key = `${p.part} ${p.words}`;
    const cell = cells.get(key);
    if (cell) cell.list.push(p.id);
    else cells.set(key, { part: p.part, words: p.words, list: [p.id] });
  }
  const parts = new Map<number, number[]>();
  for (const p of control) {
    const list = parts.get(p.part);
    if (list) list.push(p.id);
    else parts.set(p.part, [p.id]);
  }
  return {
    ...out,
    reads: [...cells.values()].map(({ part, words, list }) => ({ part, words, ids: packIds(list) })).sort(byPlace),
    controlOf: [...parts].map(([part, list]) => ({ part, ids: packIds(list) })).sort((a, b) => a.part - b.part),
  };
}

const byPlace = (a: { part: number; words: string }, b: { part: number; words: string }): number =>
  a.part - b.part || (a.words < b.words ? -1 : a.words > b.words ? 1 : 0);

/** Reads a quote's lists. */
export function quotedPeople(q: Pick<Quote, 'text' | 'control' | 'reads' | 'controlOf'>): Quoted {
  const text = new Map<number, { part: number; words: WordsKey }>();
  const control = new Map<number, number>();
  for (const id of unpackIds(q.text)) text.set(id, { part: 1, words: BASE_WORDS });
  for (const { part, words, ids } of q.reads ?? []) for (const id of unpackIds(ids)) text.set(id, { part, words });
  for (const id of unpackIds(q.control)) control.set(id, 1);
  for (const { part, ids } of q.controlOf ?? []) for (const id of unpackIds(ids)) control.set(id, part);
  return { text, control };
}

/** What would be sent now, to hold against the quote. `price` is the total for the quoted people still reachable. */
export interface NowFigures {
  words: string;
  /** `reads`: the wording they would read on either side of a test. */
  reachable: readonly { id: number; part: number; reads: (arm: WordingArm) => WordsKey }[];
  price: number;
  perSegment: number;
  currency: string;
}

/** Why a start must be refused, or null. Whoever belongs to another part by now, or would read another wording, counts as somebody new. */
export function driftFrom(quote: Quote, now: NowFigures, quoted: Quoted = quotedPeople(quote)): Drift | null {
  if (quote.words !== now.words) return 'words';
  for (const p of now.reachable) {
    const text = quoted.text.get(p.id);
    if (text) {
      if (text.part !== p.part || p.reads(parseWordsKey(text.words)?.arm ?? 'a') !== text.words) return 'people';
    } else if (quoted.control.get(p.id) !== p.part) return 'people';
  }
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
