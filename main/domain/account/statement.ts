import { csvCell } from '../imports/cells';
import { minorDigits } from '../imports/money';
import type { Micros, UtcMs } from '../kernel';

/** What a text was for, as an owner thinks of it. */
export type StatementPart = 'campaigns' | 'automations' | 'permission' | 'replies' | 'service' | 'test';

const PART: Readonly<Record<string, StatementPart>> = {
  campaign: 'campaigns',
  automation: 'automations',
  confirmation: 'permission',
  'double-opt-in': 'permission',
  help: 'permission',
  'stop-confirmation': 'permission',
  reply: 'replies',
  service: 'service',
  test: 'test',
};

/** Texts that left in a month with one cause and one currency. Millionths, summed as integers. */
export interface StatementRow {
  readonly kind: string;
  readonly campaignId: number | null;
  readonly currency: string;
  readonly texts: number;
  readonly segments: number;
  /** Texts the carrier has priced. */
  readonly priced: number;
  readonly real: Micros;
  /** What the others are expected to cost. */
  readonly expected: Micros;
}

export interface StatementLine {
  readonly part: StatementPart;
  readonly campaignId: number | null;
  readonly name: string;
  readonly currency: string;
  readonly texts: number;
  readonly segments: number;
  readonly priced: number;
  readonly real: Micros;
  readonly expected: Micros;
}

export interface StatementTotal {
  readonly currency: string;
  readonly texts: number;
  readonly segments: number;
  readonly priced: number;
  readonly real: Micros;
  readonly expected: Micros;
}

export interface StatementMonth {
  /** `2026-11`, the shop's calendar. */
  readonly month: string;
  readonly from: UtcMs;
  readonly to: UtcMs;
  readonly lines: readonly StatementLine[];
  readonly totals: readonly StatementTotal[];
  /** Replies that came in; their price is never told one by one. */
  readonly received: { readonly texts: number; readonly segments: number };
  readonly lookUps: { readonly count: number; readonly price: Micros } | null;
}

/** Rows of one month as lines: each campaign by itself, everything else by what it was for. Nothing is rounded here. */
export function linesOf(rows: readonly StatementRow[], names: ReadonlyMap<number, string>): StatementLine[] {
  const lines = new Map<string, StatementLine>();
  for (const r of rows) {
    const part = PART[r.kind] ?? 'service';
    const key = `${part} ${r.campaignId ?? ''} ${r.currency}`;
    const was = lines.get(key);
    lines.set(key, {
      part,
      campaignId: r.campaignId,
      name: r.campaignId === null ? '' : (names.get(r.campaignId) ?? ''),
      currency: r.currency,
      texts: r.texts + (was?.texts ?? 0),
      segments: r.segments + (was?.segments ?? 0),
      priced: r.priced + (was?.priced ?? 0),
      real: (r.real + (was?.real ?? 0)) as Micros,
      expected: (r.expected + (was?.expected ?? 0)) as Micros,
    });
  }
  const order: readonly StatementPart[] = ['campaigns', 'automations', 'replies', 'permission', 'service', 'test'];
  return [...lines.values()].sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part) || b.real + b.expected - a.real - a.expected);
}

/** One total per currency: two currencies are never added. */
export function totalsOf(lines: readonly StatementLine[]): StatementTotal[] {
  const totals = new Map<string, StatementTotal>();
  for (const l of lines) {
    const t = totals.get(l.currency);
    totals.set(l.currency, {
      currency: l.currency,
      texts: l.texts + (t?.texts ?? 0),
      segments: l.segments + (t?.segments ?? 0),
      priced: l.priced + (t?.priced ?? 0),
      real: (l.real + (t?.real ?? 0)) as Micros,
      expected: (l.expected + (t?.expected ?? 0)) as Micros,
    });
  }
  return [...totals.values()].sort((a, b) => b.texts - a.texts);
}

/** Millionths as a decimal in the currency's own digits, rounded once: 1,234,567 USD is `1.23`. */
export function money(micros: number, currency: string): string {
  const digits = minorDigits(currency);
  const unit = 10 ** (6 - digits);
  const minor = Math.round(Math.abs(micros) / unit);
  const sign = micros < 0 && minor > 0 ? '-' : '';
  if (digits === 0) return `${sign}${minor}`;
  const text = String(minor).padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** Headings and names of the parts, in the owner's language. */
export interface StatementWords {
  readonly columns: readonly [string, string, string, string, string, string, string, string, string];
  readonly parts: Readonly<Record<StatementPart | 'received' | 'look-ups' | 'total', string>>;
}

/**
 * The statement as a spreadsheet: one line per month and cause, a total per month. Cells a spreadsheet would run are defused. Lines carry
 * six decimals so that they add up to the total, which is rounded once to the currency's own digits.
 */
export function statementCsv(months: readonly StatementMonth[], words: StatementWords): string {
  const out = [words.columns.map(csvCell).join(',')];
  const exact = (micros: number) => (micros / 1_000_000).toFixed(6);
  const row = (...cells: (string | number)[]) => out.push(cells.map((c) => csvCell(String(c))).join(','));
  for (const m of months) {
    for (const l of m.lines) {
      row(
        m.month,
        words.parts[l.part],
        l.name,
        l.texts,
        l.segments,
        l.currency,
        exact(l.real),
        exact(l.expected),
        exact(l.real + l.expected),
      );
    }
    if (m.received.texts > 0) row(m.month, words.parts.received, '', m.received.texts, m.received.segments, '', '', '', '');
    if (m.lookUps && m.lookUps.count > 0) {
      row(
        m.month,
        words.parts['look-ups'],
        '',
        m.lookUps.count,
        '',
        m.totals[0]?.currency ?? 'USD',
        '',
        exact(m.lookUps.price),
        exact(m.lookUps.price),
      );
    }
    for (const t of m.totals) {
      row(
        m.month,
        words.parts.total,
        '',
        t.texts,
        t.segments,
        t.currency,
        money(t.real, t.currency),
        money(t.expected, t.currency),
        money(t.real + t.expected, t.currency),
      );
    }
  }
  return `${out.join('\r\n')}\r\n`;
}

/** How the carrier's own figures of a month differ from ours. */
export interface Compared {
  readonly ours: { readonly segments: number; readonly price: Micros };
  readonly theirs: { readonly segments: number; readonly price: Micros };
  readonly inbound: { readonly segments: number; readonly price: Micros };
  /** Fees, numbers, look-ups and everything that is no text of ours. */
  readonly other: readonly { readonly category: string; readonly count: number; readonly price: Micros }[];
  readonly total: Micros;
  readonly currency: string;
  /** What explains a difference: nothing to explain, more texts there than ours, fewer (late prices, days cut differently), or only price. */
  readonly why: 'same' | 'others-send' | 'not-yet' | 'price';
}

/** Twilio's totals that hold the other categories: adding them again would count twice. */
const SUMS = new Set(['totalprice', 'sms', 'sms-messages', 'nothing']);
const OUTBOUND = /^sms-outbound$/;
const INBOUND = /^sms-inbound$/;
/** Fees per text that go on to the carriers: our prices per text hold them already. */
const CARRIER_FEES = /carrierfees?$/;

/** Twilio's lines of a month beside ours. Its carrier fees belong to the texts: our prices per text hold them too. */
export function compare(
  ours: { segments: number; price: Micros },
  lines: readonly { category: string; usage: number; count: number; price: Micros; currency: string }[],
): Compared {
  const sum = (test: (c: string) => boolean) =>
    lines
      .filter((l) => test(l.category))
      .reduce((n, l) => ({ segments: n.segments + l.usage, price: n.price + l.price }), { segments: 0, price: 0 });
  const outbound = sum((c) => OUTBOUND.test(c));
  const inbound = sum((c) => INBOUND.test(c));
  const fees = sum((c) => CARRIER_FEES.test(c));
  const theirs = { segments: outbound.segments, price: (outbound.price + fees.price) as Micros };
  // `sms-outbound-longcode` is part of `sms-outbound`, `phonenumbers-local` of `phonenumbers`
  const within = (c: string) => lines.some((p) => p.category !== c && c.startsWith(`${p.category}-`) && !SUMS.has(p.category));
  const other = lines
    .filter((l) => !SUMS.has(l.category) && !OUTBOUND.test(l.category) && !INBOUND.test(l.category) && !CARRIER_FEES.test(l.category))
    .filter((l) => !within(l.category))
    .filter((l) => l.price !== 0)
    .map((l) => ({ category: l.category, count: l.count, price: l.price }))
    .sort((a, b) => b.price - a.price);
  const total = (lines.find((l) => l.category === 'totalprice')?.price ??
    theirs.price + inbound.price + other.reduce((n, o) => n + o.price, 0)) as Micros;
  const gap = theirs.segments - ours.segments;
  // a few may fall on the other side of the month's edge; a handful of texts that are all missing are not there yet
  const near = Math.abs(gap) <= Math.max(2, ours.segments * 0.02) && (theirs.segments > 0 || ours.segments === 0);
  const priceNear = Math.abs(theirs.price - ours.price) <= Math.max(10_000, ours.price * 0.05);
  return {
    ours,
    theirs,
    inbound: { segments: inbound.segments, price: inbound.price as Micros },
    other,
    total,
    currency: lines[0]?.currency ?? 'USD',
    why: !near ? (gap > 0 ? 'others-send' : 'not-yet') : priceNear ? 'same' : 'price',
  };
}
