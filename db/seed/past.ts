import { assignArms, campaignTestId, holdoutPercent, holdoutStratum } from '@domain/attribution/holdout';
import { addDays, startOfDay } from '@domain/calendar';
import type { CampaignId, CustomerId, ShopDay, UtcMs, Zone } from '@domain/kernel';
import { HOUR, MINUTE } from '@domain/kernel';
import { makeCode } from '@domain/offers/code';
import { INSTALL_DAY, instantAt, type SeedDay } from './days';
import { minuteOfDay, type SeedPerson } from './people';
import { PAST_CAMPAIGNS, type PastCampaign, seasonOf } from './plan';
import { Rng } from './random';

/** What one past text became. */
export interface PastText {
  readonly person: number;
  readonly leftAt: UtcMs;
  readonly finalAt: UtcMs;
  readonly state: 'delivered' | 'undelivered' | 'sent';
  readonly errorCode: number | null;
  readonly code: string | null;
}
export interface PastReply {
  readonly person: number;
  readonly at: UtcMs;
  readonly body: string;
  readonly meaning: 'opt-out' | 'message' | 'reaction';
}
/** A code typed in at the counter at one of the person's visits. */
export interface PastRedemption {
  readonly person: number;
  readonly visit: number;
  readonly code: string;
  readonly campaign: number;
}

export interface PastResult {
  readonly id: CampaignId;
  readonly plan: PastCampaign;
  readonly name: string;
  readonly line: string;
  readonly day: ShopDay;
  readonly startedAt: UtcMs;
  readonly windowEndsAt: UtcMs;
  readonly percentHeldOut: number;
  readonly arms: ReadonlyMap<number, { arm: 'text' | 'control'; stratum: string; tillFixed: boolean }>;
  readonly texts: readonly PastText[];
  readonly replies: readonly PastReply[];
}

/** What truly happened, which the app must find again within its ranges. */
export interface CampaignTruth {
  readonly campaignId: CampaignId;
  readonly name: string;
  /** Chance that a delivered text brings somebody in who would not have come. */
  readonly extraVisitChance: number;
  /** Texted people whose till identity stood before the draw, and how many of them bought (as the till saw it) only because of the text. */
  readonly comparableTexted: number;
  readonly extraBuyers: number;
  /** extraBuyers ÷ comparableTexted: what the holdout comparison estimates. */
  readonly effect: number;
  /** Extra visits among everybody texted, also those the till did not recognise. */
  readonly extraVisits: number;
}

export const visitKey = (person: number, visit: number): number => person * 1_000_000 + visit;

/** Did the till recognise the customer at this visit? About nine times in ten, fixed per visit. */
export function recognised(seed: number, person: number, visit: number): boolean {
  let h = (Math.imul(person + 1, 0x9e3779b1) ^ Math.imul(visit + 7, 0x85ebca6b) ^ Math.imul(seed + 3, 0xc2b2ae35)) >>> 0;
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) >>> 0;
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39) >>> 0;
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296 < 0.88;
}

const ERRORS: readonly (readonly [number, number])[] = [
  [0.008, 30003],
  [0.013, 30005],
  [0.025, 30006],
  [0.028, 30007],
];
const REPLIES = [
  'Thanks!',
  'Are you open on Sunday?',
  'Do you have the boots in 8.5?',
  'Can you hold a pair for me until Saturday?',
  'See you this weekend',
  'Is parking still free behind the shop?',
  'Love it, thank you',
  'My mom wants to know if you carry wide sizes',
];

/**
 * Plays the shop's past campaigns one after the other on `people` (adds the visits they caused, marks who stopped).
 * Who was held out is drawn with the app's own function, so results can be checked against what is returned here.
 */
export function playPast(
  seed: number,
  people: SeedPerson[],
  days: readonly SeedDay[],
  zone: Zone,
  hmacKey: Uint8Array,
  firstId: number,
): { results: PastResult[]; redemptions: PastRedemption[]; truth: CampaignTruth[] } {
  const results: PastResult[] = [];
  const redemptions: PastRedemption[] = [];
  const truth: CampaignTruth[] = [];
  const codes = new Set<string>();
  for (const plan of PAST_CAMPAIGNS) {
    let start = days.length - plan.daysAgo;
    while (start < days.length && (days[start]?.weight ?? 1) === 0) start++;
    if (start <= INSTALL_DAY || start >= days.length) continue;
    const i = results.length;
    const rng = new Rng(`${seed}:campaign:${plan.daysAgo}`);
    const id = (firstId + i) as CampaignId;
    const day = days[start] as SeedDay;
    const startedAt = instantAt(day, 10 * 60 + 15);
    const windowEndsAt = (startOfDay(addDays(day.day, plan.windowDays + 1), zone) - 1) as UtcMs;
    const eligible = audience(people, plan, start);
    const percent = holdoutPercent(plan.holdout, eligible.length);
    const drawn = eligible.map((p) => ({ id: (p.index + 1) as CustomerId, stratum: p.stratum, tillFixed: p.tillFixed }));
    const draw = assignArms({ people: drawn, percent, key: hmacKey, testId: campaignTestId(id) });
    const arms = new Map<number, { arm: 'text' | 'control'; stratum: string; tillFixed: boolean }>();
    const texts: PastText[] = [];
    const replies: PastReply[] = [];
    const pace = Math.min(1250, (6 * HOUR) / Math.max(1, eligible.length)); // milliseconds between two texts
    let comparable = 0;
    let extraBuyers = 0;
    let extraVisits = 0;
    for (const { index, stratum, tillFixed } of eligible) {
      const arm = draw.get((index + 1) as CustomerId) ?? 'text';
      arms.set(index, { arm, stratum, tillFixed });
      if (arm === 'control') continue;
      const person = people[index] as SeedPerson;
      if (tillFixed) comparable++;
      const leftAt = (startedAt + Math.round(texts.length * pace) + rng.int(0, 400)) as UtcMs;
      const text = aText(rng, index, leftAt, plan.percentOff === null ? null : freshCode(rng, codes));
      texts.push(text);
      if (text.state !== 'delivered') continue;
      const roll = rng.next();
      if (roll < 0.012) {
        person.stoppedAt = i;
        replies.push({
          person: index,
          at: (text.finalAt + rng.int(1, 90) * MINUTE) as UtcMs,
          body: rng.pick(['STOP', 'Stop', 'stop']),
          meaning: 'opt-out',
        });
      } else if (roll < 0.04) {
        replies.push({
          person: index,
          at: (text.finalAt + rng.int(2, 400) * MINUTE) as UtcMs,
          body: rng.pick(REPLIES),
          meaning: 'message',
        });
      }
      const from = start * 1440 + 615;
      const until = (start + plan.windowDays + 1) * 1440;
      let visit = person.visits.find((v) => v > from && v < until);
      let caused = false;
      if (visit === undefined && rng.chance(plan.extraVisitChance)) {
        visit = extraVisit(rng, start, plan.windowDays, days);
        if (visit !== undefined) {
          caused = true;
          extraVisits++;
          person.visits.push(visit);
          person.visits.sort((a, b) => a - b);
          if (tillFixed && recognised(seed, index, visit)) extraBuyers++;
        }
      }
      if (visit !== undefined && text.code && instantOfVisit(visit, days) > text.finalAt && rng.chance(caused ? 0.7 : 0.35)) {
        redemptions.push({ person: index, visit, code: text.code, campaign: i });
      }
    }
    const [name, line] = plan.names[seasonOf(day.month)];
    results.push({ id, plan, name, line, day: day.day, startedAt, windowEndsAt, percentHeldOut: percent, arms, texts, replies });
    truth.push({
      campaignId: id,
      name,
      extraVisitChance: plan.extraVisitChance,
      comparableTexted: comparable,
      extraBuyers,
      effect: comparable === 0 ? 0 : extraBuyers / comparable,
      extraVisits,
    });
  }
  return { results, redemptions, truth };
}

function audience(people: readonly SeedPerson[], plan: PastCampaign, start: number) {
  const out: { index: number; stratum: string; tillFixed: boolean }[] = [];
  for (const [index, p] of people.entries()) {
    if (p.signedUp === null || p.signedUp > start - 2 || p.stoppedAt !== null || !p.phone) continue;
    let last: number | null = null;
    let visits365 = 0;
    let first: number | null = null;
    for (const v of p.visits) {
      const d = Math.floor(v / 1440);
      if (d >= start) break;
      first ??= d;
      last = d;
      if (start - d <= 365) visits365++;
    }
    const quiet = last === null ? Number.POSITIVE_INFINITY : start - last;
    if (plan.audience === 'quiet-60' && quiet <= 60) continue;
    if (plan.audience === 'seen-within-180' && quiet > 180) continue;
    out.push({
      index,
      stratum: holdoutStratum(last === null ? null : quiet, visits365),
      tillFixed: p.squareId !== null && first !== null && linkedOn(first) <= start,
    });
  }
  return out;
}

/** Day index on which the app first knew the till's id of somebody first seen on `firstVisit`: the first file, later the next day's. */
export const linkedOn = (firstVisit: number): number => Math.max(INSTALL_DAY, firstVisit + 1);

/** `visit` as people carry it: day · 1440 + minute. */
export const instantOfVisit = (visit: number, days: readonly SeedDay[]): UtcMs =>
  instantAt(days[Math.floor(visit / 1440)] as SeedDay, visit % 1440);

function aText(rng: Rng, person: number, leftAt: UtcMs, code: string | null): PastText {
  const roll = rng.next();
  const error = ERRORS.find(([upTo]) => roll < upTo)?.[1] ?? null;
  const state = error !== null ? 'undelivered' : roll > 0.99 ? 'sent' : 'delivered';
  return { person, leftAt, finalAt: (leftAt + rng.int(1500, 9000)) as UtcMs, state, errorCode: error, code };
}

function freshCode(rng: Rng, taken: Set<string>): string {
  for (;;) {
    const code = makeCode((n) => rng.bytes(n));
    if (taken.has(code)) continue;
    taken.add(code);
    return code;
  }
}

/** Soon after the text more often than late in the window. */
function extraVisit(rng: Rng, start: number, windowDays: number, days: readonly SeedDay[]): number | undefined {
  for (let tries = 0; tries < 40; tries++) {
    const after = 1 + Math.floor(rng.gamma(1.4, windowDays / 3));
    const d = start + after;
    if (after > windowDays || d >= days.length || (days[d]?.weight ?? 0) === 0) continue;
    return d * 1440 + minuteOfDay(rng);
  }
  return undefined;
}
