import { insertCustomer } from '@db/queries/customers';
import { codeRow } from '@db/queries/offer-codes';
import { type CampaignId, type Cents, type CustomerId, DAY, HOUR, MINUTE, type PhoneE164, type ShopDay, type UtcMs } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { cancelCampaign } from '@services/campaigns/control';
import { findAtCounter } from '@services/counter/find';
import { issueCodes } from '@services/offers/codes';
import { callOffCode, callOffCodes, goOnCallingOff, openCodeCount } from '@services/offers/end';
import { listAllOffers, listCodes, type OfferInput, saveOffer } from '@services/offers/offers';
import { codesOfPaper, makePaperCodes, paperOf } from '@services/offers/paper';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { abuseSigns } from '@services/offers/signs';
import { describe, expect, it } from 'vitest';
import { refused } from '../support/refusal';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

function aShop() {
  const ctx = aCtx();
  const [ana, ben] = ctx.db.tx((trx) => [
    insertCustomer(trx, { firstName: 'Ana', phone: '+12125550123' as PhoneE164 }, NOON),
    insertCustomer(trx, { firstName: 'Ben', phone: '+12125550124' as PhoneE164 }, NOON),
  ]) as [CustomerId, CustomerId];
  const offer = (o: Partial<OfferInput>) =>
    saveOffer(ctx, owner, { id: null, name: 'An offer', kind: 'percent', percent: 15, codeMode: 'personal', validDays: 14, ...o });
  const codeFor = (offerId: ReturnType<typeof offer>['id'], id: CustomerId = ana, campaignId: CampaignId | null = null, days = 14) =>
    ctx.db
      .tx((trx) => issueCodes(ctx, trx, { offerId, campaignId, customerIds: [id], expiresAt: (NOON + days * DAY) as UtcMs }))
      .get(id) as string;
  const why = (code: string, session = clerk, more: { amount?: Cents; honour?: boolean; customerId?: CustomerId } = {}) =>
    refused(() => redeem(ctx, session, { code, how: 'code', ...more })).code;
  const isMember = (id: CustomerId) =>
    ctx.db.raw.prepare('INSERT INTO member_card (number, customer_id, issued_at) VALUES (?, ?, 0)').run(`M1000000${id}`, id);
  return { ctx, ana, ben, offer, codeFor, why, isMember };
}

describe('redeeming holds the offer against the moment', () => {
  it('its days and hours, by the shop’s clock; the owner may wave it through, staff may not', () => {
    const { ctx, offer, codeFor, why } = aShop(); // Tuesday, 11:00
    const monday = codeFor(offer({ weekdays: 1 << 1 }).id);
    expect(why(monday)).toBe('offer.wrong-day');
    expect(why(monday, clerk, { honour: true })).toBe('offer.wrong-day');
    expect(findAtCounter(ctx, clerk, monday, true).code).toMatchObject({ state: 'refused', refusal: { why: 'weekday' }, mayHonour: false });
    expect(findAtCounter(ctx, owner, monday, true).code).toMatchObject({ state: 'refused', mayHonour: true });
    expect(redeem(ctx, owner, { code: monday, how: 'code', honour: true }).redemption.honoured).toBe('weekday');
    const late = codeFor(offer({ fromMinute: 0, untilMinute: 660 }).id);
    expect(why(late)).toBe('offer.wrong-hour');
    ctx.clock.set((NOON - MINUTE) as UtcMs);
    expect(redeem(ctx, clerk, { code: late, how: 'code' }).redemption.honoured).toBeNull();
  });

  it('its first day, which the code keeps though the offer is changed', () => {
    const { ctx, offer, codeFor, why } = aShop();
    const dates = { fromDay: '2026-11-20' as ShopDay, untilDay: '2026-11-29' as ShopDay };
    const o = offer(dates);
    const code = codeFor(o.id);
    expect(why(code)).toBe('offer.not-yet');
    saveOffer(ctx, owner, { id: o.id, name: 'An offer', kind: 'percent', percent: 15, codeMode: 'personal', validDays: 14 });
    expect(why(code)).toBe('offer.not-yet');
    ctx.clock.set(Date.parse('2026-11-20T00:00:00-05:00') as UtcMs);
    expect(redeem(ctx, clerk, { code, how: 'code' }).redemption.code).toBe(code);
  });

  it('its smallest purchase, once the amount is known', () => {
    const { ctx, offer, codeFor, why } = aShop();
    const o = offer({ minSpend: 4000 as Cents });
    const code = codeFor(o.id);
    expect(why(code, clerk, { amount: 3999 as Cents })).toBe('offer.below-minimum');
    expect(codeRow(ctx.db, code)?.state).toBe('issued');
    expect(redeem(ctx, clerk, { code, how: 'code', amount: 4000 as Cents }).redemption.discount).toBe(600);
  });

  it('that it is for members: signed up, or with a card', () => {
    const { ctx, ana, ben, offer, codeFor, why, isMember } = aShop();
    const o = offer({ membersOnly: true });
    const code = codeFor(o.id);
    expect(why(code)).toBe('offer.members-only');
    isMember(ana);
    expect(redeem(ctx, clerk, { code, how: 'code' }).redemption.customerId).toBe(ana);
    offer({ name: 'Club', codeMode: 'shared', sharedCode: 'CLUB5', membersOnly: true });
    expect(findAtCounter(ctx, clerk, 'CLUB5', true).code).toMatchObject({ state: 'refused', refusal: { why: 'find-member' } });
    const offersOf = (name: string) => findAtCounter(ctx, clerk, name, true).people[0]?.offers.map((x) => x.code);
    expect(offersOf('ana')).toEqual(['CLUB5']);
    expect(offersOf('ben')).toEqual([]);
    expect(redeem(ctx, clerk, { code: 'CLUB5', how: 'person', customerId: ana }).redemption.customerId).toBe(ana);
    expect(offersOf('ana')).toEqual([]);
    expect(refused(() => redeem(ctx, owner, { code: 'CLUB5', how: 'person', customerId: ana, honour: true })).code).toBe(
      'offer.member-used',
    );
    expect(refused(() => redeem(ctx, clerk, { code: 'CLUB5', how: 'person', customerId: ben })).code).toBe('offer.members-only');
  });

  it('never more uses than were promised, of one code and of a code everybody has', () => {
    const { ctx, offer, codeFor, why } = aShop();
    const code = codeFor(offer({ codeUses: 2, kind: 'points', points: 50 }).id);
    const first = redeem(ctx, clerk, { code, how: 'code' });
    expect(first).toMatchObject({ left: 1, redemption: { useNo: 1, points: 50, discount: null } });
    const second = redeem(ctx, clerk, { code, how: 'code' });
    expect(second).toMatchObject({ left: 0, redemption: { useNo: 2 } });
    expect(codeRow(ctx.db, code)?.state).toBe('redeemed');
    expect(why(code)).toBe('offer.code-used');
    expect(why(code, owner, { honour: true })).toBe('offer.code-used');
    undoRedemption(ctx, clerk, first.redemption.id);
    expect(codeRow(ctx.db, code)?.state).toBe('reversed');
    expect(redeem(ctx, clerk, { code, how: 'code' }).redemption.useNo).toBe(1);
    // and by the table itself, whatever the program does
    const again = "INSERT INTO redemption (code, offer_id, at, how, use_no) SELECT code, offer_id, at, 'code', 3 FROM redemption LIMIT 1";
    expect(() => ctx.db.raw.exec(again)).toThrow('no use left');
    expect(() => ctx.db.raw.exec(again.replace('3 FROM', '2 FROM'))).toThrow('UNIQUE');

    offer({ name: 'Poster', codeMode: 'shared', sharedCode: 'FIRST2', mostUses: 2 });
    redeem(ctx, clerk, { code: 'FIRST2', how: 'code' });
    const last = redeem(ctx, clerk, { code: 'FIRST2', how: 'code' });
    expect(why('FIRST2')).toBe('offer.all-used');
    undoRedemption(ctx, clerk, last.redemption.id);
    expect(redeem(ctx, clerk, { code: 'FIRST2', how: 'code' }).left).toBe(0);
  });
});

describe('a code everybody has, good for so many days from the text', () => {
  it('ends with the days of the last text it stood in; on paper only it has no end; the owner may give it later', () => {
    const { ctx, offer, why } = aShop();
    const o = offer({ name: 'Shared', codeMode: 'shared', sharedCode: 'FALL15', validDays: 7 });
    const use = (session = clerk, honour = false) => redeem(ctx, session, { code: 'FALL15', how: 'code', honour });
    ctx.clock.set((NOON + 60 * DAY) as UtcMs);
    expect(use().left).toBe(0);
    const texted = (id: number, at: number, more = 'NULL') =>
      ctx.db.raw.exec(`INSERT INTO campaign (id, name, state, offer_id, parent_id, started_at, created_at, updated_at)
        VALUES (${id}, 'c', 'finished', ${o.id}, ${more}, ${at}, 0, 0)`);
    texted(1, NOON + 50 * DAY);
    expect(why('FALL15')).toBe('offer.code-expired');
    expect(findAtCounter(ctx, clerk, 'FALL15', true).code).toMatchObject({ state: 'refused', refusal: { why: 'expired' } });
    expect(use(owner, true).redemption.honoured).toBe('expired');
    // shown while it was good, written down later
    expect(redeem(ctx, clerk, { code: 'FALL15', how: 'code', occurredAt: (NOON + 57 * DAY) as UtcMs }).left).toBe(0);
    // a follow-up of three days ago says it once more
    texted(2, NOON + 50 * DAY, '1');
    expect(why('FALL15')).toBe('offer.code-expired');
    const at = NOON + 57 * DAY;
    ctx.db.raw.exec(`INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
      VALUES ('campaign', '2', 'sms', '+12125550199', 'marketing', 10, 'delivered', '', 1, 0, ${at}, ${at}, 0)`);
    expect(use().left).toBe(0);
  });
});

describe('calling off', () => {
  it('ends what is still good, says so at the counter, and a restored copy knows it', async () => {
    const { ctx, ana, ben, offer, codeFor, why } = aShop();
    const o = offer({});
    const [mine, used] = [codeFor(o.id, ana, 7 as CampaignId), codeFor(o.id, ben, 7 as CampaignId)];
    const other = codeFor(o.id, ana, 8 as CampaignId);
    await Promise.resolve();
    redeem(ctx, clerk, { code: used, how: 'code' });
    expect(openCodeCount(ctx, { campaignId: 7 as CampaignId })).toBe(1);
    expect(await callOffCodes(ctx, owner, { campaignId: 7 as CampaignId })).toBe(1);
    expect(why(mine, owner, { honour: true })).toBe('offer.code-void');
    expect(findAtCounter(ctx, clerk, mine, true).code).toMatchObject({ state: 'void', why: 'campaign', at: NOON });
    expect(codeRow(ctx.db, used)?.state).toBe('redeemed');
    expect(redeem(ctx, clerk, { code: other, how: 'code' }).redemption.code).toBe(other);
    const copy = aCtx();
    copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, ctx.journalled, NOON));
    const states = (c: typeof ctx) => c.db.raw.prepare('SELECT code, state FROM offer_code ORDER BY code').all();
    expect(states(copy)).toEqual(states(ctx));
  });

  it('cut off in between is brought to its end by itself, and told once', async () => {
    const { ctx, ana, ben, offer, codeFor } = aShop();
    const o = offer({});
    const all = [...Array(260).keys()].map((i) => codeFor(o.id, i % 2 ? ana : ben, (1000 + i) as CampaignId));
    const cut = callOffCodes(ctx, owner, { offerId: o.id });
    const states = () => new Set(all.map((c) => codeRow(ctx.db, c)?.state));
    expect(states()).toEqual(new Set(['voided', 'issued'])); // the first few; here the power goes
    expect(await goOnCallingOff(ctx)).toBe(60);
    expect(states()).toEqual(new Set(['voided']));
    await cut;
    expect(await goOnCallingOff(ctx)).toBe(0);
    const told = ctx.db.raw.prepare("SELECT detail FROM audit WHERE action = 'offer.called-off'").pluck().all() as string[];
    expect(told.map((d) => JSON.parse(d))).toEqual([{ offer: o.id, codes: 260 }]);
  });

  it('is decided with the campaign’s end: a crash right after it forgets neither', async () => {
    const { ctx, ana, ben, offer, codeFor } = aShop();
    const o = offer({});
    ctx.db.raw.exec(
      "INSERT INTO campaign (id, name, state, created_at, updated_at) VALUES (7, 'a', 'sending', 0, 0), (8, 'b', 'sending', 0, 0)",
    );
    const [mine, kept] = [codeFor(o.id, ana, 7 as CampaignId), codeFor(o.id, ben, 8 as CampaignId)];
    cancelCampaign(ctx, 7 as CampaignId, owner, 'void');
    cancelCampaign(ctx, 8 as CampaignId, owner, 'honour');
    await goOnCallingOff(ctx);
    expect([mine, kept].map((c) => codeRow(ctx.db, c)?.state)).toEqual(['voided', 'issued']);
  });

  it('a campaign asks about codes whose text left: nobody has the others', () => {
    const { ctx, ana, ben, offer, codeFor } = aShop();
    const o = offer({});
    for (const id of [ana, ben]) codeFor(o.id, id, 7 as CampaignId);
    ctx.db.raw.exec(
      `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
       VALUES ('campaign', '7', 'sms', '+12125550123', ${ana}, 'marketing', 10, 'sent', '', 1, 0, 1, 0, 0),
         ('campaign', '7', 'sms', '+12125550124', ${ben}, 'marketing', 10, 'waiting', '', 1, 0, NULL, 0, 0)`,
    );
    expect(openCodeCount(ctx, { campaignId: 7 as CampaignId })).toBe(1);
  });

  it('of one code leaves the others; what is used cannot be called off', async () => {
    const { ctx, ana, ben, offer, codeFor, why } = aShop();
    const o = offer({});
    const [a, b] = [codeFor(o.id, ana), codeFor(o.id, ben)];
    callOffCode(ctx, owner, a);
    expect(why(a)).toBe('offer.code-void');
    redeem(ctx, clerk, { code: b, how: 'code' });
    expect(refused(() => callOffCode(ctx, owner, b)).code).toBe('offer.code-used');
    expect(listCodes(ctx, o.id, { state: 'voided', offset: 0, limit: 9 }).rows.map((r) => r.code)).toEqual([a]);
    expect(listAllOffers(ctx)[0]).toMatchObject({ issued: 2, open: 0, redeemed: 1 });
    expect(await callOffCodes(ctx, owner, { offerId: o.id })).toBe(0);
  });
});

describe('codes on paper', () => {
  it('are nobody’s, belong together, and keep the offer’s uses and dates', async () => {
    const { ctx, offer } = aShop();
    const o = offer({ untilDay: '2026-11-29' as ShopDay, codeUses: 3 });
    const { at, codes } = await makePaperCodes(ctx, owner, { offerId: o.id, count: 30 });
    await Promise.resolve();
    expect(new Set(codes).size).toBe(30);
    expect(codesOfPaper(ctx, o.id, at)).toEqual(codes);
    expect(codeRow(ctx.db, codes[0] ?? '')).toMatchObject({
      customerId: null,
      uses: 3,
      expiresAt: Date.parse('2026-11-30T00:00:00-05:00'),
    });
    expect(ctx.journalled.filter((j) => j.kind === 'code-issued')).toHaveLength(30);
    expect(redeem(ctx, clerk, { code: codes[0] ?? '', how: 'code' }).left).toBe(2);
    expect(paperOf(ctx, o.id)).toMatchObject([{ at, codes: 30, redeemed: 0 }]);
    ctx.clock.set(Date.parse('2026-11-30T12:00:00-05:00') as UtcMs);
    await expect(makePaperCodes(ctx, owner, { offerId: o.id, count: 1 })).rejects.toThrow('input.invalid');
  });
});

describe('signs of abuse', () => {
  it('are counted, not guessed: a code shown again, ten wrong ones, a burst, taken back again and again', () => {
    const { ctx, offer, codeFor } = aShop();
    const many = offer({ name: 'Many', codeUses: 5 });
    const code = codeFor(many.id);
    for (let i = 0; i < 3; i++) {
      redeem(ctx, clerk, { code, how: 'code' });
      ctx.clock.set((ctx.clock.now() + MINUTE) as UtcMs);
    }
    const once = codeFor(offer({ name: 'Once' }).id);
    for (let i = 0; i < 4; i++) undoRedemption(ctx, clerk, redeem(ctx, clerk, { code: once, how: 'code' }).redemption.id);
    redeem(ctx, clerk, { code: once, how: 'code' });
    for (let i = 0; i < 3; i++) refused(() => redeem(ctx, clerk, { code: once, how: 'code' }));
    for (let i = 0; i < 10; i++) refused(() => redeem(ctx, clerk, { code: 'K7M4Q9', how: 'code' }));
    const signs = abuseSigns(ctx, null, 30);
    expect(signs).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'burst', code, n: 3, minutes: 2 }),
        expect.objectContaining({ kind: 'used-again', code: once, n: 3 }),
        expect.objectContaining({ kind: 'undone-again', code: once, n: 4 }),
        expect.objectContaining({ kind: 'taken-back', staffName: 'Clara', n: 4, of: 8 }),
        expect.objectContaining({ kind: 'guessing', staffName: 'Clara', n: 1 }),
      ]),
    );
    expect(abuseSigns(ctx, many.id, 30).map((s) => s.kind)).toEqual(['burst']);
    ctx.clock.set((NOON + 31 * DAY) as UtcMs);
    expect(abuseSigns(ctx, null, 30)).toEqual([]);
  });

  it('nobody stands out for missing receipts where nobody writes them down', async () => {
    const { ctx, offer } = aShop();
    const o = offer({});
    const { codes } = await makePaperCodes(ctx, owner, { offerId: o.id, count: 40 });
    for (const [i, code] of codes.slice(0, 24).entries()) redeem(ctx, i % 2 ? clerk : owner, { code, how: 'code' });
    expect(abuseSigns(ctx, null, 30)).toEqual([]);
    ctx.db.raw.exec("UPDATE redemption SET receipt_no = 'A' || id WHERE staff_id = 1");
    expect(abuseSigns(ctx, null, 30)).toMatchObject([{ kind: 'no-receipt', staffName: 'Clara', n: 12, of: 12, othersPercent: 0 }]);
  });

  it('a shared code used far more often than it was sent, and codes whose text never left', () => {
    const { ctx, ana, offer, codeFor } = aShop();
    const o = offer({ name: 'Poster', codeMode: 'shared', sharedCode: 'WIDE' });
    for (let i = 0; i < 24; i++) {
      redeem(ctx, owner, { code: 'WIDE', how: 'code', receiptNo: `R${i}` });
      ctx.clock.set((ctx.clock.now() + HOUR) as UtcMs);
    }
    expect(abuseSigns(ctx, o.id, 30)).toEqual([]); // on a poster only: nothing to compare with
    const personal = offer({ name: 'Held back' });
    const code = codeFor(personal.id, ana, 7 as CampaignId);
    ctx.db.raw.exec(`
      INSERT INTO campaign (id, name, state, offer_id, created_at, updated_at) VALUES (6, 'c', 'finished', ${o.id}, 0, 0);
      INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
        VALUES ('campaign', '6', 'sms', '+12125550199', 'marketing', 10, 'sent', '', 1, 0, 1, 0, 0);
      INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, state, body, segments, not_before, code, created_at, updated_at)
        VALUES ('campaign', '7', 'sms', '+12125550123', ${ana}, 'marketing', 10, 'cancelled', '', 1, 0, '${code}', 0, 0)`);
    redeem(ctx, clerk, { code, how: 'code' });
    expect(abuseSigns(ctx, o.id, 30)).toMatchObject([{ kind: 'beyond-texts', n: 24, texts: 1 }]);
    expect(abuseSigns(ctx, personal.id, 30)).toMatchObject([{ kind: 'never-sent', n: 1 }]);
  });

  it('what the till says about a purchase: too little, or other things', () => {
    const { ctx, ana, offer, codeFor } = aShop();
    const o = offer({ minSpend: 4000 as Cents, categories: ['Boots'] });
    const done = redeem(ctx, clerk, { code: codeFor(o.id), how: 'code' });
    ctx.db.raw.exec(`
      INSERT INTO import (id, file_name, file_hash, file_size, profile, source, plan, state, created_at)
        VALUES (1, 'a.csv', 'h', 1, 'square-items', 'square', '{}', 'done', 1);
      INSERT INTO sale (id, source, source_sale_id, kind, status, occurred_at, shop_day, customer_id, currency, gross, net, import_id)
        VALUES (1, 'square', 'S1', 'sale', 'completed', ${NOON}, '2026-11-17', ${ana}, 'USD', 1500, 1500, 1);
      INSERT INTO sale_line (sale_id, line_no, name, category, qty_milli, gross, net) VALUES (1, 1, 'Laces', 'Care', 1000, 1500, 1500);
      UPDATE redemption SET sale_id = 1 WHERE id = ${done.redemption.id}`);
    expect(
      abuseSigns(ctx, o.id, 30)
        .map((s) => s.kind)
        .sort(),
    ).toEqual(['other-things', 'too-little']);
    ctx.db.raw.exec("UPDATE sale SET gross = 9000; UPDATE sale_line SET category = 'boots'");
    expect(abuseSigns(ctx, o.id, 30)).toEqual([]);
  });
});
