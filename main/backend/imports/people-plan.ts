import type { Db } from '@db/open';
import { hasIdentityOf, peopleWith, personValuesOf } from '@db/queries/import-people';
import type { MatchHow, PlannedPerson } from '@db/queries/import-staging';
import { findIdentity } from '@db/queries/imports';
import { foldName } from '@domain/customers/nicknames';
import { detached } from '@domain/imports/hash';
import type { FilePerson, FileSays } from '@domain/imports/model';
import {
  foldPerson,
  PERSON_COLUMNS,
  type PersonValues,
  type Prefer,
  personChanges,
  personValues,
  sameFirstName,
} from '@domain/imports/people';
import { strongerSays } from '@domain/imports/person';
import type { Note } from '@domain/imports/plan';
import type { CustomerId } from '@domain/kernel';

interface Known {
  id: CustomerId;
  values: PersonValues;
}
/** What the rows under one till id (or under none) say of a person. */
interface Part {
  sourceId: string | null;
  values: PersonValues;
  /** What the till's files said last time under this id. */
  said: PersonValues | null;
  /** The till's id is already tied to the person. */
  tied: boolean;
}
interface Entry {
  n: number;
  sourceId: string | null;
  /** Everything the file says of them. */
  values: PersonValues;
  /** Usually one; people who were merged have several ids. */
  parts: Part[];
  known: Known | null;
  how: MatchHow;
  row: number;
}

/** What a file says about permission of one number or e-mail, and where it stands. */
export interface SaidOf extends FileSays {
  address: string;
  row: number;
}

export type PersonRef = { customerId: CustomerId | null; planned: number | null };

/**
 * Which person a row means: the till's own id, else the e-mail, else the number; never the name alone. Two people the till keeps
 * apart stay apart, whatever they share; a shared number or e-mail with another first name is a family, not a match. People who
 * were merged are found under everything they were known by.
 */
export class PeoplePlan {
  private readonly entries: Entry[] = [];
  private readonly byId = new Map<string, Entry>();
  private readonly byEmail = new Map<string, Entry[]>();
  private readonly byPhone = new Map<string, Entry[]>();
  private readonly byCustomer = new Map<CustomerId, Entry>();
  private readonly idMisses = new Set<string>();
  /** Numbers of further steps for one person, above those of the people. */
  private extra = 1_000_000_000;
  /** What the file says about permission, by channel and address. A no always wins (rules.md §1). */
  private readonly said = new Map<string, SaidOf>();

  constructor(
    private readonly shop: Db,
    private readonly source: string,
    private readonly note: (n: Note) => void,
    private readonly prefer: Prefer = {},
  ) {}

  /** The person behind a till's id, if anybody is known by it (before this file or in it). */
  behind(sourceId: string): PersonRef | null {
    const entry = this.byId.get(sourceId);
    if (entry) return refOf(entry);
    if (this.idMisses.has(sourceId)) return null;
    const identity = this.identity(sourceId);
    if (!identity) {
      this.idMisses.add(detached(sourceId));
      return null;
    }
    return { customerId: identity.customerId, planned: null };
  }

  /** Finds or plans the person of a row. */
  take(p: FilePerson): PersonRef {
    const values = personValues(p);
    this.hear(p);
    const identity = p.sourceId && !this.byId.has(p.sourceId) ? this.identity(p.sourceId) : null;
    const entry = this.find(p, values, identity) ?? this.add({ values, known: null, how: 'import', sourceId: p.sourceId, row: p.row });
    entry.values = foldPerson(entry.values, values);
    if (p.sourceId && !entry.sourceId) entry.sourceId = p.sourceId;
    const part = entry.parts.find((x) => x.sourceId === p.sourceId);
    if (part) part.values = foldPerson(part.values, values);
    else {
      const said = identity?.said ? (JSON.parse(identity.said) as PersonValues) : null;
      entry.parts.push({ sourceId: p.sourceId, values, said, tied: identity !== null });
    }
    if (p.sourceId) this.byId.set(p.sourceId, entry);
    this.index(this.byEmail, p.email, entry);
    this.index(this.byPhone, p.phone, entry);
    return refOf(entry);
  }

  private hear(p: FilePerson): void {
    for (const says of p.says) {
      const address = says.channel === 'sms' ? p.phone : p.email;
      if (address === null) continue;
      const key = `${says.channel} ${address}`;
      const before = this.said.get(key) ?? null;
      const now = strongerSays(before, { ...says, address, row: p.row });
      if (now === null || now === before) continue;
      this.said.set(key, now);
      if (now.says === 'no' && before?.says !== 'no') this.note({ row: p.row, column: says.column, reason: 'said-no' });
    }
  }

  /** What the file says about permission, one answer per number and e-mail. */
  says(): SaidOf[] {
    return [...this.said.values()];
  }

  private find(p: FilePerson, values: PersonValues, identity: { customerId: CustomerId } | null): Entry | null {
    const planned = p.sourceId ? this.byId.get(p.sourceId) : undefined;
    if (planned) return planned;
    if (identity) return this.entryOf(identity.customerId, 'import', values, p);
    return this.match(p, values, 'email') ?? this.match(p, values, 'phone');
  }

  private match(p: FilePerson, values: PersonValues, how: 'email' | 'phone'): Entry | null {
    const value = p[how];
    if (value === null) return null;
    const found = new Set<Entry | Known>((how === 'email' ? this.byEmail : this.byPhone).get(value) ?? []);
    for (const id of peopleWith(this.shop, how, value)) found.add(this.byCustomer.get(id) ?? this.known(id));
    if (!found.size) return null;
    // a person another row of this file already speaks for is only taken over by a row that could be the same person
    const free = [...found].filter(
      (x) =>
        sameFirstName(p.firstName, nameOf(x).first) &&
        (p.sourceId === null || ('n' in x ? x.sourceId === null || x.sourceId === p.sourceId : !this.hasIdentity(x.id))),
    );
    const exact = (x: Entry | Known) => foldName(nameOf(x).first) === foldName(p.firstName);
    let best = free;
    if (best.length > 1 && p.firstName) best = narrowed(best, exact);
    if (best.length > 1 && p.lastName) best = narrowed(best, (x) => foldName(nameOf(x).last) === foldName(p.lastName));
    if (best.length > 1 && p.phone) best = narrowed(best, (x) => x.values.phone === p.phone);
    if (best.length > 1 && p.email) best = narrowed(best, (x) => x.values.email === p.email);
    if (best.length > 1 && p.sourceId) best = [];
    // whoever was here first, whatever the order of the rows
    const pick = best.reduce<Entry | Known | null>((a, x) => (a === null || ageOf(x) < ageOf(a) ? x : a), null);
    if (!pick) {
      this.note({ row: p.row, column: how, reason: how === 'email' ? 'shared-email' : 'shared-phone' });
      return null;
    }
    return 'n' in pick ? pick : this.entryOf(pick.id, how, values, p);
  }

  private entryOf(id: CustomerId, how: MatchHow, values: PersonValues, p: FilePerson): Entry {
    const seen = this.byCustomer.get(id);
    if (seen) return seen;
    const entry = this.add({ values, known: this.known(id), how, sourceId: p.sourceId, row: p.row });
    this.byCustomer.set(id, entry);
    return entry;
  }

  private add(e: Omit<Entry, 'n' | 'parts'>): Entry {
    const entry = { ...e, n: this.entries.length + 1, parts: [] };
    this.entries.push(entry);
    return entry;
  }

  private index(map: Map<string, Entry[]>, key: string | null, entry: Entry): void {
    if (key === null) return;
    const list = map.get(key);
    if (!list) map.set(key, [entry]);
    else if (!list.includes(entry)) list.push(entry);
  }

  private identity(sourceId: string): { customerId: CustomerId; said: string | null } | null {
    return findIdentity(this.shop, this.source, sourceId);
  }

  private hasIdentity(id: CustomerId): boolean {
    return hasIdentityOf(this.shop, id, this.source);
  }

  private known(id: CustomerId): Known {
    return { id, values: personValuesOf(this.shop, id) };
  }

  /** What will be done, in the order people were met, with the tally. People of whom the file says nothing new are left out. */
  finish(): { plan: PlannedPerson[]; new: number; changed: number; same: number } {
    const plan: PlannedPerson[] = [];
    let [fresh, changed, same] = [0, 0, 0];
    for (const e of this.entries) {
      if (!e.known) {
        fresh++;
        plan.push({ n: e.n, action: 'new', sourceId: e.sourceId, values: e.values, row: e.row });
        continue;
      }
      const news = this.changesOf(e, plan);
      if (news) changed++;
      else same++;
    }
    return { plan, new: fresh, changed, same };
  }

  /** What a known person's rows change, id by id; true when that is anything anybody would see. */
  private changesOf(e: Entry, plan: PlannedPerson[]): boolean {
    const known = e.known as Known;
    const parts = [...e.parts].sort((a, b) => ((a.sourceId ?? '\uffff') < (b.sourceId ?? '\uffff') ? -1 : 1));
    let after = known.values;
    let kept = false;
    for (const p of parts) {
      const change = personChanges(after, p.values, p.said, this.prefer);
      after = { ...after, ...change.set };
      kept ||= change.kept;
    }
    if (kept) this.note({ row: e.row, column: '', reason: 'kept-ours' });
    const columns = PERSON_COLUMNS.filter((c) => after[c] !== known.values[c]);
    const was = Object.fromEntries(columns.map((c) => [c, known.values[c]])) as Partial<PersonValues>;
    const set = Object.fromEntries(columns.map((c) => [c, after[c]])) as Partial<PersonValues>;
    const base = { action: 'changed' as const, customerId: known.id, how: e.how, row: e.row };
    let first = true;
    for (const p of parts) {
      const says = p.said ? foldPerson(p.values, p.said) : p.values;
      const tells = p.sourceId !== null && (!p.tied || JSON.stringify(says) !== JSON.stringify(p.said));
      if (!tells && !(first && columns.length)) continue;
      const mine = first ? { was, set } : { was: {}, set: {} };
      plan.push({ ...base, ...mine, n: first ? e.n : ++this.extra, sourceId: p.sourceId, says });
      first = false;
    }
    return columns.length > 0 || parts.some((p) => p.sourceId !== null && !p.tied);
  }
}

const nameOf = (x: Entry | Known): { first: string; last: string } => {
  const ours = 'n' in x && x.known ? x.known.values : x.values;
  return { first: String(ours.first_name || x.values.first_name || ''), last: String(ours.last_name || x.values.last_name || '') };
};

const ageOf = (x: Entry | Known): number => ('n' in x ? (x.known?.id ?? Number.MAX_SAFE_INTEGER / 2 + x.n) : x.id);

const refOf = (e: Entry): PersonRef => (e.known ? { customerId: e.known.id, planned: null } : { customerId: null, planned: e.n });

/** Those that pass, unless none does. */
function narrowed<T>(xs: T[], pass: (x: T) => boolean): T[] {
  const some = xs.filter(pass);
  return some.length ? some : xs;
}
