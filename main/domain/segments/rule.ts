import { addDays, shopDay, startOfDay } from '../calendar';
import { AppError } from '../errors';
import type { Cents, ShopDay, UtcMs, Zone } from '../kernel';
import type { RfmClass } from './rfm';
import type { RhythmClass } from './rhythm';

/**
 * Who belongs to a group: a tree of conditions. Two readers, proven equal (test/db/segment-parity.test.ts): evaluate.ts in memory,
 * db/queries/segment-sql.ts in SQL. Days are shop calendar days; "within 30 days" includes today and the 30th day back.
 */
export type Rule = { all: Rule[] } | { any: Rule[] } | { none: Rule[] } | Condition;

/** `within`: at most so many days ago. `over`: longer ago than that (it must have happened). */
export type Ago = 'within' | 'over';
export type AtLeastMost = 'at-least' | 'at-most';

export type Condition =
  | { is: 'last-visit' | 'first-visit'; op: Ago; days: number }
  /** Visit days; `days` null = ever. */
  | { is: 'visits'; op: AtLeastMost; count: number; days: number | null }
  /** Goods after refunds, minor units; `days` null = ever. */
  | { is: 'spend'; op: AtLeastMost; amount: Cents; days: number | null }
  /** An item or category by its name in the till (case ignored); gifts do not count. */
  | { is: 'bought'; what: 'item' | 'category'; name: string; days: number | null; did: boolean }
  | { is: 'may-text'; value: boolean }
  /** Where the ledger stands for marketing texts to their number; `never` also without a number. */
  | { is: 'permission'; state: PermissionState }
  /** Whether their number takes texts at all, whatever they agreed to. */
  | { is: 'number'; state: NumberState }
  | { is: 'topic'; topic: string }
  | { is: 'tag'; tag: string }
  | { is: 'language'; language: 'en' | 'es' }
  /** Whether links in texts open on their phone: seen, told, or not known. */
  | { is: 'links'; capable: 'yes' | 'no' | 'unknown' }
  /** `days` null = this calendar month, else today and so many days ahead (0–60). */
  | { is: 'birthday'; days: number | null }
  | { is: 'has'; what: 'phone' | 'email' | 'birthday' | 'address'; value: boolean }
  /** Town as written (case ignored), or the beginning of a postal code. */
  | { is: 'lives'; where: 'city' | 'postal-code'; name: string }
  /** `offerId` null = any offer. */
  | { is: 'redeemed'; offerId: number | null; days: number | null; did: boolean }
  /** `campaignId` null = the last campaign's text each person got. */
  | { is: 'reacted'; campaignId: number | null; how: Reaction }
  | { is: 'rhythm'; class: RhythmClass }
  | { is: 'rfm'; class: RfmClass }
  /** Among the best of the last year by one of the three scores: 5 = the best fifth. */
  | { is: 'score'; of: RfmAxis; least: 2 | 3 | 4 | 5 }
  | { is: 'group'; segmentId: number; member: boolean }
  /** On a fixed list (a group of people as of one moment). */
  | { is: 'on-list'; listId: number };

export const REACTIONS = ['delivered', 'replied', 'tapped', 'came', 'redeemed', 'anything', 'nothing'] as const;
/**
 * What somebody did after a campaign's text: `came` = bought after it left and before its window closed; `anything` = replied,
 * tapped, came or redeemed; `nothing` = it left, and none of these.
 * `tapped` is known only where a link source is connected (domain/segments/evaluate.ts `PersonFacts.tapped`).
 */
export type Reaction = (typeof REACTIONS)[number];
export const PERMISSION_STATES = ['in', 'pending', 'out', 'hold', 'paused', 'never'] as const;
export type PermissionState = (typeof PERMISSION_STATES)[number];
/** `bad`: no phone number at all, or one the carrier says is dead. */
export const NUMBER_STATES = ['fine', 'none', 'landline', 'bad'] as const;
export type NumberState = (typeof NUMBER_STATES)[number];
export const RFM_AXES = ['recency', 'frequency', 'spend'] as const;
export type RfmAxis = (typeof RFM_AXES)[number];

export type ConditionKind = Condition['is'];
export const isCondition = (rule: Rule): rule is Condition => 'is' in rule;

const DEEPEST = 6;
const MOST = 60;

/** Refuses trees nobody can read (depth over 6, over 60 conditions) and figures that make no sense. Throws `segment.bad-rule`. */
export function checkRule(rule: Rule): Rule {
  let count = 0;
  const bad = (why: string): never => {
    throw new AppError('segment.bad-rule', { why });
  };
  const whole = (n: number | null, least: number, most: number) => n === null || (Number.isInteger(n) && n >= least && n <= most);
  const walk = (r: Rule, depth: number): void => {
    if (depth > DEEPEST) bad('too-deep');
    if (!isCondition(r)) {
      for (const child of childrenOf(r)) walk(child, depth + 1);
      return;
    }
    if (++count > MOST) bad('too-many');
    if ('days' in r && !whole(r.days, 0, 36_500)) bad('days');
    if (r.is === 'birthday' && r.days !== null && r.days > 60) bad('days');
    if (r.is === 'visits' && !whole(r.count, 0, 1_000_000)) bad('count');
    if (r.is === 'spend' && !Number.isSafeInteger(r.amount)) bad('amount');
    if (r.is === 'bought' && r.name.trim() === '') bad('name');
    if (r.is === 'tag' && r.tag.trim() === '') bad('tag');
    if (r.is === 'topic' && r.topic.trim() === '') bad('topic');
    if (r.is === 'lives' && r.name.trim() === '') bad('name');
  };
  walk(rule, 0);
  return rule;
}

export function childrenOf(rule: Exclude<Rule, Condition>): Rule[] {
  return 'all' in rule ? rule.all : 'any' in rule ? rule.any : rule.none;
}

/** Puts the rules of named groups in place of "is in group X". A group that (in the end) means itself throws `segment.bad-rule`. */
export function inlineGroups(rule: Rule, ruleOf: (segmentId: number) => Rule | null, path: readonly number[] = []): Rule {
  if (isCondition(rule)) {
    if (rule.is !== 'group') return rule;
    const inner = path.includes(rule.segmentId) ? null : ruleOf(rule.segmentId);
    if (inner === null) throw new AppError('segment.bad-rule', { why: 'group' });
    const resolved = inlineGroups(inner, ruleOf, [...path, rule.segmentId]);
    return rule.member ? resolved : { none: [resolved] };
  }
  const inside = childrenOf(rule).map((r) => inlineGroups(r, ruleOf, path));
  return 'all' in rule ? { all: inside } : 'any' in rule ? { any: inside } : { none: inside };
}

/**
 * The same rule in its plainest form: brackets around one thing and empty ones are taken away, "none of (any of A, B)" becomes "none of
 * A, B". Two rules that read aloud alike are equal after it.
 */
export function plain(rule: Rule): Rule {
  if (isCondition(rule)) return rule;
  const inside = childrenOf(rule).map(plain);
  if (inside.length === 0) return { all: [] };
  const [only] = inside;
  if ('none' in rule) return only !== undefined && inside.length === 1 && 'any' in only ? { none: only.any } : { none: inside };
  if (only !== undefined && inside.length === 1) return only;
  return 'all' in rule ? { all: inside } : { any: inside };
}

/** Whether a rule uses a kind of condition. */
export function uses(rule: Rule, kind: ConditionKind): boolean {
  return isCondition(rule) ? rule.is === kind : childrenOf(rule).some((r) => uses(r, kind));
}

/**
 * Whether belonging depends on somebody *not* having come or bought lately: then a text must not leave on stale sales
 * (rules.md §3).
 */
export function dependsOnAbsence(rule: Rule, negated = false, ranks = true): boolean {
  if (!isCondition(rule)) return childrenOf(rule).some((r) => dependsOnAbsence(r, 'none' in rule ? !negated : negated, ranks));
  if (!ranks && RANKS.includes(rule.is)) return false;
  switch (rule.is) {
    case 'last-visit':
    case 'first-visit':
      return (rule.op === 'over') !== negated;
    case 'visits':
    case 'spend':
      return (rule.op === 'at-most') !== negated;
    case 'bought':
    case 'redeemed':
      return rule.did === negated;
    // whoever never came may have come yesterday
    case 'rhythm':
      return (rule.class === 'later' || rule.class === 'lapsed' || rule.class === 'never') !== negated;
    case 'rfm':
      return (rule.class === 'at-risk' || rule.class === 'lapsed' || rule.class === 'none') !== negated;
    case 'reacted':
      return (rule.how === 'nothing') !== negated;
    case 'score':
      return negated;
    default:
      return false;
  }
}

/** Places among others. */
const RANKS: readonly ConditionKind[] = ['rhythm', 'rfm', 'score'];

/**
 * The same of those whom the groups asked before it leave over: "everybody else" after "bought a suit" did not buy one. Whoever is merely
 * not among the best is told nothing by a visit more or less.
 */
export const restDependsOnAbsence = (rule: Rule, before: readonly Rule[]): boolean =>
  dependsOnAbsence(rule) || before.some((r) => dependsOnAbsence(r, true, false));

/** The first shop day that still is "within n days" at `now`. */
export const cutoffDay = (now: UtcMs, zone: Zone, days: number): ShopDay => addDays(shopDay(now, zone), -days);

/** The earliest instant that still is "within n days" at `now`. */
export const cutoff = (now: UtcMs, zone: Zone, days: number): UtcMs => startOfDay(cutoffDay(now, zone, days), zone);

/** The month-days (`MM-DD`) that count as a birthday today and `days` ahead; 29 February is kept on the 28th of ordinary years. */
export function birthdaysAhead(now: UtcMs, zone: Zone, days: number): string[] {
  const today = shopDay(now, zone);
  const out = new Set<string>();
  for (let d = 0; d <= days; d++) {
    const day = addDays(today, d);
    out.add(day.slice(5));
    if (day.slice(5) === '02-28' && addDays(day, 1).slice(5) === '03-01') out.add('02-29');
  }
  return [...out];
}
