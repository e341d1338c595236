import { MINUTE, type ShopDay } from '@domain/kernel';
import { listOf } from '@services/automations/list';
import { theAutomation } from '@services/automations/look';
import { patternOf } from '@services/automations/save';
import { fieldsOf, removeDraft, saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { recordEmailSignUp } from '@services/consent/email';
import { withConsent } from '@services/consent/ledger';
import { saveGroup } from '@services/segments/segments';
import { afterEach, describe, expect, it } from 'vitest';
import { type AutomationShop, anAutomationShop, running } from '../support/automation-shop';
import { SENDER } from '../support/carrier';

let shop: AutomationShop;
afterEach(() => shop.close());
const d = (s: string) => s as ShopDay;
const BIRTHDAY = { terms: { daysBefore: 0 } };

describe('who and what', () => {
  it('each group reads its own words; one without a group is for everybody left; whoever speaks Spanish reads Spanish', async () => {
    shop = await anAutomationShop({ people: 3 });
    const { ctx } = shop;
    const group = saveGroup(ctx, { id: null, name: 'Tagged', rule: { is: 'tag', tag: 'vip' } });
    ctx.db.prepare('UPDATE customer SET tags = \'["vip"]\' WHERE id = ?').run(shop.people[0]?.id);
    ctx.db.prepare("UPDATE customer SET language = 'es' WHERE id = ?").run(shop.people[2]?.id);
    for (const n of [0, 1, 2]) shop.born(n, '--11-03');
    await running(ctx, 'birthday', {
      ...BIRTHDAY,
      pattern: {
        segmentId: group,
        body: '{shop}: for the best.',
        more: [{ segmentId: null, body: '{shop}: for you.', offerId: null }],
        words: [{ part: 2, language: 'es', arm: 'a', links: 'any', body: '{shop}: para ti.' }],
      },
    });
    await shop.to(1);
    expect(shop.left().map((t) => [t.who, / (for the best|for you|para ti)/.exec(t.body)?.[1]])).toEqual([
      [0, 'for the best'],
      [1, 'for you'],
      [2, 'para ti'],
    ]);
  });

  it('without a group for everybody, who is in none is left out with the reason', async () => {
    shop = await anAutomationShop({ people: 1 });
    const { ctx } = shop;
    const group = saveGroup(ctx, { id: null, name: 'Tagged', rule: { is: 'tag', tag: 'vip' } });
    shop.born(0, '--11-03');
    const id = await running(ctx, 'birthday', { ...BIRTHDAY, pattern: { segmentId: group } });
    await shop.to(1);
    expect(shop.told(id)).toEqual(['0 birthday:2026 left-out no-group']);
  });

  it('half are compared with where the owner tests it; nobody is where it was promised', async () => {
    shop = await anAutomationShop({ people: 40 });
    const { ctx } = shop;
    for (let n = 0; n < 40; n++) shop.born(n, '--11-03');
    const id = await running(ctx, 'birthday', { ...BIRTHDAY, pattern: { holdout: 'half' } });
    await shop.to(1);
    const outcomes = shop.told(id).map((t) => t.split(' ')[2]);
    const held = outcomes.filter((o) => o === 'control').length;
    expect(held).toBeGreaterThan(8);
    expect(held).toBeLessThan(32);
    expect(shop.left()).toHaveLength(40 - held);
    expect(ctx.db.prepare("SELECT count(*) FROM campaign_person WHERE arm = 'control'").pluck().get()).toBe(held);
    // held out of a text, they are charged one: nobody is texted sooner for having been compared
    expect(listOf(ctx)[0]).toMatchObject({ texts: 40 - held, heldOut: held });
  });

  it('never more than so many a day; the rest goes the next', async () => {
    shop = await anAutomationShop({ people: 5 });
    for (let n = 0; n < 5; n++) shop.born(n, '--11-03');
    const id = await running(shop.ctx, 'birthday', { terms: { daysBefore: 0, goodFor: 5 }, mostPerDay: 2 });
    await shop.to(1);
    expect(shop.left()).toHaveLength(2);
    await shop.to(3);
    expect(shop.left()).toHaveLength(5);
    expect(shop.told(id)).toHaveLength(5);
  });
});

describe('between the cause and the text', () => {
  it('whoever came, answered or was texted is left out where the owner says so', async () => {
    shop = await anAutomationShop({ people: 4 });
    const { ctx } = shop;
    const stops = { came: true, replied: true, redeemed: false, bought: null, textedDays: 3 };
    const id = await running(ctx, 'welcome-purchase', { waitDays: 5, stops });
    await shop.to(1);
    for (const n of [0, 1, 2, 3]) shop.sold(n, d('2026-11-03'));
    await shop.to(3);
    shop.sold(1, d('2026-11-05'));
    shop.carrier.sim.inbound({ from: shop.people[2]?.phone as never, to: SENDER, body: 'Do you have size 9?' });
    await shop.to(6);
    expect(shop.told(id)).toEqual([
      '0 welcome:purchase text',
      '1 welcome:purchase left-out did-came',
      '2 welcome:purchase left-out did-replied',
      '3 welcome:purchase text',
    ]);
  });

  it('whoever stopped gets nothing, and a cap that does not free in time leaves them out', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    shop.born(0, '--11-03');
    shop.born(1, '--11-04');
    const first = await running(ctx, 'welcome-purchase', { waitDays: 0, atMinute: 600, priority: 1 });
    const id = await running(ctx, 'birthday', BIRTHDAY);
    shop.carrier.sim.inbound({ from: shop.people[0]?.phone as never, to: SENDER, body: 'STOP' });
    await shop.settle();
    shop.sold(1, d('2026-11-02'));
    await shop.to(1);
    await shop.to(8);
    expect(shop.told(first)).toEqual(['1 welcome:purchase text']);
    expect(shop.told(id)).toEqual(['1 birthday:2026 left-out texted-recently']);
    expect(shop.left().filter((t) => t.who === 0)).toEqual([]);
  });
});

describe('what stops it', () => {
  it('a month the brake stopped stops the automation until the owner lets it go on', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    shop.born(0, '--11-03');
    shop.born(1, '--11-04');
    const id = await running(ctx, 'birthday', BIRTHDAY);
    await shop.to(1);
    ctx.db.prepare("UPDATE campaign SET state = 'paused', pause_reason = 'brake:30007' WHERE state = 'sending'").run();
    await shop.to(2);
    expect(shop.told(id)).toHaveLength(1);
    expect(listOf(ctx)[0]).toMatchObject({ stopped: 'brake:30007', automation: { state: 'on' } });
  });

  it('each calendar month of the shop is an edition of its own; the last one ends by itself', async () => {
    shop = await anAutomationShop({ people: 2 });
    const { ctx } = shop;
    shop.born(0, '--11-30');
    shop.born(1, '--12-01');
    await running(ctx, 'birthday', BIRTHDAY);
    await shop.to(30);
    shop.advance(MINUTE);
    await shop.settle();
    expect(
      ctx.db.prepare('SELECT e.month, c.state FROM automation_edition e JOIN campaign c ON c.id = e.campaign_id ORDER BY 1').raw().all(),
    ).toEqual([
      ['2026-11', 'finished'],
      ['2026-12', 'sending'],
    ]);
  });

  it('its words are changed with it, never sent as a campaign', async () => {
    shop = await anAutomationShop({ people: 1 });
    const { ctx } = shop;
    const id = await running(ctx, 'birthday', BIRTHDAY);
    const pattern = patternOf(ctx, theAutomation(ctx, id));
    const refused = expect.objectContaining({ code: 'campaign.bad-state' });
    expect(() => saveDraft(ctx, pattern.id, { ...fieldsOf(pattern), body: 'x' })).toThrow(refused);
    expect(() => removeDraft(ctx, pattern.id)).toThrow(refused);
    await expect(review(ctx, pattern.id)).rejects.toEqual(refused);
  });
});

describe('by e-mail', () => {
  it('whoever agreed to mails only gets the automation’s mail, once, and is looked at when they agree', async () => {
    shop = await anAutomationShop({ people: 1 });
    const { ctx } = shop;
    const now = ctx.clock.now();
    const id = Number(
      ctx.db
        .prepare(
          "INSERT INTO customer (first_name, email, birthday, created_at, updated_at) VALUES ('Eva', 'eva@example.com', '--11-04', ?, ?)",
        )
        .run(now, now).lastInsertRowid,
    );
    shop.born(0, '--11-04');
    const birthday = await running(ctx, 'birthday', {
      ...BIRTHDAY,
      pattern: { channels: 'both', mails: [{ part: 1, language: 'en', subject: 'Your day', body: 'Hi {first name|there}!' }] },
    });
    await shop.to(1);
    expect(listOf(ctx)[0]).toMatchObject({ next30: 1 });
    withConsent(ctx, (trx) => recordEmailSignUp(ctx, trx, { email: 'eva@example.com', occurredAt: ctx.clock.now(), method: 'screen' }));
    await shop.to(2);
    expect(listOf(ctx)[0]).toMatchObject({ texts: 2, automation: { id: birthday } });
    expect(ctx.db.prepare('SELECT customer_id FROM mail').pluck().all()).toEqual([id]);
    await shop.to(4);
    expect(ctx.db.prepare('SELECT count(*) FROM mail').pluck().get()).toBe(1);
  });
});
