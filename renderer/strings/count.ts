/** English for so many of something; `n` is the number as it is shown. "1 receipt", "1,200 receipts". */
export const counted = (n: string, one: string, many: string): string => `${n} ${n === '1' ? one : many}`;

type Figure = (n: number) => string;

/** Ends of a range of people, none of them below zero: "1.1 to 15.7 more", "1.3 to 17.8 fewer", "0.2 fewer to 11.7 more". */
export function moreOrFewer(low: number, high: number, say: Figure): string {
  if (low >= 0) return `${say(low)} to ${say(high)} more`;
  return high <= 0 ? `${say(-high)} to ${say(-low)} fewer` : `${say(-low)} fewer to ${say(high)} more`;
}

/** The same inside a sentence: "between 1.1 and 15.7 more", "anywhere from 0.2 fewer to 11.7 more". */
export function betweenMore(low: number, high: number, say: Figure): string {
  if (low >= 0) return `between ${say(low)} and ${say(high)} more`;
  return high <= 0 ? `between ${say(-high)} and ${say(-low)} fewer` : `anywhere from ${moreOrFewer(low, high, say)}`;
}

/** People of a hundred, to the tenth. */
export const tenths: Figure = (n) => n.toFixed(1);

/** A share of people as a range of every hundred, inside a sentence. */
export const ofHundred = (share: { low: number; high: number }): string => betweenMore(100 * share.low, 100 * share.high, tenths);

export const people = (n: string, one = n === '1'): string => `${n} ${one ? 'person' : 'people'}`;
