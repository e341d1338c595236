import type { ConsentEvent, ConsentMethod } from './event';
import { type Hold, type Line, mark, overtaken, strictest } from './line';

/** By which channels somebody wants what we may tell them. It never permits a channel by itself: each has its own permission. */
export type ChannelChoice = 'sms' | 'email' | 'both' | 'none';
const CHANNEL_CHOICES: readonly ChannelChoice[] = ['sms', 'email', 'both', 'none'];
/** What a channel is chosen for: offers and news, or word about their own orders. */
export type ChoicePurpose = 'marketing' | 'service';

export interface Preference {
  /** Texts per calendar month; null = as before. */
  promiseMax: number | null;
  topics: { add: readonly string[]; remove: readonly string[] };
  channels: Readonly<Partial<Record<ChoicePurpose, ChannelChoice>>>;
}

/** The customer's own hand: on the customer-facing screen, on paper, from their phone. Only these may ask for more. */
const OWN: ReadonlySet<ConsentMethod> = new Set(['screen', 'paper', 'reply', 'join-text']);
export const isOwnPreference = (method: ConsentMethod): boolean => OWN.has(method);

/** A topic's name as the ledger may hold it: no sign in front, nothing that reads as a channel. */
export const TOPIC_SLUG = /^[a-z0-9][a-z0-9-]{0,59}$/;

/** As the ledger keeps it in `topics` of a `preferred` event: "+boots", "-events", "marketing=email". The promise has its own column. */
export function packPreference(p: Pick<Preference, 'topics' | 'channels'>): string[] {
  return [
    ...p.topics.add.map((t) => `+${t}`),
    ...p.topics.remove.map((t) => `-${t}`),
    ...Object.entries(p.channels).map(([purpose, choice]) => `${purpose}=${choice}`),
  ];
}

/** Reads back what `packPreference` wrote; what nobody understands is nothing. A topic both added and removed is removed. */
export function unpackPreference(e: Pick<ConsentEvent, 'topics' | 'promiseMax'>): Preference {
  const remove = e.topics.filter((t) => t.startsWith('-')).map((t) => t.slice(1));
  const add = e.topics.filter((t) => t.startsWith('+')).map((t) => t.slice(1));
  const channels: Partial<Record<ChoicePurpose, ChannelChoice>> = {};
  for (const t of e.topics) {
    const [purpose, choice] = t.split('=') as [string, string | undefined];
    const known = CHANNEL_CHOICES.find((c) => c === choice);
    if (known && (purpose === 'marketing' || purpose === 'service')) channels[purpose] = known;
  }
  return { promiseMax: e.promiseMax, topics: { add: add.filter((t) => !remove.includes(t)), remove }, channels };
}

const LADDER = [4, 2, 1] as const;

/** What "LESS" makes of a promise of `n` texts a month: the next lower of 4, 2, 1; null when it is as few as it can be. */
export function lessPromise(n: number): number | null {
  return LADDER.find((step) => step < n) ?? null;
}

const covers = (choice: ChannelChoice, channel: ConsentEvent['channel']): boolean => choice === 'both' || choice === channel;
const isMarketing = (purpose: string): boolean => purpose === 'marketing' || purpose.startsWith('topic:');

/**
 * A preference within the folding of a number's ledger. Less takes effect whoever says so and wherever the number stands; more only
 * by the customer's own act and only where marketing is `in`: a preference never ends a stop of everything, a hold or a silence.
 */
export function prefer(e: ConsentEvent, lines: Map<string, Line>, hold: Hold | null, lineOf: (purpose: string) => Line): void {
  const own = isOwnPreference(e.method);
  const p = unpackPreference(e);
  for (const topic of p.topics.remove) {
    const l = lineOf(`topic:${topic}`);
    if (!l.left || e.occurredAt >= l.left.at) l.left = mark(e);
  }
  for (const [purpose, l] of lines) {
    const choice = isMarketing(purpose) ? p.channels.marketing : p.channels.service;
    if (choice !== undefined) channelChosen(l, covers(choice, e.channel), own, e);
    if (p.promiseMax !== null && isMarketing(purpose)) promised(l, p.promiseMax, own && hold === null);
  }
  const marketing = lines.get('marketing');
  if (!own || hold || !marketing || marketing.stop || marketing.grant?.state !== 'in') return;
  for (const topic of p.topics.add) {
    const l = lineOf(`topic:${topic}`);
    // what covered everything was ended by their own later yes to marketing; only the carrier's own block stays
    if (l.stop?.carrier || overtaken(l, e)) continue;
    const on = l.grant?.state === 'in' && !l.stop;
    l.stop = null;
    l.left = null;
    l.refused = false;
    if (!on) l.grant = { ...marketing.grant, since: e.occurredAt, eventId: e.id, source: 'own', reason: null };
  }
}

function promised(l: Line, promiseMax: number, mayRaise: boolean): void {
  const raise = mayRaise && l.stop === null && l.grant?.state === 'in';
  if (l.grant) l.grant = { ...l.grant, promiseMax: raise ? promiseMax : strictest(l.grant.promiseMax, promiseMax) };
  if (l.form) l.form = { ...l.form, promiseMax: strictest(l.form.promiseMax, promiseMax) };
}

function channelChosen(l: Line, wanted: boolean, own: boolean, e: ConsentEvent): void {
  const g = l.grant;
  if (!g) return;
  if (!wanted) {
    if (g.state === 'in') l.grant = { ...g, state: 'paused', since: e.occurredAt, eventId: e.id, elsewhere: true };
    else if (g.state === 'pending') l.grant = null;
    return;
  }
  if (own && g.elsewhere && e.occurredAt >= g.since) {
    const { elsewhere: _, ...back } = g;
    l.grant = { ...back, state: 'in', since: e.occurredAt, eventId: e.id };
  }
}
