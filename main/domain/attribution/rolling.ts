import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { CustomerId } from '../kernel';

/** How many in a hundred stay untexted for a whole quarter (rules.md §7: a small group, the same for every campaign). */
export const QUARTER_PERCENT = 10;

/**
 * The quarter's comparison group: whoever's HMAC-SHA256(key, "quarter:2026-Q4|id") lies in the lowest tenth. By threshold, so that a
 * newcomer belongs to it or not from their first day on and nobody ever changes sides within a quarter. Keyed: nobody can foresee it.
 */
export function quarterHeld(key: Uint8Array, quarter: string, percent = QUARTER_PERCENT): (id: CustomerId) => boolean {
  const base = hmac.create(sha256, key);
  const limit = Math.floor((percent / 100) * 2 ** 32);
  return (id) => {
    const d = base
      .clone()
      .update(utf8ToBytes(`quarter:${quarter}|${id}`))
      .digest();
    return new DataView(d.buffer, d.byteOffset).getUint32(0) < limit;
  };
}
