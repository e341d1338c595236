import type { CampaignId } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { campaignReport } from '@services/reports/campaign';
import { describe, expect, it } from 'vitest';
import { ResultsShop, START } from '../support/results-shop';

const id = 1 as CampaignId;

/** A campaign whose people bought, came and stayed away in every way. */
async function aShop(): Promise<ResultsShop> {
  const shop = new ResultsShop();
  shop.people(1, 160);
  const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  shop.campaign(1, { text: some(1, 100), control: some(101, 160), offer: null });
  for (let who = 1; who <= 160; who++) {
    if (who % 3 === 0) shop.sold(who, { at: START + (who % 9) * DAY + 3 * HOUR, net: 2000 + who });
    if (who % 7 === 0) shop.sold(who, { at: START + 12 * DAY, net: 900 });
    if (who % 11 === 0) shop.sold(who, { at: START + 20 * DAY, net: -500, kind: 'refund' });
  }
  await shop.settle();
  return shop;
}

/** The texts of these people become mails that left at the very same moments. */
function byMail(shop: ResultsShop, who: (id: number) => boolean, state = 'sent'): void {
  for (const t of shop.all<{ id: number; who: number; at: number }>(
    "SELECT id, customer_id AS who, left_at AS at FROM outbox WHERE cause_kind = 'campaign' AND cause_id = '1'",
  )) {
    if (!who(t.who)) continue;
    shop.run('DELETE FROM outbox WHERE id = ?', t.id);
    shop.run("UPDATE campaign_person SET channel = 'email' WHERE campaign_id = 1 AND customer_id = ?", t.who);
    shop.run(
      `INSERT INTO mail (cause_kind, cause_id, address, customer_id, message_class, state, language, subject, body, message_id, token, not_before,
         left_at, created_at, updated_at) VALUES ('campaign', '1', ?, ?, 'marketing', ?, 'en', 's', 'b', ?, 't', 0, ?, 0, 0)`,
      `p${t.who}@example.com`,
      t.who,
      state,
      `<m${t.who}@x>`,
      t.at,
    );
  }
}

const told = async (shop: ResultsShop) => {
  await shop.settle();
  const { cost: _, pathCost: __, comparison: ___, after28Days: ____, finding: _____, ...report } = await campaignReport(shop.ctx, id);
  return report;
};

describe('results of mails', () => {
  it('are those of texts, whichever channel carried it: reached, arrived, came, bought, credited', async () => {
    const shop = await aShop();
    const texts = await told(shop);
    expect(texts.funnel.find((f) => f.name === 'came')?.count).toBeGreaterThan(20);
    byMail(shop, (who) => who % 2 === 0);
    expect(await told(shop)).toEqual(texts);
    byMail(shop, () => true);
    const mails = await told(shop);
    expect(mails).toEqual(texts);
    expect((await campaignReport(shop.ctx, id)).cost).toMatchObject({ texts: 0 });
  });

  it('a mail that came back reached nobody, also when that is learnt after the count', async () => {
    const shop = await aShop();
    byMail(shop, () => true);
    const before = await told(shop);
    shop.run("UPDATE mail SET state = 'bounced' WHERE customer_id <= 40");
    const after = await told(shop);
    const of = (r: typeof before, name: string) => r.funnel.find((f) => f.name === name)?.count;
    expect([of(before, 'delivered'), of(after, 'texted'), of(after, 'delivered')]).toEqual([100, 100, 60]);
    expect(of(after, 'came')).toBeLessThan(of(before, 'came') ?? 0);
  });
});
