import type { Profile } from '../../profile';

/**
 * SumUp "Transactions report", 21 columns. Its header follows the language of the screen and is mixed in places: German of March and
 * of October 2025 and French of 2026 were seen, Italian and English spellings are taken from the words of the app. A card sale has
 * two rows under one number, the sale and its payout to the bank: only the first is a sale. Cancelled and failed sales keep their
 * amounts. A refund is a row with the number of its sale and a negative amount. Items are text. The e-mail is the clerk's, never the
 * buyer's: nobody is named. Source: facts/pos.md §6.
 */
export const sumupSales: Profile = {
  id: 'sumup-sales',
  till: 'SumUp',
  title: 'Transactions report',
  clicks: 'SumUp (me.sumup) → Sales → Reports → Transactions report → choose the dates → Download CSV',
  source: 'sumup',
  kind: 'sales',
  shape: 'payment',
  marks: [
    ['Durchgeführt mit', 'Traiter en tant que', 'Process as', 'Processed as', 'Elabora come'],
    ['Eingabemodus', 'Entry mode', 'Mode de saisie', 'Modalità di inserimento'],
    ['Autorisierungscode', 'Auth code', "Code d'autorisation", 'Codice di autorizzazione'],
    ['Auszahlungs-ID', 'Payout ID', 'ID du virement', 'ID versamento'],
    ['Trinkgeldbetrag', 'Tip amount', 'Montant du pourboire', 'Importo mancia'],
    ['Letzte 4 Ziffern', '4 derniers chiffres', 'Last 4 digits', 'Ultime 4 cifre'],
  ],
  required: ['saleId', 'date', 'event', 'total'],
  fields: {
    saleId: ['Transaktions-ID', 'Réf. transaction', 'Transaction ID', 'ID transazione', 'Codice transazione'],
    receiptNo: ['Transaktions-ID', 'Réf. transaction', 'Transaction ID', 'ID transazione', 'Codice transazione'],
    date: ['Datum', 'Date', 'Data'],
    event: ['Zahlungsart', 'Transaktionsart', 'Type de transaction', 'Transaction type', 'Tipo di transazione', 'Tipo transazione'],
    status: ['Status', 'Statut', 'Stato'],
    total: ['Betrag inkl. MwSt.', 'Montant total', 'Total', 'Total amount', 'Importo totale', 'Totale'],
    net: ['Netto', 'Prix net', 'Net', 'Net amount', 'Prezzo netto', 'Importo netto'],
    tax: ['Steuerbetrag', 'Tax amount', 'Montant de la taxe', 'Importo imposta'],
    tip: ['Trinkgeldbetrag', 'Tip amount', 'Montant du pourboire', 'Importo mancia'],
    itemsText: ['Beschreibung', 'Description', 'Descrizione'],
    paymentMethod: ['Zahlungsmethode', 'Méthode de paiement', 'Payment method', 'Metodo di pagamento'],
    cardLast4: ['Letzte 4 Ziffern', '4 derniers chiffres', 'Last 4 digits', 'Ultime 4 cifre'],
    staff: ['E-Mail', 'Email'],
  },
  itemsText: { field: 'itemsText', form: 'quantity-x-name' },
  ignoreWhen: [
    { field: 'event', is: ['auszahlung', 'virement', 'payout', 'versamento', 'accredito', 'refund adjustment'] },
    { field: 'status', is: ['refund adjustment'] },
  ],
  refundWhen: {
    field: 'event',
    is: [
      'rückerstattung',
      'rückzahlung',
      'erstattung',
      'remboursé',
      'remboursement',
      'refund',
      'refunded',
      'rimborso',
      'rimborsato',
      'rückbuchung',
      'chargeback',
    ],
  },
  states: {
    geplant: 'completed',
    acceptée: 'completed',
    annulé: 'cancelled',
    annulée: 'cancelled',
    'andata a buon fine': 'completed',
    annullata: 'cancelled',
    'non riuscita': 'failed',
    fallita: 'failed',
  },
};
