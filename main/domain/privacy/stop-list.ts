import { readReply } from '../consent/reply';
import { toE164, toEmail } from '../customers/phone';
import { headerKey, readYesNo } from '../imports/cells';
import type { PhoneE164 } from '../kernel';

/**
 * A list of people who said stop somewhere else: any table with a column of numbers or e-mails, or bare numbers. Read so that nobody
 * is stopped whom the list itself calls subscribed: a stop cannot be taken back.
 */
export interface StopColumns {
  /** The first row names the columns. */
  header: boolean;
  names: string[];
  phones: number[];
  emails: number[];
  /** Says of each row whether it stands; per channel, null = every row is a stop. */
  sms: StatusColumn | null;
  mail: StatusColumn | null;
  /** A log of messages: only rows that say stop count. */
  body: number | null;
  /** Date, reason and the like: kept as evidence. */
  notes: number[];
}

interface StatusColumn {
  at: number;
  /** The column marks those who said no ("Unsubscribed: yes"). */
  flag: boolean;
}

export type LeftOutWhy = 'says-yes' | 'unclear' | 'not-a-stop' | 'empty' | 'unreadable';

export interface StopRow {
  phones: PhoneE164[];
  emails: string[];
  /** Why nothing of this row is taken; null = something is. */
  leftOut: LeftOutWhy | null;
  /** What the list says beside it, for the evidence. */
  said: string;
}

const NOT_A_PHONE = /\b(id|date|time|zip|postal|order|amount|price|count|sid|sku|birthday)\b/;
const OUR_SIDE = /^(to|sent to|our number|service|messaging service)$/;
const OUT_WORDS = /opt(ed)?[ _-]?out|unsub|suppress|stop|do[ _-]?not|blocked|blacklist|dnc|revoked|baja/;
const STATUS = /status|consent|subscri|suscri|opt(ed)?[ _-]?(in|out)|permission|marketing|unsub|accepts/;
const NOTE = /date|time|when|at$|reason|why|source|method|comment|note|fecha|motivo|channel/;
const BODY = /^(body|message|text|reply|inbound|mensaje|texto|content)$/;
const YES_WORDS = /^(subscribed|opted[ _-]?in|opt[ _-]?in|active|accepted|granted|yes|sms subscribed|suscrito)$/;
const NO_WORDS =
  /^(unsubscribed|opted[ _-]?out|opt[ _-]?out|stop(ped)?|suppressed|revoked|blocked|declined|inactive|never[ _]subscribed|bounced|cancell?ed|complained|removed)$/;

const share = (rows: readonly string[][], at: number, good: (cell: string) => boolean): number => {
  let filled = 0;
  let hits = 0;
  for (const r of rows) {
    const cell = (r[at] ?? '').trim();
    if (cell === '') continue;
    filled++;
    if (good(cell)) hits++;
  }
  return filled === 0 ? 0 : hits / filled;
};

/** Which column is what, from the first rows; null when no column holds numbers or e-mails. */
export function findStopColumns(sample: readonly string[][], country: string): StopColumns | null {
  const isPhone = (cell: string) => toE164(cell, country).ok;
  const isEmail = (cell: string) => toEmail(cell) !== null;
  const first = sample[0] ?? [];
  const header = sample.length > 0 && !first.some((c) => isPhone(c) || isEmail(c));
  const rows = header ? sample.slice(1) : sample;
  const width = Math.max(0, ...sample.map((r) => r.length));
  const names = Array.from({ length: width }, (_, i) => (header ? (first[i] ?? '').trim() : ''));
  const keys = names.map(headerKey);
  const all = [...names.keys()];
  const phones = all.filter((i) => !NOT_A_PHONE.test(keys[i] ?? '') && !OUR_SIDE.test(keys[i] ?? '') && share(rows, i, isPhone) >= 0.5);
  const emails = all.filter((i) => share(rows, i, isEmail) >= 0.5);
  if (width === 1) {
    // one column may hold both, as people paste them
    if (phones.length === 0 && share(rows, 0, isPhone) > 0) phones.push(0);
    if (emails.length === 0 && share(rows, 0, isEmail) > 0) emails.push(0);
  }
  // a list with broken numbers only still has its column by name: its rows are then told as unreadable
  if (phones.length === 0) {
    const named = all.find((i) => /phone|mobile|cell|tel(efono|éfono)?$/.test(keys[i] ?? ''));
    if (named !== undefined && !/consent|status|opt/.test(keys[named] ?? '')) phones.push(named);
  }
  if (phones.length + emails.length === 0) return null;
  const taken = new Set([...phones, ...emails]);
  const status = all.filter(
    (i) => !taken.has(i) && (STATUS.test(keys[i] ?? '') || OUT_WORDS.test(keys[i] ?? '')) && !NOTE.test(keys[i] ?? ''),
  );
  const says = (i: number) => share(rows, i, (c) => meaning(c, false) !== null) >= 0.5;
  const of = (own: RegExp, other: RegExp): StatusColumn | null => {
    const fit = status.filter(says).filter((i) => !other.test(keys[i] ?? ''));
    const at = fit.find((i) => own.test(keys[i] ?? '')) ?? fit[0];
    return at === undefined ? null : { at, flag: OUT_WORDS.test(keys[at] ?? '') };
  };
  const sms = of(/sms|text|mobile|phone/, /e-?mail/);
  const mail = of(/e-?mail/, /sms|text message|mobile|phone/);
  const body = all.find((i) => BODY.test(keys[i] ?? '')) ?? null;
  const used = new Set([...taken, sms?.at, mail?.at]);
  const notes = all.filter((i) => !used.has(i) && i !== body && (NOTE.test(keys[i] ?? '') || status.includes(i))).slice(0, 4);
  return { header, names, phones, emails, sms, mail, body, notes };
}

/** True = may be texted, by this cell; false = said no; null = it does not say. */
function meaning(cell: string, flag: boolean): boolean | null {
  const text = cell.trim().toLowerCase().replace(/\s+/g, ' ');
  if (YES_WORDS.test(text) && text !== 'yes') return true;
  if (NO_WORDS.test(text)) return false;
  const yes = readYesNo(text);
  return yes === null ? null : yes !== flag;
}

/** One row of the list. */
export function readStopRow(cells: readonly string[], c: StopColumns, country: string): StopRow {
  const filled = (at: readonly number[]) => at.map((i) => (cells[i] ?? '').trim()).filter((v) => v !== '');
  const rawPhones = filled(c.phones);
  const rawEmails = filled(c.emails);
  const noted = c.notes.flatMap((i) => ((cells[i] ?? '').trim() ? [`${c.names[i] || 'note'}: ${(cells[i] ?? '').trim()}`] : []));
  const words = c.body === null ? null : (cells[c.body] ?? '').trim();
  if (words !== null) noted.unshift(`wrote: ${words}`);
  const said = noted.join(' · ').slice(0, 300);
  const none = (leftOut: LeftOutWhy): StopRow => ({ phones: [], emails: [], leftOut, said });
  if (rawPhones.length + rawEmails.length === 0) return none('empty');
  if (words !== null && readReply(words).meaning !== 'opt-out') return none('not-a-stop');
  const stands = (s: StatusColumn | null): LeftOutWhy | null => {
    if (s === null) return null;
    const may = meaning(cells[s.at] ?? '', s.flag);
    return may === true ? 'says-yes' : may === null && (cells[s.at] ?? '').trim() !== '' ? 'unclear' : null;
  };
  const read = rawPhones.map((p) => toE164(p, country));
  const whySms = rawPhones.length ? stands(c.sms) : null;
  const whyMail = rawEmails.length ? stands(c.mail) : null;
  const phones = whySms === null ? [...new Set(read.flatMap((r) => (r.ok ? [r.phone] : [])))] : [];
  const emails = whyMail === null ? [...new Set(rawEmails.flatMap((e) => toEmail(e) ?? []))] : [];
  if (phones.length + emails.length > 0) return { phones, emails, leftOut: null, said };
  return none(whySms ?? whyMail ?? 'unreadable');
}

/** Bare numbers, pasted as they come: one a line, or several in a line between commas, semicolons or tabs. */
export function pastedRows(text: string): string[][] {
  return text
    .split(/\r\n|\n|\r/)
    .flatMap((line) => line.split(/[,;\t]/))
    .map((cell) => [cell.trim()])
    .filter(([cell]) => cell !== '');
}
