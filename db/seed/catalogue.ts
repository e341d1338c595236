import type { Rng } from './random';
import { cumulative } from './random';

/** What the demo shop sells: cents, sizes, and when. */
export interface Item {
  readonly name: string;
  readonly category: string;
  readonly price: number;
  readonly sku: string;
  readonly sizes: readonly string[];
}

interface Shelf {
  readonly category: string;
  readonly sizes: readonly string[];
  /** Share of receipts, by month from January. */
  readonly season: readonly number[];
  readonly items: readonly (readonly [name: string, dollars: number])[];
}

const SHOE = ['5', '5.5', '6', '6.5', '7', '7.5', '8', '8.5', '9', '9.5', '10', '10.5', '11', '12'];
const KIDS = ['10C', '11C', '12C', '13C', '1Y', '2Y', '3Y', '4Y'];
const CLOTHES = ['XS', 'S', 'M', 'L', 'XL'];
const WAIST = ['26', '28', '30', '32', '34', '36'];
const ONE = ['One size'];

const SHELVES: readonly Shelf[] = [
  {
    category: 'Sneakers',
    sizes: SHOE,
    season: [9, 9, 12, 14, 13, 11, 11, 14, 12, 9, 8, 10],
    items: [
      ['Court Low', 84],
      ['Ridge Runner', 118],
      ['Canvas Slip-on', 58],
      ['Harbor Trainer', 96],
      ['Retro 84', 104],
      ['Trail Lite', 129],
    ],
  },
  {
    category: 'Boots',
    sizes: SHOE,
    season: [13, 10, 5, 3, 1, 1, 1, 4, 12, 18, 19, 17],
    items: [
      ['Chelsea Boot', 168],
      ['Lace-up Ankle Boot', 154],
      ['Winter Hiker', 189],
      ['Rain Boot', 72],
      ['Suede Desert Boot', 142],
    ],
  },
  {
    category: 'Sandals',
    sizes: SHOE,
    season: [1, 2, 6, 13, 18, 20, 17, 9, 3, 1, 1, 2],
    items: [
      ['Cork Footbed Sandal', 92],
      ['Strappy Flat', 64],
      ['River Sandal', 78],
      ['Espadrille', 59],
    ],
  },
  {
    category: 'Dress shoes',
    sizes: SHOE,
    season: [5, 5, 7, 9, 10, 8, 5, 6, 7, 6, 7, 9],
    items: [
      ['Penny Loafer', 138],
      ['Block Heel Pump', 112],
      ['Cap-toe Oxford', 176],
      ['Ballet Flat', 88],
    ],
  },
  {
    category: "Kids' shoes",
    sizes: KIDS,
    season: [5, 5, 7, 7, 6, 5, 8, 20, 11, 6, 5, 6],
    items: [
      ['Playground Sneaker', 46],
      ['School Mary Jane', 52],
      ['Puddle Boot', 38],
      ['Velcro Trainer', 44],
    ],
  },
  {
    category: 'Tops',
    sizes: CLOTHES,
    season: [10, 10, 13, 14, 14, 15, 14, 11, 10, 8, 8, 9],
    items: [
      ['Linen Shirt', 68],
      ['Boxy Tee', 34],
      ['Striped Long Sleeve', 48],
      ['Silk Blouse', 98],
      ['Chambray Shirt', 72],
    ],
  },
  {
    category: 'Knitwear',
    sizes: CLOTHES,
    season: [14, 11, 6, 3, 2, 1, 1, 3, 9, 14, 16, 17],
    items: [
      ['Merino Crew', 98],
      ['Chunky Cardigan', 124],
      ['Cotton Pullover', 82],
      ['Alpaca Scarf Knit', 64],
    ],
  },
  {
    category: 'Denim',
    sizes: WAIST,
    season: [8, 8, 9, 9, 8, 6, 6, 10, 11, 10, 9, 8],
    items: [
      ['Straight Jean', 96],
      ['Wide-leg Jean', 108],
      ['Denim Jacket', 118],
      ['High-rise Skinny', 92],
    ],
  },
  {
    category: 'Dresses',
    sizes: CLOTHES,
    season: [4, 5, 9, 12, 14, 15, 13, 8, 6, 4, 5, 8],
    items: [
      ['Wrap Dress', 118],
      ['Linen Midi', 128],
      ['Shirt Dress', 104],
    ],
  },
  {
    category: 'Outerwear',
    sizes: CLOTHES,
    season: [10, 8, 6, 4, 2, 1, 1, 2, 7, 12, 13, 12],
    items: [
      ['Waxed Jacket', 218],
      ['Wool Coat', 265],
      ['Rain Shell', 134],
      ['Quilted Vest', 112],
    ],
  },
  {
    category: 'Socks & tights',
    sizes: ['S/M', 'L/XL'],
    season: [11, 9, 7, 6, 5, 5, 5, 8, 9, 11, 13, 19],
    items: [
      ['Wool Crew Sock', 14],
      ['No-show Sock 3-pack', 16],
      ['Opaque Tights', 22],
    ],
  },
  {
    category: 'Accessories',
    sizes: ONE,
    season: [6, 7, 7, 8, 9, 9, 8, 7, 7, 8, 11, 21],
    items: [
      ['Leather Belt', 46],
      ['Canvas Tote', 38],
      ['Wool Beanie', 28],
      ['Cross-body Bag', 88],
      ['Silk Bandana', 24],
      ['Sunglasses', 54],
    ],
  },
  {
    category: 'Shoe care',
    sizes: ONE,
    season: [6, 5, 5, 4, 4, 4, 4, 5, 7, 9, 9, 9],
    items: [
      ['Suede Brush Kit', 18],
      ['Waterproof Spray', 15],
      ['Cedar Shoe Trees', 26],
      ['Leather Balm', 12],
    ],
  },
];

export const CATEGORIES: readonly string[] = SHELVES.map((s) => s.category);

const ITEMS: readonly (readonly Item[])[] = SHELVES.map((shelf, s) =>
  shelf.items.map(([name, dollars], i) => ({
    name,
    category: shelf.category,
    price: dollars * 100,
    sku: `${shelf.category.slice(0, 2).toUpperCase()}-${(s + 1) * 100 + i + 1}`,
    sizes: shelf.sizes,
  })),
);
const BY_MONTH = Array.from({ length: 12 }, (_, m) => cumulative(SHELVES.map((s) => s.season[m] ?? 0)));
const SHOE_SHELVES = 5;

export interface BasketLine {
  readonly item: Item;
  readonly size: string;
  readonly qty: number;
}

/** One receipt: mostly one thing, sometimes socks with the shoes. `month` 0–11; a known person leans to their own shelves and size. */
export function basket(
  rng: Rng,
  month: number,
  person: { favourites: readonly number[]; shoe: string; clothes: string } | null,
): BasketLine[] {
  const count = 1 + (rng.chance(0.36) ? 1 : 0) + (rng.chance(0.13) ? 1 : 0) + (rng.chance(0.05) ? 2 : 0);
  const lines: BasketLine[] = [];
  const weights = BY_MONTH[month] as number[];
  for (let i = 0; i < count; i++) {
    let shelf = rng.pickCumulative(weights);
    if (person && rng.chance(0.45)) shelf = rng.pick(person.favourites);
    const item = rng.pick(ITEMS[shelf] as readonly Item[]);
    const own = person ? (shelf < SHOE_SHELVES ? person.shoe : person.clothes) : null;
    const size = own && item.sizes.includes(own) && rng.chance(0.85) ? own : rng.pick(item.sizes);
    lines.push({ item, size, qty: item.price < 3000 && rng.chance(0.18) ? 2 : 1 });
  }
  return lines;
}

export const shoeSize = (rng: Rng): string => rng.pick(SHOE.slice(2, 12));
export const clothesSize = (rng: Rng): string => rng.pick(CLOTHES);

/** Takings by month and weekday of the demo shop, relative; Sunday (0) is closed. */
export const MONTH_WEIGHT: readonly number[] = [0.72, 0.76, 0.95, 1.06, 1.04, 0.96, 0.9, 1.2, 1.08, 1.02, 1.22, 1.55];
export const WEEKDAY_WEIGHT: readonly number[] = [0, 0.75, 0.8, 0.9, 1.0, 1.25, 1.75];
