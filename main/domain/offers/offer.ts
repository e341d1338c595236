import type { Cents, ShopDay } from '../kernel';

export const OFFER_KINDS = ['percent', 'amount', 'free-item', 'bundle', 'points', 'other'] as const;
export type OfferKind = (typeof OFFER_KINDS)[number];

/** "2 for $30" (price set, get 0), or "buy 2, get 1 half price" (percent off what one gets; 100 = free). */
export interface Bundle {
  buy: number;
  get: number;
  percent: number;
  forPrice: Cents | null;
}

/** Every day of the week; bit 0 = Sunday. */
export const EVERY_DAY = 127;

/** What an offer gives, for what, when and to whom. Money in minor units, days of the shop's calendar, minutes of the shop's day. */
export interface OfferTerms {
  kind: OfferKind;
  percent: number | null;
  amount: Cents | null;
  /** What is free, when kind = free-item. */
  item: string;
  bundle: Bundle | null;
  /** Booked on the rewards card of whoever redeems it, while rewards count points (main/domain/loyalty). */
  points: number | null;
  minSpend: Cents;
  terms: string;
  /** Names of the till: it holds for any of these items and categories; both empty = for everything. */
  items: string[];
  categories: string[];
  /** Counted from the day the text leaves, unless `untilDay` is set. */
  validDays: number;
  /** First and last day, both included. */
  fromDay: ShopDay | null;
  untilDay: ShopDay | null;
  /** Bit 0 = Sunday. */
  weekdays: number;
  fromMinute: number | null;
  /** The first minute that is too late. */
  untilMinute: number | null;
  codeMode: 'personal' | 'shared';
  /** How often one code may be used; a shared one for members: how often by each of them. */
  codeUses: number;
  /** Of a shared code, how often by everybody together; null = no limit. */
  mostUses: number | null;
  membersOnly: boolean;
  /** For members of this club only (its slug); null or left out = of anything here. */
  club?: string | null | undefined;
}

export type OfferWindow = Pick<OfferTerms, 'validDays' | 'fromDay' | 'untilDay' | 'weekdays' | 'fromMinute' | 'untilMinute'>;

/** A name for a field that cannot stay as it is; null when all is well. Names of fields, as `input.invalid` reports them. */
export function badField(o: OfferTerms): keyof OfferTerms | null {
  const whole = (n: number | null, least: number, most: number) => n !== null && Number.isInteger(n) && n >= least && n <= most;
  if (o.kind === 'percent' && !whole(o.percent, 1, 100)) return 'percent';
  if (o.kind === 'amount' && !whole(o.amount, 1, 100_000_000)) return 'amount';
  if (o.kind === 'free-item' && o.item.trim() === '') return 'item';
  if (o.kind === 'points' && !whole(o.points, 1, 1_000_000)) return 'points';
  if (o.kind === 'bundle') {
    const b = o.bundle;
    if (!b || !whole(b.buy, 1, 99)) return 'bundle';
    if (b.forPrice !== null ? !whole(b.forPrice, 1, 100_000_000) || b.buy < 2 : !whole(b.get, 1, 99) || !whole(b.percent, 1, 100))
      return 'bundle';
  }
  if (!whole(o.minSpend, 0, 100_000_000)) return 'minSpend';
  if (!whole(o.weekdays, 1, EVERY_DAY)) return 'weekdays';
  if ((o.fromMinute === null) !== (o.untilMinute === null)) return 'untilMinute';
  if (o.fromMinute !== null && o.untilMinute !== null && !(o.fromMinute < o.untilMinute && o.untilMinute <= 1440)) return 'untilMinute';
  if (o.fromDay !== null && (o.untilDay === null || o.fromDay > o.untilDay)) return 'untilDay';
  if (!whole(o.validDays, 1, 365)) return 'validDays';
  if (!whole(o.codeUses, 1, 100)) return 'codeUses';
  if (o.mostUses !== null && !whole(o.mostUses, 1, 1_000_000)) return 'mostUses';
  return null;
}
