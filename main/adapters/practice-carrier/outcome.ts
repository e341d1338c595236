import { localTime } from '@domain/calendar';
import type { UtcMs, Zone } from '@domain/kernel';
import { isShortCode, isTollFree } from './account';
import { countryOf, lineOf, lineOutcome } from './lines';
import { seededOutcome } from './people';
import { chance, pick } from './seeded';
import type { SimFilter, SimSwitches } from './switches';
import type { SimAccount, SimBrand, SimNumber, SimOutcome, SimScript, SimService } from './types';

/** Codes of texts that never left the carrier; all others were tried and are charged (facts/twilio.md §4). */
const NEVER_LEFT = new Set([
  12400, 21408, 21610, 30001, 30002, 30032, 30033, 30034, 30036, 30047, 30450, 30454, 30500, 30610, 30640, 63017, 63038,
]);

/** The final status a code stands for. */
export const outcomeOf = (errorCode: number): SimOutcome =>
  NEVER_LEFT.has(errorCode) ? { status: 'failed', errorCode } : { status: 'undelivered', errorCode };

/** By the last four digits of the number, when switched on. */
const SUFFIXES: Record<string, SimOutcome> = {
  ...Object.fromEntries(
    [1, 3, 4, 5, 6, 7, 8, 22, 23, 24, 32, 33, 34, 35, 36].map((n) => [String(n).padStart(4, '0'), outcomeOf(30_000 + n)]),
  ),
  '0096': { status: 'accepted' },
  '0097': { status: 'queued' },
  '0098': { status: 'sending' },
  '0099': { status: 'sent' },
};

function marked(body: string): SimOutcome | null {
  const word = /\bsim:(\d{5}|accepted|queued|sending|sent|delivered|read)\b/.exec(body)?.[1];
  if (word === undefined) return null;
  return /^\d/.test(word) ? outcomeOf(Number(word)) : ({ status: word } as SimOutcome);
}

const PACIFIC = 'America/Los_Angeles' as Zone;
const pad = (n: number) => String(n).padStart(2, '0');
/** The day of the brand's cap: it starts anew at midnight on the Pacific coast. */
export const pacificDay = (at: number): string => {
  const t = localTime(at as UtcMs, PACIFIC);
  return `${t.year}-${pad(t.month)}-${pad(t.day)}`;
};

/** T-Mobile's segments a day for a brand (facts/twilio.md §3). */
export function dailySegments(brand: SimBrand): number {
  if (brand.dailySegments !== undefined) return brand.dailySegments;
  if (brand.russell3000) return 200_000;
  if (brand.type === 'SOLE_PROPRIETOR') return 1000;
  const score = brand.score ?? 0;
  if (brand.type === 'STARTER' || score < 25) return 2000;
  return score >= 75 ? 200_000 : score >= 50 ? 40_000 : 10_000;
}

const isLongCode = (n: SimNumber) => !isShortCode(n) && !isTollFree(n.number);

/** The brand a sender's texts count for, if it is registered to one. */
export function brandOf(account: SimAccount, sender: SimNumber): SimBrand | null {
  if (!isLongCode(sender)) return null;
  const service = account.services.find((s) => s.numbers.includes(sender.number));
  const campaign = service && account.campaigns?.find((c) => c.serviceSid === service.sid);
  const sid = sender.brandSid ?? campaign?.brandSid;
  return account.brands?.find((b) => b.sid === sid) ?? null;
}

/** What the sender's registration does to every text to the United States. */
function registration(account: SimAccount, sender: SimNumber, service: SimService | null): SimOutcome | null {
  if (isTollFree(sender.number)) {
    const v = sender.verification;
    return v === undefined || v?.status === 'TWILIO_APPROVED' ? null : outcomeOf(30032);
  }
  if (!isLongCode(sender)) return null;
  if (sender.registration === 'unregistered') return outcomeOf(30034);
  if (sender.registration === 'provisioning') return outcomeOf(30024);
  if (sender.registration === 'configuring') return outcomeOf(30035);
  const home = service ?? account.services.find((s) => s.numbers.includes(sender.number));
  if (!home) return null;
  if (home.registered === false) return outcomeOf(30034);
  const campaigns = (account.campaigns ?? []).filter((c) => c.serviceSid === home.sid);
  if (campaigns.length === 0 || campaigns.some((c) => c.status === 'VERIFIED')) return null;
  return outcomeOf(campaigns.some((c) => c.status === 'SUSPENDED') ? 30033 : 30034);
}

const LINK = /\bhttps?:\/\/|\bwww\.|\b[a-z0-9-]+\.(com|net|org|io|ly|link|shop)\b/i;
const fits = (f: SimFilter, body: string, inMinute: number) =>
  (f.word === undefined || new RegExp(f.word, 'i').test(body)) &&
  (!f.link || LINK.test(body)) &&
  (f.perMinute === undefined || inMinute > f.perMinute);

export interface Deciding {
  seed: string;
  practice: boolean;
  account: SimAccount;
  switches: SimSwitches;
  sid: string;
  to: string;
  body: string;
  sender: SimNumber;
  service: SimService | null;
  script: SimScript | null;
  /** The person stopped and the carrier lets it fail later. */
  stopped: boolean;
  networkStopped: boolean;
  /** Texts the account created on this day (UTC), and those of this sender in this minute. */
  today: number;
  inMinute: number;
  /** Segments T-Mobile took of the brand on the day of leaving. */
  taken(cap: string): number;
  segments: number;
}

/** What becomes of a text that leaves at `leavesAt`, and which daily cap it uses up. */
export function decide(d: Deciding, leavesAt: number): { outcome: SimOutcome; cap: string | null } {
  const is = (outcome: SimOutcome) => ({ outcome, cap: null });
  if (d.stopped) return is(outcomeOf(21610));
  if (d.script?.outcome) return is(d.script.outcome);
  const { account, switches, to } = d;
  if (account.dailyCap != null && d.today >= account.dailyCap) return is(outcomeOf(account.dailyCapCode ?? 63038));
  const home = countryOf(to) === 'US';
  const unregistered = home ? registration(account, d.sender, d.service) : null;
  if (unregistered) return is(unregistered);
  const told = (switches.suffixes ? SUFFIXES[to.slice(-4)] : undefined) ?? (switches.markers ? marked(d.body) : null);
  if (told) return is(told);
  if (d.networkStopped) return is(outcomeOf(30004));
  const line = lineOf(d.seed, d.practice, account, to);
  const dead = lineOutcome(account, to, line);
  if (dead) return is(dead);
  const filter = switches.filters.find((f, i) => fits(f, d.body, d.inMinute) && chance(d.seed, 'filter', i, d.sid) < (f.share ?? 1));
  if (filter) return is(outcomeOf(filter.code ?? 30007));
  const brand = home && line.carrier === 'T-Mobile' ? brandOf(account, d.sender) : null;
  const cap = brand ? `${brand.sid} ${pacificDay(leavesAt)}` : null;
  if (brand && cap && d.taken(cap) + d.segments > dailySegments(brand)) return is(outcomeOf(30023));
  if (switches.distribution) {
    const choices = switches.distribution.map((c) => [c.weight, c.outcome] as const);
    return { outcome: pick(chance(d.seed, 'distribution', d.sid), choices), cap };
  }
  return { outcome: d.practice ? seededOutcome(d.seed, to, d.sid) : { status: 'delivered' }, cap };
}
