import { addDays, shopDay, startOfDay } from '../calendar';
import { AppError } from '../errors';
import { DAY, type ShopDay, type UtcMs, type Zone } from '../kernel';
import { chosenTime } from './schedule';

/**
 * Follow-ups by what somebody did after a text, the strongest first: a code used, a visit without it, an answer. `nothing`: it arrived
 * and none of these happened. `not-delivered`: the carrier says it never arrived. "Opened" is not known of texts; the reply word of
 * every step is the honest stand-in.
 */
export const LADDER_REACTIONS = ['redeemed', 'came', 'replied', 'nothing', 'not-delivered'] as const;
export type LadderReaction = (typeof LADDER_REACTIONS)[number];

/** One step: what it follows, and after how long. Ids are those of its campaign. */
export interface Branch {
  id: number;
  reaction: LadderReaction;
  /** Shop days after the reaction; of `nothing`, after the text left. */
  afterDays: number;
  /** Minute of the shop's day. */
  atMinute: number;
}

/** What ends somebody's path where no step is made for it. A stop, a hold or no permission always does. */
export interface StopRules {
  came: boolean;
  replied: boolean;
  redeemed: boolean;
  /** Whoever bought it since the first text is done, whatever else they did. */
  bought: { what: 'item' | 'category'; name: string } | null;
  /** Last shop day on which a step may leave. */
  endsOn: ShopDay | null;
}

export const USUAL_STOPS: StopRules = { came: true, replied: true, redeemed: true, bought: null, endsOn: null };

/** What is known of one person at one step. Instants are first times at or after the text left. */
export interface StandsAt {
  /** People of the comparison group take the same path without texts. */
  arm: 'text' | 'control';
  /** When the text left; of the comparison group, when the others' left. Null: not yet, or never. */
  leftAt: UtcMs | null;
  text: 'open' | 'on-the-way' | 'delivered' | 'not-delivered' | 'never';
  /** When the carrier gave up on it. */
  failedAt: UtcMs | null;
  repliedAt: UtcMs | null;
  cameAt: UtcMs | null;
  redeemedAt: UtcMs | null;
  boughtAt: UtcMs | null;
  /** Texts left to that number since a copy of the shop was brought back which nobody can tell apart from a step. */
  unsure: boolean;
}

export interface LadderTerms {
  stops: StopRules;
  zone: Zone;
  /** How long what somebody does counts for a step, days after its text left. */
  windowDays: number;
  /** How long a step that could not leave is still worth sending, days. */
  patienceDays: number;
}

/** Why somebody's path ends, or `wait`. */
export type EndReason =
  | 'bought'
  | 'redeemed'
  | 'came'
  | 'replied'
  | 'nothing'
  | 'no-text'
  | 'not-delivered'
  | 'unconfirmed'
  | 'end-date'
  | 'too-late'
  | 'stale-sales'
  | 'restored';

export type Next =
  | { do: 'wait'; until: UtcMs | null }
  | { do: 'move'; to: number; reaction: LadderReaction; dueAt: UtcMs }
  | { do: 'end'; reason: EndReason };

/**
 * The campaigns of a path whose codes are one gift with this one's: a rising offer is a better one instead of the last, not one more. What
 * is given because a code was used begins another gift.
 */
export function sameGift<Id extends number>(
  rootId: Id,
  steps: readonly { id: Id; parentId: Id; reaction: LadderReaction }[],
  campaignId: Id,
): Id[] {
  const byId = new Map(steps.map((s) => [s.id, s]));
  const giftOf = (id: Id): Id => {
    const step = byId.get(id);
    return step === undefined || step.reaction === 'redeemed' ? id : giftOf(step.parentId);
  };
  const mine = giftOf(campaignId);
  return [rootId, ...byId.keys()].filter((id) => giftOf(id) === mine);
}

/** When a step is due for a reaction at an instant: so many shop days later, at its minute of that day. */
export function dueAt(reactedAt: UtcMs, b: Pick<Branch, 'afterDays' | 'atMinute'>, zone: Zone): UtcMs {
  return chosenTime(addDays(shopDay(reactedAt, zone), b.afterDays), b.atMinute, zone).at;
}

/** The last instant a step of a path with an end date may leave. */
export const endsAt = (endsOn: ShopDay | null, zone: Zone): UtcMs | null =>
  endsOn === null ? null : ((startOfDay(addDays(endsOn, 1), zone) - 1) as UtcMs);

/** What somebody has done by now, the strongest of it; null while their text is on its way or never left. */
export function reactionOf(p: StandsAt): LadderReaction | null {
  if (p.leftAt === null) return null;
  if (p.redeemedAt !== null) return 'redeemed';
  if (p.cameAt !== null) return 'came';
  if (p.repliedAt !== null) return 'replied';
  if (p.text === 'not-delivered') return 'not-delivered';
  return p.text === 'delivered' ? 'nothing' : null;
}

/**
 * What becomes of somebody who stands at a step and has not left it. Asked as often as one likes: the answer depends on the facts and the
 * moment only, so a run that was cut off is simply asked again. A weaker reaction gives way while a stronger one is still possible.
 */
export function nextStep(p: StandsAt, branches: readonly Branch[], terms: LadderTerms, now: UtcMs): Next {
  if (p.unsure) return { do: 'end', reason: 'restored' };
  if (p.boughtAt !== null && p.boughtAt <= now) return { do: 'end', reason: 'bought' };
  if (p.text === 'never') return { do: 'end', reason: 'no-text' };
  if (p.leftAt === null) return { do: 'wait', until: null };
  const branch = (r: LadderReaction) => branches.find((b) => b.reaction === r);
  const { stops } = terms;
  const did: [LadderReaction & ('redeemed' | 'came' | 'replied'), UtcMs | null][] = [
    ['redeemed', p.redeemedAt],
    ['came', p.cameAt],
    ['replied', p.repliedAt],
  ];
  const windowEnd = (p.leftAt + terms.windowDays * DAY) as UtcMs;
  for (const [reaction, at] of did) {
    if (at === null || at > now) continue;
    const b = branch(reaction);
    if (b) return take(b, reaction, at, terms, now);
    if (stops[reaction]) return { do: 'end', reason: reaction };
  }
  if (p.text === 'not-delivered') {
    const b = branch('not-delivered');
    return b ? take(b, 'not-delivered', p.failedAt ?? p.leftAt, terms, now) : { do: 'end', reason: 'not-delivered' };
  }
  if (p.text !== 'delivered') {
    // no word of its arrival: what somebody did still counts, silence does not
    return now >= windowEnd ? { do: 'end', reason: 'unconfirmed' } : { do: 'wait', until: windowEnd };
  }
  const b = branch('nothing');
  if (b) return take(b, 'nothing', p.leftAt, terms, now);
  return now >= windowEnd ? { do: 'end', reason: 'nothing' } : { do: 'wait', until: windowEnd };
}

function take(b: Branch, reaction: LadderReaction, since: UtcMs, terms: LadderTerms, now: UtcMs): Next {
  const due = dueAt(since, b, terms.zone);
  const last = endsAt(terms.stops.endsOn, terms.zone);
  if (last !== null && now > last) return { do: 'end', reason: 'end-date' };
  if (now < due) return { do: 'wait', until: due };
  if (now > due + terms.patienceDays * DAY) return { do: 'end', reason: 'too-late' };
  return { do: 'move', to: b.id, reaction, dueAt: due };
}

/** Caps end by themselves: a step they block is tried once more. */
const CAPPED: readonly string[] = ['one-waiting', 'month-used', 'texted-recently'];

/**
 * When a step that a cap blocked is tried once more: when the cap frees, within the step's patience and before the path's end; null =
 * never. Nobody knows when another campaign's text leaves: the next day.
 */
export function againAt(i: {
  reason: string;
  dueAt: UtcMs;
  now: UtcMs;
  freeAt: UtcMs | null;
  terms: Pick<LadderTerms, 'patienceDays' | 'zone' | 'stops'>;
}): UtcMs | null {
  if (!CAPPED.includes(i.reason)) return null;
  const at = i.freeAt ?? i.now + DAY;
  const last = endsAt(i.terms.stops.endsOn, i.terms.zone);
  if (at > i.dueAt + i.terms.patienceDays * DAY || (last !== null && at > last)) return null;
  return at as UtcMs;
}

/** A step as the owner drew it. `parent` null: it follows the first text. */
export interface DrawnStep {
  key: string;
  parent: string | null;
  reaction: LadderReaction;
  afterDays: number;
  atMinute: number;
}

export const MOST_STEPS = 12;
export const DEEPEST_LADDER = 5;
/** An exchange is no visit, and a refund takes one back: thanks and what follows a visit wait for that (rules.md §8). */
export const AFTER_VISIT_DAYS = 3;
const MOST_DAYS = 60;

/** Fewest days a step may wait. Somebody who did nothing had a text so many days ago: sooner, spacing would keep every one back. */
export function leastDays(reaction: LadderReaction, spacingDays: number): number {
  if (reaction === 'came' || reaction === 'redeemed') return AFTER_VISIT_DAYS;
  return reaction === 'nothing' ? Math.max(1, Math.ceil(spacingDays)) : 1;
}

/** Refuses a path nobody can walk: throws `ladder.bad` {why, step}. */
export function checkLadder(steps: readonly DrawnStep[], spacingDays: number): void {
  const bad = (why: string, step: DrawnStep) => {
    throw new AppError('ladder.bad', { why, step: step.key });
  };
  const byKey = new Map(steps.map((s) => [s.key, s]));
  const seen = new Set<string>();
  if (steps.length > MOST_STEPS) throw new AppError('ladder.bad', { why: 'too-many', step: '' });
  for (const s of steps) {
    const place = `${s.parent ?? ''} ${s.reaction}`;
    if (seen.has(place)) bad('twice', s);
    seen.add(place);
    if (s.parent !== null && !byKey.has(s.parent)) bad('parent', s);
    const least = leastDays(s.reaction, spacingDays);
    if (!Number.isInteger(s.afterDays) || s.afterDays < least || s.afterDays > MOST_DAYS) bad('days', s);
    if (!Number.isInteger(s.atMinute) || s.atMinute < 0 || s.atMinute >= 24 * 60) bad('time', s);
    let depth = 1;
    for (let at: DrawnStep | undefined = s; at && at.parent !== null; at = byKey.get(at.parent))
      if (++depth > DEEPEST_LADDER) bad('deep', s);
  }
}

/** A step and what its text is for one person, in segments. */
export interface CostNode {
  id: number;
  parent: number | null;
  segments: number;
}

/** The dearest way one person can take through the steps (the first text not counted): texts and segments. */
export function dearestWay(nodes: readonly CostNode[]): { texts: number; segments: number } {
  const below = (parent: number | null): { texts: number; segments: number } => {
    let texts = 0;
    let segments = 0;
    for (const n of nodes) {
      if (n.parent !== parent) continue;
      const rest = below(n.id);
      texts = Math.max(texts, 1 + rest.texts);
      segments = Math.max(segments, n.segments + rest.segments);
    }
    return { texts, segments };
  };
  return below(null);
}
