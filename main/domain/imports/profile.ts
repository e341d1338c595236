import type { Field } from './fields';

/**
 * Column name(s) of a field: one name, alternatives in order (spellings of other years and languages), several to be joined, or
 * several amounts to be added (blank = 0; Toast's tip and gratuity). Columns that are not in the file are left out.
 * `ends` finds the column whose name ends so (`… (customer.metafields.facts.birth_date)`: labels before it are translated).
 * `'Delivery country#2'` is the second column of that name (Wix writes its billing block under the names of the delivery block).
 */
export type HeaderRef =
  | string
  | readonly string[]
  | { readonly parts: readonly string[] }
  | { readonly sum: readonly string[] }
  | { readonly ends: string };

/**
 * True for a row whose field holds one of these values (compared trimmed, in lower case), anything at all, or nothing. `not` holds
 * for every other value: the few kinds of row that are wanted are known better than all that are not.
 */
export type Condition =
  | { readonly field: Field; readonly is: readonly string[] | 'filled' | 'blank' }
  | { readonly field: Field; readonly not: readonly string[] };

/** Several conditions: one that holds is enough. */
export type Conditions = Condition | readonly Condition[];

/**
 * What the rows of an export are:
 * - `receipt` one row per receipt
 * - `line` one row per line, the receipt's own amounts repeated on each, on the first only, or absent
 * - `payment` one row per payment or refund of a receipt; several make it up, and those that failed do not count once one has not
 * - `mixed` header, line and payment rows of one receipt among each other (told apart by the conditions below); the way of paying
 *   stands on the payment rows only
 */
export type RowShape = 'receipt' | 'line' | 'payment' | 'mixed';

/** Items in columns of their own on the receipt's row: `{n}` counts from 1 until a column is missing. */
export interface WideItems {
  readonly item: string;
  readonly quantity?: string;
  readonly sku?: string;
  readonly net?: string;
  readonly gross?: string;
}

/** Items written into one cell as text; see items-text.ts for the forms. */
export type ItemsText = 'quantity-x-name';

/**
 * One export of one till, as data: adding a till export is adding such a file under profiles/, nothing else.
 * Columns are found by name, never by position: tills add columns and let people pick them.
 */
export interface Profile {
  readonly id: string;
  /** Name of the till as its users say it. */
  readonly till: string;
  /** What the till calls this export. */
  readonly title: string;
  /** How to get it: the clicks in the till, as its menus are called, in one sentence. Shown to the owner. */
  readonly clicks: string;
  /** Prefix of sale keys and customer ids; all exports of one till share it, that is how they merge. */
  readonly source: string;
  readonly kind: 'sales' | 'customers';
  readonly shape?: RowShape;
  /** Names hardly any other file has; two of them are enough to recognise it. Each may list spellings of other languages. */
  readonly marks: readonly (string | readonly string[])[];
  /** Fields without whose columns the file cannot be used; the owner is told which are missing. */
  readonly required: readonly Field[];
  readonly fields: { readonly [F in Field]?: HeaderRef };
  /** Amount columns by way of paying: the non-zero ones name how it was paid. */
  readonly tenders?: Readonly<Record<string, string>>;
  readonly wideItems?: WideItems;
  /** The field that holds all items as text. */
  readonly itemsText?: { readonly field: Field; readonly form: ItemsText };

  /** Rows that are refunds, gift cards sold (no takings), or not wanted at all (payouts, deposits; in a list, rows about nobody). */
  readonly refundWhen?: Conditions;
  readonly giftCardWhen?: Conditions;
  readonly ignoreWhen?: Conditions;
  /** In a `mixed` file: rows with the receipt's amounts, and rows that are lines. */
  readonly receiptWhen?: Conditions;
  readonly lineWhen?: Conditions;
  /**
   * Rows that do not stand, beside what their status says: lines and payments are left out, a receipt of nothing else is void. A
   * filled `cancelledAt` on any row cancels the whole receipt.
   */
  readonly voidWhen?: Conditions;
  /** Till's words for states beyond the common ones (see states.ts), lower case. */
  readonly states?: Readonly<Record<string, string>>;

  /** True when the refunded amount is repeated on the sale for information: then it counts only if the total was lowered by it. */
  readonly refundedMayInform?: boolean;
  /** Parts that `total` leaves out, though the file tells them (Clover's order total is before the tip). */
  readonly totalWithout?: readonly ('tip' | 'shipping' | 'serviceCharge' | 'giftCard')[];
  /** True when amounts include the tax: takings before tax are worked out. `infer` = whichever makes the receipt add up. */
  readonly taxIncluded?: boolean | 'infer';
  /** Receipt number as printed, when it is the beginning of the payment id. */
  readonly receiptFromPaymentId?: number;
  /** Sales still 'pending' may be sales (cash on delivery): the owner is asked once whether they count. Else they do not. */
  readonly asksPending?: boolean;
  /**
   * Exports of this till that tell the same sales under other numbers: neither can be joined with the other, so this one is refused
   * while the shop holds theirs of the same days.
   */
  readonly notWith?: readonly string[];
  /** Times are UTC (columns named `… (UTC)`). */
  readonly utc?: boolean;
  /** Day/month order of this till's files, where its maker documents one: shops whose country writes so too are not asked. */
  readonly dateOrder?: 'dmy' | 'mdy';
  /** Discount columns hold a code only when it looks like none of these labels (`AUTOMATIC DISCOUNTS`). */
  readonly discountLabels?: readonly string[];
  /**
   * Which of two exports of one till speaks for the amounts of a receipt they both hold: the higher rank.
   * Lines 1 (default for `line`), payments 2, whole receipts 3.
   */
  readonly rank?: 1 | 2 | 3;
}

/** A file we recognise only to say which one to use instead. One file each under wrong/. */
export interface WrongFile {
  readonly id: string;
  /** '' = of no particular till. */
  readonly till: string;
  /** Headers it is known by, any of them: all of `marks` are there, none of `without`. */
  readonly headers: readonly { readonly marks: readonly string[]; readonly without?: readonly string[] }[];
  /** What it is, and what to export instead with the clicks, in two short sentences for the owner. */
  readonly says: string;
}
