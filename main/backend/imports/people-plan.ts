import type { Db } from '@db/open';
import { hasIdentityOf, peopleWith, personValuesOf } from '@db/queries/import-people';
import type { MatchHow, PlannedPerson } from '@db/queries/import-staging';
import { findIdentity } from '@db/queries/imports';
import type { FilePerson } from '@domain/imports/model';
import { foldPerson, type PersonValues, personChanges, personValues, sameFirstName } from '@domain/imports/people';
import type { Note } from '@domain/imports/plan';
import type { CustomerId, PhoneE164 } from '@domain/kernel';

interface Known {
  id: CustomerId;
  values: PersonValues;
}
interface Entry {
  n: number;
  sourceId: string | null;
  values: PersonValues;
  known: Known | null;
  how: MatchHow;
  said: PersonValues | null;
  /** The till's id is already tied to the person. */
  tied: boolean;
  row: number;
}

export type PersonRef = { customerId: CustomerId | null; planned: number | null };

/**
 * Which person a row means: the till's own id, else the e-mail, else the number; never the name alone. Two people the till keeps
 * apart stay apart, whatever they share; a shared number with another first name is a family, not a match.
 */
export class PeoplePlan {
  private readonly entries: Entry[] = [];
  private readonly byId = new Map<string, Entry>();
  private readonly byEmail = new Map<string, Entry[]>();
  private readonly byPhone = new Map<string, Entry[]>();
  private readonly byCustomer = new Map<CustomerId, Entry>();
  private readonly idMisses = new Set<string>();
  /** Numbers whose row says: no texts. A no in a file always wins (rules.md §1). */
  readonly refusals = new Set<PhoneE164>();

  constructor(
    private readonly shop: Db,
    private readonly source: string,
    private readonly note: (n: Note) => void,
  ) {}

  /** The person behind a till's id, if anybody is known by it (before this file or in it). */
  behind(sourceId: string): PersonRef | null {
    const entry = this.byId.get(sourceId);
    if (entry) return refOf(entry);
    if (this.idMisses.has(sourceId)) return null;
    const identity = this.identity(sourceId);
    if (!identity) {
      this.idMisses.add(sourceId);
      return null;
    }
    return { customerId: identity.customerId, planned: null };
  }

  /** Finds or plans the person of a row. */
  take(p: FilePerson): PersonRef {
    const values = personValues(p);
    if (p.saysSms === false && p.phone) {
      this.refusals.add(p.phone);
      this.note({ row: p.row, column: '', reason: 'said-no' });
    }
    const entry =
      this.find(p) ?? this.add({ values, known: null, how: 'import', said: null, tied: false, sourceId: p.sourceId, row: p.row });
    entry.values = foldPerson(entry.values, values);
    if (p.sourceId && !entry.sourceId) entry.sourceId = p.sourceId;
    if (p.sourceId) this.byId.set(p.sourceId, entry);
    this.index(this.byEmail, p.email, entry);
    this.index(this.byPhone, p.phone, entry);
    return refOf(entry);
  }

  private find(p: FilePerson): Entry | null {
    if (p.sourceId) {
      const planned = this.byId.get(p.sourceId);
      if (planned) return planned;
      const identity = this.identity(p.sourceId);
      if (identity) {
        const said = identity.said === null ? null : (JSON.parse(identity.said) as PersonValues);
        return this.entryOf(this.known(identity.customerId), 'import', said, true, p);
      }
    }
    return this.match(p, 'email', p.email, this.byEmail, 'email') ?? this.match(p, 'phone', p.phone, this.byPhone, 'phone') ?? null;
  }

  private match(
    p: FilePerson,
    how: 'email' | 'phone',
    value: string | null,
    planned: Map<string, Entry[]>,
    column: 'email' | 'phone',
  ): Entry | null {
    if (value === null) return null;
    const entries = planned.get(value) ?? [];
    const known = peopleWith(this.shop, column, value)
      .filter((id) => !this.byCustomer.has(id))
      .map((id) => this.known(id));
    if (!entries.length && !known.length) return null;
    const nameFits = (v: PersonValues) => sameFirstName(p.firstName, String(v.first_name ?? ''));
    // a person another row of this file already speaks for is only taken over by a row that could be the same person
    const free: (Entry | Known)[] = [
      ...entries.filter((e) => (e.sourceId === null || p.sourceId === null || e.sourceId === p.sourceId) && nameFits(e.values)),
      ...known.filter((k) => (p.sourceId === null || !this.hasIdentity(k.id)) && (how === 'email' || nameFits(k.values))),
    ];
    let best = free;
    if (best.length > 1) best = narrowed(best, (x) => nameFits(x.values));
    if (best.length > 1 && p.phone) best = narrowed(best, (x) => x.values.phone === p.phone);
    if (best.length > 1 && p.sourceId) best = [];
    const pick = best[0];
    if (!pick) {
      this.note({ row: p.row, column: column, reason: how === 'email' ? 'shared-email' : 'shared-phone' });
      return null;
    }
    return 'n' in pick ? pick : this.entryOf(pick, how, null, false, p);
  }

  private entryOf(known: Known, how: MatchHow, said: PersonValues | null, tied: boolean, p: FilePerson): Entry {
    const seen = this.byCustomer.get(known.id);
    if (seen) return seen;
    const entry = this.add({ values: personValues(p), known, how, said, tied, sourceId: p.sourceId, row: p.row });
    this.byCustomer.set(known.id, entry);
    return entry;
  }

  private add(e: Omit<Entry, 'n'>): Entry {
    const entry = { ...e, n: this.entries.length + 1 };
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
      const { set, kept } = personChanges(e.known.values, e.values, e.said);
      if (kept) this.note({ row: e.row, column: '', reason: 'kept-ours' });
      const says = e.said ? foldPerson(e.values, e.said) : e.values;
      const ties = e.sourceId !== null && !e.tied;
      const news = Object.keys(set).length > 0 || ties;
      if (news) changed++;
      else same++;
      if (!news && (e.sourceId === null || JSON.stringify(says) === JSON.stringify(e.said))) continue;
      const was = Object.fromEntries(Object.keys(set).map((k) => [k, e.known?.values[k as keyof PersonValues]])) as Partial<PersonValues>;
      plan.push({ n: e.n, action: 'changed', customerId: e.known.id, how: e.how, sourceId: e.sourceId, was, set, says, row: e.row });
    }
    return { plan, new: fresh, changed, same };
  }
}

const refOf = (e: Entry): PersonRef => (e.known ? { customerId: e.known.id, planned: null } : { customerId: null, planned: e.n });

/** Those that pass, unless none does. */
function narrowed<T>(xs: T[], pass: (x: T) => boolean): T[] {
  const some = xs.filter(pass);
  return some.length ? some : xs;
}
