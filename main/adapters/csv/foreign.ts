/** What people hand over instead of a CSV. Its words: renderer/strings/imports.ts, `wrong`. */
export type Foreign =
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'numbers'
  | 'document'
  | 'pdf'
  | 'zip'
  | 'picture'
  | 'sqlite'
  | 'web-page'
  | 'web-table'
  | 'json'
  | 'bank';

/** Files known by their first bytes (latin-1 text). Source: the formats' own signatures. */
const MAGIC: readonly (readonly [Foreign, string])[] = [
  ['xls', '\u00d0\u00cf\u0011\u00e0'],
  ['zip', '\u001f\u008b'],
  ['zip', 'Rar!\u001a'],
  ['zip', "7z\u00bc\u00af'\u001c"],
  ['zip', 'PK\u0005\u0006'],
  ['picture', '\u0089PNG'],
  ['picture', '\u00ff\u00d8\u00ff'],
  ['picture', 'GIF8'],
  ['picture', 'II*\u0000'],
  ['picture', 'MM\u0000*'],
  ['sqlite', 'SQLite f'],
  ['document', '{\\rtf'],
];

/** A file that is no text table, by its first bytes whatever its name says; null = may be one. */
export function foreignKind(head: Buffer): Foreign | null {
  const text = head.toString('latin1');
  if (text.startsWith('PK\u0003\u0004')) return zipped(text);
  for (const [found, start] of MAGIC) if (text.startsWith(start)) return found;
  if (/^RIFF....WEBP/s.test(text) || /^....ftyp(?:heic|heix|mif1|avif)/s.test(text)) return 'picture';
  const begin = text.slice(0, 4096).replace(/^\u00ef\u00bb\u00bf/, '');
  if (/^\s*%PDF-/.test(begin)) return 'pdf';
  if (/^\s*<\?xml[^>]*>\s*<\?mso-application/i.test(begin)) return 'xls';
  if (/^\s*(?:<!doctype html|<html|<\?xml|<head|<table|<style|<!--)/i.test(begin))
    return /<table[\s>]/i.test(text) ? 'web-table' : 'web-page';
  if (/^\s*(?:\[\s*\{\s*"|\[\s*\]\s*$|\{\s*"[^"\r\n]*"\s*:)/.test(begin)) return 'json';
  if (/^\s*(?:OFXHEADER:|<OFX>|!Type:|!TRNS\t|!ACCNT\t)/i.test(begin)) return 'bank';
  return null;
}

function zipped(text: string): Foreign {
  if (text.includes('application/vnd.oasis.opendocument.spreadsheet')) return 'ods';
  if (/Index\/[\w/-]*\.iwa/.test(text)) return 'numbers';
  if (/word\/|application\/vnd\.oasis\.opendocument\.text/.test(text)) return 'document';
  return /\[Content_Types\]|xl\/|_rels/.test(text) ? 'xlsx' : 'zip';
}
