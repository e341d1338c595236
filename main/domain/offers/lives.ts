import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** A shop file has lives (epochs): each restore, and each move to another computer, begins a new one. So many of them draw apart. */
export const LIVES = 32;

/**
 * Which of all codes this life of the file may draw. A copy brought back does not know what was given out after it was made, so chance
 * would sooner or later draw a code again that somebody holds. The shop's key deals every code to one of 32 lives: two that are not
 * exactly 32 restores apart have none in common, and without the key nobody can tell which are whose, so that guessing is no easier.
 */
export function codesOfLife(key: Uint8Array, epoch: number): (six: number) => boolean {
  const secret = sha256(concatBytes(key, utf8ToBytes('\noffer codes')));
  const view = new DataView(secret.buffer, secret.byteOffset);
  const [a, b, c] = [view.getUint32(0), view.getUint32(4) | 1, view.getUint32(8) | 1];
  const life = ((epoch % LIVES) + LIVES) % LIVES;
  return (six) => {
    let h = six ^ a;
    h = Math.imul(h ^ (h >>> 16), b);
    h = Math.imul(h ^ (h >>> 13), c);
    return (h ^ (h >>> 16)) >>> 27 === life;
  };
}
