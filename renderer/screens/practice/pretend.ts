import { readCode } from '@domain/offers/code';

/** People who exist only while somebody tries the counter out. Nothing of this is ever stored. */
export interface Pretend {
  name: string;
  phoneEnd: string;
  phone: string;
}

export const PEOPLE: readonly Pretend[] = [
  { name: 'Ana García', phoneEnd: '0123', phone: '2125550123' },
  { name: 'Ana Morris', phoneEnd: '0177', phone: '2125550177' },
  { name: 'Sam Lee', phoneEnd: '0142', phone: '2125550142' },
];
/** Whom the first task asks for. */
export const ANA = PEOPLE[0] as Pretend;
/** The code on her phone, with a right check symbol. */
export const CODE = 'K7M4Q9J';
export const SHOWN = 'K7M-4Q9J';
/** What a practice customer types as their own number. */
export const OWN_NUMBER = '(212) 555-0199';

const fold = (s: string): string => s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whom a few letters or digits mean. */
export function findPretend(text: string): Pretend[] {
  const t = fold(text.trim());
  const digits = t.replace(/\D/g, '');
  if (t.length < 2) return [];
  return PEOPLE.filter((p) =>
    digits.length >= 2 && digits === t.replace(/[\s()-]/g, '') ? p.phone.includes(digits) : fold(p.name).includes(t),
  );
}

/** What was typed or scanned as her code: right, one sign off, or something else. */
export function tryCode(text: string): 'right' | 'typo' | 'other' {
  const read = readCode(text);
  if (read.kind === 'ok') return read.code === CODE ? 'right' : 'other';
  return read.kind === 'typo' ? 'typo' : 'other';
}

/** Ten digits make a number. */
export const isNumber = (text: string): boolean => text.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '').length === 10;
