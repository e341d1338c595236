import { type Field, mappingGaps } from '@domain/imports/fields';
import { suggestMapping } from '@domain/imports/suggest';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

type Said = readonly [string, 'sales' | 'customers', Partial<Record<Field, string>>];

/** Headers of lists shops keep themselves, and of exports no profile knows, with what their columns mean. */
const SHEETS: readonly Said[] = [
  [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    'sales',
    {
      saleId: 'InvoiceNo',
      sku: 'StockCode',
      item: 'Description',
      quantity: 'Quantity',
      date: 'InvoiceDate',
      unitPrice: 'UnitPrice',
      customerId: 'CustomerID',
      country: 'Country',
    },
  ],
  [
    'created_at;address;city;country;phone;email;full_name;job_industry;acquisition;birth_date',
    'customers',
    { street: 'address', city: 'city', country: 'country', phone: 'phone', email: 'email', fullName: 'full_name', birthday: 'birth_date' },
  ],
  ['Name,Phone,Email,Last visit date,Total spent,Number of orders', 'customers', { fullName: 'Name', phone: 'Phone', email: 'Email' }],
  ['created_at,name,email,phone,total_spent', 'customers', { fullName: 'name', email: 'email', phone: 'phone' }],
  [
    'First Name,Last Name,Cell,Email,Birthday,Date added,Lifetime Spend',
    'customers',
    { firstName: 'First Name', lastName: 'Last Name', phone: 'Cell', email: 'Email', birthday: 'Birthday' },
  ],
  [
    'Date,Customer,Item,Qty,Price,Total',
    'sales',
    { date: 'Date', fullName: 'Customer', item: 'Item', quantity: 'Qty', unitPrice: 'Price', total: 'Total' },
  ],
  ['Date,Name,Amount', 'sales', { date: 'Date', fullName: 'Name', total: 'Amount' }],
  [
    'Date,First Name,Last Name,Phone,Email,Amount',
    'sales',
    { date: 'Date', firstName: 'First Name', lastName: 'Last Name', phone: 'Phone', email: 'Email', total: 'Amount' },
  ],
  [
    'Date,Time,Receipt,Item,Amount,Customer Phone',
    'sales',
    { date: 'Date', time: 'Time', saleId: 'Receipt', item: 'Item', lineNet: 'Amount', phone: 'Customer Phone' },
  ],
  [
    'Sale Date,Invoice #,Customer,Subtotal,Tax,Total',
    'sales',
    { date: 'Sale Date', saleId: 'Invoice #', fullName: 'Customer', net: 'Subtotal', tax: 'Tax', total: 'Total' },
  ],
  [
    'Transaction ID,Date,Gross,Fee,Net,From Email Address,Name',
    'sales',
    { saleId: 'Transaction ID', date: 'Date', gross: 'Gross', email: 'From Email Address', fullName: 'Name' },
  ],
  [
    'Order ID,Order Date,Ship Date,Customer ID,Customer Name,Product Name,Sales,Quantity,Profit',
    'sales',
    {
      saleId: 'Order ID',
      date: 'Order Date',
      customerId: 'Customer ID',
      fullName: 'Customer Name',
      item: 'Product Name',
      lineNet: 'Sales',
      quantity: 'Quantity',
    },
  ],
  ['DATE,TIME,Qty,PRODUCTID,Price', 'sales', { date: 'DATE', time: 'TIME', quantity: 'Qty', sku: 'PRODUCTID', unitPrice: 'Price' }],
  [
    'Datum;Belegnr;Artikel;Menge;Einzelpreis;Gesamtpreis;Kunde',
    'sales',
    {
      date: 'Datum',
      saleId: 'Belegnr',
      item: 'Artikel',
      quantity: 'Menge',
      unitPrice: 'Einzelpreis',
      lineNet: 'Gesamtpreis',
      fullName: 'Kunde',
    },
  ],
  [
    'Datum;Bon-Nr.;Artikelbezeichnung;Anzahl;Brutto (€);MwSt;Netto;Kundennummer',
    'sales',
    {
      date: 'Datum',
      saleId: 'Bon-Nr.',
      item: 'Artikelbezeichnung',
      quantity: 'Anzahl',
      lineNet: 'Netto',
      lineTax: 'MwSt',
      customerId: 'Kundennummer',
    },
  ],
  [
    'Vorname;Nachname;Telefonnummer;E-Mail-Adresse;Straße;PLZ;Ort;Geburtsdatum;Newsletter',
    'customers',
    {
      firstName: 'Vorname',
      lastName: 'Nachname',
      phone: 'Telefonnummer',
      email: 'E-Mail-Adresse',
      street: 'Straße',
      postalCode: 'PLZ',
      city: 'Ort',
      birthday: 'Geburtsdatum',
      emailConsent: 'Newsletter',
    },
  ],
  [
    'Fecha;Ticket;Artículo;Cantidad;Precio;Cliente',
    'sales',
    { date: 'Fecha', saleId: 'Ticket', item: 'Artículo', quantity: 'Cantidad', unitPrice: 'Precio', fullName: 'Cliente' },
  ],
  [
    'Nombre;Apellidos;Teléfono;Correo electrónico;Fecha de nacimiento;Ciudad;Código postal',
    'customers',
    {
      firstName: 'Nombre',
      lastName: 'Apellidos',
      phone: 'Teléfono',
      email: 'Correo electrónico',
      birthday: 'Fecha de nacimiento',
      city: 'Ciudad',
      postalCode: 'Código postal',
    },
  ],
  [
    'Date;N° ticket;Article;Quantité;Prix unitaire;Montant TTC;Client',
    'sales',
    {
      date: 'Date',
      saleId: 'N° ticket',
      item: 'Article',
      quantity: 'Quantité',
      unitPrice: 'Prix unitaire',
      lineNet: 'Montant TTC',
      fullName: 'Client',
    },
  ],
  [
    'Nom;Prénom;Téléphone;E-mail;Date de naissance;Ville;Code postal',
    'customers',
    {
      lastName: 'Nom',
      firstName: 'Prénom',
      phone: 'Téléphone',
      email: 'E-mail',
      birthday: 'Date de naissance',
      city: 'Ville',
      postalCode: 'Code postal',
    },
  ],
  [
    'Nome;Cognome;Cellulare;E-mail;Data di nascita;Città;CAP',
    'customers',
    {
      firstName: 'Nome',
      lastName: 'Cognome',
      phone: 'Cellulare',
      email: 'E-mail',
      birthday: 'Data di nascita',
      city: 'Città',
      postalCode: 'CAP',
    },
  ],
  [
    'Customer ID,Customer Name,Email Address,Mobile Phone,Home Phone,Street,Zip,City,State,SMS opt-in,Unsubscribed',
    'customers',
    {
      customerId: 'Customer ID',
      fullName: 'Customer Name',
      email: 'Email Address',
      phone: 'Mobile Phone',
      phone2: 'Home Phone',
      street: 'Street',
      postalCode: 'Zip',
      city: 'City',
      region: 'State',
      smsConsent: 'SMS opt-in',
      emailOptOut: 'Unsubscribed',
    },
  ],
  ['phone', 'customers', { phone: 'phone' }],
];

const split = (header: string): string[] => header.split(header.includes(';') ? ';' : ',');
const said = (header: string, rows: readonly string[] = []) => {
  const names = split(header);
  const m = suggestMapping(names, rows.map(split));
  return { ...m, meaning: Object.fromEntries(Object.entries(m.columns).map(([f, at]) => [f, (at ?? []).map((i) => names[i]).join('+')])) };
};

describe('a first guess at unknown sheets', () => {
  it.each(SHEETS)('%s', (header, kind, meaning) => {
    const m = said(header);
    expect(m.kind).toBe(kind);
    expect(m.meaning).toEqual(meaning);
    expect(mappingGaps(m)).toEqual([]);
    // the order of the columns does not matter
    fc.assert(
      fc.property(fc.shuffledSubarray(split(header), { minLength: split(header).length }), (order) => {
        expect(suggestMapping(order, []).kind).toBe(kind);
      }),
      { numRuns: 10 },
    );
  });

  it('asks about sums of households instead of making people of them', () => {
    for (const header of [
      'household_key,SALES_VALUE,QUANTITY,RETAIL_DISC,COUPON_DISC,COUPON_MATCH_DISC',
      'Household,Spend,Visits,Discount,Coupon,Coupon_Match',
    ]) {
      expect(mappingGaps(said(header))).not.toEqual([]);
    }
  });

  it('a receipt’s total stands on each of its rows, a line’s amount does not', () => {
    const header = 'Date,Receipt,Item,Qty,Price,Total';
    const whole = said(header, ['2026-01-01,1,Hat,1,10.00,15.00', '2026-01-01,1,Scarf,1,5.00,15.00', '2026-01-02,2,Hat,1,10.00,10.00']);
    expect(whole.meaning).toMatchObject({ total: 'Total', unitPrice: 'Price' });
    const lines = said(header, ['2026-01-01,1,Hat,1,10.00,10.00', '2026-01-01,1,Scarf,1,10.00,10.00', '2026-01-02,2,Hat,2,10.00,20.00']);
    expect(lines.meaning).toMatchObject({ lineNet: 'Total', unitPrice: 'Price' });
  });

  it('two articles of one price on a receipt are no receipt total', () => {
    const header = 'Date,Receipt,Item,Amount';
    expect(said(header, ['2026-01-01,1,Tea,4.50', '2026-01-01,1,Tea,4.50']).meaning).toMatchObject({ lineNet: 'Amount' });
    expect(said(header, ['2026-01-01,1,Tea,4.50', '2026-01-01,1,Cake,4.50']).meaning).toMatchObject({ lineNet: 'Amount' });
    const thrice = [1, 2, 3].flatMap((n) => [`2026-01-01,${n},Tea,1${n}.00`, `2026-01-01,${n},Cake,1${n}.00`]);
    expect(said(header, thrice).meaning).toMatchObject({ total: 'Amount' });
  });

  it('a discount written as a share is no amount; a name is a receipt’s number only if it looks like one', () => {
    expect(said('Date,Item,Price,Discount', ['2026-01-01,Hat,10.00,0.2', '2026-01-01,Hat,10.00,0']).meaning).not.toHaveProperty(
      'lineDiscount',
    );
    expect(said('Date,Item,Price,Discount', ['2026-01-01,Hat,10.00,20%']).meaning).not.toHaveProperty('lineDiscount');
    expect(said('Date,Item,Price,Discount', ['2026-01-01,Hat,10.00,2.00']).meaning).toMatchObject({ lineDiscount: 'Discount' });
    expect(said('Date,Name,Amount', ['2026-01-01,#1001,10.00', '2026-01-02,#1002,12.00']).meaning).toMatchObject({ saleId: 'Name' });
    expect(said('Date,Name,Amount', ['2026-01-01,Ann Lee,10.00']).meaning).toMatchObject({ fullName: 'Name' });
  });

  it('finds an unnamed e-mail column by its cells', () => {
    expect(said('full_name,phone,reach', ['Ann B,555,ann@b.example']).meaning).toEqual({
      fullName: 'full_name',
      phone: 'phone',
      email: 'reach',
    });
  });
});
