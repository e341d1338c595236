import { parseBirthday } from '../customers/birthday';
import { splitName, tidyName } from '../customers/name';
import { toE164, toEmail } from '../customers/phone';
import { readYesNo } from './cells';
import { readDate } from './dates';
import type { Field } from './fields';
import type { FilePerson } from './model';
import type { RowReader, StagedRow } from './row';

const phones = new Map<string, ReturnType<typeof toE164>>();

/** Reading a number costs far more than looking it up; files repeat the same ones. */
function phoneOf(raw: string, country: string): ReturnType<typeof toE164> {
  const key = `${country}${raw}`;
  let read = phones.get(key);
  if (!read) {
    read = toE164(raw, country);
    if (phones.size > 50_000) phones.clear();
    phones.set(key, read);
  }
  return read;
}

/** A person of one row. Values that cannot be used are noted and left out; the rest of the person is kept. */
export function readPerson(c: RowReader, r: StagedRow): FilePerson {
  const words = (f: Field) => c.text(r, f);
  const country = /^[A-Za-z]{2}$/.test(words('country')) ? words('country').toUpperCase() : c.rules.country;
  const phoneRaw = words('phone');
  const phone = phoneRaw ? phoneOf(phoneRaw, country) : null;
  const noPhone = !phone || (!phone.ok && phone.why === 'empty');
  if (phone && !phone.ok && !noPhone) c.note(r, 'phone', 'bad-phone');
  const email = toEmail(words('email'));
  if (words('email') && !email) c.note(r, 'email', 'bad-email');
  const birthday = birthdayOf(c, r);
  let [first, last] = [tidyName(words('firstName')), tidyName(words('lastName'))];
  if (!first && !last && words('fullName')) ({ first, last } = fullName(words('fullName')));
  const instant = readYesNo(words('instant')) === true;
  const usable = phone?.ok ? phone : null;
  return {
    sourceId: c.has('customerId') ? c.key(r, 'customerId') || null : null,
    firstName: first,
    lastName: last,
    company: tidyName(words('company')),
    email,
    phone: usable?.phone ?? null,
    phoneRaw: noPhone ? '' : phoneRaw,
    phoneKind: usable ? usable.kind : noPhone ? 'unknown' : 'invalid',
    birthday,
    street: words('street'),
    city: words('city'),
    region: words('region'),
    postalCode: words('postalCode'),
    country: words('country'),
    note: words('note'),
    tags: words('tags')
      .split(/[,;|]/)
      .map((t) => t.trim())
      .filter(Boolean),
    weak: instant || (!usable && !email),
    saysSms: readYesNo(words('smsConsent')),
    saysEmail: readYesNo(words('emailConsent')),
    row: r.row,
  };
}

function birthdayOf(c: RowReader, r: StagedRow): string | null {
  const text = c.text(r, 'birthday');
  if (!text) return null;
  const order = c.rules.dateOrder.birthday ?? 'mdy';
  const quick = parseBirthday(text, order);
  if (quick) return quick;
  const cell = readDate(text, order);
  if (!cell || 'instant' in cell) {
    c.note(r, 'birthday', 'bad-birthday');
    return null;
  }
  const year = cell.year > c.rules.thisYear ? cell.year - 100 : cell.year; // `38` was read as 2038
  return parseBirthday(`${year}-${String(cell.month).padStart(2, '0')}-${String(cell.day).padStart(2, '0')}`, 'ymd');
}

/** One field for the whole name. A word in capitals among others is the last name, whichever side it stands on (`GERLACH Aaliyah`). */
function fullName(raw: string): { first: string; last: string } {
  const name = tidyName(raw);
  const parts = name.split(' ');
  const shouted = parts.filter((w) => /^\p{Lu}[\p{Lu}'’-]+$/u.test(w));
  if (shouted.length === 1 && parts.length > 1 && !name.includes(',')) {
    const last = shouted[0] as string;
    return { first: parts.filter((w) => w !== last).join(' '), last: last[0] + last.slice(1).toLowerCase() };
  }
  return splitName(name);
}

/** True when a row tells of nobody: no id, no name, no way to reach them. */
export const isNobody = (p: FilePerson): boolean => !p.sourceId && !p.email && !p.phone && !p.firstName && !p.lastName && !p.company;
