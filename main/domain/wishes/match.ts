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
