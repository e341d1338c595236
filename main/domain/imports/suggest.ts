import { headerKey } from './cells';
import type { Field, Mapping } from './fields';

/** Column names seen in exports of shops and tills (English, German, French, Spanish), most telling first. */
const WORDS: readonly (readonly [Field, RegExp])[] = [
  ['customerId', /^(customer ?_?(id|no|number|code)|customerid|kundennummer|client ?id|id ?client|member ?(id|no)|guest ?id)$/],
  [
    'saleId',
    /^(invoice ?_?(no|number|id)?|invoiceno|receipt ?_?(no|number|id)?|order ?_?(id|no|number)?|transaction ?_?(id|no)|sale ?_?(id|no)|bon ?-?(nr|nummer)|beleg(nummer)?|ticket|name)$/,
  ],
  [
    'date',
    /^(invoice ?date|order ?date|sale ?date|transaction ?date|date ?created|created ?at|date|datum|fecha|paid ?at|timestamp|date ?time)$/,
  ],
  ['time', /^(time|uhrzeit|hora|heure)$/],
  ['zone', /^time ?zone$/],
  ['item', /^(item( name)?|product( name)?|description|lineitem name|artikel|articulo|article|menu item|produkt)$/],
  ['sku', /^(sku|stock ?code|item ?code|product ?code|barcode|ean|artikelnummer)$/],
  ['category', /^(category|product category|department|kategorie|categoria)$/],
  ['variant', /^(variant|variation|size|lineitem variant)$/],
  ['quantity', /^(quantity|qty|menge|cantidad|anzahl|lineitem quantity|units?)$/],
  ['unitPrice', /^(unit ?_?price|price|einzelpreis|precio|lineitem price)$/],
  ['lineNet', /^(line ?(net|total)|net sales|net price|net amount|betrag netto)$/],
  ['discount', /^(discounts?|discount ?amount|rabatt|descuento)$/],
  ['tax', /^(tax(es)?|vat|tax ?amount|sales ?tax|mwst\.?|steuer(betrag)?|iva)$/],
  ['tip', /^(tips?|gratuity|trinkgeld(betrag)?|propina)$/],
  ['shipping', /^(shipping|delivery ?fee|versand)$/],
  ['total', /^(total|grand ?total|order ?total|total ?(collected|amount|price|spend)|amount|betrag|betrag inkl\. mwst\.|importe|montant)$/],
  ['currency', /^(currency|währung|moneda|devise)$/],
  ['paymentMethod', /^(payment ?(method|type)?|tender|zahlungsart)$/],
  ['discountCode', /^(discount ?code|coupon( code)?|promo ?code|voucher)$/],
  ['status', /^(status|order ?status|state of order)$/],
  ['staff', /^(staff( name)?|employee|cashier( name)?|server)$/],
  ['register', /^(register|device( name)?|pos|kasse)$/],
  ['email', /^(e-?mail([ _]address)?|customer[ _]e-?mail|correo.*)$/],
  ['phone', /^(phone([ _]?(number|no))?|mobile([ _]?(phone|number))?|cell(phone)?|tel(efon|ephone|éfono)?|handy|customer[ _]phone)$/],
  ['firstName', /^(first[ _]?name|given[ _]?name|vorname|nombre|prénom|fname)$/],
  ['lastName', /^(last[ _]?name|surname|family[ _]?name|nachname|apellidos?|nom|lname)$/],
  ['fullName', /^(full[ _]?name|customer([ _]?name)?|name|client|kunde|contact|buyer|billing name)$/],
  ['company', /^(company([ _]?name)?|firma|business)$/],
  ['birthday', /^(birth[ _]?(day|date)|date of birth|dob|geburts(tag|datum)|fecha de nacimiento)$/],
  ['street', /^(street( address)?|address([ _]?(line)? ?_?1)?|straße|strasse|dirección|adresse)$/],
  ['city', /^(city|town|ort|stadt|ciudad|ville)$/],
  ['region', /^(state|region|province|county|bundesland)$/],
  ['postalCode', /^(postal[ _]?code|zip([ _]?code)?|post ?code|plz|código postal)$/],
  ['country', /^(country|land|país|pays)$/],
  ['note', /^(notes?|memo|comments?|bemerkung)$/],
  ['tags', /^(tags?|labels?|groups?)$/],
  ['smsConsent', /^(accepts sms marketing|sms (consent|opt.?in)|text (consent|opt.?in))$/],
  ['emailConsent', /^(accepts (email )?marketing|email (consent|opt.?in|subscription status)|newsletter)$/],
];

const SALE_ONLY = new Set<Field>([
  'saleId',
  'date',
  'time',
  'zone',
  'item',
  'sku',
  'category',
  'variant',
  'quantity',
  'unitPrice',
  'lineNet',
  'discount',
  'tax',
  'tip',
  'shipping',
  'total',
  'currency',
  'paymentMethod',
  'discountCode',
  'status',
  'staff',
  'register',
]);

/**
 * A first guess at what the columns of an unknown file mean, from their names and, for e-mail, from the cells. The owner sees it
 * beside sample values and corrects it; nothing is imported on a guess.
 */
export function suggestMapping(names: readonly string[], samples: readonly (readonly string[])[]): Mapping {
  const keys = names.map((n) => headerKey(n).replaceAll('_', ' '));
  const columns: Partial<Record<Field, number[]>> = {};
  const taken = new Set<number>();
  const take = (field: Field, i: number) => {
    if (columns[field] || taken.has(i)) return;
    columns[field] = [i];
    taken.add(i);
  };
  const money = /price|total|amount|net|gross|betrag|preis|importe|montant|sales/;
  const hasSale =
    keys.some((k) => /date|datum|fecha|timestamp|created/.test(k) && !/birth|geburt|nacimiento/.test(k)) && keys.some((k) => money.test(k));
  for (const [field, pattern] of WORDS) {
    if (!hasSale && SALE_ONLY.has(field)) continue;
    if (hasSale && field === 'saleId' && keys.includes('name') && keys.some((k) => /invoice|receipt|order|transaction/.test(k))) {
      const better = keys.findIndex((k) => pattern.test(k) && k !== 'name');
      if (better >= 0) take(field, better);
      continue;
    }
    const i = keys.findIndex((k, at) => !taken.has(at) && pattern.test(k));
    if (i >= 0) take(field, i);
  }
  if (!columns.email) {
    const i = names.findIndex((_, at) => !taken.has(at) && samples.some((s) => /^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i.test(s[at] ?? '')));
    if (i >= 0) take('email', i);
  }
  if (columns.quantity && !columns.unitPrice && !columns.total && !columns.lineNet) delete columns.quantity;
  return { kind: hasSale ? 'sales' : 'customers', till: '', columns };
}
