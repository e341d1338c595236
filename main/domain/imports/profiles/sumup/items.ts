import type { Profile } from '../../profile';

/**
 * SumUp "Sales report": one row per article, beside the transactions report, whose numbers it shares: the two merge. Seen named
 * column by column in public text (German, 2023–25); dates are `17.04.2023, 12:26`. Prices are those of the row; a tip is not in it.
 * Source: facts/pos.md §6 for the amounts, public text for the header.
 */
export const sumupItems: Profile = {
  id: 'sumup-items',
  till: 'SumUp',
  title: 'Sales report',
  clicks: 'SumUp (me.sumup) → Sales → Reports → Sales report → choose the dates → Download CSV',
  source: 'sumup',
  kind: 'sales',
  shape: 'line',
  marks: ['Transaktionsnummer', 'Preis vor Rabatt', 'Preis (brutto)', 'Preis (netto)', 'Steuersatz'],
  required: ['saleId', 'date', 'item', 'lineNet'],
  fields: {
    saleId: 'Transaktionsnummer',
    receiptNo: 'Transaktionsnummer',
    date: 'Datum',
    event: 'Typ',
    currency: 'Währung',
    item: 'Beschreibung',
    quantity: 'Menge',
    lineDiscount: 'Rabatt',
    lineNet: 'Preis (netto)',
    lineTax: 'Steuer',
    paymentMethod: 'Zahlungsmethode',
    staff: 'Konto',
  },
  refundWhen: { field: 'event', is: ['rückerstattung', 'rückzahlung', 'erstattung'] },
};
