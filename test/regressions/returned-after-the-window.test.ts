import type { CampaignId, SaleId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { campaignReport } from '@services/reports/campaign';
import { describe, expect, it } from 'vitest';
import { ResultsShop, type Sold, START } from '../support/results-shop';

/**
 * "Returns on the sale itself count whenever the file brings them; as a row of their own they take from the same person's sale of the 60
 * days before, also after the window." Credit did so; the comparison stopped reading 28 days after the window, so that a suit brought back
 * in the fifth week stayed profit.
 */
const DAYS = 14;
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

interface Told {
  influenced: number;
  list: number | undefined;
  discounts: number | undefined;
  buyers: number | undefined;
}
/** What somebody texted does, somebody held out does too: both sides must say the same, and only one of them has credit that tells. */
class Twins extends ResultsShop {
  override sold(who: number | null, s: Sold): SaleId {
    if (who !== null) super.sold(who + 60, s);
    return super.sold(who, s);
  }
}

async function aShop(): Promise<{ shop: ResultsShop; told: () => Promise<Told> }> {
  const shop = new Twins();
  shop.people(1, 120);
  shop.campaign(1, { text: range(1, 60), control: range(61, 120), days: DAYS });
  const told = async () => {
    await shop.settle();
    const r = await campaignReport(shop.ctx, 1 as CampaignId);
    const t = r.comparison?.text;
    const { n, share, ...held } = r.comparison?.control ?? {};
    expect(t).toMatchObject(held);
    return { influenced: r.takings.influenced.net, list: t?.list, discounts: t?.discounts, buyers: t?.buyers };
  };
  return { shop, told };
}
const sale: Sold = { at: START + 2 * DAY, net: 8000, discount: 2000, tax: 800 };
const whole: Told = { influenced: 8000, list: 10_000, discounts: 2000, buyers: 1 };
const nothing: Told = { influenced: 0, list: 0, discounts: 0, buyers: 0 };

describe('what is brought back', () => {
  it.each([
    ['in the window', 5],
    ['the day after it', DAYS + 1],
    ['five weeks later', 40],
    ['on the sixtieth day after the sale', 62],
  ])('as a row of its own, %s, takes the whole sale off credit and comparison', async (_, day) => {
    const { shop, told } = await aShop();
    shop.sold(1, sale);
    expect(await told()).toEqual(whole);
    shop.sold(1, { kind: 'refund', net: 8000, at: START + day * DAY });
    expect(await told()).toEqual(nothing);
    // and its file may be taken back
    shop.run("DELETE FROM sale WHERE kind = 'refund'");
    shop.run("INSERT OR IGNORE INTO credit_todo (what, id) VALUES ('person', 1)");
    expect(await told()).toEqual(whole);
  });

  it('later than that takes nothing: it is a return of something else, or of nobody knows what', async () => {
    const { shop, told } = await aShop();
    shop.sold(1, sale);
    shop.sold(1, { kind: 'refund', net: 8000, at: START + 63 * DAY });
    expect(await told()).toEqual(whole);
  });

  it('in part takes its share of list price, discount and credit', async () => {
    const { shop, told } = await aShop();
    shop.sold(1, sale);
    shop.sold(1, { kind: 'refund', net: 2000, at: START + 45 * DAY });
    expect(await told()).toEqual({ influenced: 6000, list: 7500, discounts: 1500, buyers: 1 });
  });

  it('on the sale itself counts whenever the file says so, without its tax', async () => {
    const { shop, told } = await aShop();
    const id = shop.sold(1, sale); // its twin's is the one before
    await told();
    shop.run("UPDATE sale SET refunded = 4400, status = 'partially-refunded' WHERE id IN (?, ?)", id, id - 1);
    shop.run("INSERT OR IGNORE INTO credit_todo (what, id) VALUES ('person', 1)");
    expect(await told()).toEqual({ influenced: 4000, list: 5000, discounts: 1000, buyers: 1 });
    shop.run("UPDATE sale SET refunded = 8800, status = 'refunded' WHERE id IN (?, ?)", id, id - 1);
    shop.run("INSERT OR IGNORE INTO credit_todo (what, id) VALUES ('person', 1)");
    expect(await told()).toEqual(nothing);
  });

  it('takes from the sale of the same amount, else from the latest, whichever of them the file brings first', async () => {
    const both: Told[] = [];
    for (const order of [0, 1]) {
      const { shop, told } = await aShop();
      const rows: Sold[] = [
        { at: START + 2 * DAY, net: 3000 },
        { at: START + 45 * DAY, net: 5000 }, // long after everything of the campaign
      ];
      const back: Sold = { kind: 'refund', net: 4000, at: START + 50 * DAY };
      for (const r of order === 0 ? [...rows, back] : [back, ...rows]) {
        shop.sold(1, r);
        both.push(await told()); // counted step by step
      }
    }
    const kept = { influenced: 3000, list: 3000, discounts: 0, buyers: 1 };
    expect(both[2]).toEqual(kept);
    expect(both[5]).toEqual(kept);
    // before the later sale was here the return could only be of the first
    expect(both[4]).toEqual(nothing);
  });

  it('by nobody known takes from nobody; an exchange takes what it gives back', async () => {
    const { shop, told } = await aShop();
    shop.sold(1, sale);
    shop.sold(null, { kind: 'refund', net: 8000, at: START + 5 * DAY });
    expect(await told()).toEqual(whole);
    shop.sold(1, { kind: 'refund', net: 8000, at: START + 6 * DAY });
    shop.sold(1, { at: START + 6 * DAY, net: 6500 });
    expect(await told()).toEqual({ influenced: 6500, list: 6500, discounts: 0, buyers: 1 });
  });
});
