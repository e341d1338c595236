import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findHeader, recognise, recogniseWrong } from '@domain/imports/detect';
import { OTHER_TILLS } from '@domain/imports/other-tills';
import { PROFILES } from '@domain/imports/profiles/index';
import { WRONG_FILES } from '@domain/imports/wrong/index';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** Headers of files that hold no receipts and no people, in the words of their tills. */
const WRONG: readonly (readonly [string, string])[] = [
  ['square-item-summary', 'Item,Variation,SKU,Category,Items Sold,Product Sales,Refunds,Discounts & Comps,Net Sales,Tax,Gross Sales'],
  ['square-item-summary', 'Item Name,Item Variation,Category,Items Sold,Gross Sales,Discounts,Net Sales'],
  ['square-item-summary', 'Category,Items Sold,Gross Sales,Discounts,Net Sales,Tax'],
  [
    'square-sales-summary',
    'Date,Gross Sales,Items,Service Charges,Refunds,Discounts & Comps,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Fees,Net Total',
  ],
  [
    'square-catalog',
    'Token,Item Name,Customer-facing Name,Variation Name,Unit and Precision,SKU,Description,Categories,Reporting Category,Price,Archived',
  ],
  ['square-catalog', 'Reference Handle,Token,Item Name,Variation Name,SKU,Description,Category,Price'],
  ['square-deposits', 'Deposit Date,Deposit ID,Total Collected Fees,Deposit Total,Bank'],
  ['square-transfers', 'Transfer ID,Transfer Date,Amount'],
  [
    'shopify-products',
    'Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Price',
  ],
  ['shopify-products', 'Title,URL handle,Description,Vendor,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Price'],
  [
    'shopify-inventory',
    'Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)',
  ],
  ['shopify-payouts', 'Payout Date,Status,Charges,Refunds,Adjustments,Reserved Funds,Fees,Retried Amount,Total,Currency'],
  [
    'shopify-payouts',
    'Transaction Date,Type,Order,Card Brand,Card Source,Payout Status,Payout Date,Payout ID,Available On,Amount,Fee,Net,Checkout,Payment Method Name,Presentment Amount,Presentment Currency,Currency,VAT',
  ],
  ['shopify-reports', 'Day,Orders,Gross sales,Discounts,Returns,Net sales,Shipping charges,Taxes,Total sales'],
  ['shopify-reports', 'Product title,Product vendor,Product type,Net quantity,Gross sales,Discounts,Returns,Net sales,Taxes,Total sales'],
  [
    'loyverse-item-summary',
    'Item name,SKU,Category,Items sold,Gross sales,Items refunded,Refunds,Discounts,Net sales,Cost of goods,Gross profit,Margin,Taxes',
  ],
  [
    'loyverse-item-summary',
    'Category,Items sold,Gross sales,Items refunded,Refunds,Discounts,Net sales,Cost of goods,Gross profit,Margin,Taxes',
  ],
  ['loyverse-summary', 'Date,Gross sales,Refunds,Discounts,Net sales,Cost of goods,Gross profit,Margin,Taxes'],
  [
    'loyverse-items',
    'Handle,SKU,Name,Category,Description,Sold by weight,Option 1 name,Option 1 value,Cost,Barcode,Track stock,Available for sale [Shop]',
  ],
  ['toast-summary', 'yyyyMMdd,Net sales,Total orders,Total guests'],
  [
    'toast-other',
    'Master ID,Item ID,Parent ID,Menu Name,Menu Group,Subgroup,Menu Item,Tags,Avg Price,Item Qty (incl voids),Gross Amount (incl voids),Item Qty,Gross Amount,Void Qty,Void Amount,Discount Amount,Net Amount',
  ],
  [
    'toast-other',
    'Location,ID,Server,Check #,Table,Check Opened,Station,Expediter Level,Fired Date,Fulfilled Date,Fulfillment Time,Fulfilled By',
  ],
  ['toast-other', 'Location,Entry Id,Created Date,Action,Amount,Cash Drawer,Payout Reason,No Sale Reason,Comment,Employee,Employee 2'],
  [
    'stripe-payouts',
    'id,Amount,Created (UTC),Currency,Livemode,Arrival Date (UTC),Source Type,Destination,Status,Type,Method,Description,Balance Transaction',
  ],
  ['stripe-payouts', 'payout_id,effective_at,currency,balance_transaction_id,gross,fee,net,reporting_category,payout_status'],
  ['stripe-summary', 'reporting_category,currency,count,gross,fee,net'],
  ['stripe-summary', 'category,description,net_amount,currency'],
  ['woocommerce-products', 'ID,Type,SKU,Name,Published,Is featured?,In stock?,Stock,Sale price,Regular price,Categories'],
  ['woocommerce-products', 'SKU,Name,Stock,Regular Price'],
  ['woocommerce-reports', 'Date,Orders,Gross sales,Returns,Coupons,Net sales,Taxes,Shipping,Total sales'],
  ['vend-products', 'id,handle,sku,composite_handle,composite_sku,composite_quantity,name,description,type,supply_price,retail_price'],
  ['lightspeed-r-items', 'System ID,UPC,EAN,Custom SKU,Manufact. SKU,Item,Vendor ID,Qty.,Price,Tax,Brand,Department,MSRP'],
  [
    'clover-inventory',
    'Clover ID,Name,Alternate Name,Price,Price Type,Price Unit,Tax Rates,Cost,Product Code,SKU,Modifier Groups,Quantity',
  ],
  ['wix-products', 'handleId,fieldType,name,description,productImageUrl,collection,sku,price'],
  ['squarespace-products', 'Product ID [Non Editable],Variant ID [Non Editable],Product Type [Non Editable],Title,SKU,Price'],
  ['etsy-other', 'Date,Type,Title,Info,Currency,Amount,Fees & Taxes,Net,Tax Details'],
  ['etsy-other', 'TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,IMAGE2'],
  ['etsy-other', 'Date,Amount,Currency,Status,Bank Account Ending Digits'],
  [
    'sumup-statement',
    'Data transazione,Codice transazione,Tipo transazione,Riferimento,Causale pagamento,Stato,Importo transazione in uscita,Saldo disponibile',
  ],
  ['accounting', 'Date,Voucher Nb.,Text,Cpt_debit,Cpt_credit,Montant,Journal'],
  ['accounting', '*Narration,*Date,Description,*AccountCode,*TaxRate,*Amount'],
  ['accounting', '*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,*DueDate,*Quantity,*UnitAmount,*AccountCode'],
  ['accounting', 'Journal No,Journal Date,Account,Debits,Credits,Description,Name'],
  ['accounting', 'Umsatz (ohne Soll/Haben-Kz),Soll/Haben-Kennzeichen,WKZ Umsatz,Konto,Gegenkonto (ohne BU-Schlüssel),Belegdatum'],
  ['accounting', 'JournalCode,JournalLib,EcritureNum,EcritureDate,CompteNum,CompteLib,Debit,Credit'],
  ['bank-statement', 'Date,Description,Debit,Credit,Balance'],
  ['bank-statement', 'Auftragskonto,Buchungstag,Valutadatum,Buchungstext,Verwendungszweck,Betrag,Währung'],
  ['bank-statement', 'Date,Date de valeur,Libellé,Débit,Crédit'],
  ['bank-statement', 'Fecha,Fecha valor,Concepto,Importe,Saldo'],
];

/** Lists shops keep themselves: the owner says what their columns mean. */
const OWN: readonly string[] = [
  'Date,Customer,Item,Qty,Price,Total',
  'Date,Customer,Description,Debit,Credit,Balance',
  'Name,Phone,Email,Balance',
  'Date,Gross sales,Discounts,Net sales',
  'SKU,Name,Quantity,Price,Date,Receipt number',
  'created_at;address;city;country;phone;email;full_name;job_industry;acquisition;birth_date',
  'household_key,Spend,Visits,Coupon,Coupon_Match',
  'Category,Item,Qty,Net Sales,Date',
];

const split = (header: string): string[] => header.split(header.includes(';') ? ';' : ',');
const corpus = readFileSync(resolve(import.meta.dirname, '../fixtures/pos-headers.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((l) => l.split('\t') as [string, string, string, string, string])
  .map(([till, kind, variant, columns, profile]) => ({ name: `${till} ${kind} ${variant}`, columns: columns.split(','), profile }));

describe('wrong files', () => {
  it.each(WRONG)('%s: %s', (id, header) => {
    const columns = split(header);
    // a summary may look like its till's export; then what makes a receipt is missing (table.ts asks in this order)
    expect(recognise(columns)?.missing).not.toEqual([]);
    expect(recogniseWrong(columns)?.id).toBe(id);
    fc.assert(
      fc.property(fc.shuffledSubarray(columns, { minLength: columns.length }), (order) => {
        expect(recogniseWrong(order.map((c) => ` ${c.toUpperCase()}\u00a0`))?.id).toBe(id);
      }),
      { numRuns: 5 },
    );
    expect(findHeader([['My shop'], [], columns, columns.map(() => '1')])).toBe(2);
  });

  it('says of every till and kind what to export instead', () => {
    for (const w of WRONG_FILES) {
      expect(
        WRONG.some(([id]) => id === w.id),
        `${w.id} has no example`,
      ).toBe(true);
      expect(w.says).toMatch(/^(This|These) .*[.] .*(Take|Export|take) /);
      expect(w.says.length).toBeLessThan(240);
      if (w.till) expect(w.says).toContain(w.till.split(' ')[0]?.replace('WooCommerce', ''));
    }
    expect(new Set(WRONG_FILES.map((w) => w.id)).size).toBe(WRONG_FILES.length);
  });

  it('never takes a good file for one', () => {
    for (const { name, columns, profile } of corpus) {
      if (profile.startsWith('wrong:')) expect(recogniseWrong(columns)?.id, name).toBe(profile.slice('wrong:'.length));
      else expect(recogniseWrong(columns), name).toBeNull();
    }
    for (const own of OWN) {
      expect(recogniseWrong(split(own)), own).toBeNull();
      expect(recognise(split(own)), own).toBeNull();
    }
  });

  it('no profile’s own columns, whichever of them were picked, look like one', () => {
    for (const p of PROFILES) {
      const names = [
        ...new Set(
          Object.values(p.fields).flatMap((r) =>
            typeof r === 'string' ? r : 'parts' in r ? r.parts : 'sum' in r ? r.sum : 'ends' in r ? r.ends : r,
          ),
        ),
      ];
      fc.assert(
        fc.property(fc.subarray(names, { minLength: 1 }), (picked) => {
          expect(recogniseWrong(picked)?.id).toBeUndefined();
        }),
        { numRuns: 200 },
      );
    }
  });
});

describe('tills nobody has shown us a file of', () => {
  it('are named with what to do, and never beside a profile of theirs', () => {
    const known = new Set(PROFILES.map((p) => p.till));
    for (const o of OTHER_TILLS) {
      expect(known.has(o.till)).toBe(false);
      expect(o.says).toMatch(/(CSV|workbook|Excel)/);
      expect(o.says).toMatch(/[Ss]ay once what/);
    }
    expect(new Set(OTHER_TILLS.map((o) => o.till)).size).toBe(OTHER_TILLS.length);
  });
});
