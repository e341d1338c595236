import { reports } from '@contract/reports';
import { suggestions as contract } from '@contract/suggestions';
import type { Db } from '@db/open';
import { replyWords } from '@db/queries/replies';
import { countBoth, segmentById } from '@db/queries/segments';
import { seedShop } from '@db/seed/index';
import { type CampaignId, DAY, type SegmentId } from '@domain/kernel';
import { PUT_OFF_DAYS } from '@domain/reports/suggest';
import { getCampaign, removeDraft, saveDraft } from '@services/campaigns/drafts';
import { quarterly } from '@services/reports/quarterly';
import { suggestions } from '@services/reports/suggestions';
import { anywayOfDraft, bringBackSuggestion, lateGroupOf, putOffSuggestion, takeSuggestion } from '@services/reports/take';
import { thisWeek } from '@services/reports/week';
import { factsNow, resolveRule } from '@services/segments/segments';
import { beforeAll, describe, expect, it } from 'vitest';
import { mayBeTexted } from '../support/people';
import { aDraft } from '../support/planned';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const one = <T>(db: Db, sql: string, ...args: (string | number)[]): T =>
  db.raw
    .prepare(sql)
    .pluck()
    .get(...args) as T;
const keys = async (ctx: TestCtx) => (await suggestions(ctx)).suggestions.map((s) => s.key);

describe('suggestions of a shop with a past', () => {
  let db: Db;
  let ctx: TestCtx;
  beforeAll(() => {
    db = createDb();
    seedShop(db, { seed: 4, people: 900, now: NOON, hmacKey: new TextEncoder().encode('shop-secret-key') });
    ctx = aCtx({ db });
  });

  it('stand on This week with the head-counts of their groups and what campaigns like them did', async () => {
    const week = reports['reports/this-week'].output.parse(await thisWeek(ctx));
    expect(week.suggestions.length).toBeGreaterThan(0);
    const shop = factsNow(ctx);
    for (const s of week.suggestions) {
      if (s.segmentId === null) continue;
      const group = segmentById(db, s.segmentId);
      const { count, permitted } = countBoth(db, resolveRule(db, group?.rule ?? { all: [] }), shop);
      expect([s.people, s.mayBeTexted]).toEqual([count, permitted]);
      for (const c of s.like) {
        expect(one(db, 'SELECT name FROM campaign WHERE id = ?', c.id)).toBe(c.name);
        expect(c.texted).toBeGreaterThan(0);
      }
    }
  });

  it('campaigns to people who stayed away speak for those who stay away now', async () => {
    const lapsed = (await suggestions(ctx)).suggestions.find((s) => s.key === 'lapsed');
    expect(lapsed?.like.map((c) => c.name)).toContain('We miss you');
  });

  it('one click makes the draft, once, with its group, its words and where it came from', async () => {
    const [s] = (await suggestions(ctx)).suggestions;
    if (!s) throw new Error('no suggestion');
    const id = await takeSuggestion(ctx, owner, { key: s.key, name: 'Come back', lateOnly: false });
    const { campaign } = getCampaign(ctx, id);
    expect(campaign).toMatchObject({ name: 'Come back', segmentId: s.segmentId, state: 'draft' });
    expect(campaign.body).toContain('{shop}');
    expect(campaign.words).toMatchObject([{ language: 'es' }]);
    expect(replyWords(db, id).length).toBeGreaterThan(0);
    expect(one(db, 'SELECT key FROM suggestion_taken WHERE campaign_id = ?', id)).toBe(s.key);
    expect(one(db, "SELECT action FROM audit WHERE action = 'suggestion.taken'")).toBe('suggestion.taken');
    expect(await takeSuggestion(ctx, owner, { key: s.key, name: 'Again', lateOnly: false })).toBe(id);
    removeDraft(ctx, id);
    expect(one(db, 'SELECT count(*) FROM suggestion_taken')).toBe(0);
    await expect(takeSuggestion(ctx, owner, { key: 'nothing', name: 'x', lateOnly: false })).rejects.toMatchObject({
      code: 'suggestion.gone',
    });
  });

  it('a taken one is measured like any campaign, and its like is told apart by where it came from', async () => {
    // the seed's campaigns are measured: as if the newest closed one had been a suggestion
    const id = (await thisWeek(ctx)).latest?.id as CampaignId;
    db.raw.prepare("INSERT INTO suggestion_taken (campaign_id, key, people, at) VALUES (?, 'lapsed', 50, 0)").run(id);
    const { taken } = await suggestions(ctx);
    expect(taken).toMatchObject({ sent: 1, measured: 1 });
    expect(taken.texted).toBe((await thisWeek(ctx)).latest?.texted);
    db.raw.prepare('DELETE FROM suggestion_taken').run();
    expect((await suggestions(ctx)).taken).toMatchObject({ sent: 0 });
  });

  it('put off it stays away for eight weeks, unless it is brought back', async () => {
    const [key = ''] = await keys(ctx);
    await putOffSuggestion(ctx, owner, key);
    expect(await keys(ctx)).not.toContain(key);
    expect(one(db, 'SELECT until_at - at FROM suggestion_put_off WHERE key = ?', key)).toBe(PUT_OFF_DAYS * DAY);
    bringBackSuggestion(ctx, owner, key);
    expect(await keys(ctx)).toContain(key);
    expect(db.raw.prepare("SELECT action FROM audit WHERE action LIKE 'suggestion.%' ORDER BY id DESC LIMIT 2").pluck().all()).toEqual([
      'suggestion.back',
      'suggestion.put-off',
    ]);
  });

  it('texts and offers of the year are judged, each once', async () => {
    const q = contract['suggestions/quarterly'].output.parse(await quarterly(ctx));
    expect(q.lines.length).toBeGreaterThan(0);
    const offers = q.lines.filter((l) => l.kind === 'offer');
    expect(new Set(offers.map((l) => l.offerId)).size).toBe(offers.length);
    for (const l of offers) expect(one(db, 'SELECT name FROM offer WHERE id = ?', l.offerId ?? 0)).toBe(l.name);
  });
});

describe('bought this, never that', () => {
  it('82 people bought shirts and never a suit: the group is made when it is taken, and left alone once it was texted', async () => {
    const db = createDb();
    const ctx = aCtx({ db });
    db.tx((trx) => {
      const article = trx.prepare("INSERT INTO article (id, what, name) VALUES (?, 'category', ?)");
      for (const [id, name] of [
        [1, 'Shirts'],
        [2, 'Suits'],
        [3, 'Socks'],
      ])
        article.run(id, name);
      for (let i = 1; i <= 302; i++) {
        const phone = `+1212555${String(i).padStart(4, '0')}`;
        trx
          .prepare(
            "INSERT INTO customer (id, first_name, phone, phone_kind, visits, created_at, updated_at) VALUES (?, 'Ana', ?, 'mobile', 3, 0, 0)",
          )
          .run(i, phone);
        const things = i <= 60 ? [1, 2] : i <= 142 ? [1] : i <= 152 ? [2] : [3];
        for (const t of things) trx.prepare('INSERT INTO bought (article_id, customer_id, last_at) VALUES (?, ?, ?)').run(t, i, NOON - DAY);
        if (i % 2 === 0) continue; // every other one said yes
        mayBeTexted(trx, phone);
      }
    });
    const shown = async () => (await suggestions(ctx)).suggestions.find((s) => s.kind === 'bought-not');
    const s = await shown();
    expect(s).toMatchObject({ people: 82, mayBeTexted: 41, segmentId: null, because: 'untried', pair: { ofBuyers: 42, ofAll: 23 } });
    const id = await takeSuggestion(ctx, owner, { key: s?.key ?? '', name: 'Suits', lateOnly: false });
    const { campaign } = getCampaign(ctx, id);
    expect(campaign.body).toContain('you know us for shirts. Did you know we do suits too?');
    expect(segmentById(db, campaign.segmentId as SegmentId)).toMatchObject({ name: 'Bought Shirts, never Suits', readyMade: null });
    expect((await shown())?.segmentId).toBe(campaign.segmentId);
    db.raw.prepare("UPDATE campaign SET state = 'finished', started_at = ? WHERE id = ?").run(NOON - 20 * DAY, id);
    expect(await shown()).toBeUndefined();
    db.raw.prepare('UPDATE campaign SET started_at = ? WHERE id = ?').run(NOON - 22 * DAY, id);
    expect((await shown())?.people).toBe(82);
  });
});

describe('most of a group come anyway', () => {
  /** 200 people who come every week, and 60 who stayed away; all may be texted. */
  function weeklyShop(): TestCtx {
    const db = createDb();
    const ctx = aCtx({ db, settings: { texting: { senderApproved: true } } });
    const today = Math.floor(NOON / DAY);
    db.tx((trx) => {
      for (let i = 1; i <= 260; i++) {
        const phone = `+1212555${String(i).padStart(4, '0')}`;
        const last = i <= 200 ? today - 1 - (i % 7) : today - 40 - (i % 7);
        trx
          .prepare(
            `INSERT INTO customer (id, first_name, phone, phone_kind, visits, last_visit_at, median_gap_days, gap_count, created_at, updated_at)
             VALUES (?, 'Ana', ?, 'mobile', 20, ?, 7, 19, 0, 0)`,
          )
          .run(i, phone, last * DAY + 16 * 3_600_000);
        for (let k = 0; k < 20; k++)
          trx.prepare('INSERT INTO visit_day (customer_id, day, visit, spend) VALUES (?, ?, 1, 1000)').run(i, last - 7 * k);
        mayBeTexted(trx, phone);
      }
      trx
        .prepare(
          `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, last_sale_at)
           VALUES ('f.csv', 'h', 1, 'square-items', 'square', '{}', 'done', ?, ?, ?)`,
        )
        .run(NOON, NOON, NOON - DAY);
    });
    return ctx;
  }
  const draft = (ctx: TestCtx): CampaignId => aDraft(ctx, { name: 'News' });

  it('says so from the till, and makes the group of those who are late', async () => {
    const ctx = weeklyShop();
    const id = draft(ctx);
    expect(contract['suggestions/anyway'].output.parse(await anywayOfDraft(ctx, id))).toEqual({
      people: 260,
      usual: 200,
      anyway: 200,
      atLeast: 196,
      rest: 60,
      from: 'rhythm',
      seen: { x: 200, n: 200 },
    });
    const late = lateGroupOf(ctx, id);
    expect(lateGroupOf(ctx, id)).toBe(late);
    const rule = segmentById(ctx.db, late)?.rule;
    expect(rule && countBoth(ctx.db, resolveRule(ctx.db, rule), factsNow(ctx))).toEqual({ count: 60, permitted: 60 });
  });

  it('is silent where they came rarely, and where the till file tells nothing of those days', async () => {
    const ctx = weeklyShop();
    const id = draft(ctx);
    ctx.db.raw.prepare('DELETE FROM visit_day WHERE day > ?').run(Math.floor(NOON / DAY) - 14);
    expect(await anywayOfDraft(ctx, id)).toBeNull();
    const blind = weeklyShop();
    blind.db.raw.prepare('DELETE FROM import').run();
    expect(await anywayOfDraft(blind, draft(blind))).toBeNull();
  });

  it('is asked of one group only', async () => {
    const ctx = weeklyShop();
    const id = saveDraft(ctx, null, { ...DRAFT, name: 'No group yet' });
    expect(await anywayOfDraft(ctx, id)).toBeNull();
    expect(() => lateGroupOf(ctx, id)).toThrow(expect.objectContaining({ code: 'segment.not-found' }));
  });
  const DRAFT = {
    segmentId: null,
    body: '',
    offerId: null,
    addStopLine: true,
    holdout: 'off',
    goal: { kind: 'none', target: null },
    windowDays: 14,
  } as const;
});
