import { createHash } from 'node:crypto';

/** Chance that depends only on the seed and the words given, never on what happened before: a restart changes nothing. */
export function chance(seed: string, ...parts: (string | number)[]): number {
  return (
    createHash('sha256')
      .update(`${seed}|${parts.join('|')}`)
      .digest()
      .readUInt32BE(0) / 0x1_0000_0000
  );
}

/** A SID of Twilio's shape: two letters and 32 hex digits. */
export function simSid(prefix: string, seed: string, ...parts: (string | number)[]): string {
  return (
    prefix +
    createHash('sha256')
      .update(`sid|${seed}|${prefix}|${parts.join('|')}`)
      .digest('hex')
      .slice(0, 32)
  );
}

/** One of several, each with a weight. */
export function pick<T>(roll: number, choices: readonly (readonly [weight: number, value: T])[]): T {
  const total = choices.reduce((sum, [w]) => sum + w, 0);
  let left = roll * total;
  for (const [w, value] of choices) {
    left -= w;
    if (left < 0) return value;
  }
  const last = choices[choices.length - 1];
  if (!last) throw new RangeError('nothing to pick from');
  return last[1];
}
