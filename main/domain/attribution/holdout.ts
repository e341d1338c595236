import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CampaignId, CustomerId } from '../kernel';
import { atOnce } from '../turns';

export type Arm = 'text' | 'control';
export type HoldoutChoice = 'auto' | 'off' | 'half';

/**
 * How many in a hundred stay untexted: none under 250 reachable people (nothing could be learnt), 20 % up to 1,000, 10 % above;
 * 'half' is the owner's "test this one text properly" (rules.md §7).
 */
export function holdoutPercent(choice: HoldoutChoice, reachable: number): 0 | 10 | 20 | 50 {
  if (choice === 'off') return 0;
  if (choice === 'half') return 50;
  if (reachable < 250) return 0;
  return reachable <= 1000 ? 20 : 10;
}

/** Each campaign draws its own fresh split, which is what allows its own verdict and pooling over campaigns. */
export const campaignTestId = (id: CampaignId): string => `campaign:${id}`;

/**
 * Coarse recency × frequency class for drawing within: both sides of the comparison get their share of weekly regulars and
 * of people last seen a year ago. Days and visits as of the draw; null = never came.
 */
export function holdoutStratum(daysSinceLastVisit: number | null, visits365: number): string {
  const r =
    daysSinceLastVisit === null
      ? 'none'
      : daysSinceLastVisit <= 30
        ? '30'
        : daysSinceLastVisit <= 90
          ? '90'
          : daysSinceLastVisit <= 365
            ? '365'
            : 'older';
  const f = visits365 <= 0 ? '0' : visits365 === 1 ? '1' : visits365 <= 3 ? '2-3' : '4+';
  return `r${r} f${f}`;
}

export interface PersonToDraw {
  readonly id: CustomerId;
  /** Drawn within; see `holdoutStratum`. */
  readonly stratum: string;
  /** Till identity known before the draw: only these are compared, so they are balanced separately. */
  readonly tillFixed: boolean;
}

export interface Draw {
  readonly people: Iterable<PersonToDraw>;
  /** 0…100; 0 texts everybody. */
  readonly percent: number;
  /** The shop's secret HMAC key: nobody can foresee or steer the draw. */
  readonly key: Uint8Array;
  /** `campaignTestId(id)`: same id, same key, same people → same draw, also after a crash. */
  readonly testId: string;
}

/**
 * Splits eligible people (exclusions and caps already applied) into texted and held out. Within each stratum people are
 * ordered by HMAC-SHA256(key, "testId|customerId") and the first h % are held out (facts E1). A stratum's count is rounded
 * with one shared keyed offset, so the total is h % to within one person and everybody's chance is exactly h %, even in a
 * stratum of one. The order of `people` does not matter.
 */
export const assignArms = (draw: Draw): Map<CustomerId, Arm> => atOnce(drawArms(draw));

/** The same, and where it may be cut into turns: fifty thousand draws are half a second of hashing. */
export function* drawArms({ people, percent, key, testId }: Draw): Generator<void, Map<CustomerId, Arm>> {
  const arms = new Map<CustomerId, Arm>();
  const share = percent / 100;
  const strata = new Map<string, Lot[]>();
  const base = hmac.create(sha256, key);
  for (const p of people) {
    if (arms.has(p.id)) continue;
    arms.set(p.id, 'text');
    if (share > 0) {
      const name = `${p.stratum}|${p.tillFixed ? 'till' : 'no-till'}`;
      const list = strata.get(name) ?? [];
      strata.set(name, list);
      list.push({ id: p.id, draw: draw64(base, `${testId}|${p.id}`) });
    }
    yield;
  }
  if (share <= 0) return arms;
  let before = fraction(draw64(base, `${testId}|offset`));
  for (const [, list] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const after = before + share * list.length;
    const held = Math.floor(after + 1e-9) - Math.floor(before + 1e-9); // 1e-9: sums of 0.1 must not lose a person
    before = after;
    for (const { id } of yield* lowest(list, held)) arms.set(id, 'control');
  }
  return arms;
}

/** 64 bits of a hash as two numbers: the first 53 of them, which a number holds exactly, and the other 11. */
interface Draw64 {
  top: number;
  rest: number;
}
interface Lot {
  id: CustomerId;
  draw: Draw64;
}
const TOP = 2 ** 53;
/** 0…1. */
const fraction = (d: Draw64): number => d.top / TOP;

/** Ordered at once. */
const AT_ONCE = 500;

/** The `count` lowest, in order. Hashes lie evenly: dealt into as many heaps as needed, each heap is a moment's sorting. */
function* lowest(lots: readonly Lot[], count: number): Generator<void, Lot[]> {
  const heaps: Lot[][] = Array.from({ length: Math.ceil(lots.length / AT_ONCE) }, () => []);
  for (const lot of lots) heaps[Math.min(heaps.length - 1, Math.floor(fraction(lot.draw) * heaps.length))]?.push(lot);
  const out: Lot[] = [];
  for (const heap of heaps) {
    if (out.length >= count) break;
    heap.sort((a, b) => a.draw.top - b.draw.top || a.draw.rest - b.draw.rest || a.id - b.id);
    for (const lot of heap.slice(0, count - out.length)) out.push(lot);
    yield;
  }
  return out;
}

const text = (s: string) => Uint8Array.from(s, (c) => c.charCodeAt(0));

function draw64(base: ReturnType<typeof hmac.create>, message: string): Draw64 {
  const digest = base.clone().update(text(message)).digest();
  const b = (i: number) => digest[i] ?? 0;
  const high = b(0) * 2 ** 24 + (b(1) << 16) + (b(2) << 8) + b(3);
  const low = b(4) * 2 ** 24 + (b(5) << 16) + (b(6) << 8) + b(7);
  return { top: high * 2 ** 21 + Math.floor(low / 2 ** 11), rest: low % 2 ** 11 };
}
