import type { Cents, CustomerId, SegmentId } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import { mergePeople, unmergePeople } from '@services/customers/merge';
import { erasePerson } from '@services/privacy/erase';
import { groupDays, recordGroupDays } from '@services/segments/days';
import { exportGroup } from '@services/segments/export';
import { fixGroup } from '@services/segments/fixed';
import { keepHistory } from '@services/segments/history';
import { overlapWith, whyNoTexts } from '@services/segments/look';
import { readSentence } from '@services/segments/read';
import { getGroup, groupMembers, removeGroup, saveGroup } from '@services/segments/segments';
import { describe, expect, it } from 'vitest';
import { givePermission } from '../support/sending-shop';
import { aCtx, NOON, owner as OWNER, type TestCtx } from '../support/test-ctx';

const phone = (n: number) => `+1646555000${n}` as never;

/** Ana and Bo may be texted, Cy said nothing, Di has a landline, Ed no number; sales of shirts, suits and ties. */
function shop(): TestCtx {
  const ctx = aCtx();
  const add = ctx.db.raw.prepare(
    `INSERT INTO customer (id, first_name, last_name, phone, phone_kind, email, city, visits, last_visit_at, created_at, updated_at)
     VALUES (?, ?, 'Lee', ?, ?, ?, 'Rye', 1, ?, 0, 0)`,
  );
  add.run(1, 'Ana', phone(1), 'mobile', 'ana@example.com', NOON - DAY);
  add.run(2, 'Bo', phone(2), 'mobile', null, NOON - 2 * DAY);
  add.run(3, '=Cy', phone(3), 'unknown', null, NOON - 3 * DAY);
  add.run(4, 'Di', phone(4), 'landline', null, NOON - 4 * DAY);
  add.run(5, 'Ed', null, 'unknown', null, NOON - 5 * DAY);
  givePermission(ctx, [phone(1), phone(2), phone(4)]);
  ctx.db.raw.exec(
    `INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at)
     VALUES (1, 'f', 'h', 1, 'p', 's', '{}', 'done', 0, 5)`,
  );
  const sale = ctx.db.raw.prepare(
    `INSERT INTO sale (source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, import_id)
     VALUES ('s', ?, 'sale', 'completed', ?, '2026-11-16', ?, 'USD', 5000, 5000, 1)`,
  );
  const line = ctx.db.raw.prepare(
    'INSERT INTO sale_line (sale_id, line_no, name, category, qty_milli, gross, net) VALUES (?, 1, ?, ?, 1000, 5000, 5000)',
  );
  let n = 0;
  const buy = (who: number, name: string, category: string) =>
    line.run(sale.run(String(++n), NOON - DAY, who).lastInsertRowid, name, category);
  buy(1, 'Oxford', 'Shirts');
  buy(1, 'Slim two-piece', 'Suits');
  buy(2, 'Oxford', 'Shirts');
  buy(3, 'Oxford', 'Shirts');
  ctx.db.raw.exec('INSERT INTO history_todo SELECT DISTINCT customer_id FROM sale');
  return ctx;
}
const shirts: Rule = { all: [{ is: 'bought', what: 'category', name: 'Shirts', days: null, did: true }] };
const noSuit: Rule = { all: [...shirts.all, { is: 'bought', what: 'category', name: 'Suits', days: null, did: false }] };
const names = (ctx: TestCtx, rule: Rule) => groupMembers(ctx, rule, { offset: 0, limit: 50 }).rows.map((r) => r.firstName);

describe('looking at a group', () => {
  it('says who is in another one too', async () => {
    const ctx = shop();
    const other = saveGroup(ctx, { id: null, name: 'No suit', rule: noSuit });
    expect(await overlapWith(ctx, { all: [{ is: 'may-text', value: true }] }, other)).toEqual({ both: 1, onlyHere: 2, onlyThere: 1 });
    await expect(overlapWith(ctx, { all: [] }, 99 as SegmentId)).rejects.toThrow('segment.not-found');
  });

  it('counts everybody once: reachable, or by the first reason why not', async () => {
    const ctx = shop();
    const { reachable, reasons } = await whyNoTexts(ctx, { all: [] });
    expect({ reachable, reasons: reasons.map((r) => [r.why, r.count]) }).toEqual({
      reachable: 2,
      reasons: [
        ['no-number', 1],
        ['landline', 1],
        ['not-asked', 1],
      ],
    });
    expect(reasons.map((r) => names(ctx, r.rule))).toEqual([['Ed'], ['Di'], ['=Cy']]);
  });

  it('is the same before and after the small tables are written', async () => {
    const ctx = shop();
    const before = names(ctx, noSuit);
    expect(before).toEqual(['Bo', '=Cy']);
    expect(await keepHistory(ctx)).toBe(3);
    expect(names(ctx, noSuit)).toEqual(before);
    expect(await keepHistory(ctx)).toBe(0);
  });

  it('is written down once a day, and again after an import', async () => {
    const ctx = shop();
    const id = saveGroup(ctx, { id: null, name: 'Shirts', rule: shirts });
    expect(await recordGroupDays(ctx)).toBe(1);
    expect(await recordGroupDays(ctx)).toBe(0);
    ctx.db.raw.exec('UPDATE import SET finished_at = 6');
    ctx.db.raw.exec('DELETE FROM sale WHERE customer_id = 3; INSERT OR IGNORE INTO history_todo VALUES (3)');
    expect(await recordGroupDays(ctx)).toBe(1);
    ctx.clock.set((NOON + DAY) as never);
    expect(await recordGroupDays(ctx)).toBe(1);
    expect(groupDays(ctx, id)).toEqual([
      { day: '2026-11-17', people: 2, permitted: 2 },
      { day: '2026-11-18', people: 2, permitted: 2 },
    ]);
  });
});

describe('a fixed list', () => {
  it('keeps the people of its moment, whoever comes or goes since', async () => {
    const ctx = shop();
    const id = await fixGroup(ctx, OWNER, 'Shirts of today', shirts);
    ctx.db.raw.exec('DELETE FROM sale; INSERT OR IGNORE INTO history_todo VALUES (1), (2), (3)');
    expect(names(ctx, shirts)).toEqual([]);
    const group = getGroup(ctx, id);
    expect(group).toMatchObject({
      count: 3,
      permitted: 2,
      fixedAt: NOON,
      fixedCount: 3,
      fixedFrom: 'People who bought anything from “Shirts”.',
    });
    expect(names(ctx, group.rule)).toEqual(['Ana', 'Bo', '=Cy']);
    // another name, never other people
    saveGroup(ctx, { id, name: 'Renamed', rule: { all: [] } });
    expect(getGroup(ctx, id)).toMatchObject({ name: 'Renamed', count: 3, sentence: 'People who are on the list “Renamed”.' });
    expect(names(ctx, { is: 'group', segmentId: id, member: false })).toEqual(['Di', 'Ed']);
    removeGroup(ctx, id);
    expect(names(ctx, group.rule)).toEqual(['Ana', 'Bo', '=Cy']); // a campaign may still go by it
  });

  it('has a merged person once, both again after undo, and an erased one no more', async () => {
    const ctx = shop();
    const id = await fixGroup(ctx, OWNER, 'All', { all: [] });
    const rule = getGroup(ctx, id).rule;
    const merged = mergePeople(ctx, OWNER, { a: 1 as CustomerId, b: 2 as CustomerId, take: {} as never });
    expect(groupMembers(ctx, rule, { offset: 0, limit: 9 }).total).toBe(4);
    unmergePeople(ctx, OWNER, merged.mergeId);
    expect(names(ctx, rule)).toEqual(['Ana', 'Bo', '=Cy', 'Di', 'Ed']);
    await ctx.tasks.finished(erasePerson(ctx, OWNER, { id: 3 as CustomerId }).task);
    expect(names(ctx, rule)).toEqual(['Ana', 'Bo', 'Di', 'Ed']);
    for (const t of ['bought', 'visit_day', 'history_todo', 'customer_permission', 'segment_person'])
      expect(ctx.db.raw.prepare(`SELECT count(*) FROM ${t} WHERE customer_id = 3`).pluck().get(), t).toBe(0);
  });
});

describe('a group as a file', () => {
  it('to reach people: nobody’s number who said stop, no formula for a spreadsheet, written down', async () => {
    const ctx = shop();
    ctx.db.raw.exec(
      "UPDATE consent_state SET state = 'out' WHERE address_hmac = (SELECT address_hmac FROM address_book WHERE address = '+16465550002')",
    );
    const file = await exportGroup(ctx, OWNER, { name: 'Shirt people', rule: shirts }, 'contact');
    expect(file).toMatchObject({ name: 'shirt-people-2026-11-17.csv', people: 3 });
    const lines = file.text.trim().split('\r\n');
    expect(lines[0]).toContain('last_name,first_name,company,phone,may_text');
    expect(lines.slice(1).map((l) => l.split(',').slice(1, 5).join(','))).toEqual([
      "'=Cy,,+16465550003,no",
      'Ana,,+16465550001,yes',
      'Bo,,,no',
    ]);
    const said = ctx.db.raw.prepare("SELECT detail FROM audit WHERE action = 'segment.exported'").pluck().get() as string;
    expect(JSON.parse(said)).toEqual({ name: 'Shirt people', for: 'contact', people: 3 });
  });

  it('to count with: no name and no way to reach anybody', async () => {
    const ctx = shop();
    const { text } = await exportGroup(ctx, OWNER, { name: '', rule: { all: [] } }, 'figures');
    expect(text.split('\r\n')[0]).toBe('\ufeffperson,town,language,first_visit,last_visit,visits,spent,may_text');
    expect(text).not.toMatch(/Ana|Lee|@|\+1646/);
  });
});

describe('a sentence, read in this shop', () => {
  it.each<[string, Rule]>([
    ['bought a shirt but never a suit', noSuit],
    ['bought “oxford”', { is: 'bought', what: 'item', name: 'Oxford', days: null, did: true }],
    ['spent $50.50 or more', { is: 'spend', op: 'at-least', amount: 5050 as Cents, days: null }],
  ])('%s', (text, rule) => expect(readSentence(shop(), text)).toMatchObject({ ok: true, rule }));

  it('offers what may have been meant, and knows groups and campaigns by name', () => {
    const ctx = shop();
    expect(readSentence(ctx, 'bought sutis')).toMatchObject({ ok: false, why: 'unknown-name', part: 'sutis', suggestions: ['Suits'] });
    const id = saveGroup(ctx, { id: null, name: 'Sunday people', rule: shirts });
    ctx.db.raw.exec("INSERT INTO campaign (id, name, state, created_at, updated_at) VALUES (7, 'Boots week', 'finished', 0, 0)");
    expect(readSentence(ctx, 'are in "sunday people" and replied to “Boots week”')).toMatchObject({
      ok: true,
      rule: {
        all: [
          { is: 'group', segmentId: id, member: true },
          { is: 'reacted', campaignId: 7, how: 'replied' },
        ],
      },
      sentence: 'People who are in “Sunday people” and replied to “Boots week”.',
    });
  });
});
