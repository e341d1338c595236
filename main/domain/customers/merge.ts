/** What the owner chooses between when two records are one person; an address is one choice, a number comes with how it was written. */
export const MERGE_FIELDS = [
  'firstName',
  'lastName',
  'company',
  'phone',
  'email',
  'language',
  'birthday',
  'address',
  'zone',
  'note',
] as const;
export type MergeField = (typeof MERGE_FIELDS)[number];
/** Whose value stays. `both` only for notes: one under the other. */
export type MergeTake = Partial<Record<MergeField, 'a' | 'b' | 'both'>>;

const COLUMNS = {
  firstName: ['first_name'],
  lastName: ['last_name'],
  company: ['company'],
  phone: ['phone', 'phone_raw', 'phone_kind', 'phone_problem'],
  email: ['email'],
  language: ['language'],
  birthday: ['birthday'],
  address: ['street', 'city', 'region', 'postal_code', 'country'],
  zone: ['zone'],
  note: ['note'],
} as const satisfies Record<MergeField, readonly string[]>;

/** One record as table `customer` holds it. */
export type PersonRecord = Readonly<Record<string, string | number | null>>;

const told = (r: PersonRecord, field: MergeField): boolean =>
  COLUMNS[field].some((c) => c !== 'phone_kind' && c !== 'country' && r[c] !== null && r[c] !== '' && r[c] !== undefined);

/** True when both say something about a field and it is not the same. */
export const differs = (a: PersonRecord, b: PersonRecord, field: MergeField): boolean =>
  told(a, field) && told(b, field) && COLUMNS[field].some((c) => c !== 'phone_raw' && fold(a[c]) !== fold(b[c]));

const fold = (v: string | number | null | undefined): string => String(v ?? '').trim();

/**
 * Whose value stays unless the owner says otherwise: whichever is known; where both are, that of the record with more visits, then
 * the one seen last, then the older one. Two notes stay both.
 */
export function mergeDefaults(a: PersonRecord, b: PersonRecord): Record<MergeField, 'a' | 'b' | 'both'> {
  const rank = (r: PersonRecord): number[] => [Number(r['visits'] ?? 0), Number(r['last_visit_at'] ?? 0), -Number(r['created_at'] ?? 0)];
  const [x, y] = [rank(a), rank(b)];
  const at = x.findIndex((v, i) => v !== y[i]);
  const first = at >= 0 && (y[at] as number) > (x[at] as number) ? 'b' : 'a';
  const out = {} as Record<MergeField, 'a' | 'b' | 'both'>;
  for (const f of MERGE_FIELDS) {
    if (f === 'note' && differs(a, b, f)) out[f] = 'both';
    else if (f === 'language') out[f] = first;
    else out[f] = told(a, f) === told(b, f) ? first : told(a, f) ? 'a' : 'b';
  }
  return out;
}

/**
 * The one record two become: chosen fields, all tags, the older one's beginning. `otherPhone` and `otherEmail` are what the person
 * was also known by: files and replies still use them.
 */
export function mergedRecord(
  a: PersonRecord,
  b: PersonRecord,
  take: MergeTake,
): { values: Record<string, string | number | null>; otherPhone: string | null; otherEmail: string | null } {
  const chosen = { ...mergeDefaults(a, b), ...take };
  const values: Record<string, string | number | null> = {};
  for (const f of MERGE_FIELDS) {
    const from = chosen[f] === 'b' ? b : a;
    for (const c of COLUMNS[f]) values[c] = from[c] ?? null;
    if (chosen[f] === 'both') values['note'] = [a['note'], b['note']].filter((n, i, all) => n && all.indexOf(n) === i).join('\n');
  }
  values['tags'] = JSON.stringify([...new Set([...tagsOf(a), ...tagsOf(b)])]);
  values['weak'] = Math.min(Number(a['weak']), Number(b['weak']));
  const older = Number(b['created_at']) < Number(a['created_at']) ? b : a;
  values['created_at'] = older['created_at'] ?? null;
  values['import_id'] = older['import_id'] ?? null;
  const other = (c: string) => [a[c], b[c]].find((v) => v !== null && v !== values[c]) as string | null | undefined;
  return { values, otherPhone: other('phone') ?? null, otherEmail: other('email') ?? null };
}

const tagsOf = (r: PersonRecord): string[] => JSON.parse(String(r['tags'] ?? '[]')) as string[];
