import { listCustomers } from '@db/queries/customer-search';
import { customerById, insertCustomer } from '@db/queries/customers';
import { type CustomerId, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { verifyLedger } from '@services/consent';
import { findAtCounter } from '@services/counter/find';
import { customerAskedToStop, isHere, type SignUpInput, signUp, signUpForm } from '@services/counter/sign-up';
import { addNote, countPeople, getPerson, savePerson } from '@services/customers/customers';
import { personTimeline } from '@services/customers/list';
import { listAllOffers, saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { describe, expect, it } from 'vitest';
import { refused } from '../support/refusal';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

const PHONE = '+12125550123' as PhoneE164;
const typed = (ctx: TestCtx, change: Partial<SignUpInput> = {}): SignUpInput => ({
  how: 'screen',
  phone: '212 555 0123',
  firstName: 'Ana',
  birthday: '',
  ticked: true,
  language: 'en',
  wordingHash: signUpForm(ctx).wording[change.language ?? 'en'].hash,
  topics: [],
  ...change,
});
const texts = (ctx: TestCtx) => ctx.db.all(ctx.db.q.selectFrom('outbox').select(['cause_kind', 'address', 'state', 'body']).orderBy('id'));
const events = (ctx: TestCtx) => ctx.db.all(ctx.db.q.selectFrom('consent_event').selectAll().orderBy('id'));
const people = (ctx: TestCtx) =>
  listCustomers(ctx.db, { text: '', permission: 'any', weak: false, sort: 'added', desc: false }, { offset: 0, limit: 200 });

describe('signing up on the customer screen', () => {
  it('makes a member who may be texted, with the exact wording as evidence and a confirmation waiting', async () => {
    const ctx = aCtx();
    const done = signUp(ctx, clerk, typed(ctx, { topics: ['news', 'made-up'], birthday: '1980-05-09' }));
    expect(done.outcome).toBe('in');
    expect(getPerson(ctx, done.customerId)).toMatchObject({
      customer: { firstName: 'Ana', phone: PHONE, birthday: '1980-05-09' },
      permission: { state: 'in', mayText: true, promiseMax: 4, topics: ['news'] },
    });
    const shown = signUpForm(ctx).wording.en;
    expect(events(ctx)).toMatchObject([{ kind: 'signed-up', method: 'screen', wording_hash: shown.hash, staff_id: clerk.staffId }]);
    expect(ctx.db.one(ctx.db.q.selectFrom('wording').select('text').where('hash', '=', shown.hash))?.text).toBe(shown.text);
    expect(texts(ctx)).toMatchObject([{ cause_kind: 'confirmation', address: PHONE, state: 'waiting' }]);
    expect(ctx.journalled.map((j) => j.kind).sort()).toEqual(['consent', 'sign-up']);
    expect((await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: NOON })).faults).toEqual([]);
  });

  it('without the tick makes a member and nothing more', () => {
    const ctx = aCtx();
    const done = signUp(ctx, clerk, typed(ctx, { ticked: false }));
    expect(done.outcome).toBe('member');
    expect(getPerson(ctx, done.customerId).permission).toMatchObject({ mayText: false, whyNot: 'not-asked' });
    expect(events(ctx)).toEqual([]);
    expect(texts(ctx)).toEqual([]);
    expect(ctx.journalled.map((j) => j.kind)).toEqual(['sign-up']);
  });

  it('refuses another wording than the one in force, and none at all, leaving nothing behind', () => {
    const ctx = aCtx();
    for (const wordingHash of ['0'.repeat(64), null, signUpForm(ctx).wording.es.hash]) {
      expect(refused(() => signUp(ctx, clerk, typed(ctx, { wordingHash })))).toEqual({
        code: 'input.invalid',
        params: { field: 'wording' },
      });
    }
    expect(people(ctx).total).toBe(0);
    expect(ctx.journalled).toEqual([]);
  });

  it('kindly refuses a number that is in already, and anybody under 18', () => {
    const ctx = aCtx();
    signUp(ctx, clerk, typed(ctx));
    expect(refused(() => signUp(ctx, clerk, typed(ctx))).code).toBe('consent.already-in');
    expect(refused(() => signUp(ctx, clerk, typed(ctx, { phone: '212 555 0124', birthday: '2008-11-18' }))).code).toBe('consent.under-age');
    expect(people(ctx).total).toBe(1);
    expect(texts(ctx)).toHaveLength(1);
  });

  it('refuses what is no number, and numbers that cannot get texts', () => {
    const ctx = aCtx();
    expect(refused(() => signUp(ctx, clerk, typed(ctx, { phone: '555 0123' })))).toEqual({
      code: 'customer.bad-phone',
      params: { why: 'too-short' },
    });
    expect(refused(() => signUp(ctx, clerk, typed(ctx, { phone: '800 555 0199' })))).toEqual({
      code: 'customer.bad-phone',
      params: { why: 'toll-free' },
    });
  });

  it('finds the person the till knows, fills blanks and never renames anybody', () => {
    const ctx = aCtx();
    const [ana, ben] = ctx.db.tx((trx) => [
      insertCustomer(trx, { firstName: 'ANA', lastName: 'Gómez', phone: PHONE }, NOON),
      insertCustomer(trx, { firstName: 'Ben', lastName: 'Gómez', phone: PHONE, birthday: '--01-02' }, NOON),
    ]) as [CustomerId, CustomerId];
    expect(signUp(ctx, clerk, typed(ctx, { firstName: 'ana', birthday: '--05-09', language: 'es' })).customerId).toBe(ana);
    expect(customerById(ctx.db, ana)).toMatchObject({ firstName: 'ANA', birthday: '--05-09', language: 'es' });
    customerAskedToStop(ctx, clerk, { customerId: ben, phone: null, reason: '' });
    expect(signUp(ctx, clerk, typed(ctx, { firstName: 'Cleo' })).customerId).not.toBe(ben);
    expect(customerById(ctx.db, ben)).toMatchObject({ firstName: 'Ben', birthday: '--01-02' });
  });
});

describe('said aloud to the clerk', () => {
  it('only asks by text; nobody is in until they answer', () => {
    const ctx = aCtx();
    const done = signUp(ctx, clerk, typed(ctx, { how: 'clerk', wordingHash: null }));
    expect(done.outcome).toBe('asked');
    expect(getPerson(ctx, done.customerId).permission).toMatchObject({ state: 'pending', mayText: false, whyNot: 'pending' });
    expect(texts(ctx)).toMatchObject([{ cause_kind: 'double-opt-in' }]);
  });

  it('never brings somebody back who stopped', () => {
    const ctx = aCtx();
    customerAskedToStop(ctx, clerk, { customerId: null, phone: '(212) 555-0123', reason: '' });
    expect(refused(() => signUp(ctx, clerk, typed(ctx, { how: 'clerk', wordingHash: null }))).code).toBe('consent.opted-out');
    expect(people(ctx).total).toBe(0);
  });
});

describe('"stop texting me", said at the counter', () => {
  it('stops the number at once, cancels what waits, and shows in the list and at the counter', () => {
    const ctx = aCtx();
    const { customerId } = signUp(ctx, clerk, typed(ctx));
    customerAskedToStop(ctx, clerk, { customerId, phone: null, reason: 'too-many' });
    expect(texts(ctx)).toMatchObject([{ state: 'cancelled' }]);
    expect(events(ctx).at(-1)).toMatchObject({ kind: 'stopped', method: 'counter', reason: 'too-many', purpose: 'all' });
    expect(findAtCounter(ctx, clerk, 'ana', false).people[0]?.permission).toMatchObject({ state: 'out', whyNot: 'opted-out' });
    expect(countPeople(ctx)).toMatchObject({ any: 1, in: 0, out: 1, none: 0 });
    expect(ctx.journalled.at(-1)?.kind).toBe('consent');
    // Their own tick at the screen is the way back.
    expect(signUp(ctx, clerk, typed(ctx)).outcome).toBe('in');
  });

  it('works for a number nobody has, and survives adding that person later', () => {
    const ctx = aCtx();
    customerAskedToStop(ctx, owner, { customerId: null, phone: '212-555-0123', reason: '' });
    const id = savePerson(ctx, owner, null, { firstName: 'Ana', phone: '2125550123' });
    expect(getPerson(ctx, id).permission).toMatchObject({ state: 'out', whyNot: 'opted-out' });
    expect(countPeople(ctx).out).toBe(1);
  });
});

describe('a restored copy', () => {
  it('gets sign-ups, stops and redemptions of shared codes back from the journal', () => {
    const ctx = aCtx();
    saveOffer(ctx, owner, {
      id: null,
      name: 'Window',
      kind: 'percent',
      percent: 10,
      codeMode: 'shared',
      sharedCode: 'FALL10',
      validDays: 30,
    });
    const member = signUp(ctx, clerk, typed(ctx, { ticked: false, firstName: 'Ana' })).customerId;
    signUp(ctx, clerk, typed(ctx, { phone: '212 555 0199', firstName: 'Ben' }));
    customerAskedToStop(ctx, clerk, { customerId: null, phone: '212 555 0188', reason: '' });
    redeem(ctx, clerk, { code: 'fall10', how: 'code', customerId: member });

    const copy = aCtx();
    saveOffer(copy, owner, {
      id: null,
      name: 'Window',
      kind: 'percent',
      percent: 10,
      codeMode: 'shared',
      sharedCode: 'FALL10',
      validDays: 30,
    });
    copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, ctx.journalled, NOON));
    expect(getPerson(copy, member)).toMatchObject({ customer: { firstName: 'Ana', phone: PHONE }, permission: { mayText: false } });
    expect(findAtCounter(copy, clerk, 'ben', false).people[0]?.permission.state).toBe('in');
    expect(refused(() => signUp(copy, clerk, typed(copy, { how: 'clerk', phone: '212 555 0188', wordingHash: null }))).code).toBe(
      'consent.opted-out',
    );
    expect(listAllOffers(copy)[0]).toMatchObject({ redeemed: 1 });
  });
});

describe('editing a person', () => {
  it('refuses a number somebody has, naming that person by id, unless it is shared', () => {
    const ctx = aCtx();
    const ana = savePerson(ctx, owner, null, { firstName: 'Ana', phone: '(212) 555-0123' });
    expect(refused(() => savePerson(ctx, owner, null, { firstName: 'Ben', phone: '+12125550123' }))).toEqual({
      code: 'customer.same-number',
      params: { customerId: ana },
    });
    const ben = savePerson(ctx, owner, null, { firstName: 'Ben', phone: '+12125550123' }, true);
    expect(getPerson(ctx, ben).sameNumber).toMatchObject([{ id: ana, firstName: 'Ana' }]);
    // Saving again without touching the number asks nothing.
    expect(savePerson(ctx, owner, ben, { phone: '+12125550123', lastName: 'Ruiz' })).toBe(ben);
  });

  it('says what is wrong and changes nothing then', () => {
    const ctx = aCtx();
    const ana = savePerson(ctx, owner, null, {
      firstName: 'Ana',
      email: ' ANA@Example.com ',
      birthday: '--02-29',
      tags: ['boots', ' boots ', ''],
    });
    expect(customerById(ctx.db, ana)).toMatchObject({ email: 'ana@example.com', birthday: '--02-29', tags: ['boots'] });
    expect(refused(() => savePerson(ctx, owner, ana, { phone: '12' }))).toEqual({
      code: 'customer.bad-phone',
      params: { why: 'too-short' },
    });
    expect(refused(() => savePerson(ctx, owner, ana, { email: 'nope' })).code).toBe('customer.bad-email');
    expect(refused(() => savePerson(ctx, owner, ana, { birthday: '2001-02-29' })).params).toEqual({ field: 'birthday' });
    expect(refused(() => savePerson(ctx, owner, null, { firstName: ' ' })).params).toEqual({ field: 'firstName' });
    expect(refused(() => savePerson(ctx, owner, ana, { zone: 'Phoenix' })).params).toEqual({ field: 'zone' });
    savePerson(ctx, owner, ana, { zone: 'America/Phoenix' });
    expect(customerById(ctx.db, ana)?.zone).toBe('America/Phoenix');
    savePerson(ctx, owner, ana, { zone: '' });
    expect(customerById(ctx.db, ana)?.zone).toBeNull();
    expect(refused(() => savePerson(ctx, owner, 99 as CustomerId, {})).code).toBe('customer.not-found');
    expect(customerById(ctx.db, ana)).toMatchObject({ firstName: 'Ana', phone: null });
  });

  it('a new number starts without the old one’s permission or its faults', () => {
    const ctx = aCtx();
    const { customerId } = signUp(ctx, clerk, typed(ctx));
    ctx.db.prepare("UPDATE customer SET phone_problem = '30005' WHERE id = ?").run(customerId);
    expect(getPerson(ctx, customerId).permission.whyNot).toBe('bad-number');
    savePerson(ctx, owner, customerId, { phone: '212 555 0199' });
    expect(getPerson(ctx, customerId).permission).toMatchObject({ state: 'never', whyNot: 'not-asked' });
  });

  it('keeps notes and visits on the timeline; one visit pressed twice is one', () => {
    const ctx = aCtx();
    const ana = savePerson(ctx, owner, null, { firstName: 'Ana' });
    addNote(ctx, owner, ana, ' likes boots ');
    isHere(ctx, clerk, ana);
    isHere(ctx, clerk, ana);
    ctx.clock.set((NOON + 4 * HOUR) as UtcMs);
    isHere(ctx, clerk, ana);
    const seen = personTimeline(ctx, ana, { offset: 0, limit: 50 }).entries;
    expect(seen.flatMap((e) => (e.kind === 'note' ? [e.note] : []))).toEqual(['', '', 'likes boots']);
  });
});
