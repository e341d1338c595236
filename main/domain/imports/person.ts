import { parseBirthday } from '../customers/birthday';
import { splitName, tidyName } from '../customers/name';
import { toE164, toEmail } from '../customers/phone';
import { readYesNo } from './cells';
import { readDate } from './dates';
import type { Field } from './fields';
import type { FilePerson, FileSays } from './model';
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
  const contact = contactOf(words('contact'), country);
  const reached = phoneIn(c, r, country, contact.phone);
  const { raw: phoneRaw, noPhone, phone } = reached;
  let email = toEmail(words('email'));
  if (words('email') && !email) c.note(r, 'email', 'bad-email');
  email ??= contact.email;
  if (contact.unread && !email && !phone) c.note(r, 'contact', 'bad-phone');
  const birthday = birthdayOf(c, r);
  let [first, last] = [tidyName(words('firstName')), tidyName(words('lastName'))];
  if (!first && !last && words('fullName')) ({ first, last } = fullName(words('fullName')));
  const instant = readYesNo(words('instant')) === true;
  return {
    sourceId: c.has('customerId') ? c.key(r, 'customerId') || null : null,
    firstName: first,
    lastName: last,
    company: tidyName(words('company')),
    email,
    phone: phone?.phone ?? null,
    phoneRaw: noPhone ? '' : phoneRaw,
    phoneKind: phone ? phone.kind : noPhone ? 'unknown' : 'invalid',
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
    weak: instant || (!phone && !email),
    says: [...saysOf(c, r, 'sms', 'smsConsent', 'smsOptOut'), ...saysOf(c, r, 'email', 'emailConsent', 'emailOptOut')],
    row: r.row,
  };
}

type UsablePhone = Extract<ReturnType<typeof toE164>, { ok: true }>;

/** The number of a row: its first phone column, else the second, else a free cell. One that cannot be used is noted and kept as written. */
function phoneIn(c: RowReader, r: StagedRow, country: string, contact: string) {
  const tries = [c.text(r, 'phone'), c.text(r, 'phone2'), contact].filter(Boolean);
  let bad: string | null = null;
  for (const raw of tries) {
    const read = phoneOf(raw, country);
    if (read.ok) return { raw, noPhone: false, phone: read as UsablePhone };
    if (read.why !== 'empty') bad ??= raw;
  }
  if (bad !== null) c.note(r, bad === c.text(r, 'phone2') && bad !== c.text(r, 'phone') ? 'phone2' : 'phone', 'bad-phone');
  return { raw: bad ?? '', noPhone: bad === null, phone: null };
}

/** One free cell for however somebody is reached ("Customer contacts"): an e-mail, a number, or both. */
function contactOf(text: string, country: string): { email: string | null; phone: string; unread: boolean } {
  if (!text) return { email: null, phone: '', unread: false };
  const whole = toEmail(text);
  if (whole) return { email: whole, phone: '', unread: false };
  const words = text.split(/[\s,;|/]+/);
  const email = words.map((w) => toEmail(w)).find((e) => e !== null) ?? null;
  const rest = email ? text.replace(words.find((w) => toEmail(w) === email) ?? '', ' ').replace(/^[\s,;|/]+|[\s,;|/]+$/g, '') : text;
  const ok = rest !== '' && phoneOf(rest, country).ok;
  return { email, phone: ok ? rest : '', unread: !ok && rest !== '' };
}

/**
 * What a row says about one channel, from a column of those who agreed and a column of those who said no. A no in either wins;
 * blank cells say nothing.
 */
function saysOf(c: RowReader, r: StagedRow, channel: FileSays['channel'], agreed: Field, marked: Field): FileSays[] {
  const read = (field: Field, flag: boolean): FileSays | null => {
    const raw = c.text(r, field);
    if (raw === '') return null;
    const yes = readYesNo(raw);
    const says = yes === null ? 'unknown' : yes === flag ? 'no' : 'yes';
    return { channel, says, flag, raw: raw.slice(0, 80), column: c.column(field) };
  };
  const [a, b] = [read(agreed, false), read(marked, true)];
  const best = strongerSays(a, b);
  return best ? [best] : [];
}

/** Of two things said about one address: a no wins, then a plain yes, then "not marked", then words nobody understands. */
export function strongerSays<T extends FileSays>(a: T | null, b: T | null): T | null {
  if (!a || !b) return a ?? b;
  const rank = (s: T) => (s.says === 'no' ? 0 : s.says === 'unknown' ? 3 : s.flag ? 2 : 1);
  const [x, y] = [`${rank(a)} ${a.column} ${a.raw}`, `${rank(b)} ${b.column} ${b.raw}`];
  return x <= y ? a : b;
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
