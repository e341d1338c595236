import type { Db } from '@db/open';
import type { CampaignId, Cents, CustomerId, Micros, OfferId, PhoneE164, SegmentId } from '@domain/kernel';
import { cancelCampaign, pauseCampaign, resumeCampaign } from '@services/campaigns/control';
import { copyCampaign, getCampaign, removeDraft, saveDraft } from '@services/campaigns/drafts';
import { divisionOf, peopleOf } from '@services/campaigns/people';
import { preview } from '@services/campaigns/preview';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { listGroups } from '@services/segments/segments';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const DAY = 86_400_000;
const practice = {
  mode: 'practice' as const,
  sender: { kind: 'number' as const, number: '+12125559999' as PhoneE164 },
  senderApproved: true,
};

/** A shop with `n` people who may be texted, ids 1…n. */
function aShop(n: number, settings: Parameters<typeof aCtx>[0] = {}): TestCtx {
  const ctx = aCtx({ ...settings, settings: { texting: practice, ...settings?.settings } });
  for (let i = 1; i <= n; i++) addPerson(ctx.db, { phone: `+1212555${String(i).padStart(4, '0')}` });
  return ctx;
}

function addPerson(
  db: Db,
  p: { phone: string | null; name?: string; state?: string; promise?: number; kind?: string; problem?: string; lastVisit?: number },
): CustomerId {
  const id = Number(
    db.raw
      .prepare(
        'INSERT INTO customer (first_name, last_name, phone, phone_kind, phone_problem, last_visit_at, visits, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, 1, 0, 0)',
      )
      .run(p.name ?? 'Ana', 'Gomez', p.phone, p.kind ?? 'mobile', p.problem ?? null, p.lastVisit ?? NOON - 20 * DAY).lastInsertRowid,
  );
  if (p.phone !== null && p.state !== 'none') {
    db.raw.prepare('INSERT OR IGNORE INTO address_book VALUES (?, ?)').run(p.phone, `h${p.phone}`);
    db.raw
      .prepare(
        "INSERT OR REPLACE INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, event_id) VALUES (?, 'sms', 'marketing', ?, ?, 0, 1)",
      )
      .run(`h${p.phone}`, p.state ?? 'in', p.promise ?? 4);
  }
  return id as CustomerId;
}

const setConsent = (db: Db, id: number, state: string) =>
  db.raw
    .prepare('UPDATE consent_state SET state = ? WHERE address_hmac = (SELECT ? || phone FROM customer WHERE id = ?)')
    .run(state, 'h', id);

function anOffer(db: Db, mode: 'personal' | 'shared' = 'personal'): OfferId {
  return Number(
    db.raw
      .prepare(
        "INSERT INTO offer (name, kind, percent, valid_days, code_mode, shared_code, created_at) VALUES ('20 % off', 'percent', 20, 12, ?, 'BOOTS20', 0)",
      )
      .run(mode).lastInsertRowid,
  ) as OfferId;
}

const everyone = (ctx: TestCtx): SegmentId => listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId;

function aDraft(ctx: TestCtx, fields: Partial<Parameters<typeof saveDraft>[2]> = {}, id: CampaignId | null = null): CampaignId {
  return saveDraft(ctx, id, {
    name: 'Boots week',
    segmentId: everyone(ctx),
    body: '{shop}: Hi {first name|there}, boots are in.',
    offerId: null,
    addStopLine: true,
    holdout: 'auto',
    goal: { kind: 'none', target: null },
    windowDays: 14,
    ...fields,
  });
}

async function started(ctx: TestCtx, id: CampaignId): Promise<void> {
  const { quoteToken } = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner));
}

const outbox = (db: Db, id: CampaignId) =>
  db.raw.prepare("SELECT * FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ? ORDER BY id").all(String(id)) as Record<
    string,
    never
  >[];

describe('review', () => {
  it('says exactly who gets it, who does not and why, and what it costs', async () => {
    const ctx = aShop(3);
    addPerson(ctx.db, { phone: null });
    addPerson(ctx.db, { phone: '+12125556001', state: 'none' });
    addPerson(ctx.db, { phone: '+12125556002', state: 'out' });
    addPerson(ctx.db, { phone: '+12125556003', state: 'hold' });
    addPerson(ctx.db, { phone: '+12125556004', state: 'pending' });
    addPerson(ctx.db, { phone: '+12125556005', kind: 'landline' });
    addPerson(ctx.db, { phone: '+12125556006', problem: '30005' });
    addPerson(ctx.db, { phone: '+12125550003' });
    const capped = addPerson(ctx.db, { phone: '+12125556007', promise: 1 });
    ctx.db.raw
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
         VALUES ('campaign', '99', 'sms', '+12125556007', ?, 'marketing', 10, 'delivered', 'x', 1, 0, ?, 0, 0)`,
      )
      .run(capped, NOON - 10 * DAY);
    const r = await review(ctx, aDraft(ctx));
    expect(r).toMatchObject({
      group: 12,
      people: 3,
      heldOut: 0,
      holdoutWhy: 'too-few',
      segments: 3,
      price: 33_900,
      currency: 'USD',
      checks: [],
    });
    expect(r.excluded).toEqual([
      { reason: 'no-number', count: 1 },
      { reason: 'not-permitted', count: 1 },
      { reason: 'stopped', count: 1 },
      { reason: 'on-hold', count: 1 },
      { reason: 'unanswered', count: 1 },
      { reason: 'landline', count: 1 },
      { reason: 'number-problem', count: 1 },
      { reason: 'same-number', count: 1 },
      { reason: 'month-used', count: 1 },
    ]);
    // Two people share the last number: the greeting drops the name, and that makes it the longest text.
    expect(r.longest.text).toBe('Corner Shoes: Hi there, boots are in.\nReply STOP to opt out.');
    expect(r.leaving).toEqual({ now: 3, later: 0, firstAt: null, needReason: 0 });
    expect(await review(ctx, 1 as CampaignId)).toMatchObject({ quoteToken: r.quoteToken });
  });

  it('holds out a fifth of 300, the same people however often it is asked', async () => {
    const ctx = aShop(300);
    const id = aDraft(ctx);
    const r = await review(ctx, id);
    expect(r).toMatchObject({ people: 240, heldOut: 60, holdoutPercent: 20, holdoutWhy: 'usual' });
    expect((await review(ctx, id)).quoteToken).toBe(r.quoteToken);
    expect((await peopleOf(ctx, { id, view: 'control', reason: null, offset: 0, limit: 200 })).total).toBe(60);
    aDraft(ctx, { holdout: 'half' }, id);
    expect(await review(ctx, id)).toMatchObject({ people: 150, heldOut: 150, holdoutWhy: 'half' });
    aDraft(ctx, { holdout: 'off' }, id);
    expect(await review(ctx, id)).toMatchObject({ people: 300, heldOut: 0, holdoutWhy: 'chosen-off' });
  });

  it('gives no quote while something stops the campaign', async () => {
    const ctx = aShop(2);
    const check = async (fields: Parameters<typeof aDraft>[1]) => {
      const r = await review(ctx, aDraft(ctx, fields));
      return { stops: r.checks.filter((c) => c.level === 'stop').map((c) => c.code), token: r.quoteToken };
    };
    expect(await check({ body: '' })).toEqual({ stops: ['empty-text'], token: null });
    expect(await check({ body: 'Sale!' })).toEqual({ stops: ['who-speaks'], token: null });
    expect(await check({ body: '{shop} {nonsense}' })).toMatchObject({ token: null });
    expect(await check({ segmentId: null })).toEqual({ stops: ['no-group'], token: null });
    const bare = aCtx();
    expect((await review(bare, aDraft(bare))).checks.map((c) => c.code)).toEqual(['no-people', 'not-connected']);
  });

  it('counts the month’s limit with what is spent and what still waits', async () => {
    const ctx = aShop(10, { settings: { texting: { ...practice, monthlyLimit: 11 as Cents } } });
    expect((await review(ctx, aDraft(ctx))).checks).toContainEqual({ code: 'over-limit', level: 'stop' });
  });

  it('warns when the group lives from who did not come and the sales are old', async () => {
    const ctx = aShop(2);
    const later = listGroups(ctx).find((g) => g.readyMade === 'one-time')?.id as SegmentId;
    expect((await review(ctx, aDraft(ctx, { segmentId: later }))).checks).toContainEqual({ code: 'sales-behind', level: 'stop' });
  });
});

describe('start', () => {
  it('gives everybody reachable exactly one waiting text, and everybody else a reason', async () => {
    const ctx = aShop(300);
    const stopped = addPerson(ctx.db, { phone: '+12125559001', state: 'out' });
    const offerId = anOffer(ctx.db);
    const id = aDraft(ctx, { offerId, body: '{shop}: 20% off with {code} until {ends}' });
    await started(ctx, id);
    const rows = outbox(ctx.db, id);
    expect(rows).toHaveLength(240);
    expect(new Set(rows.map((r) => r['address'])).size).toBe(240);
    expect(new Set(rows.map((r) => r['code'])).size).toBe(240);
    expect(new Set(rows.map((r) => r['state']))).toEqual(new Set(['waiting']));
    for (const r of rows) expect(r['body']).toContain(String(r['code']).slice(0, 3));
    expect(rows[0]).toMatchObject({ message_class: 'marketing', segments: 1, quoted_price: 11_300, not_before: NOON });
    expect(getCampaign(ctx, id).campaign).toMatchObject({ state: 'sending', holdoutPercent: 20, startedAt: NOON, windowDays: 12 });
    expect(divisionOf(ctx, id)).toMatchObject({ text: 240, control: 60, excluded: [{ reason: 'stopped', count: 1 }] });
    const excluded = await peopleOf(ctx, { id, view: 'excluded', reason: 'stopped', offset: 0, limit: 10 });
    expect(excluded).toMatchObject({ total: 1, rows: [{ customerId: stopped, reason: 'stopped', state: null }] });
    expect(ctx.journalled.filter((j) => j.kind === 'code-issued')).toHaveLength(240);
    expect(ctx.journalled.filter((j) => j.kind === 'campaign-started')).toHaveLength(1);
  });

  it('a crash between chunks leaves it staging; starting again finishes without doubles', async () => {
    const ctx = aShop(40);
    const offerId = anOffer(ctx.db);
    const id = aDraft(ctx, { offerId, body: '{shop}: {code}' });
    const { quoteToken } = await review(ctx, id);
    const token = { id, quoteToken: quoteToken ?? '' };
    await ctx.tasks.finished(await startCampaign(ctx, token, owner));
    const codes = new Map(outbox(ctx.db, id).map((r) => [r['address'], r['code']]));
    // The file as a power cut in the middle of staging leaves it:
    ctx.db.raw.exec(
      "UPDATE campaign SET state = 'staging'; UPDATE outbox SET state = 'staged'; DELETE FROM outbox WHERE id % 2 = 0; DELETE FROM campaign_person WHERE customer_id % 2 = 0",
    );
    await ctx.tasks.finished(await startCampaign(ctx, token, owner));
    const rows = outbox(ctx.db, id);
    expect(rows).toHaveLength(40);
    expect(rows.every((r) => r['state'] === ('waiting' as never))).toBe(true);
    expect(new Map(rows.map((r) => [r['address'], r['code']]))).toEqual(codes);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM offer_code').pluck().get()).toBe(40);
    expect(divisionOf(ctx, id).text).toBe(40);
    await expect(startCampaign(ctx, token, owner)).rejects.toMatchObject({ code: 'campaign.bad-state' });
  });

  it('drop-outs never refuse, and are written down with their reason', async () => {
    const ctx = aShop(300);
    const id = aDraft(ctx);
    const { quoteToken } = await review(ctx, id);
    const held = (await peopleOf(ctx, { id, view: 'control', reason: null, offset: 0, limit: 200 })).rows.map((r) => r.customerId);
    const texted = (await peopleOf(ctx, { id, view: 'text', reason: null, offset: 0, limit: 200 })).rows.map((r) => r.customerId);
    setConsent(ctx.db, held[0] ?? 0, 'out');
    setConsent(ctx.db, texted[0] ?? 0, 'out');
    ctx.db.raw.prepare('DELETE FROM customer WHERE id = ?').run(texted[1] ?? 0);
    await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner));
    expect(divisionOf(ctx, id)).toMatchObject({
      text: 238,
      control: 59,
      excluded: [
        { reason: 'stopped', count: 2 },
        { reason: 'left-since-quote', count: 1 },
      ],
    });
    const stillHeld = (await peopleOf(ctx, { id, view: 'control', reason: null, offset: 0, limit: 200 })).rows.map((r) => r.customerId);
    expect(new Set(stillHeld)).toEqual(new Set(held.slice(1)));
  });

  it('somebody new, other words or a higher price refuse', async () => {
    const ctx = aShop(5);
    const id = aDraft(ctx);
    const attempt = async (change: () => void) => {
      const { quoteToken } = await review(ctx, id);
      change();
      return startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner).then(
        () => 'started',
        (e: { code: string; params: unknown }) => ({ code: e.code, params: e.params }),
      );
    };
    const outdated = (why: string) => ({ code: 'campaign.quote-outdated', params: { why } });
    expect(await attempt(() => addPerson(ctx.db, { phone: '+12125557001' }))).toEqual(outdated('people'));
    expect(await attempt(() => aDraft(ctx, { body: '{shop}: other words' }, id))).toEqual(outdated('token'));
    expect(
      await attempt(() => ctx.db.raw.exec("UPDATE setting SET value = json_set(value, '$.name', 'Other Shop') WHERE key = 'shop'")),
    ).toEqual(outdated('words'));
    expect(
      await attempt(() => ctx.db.raw.exec("UPDATE setting SET value = json_set(value, '$.pricePerSegment', 11301) WHERE key = 'texting'")),
    ).toEqual(outdated('price'));
    expect(await startCampaign(ctx, { id, quoteToken: 'something else' }, owner).catch((e: { code: string }) => e.code)).toBe(
      'campaign.quote-outdated',
    );
    expect(getCampaign(ctx, id).campaign.state).toBe('draft');
    expect(outbox(ctx.db, id)).toEqual([]);
  });

  it('refuses over the monthly limit, even when the limit came after the quote', async () => {
    const ctx = aShop(5);
    const id = aDraft(ctx);
    const { quoteToken } = await review(ctx, id);
    ctx.db.raw.exec("UPDATE setting SET value = json_set(value, '$.monthlyLimit', 3) WHERE key = 'texting'");
    await expect(startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner)).rejects.toMatchObject({ code: 'campaign.limit-reached' });
  });

  it('nobody is texted twice in five days by two campaigns, and held-out people are charged a virtual text', async () => {
    const ctx = aShop(300);
    const first = aDraft(ctx);
    await started(ctx, first);
    const meanwhile = await review(ctx, aDraft(ctx, { name: 'Same day' }));
    expect(meanwhile.excluded).toEqual([
      { reason: 'one-waiting', count: 240 },
      { reason: 'texted-recently', count: 60 },
    ]);
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(NOON);
    ctx.clock.advance(DAY);
    const second = await review(ctx, aDraft(ctx, { name: 'Second' }));
    expect(second.people).toBe(0);
    expect(second.excluded).toEqual([{ reason: 'texted-recently', count: 300 }]);
  });
});

describe('a running campaign', () => {
  it('pauses, goes on, and keeps back what has not left when cancelled', async () => {
    const ctx = aShop(5);
    const id = aDraft(ctx);
    await started(ctx, id);
    pauseCampaign(ctx, id, owner);
    expect(getCampaign(ctx, id).campaign).toMatchObject({ state: 'paused', pauseReason: 'owner' });
    resumeCampaign(ctx, id, owner);
    expect(getCampaign(ctx, id).campaign).toMatchObject({ state: 'sending', pauseReason: null });
    ctx.db.raw.exec("UPDATE outbox SET state = 'delivered', left_at = 1 WHERE id = 1");
    expect(cancelCampaign(ctx, id, owner)).toBe(4);
    expect(getCampaign(ctx, id)).toMatchObject({ campaign: { state: 'cancelled' }, delivered: 1, open: 0 });
    expect(() => resumeCampaign(ctx, id, owner)).toThrow('campaign.bad-state');
    expect((await peopleOf(ctx, { id, view: 'skipped', reason: 'cancelled', offset: 0, limit: 2 })).total).toBe(4);
  });

  it('only drafts are edited or thrown away; a copy is a new draft', async () => {
    const ctx = aShop(2);
    const id = aDraft(ctx);
    await started(ctx, id);
    expect(() => aDraft(ctx, { body: 'x' }, id)).toThrow('campaign.bad-state');
    expect(() => removeDraft(ctx, id)).toThrow('campaign.bad-state');
    const copy = copyCampaign(ctx, id, 'Again');
    expect(getCampaign(ctx, copy).campaign).toMatchObject({ name: 'Again', state: 'draft', quote: null });
    removeDraft(ctx, copy);
    expect(() => getCampaign(ctx, copy)).toThrow('campaign.not-found');
  });
});

describe('preview', () => {
  const ask = (ctx: TestCtx, body: string, o: Partial<Parameters<typeof preview>[1]> = {}) =>
    preview(ctx, { campaignId: null, segmentId: everyone(ctx), body, offerId: null, addStopLine: true, offset: 0, limit: 5, ...o });

  it('tells whoever reads Spanish in Spanish how to leave', async () => {
    const ctx = aShop(1);
    const rosa = addPerson(ctx.db, { phone: '+12125558001', name: 'Rosa' });
    ctx.db.raw.prepare("UPDATE customer SET language = 'es' WHERE id = ?").run(rosa);
    const { rows } = await ask(ctx, '{shop}: Hola {first name}!');
    expect(rows.map((r) => r.text)).toEqual([
      'Corner Shoes: Hola Rosa!\nResponde STOP para no recibir mas.',
      'Corner Shoes: Hola Ana!\nReply STOP to opt out.',
    ]);
  });

  it('shows real people, longest first, with price and changes', async () => {
    const ctx = aShop(2);
    addPerson(ctx.db, { phone: '+12125558001', name: 'Maximiliana' });
    addPerson(ctx.db, { phone: '+12125558002', name: 'Ángela' });
    const p = await ask(ctx, '{shop}: Hi {first name}!');
    expect(p).toMatchObject({ people: 4, segments: 4, price: 45_200 as Micros, estimated: false, most: 1 });
    expect(p.rows[0]).toMatchObject({ name: 'Maximiliana Gomez', text: 'Corner Shoes: Hi Maximiliana!\nReply STOP to opt out.' });
    expect(p.rows[1]).toMatchObject({ encoding: 'GSM-7', changes: [{ from: 'Á', to: 'A', count: 1 }] });
    expect((await ask(ctx, '{shop}: Hi ☕')).rows[0]).toMatchObject({ encoding: 'UCS-2', unicode: ['☕'] });
    await expect(ask(ctx, '{nonsense}')).rejects.toMatchObject({ code: 'campaign.unknown-field', params: { field: 'nonsense' } });
    expect(await ask(ctx, 'x', { segmentId: null })).toMatchObject({ people: 0, rows: [] });
  });
});
