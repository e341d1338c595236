import { foldName } from '../customers/nicknames';
import type { Cents } from '../kernel';

/** What somebody waits for. */
export interface Want {
  /** `wishKey` of the item; '' = unknown, matches nothing. */
  itemKey: string;
  size: string;
  /** Only below this price. */
  under: Cents | null;
}

/** One line of what came in. */
export interface Came {
  itemKey: string;
  size: string;
  /** Null: not said. */
  price: Cents | null;
}

/** `size`, `price`: the item is the one, but in another size (or none was said), or not below their price (or none was said). */
export type Match = 'yes' | 'size' | 'price' | 'no';

const LETTER: Readonly<Record<string, string>> = {
  small: 's',
  chico: 's',
  chica: 's',
  pequeno: 's',
  pequena: 's',
  medium: 'm',
  med: 'm',
  mediano: 'm',
  mediana: 'm',
  large: 'l',
  grande: 'l',
  xlarge: 'xl',
  extralarge: 'xl',
  xxlarge: 'xxl',
  '2xl': 'xxl',
  onesize: 'os',
  unitalla: 'os',
};

/** Sizes as they are compared: `8½`, `8 1/2`, `8.50` and `US 8,5` are one; so are `Medium`, `M` and `Mediana`. '' = none. */
export function sizeKey(size: string): string {
  const plain = foldName(
    size
      .replace(/½/g, ' 1/2')
      .replace(/(\d),(\d)/g, '$1.$2')
      .replace(/(\d)\.(\d)/g, '$1·$2'),
  )
    .replace(/·/g, '.')
    .replace(/^(?:size|talla|numero|no|us|eu|uk|mx)(?= |\d)/, '')
    .trim();
  const half = /^(\d+) 1\/2$/.exec(plain);
  if (half) return `${Number(half[1])}.5`;
  if (/^\d+(?:\.\d+)?$/.test(plain)) return String(Number(plain));
  const joined = plain.replace(/[\s-]+/g, '');
  return LETTER[joined] ?? joined;
}

/** One word without its plural: boots and boot, botas and bota are one. */
const stem = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word);
/** Words that name nothing. */
const EMPTY = new Set([
  'the',
  'a',
  'an',
  'of',
  'in',
  'for',
  'with',
  'and',
  'de',
  'la',
  'el',
  'los',
  'las',
  'un',
  'una',
  'en',
  'con',
  'y',
  'para',
]);

const stems = (key: string): string[] => {
  const words = key.split(' ').filter((w) => w !== '');
  const said = words.filter((w) => !EMPTY.has(w));
  return (said.length > 0 ? said : words).map(stem);
};

/**
 * Whether a line is what somebody waits for: every word of the wish stands in it ("blue runner" in "Trail Runner blue"), the size is
 * theirs, the price below what they would pay. A size nobody said is never taken for theirs: "your size is in" must be true.
 */
export function matchOf(want: Want, came: Came): Match {
  const wanted = stems(want.itemKey);
  const there = new Set(stems(came.itemKey));
  if (wanted.length === 0 || !wanted.every((w) => there.has(w))) return 'no';
  const size = sizeKey(want.size);
  if (size !== '' && sizeKey(came.size) !== size) return 'size';
  if (want.under !== null && (came.price === null || came.price >= want.under)) return 'price';
  return 'yes';
}

/** A line of the till of the same person, after they asked. */
export interface Bought {
  name: string;
  variant: string;
}

/** `sure`: every word of it in the size they asked for, or nothing but these words. `maybe`: the words are there, the till says no size. */
export type Sure = 'sure' | 'maybe';

/** The sizes a line of the till names: its variant, the parts of it, and the end of its name. */
const sizesIn = (b: Bought): Set<string> =>
  new Set([b.variant, ...b.variant.split(/[,/|;·]+|\s-\s/), b.name.split(' ').at(-1) ?? ''].map(sizeKey).filter((k) => k !== ''));

/** Looks like a size and not like a color: it has a digit, or is one of the letters sizes are said in. */
const aSize = (key: string): boolean => /^(?:\d+(?:\.\d+)?(?:[a-z]{1,2})?|\d+\/\d+|x{0,3}[sml]|\dxl|os)$/.test(key);

/**
 * Whether what somebody bought is what they were waiting for, and how sure that is. Another size is not theirs; one word of a wish in a
 * longer name ("boots" in "Boot laces") is a guess. Nothing is closed by it: somebody is asked.
 */
export function cameTrue(want: Pick<Want, 'itemKey' | 'size'>, bought: Bought): Sure | null {
  const wanted = stems(want.itemKey);
  const said = foldName(`${bought.name} ${bought.variant}`)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const there = stems(said);
  if (wanted.length === 0 || !wanted.every((w) => there.includes(w))) return null;
  const sizes = sizesIn(bought);
  const size = sizeKey(want.size);
  if (size !== '') {
    if (sizes.has(size)) return 'sure';
    return [...sizes].some(aSize) ? null : 'maybe';
  }
  const name = new Set(
    stems(
      foldName(bought.name)
        .replace(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    ),
  );
  return [...name].every((w) => wanted.includes(w) || aSize(w)) ? 'sure' : 'maybe';
}
