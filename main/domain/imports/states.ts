export type SaleStatus = 'completed' | 'refunded' | 'partially-refunded' | 'void' | 'cancelled' | 'failed' | 'pending' | 'open';

/**
 * Words tills use for the state of a sale (facts/pos.md), folded (see `fold`). Only completed and refunded ones count as takings.
 * Words of one till that would mislead elsewhere stand in its profile.
 */
const WORDS: Readonly<Record<SaleStatus, string>> = {
  completed:
    'complete|completed|captured|closed|paid|processing|approved|success|successful|succeeded|fulfilled|shipped|delivered|ok|sale|erfolgreich|bezahlt|abgeschlossen|accepté|réussi|réussie|payé|payée|riuscito|riuscita|completato|completata|pagato|aprobado|completado|pagado|done|settled|on account|available',
  refunded: 'refunded|fully refunded|refund|remboursé|remboursée|erstattet|rückerstattet|rimborsato|rimborsata|reembolsado',
  'partially-refunded': 'partially refunded|partial refund|partially refund|teilweise erstattet|partiellement remboursé',
  void: 'void|voided|storniert|annulé|annulée|annullato|annullata|anulado',
  cancelled: 'canceled|cancelled|abgebrochen|cancelado|cancellato|reversed|expired|abandoned',
  failed:
    'failed|fail|failure|declined|denied|fehlgeschlagen|abgelehnt|échoué|échouée|refusé|refusée|fallito|rifiutato|rechazado|error|uncaptured|blocked',
  pending:
    'pending|authorized|authorised|on hold|partially paid|partial|unpaid|not paid|payment pending|pending payment|awaiting payment|ausstehend|en attente|in attesa|pendiente',
  open: 'open|draft|parked|layby|lay by|layaway|saved|quote|checkout draft|offen',
};

const byWord = new Map<string, SaleStatus>();
for (const [status, words] of Object.entries(WORDS) as [SaleStatus, string][]) for (const w of words.split('|')) byWord.set(w, status);

/** `wc-on-hold`, `PARTIALLY_REFUNDED`, `Partially refunded` are the same to us. */
const fold = (text: string): string =>
  text
    .toLowerCase()
    .replace(/^wc-/, '')
    .replace(/[_\s-]+/g, ' ')
    .trim();

const seen = new Map<string, SaleStatus | null>();

/** Null = a word we do not know: the row is kept as completed and the word reported, so that a till's new word never hides sales. */
export function saleStatus(text: string): SaleStatus | null {
  let status = seen.get(text);
  if (status === undefined) {
    status = byWord.get(fold(text)) ?? null;
    if (seen.size > 1000) seen.clear();
    seen.set(text, status);
  }
  return status;
}

export const counts = (s: SaleStatus): boolean => s === 'completed' || s === 'refunded' || s === 'partially-refunded';

/** The state of a sale of which `refunded` of `goods` (both with tax, minor units) was given back as an amount. */
export function withRefund(s: SaleStatus, refunded: number, goods: number): SaleStatus {
  if (!counts(s) || refunded <= 0 || goods <= 0) return s;
  return refunded >= goods ? 'refunded' : 'partially-refunded';
}
