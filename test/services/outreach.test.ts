import { createHash } from 'node:crypto';
import type { CampaignId, CustomerId, PhoneE164, SegmentId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { gatherThese } from '@services/campaigns/audience';
import { sendFacts } from '@services/consent/send-facts';
import { personTimeline } from '@services/customers/list';
import { exportReach, labelsOf, leftOutOf, reachLists, reviewReach, takeBackReach } from '@services/outreach/outreach';
import { listGroups } from '@services/segments/segments';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

interface Somebody {
  phone?: string;
  email?: string;
  street?: string;
  sms?: string;
  mail?: string;
  name?: string;
  birthday?: string;
}
let n = 0;
/** A person, with what the ledger says of their number and mailbox. */
function add(ctx: TestCtx, p: Somebody): CustomerId {
  n++;
  const id = ctx.db.raw
    .prepare(
      `INSERT INTO customer (first_name, last_name, phone, phone_kind, email, street, city, region, postal_code, birthday, created_at, updated_at)
       VALUES (?, ?, ?, 'mobile', ?, ?, ?, 'NY', ?, ?, 0, 0)`,
    )
    .run(
      'Ana',
      p.name ?? `Ruiz ${n}`,
      p.phone ?? null,
      p.email ?? null,
      p.street ?? '',
      p.street ? 'New York' : '',
      p.street ? '10001' : '',
      p.birthday ?? null,
    ).lastInsertRowid as number;
  const say = (channel: string, address: string, state: string) => {
    ctx.db.raw.prepare('INSERT OR IGNORE INTO address_book VALUES (?, ?)').run(address, `h${address}`);
    ctx.db.raw
      .prepare(
        "INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, event_id) VALUES (?, ?, 'marketing', ?, 4, 0, 1)",
      )
      .run(`h${address}`, channel, state);
  };
  if (p.phone && p.sms) say('sms', p.phone, p.sms);
  if (p.email && p.mail) say('email', p.email, p.mail);
  return id as CustomerId;
}

const everyone = (ctx: TestCtx): { segmentId: SegmentId } => ({
  segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId,
});
const count = (r: { leftOut: { reason: string; count: number }[] }) => Object.fromEntries(r.leftOut.map((l) => [l.reason, l.count]));
const save = async (ctx: TestCtx, order: Parameters<typeof reviewReach>[1], format: 'google' | 'meta' = 'google') =>
  exportReach(ctx, owner, { ...order, token: (await reviewReach(ctx, order)).token, format });
const sha = (s: string) => createHash('sha256').update(s).digest('hex');
const PHONE = '+16465550001' as PhoneE164;

describe('a list for another channel', () => {
  it('for labels leaves out who said stop, is undecided, has no address or is under age, and one per family', async () => {
    const ctx = aCtx();
    add(ctx, { street: '1 Elm St', name: 'Lopez' });
    add(ctx, { street: '1 Elm St.', name: 'Lopez' });
    add(ctx, { street: '2 Elm St', phone: PHONE, sms: 'out' });
    add(ctx, { street: '3 Elm St', phone: '+16465550002', sms: 'hold' });
    add(ctx, { street: '4 Elm St', birthday: '2012-01-01' });
    add(ctx, { phone: '+16465550003', sms: 'in' });
    const r = await reviewReach(ctx, { channel: 'post', source: everyone(ctx) });
    expect(r.people).toBe(1);
    expect(count(r)).toEqual({ 'same-address': 1, stopped: 1, 'on-hold': 1, 'under-age': 1, 'no-address': 1 });
    const done = await save(ctx, { channel: 'post', source: everyone(ctx) });
    expect(done.text).toContain('Ana Lopez,,1 Elm St');
    expect(labelsOf(ctx, done.id, { offset: 0, limit: 200 }).rows.map((l) => l.lines)).toEqual([
      ['Ana Lopez', expect.stringMatching(/^1 Elm St/), 'New York, NY 10001'],
    ]);
  });

  it('for e-mail holds only who said yes to e-mails; a yes to texts is none', async () => {
    const ctx = aCtx();
    add(ctx, { email: 'ana@x.com', mail: 'in' });
    add(ctx, { email: 'bo@x.com', phone: PHONE, sms: 'in' });
    add(ctx, { email: 'cy@x.com', mail: 'out' });
    add(ctx, { email: 'di@x.com', mail: 'paused' });
    add(ctx, {});
    const order = { channel: 'email' as const, source: everyone(ctx) };
    expect(count(await reviewReach(ctx, order))).toEqual({ 'not-permitted': 1, stopped: 1, paused: 1, 'no-email': 1 });
    expect((await save(ctx, order)).text).toBe(`\ufeffemail,first_name,last_name,company\r\nana@x.com,Ana,Ruiz ${n - 4},\r\n`);
    expect((await leftOutOf(ctx, order, 'stopped', { offset: 0, limit: 10 })).rows).toHaveLength(1);
  });

  it('for advertisements holds hashes of what was permitted, as each platform compares them', async () => {
    const ctx = aCtx();
    add(ctx, { email: ' Ana@X.com', mail: 'in', phone: PHONE, sms: 'never' });
    add(ctx, { email: 'bo@x.com', phone: '+16465550002', sms: 'in' });
    const order = { channel: 'ads' as const, source: everyone(ctx) };
    const google = await save(ctx, order);
    expect(google.text.trim().split('\r\n')).toEqual(['Email,Phone', `${sha('ana@x.com')},`, `,${sha('+16465550002')}`]);
    expect((await save(ctx, order, 'meta')).text).toContain(`,${sha('16465550002')}`);
    expect(google.text).not.toMatch(/@|Ruiz|646/);
  });

  it('refuses when somebody on it changed since it was looked at', async () => {
    const ctx = aCtx();
    add(ctx, { email: 'ana@x.com', mail: 'in' });
    add(ctx, { email: 'bo@x.com', mail: 'in' });
    const order = { channel: 'email' as const, source: everyone(ctx) };
    const { token } = await reviewReach(ctx, order);
    ctx.db.raw.prepare("UPDATE consent_state SET state = 'out' WHERE address_hmac = 'hbo@x.com'").run();
    await expect(exportReach(ctx, owner, { ...order, token })).rejects.toMatchObject({ code: 'outreach.changed', params: { people: 1 } });
    expect(reachLists(ctx, { offset: 0, limit: 10 }).total).toBe(0);
  });

  it('is a contact on everybody’s timeline, and stands in the way of a text like a text, until it is taken back', async () => {
    const ctx = aCtx({ settings: { texting: { mode: 'practice' } } });
    const id = add(ctx, { phone: PHONE, sms: 'in', street: '1 Elm St' });
    const done = await save(ctx, { channel: 'post', source: everyone(ctx) });
    expect(personTimeline(ctx, id, { offset: 0, limit: 10 }).entries).toContainEqual(
      expect.objectContaining({ kind: 'contact', channel: 'post', at: NOON }),
    );
    const judged = () => gatherThese(ctx, new Map([[id, 1]]), { id: 9 as CampaignId, topic: '' }, undefined, (NOON + DAY) as UtcMs);
    expect((await judged()).excluded).toMatchObject([{ reason: 'texted-recently' }]);
    expect((await reviewReach(ctx, { channel: 'post', source: everyone(ctx) })).recent).toBe(1);
    takeBackReach(ctx, owner, done.id);
    expect((await judged()).reachable).toHaveLength(1);
    expect(personTimeline(ctx, id, { offset: 0, limit: 10 }).entries.some((e) => e.kind === 'contact')).toBe(false);
  });
});

describe('a campaign’s list', () => {
  function aCampaign(ctx: TestCtx, people: readonly { id: CustomerId; arm: string }[], id = 1): { campaignId: CampaignId } {
    ctx.db.raw
      .prepare(
        "INSERT INTO campaign (id, name, state, created_at, updated_at, started_at, window_ends_at) VALUES (?, 'Boots', 'sending', 0, 0, ?, ?)",
      )
      .run(id, NOON, NOON + 14 * DAY);
    for (const p of people) {
      ctx.db.raw
        .prepare('INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, drawn_at) VALUES (?, ?, NULL, ?, ?)')
        .run(id, p.id, p.arm, NOON);
    }
    return { campaignId: id as CampaignId };
  }

  it('leaves its comparison group without a card, and reaches those who cannot be texted', async () => {
    const ctx = aCtx();
    const [a, b, c] = [1, 2, 3].map((i) => add(ctx, { street: `${i} Elm St` })) as [CustomerId, CustomerId, CustomerId];
    const source = aCampaign(ctx, [
      { id: a, arm: 'text' },
      { id: b, arm: 'control' },
      { id: c, arm: 'excluded' },
    ]);
    const r = await reviewReach(ctx, { channel: 'post', source });
    expect(r).toMatchObject({ people: 2, name: 'Boots' });
    expect(count(r)).toEqual({ 'held-out': 1 });
  });

  it('and its text are one step: together they count once, for other campaigns', async () => {
    const ctx = aCtx();
    const id = add(ctx, { phone: PHONE, sms: 'in', street: '1 Elm St', email: 'ana@x.com', mail: 'in' });
    const source = aCampaign(ctx, [{ id, arm: 'text' }]);
    await save(ctx, { channel: 'post', source });
    await save(ctx, { channel: 'email', source });
    const left = (step: number | null) =>
      sendFacts(ctx, { phone: PHONE, customerId: id, messageClass: 'marketing', causedAt: null, step: step as CampaignId | null }, NOON)
        .caps?.left;
    expect(left(1), 'its own text may still leave').toEqual([]);
    expect(left(2), 'two lists of one campaign are one contact').toEqual([NOON]);
    ctx.db.raw
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
         VALUES ('campaign', '1', 'sms', ?, ?, 'marketing', 5, 'delivered', 'x', 1, 0, ?, 0, 0)`,
      )
      .run(PHONE, id, NOON + 1000);
    expect(left(2), 'with its text they still are one').toEqual([NOON + 1000]);
  });
});
