/**
 * 64 bits of a text as 16 hex digits (two differently seeded multiply-xor rounds, finished as murmur3 does). For comparing what a
 * till said last time with what it says now, and for keys of rows that carry no id; not for anything a person could attack.
 */
export function contentHash(text: string): string {
  let a = SEED_A;
  let b = SEED_B;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  return hashHex(a, b);
}

export const SEED_A = 0xdeadbeef | 0;
export const SEED_B = 0x41c6ce57;

/** The two rounds' results as 16 hex digits. */
export function hashHex(first: number, second: number): string {
  let [a, b] = [first, second];
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}

/**
 * The same text without the piece of file it was cut from: the engine keeps a cut text's whole source alive, and a few thousand kept
 * names would keep the file in memory. For what is remembered longer than its row.
 */
export const detached = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1));
