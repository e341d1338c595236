import { headerKey } from './cells';
import { type Columns, FIELD_NAMES, FIELDS, type Field } from './fields';
import { contentHash } from './hash';
import type { HeaderRef, Profile, WrongFile } from './profile';
import { PROFILES } from './profiles/index';
import type { WideColumn } from './row';
import { WRONG_FILES } from './wrong/index';

export interface Recognised {
  profile: Profile;
  columns: Columns;
  /** Amount columns by way of paying. */
  tenders: readonly { label: string; column: number }[];
  /** Columns of items side by side. */
  wide: readonly WideColumn[];
  /** Required fields whose column is not in the file. */
  missing: readonly Field[];
}

/** Same columns in the same order = same kind of file; under this name an owner's mapping is remembered. */
export const headerFingerprint = (header: readonly string[]): string => contentHash(header.map(headerKey).join('\u001f'));

/** Names → positions. The second column of a name is found as `name#2`. */
function positions(header: readonly string[]): Map<string, number> {
  const at = new Map<string, number>();
  header.forEach((name, i) => {
    const key = headerKey(name);
    if (!key) return;
    let nth = 1;
    while (at.has(nth === 1 ? key : `${key}#${nth}`)) nth++;
    at.set(nth === 1 ? key : `${key}#${nth}`, i);
  });
  return at;
}

function find(at: Map<string, number>, ref: HeaderRef): number[] {
  if (typeof ref === 'string') {
    const i = at.get(headerKey(ref));
    return i === undefined ? [] : [i];
  }
  if ('ends' in ref) {
    const name = [...at.keys()].find((key) => key.endsWith(headerKey(ref.ends)));
    return name === undefined ? [] : [at.get(name) as number];
  }
  const joined = 'parts' in ref || 'sum' in ref;
  const names = 'parts' in ref ? ref.parts : 'sum' in ref ? ref.sum : ref;
  const found = names.map((n) => at.get(headerKey(n))).filter((i): i is number => i !== undefined);
  return joined ? found : found.slice(0, 1);
}

function scoreOf(profile: Profile, at: Map<string, number>): number {
  const marks = profile.marks.filter((m) => find(at, m).length > 0).length;
  if (marks < Math.min(2, profile.marks.length)) return 0;
  const fields = Object.values(profile.fields);
  const known = fields.filter((ref) => ref && find(at, ref).length > 0).length;
  return marks / profile.marks.length + known / fields.length;
}

/** The till export these headers belong to, or null. Decided by names alone. */
export function recognise(header: readonly string[]): Recognised | null {
  const at = positions(header);
  const lacks = (p: Profile) => p.required.some((f) => find(at, p.fields[f] ?? []).length === 0);
  let best: { profile: Profile; score: number; lacks: boolean } | null = null;
  for (const profile of PROFILES) {
    const score = scoreOf(profile, at);
    if (score === 0) continue;
    const found = { profile, score, lacks: lacks(profile) };
    // two exports of one till share most columns: the one that has what it needs
    const sibling = best !== null && best.profile.source === profile.source && best.lacks !== found.lacks;
    if (!best || (sibling ? best.lacks : score > best.score)) best = found;
  }
  if (!best) return null;
  const { profile } = best;
  const columns: Partial<Record<Field, number[]>> = {};
  for (const field of FIELD_NAMES) {
    const ref = profile.fields[field];
    const found = ref ? find(at, ref) : [];
    if (found.length) columns[field] = found;
  }
  const tenders = Object.entries(profile.tenders ?? {}).flatMap(([name, label]) => {
    const column = at.get(headerKey(name));
    return column === undefined ? [] : [{ label, column }];
  });
  return { profile, columns, tenders, wide: wideColumns(profile, at), missing: profile.required.filter((f) => !columns[f]) };
}

/** Every column of the nth item, n counting from 1 until no item has a name column. */
function wideColumns(profile: Profile, at: Map<string, number>): WideColumn[] {
  const out: WideColumn[] = [];
  const parts = Object.entries(profile.wideItems ?? {}) as [WideColumn['part'], string][];
  for (let n = 1; parts.length && n <= 500; n++) {
    const found = parts.flatMap(([part, name]) => {
      const column = at.get(headerKey(name.replace('{n}', String(n))));
      return column === undefined ? [] : [{ n, part, column }];
    });
    if (!found.some((f) => f.part === 'item')) break;
    out.push(...found);
  }
  return out;
}

/** An export we know to hold no receipts and no people. */
export function recogniseWrong(header: readonly string[]): WrongFile | null {
  const names = new Set(header.map(headerKey));
  const all = (names: Set<string>, marks: readonly string[]) => marks.every((m) => names.has(headerKey(m)));
  const none = (names: Set<string>, marks: readonly string[]) => !marks.some((m) => names.has(headerKey(m)));
  return WRONG_FILES.find((w) => w.headers.some((h) => all(names, h.marks) && none(names, h.without ?? []))) ?? null;
}

const looksLikeData = (cell: string): boolean =>
  /^[-(]?[$€£]?[\d.,:/ -]+\)?$/.test(cell.trim()) || /@/.test(cell) || /^\d{4}-\d\d-\d\d/.test(cell);

/** Words only, none twice: may be column names. */
export function headerLike(row: readonly string[]): boolean {
  const filled = row.filter((c) => c.trim());
  return filled.length > 0 && new Set(filled.map(headerKey)).size === filled.length && !filled.some(looksLikeData);
}

/** Names may stand twice (a delivery and a billing block), as long as most are different and none stands in the rows below as well. */
function namesTwice(row: readonly string[], below: readonly (readonly string[])[]): boolean {
  const filled = row.filter((c) => c.trim());
  if (filled.some(looksLikeData) || new Set(filled.map(headerKey)).size < filled.length * 0.6) return false;
  return below.length > 0 && !row.some((c, i) => c.trim() !== '' && below.some((r) => r[i] === c));
}

/**
 * Which of the first rows holds the column names: the one a profile knows best, else the first full row of words (of two such rows above
 * each other the fuller one). -1 = none does (the data starts at once).
 */
export function findHeader(rows: readonly (readonly string[])[]): number {
  let best = -1;
  let bestScore = 0;
  rows.slice(0, 30).forEach((row, i) => {
    const at = positions(row);
    for (const p of PROFILES) {
      const score = scoreOf(p, at);
      if (score > bestScore) {
        bestScore = score;
        best = i;
      }
    }
    if (bestScore === 0 && recogniseWrong(row)) {
      best = i;
      bestScore = 0.01;
    }
  });
  if (best >= 0) return best;
  const widths = new Map<number, number>();
  for (const row of rows) if (row.some((c) => c.trim())) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
  const usual = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
  const first = rows.findIndex((row) => row.length >= usual * 0.6 && row.some((c) => c.trim()));
  const candidate = rows[first];
  if (!candidate || !(headerLike(candidate) || namesTwice(candidate, rows.slice(first + 1)))) return -1;
  const filled = (row: readonly string[] | undefined) => (row ?? []).filter((c) => c.trim()).length;
  const [second, third] = [rows[first + 1], rows[first + 2]];
  const groupsAbove = second && third && headerLike(second) && filled(second) > filled(candidate) && third.some(looksLikeData);
  return groupsAbove ? first + 1 : first;
}

/** What a cell looks like: for telling files without column names apart. */
const look = (cell: string): string => {
  const t = cell.trim();
  if (t === '') return '';
  if (/@/.test(t)) return 'mail';
  if (/^\d{4}-\d\d-\d\d|^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/.test(t)) return 'day';
  return looksLikeData(t) ? 'number' : 'text';
};

/**
 * A fingerprint for a file without column names: how many columns, and what the cells of each look like. Two sheets of another make must
 * not be read by each other's mapping only because they are equally wide.
 */
export function shapeFingerprint(rows: readonly (readonly string[])[], width: number): string {
  const kinds = Array.from({ length: width }, (_, i) => {
    const seen = new Map<string, number>();
    for (const row of rows) {
      const kind = look(row[i] ?? '');
      if (kind) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    }
    return [...seen].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? '';
  });
  return contentHash(`no names\u001f${kinds.join('\u001f')}`);
}

/** Names to show when the file has none, or leaves one empty or twice. */
export function columnNames(header: readonly string[] | null, width: number): string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, i) => {
    const name = (header?.[i] ?? '').replace(/[\s\u00a0\ufeff]+/g, ' ').trim() || `Column ${i + 1}`;
    const n = (seen.get(name) ?? 0) + 1;
    seen.set(name, n);
    return n > 1 ? `${name} (${n})` : name;
  });
}

/** Fields of a file in a fixed order, for storing rows compactly. */
export const usedFields = (columns: Columns): Field[] => FIELD_NAMES.filter((f) => (columns[f]?.length ?? 0) > 0);

export const isMoney = (field: Field): boolean => FIELDS[field].kind === 'money' || FIELDS[field].kind === 'quantity';
export const isDate = (field: Field): boolean => FIELDS[field].kind === 'date';
