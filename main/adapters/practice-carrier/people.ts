import { chance, pick } from './seeded';
import type { SimOutcome } from './types';

const MINUTE = 60_000;

/** What a phone of the practice shop does with every text; null = it works. Look-ups of its line type agree (lines.ts). */
export const seededPhone = (seed: string, to: string): SimOutcome | null =>
  pick<SimOutcome | null>(chance(seed, 'phone', to), [
    [965, null],
    [12, { status: 'undelivered', errorCode: 30006 }],
    [6, { status: 'undelivered', errorCode: 30005 }],
    [7, { status: 'undelivered', errorCode: 30003 }],
    [10, { status: 'sent' }],
  ]);

/** Phones of the practice shop: a landline stays a landline, filtering depends on the single text. */
export function seededOutcome(seed: string, to: string, sid: string): SimOutcome {
  const phone = seededPhone(seed, to);
  if (phone) return phone;
  return pick<SimOutcome>(chance(seed, 'text', sid), [
    [990, { status: 'delivered' }],
    [4, { status: 'undelivered', errorCode: 30007 }],
    [6, { status: 'undelivered', errorCode: 30008 }],
  ]);
}

const FRIENDLY = [
  'Thanks!',
  'Great, see you Saturday',
  'Are you open on Sunday?',
  'Ok thank you',
  'Can I use it twice?',
  'Do you still have the blue ones in size 8?',
  'Will stop by after work',
  '👍',
  'Love it, thanks for letting me know',
  'What time do you close today?',
  'Is this valid with the sale?',
  'Can you hold a pair for me?',
];
const ASIDE = ['Wrong number', 'Who is this?', 'please take me off your list', 'Liked “{start}”', 'no more texts please'];

/**
 * What this person answers. About one in twelve writes back, one in a hundred stops; asked to reply Y, most do.
 * `mustStop`: this is the one who stops for certain, so that every practice campaign shows a STOP.
 */
export function seededReply(
  seed: string,
  text: { to: string; body: string; sid: string; mustStop: boolean },
): { body: string; afterMs: number } | null {
  const roll = chance(seed, 'reply', text.sid);
  const afterMs = Math.round((0.5 + 15 * chance(seed, 'after', text.sid) ** 2) * MINUTE);
  if (/\breply (with )?["“]?y(es)?\b/i.test(text.body)) return roll < 0.85 ? { body: roll < 0.7 ? 'Y' : 'yes please', afterMs } : null;
  if (text.mustStop) return { body: 'STOP', afterMs };
  if (roll < 0.01) return { body: roll < 0.007 ? 'STOP' : 'Stop', afterMs };
  if (roll < 0.075) return { body: FRIENDLY[Math.floor(chance(seed, 'words', text.sid) * FRIENDLY.length)] ?? 'Thanks!', afterMs };
  if (roll < 0.085) {
    const aside = ASIDE[Math.floor(chance(seed, 'words', text.sid) * ASIDE.length)] ?? 'Who is this?';
    return { body: aside.replace('{start}', text.body.slice(0, 40)), afterMs };
  }
  return null;
}
