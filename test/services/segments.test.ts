import type { SegmentId } from '@domain/kernel';
import { countPeople, groupMembers, listGroups, removeGroup, saveGroup, suggestNames } from '@services/segments/segments';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON } from '../support/test-ctx';

const DAY = 86_400_000;
function shop() {
  const ctx = aCtx();
  const add = ctx.db.raw.prepare(
    'INSERT INTO customer (first_name, phone, tags, visits, spend, first_visit_at, last_visit_at, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)',
  );
  add.run('Ana', '+12125550101', '["VIP"]', 5, 12_000, NOON - 300 * DAY, NOON - 2 * DAY);
  add.run('Bo', null, '[]', 1, 900, NOON - 100 * DAY, NOON - 100 * DAY);
  add.run('Cy', '+12125550103', '[]', 1, 900, NOON - 3 * DAY, NOON - 3 * DAY);
  ctx.db.raw.exec("INSERT INTO customer (first_name, weak, created_at, updated_at) VALUES ('Card 1234', 1, 0, 0)");
  ctx.db.raw.exec("INSERT INTO address_book VALUES ('+12125550101', 'h1')");
  ctx.db.raw.exec(
    "INSERT INTO consent_state (address_hmac, channel, purpose, state, since, event_id) VALUES ('h1', 'sms', 'marketing', 'in', 0, 1)",
  );
  return ctx;
}

describe('groups', () => {
  it('start with the ready-made ones, counted, without the till’s made-up people', () => {
    const ctx = shop();
    const groups = listGroups(ctx);
    expect(groups.map((g) => `${g.name}: ${g.count} (${g.permitted})`)).toEqual([
      'Everyone: 3 (1)',
      'May be texted: 1 (1)',
      'New: 1 (0)',
      'Regulars: 1 (1)',
      'Best: 0 (0)',
      'Promising: 0 (0)',
      'Later than usual: 0 (0)',
      'Lapsed: 0 (0)',
      'Came once: 1 (0)',
      'Birthday this month: 0 (0)',
      'Big spenders: 0 (0)',
      'Reacted to the last text: 0 (0)',
      'Did not react to the last text: 0 (0)',
      'Can’t be texted: 2 (0)',
    ]);
    expect(listGroups(ctx)).toEqual(groups);
  });

  it('count live with five people and a sentence', () => {
    const ctx = shop();
    const r = countPeople(ctx, { all: [{ is: 'last-visit', op: 'within', days: 30 }] });
    expect(r).toMatchObject({ count: 2, permitted: 1, sentence: 'People who came in the last 30 days.' });
    expect(r.examples.map((e) => e.firstName)).toEqual(['Ana', 'Cy']);
    expect(groupMembers(ctx, { all: [] }, { offset: 1, limit: 1 })).toMatchObject({ total: 3, rows: [{ firstName: 'Cy' }] });
  });

  it('may be made of other groups, but never of themselves', () => {
    const ctx = shop();
    const vip = saveGroup(ctx, { id: null, name: 'VIP', rule: { all: [{ is: 'tag', tag: 'vip' }] } });
    const others = saveGroup(ctx, { id: null, name: 'Others', rule: { all: [{ is: 'group', segmentId: vip, member: false }] } });
    expect(listGroups(ctx).find((g) => g.id === others)).toMatchObject({ count: 2, sentence: 'People who are not in “VIP”.' });
    expect(() => saveGroup(ctx, { id: vip, name: 'VIP', rule: { all: [{ is: 'group', segmentId: others, member: true }] } })).toThrow(
      'segment.bad-rule',
    );
    expect(listGroups(ctx).find((g) => g.id === vip)).toMatchObject({ count: 1 });
  });

  it('ready-made ones are not changed or removed', () => {
    const ctx = shop();
    const everyone = listGroups(ctx)[0]?.id as SegmentId;
    expect(() => saveGroup(ctx, { id: everyone, name: 'x', rule: { all: [] } })).toThrow('segment.bad-rule');
    expect(() => removeGroup(ctx, everyone)).toThrow('segment.bad-rule');
  });

  it('offers the names it knows, taking % and _ as they are', () => {
    const ctx = shop();
    expect(suggestNames(ctx, 'tag', 'v')).toEqual(['VIP']);
    expect(suggestNames(ctx, 'tag', '%')).toEqual([]);
  });
});
