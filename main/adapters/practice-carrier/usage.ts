import { type MessageStore, viewAt } from './store';

/** One line of Usage/Records. */
export interface UsageRow {
  category: string;
  description: string;
  count: number;
  unit: string;
  usage: number;
  usageUnit: string;
  micros: number;
  /** First and last day, UTC. */
  from: string;
  to: string;
}

interface Sum {
  count: number;
  usage: number;
  micros: number;
}

/** A paid look-up. */
export interface SimLookup {
  at: number;
  micros: number;
}

const DAY = 86_400_000;
/** Of a segment's price, what is passed on to the carriers. */
const CARRIER_FEE_MICROS = 3000;

export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

const CATEGORIES: readonly (readonly [category: string, description: string, unit: string, usageUnit: string])[] = [
  ['sms', 'SMS', 'messages', 'segments'],
  ['sms-outbound', 'Outbound SMS', 'messages', 'segments'],
  ['sms-inbound', 'Inbound SMS', 'messages', 'segments'],
  ['sms-messages-carrierfees', 'SMS Carrier Fees', 'messages', 'segments'],
  ['lookups', 'Lookups', 'lookups', 'lookups'],
  ['totalprice', 'Total Price', '', 'usd'],
];

/** `2026-11-01`, or `-30days` as Twilio also takes it; null when it is neither. */
export function usageDay(text: string, now: number): string | null {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(startOf(text))) return text;
  const back = /^-(\d{1,4})days$/.exec(text);
  return back ? dayOf(now - Number(back[1]) * DAY) : null;
}

/**
 * What was used, by days of UTC. `step` cuts the span into days or months. A text counts from its sending, its price from when it
 * was priced: the figures of the last hours are too low, as the real ones are.
 */
export function usageRows(
  store: MessageStore,
  lookups: readonly SimLookup[],
  now: number,
  o: { from: string; to: string; step: 'all' | 'day' | 'month'; category?: string | undefined },
): UsageRow[] {
  const key = (at: number) => (o.step === 'day' ? dayOf(at) : o.step === 'month' ? dayOf(at).slice(0, 7) : 'all');
  const sums = new Map<string, Map<string, Sum>>();
  const add = (at: number, category: string, count: number, usage: number, micros: number) => {
    const day = dayOf(at);
    if (day < o.from || day > o.to) return;
    const span = sums.get(key(at)) ?? new Map<string, Sum>();
    sums.set(key(at), span);
    const sum = span.get(category) ?? { count: 0, usage: 0, micros: 0 };
    span.set(category, { count: sum.count + count, usage: sum.usage + usage, micros: sum.micros + micros });
  };
  for (const m of store.messages()) {
    if (m.createdAt > now) continue;
    const v = viewAt(m, now);
    const price = v.price === null ? 0 : Math.round(-Number(v.price) * 1e6);
    if (v.sentAt === null && price === 0) continue;
    const at = v.sentAt ?? m.createdAt;
    const fee = m.direction === 'inbound' || v.sentAt === null || price === 0 ? 0 : CARRIER_FEE_MICROS * m.segments;
    add(at, 'sms', 1, m.segments, price - fee);
    add(at, m.direction === 'inbound' ? 'sms-inbound' : 'sms-outbound', 1, m.segments, price - fee);
    if (fee > 0) add(at, 'sms-messages-carrierfees', 1, m.segments, fee);
    add(at, 'totalprice', 0, 0, price);
  }
  for (const l of lookups) {
    add(l.at, 'lookups', 1, 1, l.micros);
    add(l.at, 'totalprice', 0, 0, l.micros);
  }
  const rows: UsageRow[] = [];
  for (const span of spans(o)) {
    for (const [category, description, unit, usageUnit] of CATEGORIES) {
      if (o.category !== undefined && o.category !== category) continue;
      const sum = sums.get(span.key)?.get(category) ?? { count: 0, usage: 0, micros: 0 };
      const usage = category === 'totalprice' ? sum.micros / 1e6 : sum.usage;
      rows.push({ category, description, unit, usageUnit, count: sum.count, usage, micros: sum.micros, from: span.from, to: span.to });
    }
  }
  return rows;
}

/** The spans of an answer, newest first. */
function spans(o: { from: string; to: string; step: 'all' | 'day' | 'month' }): { key: string; from: string; to: string }[] {
  if (o.step === 'all') return [{ key: 'all', from: o.from, to: o.to }];
  const found: { key: string; from: string; to: string }[] = [];
  for (let at = startOf(o.to); at >= startOf(o.from); at -= DAY) {
    const day = dayOf(at);
    if (o.step === 'day') {
      found.push({ key: day, from: day, to: day });
      continue;
    }
    const month = day.slice(0, 7);
    const last = found[found.length - 1];
    if (last?.key === month) last.from = day;
    else found.push({ key: month, from: day, to: day });
  }
  return found;
}
