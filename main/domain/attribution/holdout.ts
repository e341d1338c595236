import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CampaignId, CustomerId } from '../kernel';

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
  readonly people: readonly PersonToDraw[];
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
export function assignArms({ people, percent, key, testId }: Draw): Map<CustomerId, Arm> {
  const arms = new Map<CustomerId, Arm>();
  for (const p of people) arms.set(p.id, 'text');
  const share = percent / 100;
  if (share <= 0) return arms;
  const strata = new Map<string, { id: CustomerId; draw: bigint }[]>();
  const base = hmac.create(sha256, key);
  const seen = new Set<CustomerId>();
  for (const p of people) {
    if (seen.has(p.id)) continue;
    seen.add(p.id);
    const name = `${p.stratum}|${p.tillFixed ? 'till' : 'no-till'}`;
    const list = strata.get(name) ?? [];
    strata.set(name, list);
    list.push({ id: p.id, draw: draw64(base, `${testId}|${p.id}`) });
  }
  const offset = Number(draw64(base, `${testId}|offset`) >> 11n) / 2 ** 53;
  let before = offset;
  for (const [, list] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const after = before + share * list.length;
    const held = Math.floor(after + 1e-9) - Math.floor(before + 1e-9); // 1e-9: sums of 0.1 must not lose a person
    before = after;
    list.sort((a, b) => (a.draw < b.draw ? -1 : a.draw > b.draw ? 1 : a.id - b.id));
    for (const { id } of list.slice(0, held)) arms.set(id, 'control');
  }
  return arms;
}

const text = (s: string) => Uint8Array.from(s, (c) => c.charCodeAt(0));

function draw64(base: ReturnType<typeof hmac.create>, message: string): bigint {
  const digest = base.clone().update(text(message)).digest();
  let n = 0n;
  for (let i = 0; i < 8; i++) n = (n << 8n) | BigInt(digest[i] ?? 0);
  return n;
}
