import type { PhoneE164 } from '@domain/kernel';
import { CATEGORIES, clothesSize, shoeSize } from './catalogue';
import { INSTALL_DAY, type SeedDay } from './days';
import { AREA_CODES, FIRST_NAMES, LAST_NAMES, SPANISH_FIRST, TOWNS } from './names';
import { cumulative, Rng } from './random';

export interface SeedPerson {
  readonly firstName: string;
  readonly lastName: string;
  phone: PhoneE164 | null;
  readonly phoneKind: 'unknown' | 'mobile' | 'landline';
  readonly email: string | null;
  readonly language: 'en' | 'es';
  readonly birthday: string | null;
  readonly town: number;
  readonly street: string;
  /** The till made this profile from a card: no name, not reachable. */
  readonly weak: boolean;
  /** The till's own id; null for people signed up at the counter only. */
  readonly squareId: string | null;
  readonly favourites: readonly number[];
  readonly shoe: string;
  readonly clothes: string;
  /** Day they first appear (index; before 0 = an old customer). */
  readonly since: number;
  /** Their visits as day · 1440 + minute, ascending. */
  visits: number[];
  /** Day index of the opt-in at the counter; null = never asked or said no. */
  signedUp: number | null;
  /** Index of the past campaign they answered with STOP. */
  stoppedAt: number | null;
}

const BASE36 = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Fictional numbers: exchange 555 of real area codes, 555-0100…0199 first (reserved for fiction), then other lines of 555.
 * Unique as long as an area code has lines left; then the next one is used.
 */
function fictionalPhones(rng: Rng): () => PhoneE164 {
  const share = cumulative(AREA_CODES.map(([, s]) => s));
  const used = AREA_CODES.map(() => 0);
  return () => {
    let code = rng.pickCumulative(share);
    while ((used[code] as number) >= 9800) code = (code + 1) % AREA_CODES.length;
    const n = used[code] as number;
    used[code] = n + 1;
    const step = n < 100 ? 100 + n : 200 + (((n - 100) * 7919) % 9700); // 7919 is prime: lines look scattered, none repeats
    const line = step === 1212 ? 9900 : step === 4334 ? 9901 : step; // directory assistance and a taken line
    return `+1${(AREA_CODES[code] as readonly [string, number])[0]}555${String(line).padStart(4, '0')}` as PhoneE164;
  };
}

/** People with names, ways to reach them, taste and their own rhythm of coming (gamma gaps, seasons, some who never return). */
export function makePeople(seed: number, count: number, days: readonly SeedDay[]): SeedPerson[] {
  const rng = new Rng(`${seed}:people`);
  const nextPhone = fictionalPhones(new Rng(`${seed}:phones`));
  const towns = cumulative(TOWNS.map((t) => t[3]));
  const mails = new Set<string>();
  const people: SeedPerson[] = [];
  for (let i = 0; i < count; i++) {
    const weak = rng.chance(0.06);
    const firstName = weak ? '' : rng.pick(FIRST_NAMES);
    const lastName = weak ? '' : rng.pick(LAST_NAMES);
    const phone = !weak && rng.chance(0.8) ? nextPhone() : null;
    let email: string | null = null;
    if (!weak && rng.chance(0.55)) {
      const local = `${firstName}.${lastName}`.toLowerCase();
      email = `${local}@example.com`;
      if (mails.has(email)) email = `${local}${i}@example.net`;
      mails.add(email);
    }
    const kind = rng.next();
    const person: SeedPerson = {
      firstName,
      lastName,
      phone,
      phoneKind: phone && kind < 0.35 ? 'mobile' : phone && kind > 0.97 ? 'landline' : 'unknown',
      email,
      language: SPANISH_FIRST.has(firstName) && rng.chance(0.4) ? 'es' : 'en',
      birthday: !weak && rng.chance(0.3) ? birthday(rng) : null,
      town: rng.pickCumulative(towns),
      street: `${rng.int(1, 240)} ${rng.pick(['Main St', 'Wall St', 'Abeel St', 'Broadway', 'Fair St', 'Clinton Ave', 'Lucas Ave', 'Elm St'])}`,
      weak,
      squareId: rng.chance(0.95) ? `${rng.text(BASE36, 19)}${i.toString(36).toUpperCase().padStart(7, '0')}` : null,
      favourites: [rng.int(0, CATEGORIES.length - 1), rng.int(0, CATEGORIES.length - 1), rng.int(0, CATEGORIES.length - 1)],
      shoe: shoeSize(rng),
      clothes: clothesSize(rng),
      since: rng.chance(0.42) ? -rng.int(1, 400) : rng.int(0, days.length - 1),
      visits: [],
      signedUp: null,
      stoppedAt: null,
    };
    rhythm(rng, person, days);
    people.push(person);
    joinTheList(rng, person, nextPhone, days.length);
  }
  return people;
}

function birthday(rng: Rng): string {
  const md = `${String(rng.int(1, 12)).padStart(2, '0')}-${String(rng.int(1, 28)).padStart(2, '0')}`;
  return rng.chance(0.6) ? `${rng.int(1946, 2003)}-${md}` : `--${md}`;
}

/** Gaps are gamma with a personal mean (median about 80 days), thinned by season; one visit in eight is the last. */
function rhythm(rng: Rng, p: SeedPerson, days: readonly SeedDay[]): void {
  const mean = Math.min(320, Math.max(9, 80 * Math.exp(0.75 * rng.normal())));
  const shape = rng.chance(0.5) ? 2 : 1.2;
  let at = p.since;
  if (at < 0) {
    while (at < 0) at += Math.max(1, rng.gamma(shape, mean));
    if (rng.chance(0.35)) return; // lapsed before the story begins
  }
  while (at < days.length) {
    const day = openDayFrom(rng, Math.floor(at), days);
    if (day === null) return;
    p.visits.push(day * 1440 + minuteOfDay(rng));
    if (rng.chance(0.12)) return;
    at = day + Math.max(1, rng.gamma(shape, mean));
  }
}

/** The day somebody who meant to come at `from` really comes: not when closed, less often in slow weeks. */
function openDayFrom(rng: Rng, from: number, days: readonly SeedDay[]): number | null {
  for (let d = Math.max(0, from); d < days.length; d++) {
    const weight = (days[d] as SeedDay).weight;
    if (weight > 0 && rng.chance(weight / 2.2)) return d;
  }
  return null;
}

/** Shop hours 9–18; lunch and late afternoon are busier. */
export function minuteOfDay(rng: Rng): number {
  const peak = rng.chance(0.5) ? 12.6 : 16;
  const hour = Math.min(17.8, Math.max(9.1, rng.chance(0.25) ? 9.1 + 8.6 * rng.next() : peak + 1.3 * rng.normal()));
  return Math.round(hour * 60);
}

/** At the counter, since the shop keeps a list: about half of those who are asked tick the box, at a visit of theirs. */
function joinTheList(rng: Rng, p: SeedPerson, nextPhone: () => PhoneE164, days: number): void {
  if (p.weak || p.phoneKind === 'landline' || !rng.chance(0.62)) return;
  for (const v of p.visits) {
    const day = Math.floor(v / 1440);
    if (day < INSTALL_DAY || day >= days || !rng.chance(0.55)) continue;
    p.phone ??= nextPhone(); // the one they type themselves
    p.signedUp = day;
    return;
  }
}
