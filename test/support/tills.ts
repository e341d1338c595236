import { expect } from 'vitest';
import { aFile, importFile, preview } from './imports';
import { aCtx, type TestCtx } from './test-ctx';

type Row = Record<string, string>;

/** A sheet of our own making in the shape of a till's export: absent cells get the till's ordinary values, or are blank. */
export const sheet =
  (header: string, defaults: Row = {}, delimiter = ',') =>
  (rows: readonly Row[], without: readonly string[] = []): string => {
    const columns = header.split(',').filter((h) => !without.includes(h));
    const cell = (c: string) => (c.includes(delimiter) || /["\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c);
    for (const r of rows) for (const h of Object.keys(r)) if (!header.split(',').includes(h)) throw new Error(`no column ${h}`);
    return [columns, ...rows.map((r) => columns.map((h) => r[h] ?? defaults[h] ?? ''))]
      .map((r) => `${r.map(cell).join(delimiter)}\n`)
      .join('');
  };

export const clover = {
  orders: sheet(
    'Order Date,Order ID,Invoice Number,Order Number,Order Type,Order Employee ID,Order Employee Name,Order Employee Custom ID,Note,Currency,Tax Amount,Tip,Service Charge,Discount,Order Total,Payments Total,Payment Note,Refunds Total,Manual Refunds Total,Tender,Credit Card Auth Code,Credit Card Transaction ID,Order Payment State',
    {
      'Order Date': '10-Nov-2026 02:44 PM EST',
      'Order Employee Name': 'Sena',
      Currency: 'USD',
      Tender: 'Credit Card',
      'Order Payment State': 'Paid',
      'Refunds Total': '0.00',
      'Manual Refunds Total': '0.00',
      Discount: '0.00',
    },
  ),
  payments: sheet(
    'Payment Date,Payment ID,External Payment ID,Invoice Number,Card Auth Code,Transaction #,Note,Tender,Card Brand,Card Number,Card Entry Type,Currency,Amount,Tax Amount,Tip Amount,Service Charge Amount,Customer Name,Payment Employee ID,Payment Employee Name,Payment Employee Custom ID,Order ID,Order Date,Order Employee ID,Order Employee Name,Order Employee Custom ID,Result,Device,# Refunds,Refund Amount,Custom Fields',
    {
      'Payment Date': '10-Nov-2026 02:45 PM EST',
      Currency: 'USD',
      Tender: 'Credit Card',
      Result: 'SUCCESS',
      'Payment Employee Name': 'Sena',
      Device: 'Station 1',
    },
  ),
  customers: sheet(
    'Customer ID,First Name,Last Name,Phone Number,Email Address,Address Line 1,Address Line 2,Address Line 3,City,State / Province,Postal / Zip Code,Country,Marketing Allowed,Additional Addresses,Customer Since',
  ),
};

export const toast = {
  orders: sheet(
    'Location,Order Id,Order #,Checks,Opened,# of Guests,Tab Names,Server,Table,Revenue Center,Dining Area,Service,Dining Options,Discount Amount,Amount,Tax,Tip,Gratuity,Total,Voided,Paid,Closed,Duration (Opened to Paid),Order Source',
    {
      Location: 'Main Street',
      Opened: '11/10/26 5:40 PM',
      'Discount Amount': '0.00',
      Tip: '0.00',
      Gratuity: '0.00',
      Voided: 'false',
      Paid: '11/10/26 5:47 PM',
      'Order Source': 'In store',
    },
  ),
  items: sheet(
    'Location,Order Id,Order #,Sent Date,Order Date,Check Id,Server,Table,Dining Area,Service,Dining Option,Item Selection Id,Item Id,Master Id,SKU,PLU,Menu Item,Menu Subgroup(s),Menu Group,Menu,Sales Category,Gross Price,Discount,Net Price,Qty,Tax,Void?,Deferred,Tax Exempt,Tax Inclusion Option,Dining Option Tax,Tab Name',
    { 'Order Date': '11/10/26 5:40 PM', Qty: '1.0', Discount: '0.00', 'Void?': 'false', Deferred: 'false', 'Sales Category': 'Food' },
  ),
  payments: sheet(
    'Location,Payment Id,Order Id,Order #,Paid Date,Order Date,Check Id,Check #,Tab Name,Server,Table,Dining Area,Service,Dining Option,House Acct #,Amount,Tip,Gratuity,Total,Swiped Card Amount,Keyed Card Amount,Amount Tendered,Refunded,Refund Date,Refund Amount,Refund Tip Amount,Void User,Void Approver,Void Date,Status,Type,Cash Drawer,Card Type,Other Type,Email,Phone,Last 4 Card Digits,V/MC/D Fees,Room Info,Receipt,Source,Last 4 Gift Card Digits,First 5 Gift Card Digits',
    {
      'Paid Date': '11/10/26 5:47 PM',
      'Order Date': '11/10/26 5:40 PM',
      Tip: '0.00',
      Gratuity: '0.00',
      Refunded: 'NONE',
      Status: 'CAPTURED',
      Type: 'CREDIT',
    },
  ),
  checks: sheet(
    'Customer Id,Customer,Customer Phone,Customer Email,Location Code,Opened Date,Opened Time,Item Description,Server,Tax,Tender,Check Id,Check #,Total,Customer Family,Table Size,Discount,Reason of Discount,Link',
    { 'Opened Date': '11/10/26', 'Opened Time': '5:40 PM', Total: '10.80', Tax: '0.80' },
  ),
};

const sold = { 'Receipt type': 'Sale', POS: 'POS 1', Store: 'Main', 'Cashier name': 'Owner', Status: 'Closed' };
export const loyverse = {
  receipts: sheet(
    'Date,Receipt number,Receipt type,Gross sales,Discounts,Net sales,Taxes,Total collected,Cost of goods,Gross profit,Payment type,Description,Dining option,POS,Store,Cashier name,Customer name,Customer contacts,Status',
    { ...sold, Date: '10/11/2026 14:05', Discounts: '0.00', Taxes: '0.00', 'Payment type': 'Cash' },
  ),
  items: sheet(
    'Date,Receipt number,Receipt type,Category,SKU,Item,Variant,Modifiers applied,Quantity,Gross sales,Discounts,Net sales,Cost of goods,Gross profit,Taxes,Dining option,POS,Store,Cashier name,Customer name,Customer contacts,Comment,Status',
    { ...sold, Date: '10/11/2026 14:05', Quantity: '1.000', Discounts: '0.00', Taxes: '0.00' },
  ),
  customers: sheet(
    'Customer id,Customer name,Email,Phone,Address,City,Province,Postal code,Country,Customer code,Points balance,Note,First visit,Last visit,Total visits,Total spent',
  ),
};

export const vend = {
  sales: sheet(
    'Date,Receipt Number,Line Type,Customer Code,Customer Name,Note,Quantity,Subtotal,Sales Tax,Discount,Loyalty,Total,Paid,Details,Register,User,Status,Sku,AccountCodeSale,AccountCodePurchase',
    { Date: '2026-11-10 14:05:00', Register: 'Main Register', User: 'Mei', Status: 'CLOSED' },
  ),
  customers: sheet(
    'customer_code,first_name,last_name,company_name,customer_group_name,email,phone,mobile,physical_address_1,physical_city,physical_postcode,date_of_birth,note,do_not_email,enable_promotional_sms,loyalty_balance,store_credit_balance,year_to_date',
  ),
};

export const ecomCustomers = sheet(
  'Internal ID,Registered,Language,Firstname,LastnamePreposition,Lastname,E-Mail,Phone,Mobile,Customer type,Company,Coc number,Vat number,Attn,Streetname,Address 2,Number,Extension,Zipcode,City,Region,Country,Shipping Attn,Shipping company,Shipping Streetname,Shipping Address 2,Shipping Number,Shipping Extension,Shipping Zipcode,Shipping City,Shipping Region,Shipping Country',
);

const GERMAN =
  'E-Mail,Datum,Transaktions-ID,Zahlungsart,Status,Kartentyp,Letzte 4 Ziffern,Durchgeführt mit,Zahlungsmethode,Eingabemodus,Autorisierungscode,Beschreibung,Betrag inkl. MwSt.,Netto,Steuerbetrag,Trinkgeldbetrag,Gebühr,Auszahlung,Auszahlungsdatum,Auszahlungs-ID,Referenz';
const FRENCH =
  'Email,Date,Réf. transaction,Type de transaction,Status,Type de carte,4 derniers chiffres,Traiter en tant que,Méthode de paiement,Entry mode,Auth code,Description,Montant total,Prix net,Tax amount,Tip amount,Frais,Virement,Date du virement,Payout ID,Reference';
export const sumup = {
  german: sheet(GERMAN, { 'E-Mail': 'bar@shop.example', Zahlungsart: 'Umsatz', Status: 'Erfolgreich', Zahlungsmethode: 'POS' }),
  october: sheet(GERMAN.replace('Zahlungsart', 'Transaktionsart'), {
    'E-Mail': 'bar@shop.example',
    Transaktionsart: 'Umsatz',
    Zahlungsmethode: 'POS',
    Status: 'Erfolgreich',
  }),
  french: sheet(FRENCH, { Email: 'bar@shop.example', 'Type de transaction': 'Paiement', Status: 'Accepté' }),
  items: sheet(
    'Konto,Datum,Typ,Transaktionsnummer,Zahlungsmethode,Menge,Beschreibung,Währung,Preis vor Rabatt,Rabatt,Preis (brutto),Preis (netto),Steuer,Steuersatz',
    {
      Konto: 'bar@shop.example',
      Typ: 'Verkauf',
      Zahlungsmethode: 'Karte',
      Menge: '1',
      Rabatt: '0.0',
    },
  ),
};

type Facts = Record<string, unknown>;
/** All sales by key, without what only the database knows. */
export const allSales = (ctx: TestCtx): Facts[] =>
  (ctx.db.raw.prepare('SELECT * FROM sale ORDER BY source_sale_id').all() as Facts[]).map(
    ({ id: _, import_id: __, totals_hash: ___, ...s }) => s,
  );
export const allLines = (ctx: TestCtx): Facts[] =>
  ctx.db.raw
    .prepare(
      'SELECT s.source_sale_id AS sale, l.* FROM sale_line l JOIN sale s ON s.id = l.sale_id ORDER BY s.source_sale_id, l.name, l.net',
    )
    .all() as Facts[];
export const allPeople = (ctx: TestCtx): Facts[] => ctx.db.raw.prepare('SELECT * FROM customer ORDER BY id').all() as Facts[];

/** Imports several files in this order into one shop and in the other into a second: both end the same, and nothing is new twice. */
export async function bothWays(files: readonly string[], make: () => TestCtx = aCtx): Promise<TestCtx> {
  const [there, back] = [make(), make()];
  for (const f of files) await importFile(there, aFile(f));
  for (const f of [...files].reverse()) await importFile(back, aFile(f));
  expect(allSales(back)).toEqual(allSales(there));
  const lines = (ctx: TestCtx) => allLines(ctx).map(({ sale_id: _, ...l }) => l);
  expect(lines(back)).toEqual(lines(there));
  for (const f of files) {
    const again = await preview(there, aFile(f));
    expect(again.counts?.sales).toMatchObject({ new: 0, changed: 0 });
  }
  return there;
}
