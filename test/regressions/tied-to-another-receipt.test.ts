import type { OfferId } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { recomputeCredits } from '@services/attribution/recompute';
import { type OfferInput, saveOffer } from '@services/offers/offers';
import { beforeEach, describe, expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';
import { owner } from '../support/test-ctx';

/**
 * A receipt number typed at the counter names the sale a code belongs to. Typed in other letters than the till prints (`aB3d`), it found
 * none; and a code tied to another sale of its person, because that one's file came first, stayed there when the right one was here.
 */
const shared: OfferInput = {
  id: null,
  name: 'Boots',
  kind: 'percent',
  percent: 15,
  codeMode: 'shared',
  sharedCode: 'BOOTS15',
  validDays: 30,
};
let shop: ResultsShop;
let offer: OfferId;
beforeEach(() => {
  shop = new ResultsShop();
  offer = saveOffer(shop.ctx, owner, shared).id;
  shop.people(1, 4);
  shop.campaign(1, { text: [1, 2, 3, 4], offer });
});
let made = 0;
const use = (who: number | null, at: number, receiptNo: string | null) => {
  const code = `K${++made}`;
  shop.run(
    "INSERT INTO offer_code (code, offer_id, campaign_id, customer_id, state, issued_at, expires_at) VALUES (?, ?, 1, ?, 'redeemed', 0, ?)",
    code,
    offer,
    who,
    at + DAY,
  );
  shop.run(
    "INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, how, receipt_no) VALUES (?, ?, 1, ?, ?, 'code', ?)",
    code,
    offer,
    who,
    at,
    receiptNo,
  );
};
const tied = () =>
  shop
    .all<{ no: string | null }>('SELECT s.receipt_no AS no FROM redemption r LEFT JOIN sale s ON s.id = r.sale_id ORDER BY r.id')
    .map((r) => r.no);
const AT = START + DAY;

describe('a typed receipt number', () => {
  it.each(['aB3d', 'AB3D', 'ab3d'])('finds its sale however it is typed: %s', async (typed) => {
    use(null, AT, typed);
    shop.sold(null, { at: AT + HOUR, receipt: 'aB3d' });
    await shop.settle();
    expect(tied()).toEqual(['aB3d']);
    expect(shop.credits()).toMatchObject([{ kind: 'direct', net: 5000 }]);
  });

  it('beats a guess by the person once its sale is here', async () => {
    use(1, AT, 'R2');
    shop.sold(1, { at: AT + HOUR, receipt: 'R1', net: 900 });
    await shop.settle();
    expect(tied()).toEqual(['R1']);
    shop.sold(1, { at: AT + 5 * HOUR, receipt: 'r2', net: 7000 });
    shop.file(true);
    await shop.settle();
    expect(tied()).toEqual(['r2']);
    expect(shop.credits()).toMatchObject([
      { kind: 'influenced', net: 900 },
      { kind: 'direct', net: 7000 },
    ]);
    expect(await recomputeCredits(shop.ctx)).toEqual({ tied: 0, changed: 0 });
  });

  it('typed right later moves the code; a sale another code holds is left to it', async () => {
    use(1, AT, 'R9');
    shop.sold(1, { at: AT + HOUR, receipt: 'R1' });
    shop.sold(null, { at: AT + 2 * HOUR, receipt: 'R2' });
    await shop.settle();
    expect(tied()).toEqual(['R1']);
    shop.run("UPDATE redemption SET receipt_no = 'R2'");
    await shop.settle();
    expect(tied()).toEqual(['R2']);
    use(2, AT, 'R2');
    await shop.settle();
    expect(tied()).toEqual(['R2', null]);
    // undone, its sale is free for the one that has the same number
    shop.run('UPDATE redemption SET reversed_at = ? WHERE id = 1', AT + DAY);
    await shop.settle();
    expect(tied()[1]).toBe('R2');
    expect(await recomputeCredits(shop.ctx)).toEqual({ tied: 0, changed: 0 });
  });
});

describe('a word everybody has', () => {
  it('belongs to the last text before it, whichever news came first', async () => {
    const later = () => {
      shop.campaign(2, { text: [], offer, at: START + 2 * DAY });
      shop.run(
        "INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, till_fixed, drawn_at) VALUES (2, 1, (SELECT phone FROM customer WHERE id = 1), 'text', 1, ?)",
        START + 2 * DAY,
      );
      shop.text(2, 1, START + 2 * DAY, { state: 'sent' });
    };
    later();
    shop.run(
      "INSERT INTO offer_code (code, offer_id, campaign_id, customer_id, state, issued_at, expires_at) VALUES ('W1', ?, NULL, 1, 'redeemed', 0, 1)",
      offer,
    );
    shop.run(
      "INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, how) VALUES ('W1', ?, NULL, 1, ?, 'code')",
      offer,
      START + 3 * DAY,
    );
    await shop.settle();
    const named = () => shop.get<{ campaign_id: number }>('SELECT campaign_id FROM redemption').campaign_id;
    expect(named()).toBe(1);
    // that the later text had arrived is only told now
    shop.run("UPDATE outbox SET state = 'delivered' WHERE cause_id = '2'");
    await shop.settle();
    expect(named()).toBe(2);
    shop.run("UPDATE outbox SET state = 'undelivered' WHERE customer_id = 1");
    await shop.settle();
    expect(named()).toBeNull();
  });
});
