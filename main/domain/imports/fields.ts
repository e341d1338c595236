/** What a column can mean to us, whatever the till calls it. */
export type FieldKind = 'text' | 'id' | 'money' | 'quantity' | 'date' | 'time' | 'phone' | 'email' | 'yes-no';

/** Who a field belongs to: the receipt, one line of it, or the person. */
export type FieldOf = 'sale' | 'line' | 'person';

const f = <K extends FieldKind, O extends FieldOf>(of: O, kind: K) => ({ of, kind }) as const;

export const FIELDS = {
  saleId: f('sale', 'id'),
  paymentId: f('sale', 'id'),
  receiptNo: f('sale', 'text'),
  date: f('sale', 'date'),
  time: f('sale', 'time'),
  zone: f('sale', 'text'),
  event: f('sale', 'text'),
  status: f('sale', 'text'),
  currency: f('sale', 'text'),
  gross: f('sale', 'money'),
  discount: f('sale', 'money'),
  net: f('sale', 'money'),
  tax: f('sale', 'money'),
  tip: f('sale', 'money'),
  shipping: f('sale', 'money'),
  serviceCharge: f('sale', 'money'),
  giftCard: f('sale', 'money'),
  total: f('sale', 'money'),
  refunded: f('sale', 'money'),
  /** Day the sale was cancelled, where a till keeps its amounts. */
  cancelledAt: f('sale', 'text'),
  /** Says that the receipt, or this line or payment of it, was voided. */
  void: f('sale', 'text'),
  discountCode: f('sale', 'text'),
  discountLabel: f('sale', 'text'),
  paymentMethod: f('sale', 'text'),
  cardLast4: f('sale', 'text'),
  channel: f('sale', 'text'),
  register: f('sale', 'text'),
  staff: f('sale', 'text'),
  item: f('line', 'text'),
  variant: f('line', 'text'),
  category: f('line', 'text'),
  sku: f('line', 'text'),
  lineType: f('line', 'text'),
  quantity: f('line', 'quantity'),
  /** Of `quantity`, how many came back. */
  refundedQuantity: f('line', 'quantity'),
  unitPrice: f('line', 'money'),
  lineGross: f('line', 'money'),
  lineDiscount: f('line', 'money'),
  lineNet: f('line', 'money'),
  lineTax: f('line', 'money'),
  lineRefunded: f('line', 'money'),
  /** All items of the receipt as text. */
  itemsText: f('line', 'text'),
  customerId: f('person', 'id'),
  firstName: f('person', 'text'),
  lastName: f('person', 'text'),
  fullName: f('person', 'text'),
  company: f('person', 'text'),
  email: f('person', 'email'),
  phone: f('person', 'phone'),
  /** Used when the first is blank. */
  phone2: f('person', 'phone'),
  /** One free cell: a phone number or an e-mail. */
  contact: f('person', 'text'),
  birthday: f('person', 'date'),
  street: f('person', 'text'),
  city: f('person', 'text'),
  region: f('person', 'text'),
  postalCode: f('person', 'text'),
  country: f('person', 'text'),
  note: f('person', 'text'),
  tags: f('person', 'text'),
  instant: f('person', 'yes-no'),
  emailConsent: f('person', 'text'),
  smsConsent: f('person', 'text'),
  /** Columns that say no: a yes in them is a no. */
  emailOptOut: f('person', 'yes-no'),
  smsOptOut: f('person', 'yes-no'),
} as const;

export type Field = keyof typeof FIELDS;
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** Positions of a field's columns in one particular file. Several positions are joined (a two-part street, a variant). */
export type Columns = { readonly [F in Field]?: readonly number[] };

/** What an owner chose for a file no profile knows. Remembered per header fingerprint. */
export interface Mapping {
  kind: 'sales' | 'customers';
  /** Name of the till or list, '' = none given. Files with the same name share customer ids and receipt numbers. */
  till: string;
  columns: Columns;
}

/** Between the amounts of several columns of one field: they are added (row.ts). */
export const PLUS = ' + ';

/** How several columns of one field are put together. */
export const joinerOf = (field: Field): string =>
  FIELDS[field].kind === 'money' ? PLUS : field === 'variant' ? ' · ' : field === 'street' ? ', ' : ' ';

/** What is missing before a mapping can be read at all; empty = fine. */
export function mappingGaps(mapping: Pick<Mapping, 'kind' | 'columns'>): string[] {
  const has = (...fields: Field[]) => fields.some((x) => (mapping.columns[x]?.length ?? 0) > 0);
  const gaps: string[] = [];
  if (mapping.kind === 'sales') {
    if (!has('date')) gaps.push('date');
    if (!has('net', 'gross', 'total', 'lineNet', 'lineGross', 'unitPrice')) gaps.push('amount');
    if (has('unitPrice') && !has('net', 'gross', 'total', 'lineNet', 'lineGross', 'quantity')) gaps.push('quantity');
  } else if (!has('customerId', 'email', 'phone', 'fullName', 'firstName', 'lastName')) gaps.push('person');
  return gaps;
}
