declare const memberBrand: unique symbol;
/** `M` and eight digits, the last of which checks the others: what stands on a membership card, as bars and in print. */
export type MemberNumber = string & { readonly [memberBrand]: true };

/**
 * A totally anti-symmetric quasigroup of order ten (H. Michael Damm, 2004): running through it finds every single wrong digit and
 * every pair of neighbours swapped, which is what hands do; a plain sum misses the swap.
 */
const STEP = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

const run = (digits: string): number => [...digits].reduce((at, d) => Number(STEP[at]?.[Number(d)]), 0);

/** The number with its check digit, from any whole number of seven digits. */
export function memberNumber(serial: number): MemberNumber {
  const seven = String(serial % 10_000_000).padStart(7, '0');
  return `M${seven}${run(seven)}` as MemberNumber;
}

export type MemberRead = { kind: 'ok'; number: MemberNumber } | { kind: 'typo' } | { kind: 'no' };

/**
 * What a scanner or a hand put in: spaces and hyphens are nothing, the letter may be small. `typo`: it looks like one of ours and a
 * digit is wrong. `no`: not a member number at all. Without its letter it is never taken for one: eight digits may be a receipt.
 */
export function readMemberNumber(text: string): MemberRead {
  const m = /^m(\d{8})$/i.exec(text.replace(/[\s-]+/g, ''));
  if (!m?.[1]) return { kind: 'no' };
  return run(m[1]) === 0 ? { kind: 'ok', number: `M${m[1]}` as MemberNumber } : { kind: 'typo' };
}

/** As it is printed: `M 1234 5678`. */
export const showMemberNumber = (n: string): string => `${n.slice(0, 1)} ${n.slice(1, 5)} ${n.slice(5)}`;
