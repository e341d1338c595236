import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview } from '../support/imports';
import { aCtx } from '../support/test-ctx';
import { allLines, allPeople, allSales, bothWays, sumup } from '../support/tills';

const swiss = () => aCtx({ settings: { shop: { name: 'Bar', country: 'CH', currency: 'CHF', zone: 'Europe/Zurich' as never } } });
const card = {
  Datum: '2026-01-31 19:56:55',
  'Transaktions-ID': 'T4SLAD3TU4',
  Beschreibung: '2 x Getränk 4.50.-, 1 x Snack 2,50.-',
  'Letzte 4 Ziffern': '**** **** **** 1111',
  'Betrag inkl. MwSt.': '11.5',
  Netto: '11.21',
  Steuerbetrag: '0.29',
  Trinkgeldbetrag: '0.0',
};
const payout = {
  'E-Mail': '',
  Datum: '2026-01-31 19:57:11',
  'Transaktions-ID': 'T4SLAD3TU4',
  Status: 'Gezahlt',
  Zahlungsmethode: '',
  'Betrag inkl. MwSt.': '11.5',
  Auszahlung: '11.21',
  'Auszahlungs-ID': '952982',
};
const others = [
  { ...card, 'Transaktions-ID': 'TB', Status: 'Abgebrochen', 'Betrag inkl. MwSt.': '9.0', Netto: '8.77', Steuerbetrag: '0.23' },
  { ...card, 'Transaktions-ID': 'TC', Status: 'Fehlgeschlagen', 'Betrag inkl. MwSt.': '5.0', Netto: '4.87', Steuerbetrag: '0.13' },
  {
    ...card,
    'Transaktions-ID': 'TD',
    Zahlungsmethode: 'CASH',
    Beschreibung: '1 x Snack 2,50.-',
    'Betrag inkl. MwSt.': '2.5',
    Netto: '2.44',
    Steuerbetrag: '0.06',
  },
];

describe('SumUp', () => {
  it.each([
    ['March', sumup.german([card, { ...payout, Zahlungsart: 'Auszahlung' }, ...others])],
    ['October', sumup.october([card, { ...payout, Transaktionsart: 'Auszahlung' }, ...others])],
  ])('German of %s: payouts are no sales, cancelled and failed ones keep their amounts and do not count', async (_, file) => {
    const ctx = swiss();
    const r = await importFile(ctx, aFile(file));
    expect(r.plan).toMatchObject({ profile: 'sumup-sales', till: 'SumUp', questions: [] });
    expect(r.counts).toMatchObject({ rows: 5, rejected: 0, skipped: 1, excluded: 2, anonymous: 4, sales: { new: 4 } });
    expect(r.plan?.months).toEqual([{ month: '2026-01', sales: 2, refunds: 0, net: 1365, tax: 35, total: 1400 }]);
    expect(allSales(ctx).map((s) => [s['source_sale_id'], s['net'], s['tax'], s['status'], s['payment_methods']])).toEqual([
      ['T4SLAD3TU4', 1121, 29, 'completed', 'POS'],
      ['TB', 877, 23, 'cancelled', 'POS'],
      ['TC', 487, 13, 'failed', 'POS'],
      ['TD', 244, 6, 'completed', 'CASH'],
    ]);
    expect(allSales(ctx)[0]).toMatchObject({
      receipt_no: 'T4SLAD3TU4',
      card_last4: '1111',
      occurred_at: Date.UTC(2026, 0, 31, 18, 56, 55),
    });
  });

  it('the e-mail is the clerk’s: nobody is made of it', async () => {
    const ctx = swiss();
    await importFile(ctx, aFile(sumup.german([card])));
    expect(allPeople(ctx)).toEqual([]);
    expect(allSales(ctx)[0]).toMatchObject({ staff_name: 'bar@shop.example', customer_id: null, source_customer_id: null });
  });

  it('reads the items out of their text, commas in names and prices included', async () => {
    const ctx = swiss();
    await importFile(
      ctx,
      aFile(
        sumup.german([card, { ...others[2], Beschreibung: '2 x Eintritt Kind (5-15), 1 x Tee, grün', 'Transaktions-ID': 'TE' } as never]),
      ),
    );
    expect(allLines(ctx).map((l) => [l['sale'], l['name'], l['qty_milli']])).toEqual([
      ['T4SLAD3TU4', 'Getränk', 2000],
      ['T4SLAD3TU4', 'Snack', 1000],
      ['TE', 'Eintritt Kind (5-15)', 2000],
      ['TE', 'Tee, grün', 1000],
    ]);
  });

  it('French: a refund has the number of its sale and no status, and subtracts', async () => {
    const sale = {
      Date: '2026-02-03 10:00:00',
      'Réf. transaction': 'TFR1',
      Description: '1 x Pull 40.00',
      'Montant total': '40.0',
      'Prix net': '33.33',
      'Tax amount': '6.67',
    };
    const file = sumup.french([
      sale,
      { ...sale, Date: '2026-02-03 10:01:00', 'Type de transaction': 'Virement', Status: 'Paid', 'Prix net': '', 'Tax amount': '' },
      {
        ...sale,
        Date: '2026-02-05 09:00:00',
        'Type de transaction': 'Remboursé',
        Status: '',
        'Montant total': '-40.0',
        'Prix net': '-33.33',
        'Tax amount': '-6.67',
      },
      { ...sale, 'Réf. transaction': 'TFR2', 'Type de transaction': 'Virement', Status: 'Refund adjustment' },
    ]);
    const ctx = swiss();
    const r = await importFile(ctx, aFile(file));
    expect(r.counts).toMatchObject({ rejected: 0, skipped: 2, refunds: 1, sales: { new: 2 } });
    expect(allSales(ctx)).toMatchObject([
      { source_sale_id: 'TFR1', kind: 'sale', net: 3333, tax: 667 },
      { source_sale_id: 'TFR1~refund:2026-02-05', kind: 'refund', net: -3333, tax: -667, shop_day: '2026-02-05' },
    ]);
    expect(r.plan?.months).toMatchObject([{ month: '2026-02', net: 0, tax: 0 }]);
    expect((await preview(ctx, aFile(file))).counts?.sales).toEqual({ new: 0, changed: 0, same: 2 });
  });

  it.each([
    [
      'Italian',
      'E-mail,Data,ID transazione,Tipo di transazione,Stato,Tipo di carta,Ultime 4 cifre,Elabora come,Metodo di pagamento,Modalità di inserimento,Codice di autorizzazione,Descrizione,Importo totale,Importo netto,Importo imposta,Importo mancia,Commissione,Versamento',
      'bar@x.example,2026-02-03 10:00:00,TIT1,Vendita,Riuscita,VISA,1111,CREDIT,POS,CONTACTLESS,1,1 x Caffè,12.2,10.0,2.2,0.0,0.1,12.1\n,2026-02-03 10:01:00,TIT1,Versamento,Pagato,,,,,,,,12.2,,,,0.1,12.1\nbar@x.example,2026-02-03 11:00:00,TIT2,Vendita,Non riuscita,VISA,1111,CREDIT,POS,CONTACTLESS,1,1 x Caffè,12.2,10.0,2.2,0.0,0.1,\n',
    ],
    [
      'English',
      'Email,Date,Transaction ID,Transaction type,Status,Card type,Last 4 digits,Process as,Payment method,Entry mode,Auth code,Description,Total,Net,Tax amount,Tip amount,Fee,Payout,Payout date,Payout ID,Reference',
      'bar@x.example,2026-02-03 10:00:00,TEN1,Sale,Successful,VISA,1111,CREDIT,POS,CONTACTLESS,1,1 x Coffee,12.2,10.0,2.2,0.0,0.1,12.1,,,\n,2026-02-03 10:01:00,TEN1,Payout,Paid,,,,,,,,12.2,,,,0.1,12.1,2026-02-05,9,\nbar@x.example,2026-02-03 11:00:00,TEN2,Sale,Failed,VISA,1111,CREDIT,POS,CONTACTLESS,1,1 x Coffee,12.2,10.0,2.2,0.0,0.1,,,,\n',
    ],
  ])('%s headers are known by their words', async (_, header, rows) => {
    const ctx = swiss();
    const r = await importFile(ctx, aFile(`${header}\n${rows}`));
    expect(r.plan?.profile).toBe('sumup-sales');
    expect(r.counts).toMatchObject({ skipped: 1, excluded: 1, notes: 0, sales: { new: 2 } });
    expect(r.plan?.months).toMatchObject([{ sales: 1, net: 1000, tax: 220 }]);
  });

  it('the sales report tells the articles of the same sales: each counts once', async () => {
    const line = { Datum: '31.01.2026, 19:56', Transaktionsnummer: 'T4SLAD3TU4', Währung: 'CHF' };
    const ctx = await bothWays(
      [
        sumup.german([card, { ...payout, Zahlungsart: 'Auszahlung' }]),
        sumup.items([
          {
            ...line,
            Menge: '2',
            Beschreibung: 'Getränk',
            'Preis vor Rabatt': '9.0',
            'Preis (brutto)': '9.0',
            'Preis (netto)': '8.77',
            Steuer: '0.23',
          },
          { ...line, Beschreibung: 'Snack', 'Preis vor Rabatt': '2.5', 'Preis (brutto)': '2.5', 'Preis (netto)': '2.44', Steuer: '0.06' },
        ]),
      ],
      swiss,
    );
    expect(allSales(ctx)).toMatchObject([{ net: 1121, tax: 29, total: 1150, occurred_at: Date.UTC(2026, 0, 31, 18, 56, 55) }]);
    expect(allLines(ctx)).toMatchObject([
      { name: 'Getränk', qty_milli: 2000, net: 877, tax: 23 },
      { name: 'Snack', qty_milli: 1000, net: 244, tax: 6 },
    ]);
  });
});
