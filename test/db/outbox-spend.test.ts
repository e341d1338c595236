import { enqueue } from '@db/queries/outbox';
import { segmentsLeftSince, spentSince } from '@db/queries/outbox-spend';
import { DAY, type Micros, type PhoneE164, type UtcMs } from '@domain/kernel';
import { describe, expect, it } from 'vitest';
import { aMarketingDraft } from '../support/sending-shop';
import { createDb } from '../support/test-db';

const SINCE = Date.UTC(2026, 10, 1, 5) as UtcMs;
const EACH = 11_300 as Micros;

interface Text {
  state: string;
  leftAt: number | null;
  segments?: number;
  quoted?: number | null;
  price?: number | null;
  currency?: string | null;
  sendAt?: number | null;
}

function shopWith(texts: readonly Text[]) {
  const db = createDb();
  db.tx((trx) => {
    for (const [i, t] of texts.entries()) {
      const id = enqueue(trx, { ...aMarketingDraft(`+1646555${1000 + i}` as PhoneE164), quotedPrice: null });
      trx
        .prepare(
          'UPDATE outbox SET state = ?, left_at = ?, segments = ?, quoted_price = ?, price = ?, price_currency = ?, send_at = ?, updated_at = ? WHERE id = ?',
        )
        .run(
          t.state,
          t.leftAt,
          t.segments ?? 1,
          t.quoted ?? null,
          t.price ?? null,
          t.currency ?? null,
          t.sendAt ?? null,
          t.leftAt ?? SINCE + DAY,
          id,
        );
    }
  });
  return db;
}
const UNTIL = Date.UTC(2026, 11, 1, 5) as UtcMs;
const spent = (texts: readonly Text[]) => spentSince(shopWith(texts), SINCE, UNTIL, EACH, 'USD');
const left = (over: Partial<Text> = {}): Text => ({ state: 'delivered', leftAt: SINCE + DAY, ...over });

describe('what a month cost', () => {
  it('takes the carrier’s price, else the quote, else the expected price of its segments', () => {
    expect(spent([left({ price: 8_300, currency: 'USD', quoted: 22_600, segments: 2 })])).toBe(8_300);
    expect(spent([left({ quoted: 22_600, segments: 2 })])).toBe(22_600);
    expect(spent([left({ segments: 3 })])).toBe(33_900);
  });

  it('adds millionths as they are, so that nothing is lost to rounding a thousand times', () => {
    expect(spent(Array.from({ length: 1000 }, () => left({ price: 7_919, currency: 'USD' })))).toBe(7_919_000);
  });

  it('never adds another currency: until the carrier’s own price is in ours, the quote stands', () => {
    expect(spent([left({ price: 500_000, currency: 'JPY', quoted: 11_300 })])).toBe(11_300);
  });

  it('counts what may have left, is being sent, or is promised for later; not what was refused, failed or was before', () => {
    expect(spent([left({ state: 'uncertain' }), left({ state: 'undelivered' })])).toBe(2 * EACH);
    expect(spent([left({ state: 'sending', leftAt: null })])).toBe(EACH);
    expect(spent([left({ state: 'scheduled', leftAt: null, sendAt: SINCE + 5 * DAY, quoted: 9_000 })])).toBe(9_000);
    expect(spent([left({ state: 'scheduled', leftAt: null, sendAt: UNTIL, quoted: 9_000 })]), 'promised for the next month').toBe(0);
    expect(spent([left({ state: 'failed' }), left({ state: 'rejected', leftAt: null }), left({ leftAt: SINCE - 1 })])).toBe(0);
    expect(spent([left({ state: 'waiting', leftAt: null }), left({ state: 'cancelled', leftAt: null })])).toBe(0);
  });

  it('counts the segments of a day the same way', () => {
    const db = shopWith([
      left({ segments: 2 }),
      left({ state: 'uncertain', segments: 3 }),
      left({ state: 'failed' }),
      left({ leftAt: SINCE - 1 }),
    ]);
    expect(segmentsLeftSince(db, SINCE)).toBe(5);
  });
});
