import type { PhoneKind } from '../customers/phone';
import type { Cents, PhoneE164, ShopDay, UtcMs } from '../kernel';
import type { SaleStatus } from './states';

/** One line of a receipt, in canonical order (facts/pos.md §14). */
export interface FileLine {
  name: string;
  variant: string;
  category: string;
  sku: string;
  /** Thousandths, signed. */
  qtyMilli: number;
  /** Minor units; negative on refunds. */
  gross: Cents;
  /** >= 0. */
  discount: Cents;
  net: Cents;
  tax: Cents;
}

export interface Amounts {
  gross: Cents;
  discount: Cents;
  net: Cents;
  tax: Cents;
  giftCard: Cents;
}

/** What only a file of whole receipts tells. Null = the file does not tell. */
export interface Totals {
  tip: Cents | null;
  shipping: Cents | null;
  serviceCharge: Cents | null;
  total: Cents | null;
  /** Goods given back, tax included, >= 0 and never more than the goods: what else came back (shipping) was no spend either. */
  refunded: Cents | null;
  /** All that was given back, shipping included: for what was collected, not kept. */
  returned: Cents | null;
  discountCode: string | null;
  discountLabel: string | null;
  paymentMethods: string;
}

/** One receipt as one file tells it. `lines` and `totals` are the two parts that may come from two files and merge. */
export interface FileSale {
  id: string;
  receiptNo: string | null;
  kind: 'sale' | 'refund';
  /** In the till's words; what was given back decides too (merge.ts). Null = the file does not say. */
  status: SaleStatus | null;
  occurredAt: UtcMs;
  shopDay: ShopDay;
  timeKnown: boolean;
  /** The till's own id of the person, kept even while nobody is known behind it. */
  customerId: string | null;
  person: FilePerson | null;
  amounts: Amounts;
  lines: FileLine[] | null;
  /** 3 = the lines are rows of their own, 2 = columns side by side, 1 = read out of a text. */
  linesRank: 1 | 2 | 3;
  totals: Totals | null;
  cardLast4: string | null;
  channel: string | null;
  register: string | null;
  staff: string | null;
  rows: number[];
  /** Which payments this file tells of the receipt (short hashes of their ids, sorted); null = it does not tell them apart. */
  payments: readonly string[] | null;
  /** Which of two exports of one till speaks for what both tell: the higher (profile.ts). */
  rank: 1 | 2 | 3;
}

/** A person as one row tells them. Empty text = not told. */
export interface FilePerson {
  sourceId: string | null;
  firstName: string;
  lastName: string;
  company: string;
  email: string | null;
  phone: PhoneE164 | null;
  phoneRaw: string;
  phoneKind: PhoneKind | 'invalid';
  birthday: string | null;
  street: string;
  city: string;
  region: string;
  postalCode: string;
  country: string;
  note: string;
  tags: string[];
  /** A till's automatic profile, or somebody without phone and e-mail: not a person one can reach. */
  weak: boolean;
  /** What the row says about permission; evidence, never makes one by itself. Columns that are blank or absent are left out. */
  says: FileSays[];
  row: number;
}

/** One cell about permission. */
export interface FileSays {
  channel: 'sms' | 'email';
  says: 'yes' | 'no' | 'unknown';
  /** The column marks those who said no ("do not e-mail"): its yes only means that somebody is not marked. */
  flag: boolean;
  /** The cell as written. */
  raw: string;
  column: string;
}
