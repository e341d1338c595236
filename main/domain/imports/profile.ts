import type { Field } from './fields';

/** Column name(s) of a field: one name, alternatives in order (spellings of other years), or several to be joined. */
export type HeaderRef = string | readonly string[] | { readonly parts: readonly string[] };

/** True for a row whose field holds one of these values (compared trimmed, in lower case). */
export interface Condition {
  readonly field: Field;
  readonly is: readonly string[];
}

/**
 * One export of one till, as data: adding a till is adding such a file and listing it in profiles/index.ts.
 * Columns are found by name, never by position: tills add columns and let people pick them.
 */
export interface Profile {
  readonly id: string;
  /** Name of the till as its users say it. */
  readonly till: string;
  /** What the till calls this export. */
  readonly title: string;
  /** Prefix of sale keys and customer ids; all exports of one till share it, that is how they merge. */
  readonly source: string;
  readonly kind: 'sales' | 'customers';
  /** Names hardly any other file has; two of them are enough to recognise it. */
  readonly marks: readonly string[];
  /** Fields without whose columns the file cannot be used; the owner is told which are missing. */
  readonly required: readonly Field[];
  readonly fields: { readonly [F in Field]?: HeaderRef };
  /** Amount columns by way of paying: the non-zero ones name how it was paid. */
  readonly tenders?: Readonly<Record<string, string>>;
  /** Rows that are refunds, gift cards sold (no takings), or not sales at all. */
  readonly refundWhen?: Condition;
  readonly giftCardWhen?: Condition;
  readonly ignoreWhen?: Condition;
  /** Till's words for states beyond the common ones (see states.ts). */
  readonly states?: Readonly<Record<string, string>>;
  /** True when the refunded amount is repeated on the sale for information: then it counts only if the total was lowered by it. */
  readonly refundedMayInform?: boolean;
  /** Receipt number as printed, when it is the beginning of the payment id. */
  readonly receiptFromPaymentId?: number;
}

/** A file we recognise only to say which one to use instead. */
export interface WrongFile {
  readonly id: string;
  readonly till: string;
  /** What it is, and what to export instead: keys of renderer/strings/imports.ts. */
  readonly marks: readonly string[];
  readonly without?: readonly string[];
}
