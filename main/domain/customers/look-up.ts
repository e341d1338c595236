import type { CustomerId, UtcMs } from '../kernel';
import { bits, letterMask, nameWords, slips, slipsFor, soundOf, typedWords } from './fuzzy';
import { otherNames } from './nicknames';
import { TextColumn } from './text-column';

/** A person as the big box finds them. */
export interface LookUpPerson {
  id: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  /** E.164; numbers of records merged into this one as well. */
  phones: readonly string[];
  emails: readonly string[];
  /** When they were last here, as far as anybody knows; 0 = never. */
  seenAt: UtcMs | 0;
}

export interface LookUpHits {
  /** The best first. */
  ids: CustomerId[];
  /** More people fit than were asked for. */
  more: boolean;
  /** Somebody is spelt as typed; false where only slips or sounds lead to anybody. */
  sure: boolean;
}

/**
 * How well one word fits, best first. A person is as good as their worst word, then as the sum; equals by who was here last, then by
 * the newer record.
 */
const EXACT = 0;
const START = 1;
const OTHER_NAME = 2;
const INSIDE = 3;
const EMAIL = 4;
/** Slips are added: 5 sounds alike, 6 one slip, 7 two; begun with slips 8 and 9. */
const LIKE = 5;

interface Word {
  /** Its place among all words. */
  readonly no: number;
  readonly text: string;
  readonly mask: number;
  readonly sound: string;
  /** Rows with this word, in no order. */
  rows: number[];
}

interface Row {
  id: CustomerId;
  seenAt: number;
  words: Word[];
  /** The first so many words are those of the first name. */
  firsts: number;
}

/** Which words fit a typed one, and how well. */
type Fits = Map<Word, number>;

/**
 * Finds people from whatever staff type: any part of a number, names with slips and without accents, nicknames, the last name first, the
 * beginning of an e-mail. In memory (about 15 MB for 100,000 people), because the worst questions are the commonest: an area code, two
 * letters, "maria". The words themselves are few; each knows its people.
 */
export class LookUpIndex {
  private readonly rows: Row[] = [];
  private readonly rowOf = new Map<CustomerId, number>();
  private readonly free: number[] = [];
  private readonly words = new Map<string, Word>();
  /** The same words by their place, and as one text to search. */
  private readonly list: (Word | undefined)[] = [];
  private readonly texts = new TextColumn();
  private readonly freeWords: number[] = [];
  /** Words that begin with a digit: few, and asked with every number. */
  private readonly numbered = new Set<Word>();
  private readonly digits = new TextColumn();
  private readonly emails = new TextColumn();

  /** `callingCode`: of the shop's country, so that a number typed from its area code on begins the number. */
  constructor(private readonly callingCode = '1') {}

  get size(): number {
    return this.rowOf.size;
  }

  set(p: LookUpPerson): void {
    let at = this.rowOf.get(p.id);
    if (at === undefined) {
      at = this.free.pop() ?? this.rows.length;
      this.rowOf.set(p.id, at);
      this.rows[at] = { id: p.id, seenAt: 0, words: [], firsts: 0 };
    }
    const row = this.rows[at] as Row;
    row.seenAt = p.seenAt;
    const firsts = nameWords(p.firstName);
    // a word may stand twice: Ana García García
    const texts = [...firsts, ...nameWords(p.lastName), ...nameWords(p.company)];
    row.firsts = firsts.length;
    if (texts.length !== row.words.length || texts.some((t, i) => row.words[i]?.text !== t)) {
      this.forgetWords(at, row);
      row.words = texts.map((t) => this.word(t));
      for (const w of new Set(row.words)) w.rows.push(at);
    }
    this.digits.set(at, p.phones.map((n) => n.replace(/\D/g, '')).join(' '));
    this.emails.set(at, p.emails.join(' ').toLowerCase());
  }

  remove(id: CustomerId): void {
    const at = this.rowOf.get(id);
    if (at === undefined) return;
    this.forgetWords(at, this.rows[at] as Row);
    this.digits.set(at, '');
    this.emails.set(at, '');
    this.rowOf.delete(id);
    this.free.push(at);
  }

  private word(text: string): Word {
    let w = this.words.get(text);
    if (!w) {
      const no = this.freeWords.pop() ?? this.list.length;
      w = { no, text, mask: letterMask(text), sound: soundOf(text), rows: [] };
      this.words.set(text, w);
      this.list[no] = w;
      this.texts.set(no, text);
      if (/^\d/.test(text)) this.numbered.add(w);
    }
    return w;
  }

  private forgetWords(at: number, row: Row): void {
    for (const w of new Set(row.words)) {
      const i = w.rows.indexOf(at);
      const last = w.rows.pop();
      if (i < w.rows.length && last !== undefined) w.rows[i] = last;
      if (w.rows.length > 0) continue;
      this.words.delete(w.text);
      this.list[w.no] = undefined;
      this.texts.set(w.no, '');
      this.freeWords.push(w.no);
      this.numbered.delete(w);
    }
    row.words = [];
  }

  /** The people most likely meant, best first. Fewer than two letters or digits find nobody. */
  find(text: string, limit: number): LookUpHits {
    const typed = text.normalize('NFKC').trim();
    const top = new Top(this.rows, limit + 1);
    const number = typedNumber(typed);
    if (number !== null) this.findNumber(number, top);
    else if ([...typed].length >= 2) {
      if (typed.includes('@')) this.findEmail(typed.toLowerCase(), EXACT, top);
      else this.findName(typed, limit, top);
    }
    const ids = top.rows().map((r) => (this.rows[r] as Row).id);
    return { ids: ids.slice(0, limit), more: ids.length > limit, sure: top.rank < LIKE * 100 };
  }

  private findNumber(typed: string, top: Top): void {
    if (typed.length < 2) return;
    const cc = this.callingCode;
    const search = (digits: string) =>
      this.digits.search(digits, (row, text, at) => {
        const from = text.lastIndexOf(' ', at) + 1;
        const space = text.indexOf(' ', at);
        const end = space < 0 ? text.length : space;
        const ends = at + digits.length === end;
        const starts = at === from || (at === from + cc.length && text.startsWith(cc, from));
        // the whole number, or all of it but its country
        top.offer(row, ends && starts ? EXACT : ends ? 100 : starts ? 200 : 300);
      });
    search(typed);
    // 00 44 … dialled as from abroad, 0151 … with the 0 that is only dialled at home
    if (typed.startsWith('0') && top.count === 0) {
      const rest = typed.replace(/^0+/, '');
      if (rest.length >= 2) search(rest);
    }
    // "Studio 54": digits may be a word of a name too
    for (const w of this.numbered) {
      if (w.text.startsWith(typed)) for (const row of w.rows) top.offer(row, w.text === typed ? 400 : 500);
    }
  }

  private findEmail(typed: string, cost: number, top: Top): void {
    this.emails.search(typed, (row, text, at) => {
      if (at !== 0 && text[at - 1] !== ' ') return;
      const whole = at + typed.length === text.length || text[at + typed.length] === ' ';
      top.offer(row, cost * 100 + (whole ? 0 : 1));
    });
  }

  private findName(typed: string, limit: number, top: Top): void {
    const terms = typedWords(typed).slice(0, 6);
    if (terms.length === 0) return;
    this.offerNames(
      terms,
      terms.map((t) => this.fits(t)),
      top,
    );
    const [only] = terms;
    if (terms.length === 1 && only !== undefined && only.length >= 3) this.findEmail(typed.toLowerCase(), EMAIL, top);
    // Slips are looked for only where there is room left: who is spelt as typed is never pushed out.
    if (top.count <= limit)
      this.offerNames(
        terms,
        terms.map((t) => this.alike(t, this.fits(t))),
        top,
      );
  }

  /** Words that are the typed one, begin with it, hold it, or are another name of its bearer. */
  private fits(term: string): Fits {
    const fits: Fits = new Map();
    const inside = term.length >= 3;
    this.texts.search(term, (no, text, at) => {
      const w = this.list[no];
      if (!w || (at > 0 && (!inside || fits.has(w)))) return;
      fits.set(w, at > 0 ? INSIDE : text.length === term.length ? EXACT : START);
    });
    if (inside) {
      for (const name of otherNames(term)) {
        const w = this.words.get(name);
        if (w && (fits.get(w) ?? LIKE) > OTHER_NAME) fits.set(w, OTHER_NAME);
      }
    }
    return fits;
  }

  private alike(term: string, fits: Fits): Fits {
    const most = slipsFor(term.length);
    if (most === 0) return fits;
    const mask = letterMask(term);
    const sound = soundOf(term);
    for (const w of this.list) {
      if (!w || fits.has(w)) continue;
      if (w.sound === sound) fits.set(w, LIKE);
      else if (bits(mask & ~w.mask) <= most) {
        const { whole, start } = slips(term, w.text, most);
        if (whole <= most) fits.set(w, LIKE + whole);
        else if (start === 1) fits.set(w, LIKE + 3);
      }
    }
    return fits;
  }

  private offerNames(terms: readonly string[], fits: readonly Fits[], top: Top): void {
    if (terms.length === 1) {
      for (const [w, cost] of fits[0] as Fits) {
        for (const r of w.rows) {
          const row = this.rows[r] as Row;
          if (cost === OTHER_NAME && row.words.indexOf(w) >= row.firsts) continue;
          top.offer(r, cost * 100);
        }
      }
      return;
    }
    const seed = this.rarest(terms, fits);
    if (seed === null) return;
    for (const w of fits[seed]?.keys() ?? []) {
      for (const r of w.rows) {
        const rank = this.rank(this.rows[r] as Row, r, terms, fits);
        if (rank !== null) top.offer(r, rank);
      }
    }
  }

  /** The typed word with the fewest people: only these are looked at closely. */
  private rarest(terms: readonly string[], fits: readonly Fits[]): number | null {
    let seed: number | null = null;
    let fewest = Number.POSITIVE_INFINITY;
    fits.forEach((f, i) => {
      let people = 0;
      for (const w of f.keys()) people += w.rows.length;
      // digits among the words may be part of the number instead: they alone cannot say who is out
      if (people < fewest && !/^\d+$/.test(terms[i] as string)) {
        fewest = people;
        seed = i;
      }
    });
    return seed;
  }

  /** Every typed word needs a word of its own; null = somebody else is meant. */
  private rank(row: Row, at: number, terms: readonly string[], fits: readonly Fits[]): number | null {
    const used = new Set<number>();
    let worst = 0;
    let sum = 0;
    // longest first: an initial takes what is left
    const order = terms.map((_, i) => i).sort((a, b) => (terms[b] as string).length - (terms[a] as string).length);
    for (const i of order) {
      let best: number | null = null;
      let cost = Number.POSITIVE_INFINITY;
      row.words.forEach((w, n) => {
        const c = used.has(n) ? undefined : fits[i]?.get(w);
        if (c === undefined || c >= cost || (c === OTHER_NAME && n >= row.firsts)) return;
        best = n;
        cost = c;
      });
      if (best === null && /^\d{2,}$/.test(terms[i] as string)) {
        const number = this.digits.row(at);
        if (number.includes(terms[i] as string)) cost = START;
      }
      if (cost === Number.POSITIVE_INFINITY) return null;
      if (best !== null) used.add(best);
      worst = Math.max(worst, cost);
      sum += cost;
    }
    return worst * 100 + sum * 2 + (used.size < row.words.length ? 1 : 0);
  }
}

/** The digits of what can only be a number: `(212) 555-01`, `+1 212`, `555.01`; null where a letter is in it. */
function typedNumber(typed: string): string | null {
  if (!/^\+?[\d\s().\-/·\u2010-\u2015]+$/.test(typed)) return null;
  const digits = typed.replace(/\D/g, '');
  return digits === '' ? null : digits;
}

/** The best few of many: by rank, then by who was here last, then by the newer record. A row counts once, at its best. */
class Top {
  private readonly best: { row: number; rank: number }[] = [];

  constructor(
    private readonly people: readonly Row[],
    private readonly size: number,
  ) {}

  get count(): number {
    return this.best.length;
  }

  offer(row: number, rank: number): void {
    const { best, size } = this;
    const worst = best.length === size ? best[size - 1] : undefined;
    if (worst && !this.before(row, rank, worst)) return;
    const known = best.findIndex((b) => b.row === row);
    if (known >= 0) {
      if ((best[known] as { rank: number }).rank <= rank) return;
      best.splice(known, 1);
    }
    let at = best.length;
    while (at > 0 && this.before(row, rank, best[at - 1] as { row: number; rank: number })) at--;
    best.splice(at, 0, { row, rank });
    if (best.length > size) best.pop();
  }

  private before(row: number, rank: number, other: { row: number; rank: number }): boolean {
    if (rank !== other.rank) return rank < other.rank;
    const [a, b] = [this.people[row] as Row, this.people[other.row] as Row];
    return a.seenAt !== b.seenAt ? a.seenAt > b.seenAt : a.id > b.id;
  }

  /** Of the best of them. */
  get rank(): number {
    return this.best[0]?.rank ?? Number.POSITIVE_INFINITY;
  }

  rows(): number[] {
    return this.best.map((b) => b.row);
  }
}
