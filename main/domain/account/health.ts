import { MINUTE, type Micros, type UtcMs } from '../kernel';
import type { TextingSettings } from '../settings/settings';
import { dailyCap } from './daily-caps';
import { differs, type Learnt, segmentsFor, senderRate } from './rates';
import { type Approval, approvalOf } from './registration';
import { type AccountSender, type AccountView, FEATURES, type Feature, logsReplies, numbersOf, type SeenService, serviceOf } from './view';

/** `stops`: nothing leaves or nothing arrives; `warns`: it will hurt; `note`: good to know. */
export type Severity = 'stops' | 'warns' | 'note';

export const FINDING_CODES = [
  'account-closed',
  'account-suspended',
  'key-refused',
  'trial',
  'trial-unknown',
  'no-profile',
  'carrier-refuses',
  'balance-empty',
  'balance-short',
  'balance-low',
  'sender-gone',
  'sender-no-sms',
  'service-gone',
  'service-empty',
  'replies-lost',
  'registration-missing',
  'registration-pending',
  'registration-rejected',
  'registration-suspended',
  'approved-only-here',
  'country-off',
  'daily-used',
  'daily-near',
  'daily-unlike',
  'month-used',
  'month-near',
  'smart-encoding',
  'short-validity',
  'words-not-kept',
  'no-service',
  'clock-off',
  'rate-unlike',
  'rate-unknown',
  'price-unlike',
  'key-limited',
  'old-look',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing the owner should know of the account. The words, and what to press, are the screen's. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly params: Readonly<Record<string, string | number>>;
}

/** These refuse a connection: no text would leave, or replies and stops would be lost. Everything else is said and may be lived with. */
const REFUSE: ReadonlySet<FindingCode> = new Set([
  'account-closed',
  'account-suspended',
  'key-refused',
  'sender-gone',
  'sender-no-sms',
  'service-gone',
  'service-empty',
  'replies-lost',
]);
export const refusesConnection = (f: Finding): boolean => REFUSE.has(f.code);

/** These stop texts too but are told elsewhere (the registration), or end by themselves (limits of a day or month). */
const ELSEWHERE: ReadonlySet<FindingCode> = new Set([
  'registration-missing',
  'registration-pending',
  'registration-rejected',
  'daily-used',
  'month-used',
]);

/** Worth a line on the owner's first page. */
export const needsOwner = (f: Finding): boolean => f.severity === 'stops' && !ELSEWHERE.has(f.code);

/** Trial account, or a business profile that Twilio has not approved: only numbers verified there are texted. */
const TRIAL_CODE = 21608;
/** Suspended, closed, or not active. */
export const SUSPENDED_CODES: readonly number[] = [20005, 10001, 30002];
/** A clock this far off makes look-ups of lost texts and planned texts go wrong. */
const CLOCK_OFF_MS = 2 * MINUTE;
const OLD_LOOK_MS = 3 * 24 * 60 * MINUTE;
/** Below this many texts a balance is worth a word even when nothing waits. */
const FEW_TEXTS = 200;
/** A text waits up to four hours at the carrier; a service that gives it less drops texts in a busy hour. */
const SHORT_VALIDITY_S = 14_400;
/** Features whose absence changes what the app can do for the owner. */
const USEFUL: readonly Feature[] = FEATURES.filter((f) => f !== 'messages' && f !== 'account');

export interface HealthFacts {
  readonly now: UtcMs;
  /** The last look; null before the first. */
  readonly view: AccountView | null;
  /** Why the last look failed, if it did: our code and the carrier's number. */
  readonly failed: { readonly code: string; readonly number: number | null } | null;
  readonly sender: AccountSender | null;
  readonly mode: TextingSettings['mode'];
  readonly texting: Pick<TextingSettings, 'senderApproved' | 'segmentsPerSecond' | 'dailySegments' | 'pricePerSegment' | 'from'>;
  /** Waiting texts and what they will cost. */
  readonly waiting: { readonly texts: number; readonly price: Micros };
  /** Segments that left on the carriers' day. */
  readonly today: number;
  readonly month: { readonly spent: Micros; readonly limit: Micros | null };
  readonly learnt: Learnt | null;
  /** Account-level refusals of the last day after which no text was accepted. */
  /** Replies of the last week that Twilio told without their words. */
  readonly wordless: number;
  readonly refusals: readonly { readonly code: number; readonly count: number; readonly lastAt: UtcMs }[];
}

/** Everything an owner should know of the texting account, worst first. Pure; asked live, so that what waits and was spent is of now. */
export function findingsOf(f: HealthFacts): Finding[] {
  const out: Finding[] = [];
  const say = (code: FindingCode, severity: Severity, params: Finding['params'] = {}) => out.push({ code, severity, params });
  if (f.mode === 'none') return [];
  if (f.failed?.code === 'sms.refused-key') say('key-refused', 'stops', { code: f.failed.number ?? 20003 });
  if (f.failed?.number != null && SUSPENDED_CODES.includes(f.failed.number)) say('account-suspended', 'stops');
  refusalsOf(f, say);
  if (f.wordless > 0) say('words-not-kept', 'warns', { replies: f.wordless });
  if (f.view) {
    accountOf(f.view, say);
    if (f.sender) senderOf(f, f.view, f.sender, say);
    settingsOf(f, f.view, say);
  }
  moneyOf(f, say);
  const order: readonly Severity[] = ['stops', 'warns', 'note'];
  const seen = new Set<FindingCode>();
  return out
    .filter((x) => x.code === 'carrier-refuses' || (!seen.has(x.code) && seen.add(x.code)))
    .sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity) || FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code));
}

type Say = (code: FindingCode, severity: Severity, params?: Finding['params']) => void;

function refusalsOf(f: HealthFacts, say: Say): void {
  for (const r of f.refusals) {
    if (r.code === TRIAL_CODE) say(f.view?.type === 'trial' ? 'trial' : 'no-profile', 'stops', { texts: r.count });
    else if (SUSPENDED_CODES.includes(r.code)) say('account-suspended', 'stops');
    else say('carrier-refuses', 'stops', { code: r.code, texts: r.count, at: r.lastAt });
  }
}

function accountOf(view: AccountView, say: Say): void {
  if (view.status === 'closed') say('account-closed', 'stops');
  if (view.status === 'suspended') say('account-suspended', 'stops');
  if (view.type === 'trial') say('trial', 'stops');
  if (view.geo === false) say('country-off', 'stops', { country: view.country });
  if (view.carrierNow !== null) {
    const off = view.at - view.carrierNow;
    if (Math.abs(off) > CLOCK_OFF_MS) say('clock-off', 'warns', { minutes: Math.round(Math.abs(off) / MINUTE), ahead: off > 0 ? 1 : 0 });
  }
  const missing = USEFUL.filter((u) => view.may[u] === 'no');
  if (missing.length > 0) say('key-limited', 'note', { features: missing.join(',') });
}

function senderOf(f: HealthFacts, view: AccountView, sender: AccountSender, say: Say): void {
  if (!senderThere(view, sender, say)) return;
  const service = serviceOf(view, sender);
  if (service) serviceSays(service, say);
  else if (view.may.services === 'yes' && f.mode !== 'practice') say('no-service', 'note');
  if (f.mode !== 'practice') approvalSays(f, approvalOf(view, sender), say);
}

/** Whether the account still has the sender, as far as the key may know. */
function senderThere(view: AccountView, sender: AccountSender, say: Say): boolean {
  const numbers = numbersOf(view, sender);
  if (sender.kind === 'service') {
    const service = serviceOf(view, sender);
    if (view.may.services === 'yes' && !service) {
      say('service-gone', 'stops');
      return false;
    }
    if (service && service.numbers.length === 0) {
      say('service-empty', 'stops', { service: service.name });
      return false;
    }
  } else if (view.may.numbers === 'yes' && numbers.length === 0) {
    say('sender-gone', 'stops', { number: sender.number });
    return false;
  }
  if (numbers.length > 0 && !numbers.some((n) => n.sms)) say('sender-no-sms', 'stops', { number: numbers[0]?.number ?? '' });
  return true;
}

function serviceSays(s: SeenService, say: Say): void {
  if (!logsReplies(s)) say('replies-lost', 'stops', { service: s.name, sid: s.sid });
  if (s.smartEncoding) say('smart-encoding', 'warns', { service: s.name, sid: s.sid });
  if (s.validitySeconds < SHORT_VALIDITY_S) {
    say('short-validity', 'warns', { service: s.name, sid: s.sid, minutes: Math.round(s.validitySeconds / 60) });
  }
}

function approvalSays(f: HealthFacts, a: Approval, say: Say): void {
  if (a.state === 'approved' || a.state === 'unknown') return;
  const complaint = a.complaints[0];
  const params = {
    of: a.of ?? 'campaign',
    number: a.number ?? '',
    code: complaint?.code ?? 0,
    said: a.complaints
      .map((c) => c.text)
      .filter(Boolean)
      .join(' · '),
    editUntil: a.editUntil ?? 0,
  };
  // waiting texts keep waiting by themselves while the owner has not said "approved"
  say(`registration-${a.state}`, 'stops', params);
  if (f.texting.senderApproved) say('approved-only-here', 'stops', { of: params.of, state: a.state });
}

function settingsOf(f: HealthFacts, view: AccountView, say: Say): void {
  if (f.now - view.at > OLD_LOOK_MS) say('old-look', 'note', { at: view.at });
  if (f.mode === 'practice' || !f.sender) return;
  const rate = senderRate(view, f.sender);
  if (!rate) say('rate-unknown', 'note', { rate: f.texting.segmentsPerSecond });
  else if (f.texting.from.rate === 'owner' && f.texting.segmentsPerSecond > rate.segmentsPerSecond) {
    say('rate-unlike', 'warns', { here: f.texting.segmentsPerSecond, there: rate.segmentsPerSecond });
  }
  const cap = dailyCap(view, f.sender);
  if (cap && f.texting.from.daily === 'owner' && (f.texting.dailySegments ?? Number.POSITIVE_INFINITY) > cap.segments) {
    say('daily-unlike', 'warns', { here: f.texting.dailySegments ?? 0, there: cap.segments });
  }
}

function moneyOf(f: HealthFacts, say: Say): void {
  const each = f.learnt?.perSegment ?? f.texting.pricePerSegment;
  const balance = f.view?.balance ?? null;
  if (balance) {
    const texts = segmentsFor(balance.amount, each);
    if (balance.amount <= 0) say('balance-empty', 'stops', { balance: balance.amount, currency: balance.currency });
    else if (f.waiting.price > balance.amount) {
      say('balance-short', 'warns', {
        balance: balance.amount,
        currency: balance.currency,
        texts,
        waiting: f.waiting.texts,
        price: f.waiting.price,
      });
    } else if (texts < FEW_TEXTS) say('balance-low', 'note', { balance: balance.amount, currency: balance.currency, texts });
  }
  const cap = f.texting.dailySegments;
  if (cap !== null && f.today >= cap) say('daily-used', 'stops', { used: f.today, cap });
  else if (cap !== null && f.today >= cap * 0.7) say('daily-near', 'warns', { used: f.today, cap });
  const { spent, limit } = f.month;
  if (limit !== null && spent >= limit) say('month-used', 'stops', { spent, limit });
  else if (limit !== null && spent >= limit * 0.8) say('month-near', 'warns', { spent, limit });
  if (f.learnt && differs(f.texting.pricePerSegment, f.learnt.perSegment)) {
    say('price-unlike', 'note', { here: f.texting.pricePerSegment, learnt: f.learnt.perSegment, texts: f.learnt.texts });
  }
}
