/** Other forms of a word an owner may have meant: "suit" for "Suits", "ties" for "Tie". The last word counts. */
export function numberForms(name: string): string[] {
  const forms = [`${name}s`, `${name}es`];
  if (/s$/i.test(name)) forms.push(name.slice(0, -1));
  if (/es$/i.test(name)) forms.push(name.slice(0, -2));
  if (/ies$/i.test(name)) forms.push(`${name.slice(0, -3)}y`);
  if (/y$/i.test(name)) forms.push(`${name.slice(0, -1)}ies`);
  return forms.filter((f) => f.length > 1);
}

function pairs(text: string): Map<string, number> {
  const t = ` ${text.toLowerCase().trim()} `;
  const out = new Map<string, number>();
  for (let i = 0; i < t.length - 1; i++) out.set(t.slice(i, i + 2), (out.get(t.slice(i, i + 2)) ?? 0) + 1);
  return out;
}

/** How much two names look alike, 0–1: shared pairs of letters (Dice). */
function likeness(a: Map<string, number>, b: Map<string, number>): number {
  let shared = 0;
  let total = 0;
  for (const [k, n] of a) {
    shared += Math.min(n, b.get(k) ?? 0);
    total += n;
  }
  for (const n of b.values()) total += n;
  return total === 0 ? 0 : (2 * shared) / total;
}
const ENOUGH = 0.35;

/** Names that look like one nobody knows, the most alike first. */
export function alikeNames(name: string, names: readonly string[], most: number): string[] {
  const own = pairs(name);
  return [...new Set(names)]
    .map((n) => ({ n, like: likeness(own, pairs(n)) }))
    .filter((x) => x.like >= ENOUGH)
    .sort((a, b) => b.like - a.like || (a.n < b.n ? -1 : 1))
    .slice(0, most)
    .map((x) => x.n);
}
