/** What a typed sentence may mention by name. Names that are not known answer null. */
export interface Known {
  /** Money as typed ("$50", "50"), in minor units. */
  money(text: string): number | null;
  /** An item or category by a name somebody typed: exact, or its singular or plural. `category`: said to be one. */
  article(name: string, category: boolean): { what: 'item' | 'category'; name: string } | null;
  offer(name: string): number | null;
  campaign(name: string): number | null;
  group(name: string): number | null;
  topic(name: string): string | null;
  tag(name: string): string | null;
  /** Names like one that is not known, best first. */
  like(name: string): string[];
}

export type Trouble = { part: string; why: 'empty' | 'not-understood' | 'unknown-name' | 'brackets'; suggestions: string[] };

/** Thrown inside reading and caught in sentence.ts: a name nobody knows is worth saying, whatever else might be tried. */
export class UnknownName {
  constructor(readonly name: string) {}
}

const SMALL = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'] as const;
export const NUMBER = `(?:\\d[\\d,]*|an?|half an?|a couple of|a few|${SMALL.join('|')}|twenty|thirty|sixty|ninety)`;
export const UNIT = '(?:days?|weeks?|months?|quarters?|years?)';
const TENS: Record<string, number> = { twenty: 20, thirty: 30, sixty: 60, ninety: 90, 'a couple of': 2, 'a few': 3 };
const DAYS_OF: Record<string, number> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

export function numberOf(text: string): number {
  const t = text.toLowerCase().replaceAll(',', '').replace(/\s+/g, ' ');
  if (/^\d+$/.test(t)) return Number(t);
  const small = SMALL.indexOf(t as (typeof SMALL)[number]);
  if (small >= 0) return small;
  if (t.startsWith('half')) return 0.5;
  return TENS[t] ?? 1;
}
/** "3", "months" → 90. */
export const daysOf = (n: string | undefined, unit: string): number =>
  Math.round((n === undefined ? 1 : numberOf(n)) * (DAYS_OF[unit.toLowerCase().replace(/s$/, '')] ?? 1));

const QUOTED = /“((?:[^”]|””)*)”|"([^"]*)"/iy;
/** Where a name without quotation marks ends. */
const NAME_ENDS =
  /\s*(?:$|[,;.()]|\b(?:and|or|but|who|that|which|in the (?:last|past)|within|over the|during|ever|lately|recently|today|since|more than|before|last (?:week|month|year)|at least|at most)\b)/i;
const NO_NAME = /^(?:anything|something|it|them|in|not|never)?$/i;

/** A place in a sentence. `eat` takes what fits at it and goes on behind. */
export class Cursor {
  at = 0;
  /** The farthest place that was reached: what could not be read begins there. */
  farthest = 0;

  constructor(
    readonly text: string,
    readonly known: Known,
  ) {}

  eat(pattern: string): RegExpExecArray | null {
    const re = patternOf(pattern);
    re.lastIndex = this.at;
    const m = re.exec(this.text);
    if (!m) return null;
    this.at = re.lastIndex;
    this.farthest = Math.max(this.farthest, this.at);
    return m;
  }

  /** Whole words only. */
  word(pattern: string): RegExpExecArray | null {
    return this.eat(`(?:${pattern})(?![a-zà-ÿ\\d])`);
  }

  /** The first of several readings that fits; a reading that does not fit leaves the place as it was. */
  first<T>(readings: readonly (() => T | null)[]): T | null {
    const from = this.at;
    for (const reading of readings) {
      const r = reading();
      if (r !== null) return r;
      this.at = from;
    }
    return null;
  }

  get done(): boolean {
    return /^[\s.!]*$/.test(this.text.slice(this.at));
  }

  /**
   * A name: in quotation marks it is taken as it stands where nobody knows it better; without them the longest beginning of what follows
   * that is known. Null = nothing that could be a name; throws `UnknownName`.
   */
  name<T>(find: (name: string) => T | null, asItIs?: (name: string) => T): T | null {
    this.eat('');
    const skipped = /\s*/y;
    skipped.lastIndex = this.at;
    skipped.exec(this.text);
    this.at = skipped.lastIndex;
    QUOTED.lastIndex = this.at;
    const q = QUOTED.exec(this.text);
    if (q) {
      const said = (q[1]?.replaceAll('””', '”') ?? q[2] ?? '').trim();
      const found = find(said) ?? (said !== '' && asItIs ? asItIs(said) : null);
      if (found === null) throw new UnknownName(said);
      this.at = QUOTED.lastIndex;
      return found;
    }
    const rest = this.text.slice(this.at);
    const ends: number[] = [];
    for (let from = 0; ends.length < 4; ) {
      const m = NAME_ENDS.exec(rest.slice(from));
      if (!m) break;
      ends.push(from + m.index);
      if (from + m.index + m[0].length >= rest.length) break;
      from += m.index + Math.max(1, m[0].length);
    }
    for (const end of [...ends].reverse()) {
      const said = bare(rest.slice(0, end));
      const found = said === '' ? null : find(said);
      if (found !== null) {
        this.at += end;
        return found;
      }
    }
    const shortest = bare(rest.slice(0, ends[0] ?? rest.length));
    if (NO_NAME.test(shortest)) return null;
    throw new UnknownName(shortest);
  }

  /** "in the last 30 days", "since yesterday", "ever"; days null = ever; null = nothing said about time. */
  period(): { days: number | null } | null {
    return this.first<{ days: number | null }>([
      () => this.word('(?:ever|at all|in all|in total|altogether|overall)') && { days: null },
      () => this.word('today') && { days: 0 },
      () => this.word('(?:since )?yesterday') && { days: 1 },
      () => this.word('(?:lately|recently)') && { days: 30 },
      () => {
        const m = this.word(`(?:(?:in|within|over|during|for) )?(?:the |this )?(?:last|past|previous) (?:(${NUMBER}) )?(${UNIT})`);
        return m && { days: daysOf(m[1], m[2] ?? '') };
      },
      () => {
        const m = this.word(`(?:within|in less than|less than) (?:the )?(${NUMBER}) (${UNIT})(?: ago)?`);
        return m && { days: daysOf(m[1], m[2] ?? '') };
      },
    ]);
  }

  /** "more than 3 months ago", "2 weeks ago". */
  ago(): number | null {
    const m = this.word(`(?:(?:more than|over|longer than|at least|about) )?(${NUMBER}) (${UNIT}) ago`);
    return m && daysOf(m[1], m[2] ?? '');
  }

  /** "once", "3 times", "5 visits". */
  times(): number | null {
    return this.first<number>([
      () => this.word('once') && 1,
      () => this.word('twice') && 2,
      () => {
        const m = this.word(`(${NUMBER})(?: or more|\\+)? (?:times|time|visits?)`);
        return m && numberOf(m[1] ?? '');
      },
    ]);
  }
}

const patterns = new Map<string, RegExp>();
/** Any number of spaces where one is written, either apostrophe. */
function patternOf(words: string): RegExp {
  let re = patterns.get(words);
  if (!re) {
    const flexible = words.replaceAll(' ?', '\\s*').replaceAll(' ', '\\s+').replaceAll("'", "['’]");
    re = new RegExp(`\\s*(?:${flexible})`, 'iy');
    patterns.set(words, re);
  }
  return re;
}

/** A name without the small words in front of it. */
const bare = (text: string): string =>
  text
    .trim()
    .replace(/^(?:(?:an?|the|some|any|our|my)\s+)+/i, '')
    .trim();
