import { type PhoneKind, toE164, toEmail } from '../customers/phone';
import type { Cents, PhoneE164 } from '../kernel';
import { isHidden, readId, readYesNo } from './cells';
import { readDate, readTime } from './dates';
import { FIELDS, type Field } from './fields';
import { minorDigits, readMoney, readQuantity } from './money';
import type { NoteReason, Reading, RejectReason } from './plan';

/** What a cell means to us, to be shown beside what stands in it. */
export type Says =
  | { is: 'blank' }
  | { is: 'text' }
  | { is: 'day'; day: string; minutes: number | null }
  | { is: 'instant'; at: number }
  | { is: 'time'; minutes: number }
  | { is: 'money'; cents: Cents }
  | { is: 'quantity'; milli: number }
  | { is: 'phone'; phone: PhoneE164; kind: PhoneKind }
  | { is: 'yes-no'; yes: boolean }
  | { is: 'unread'; why: RejectReason | NoteReason };

/** Consent columns are text to us (each till words them otherwise); a plain yes or no is still shown as one. */
const YES_NO: readonly Field[] = ['instant', 'emailConsent', 'smsConsent', 'emailOptOut', 'smsOptOut'];

const two = (n: number): string => String(n).padStart(2, '0');

/**
 * Reads one tidied cell the way the import will, with the decisions made for its column (Reading). `country` = ISO alpha-2 of the
 * shop, for numbers without a country. Never decides anything by itself.
 */
export function explainCell(
  field: Field,
  text: string,
  reading: Pick<Reading, 'dateOrder' | 'decimal' | 'currency'>,
  country: string,
): Says {
  if (text === '') return { is: 'blank' };
  if (isHidden(text)) return { is: 'unread', why: 'hidden-value' };
  const { kind } = FIELDS[field];
  const sign = reading.decimal[field] ?? '.';
  switch (kind) {
    case 'money': {
      const cents = readMoney(text, sign, minorDigits(reading.currency));
      return cents === null ? { is: 'unread', why: 'bad-amount' } : { is: 'money', cents };
    }
    case 'quantity': {
      const milli = readQuantity(text, sign);
      return milli === null ? { is: 'unread', why: 'bad-quantity' } : { is: 'quantity', milli };
    }
    case 'date': {
      const d = readDate(text, reading.dateOrder[field] ?? 'mdy');
      if (!d) return { is: 'unread', why: field === 'birthday' ? 'bad-birthday' : 'bad-date' };
      if ('instant' in d) return { is: 'instant', at: d.instant };
      return { is: 'day', day: `${d.year}-${two(d.month)}-${two(d.day)}`, minutes: d.seconds === null ? null : Math.floor(d.seconds / 60) };
    }
    case 'time': {
      const seconds = readTime(text);
      return seconds === null ? { is: 'unread', why: 'bad-date' } : { is: 'time', minutes: Math.floor(seconds / 60) };
    }
    case 'phone': {
      const p = toE164(text, country);
      return p.ok ? { is: 'phone', phone: p.phone, kind: p.kind } : { is: 'unread', why: 'bad-phone' };
    }
    case 'email':
      return toEmail(text) === null ? { is: 'unread', why: 'bad-email' } : { is: 'text' };
    case 'id': {
      const id = readId(text);
      return id.ok ? { is: 'text' } : { is: 'unread', why: id.why };
    }
    default: {
      const yes = YES_NO.includes(field) ? readYesNo(text) : null;
      return yes === null ? { is: 'text' } : { is: 'yes-no', yes };
    }
  }
}
