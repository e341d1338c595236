import { insertCustomer } from '@db/queries/customers';
import { codeRow } from '@db/queries/offer-codes';
import { type CampaignId, type Cents, type CustomerId, DAY, HOUR, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { showCode } from '@domain/offers/code';
import { findAtCounter } from '@services/counter/find';
import { deskLog } from '@services/counter/log';
import { issueAhead, issueCodes } from '@services/offers/codes';
import { listAllOffers, listCodes, saveOffer, whatWasRedeemed } from '@services/offers/offers';
import { redeem, undoRedemption } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { refused } from '../support/refusal';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

function aShop() {
  const ctx = aCtx();
  const phone = '+12125550123' as PhoneE164;
  const [ana, ben, cleo] = ctx.db.tx((trx) => [
    insertCustomer(trx, { firstName: 'Ana', lastName: 'Gómez', phone }, NOON),
    insertCustomer(trx, { firstName: 'Ben', lastName: 'Gómez', phone }, NOON),
    insertCustomer(trx, { firstName: 'Cleo', lastName: 'Smith' }, NOON),
  ]) as [CustomerId, CustomerId, CustomerId];
  const offer = saveOffer(ctx, owner, {
    id: null,
    name: '15 % off boots',
    kind: 'percent',
    percent: 15,
    codeMode: 'personal',
    validDays: 14,
  });
  const issue = (ids: CustomerId[], campaignId: CampaignId | null = null) =>
    ctx.db.tx((trx) => issueCodes(ctx, trx, { offerId: offer.id, campaignId, customerIds: ids, expiresAt: (NOON + 14 * DAY) as UtcMs }));
  return { ctx, ana, ben, cleo, offer, issue };
}

const codesTold = (ctx: { journalled: readonly { kind: string }[] }) => ctx.journalled.filter((j) => j.kind === 'code-issued');

describe('offer codes', () => {
  it('are one per person, kept when staging is repeated, and journalled after the commit only', async () => {
    const { ctx, ana, ben, offer, issue } = aShop();
    const first = issue([ana, ben], 7 as CampaignId);
    expect(new Set(first.values()).size).toBe(2);
    expect(codesTold(ctx)).toEqual([]);
    await Promise.resolve();
    expect(codesTold(ctx)).toHaveLength(2);
    expect(issue([ana, ben], 7 as CampaignId)).toEqual(first);
    const appended = ctx.journalled.length;
    ctx.db.tx((trx) => {
      for (const id of [ana, ben])
        issueCodes(ctx, trx, { offerId: offer.id, campaignId: 8 as CampaignId, customerIds: [id], expiresAt: NOON });
    });
    await Promise.resolve();
    expect(ctx.journalled.length - appended).toBe(2);
    expect(() =>
      ctx.db.tx((trx) => {
        issueCodes(ctx, trx, { offerId: offer.id, campaignId: null, customerIds: [ana], expiresAt: NOON });
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    await Promise.resolve();
    expect(codesTold(ctx)).toHaveLength(4);
    expect(listAllOffers(ctx)[0]).toMatchObject({ issued: 4, redeemed: 0 });
  });

  it('are drawn for a whole campaign at once: one for each, told by nobody’s place in the list; who has one keeps it', async () => {
    const { ctx, ana, offer, issue } = aShop();
    const campaignId = 7 as CampaignId;
    const numbered = (i: number) => ({ firstName: `P${i}`, phone: `+1646555${String(i).padStart(4, '0')}` as PhoneE164 });
    const people = ctx.db.tx((trx) => Array.from({ length: 300 }, (_, i) => insertCustomer(trx, numbered(i), NOON)));
    const before = issue([ana], campaignId);
    await Promise.resolve();
    const order = { offerId: offer.id, campaignId, expiresAt: (NOON + 14 * DAY) as UtcMs };
    const everybody = [ana, ...people];
    for (let again = 0; again < 2; again++) await issueAhead(ctx, { ...order, customerIds: everybody });
    const rows = ctx.db.prepare('SELECT customer_id AS id, code FROM offer_code ORDER BY code').all() as { id: number; code: string }[];
    expect(rows.map((r) => r.id).sort((a, b) => a - b)).toEqual([...everybody].sort((a, b) => a - b));
    expect(rows.find((r) => r.id === ana)?.code).toBe(before.get(ana));
    const inOrder = rows.filter((r, i) => i > 0 && r.id > (rows[i - 1]?.id ?? 0)).length;
    expect(inOrder, 'of 300 about half').toBeGreaterThan(90);
    expect(inOrder).toBeLessThan(210);
    await Promise.resolve();
    expect(codesTold(ctx)).toHaveLength(301);
    const kept = issue(everybody, campaignId);
    expect([...kept].sort(([a], [b]) => a - b)).toEqual(rows.map((r) => [r.id, r.code]).sort(([a], [b]) => Number(a) - Number(b)));
  });

  it('avoid every code that exists', () => {
    const { ctx, offer } = aShop();
    const people = ctx.db.tx((trx) => Array.from({ length: 400 }, (_, i) => insertCustomer(trx, { firstName: `P${i}` }, NOON)));
    let n = 0;
    // A source so poor that draws repeat: every code must still be new.
    const poor = { ...ctx, db: ctx.db, randomBytes: (k: number) => Uint8Array.from({ length: k }, () => (n++ * 37) % 61) };
    const codes = ctx.db.tx((trx) =>
      issueCodes(poor, trx, { offerId: offer.id, campaignId: null, customerIds: people.slice(0, 30), expiresAt: NOON }),
    );
    expect(new Set(codes.values()).size).toBe(30);
  });
});

describe('redeeming', () => {
  it('works once, is journalled before it is answered, and tells the saving', () => {
    const { ctx, ana, issue } = aShop();
    const code = issue([ana]).get(ana) as string;
    const before = ctx.journalled.length;
    const done = redeem(ctx, clerk, { code: showCode(code).toLowerCase(), how: 'code', amount: 8450 as Cents, receiptNo: ' 1007 ' });
    expect(done.redemption).toMatchObject({
      code,
      customerId: ana,
      staffId: 2,
      how: 'code',
      amount: 8450,
      discount: 1268,
      receiptNo: '1007',
    });
    expect(ctx.journalled.slice(before)).toMatchObject([{ kind: 'redemption', row: { code, reversedAt: null } }]);
    expect(refused(() => redeem(ctx, clerk, { code, how: 'code' }))).toEqual({ code: 'offer.code-used', params: { at: NOON } });
    expect(whatWasRedeemed(ctx, null, 30)).toMatchObject({
      rows: [{ code, offerName: '15 % off boots', staffName: 'Clara' }],
    });
    const audits = ctx.db.all(ctx.db.q.selectFrom('audit').select(['action', 'staff_id']).where('action', 'like', 'offer.%'));
    expect(audits.map((a) => a.action)).toEqual(['offer.made', 'offer.redeemed', 'offer.used-again']);
  });

  it('refuses what expired, what was voided and what never was', () => {
    const { ctx, ana, ben, issue } = aShop();
    const codes = issue([ana, ben]);
    ctx.db.prepare("UPDATE offer_code SET state = 'voided' WHERE code = ?").run(codes.get(ben));
    expect(refused(() => redeem(ctx, clerk, { code: codes.get(ben) as string, how: 'code' })).code).toBe('offer.code-void');
    ctx.clock.set((NOON + 14 * DAY) as UtcMs);
    expect(refused(() => redeem(ctx, clerk, { code: codes.get(ana) as string, how: 'code' })).code).toBe('offer.code-expired');
    expect(refused(() => redeem(ctx, clerk, { code: 'hello', how: 'code' })).code).toBe('offer.code-unknown');
  });

  it('says typo for one wrong symbol and never redeems another code', () => {
    const { ctx, ana, ben, issue } = aShop();
    const code = [...(issue([ana, ben]).get(ana) as string)];
    code[2] = code[2] === '2' ? '3' : '2';
    expect(['offer.code-typo', 'offer.code-unknown']).toContain(
      refused(() => redeem(ctx, clerk, { code: code.join(''), how: 'code' })).code,
    );
    expect(whatWasRedeemed(ctx, null, 30).rows).toEqual([]);
  });

  it('locks code entry for a minute after ten misses; finding the person still works, and so does another session', () => {
    const { ctx, ana, issue } = aShop();
    const code = issue([ana]).get(ana) as string;
    const wrong = `${code.slice(0, 6)}${code[6] === '2' ? '3' : '2'}`;
    for (let i = 0; i < 5; i++) refused(() => redeem(ctx, clerk, { code: wrong, how: 'code' }));
    for (let i = 0; i < 5; i++) expect(findAtCounter(ctx, clerk, wrong, true).code).toEqual({ state: 'typo' });
    expect(refused(() => redeem(ctx, clerk, { code, how: 'code' }))).toEqual({ code: 'offer.code-locked', params: { seconds: 60 } });
    expect(findAtCounter(ctx, clerk, code, true).code).toEqual({ state: 'locked', seconds: 60 });
    const ana2 = findAtCounter(ctx, clerk, 'gomez', true).people.find((p) => p.id === ana);
    expect(ana2?.offers).toMatchObject([{ code }]);
    expect(findAtCounter(ctx, { ...clerk, staffId: owner.staffId }, code, true).code).toMatchObject({ state: 'ok' });
    ctx.clock.set((NOON + MINUTE) as UtcMs);
    expect(redeem(ctx, clerk, { code, how: 'code' }).redemption.code).toBe(code);
  });

  it('does not count what is still being typed, and does not look it up either', () => {
    const { ctx, ana, issue } = aShop();
    const code = issue([ana]).get(ana) as string;
    for (let i = 0; i < 30; i++) expect(findAtCounter(ctx, clerk, code, false).code).toBeNull();
    expect(findAtCounter(ctx, clerk, code, true).code).toMatchObject({ state: 'ok', person: { id: ana } });
  });

  it('works by finding the person, and by anybody of the family whose phone got the text', () => {
    const { ctx, ana, ben, cleo, issue } = aShop();
    const code = issue([ana]).get(ana) as string;
    const cards = findAtCounter(ctx, clerk, '(212) 555-0123', true).people;
    expect(cards.map((p) => [p.id, p.offers.map((o) => o.code)])).toEqual([
      [ana, [code]],
      [ben, [code]],
    ]);
    expect(findAtCounter(ctx, clerk, 'cleo', true).people).toMatchObject([{ id: cleo, offers: [], phoneEnd: null }]);
    expect(redeem(ctx, clerk, { code, how: 'person', customerId: ben }).redemption).toMatchObject({ customerId: ana, how: 'person' });
  });

  it('of a shared code cannot be tied to a person unless one was found', () => {
    const { ctx, ana } = aShop();
    saveOffer(ctx, owner, {
      id: null,
      name: 'Window',
      kind: 'amount',
      amount: 500 as Cents,
      codeMode: 'shared',
      sharedCode: 'fall 10',
      validDays: 30,
    });
    expect(findAtCounter(ctx, clerk, 'FALL-10', true).code).toMatchObject({ state: 'ok', shared: true });
    expect(redeem(ctx, clerk, { code: 'Fall10', how: 'code' }).redemption).toMatchObject({ customerId: null, discount: 500 });
    const second = redeem(ctx, clerk, { code: 'fall 10', how: 'code', customerId: ana });
    expect(second.redemption.customerId).toBe(ana);
    undoRedemption(ctx, clerk, second.redemption.id);
    expect(findAtCounter(ctx, clerk, 'ana', true).people[0]?.offers).toEqual([]);
    expect(listAllOffers(ctx).find((o) => o.name === 'Window')?.redeemed).toBe(1);
  });
});

describe('undo', () => {
  it('is for staff the same shop day, for the owner later, once, and gives the code back', () => {
    const { ctx, ana, ben, issue } = aShop();
    const codes = issue([ana, ben]);
    const first = redeem(ctx, clerk, { code: codes.get(ana) as string, how: 'code' }).redemption.id;
    expect(deskLog(ctx, clerk)).toMatchObject([{ what: 'redeemed', name: 'Ana G.', mayUndo: true, undone: false }]);
    undoRedemption(ctx, clerk, first);
    expect(ctx.journalled.at(-1)).toMatchObject({ kind: 'redemption', row: { id: first, reversedAt: NOON } });
    expect(refused(() => undoRedemption(ctx, owner, first)).code).toBe('offer.not-undoable');
    expect(codeRow(ctx.db, codes.get(ana) as string)?.state).toBe('reversed');
    const again = redeem(ctx, clerk, { code: codes.get(ana) as string, how: 'code' }).redemption.id;
    ctx.clock.set((NOON + 13 * HOUR) as UtcMs);
    expect(refused(() => undoRedemption(ctx, clerk, again)).code).toBe('offer.not-undoable');
    expect(undoRedemption(ctx, owner, again).redemption.reversedBy).toBe(1);
    expect(listAllOffers(ctx)[0]?.redeemed).toBe(0);
  });
});

describe('an offer', () => {
  it('needs what its kind needs, and keeps nothing else', () => {
    const { ctx, offer } = aShop();
    const base = { id: null, name: 'X', codeMode: 'personal', validDays: 7 } as const;
    expect(refused(() => saveOffer(ctx, owner, { ...base, kind: 'percent' })).params).toEqual({ field: 'percent' });
    expect(refused(() => saveOffer(ctx, owner, { ...base, kind: 'amount', amount: 0 as Cents })).params).toEqual({ field: 'amount' });
    expect(refused(() => saveOffer(ctx, owner, { ...base, kind: 'free-item', item: ' ' })).params).toEqual({ field: 'item' });
    expect(refused(() => saveOffer(ctx, owner, { ...base, kind: 'other', codeMode: 'shared', sharedCode: '!' })).params).toEqual({
      field: 'sharedCode',
    });
    const changed = saveOffer(ctx, owner, { ...base, id: offer.id, kind: 'free-item', percent: 20, item: 'Laces' });
    expect(changed).toMatchObject({ id: offer.id, percent: null, item: 'Laces' });
  });

  it('lists its codes by what they are worth today', () => {
    const { ctx, ana, ben, offer, issue } = aShop();
    const codes = issue([ana, ben]);
    redeem(ctx, clerk, { code: codes.get(ana) as string, how: 'code' });
    const page = { offset: 0, limit: 50 };
    expect(listCodes(ctx, offer.id, { ...page, state: 'redeemed' }).rows).toMatchObject([{ firstName: 'Ana', redeemedAt: NOON }]);
    expect(listCodes(ctx, offer.id, { ...page, state: 'issued' }).total).toBe(1);
    ctx.clock.set((NOON + 15 * DAY) as UtcMs);
    expect(listCodes(ctx, offer.id, { ...page, state: 'issued' }).total).toBe(0);
    expect(listCodes(ctx, offer.id, { ...page, state: 'expired' }).rows).toMatchObject([{ firstName: 'Ben', state: 'expired' }]);
  });
});

describe('the counter', () => {
  it('shows staff at most eight people and never takings, whole numbers or e-mail addresses', () => {
    const { ctx } = aShop();
    ctx.db.tx((trx) => {
      for (let i = 0; i < 12; i++)
        insertCustomer(trx, { firstName: 'Maria', email: `m${i}@example.com`, phone: `+1212555${1000 + i}` as PhoneE164 }, NOON);
    });
    const seen = findAtCounter(ctx, clerk, 'maria', false);
    expect(seen.people).toHaveLength(8);
    expect(seen.more).toBe(true);
    expect(JSON.stringify(seen)).not.toMatch(/\+1212555|@example|spend/);
    expect(findAtCounter(ctx, clerk, 'm', false).people).toEqual([]);
  });
});
