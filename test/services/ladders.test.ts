import { saveSettings } from '@db/queries/settings';
import type { Micros } from '@domain/kernel';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { copyCampaign, listOfCampaigns, removeDraft } from '@services/campaigns/drafts';
import { ladderOf, pauseLadder, resumeLadder, stopLadder } from '@services/campaigns/ladder';
import { runLadders } from '@services/campaigns/ladder-run';
import { pathFigures } from '@services/campaigns/ladder-view';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { afterEach, describe, expect, it } from 'vitest';
import { aLadderShop, aStep, begin, type LadderShop, percentOff, wrote } from '../support/ladder-shop';
import { refusalOf } from '../support/refusal';
import { owner, type TestCtx } from '../support/test-ctx';

let shop: LadderShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

/** 10 → 15 → 20 %, and for those who come with shirts as always, a word about the suit. */
const dryCleaner = (ctx: TestCtx) => [
  aStep({
    key: 'fifteen',
    reaction: 'nothing',
    afterDays: 7,
    offerId: percentOff(ctx, 15),
    body: '{shop}: 15 % off your suit: {code}. Reply SUIT.',
  }),
  aStep({
    key: 'twenty',
    parent: 'fifteen',
    reaction: 'nothing',
    afterDays: 7,
    offerId: percentOff(ctx, 20),
    body: '{shop}: 20 %: {code}. Reply SUIT.',
  }),
  aStep({ key: 'next-time', reaction: 'came', afterDays: 3 }),
  aStep({ key: 'called', reaction: 'replied', afterDays: 5 }),
  aStep({ key: 'thanks', parent: 'fifteen', reaction: 'redeemed', afterDays: 3 }),
];

describe('the dry cleaner', () => {
  it('everybody is in the branch of what they did, nobody gets a step twice, late reactions count on the newer step', async () => {
    shop = await aLadderShop({ people: 9, steps: dryCleaner, stops: { bought: { what: 'item', name: 'Suit' } } });
    const s = shop;
    // 5: a number the carrier never reaches
    s.carrier.sim.script({ to: `${s.people[5]?.phone.slice(1)}$`, outcome: { status: 'undelivered', errorCode: 30003 } });
    await begin(s);
    expect(s.texts(s.root).map((t) => t.state)).toEqual(Array.from({ length: 9 }, (_, i) => (i === 5 ? 'undelivered' : 'delivered')));
    wrote(s, 0, 'STOP');
    await s.to(2);
    s.redeem(2, s.root);
    await s.to(3);
    s.sold(3, 'Shirt');
    wrote(s, 4, 'suit please');
    s.sold(7, 'Suit');
    await s.to(4);
    await s.to(8, 10, 40);
    expect(s.story(1)).toEqual(['root']);
    await s.to(8, 11, 1);
    expect(s.story(1)).toEqual(['root', 'fifteen']);
    expect(s.story(6)).toEqual(['root', 'fifteen']);
    // late: the code of the first text after the second one was taken
    s.redeem(6, s.root);
    await s.to(9);
    await s.to(11);
    await s.to(15, 11, 2);
    await s.to(18);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map(s.story)).toEqual([
      ['root'],
      ['root', 'fifteen', 'twenty'],
      ['root'],
      ['root', 'next-time'],
      ['root', 'called'],
      ['root'],
      ['root', 'fifteen', 'thanks'],
      ['root'],
      ['root', 'fifteen', 'twenty'],
    ]);
    const why = (who: number) => s.moves().find((m) => m.who === who && m.from === 'root');
    expect(why(0)).toMatchObject({ to: 'fifteen', outcome: 'left-out', reason: 'stopped' });
    expect(why(2)).toMatchObject({ to: null, outcome: 'end', reason: 'redeemed' });
    expect(why(5)).toMatchObject({ to: null, outcome: 'end', reason: 'not-delivered' });
    expect(why(7)).toMatchObject({ to: null, outcome: 'end', reason: 'bought' });
    // the carrier saw exactly these texts, and each of them once
    const page = await s.carrier.gateway.list({ pageSize: 1000 });
    const seen = page.messages.filter((m) => m.direction === 'outbound' && !m.automatic).map((m) => `${m.to} ${m.body}`);
    const ours = s.ctx.db
      .prepare("SELECT address || ' ' || body FROM outbox WHERE cause_kind = 'campaign' AND left_at IS NOT NULL")
      .pluck()
      .all();
    expect(seen.filter((m) => ours.includes(m)).sort()).toEqual([...ours].sort());
    expect(new Set(seen).size).toBe(seen.length);
  });
});

const one = () => [aStep({ key: 'again', reaction: 'nothing', afterDays: 7 })];
const ladderRow = (s: LadderShop) =>
  s.ctx.db.prepare('SELECT state, held, end_reason AS why, ceiling_texts AS texts FROM ladder WHERE root_id = ?').get(s.root) as {
    state: string;
    held: string | null;
    why: string | null;
    texts: number | null;
  };
const campaignState = (s: LadderShop, key: string) =>
  s.ctx.db.prepare('SELECT state, pause_reason AS why FROM campaign WHERE id = ?').get(key === 'root' ? s.root : s.step(key)) as {
    state: string;
    why: string | null;
  };

describe('a follow-up', () => {
  it('leaves the comparison group without texts in every step, and charges them a virtual one', async () => {
    shop = await aLadderShop({ people: 40, steps: one, draft: { holdout: 'half' } });
    await begin(shop);
    const control = (id: number) =>
      shop?.ctx.db.prepare("SELECT customer_id FROM campaign_person WHERE campaign_id = ? AND arm = 'control' ORDER BY 1").pluck().all(id);
    expect(control(shop.root)).toHaveLength(20);
    await shop.to(8);
    expect(control(shop.step('again'))).toEqual(control(shop.root));
    const texted = new Set(shop.texts(shop.step('again')).map((t) => shop?.people[t.who]?.id));
    expect(texted.size).toBe(20);
    expect((control(shop.root) as number[]).filter((id) => texted.has(id as never))).toEqual([]);
  });

  it('that a cap blocks is listed with its reason and tried once more when the cap frees, not for ever', async () => {
    // one text a month: the second is due on 30 November and free on the first of December
    shop = await aLadderShop({
      people: 3,
      steps: () => [
        aStep({ key: 'again', reaction: 'nothing', afterDays: 28 }),
        aStep({ key: 'third', parent: 'again', reaction: 'nothing', afterDays: 7 }),
      ],
    });
    shop.ctx.db.prepare("UPDATE consent_state SET promise_max = 1 WHERE purpose = 'marketing'").run();
    await begin(shop);
    await shop.to(29);
    expect(shop.moves()).toMatchObject([0, 1, 2].map((who) => ({ who, to: 'again', outcome: 'blocked', reason: 'month-used' })));
    expect((await pathFigures(shop.ctx, shop.root)).places.find((p) => p.id === shop?.step('again'))).toMatchObject({
      leftOut: [{ reason: 'month-used', count: 3 }],
      again: 3,
    });
    expect(shop.texts(shop.step('again'))).toEqual([]);
    // one of them comes in meanwhile: what they did counts
    shop.sold(1, 'Shirt');
    await shop.to(30, 12);
    expect(shop.story(0)).toEqual(['root', 'again']);
    expect(shop.story(1)).toEqual(['root']);
    expect(shop.moves().find((m) => m.who === 1)).toMatchObject({ outcome: 'left-out', reason: 'came' });
    // a week on the month is used up again, until January: longer than a follow-up is worth
    await shop.to(38);
    expect(shop.moves().filter((m) => m.to === 'third')).toMatchObject([
      { who: 0, outcome: 'left-out', reason: 'month-used' },
      { who: 2, outcome: 'left-out', reason: 'month-used' },
    ]);
    await shop.to(62);
    expect(shop.story(0)).toEqual(['root', 'again']);
  });

  it('waits for the till file, and is dropped when it does not come within its patience', async () => {
    shop = await aLadderShop({ people: 2, steps: one });
    await begin(shop);
    const late = async (days: number) => {
      for (let i = 0; i < days; i++) {
        shop?.advance(24 * 3600_000);
        await shop?.settle();
      }
    };
    await late(9);
    expect(shop.moves()).toEqual([]);
    expect((await pathFigures(shop.ctx, shop.root)).waitsForSales).toBe(true);
    await late(7);
    expect(shop.moves()).toMatchObject([
      { to: null, outcome: 'end', reason: 'stale-sales' },
      { to: null, outcome: 'end', reason: 'stale-sales' },
    ]);
    expect(ladderRow(shop)).toMatchObject({ state: 'ended', why: 'done' });
    expect(campaignState(shop, 'again')).toMatchObject({ state: 'finished' });
  });

  it('is held while its first campaign is paused, and ends with it', async () => {
    shop = await aLadderShop({ people: 3, steps: one });
    const r = await review(shop.ctx, shop.root);
    await shop.ctx.tasks.finished(await startCampaign(shop.ctx, { id: shop.root, quoteToken: r.quoteToken ?? '' }, owner));
    await runLadders(shop.ctx);
    expect(campaignState(shop, 'again')).toEqual({ state: 'sending', why: null });
    pauseCampaign(shop.ctx, shop.root, owner);
    expect(campaignState(shop, 'again')).toEqual({ state: 'paused', why: 'path' });
    resumeCampaign(shop.ctx, shop.root, owner);
    expect(campaignState(shop, 'again')).toEqual({ state: 'sending', why: null });
    cancelCampaign(shop.ctx, shop.root, owner);
    expect(campaignState(shop, 'again')).toMatchObject({ state: 'cancelled' });
    expect(ladderRow(shop)).toMatchObject({ state: 'ended', why: 'root' });
    await shop.to(9);
    expect(shop.moves()).toEqual([]);
  });

  it('is held and ended by the owner: what waits does not leave', async () => {
    shop = await aLadderShop({ people: 3, steps: one });
    await begin(shop);
    await shop.to(5);
    pauseLadder(shop.ctx, owner, shop.root);
    await shop.to(8);
    expect(shop.moves()).toEqual([]);
    await resumeLadder(shop.ctx, owner, shop.root);
    shop.ctx.db.prepare("UPDATE meta SET value = value WHERE key = 'epoch'").run();
    await runLadders(shop.ctx);
    expect(shop.texts(shop.step('again')).map((t) => t.state)).toEqual(['waiting', 'waiting', 'waiting']);
    expect(stopLadder(shop.ctx, owner, shop.root)).toBe(3);
    await shop.to(9);
    expect(shop.story(0)).toEqual(['root']);
    expect(await refusalOf(resumeLadder(shop.ctx, owner, shop.root))).toMatchObject({ code: 'ladder.bad-state' });
  });

  it('stops at the ceiling that was approved with the start and asks', async () => {
    shop = await aLadderShop({ people: 4, steps: one });
    await begin(shop);
    expect(ladderRow(shop).texts).toBe(4);
    // the carrier became dearer since
    const { texting } = shop.ctx.settings();
    saveSettings(
      shop.ctx.db,
      'texting',
      { ...texting, pricePerSegment: Math.round(texting.pricePerSegment * 1.5) as Micros },
      shop.ctx.clock.now(),
    );
    await shop.to(8);
    expect(shop.texts(shop.step('again'))).toHaveLength(2);
    expect(ladderRow(shop)).toMatchObject({ state: 'running', held: 'ceiling:price' });
    await shop.to(9);
    expect(shop.texts(shop.step('again'))).toHaveLength(2);
    await resumeLadder(shop.ctx, owner, shop.root);
    await shop.to(10);
    expect(shop.texts(shop.step('again'))).toHaveLength(4);
  });

  it('that was changed after the review refuses the start; nothing of it leaves after its last day', async () => {
    shop = await aLadderShop({ people: 2, steps: one, stops: { endsOn: '2026-11-08' as never } });
    const r = await review(shop.ctx, shop.root);
    shop.ctx.db.prepare("UPDATE campaign SET body = body || ' Really.' WHERE id = ?").run(shop.step('again'));
    const start = async () => startCampaign(shop?.ctx as TestCtx, { id: shop?.root as never, quoteToken: r.quoteToken ?? '' }, owner);
    expect(await refusalOf(start())).toMatchObject({ code: 'campaign.quote-outdated', params: { why: 'words' } });
    await begin(shop);
    await shop.to(8);
    expect(shop.story(0)).toEqual(['root']);
    expect(shop.moves()[0]).toMatchObject({ to: null, reason: 'end-date' });
    expect(ladderRow(shop)).toMatchObject({ state: 'ended', why: 'date' });
  });

  it('does not reach whoever came or wrote between the evening it was queued and the morning it would leave', async () => {
    shop = await aLadderShop({ people: 3, steps: () => [aStep({ key: 'again', reaction: 'nothing', afterDays: 7, atMinute: 20 * 60 })] });
    await begin(shop);
    await shop.to(8, 20, 5);
    expect(shop.texts(shop.step('again')).map((t) => t.state)).toEqual(['waiting', 'waiting', 'waiting']);
    wrote(shop, 1, 'are you open tomorrow?');
    shop.redeem(2, shop.root);
    await shop.to(9, 10, 30);
    expect(shop.texts(shop.step('again'))).toMatchObject([
      { who: 0, state: 'delivered' },
      { who: 1, state: 'skipped', reason: 'answered-since' },
      { who: 2, state: 'skipped', reason: 'came-since' },
    ]);
  });

  it('does not go to whoever may have had it already, after a copy was brought back; its steps wait for the owner', async () => {
    shop = await aLadderShop({ people: 3, steps: one });
    await begin(shop);
    await shop.to(3);
    // what a look at the carrier's list writes down: a text this copy knows nothing of
    shop.ctx.db
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at,
           created_at, updated_at) VALUES ('restored', 'SM1', 'sms', ?, ?, 'marketing', 10, 'delivered', 'x', 1, 0, ?, 0, 0)`,
      )
      .run(shop.people[1]?.phone, shop.people[1]?.id, shop.ctx.clock.now());
    shop.ctx.db.prepare("UPDATE campaign SET state = 'paused', pause_reason = 'restored' WHERE id = ?").run(shop.step('again'));
    await shop.to(8);
    expect(shop.texts(shop.step('again'))).toEqual([]);
    expect(shop.moves()).toMatchObject([{ who: 1, to: null, outcome: 'end', reason: 'restored' }]);
    // going on with the path does not answer what the copy asks
    await resumeLadder(shop.ctx, owner, shop.root);
    expect(campaignState(shop, 'again')).toMatchObject({ state: 'paused', why: 'restored' });
    shop.ctx.db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE id = ?").run(shop.step('again'));
    await shop.to(9);
    expect(shop.texts(shop.step('again')).map((t) => t.who)).toEqual([0, 2]);
  });

  it('is copied with its campaign, words to answer with included; a draft thrown away takes its steps along', async () => {
    shop = await aLadderShop({
      people: 1,
      steps: () => [
        aStep({
          key: 'again',
          reaction: 'nothing',
          afterDays: 7,
          words: [{ word: 'suit', means: 'call-back', answerEn: '', answerEs: '', holdDays: 3 }],
        }),
        aStep({ key: 'third', parent: 'again', reaction: 'replied', afterDays: 2, bodyEs: '{shop}: gracias. Responde SUIT.' }),
      ],
    });
    const copy = copyCampaign(shop.ctx, shop.root, 'Once more');
    const shape = (id: typeof copy) =>
      ladderOf(shop?.ctx as TestCtx, id)?.steps.map((s) => [
        s.name,
        s.reaction,
        s.afterDays,
        s.body,
        s.bodyEs,
        s.words.map((x) => x.word),
        s.parentId === id,
      ]);
    expect(shape(copy)).toEqual(shape(shop.root));
    expect(shape(copy)).toHaveLength(2);
    const count = () => shop?.ctx.db.prepare('SELECT count(*) FROM campaign').pluck().get();
    expect(count()).toBe(6);
    removeDraft(shop.ctx, copy);
    expect(count()).toBe(3);
    expect(listOfCampaigns(shop.ctx, { offset: 0, limit: 10 }).rows.map((r) => r.campaign.id)).toEqual([shop.root]);
  });
});
