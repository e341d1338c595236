import type { Encoding } from '@domain/imports/plan';

/** What Windows-1252 has where Latin-1 has control characters (0x80–0x9F); the rest is the same. Source: WHATWG encoding index. */
const CP1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Bytes → text, piece by piece. Own code for the three encodings a trimmed Unicode library may lack. NUL characters are dropped
 * (they come from broken exports and end strings early elsewhere); a byte order mark is dropped too.
 */
export function makeDecoder(encoding: Encoding): { write(bytes: Uint8Array): string; end(): string } {
  let first = true;
  const clean = (text: string): string => {
    let out = text;
    if (first && out.length) {
      first = false;
      if (out.charCodeAt(0) === 0xfeff) out = out.slice(1);
    }
    return out.includes('\0') ? out.replaceAll('\0', '') : out;
  };
  if (encoding === 'windows-1252') {
    const decode = (bytes: Uint8Array) =>
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
        .toString('latin1')
        .replace(/[\u0080-\u009f]/g, (c: string) => CP1252[c.charCodeAt(0) - 0x80] as string);
    return { write: (b) => clean(decode(b)), end: () => '' };
  }
  if (encoding === 'utf-8') {
    const d = new TextDecoder('utf-8', { ignoreBOM: true });
    return { write: (b) => clean(d.decode(b, { stream: true })), end: () => clean(d.decode()) };
  }
  const d = new TextDecoder('utf-16le', { ignoreBOM: true });
  let odd: number | null = null;
  return {
    write(b) {
      if (encoding === 'utf-16le') return clean(d.decode(b, { stream: true }));
      const all = odd === null ? Uint8Array.from(b) : Uint8Array.from([odd, ...b]);
      odd = all.length % 2 ? (all[all.length - 1] as number) : null;
      const even = Buffer.from(all.subarray(0, all.length - (all.length % 2)));
      return clean(d.decode(even.swap16(), { stream: true }));
    },
    end: () => clean(d.decode()),
  };
}

/** UTF-16 without a byte order mark shows by its NULs: every second byte of Western text. */
export function looksUtf16(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const n = Math.min(head.length, 4096) & ~1;
  if (n < 16) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < n; i += 2) {
    if (head[i] === 0) even++;
    if (head[i + 1] === 0) odd++;
  }
  const most = n / 2 / 2;
  if (odd > most && even < most / 10) return 'utf-16le';
  if (even > most && odd < most / 10) return 'utf-16be';
  return null;
}
