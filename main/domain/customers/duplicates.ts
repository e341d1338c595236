import { foldName, sameNickname } from './nicknames';

/** What is compared when two records might be one person. */
export interface Comparable {
  firstName: string;
  lastName: string;
  company: string;
  phone: string | null;
  email: string | null;
  /** YYYY-MM-DD, or --MM-DD without a year. */
  birthday: string | null;
  postalCode: string;
  street: string;
}

/** Why two records may be one person, or may not; the screen has the words. */
export type DuplicateReason =
  | 'same-phone'
  | 'same-email'
  | 'similar-email'
  | 'same-name'
  | 'nickname'
  | 'similar-first'
  | 'same-last'
  | 'similar-last'
  | 'no-name'
  | 'same-birthday'
  | 'same-day'
  | 'same-postcode'
  | 'same-street'
  | 'other-birthday'
  | 'other-last';

export interface DuplicateScore {
  /** 0–100 and above; from `SUGGEST` on it is worth showing. */
  score: number;
  reasons: DuplicateReason[];
}

/** Below this nothing is suggested: a shared number with another first name is a family, a name alone is nobody. */
export const SUGGEST = 50;

/**
 * How likely two records are one person. A name alone never suffices: it takes the same number or e-mail, or the name with a postcode
 * or a birthday. Another first name at a shared number is a family; another birthday speaks against it, whatever else fits.
 */
export function compareRecords(a: Comparable, b: Comparable): DuplicateScore {
  const reasons: DuplicateReason[] = [];
  let score = 0;
  const add = (points: number, reason: DuplicateReason) => {
    score += points;
    reasons.push(reason);
  };
  if (a.phone !== null && a.phone === b.phone) add(50, 'same-phone');
  if (a.email !== null && a.email === b.email) add(60, 'same-email');
  else if (a.email !== null && b.email !== null && similarEmail(a.email, b.email)) add(20, 'similar-email');

  const first = compareNames(foldName(a.firstName), foldName(b.firstName), true);
  const last = compareNames(foldName(a.lastName), foldName(b.lastName), false);
  if (first === 'same' && last === 'same') add(35, 'same-name');
  else {
    if (first === 'nickname') add(15, 'nickname');
    else if (first === 'similar') add(15, 'similar-first');
    else if (first === 'same') score += 20;
    else if (first === 'other') return { score: 0, reasons: [] };
    if (last === 'same') add(15, 'same-last');
    else if (last === 'similar') add(10, 'similar-last');
    else if (last === 'other') add(-15, 'other-last');
  }
  if (isNameless(a) !== isNameless(b)) reasons.push('no-name');

  if (a.birthday !== null && b.birthday !== null) {
    if (a.birthday === b.birthday && !a.birthday.startsWith('--')) add(30, 'same-birthday');
    else if (a.birthday.slice(-5) === b.birthday.slice(-5) && (a.birthday.startsWith('--') || b.birthday.startsWith('--')))
      add(20, 'same-day');
    else add(-40, 'other-birthday');
  }
  if (placeKey(a.postalCode) !== '' && placeKey(a.postalCode) === placeKey(b.postalCode)) add(20, 'same-postcode');
  if (a.street !== '' && foldStreet(a.street) === foldStreet(b.street)) add(10, 'same-street');

  // a name needs something beside it: never a name alone, never only a first name at a postcode
  const reach = reasons.includes('same-phone') || reasons.includes('same-email');
  const named = first !== 'blank' && last !== 'blank' && last !== 'other';
  const beside = reasons.some((r) => r === 'same-postcode' || r === 'same-birthday' || r === 'same-day' || r === 'similar-email');
  return { score: reach || (named && beside) ? score : 0, reasons };
}

const isNameless = (p: Comparable): boolean => !p.firstName && !p.lastName && !p.company;

/** The first five letters of a postcode: `02134-1802` lies in `02134`. */
export const placeKey = (postalCode: string): string => postalCode.slice(0, 5).trim().toLowerCase();

const foldStreet = (s: string): string =>
  foldName(s)
    .replace(/\bstreet\b/g, 'st')
    .replace(/\bavenue\b/g, 'ave')
    .replace(/\broad\b/g, 'rd')
    .replace(/[^\p{L}\d]+/gu, ' ')
    .trim();

type Likeness = 'same' | 'nickname' | 'similar' | 'blank' | 'other';

function compareNames(x: string, y: string, first: boolean): Likeness {
  if (x === '' || y === '') return 'blank';
  if (x === y) return 'same';
  if (first) {
    const [p, q] = [x.split(' ')[0] as string, y.split(' ')[0] as string];
    if (p === q) return 'same'; // a middle name in one of them
    if ((p.length === 1 || q.length === 1) && p[0] === q[0]) return 'nickname'; // an initial
    if (sameNickname(x, y)) return 'nickname';
    // Daniel and Daniela, Mario and Maria are two people
    const stem = (n: string) => n.replace(/[aeo]$/, '');
    if (stem(p) === stem(q)) return 'other';
    return Math.min(p.length, q.length) >= 5 && p[0] === q[0] && editDistance(p, q, 1) <= 1 ? 'similar' : 'other';
  }
  if (x.split(/[ -]/).some((w) => w.length > 3 && y.split(/[ -]/).includes(w))) return 'similar'; // one of two surnames
  const least = Math.min(x.length, y.length);
  return least >= 5 && editDistance(x, y, 2) <= (least >= 8 ? 2 : 1) ? 'similar' : 'other';
}

/** One slip in the name before the @, or in the domain (gmial.com). */
function similarEmail(x: string, y: string): boolean {
  const [xName = '', xHost = ''] = x.split('@');
  const [yName = '', yHost = ''] = y.split('@');
  if (xName === yName) return editDistance(xHost, yHost, 2) <= 2;
  return xHost === yHost && Math.min(xName.length, yName.length) >= 6 && editDistance(xName, yName, 1) <= 1;
}

/**
 * Letters to add, drop, change or swap with their neighbour to get from one word to the other (optimal string alignment: Damerau 1964
 * without overlapping swaps); counts no further than `most` + 1.
 */
export function editDistance(x: string, y: string, most: number): number {
  const [a, b] = [Array.from(x), Array.from(y)];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let d = Math.min((row[j] as number) + 1, (next[j - 1] as number) + 1, (row[j - 1] as number) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (before[j - 2] as number) + 1);
      next.push(d);
      least = Math.min(least, d);
    }
    if (least > most) return most + 1;
    before = row;
    row = next;
  }
  return Math.min(row[b.length] as number, most + 1);
}
