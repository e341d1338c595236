/** Blanks, non-breaking ones and zero-width marks. */
const isSpace = (c: number): boolean =>
  c <= 32 || c === 0xa0 || c === 0xfeff || (c >= 0x2000 && c <= 0x200d) || c === 0x202f || c === 0x3000;

/** A cell as the till wrote it, without what spreadsheets wrap around it: `'0123`, `="0123"`, blanks, non-breaking blanks. */
export function tidyCell(raw: string): string {
  let from = 0;
  let to = raw.length;
  while (from < to && isSpace(raw.charCodeAt(from))) from++;
  while (to > from && isSpace(raw.charCodeAt(to - 1))) to--;
  const text = from === 0 && to === raw.length ? raw : raw.slice(from, to);
  if (text.charCodeAt(0) === 61 && text.length >= 3 && text.startsWith('="') && text.endsWith('"')) return text.slice(2, -1).trim();
  if (text.charCodeAt(0) === 39 && text.length > 1) return text.slice(1).trim();
  return text;
}

/** `####`: the column was too narrow when somebody copied the sheet; the value is gone. */
export const isHidden = (text: string): boolean => /^#{2,}$/.test(text);

export type IdRead = { ok: true; id: string } | { ok: false; why: 'scientific-id' | 'hidden-value' };

/**
 * An id: text, never a number. A float's `.0` (`17841.0`) is dropped, `1.23E+12` is refused because the digits behind it are
 * gone for ever: guessing would merge two receipts.
 */
export function readId(text: string): IdRead {
  if (isHidden(text)) return { ok: false, why: 'hidden-value' };
  if (/^\d+(?:[.,]\d+)?E\+?\d+$/i.test(text) && /E\+|[.,]/i.test(text)) return { ok: false, why: 'scientific-id' };
  return { ok: true, id: /^\d+\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : text };
}

/** Header names are compared without case, odd blanks and a byte order mark glued to the first. */
export const headerKey = (name: string): string =>
  name
    .replace(/[\ufeff\u200b]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
    .toLowerCase();

/**
 * Cells that a spreadsheet would run as a formula are defused when we write CSV ourselves (rules.md §9; OWASP, CSV injection). A plain
 * amount such as -12.50 runs nothing and stays: saved rows are mended and read in again, and a refund must come back as one.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@＝＋－＠\t\r\n]/.test(value) && !/^[+-]?[\d.,]+$/.test(value) ? `'${value}` : value;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const YES = new Set(['yes', 'y', 'true', '1', 'x', 'on', 'subscribed', 'opted in', 'opt-in', 'opted_in', 'sí', 'si', 'ja', 'oui']);
const NO = new Set(['no', 'n', 'false', '0', 'off', 'unsubscribed', 'opted out', 'opt-out', 'opted_out', 'bounced', 'nein', 'non', 'stop']);

/** A yes/no column; anything else, blank included, is unknown. */
export function readYesNo(text: string): boolean | null {
  const t = text.toLowerCase();
  return YES.has(t) ? true : NO.has(t) ? false : null;
}
