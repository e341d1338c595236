import type { Exclusion } from '@domain/campaigns/audience';
import { countSegments } from '@domain/campaigns/sms-text';
import { type CampaignId, type CustomerId, DAY, MINUTE, type OfferId, type PhoneE164, type UtcMs } from '@domain/kernel';
import { divisionOf, type PeopleView, peopleOf } from '@services/campaigns/people';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { withConsent } from '@services/consent/ledger';
import { recordStop } from '@services/consent/record';
import { erasePerson } from '@services/privacy/erase';
import { afterEach, describe, expect, it } from 'vitest';
import { aGroup, anOffer, type Somebody, somePeople } from '../support/parts';
import { aDraft } from '../support/planned';
import { aSendingShop, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

/*
 * A review's people, exclusions and price equal what the carrier then receives, to the person and the cent: with several parts, languages,
 * two wordings against each other, personal and shared codes, names from anywhere, half of the people held out, every kind of exclusion,
 * and people who drop out between the review and the start.
 */
const open: SendingShop[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});

/** What tills and forms have in their name columns, and what people bought. */
const NAMES = ['José', 'Łukasz', '陈伟', 'Ana\nMaria', '{code}', '😀😀', 'x'.repeat(300), '', 'WALK IN', "D'Arcy–Noël", 'Ñusta', '{first'];
const ITEMS = ['Brown boots', 'Zapatos de niño “Ángel”', '靴子', '', 'x'.repeat(400), '{shop}', '10 % off\r\nboots', '€5 socks^'];

const OFFER = (s: SendingShop): OfferId =>
  Number(
    s.ctx.db
      .prepare(
        "INSERT INTO offer (name, kind, percent, valid_days, code_mode, shared_code, created_at) VALUES ('All', 'percent', 10, 9, 'shared', 'BOOTS-10', 0)",
      )
      .run().lastInsertRowid,
  ) as OfferId;

/** One person of each reason for which somebody in a group gets no text. */
function oneOfEach(s: SendingShop): ReadonlyMap<Exclusion, CustomerId> {
  const { db } = s.ctx;
  const now = s.ctx.clock.now();
  const made = new Map<Exclusion, CustomerId>();
  const reasons: Exclusion[] = [
    ...(['no-number', 'bad-number', 'not-permitted', 'stopped', 'on-hold', 'unanswered', 'paused', 'other-topics', 'landline'] as const),
    ...(['number-problem', 'country', 'same-number', 'one-waiting', 'month-used', 'texted-recently'] as const),
  ];
  const people = somePeople(
    s.ctx,
    reasons.map((r, i) => ({ tags: i % 2 ? ['suits'] : ['shirts'], ...(r === 'country' ? { area: '416' } : {}) })),
    7000,
  );
  const set = (id: number, change: string) => db.prepare(`UPDATE customer SET ${change} WHERE id = ?`).run(id);
  const ledger = (phone: string, change: string) =>
    db
      .prepare(`UPDATE consent_state SET ${change} WHERE address_hmac = (SELECT address_hmac FROM address_book WHERE address = ?)`)
      .run(phone);
  const text = (phone: string, id: number, cause: string, at: number | null) =>
    db
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
         VALUES ('campaign', ?, 'sms', ?, ?, 'marketing', 10, ?, 'x', 1, ?, ?, 0, 0)`,
      )
      .run(cause, phone, id, at === null ? 'waiting' : 'delivered', now + 40 * DAY, at);
  people.forEach(({ id, phone }, i) => {
    const reason = reasons[i] as Exclusion;
    made.set(reason, id);
    if (reason === 'no-number') set(id, "phone = NULL, phone_kind = 'unknown'");
    if (reason === 'bad-number') set(id, "phone = NULL, phone_kind = 'invalid'");
    if (reason === 'not-permitted') ledger(phone, "state = 'never'");
    if (reason === 'stopped') ledger(phone, "state = 'out'");
    if (reason === 'on-hold') ledger(phone, "state = 'hold'");
    if (reason === 'unanswered') ledger(phone, `state = 'pending', expires_at = ${now + DAY}`);
    if (reason === 'paused') ledger(phone, "state = 'paused'");
    if (reason === 'landline') set(id, "phone_kind = 'landline'");
    if (reason === 'number-problem') set(id, "phone_problem = '30005'");
    if (reason === 'same-number') set(id, `phone = '${people[i - 1]?.phone === phone ? '' : '+16465550000'}', last_visit_at = NULL`);
    if (reason === 'one-waiting') text(phone, id, '901', null);
    if (reason === 'texted-recently') text(phone, id, '902', now - DAY);
    if (reason === 'month-used') {
      ledger(phone, 'promise_max = 1');
      text(phone, id, '903', now - 10 * DAY);
    }
    if (reason === 'other-topics') {
      db.prepare(
        `INSERT INTO consent_state (address_hmac, channel, purpose, state, promise_max, since, event_id)
         SELECT address_hmac, 'sms', 'topic:news', 'in', NULL, 0, 1 FROM address_book WHERE address = ?`,
      ).run(phone);
    }
  });
  return made;
}

const everybody = async (s: SendingShop, id: CampaignId, view: PeopleView) =>
  (await peopleOf(s.ctx, { id, view, reason: null, offset: 0, limit: 200 })).rows;

describe('what was reviewed is what the carrier receives', () => {
  it('to the person, the word, the segment and the cent; drop-outs are listed as skipped and nobody else moves', async () => {
    const s = await aSendingShop({
      carrier: { people: 'none', switches: { distribution: [{ weight: 1, outcome: { status: 'delivered' } }], priceDelayMs: MINUTE } },
    });
    open.push(s);
    const people = somePeople(
      s.ctx,
      Array.from({ length: 48 }, (_, i): Somebody => {
        const tags = [['suits'], ['shirts'], ['suits', 'shirts'], []][i % 4] as string[];
        return {
          tags,
          name: NAMES[Math.floor(i / 4) % NAMES.length] as string,
          language: i % 3 === 0 ? 'es' : 'en',
          links: (['yes', 'no', 'unknown'] as const)[i % 3] as 'yes',
        };
      }),
    );
    people.forEach((p, i) => {
      const at = s.ctx.clock.now() - (i * 3 + 1) * DAY;
      s.ctx.db
        .prepare('UPDATE customer SET last_item = ?, last_visit_at = ? WHERE id = ?')
        .run(ITEMS[Math.floor(i / 4) % ITEMS.length], at, p.id);
    });
    const excluded = oneOfEach(s);
    const id = aDraft(s.ctx, {
      holdout: 'half',
      segmentId: aGroup(s.ctx, { is: 'tag', tag: 'suits' }),
      body: '{shop}: {first name|there}, a free tie with your next suit: {code} until {ends:long}',
      offerId: anOffer(s.ctx, 15),
      more: [
        {
          segmentId: aGroup(s.ctx, { is: 'tag', tag: 'shirts' }),
          body: '{shop}: {first name:upper|you}, after {last item:lower|your shirts} and {days since visit} days: {code}',
          offerId: anOffer(s.ctx, 20),
        },
        { segmentId: aGroup(s.ctx, { all: [] }), body: '{shop}: 10 % off all week. Code {code}', offerId: OFFER(s) },
      ],
      words: [
        { part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: ¡{first name|hola}! Una corbata gratis: {code} hasta {ends}' },
        {
          part: 1,
          language: 'en',
          arm: 'b',
          links: 'any',
          body: '{shop}: your suit misses its tie: {code} until {ends}. '.padEnd(180, 'x'),
        },
        { part: 2, language: 'en', arm: 'b', links: 'any', body: '{shop}: {last item|Shirts} go with suits – 20 % off: {code}' },
        { part: 3, language: 'en', arm: 'a', links: 'no', body: '{shop}: 10 % off all week, “just” say {code}' },
      ],
    });

    const r = await review(s.ctx, id);
    expect(r.checks.filter((c) => c.level === 'stop')).toEqual([]);
    expect(r.excluded.map((e) => [e.reason, e.count])).toEqual([...excluded.keys()].map((reason) => [reason, 1]));
    expect(r.group).toBe(48 + excluded.size);
    expect(r.people + r.heldOut).toBe(48);
    expect(r.heldOut).toBe(24);
    const text = await everybody(s, id, 'text');
    const control = await everybody(s, id, 'control');
    const left = await everybody(s, id, 'excluded');
    expect(new Map(left.map((p) => [p.reason, p.customerId]))).toEqual(excluded);
    expect(text.reduce((n, p) => n + (p.price ?? 0), 0)).toBe(r.price);
    expect(new Set(text.map((p) => `${p.part} ${p.words}`)).size).toBeGreaterThanOrEqual(6);
    expect(new Set(text.map((p) => p.segments)).size).toBeGreaterThanOrEqual(3);

    // four drop out, each in a way of their own
    const gone = [text[2], text[9], text[15], text[20]].map((p) => p?.customerId as CustomerId);
    const [stopped, erased, moved, renumbered] = text.filter((p) => gone.includes(p.customerId));
    withConsent(s.ctx, (trx) =>
      recordStop(s.ctx, trx, {
        phone: stopped?.phone as PhoneE164,
        method: 'counter',
        reason: 'asked',
        carrierStop: false,
        occurredAt: s.ctx.clock.now() as UtcMs,
      }),
    );
    await s.ctx.tasks.finished(erasePerson(s.ctx, owner, { id: erased?.customerId as CustomerId }).task);
    s.ctx.db.prepare("UPDATE customer SET phone_problem = '30006' WHERE id = ?").run(moved?.customerId);
    s.ctx.db.prepare("UPDATE customer SET phone = '+16465558888' WHERE id = ?").run(renumbered?.customerId);

    await s.ctx.tasks.finished(await startCampaign(s.ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
    await s.run(
      () =>
        s.ctx.db
          .prepare('SELECT count(*) FROM outbox WHERE cause_id = ? AND (price IS NULL OR final_at IS NULL)')
          .pluck()
          .get(String(id)) === 0,
    );

    // persons
    const sent = s.carrier.sim.messages().filter((v) => v.m.direction !== 'inbound');
    const there = new Map(sent.map((v) => [v.m.to, v]));
    expect(there.size).toBe(sent.length);
    const stay = text.filter((p) => !gone.includes(p.customerId));
    expect([...there.keys()].sort()).toEqual(stay.map((p) => p.phone).sort());
    for (const p of [...control, ...left]) expect(there.has(p.phone ?? '') && !stay.some((x) => x.phone === p.phone)).toBe(false);
    // segments and cents, one by one and together
    for (const p of stay) {
      const v = there.get(p.phone as PhoneE164);
      expect({ who: p.customerId, segments: Number(v?.segments), price: Math.round(-Number(v?.price) * 1e6) }).toEqual({
        who: p.customerId,
        segments: p.segments,
        price: p.price,
      });
      expect(countSegments(v?.m.body ?? '').segments).toBe(p.segments);
    }
    const paid = sent.reduce((n, v) => n + Math.round(-Number(v.price) * 1e6), 0);
    const dropped = text.filter((p) => gone.includes(p.customerId)).reduce((n, p) => n + (p.price ?? 0), 0);
    expect(paid).toBe(r.price - dropped);
    // words: nobody else's name, no field left unfilled that a customer did not bring along, everybody's own code once
    const codes = new Map(
      (s.ctx.db.prepare('SELECT customer_id AS id, code FROM offer_code').all() as { id: CustomerId; code: string }[]).map((c) => [
        c.id,
        c.code,
      ]),
    );
    expect(new Set(codes.values()).size).toBe(codes.size);
    for (const p of stay) {
      const body = there.get(p.phone as PhoneE164)?.m.body ?? '';
      expect(body).toMatch(
        p.part === 3 ? /BOOTS-10/ : new RegExp(`${codes.get(p.customerId)?.slice(0, 3)}-${codes.get(p.customerId)?.slice(3)}`),
      );
      expect(body).not.toMatch(/\{(last|days|ends)|undefined|null|NaN/);
      expect(body).toMatch(/Reply STOP|Responde STOP/);
    }
    expect([...codes.keys()].sort()).toEqual(
      stay
        .filter((p) => p.part < 3)
        .map((p) => p.customerId)
        .sort(),
    );
    // lists
    expect((await everybody(s, id, 'control')).map((p) => p.customerId).sort()).toEqual(control.map((p) => p.customerId).sort());
    const skipped = new Map((await everybody(s, id, 'skipped')).map((p) => [p.customerId, p.reason]));
    expect(skipped).toEqual(
      new Map([
        [stopped?.customerId, 'stopped'],
        [erased?.customerId, 'left-since-quote'],
        [moved?.customerId, 'number-problem'],
        [renumbered?.customerId, 'not-permitted'],
      ]),
    );
    expect(divisionOf(s.ctx, id)).toMatchObject({ text: stay.length, control: control.length, dropOuts: 4 });
    const stillOut = (await everybody(s, id, 'excluded')).filter((p) => !gone.includes(p.customerId));
    expect(new Map(stillOut.map((p) => [p.reason, p.customerId]))).toEqual(excluded);
  });
});
