/**
 * Which patterns can match a text at all, from the letters every match of a pattern must contain: a few array look-ups per letter
 * instead of two hundred patterns tried. It only ever leaves out what cannot match (test/domain/consent-reply-index.test.ts).
 */

const LETTERS = 27;
const code = (c: number): number => (c === 32 ? 0 : c >= 97 && c <= 122 ? c - 96 : -1);
/** Three neighbouring characters (a–z and space) as one number; -1 when there is another character among them. */
function gram(s: string, i: number): number {
  const a = code(s.charCodeAt(i));
  const b = code(s.charCodeAt(i + 1));
  const c = code(s.charCodeAt(i + 2));
  return a < 0 || b < 0 || c < 0 ? -1 : (a * LETTERS + b) * LETTERS + c;
}

/** Grams of which each match contains at least one; null = nothing is known. */
type Needs = ReadonlySet<number> | null;

class Source {
  at = 0;
  constructor(readonly text: string) {}
  get next(): string {
    return this.text[this.at] ?? '';
  }
}

const fewer = (a: Needs, b: Needs): Needs => (a === null ? b : b === null ? a : b.size < a.size ? b : a);
/** The gram of a literal run that is least common in speech, near enough: the one with the fewest vowels and spaces. */
function runNeeds(run: string): Needs {
  let best = -1;
  let least = 9;
  for (let i = 0; i + 2 < run.length; i++) {
    const g = gram(run, i);
    const common = [...run.slice(i, i + 3)].filter((c) => ' aeio'.includes(c)).length;
    if (g >= 0 && common < least) {
      best = g;
      least = common;
    }
  }
  return best < 0 ? null : new Set([best]);
}

/** `a|b|…` up to the closing bracket or the end. */
function alternatives(s: Source): Needs {
  let all: Set<number> | null = new Set();
  for (;;) {
    const one = sequence(s);
    if (one === null) all = null;
    else if (all !== null) for (const g of one) all.add(g);
    if (s.next !== '|') return all;
    s.at++;
  }
}

function sequence(s: Source): Needs {
  let best: Needs = null;
  let run = '';
  const endRun = () => {
    best = fewer(best, runNeeds(run));
    run = '';
  };
  while (s.at < s.text.length && s.next !== '|' && s.next !== ')') {
    const atom = readAtom(s);
    const optional = readOptional(s);
    if (atom.literal !== null && optional === 'once') run += atom.literal;
    else {
      endRun();
      if (optional !== 'maybe' && !atom.aside) best = fewer(best, atom.needs);
    }
    if (atom.aside && run !== '' && optional !== 'once') run = '';
  }
  endRun();
  return best;
}

interface Atom {
  literal: string | null;
  needs: Needs;
  /** A look-around or an anchor: takes no letters. */
  aside: boolean;
}

function readAtom(s: Source): Atom {
  const c = s.next;
  if (c === '(') {
    const head = /^\((?:\?(?::|=|!|<=|<!))?/.exec(s.text.slice(s.at))?.[0] ?? '(';
    s.at += head.length;
    const needs = alternatives(s);
    s.at++;
    const aside = /[=!]$/.test(head);
    return { literal: null, needs: aside ? null : needs, aside };
  }
  if (c === '[') {
    const end = s.text.indexOf(']', s.at + 1);
    s.at = end + 1;
    return { literal: null, needs: null, aside: false };
  }
  if (c === '\\') {
    s.at += s.text[s.at + 1] === 'p' ? s.text.indexOf('}', s.at) - s.at + 1 : 2;
    return { literal: null, needs: null, aside: true };
  }
  s.at++;
  return { literal: /[a-z ]/.test(c) ? c : null, needs: null, aside: c === '^' || c === '$' };
}

/** What follows an atom: nothing (`once`), a quantifier that needs it (`some`), one that does not (`maybe`). */
function readOptional(s: Source): 'once' | 'some' | 'maybe' {
  const m = /^(?:[?*+]|\{(\d+)(?:,\d*)?\})\??/.exec(s.text.slice(s.at));
  if (!m) return 'once';
  s.at += m[0].length;
  return m[0].startsWith('+') || Number(m[1] ?? 0) > 0 ? 'some' : 'maybe';
}

/** For each text the patterns that may match it, by their place in the list, in order. */
export function candidates(patterns: readonly RegExp[]): (text: string) => number[] {
  const words = Math.ceil(patterns.length / 32);
  const masks = new Map<number, Uint32Array>();
  const always = new Uint32Array(words);
  patterns.forEach((p, i) => {
    const needs = alternatives(new Source(p.source));
    if (needs === null) always[i >> 5] = ((always[i >> 5] ?? 0) | (1 << (i & 31))) >>> 0;
    for (const g of needs ?? []) {
      let m = masks.get(g);
      if (!m) {
        m = new Uint32Array(words);
        masks.set(g, m);
      }
      m[i >> 5] = ((m[i >> 5] ?? 0) | (1 << (i & 31))) >>> 0;
    }
  });
  const table: (Uint32Array | undefined)[] = new Array(LETTERS ** 3);
  for (const [g, m] of masks) table[g] = m;
  const found = new Uint32Array(words);
  return (text) => {
    found.set(always);
    for (let i = 0; i + 2 < text.length; i++) {
      const g = gram(text, i);
      const m = g < 0 ? undefined : table[g];
      if (m) for (let w = 0; w < words; w++) found[w] = ((found[w] ?? 0) | (m[w] ?? 0)) >>> 0;
    }
    const out: number[] = [];
    for (let w = 0; w < words; w++) {
      for (let bits = found[w] ?? 0; bits !== 0; bits = (bits & (bits - 1)) >>> 0) out.push((w << 5) + 31 - Math.clz32(bits & -bits));
    }
    return out;
  };
}
