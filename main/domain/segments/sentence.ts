import { plain, type Rule, uses } from './rule';
import { CONDITIONS, head, moreThings } from './sentence-conditions';
import { Cursor, type Known, type Trouble, UnknownName } from './sentence-cursor';

export type { Known, Trouble } from './sentence-cursor';
export type Read = { ok: true; rule: Rule } | ({ ok: false } & Trouble);

const LONGEST_PART = 80;

/**
 * A rule from a sentence somebody typed: what describe.ts says, and many other ways to say it ("regulars who bought shoes but never a
 * suit"). "And" binds closer than "or", a comma means the next of the two, brackets go first. What is not understood is named, never
 * guessed: the rule is shown as a sentence again, and that is what counts.
 */
export function readRule(text: string, known: Known): Read {
  const c = new Cursor(text, known);
  if (c.done) return { ok: false, part: '', why: 'empty', suggestions: [] };
  try {
    const rule = wholeSentence(c);
    if (rule !== null && c.done) return { ok: true, rule: plain(rule) };
    return notUnderstood(c);
  } catch (error) {
    if (!(error instanceof UnknownName)) throw error;
    return { ok: false, part: error.name, why: 'unknown-name', suggestions: known.like(error.name).slice(0, 5) };
  }
}

function notUnderstood(c: Cursor): Read {
  const left = c.text.slice(c.at);
  if (/^\s*\)/.test(left) || (left.match(/\(/g)?.length ?? 0) !== (left.match(/\)/g)?.length ?? 0))
    return { ok: false, part: left.trim().slice(0, LONGEST_PART), why: 'brackets', suggestions: [] };
  const part = left
    .replace(/^[\s,;]+/, '')
    .replace(/^(?:and|or|but)\s+/i, '')
    .split(/[,;]|\s(?:and|or|but)\s/i)[0];
  return { ok: false, part: (part ?? '').replace(/[\s.]+$/, '').slice(0, LONGEST_PART), why: 'not-understood', suggestions: [] };
}

const WHO = '(?:who|that|which|they|having)';
const EVERYBODY = '(?:everyone|everybody|people|customers?|clients?|guests?|those|anyone|anybody|members(?! of)|folks|all)';

function wholeSentence(c: Cursor): Rule | null {
  if (c.word('(?:everyone|everybody|all)(?: (?:people|customers))?(?: (?:in|on) (?:your|my|our|the) list)?[ .!]*$')) return { all: [] };
  c.word('(?:show me|show|find|give me|text|list|get|only|please)');
  c.word('(?:all|any|every|the|my|our)(?: (?:of )?(?:the|my|our))?');
  const begin = head(c);
  if (begin !== null && c.done) return begin;
  if (begin === null) c.word(`${EVERYBODY}(?: else)?`);
  who(c);
  const rest = either(c);
  if (rest === null) return null;
  if (begin === null) return rest;
  // "regulars who …" is one list of conditions, not a list in a list
  const [first, then] = [begin, rest].map((r) => ('all' in r ? r.all : [r]));
  return { all: [...(first ?? []), ...(then ?? [])] };
}

function who(c: Cursor): void {
  c.first([() => c.word(`(?:(?:and|but) )?(?:(?:those|people|customers|ones) )?${WHO}`), () => c.word("(?:they're|they've)")]);
}

/** Terms and what joins them. */
function either(c: Cursor): Rule | null {
  const first = term(c, false);
  if (first === null) return null;
  const terms = [first];
  const joins: ('and' | 'or' | ',')[] = [];
  for (;;) {
    const from = c.at;
    const m = c.eat('(,|;)?\\s*(?:\\b(and|but|or)\\b(?: also| either| then)?)?');
    const word = m?.[2]?.toLowerCase();
    if (!m || (m[1] === undefined && word === undefined)) {
      c.at = from;
      break;
    }
    who(c);
    const next = term(c, uses(terms.at(-1) ?? first, 'bought'));
    if (next === null) {
      c.at = from;
      break;
    }
    joins.push(word === undefined ? ',' : word === 'or' ? 'or' : 'and');
    terms.push(next);
  }
  return joined(terms, joins);
}

/** A comma means what the next word means; without one it means "and". */
function joined(terms: readonly Rule[], joins: readonly ('and' | 'or' | ',')[]): Rule {
  const meant = joins.map((j, i) => (j === ',' ? (joins.slice(i).find((k) => k !== ',') ?? 'and') : j));
  const anyOf: Rule[][] = [[terms[0] as Rule]];
  meant.forEach((j, i) => {
    const next = terms[i + 1] as Rule;
    if (j === 'or') anyOf.push([next]);
    else anyOf.at(-1)?.push(next);
  });
  const parts = anyOf.map((all): Rule => (all.length === 1 ? (all[0] as Rule) : { all }));
  return parts.length === 1 ? (parts[0] as Rule) : { any: parts };
}

/** One condition, a bracket, or "are not people who …". `afterBought`: "never a suit" says enough then. */
function term(c: Cursor, afterBought: boolean): Rule | null {
  return c.first<Rule>([
    () => {
      if (!c.eat('\\(')) return null;
      who(c);
      const inside = either(c);
      return inside !== null && c.eat('\\)') ? inside : null;
    },
    () => {
      if (!c.word('(?:are|is) not (?:people|those|customers) who')) return null;
      const inside = term(c, false);
      return inside && { none: [inside] };
    },
    () => condition(c),
    // "are not tagged VIP", "don't live in Rye"
    () => {
      if (!c.word("(?:(?:are|is|do|does|did|have|has|were) ?(?:not|n't)|aren't|isn't|don't|doesn't|didn't|haven't|hasn't|never|not)"))
        return null;
      const inside = c.first<Rule>([() => (c.eat('(?=\\()') ? term(c, false) : null), () => condition(c)]);
      return inside && { none: [inside] };
    },
    () => (afterBought ? moreThings(c) : null),
  ]);
}

/** A name nobody knows counts only when no other reading fits. */
function condition(c: Cursor): Rule | null {
  const from = c.at;
  let unknown: UnknownName | null = null;
  for (const reading of CONDITIONS) {
    c.at = from;
    try {
      const r = reading(c);
      if (r !== null) return r;
    } catch (error) {
      if (!(error instanceof UnknownName)) throw error;
      unknown ??= error;
    }
  }
  c.at = from;
  if (unknown !== null) throw unknown;
  return null;
}
