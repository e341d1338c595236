import { dispatch } from '@backend/dispatch';
import { openLater } from '@db/queries/later';
import { memberByNumber } from '@db/queries/membership';
import { saveSettings } from '@db/queries/settings';
import { saveStaff } from '@db/queries/staff';
import type { MemberNumber } from '@domain/customers/member-number';
import type { PhoneE164, StaffId } from '@domain/kernel';
import { evidenceOf, marketingState, recordStop, withConsent } from '@services/consent/index';
import { displayState } from '@services/counter/screen';
import { deskState, displayOpened, sessionAt, turnToCustomer, windowClosed } from '@services/counter/turn';
import { hashPin } from '@services/session/pin';
import { beforeEach, describe, expect, it } from 'vitest';
import { aCtx, clerk, type TestCtx } from '../support/test-ctx';

const NUMBER = '(212) 555-0123';
const E164 = '+12125550123' as PhoneE164;
const DISPLAY = 7;

let ctx: TestCtx;
beforeEach(() => {
  ctx = aCtx();
  ctx.sessions.signIn(clerk.windowId, clerk.staffId as StaffId, 'staff');
});

const customer = () => sessionAt(ctx, clerk.windowId);
const onDisplay = () => sessionAt(ctx, DISPLAY);

/** What the form sends: the words as they stand there for the number of texts chosen. */
function filled(session = customer(), change: Record<string, unknown> = {}) {
  const { words, turn } = displayState(ctx, session);
  const promiseMax = (change['promiseMax'] as number | undefined) ?? 4;
  const language = (change['language'] as 'en' | 'es' | undefined) ?? 'en';
  const wording = words?.wording.find((w) => w.language === language && w.promiseMax === promiseMax);
  return {
    turn,
    phone: NUMBER,
    firstName: 'Ana',
    birthday: '',
    ticked: true,
    promiseMax,
    language,
    wordingHash: wording?.hash ?? '',
    topics: ['news'],
    email: '',
    emailTicked: false,
    emailWordingHash: words?.email?.[language].hash ?? '',
    ...change,
  };
}
const send = (input: Record<string, unknown>, session = customer()) => dispatch(ctx, session, 'display/sign-up', input);

describe('the screen turned to a customer', () => {
  it('signs up by their own hand: the words with their number of texts, who turned it, where', async () => {
    turnToCustomer(ctx, clerk, 'en');
    const form = displayState(ctx, customer());
    expect(form.words?.promises).toEqual([1, 2, 4]);
    for (const w of form.words?.wording ?? [])
      expect(w.text).toMatch(new RegExp(w.language === 'en' ? `Up to ${w.promiseMax} ` : `Hasta ${w.promiseMax} `));
    expect(await send(filled(customer(), { promiseMax: 2 }))).toMatchObject({ ok: true, value: { outcome: 'in', waits: 'account' } });
    expect(marketingState(ctx, E164)).toBe('in');
    expect(evidenceOf(ctx, E164)[0]).toMatchObject({
      event: { method: 'screen', promiseMax: 2, topics: ['news'] },
      device: 'counter',
      staffName: 'Clara',
    });
    expect(evidenceOf(ctx, E164)[0]?.wordingText).toContain('Up to 2 ');
    expect(deskState(ctx).ended).toMatchObject({ outcome: 'in', name: 'Ana' });
  });

  it('refuses a tick under words that do not name the number of texts chosen', async () => {
    turnToCustomer(ctx, clerk, 'en');
    const { wordingHash } = filled(customer(), { promiseMax: 1 });
    expect(await send(filled(customer(), { promiseMax: 4, wordingHash }))).toMatchObject({
      ok: false,
      error: { code: 'input.invalid', params: { field: 'wording' } },
    });
    expect(await send(filled(customer(), { promiseMax: 8 }))).toMatchObject({ ok: false });
    expect(marketingState(ctx, E164)).toBe('never');
  });

  it('answers the same for a number already signed up as for a new one, and writes nothing more', async () => {
    turnToCustomer(ctx, clerk, 'en');
    const first = await send(filled());
    const events = evidenceOf(ctx, E164).length;
    const outbox = ctx.db.raw.prepare('SELECT count(*) FROM outbox').pluck().get();
    turnToCustomer(ctx, clerk, 'en');
    expect(await send(filled(customer(), { firstName: 'Zoe' }))).toEqual(first);
    expect(evidenceOf(ctx, E164)).toHaveLength(events);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(outbox);
    expect(ctx.db.raw.prepare('SELECT group_concat(first_name) FROM customer').pluck().get()).toBe('Ana');
    expect(deskState(ctx).ended?.outcome).toBe('already-in');
  });

  it('without the tick makes a member and nothing else', async () => {
    turnToCustomer(ctx, clerk, 'en');
    expect(await send(filled(customer(), { ticked: false }))).toMatchObject({ ok: true, value: { outcome: 'member' } });
    expect(marketingState(ctx, E164)).toBe('never');
    expect(evidenceOf(ctx, E164)).toEqual([]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(0);
  });

  it('somebody under 18 is refused without a why, and nothing of theirs is kept', async () => {
    turnToCustomer(ctx, clerk, 'en');
    const answer = await send(filled(customer(), { birthday: '2012-03-04', email: 'kid@example.com', emailTicked: true }));
    expect(answer).toMatchObject({ ok: true, value: { outcome: 'refused', email: 'none' } });
    for (const table of ['customer', 'consent_event', 'address_book', 'outbox'])
      expect(ctx.db.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0);
  });

  it('a number the carrier blocks is told where to text START, written as people write numbers', async () => {
    saveSettings(ctx.db, 'texting', { ...ctx.settings().texting, numbers: ['+14155550188' as PhoneE164] }, ctx.clock.now());
    withConsent(ctx, (trx) =>
      recordStop(ctx, trx, { phone: E164, occurredAt: ctx.clock.now(), method: 'carrier', reason: '21610', carrierStop: true }),
    );
    ctx.clock.advance(1000);
    turnToCustomer(ctx, clerk, 'en');
    expect(await send(filled())).toMatchObject({ ok: true, value: { outcome: 'needs-start', startNumber: '(415) 555-0188' } });
  });

  it('an e-mail has its own box: ticked alone it permits e-mails and no texts', async () => {
    turnToCustomer(ctx, clerk, 'en');
    const answer = await send(filled(customer(), { ticked: false, email: 'Ana@Example.com', emailTicked: true }));
    expect(answer).toMatchObject({ ok: true, value: { outcome: 'member', email: 'in' } });
    expect(marketingState(ctx, E164)).toBe('never');
    const rows = ctx.db.raw.prepare('SELECT channel, kind, method FROM consent_event').all();
    expect(rows).toEqual([{ channel: 'email', kind: 'signed-up', method: 'screen' }]);
    expect(ctx.db.raw.prepare('SELECT email FROM customer').pluck().get()).toBe('ana@example.com');
    // typed and not ticked: not even kept
    turnToCustomer(ctx, clerk, 'en');
    await send(filled(customer(), { phone: '212 555 0199', ticked: false, email: 'bo@example.com' }));
    expect(ctx.db.raw.prepare("SELECT count(*) FROM customer WHERE email = 'bo@example.com'").pluck().get()).toBe(0);
  });

  it('reaches nothing else of the app while it is the customer’s, and comes back with a PIN only', async () => {
    saveStaff(
      ctx.db,
      { id: 2 as StaffId, name: 'Clara', role: 'staff', pinHash: await hashPin('2580'), language: 'en', active: true },
      ctx.clock.now(),
    );
    saveStaff(
      ctx.db,
      { id: 1 as StaffId, name: 'Olga', role: 'owner', pinHash: await hashPin('1470'), language: 'en', active: true },
      ctx.clock.now(),
    );
    turnToCustomer(ctx, clerk, 'en');
    for (const [channel, input] of [
      ['counter/find', { text: 'a', final: false }],
      ['session/unlock', { staffId: 1, pin: '1470' }],
      ['session/lock', {}],
      ['sign-up/cancel', {}],
    ] as const)
      expect(await dispatch(ctx, customer(), channel, input), channel).toMatchObject({ ok: false, error: { code: 'session.locked' } });
    expect(await dispatch(ctx, customer(), 'session/state', {})).toMatchObject({ ok: true, value: { turned: true, role: 'staff' } });
    const leave = (unlock: unknown) => dispatch(ctx, customer(), 'display/leave', { unlock });
    expect(await leave(null)).toMatchObject({ ok: false });
    expect(await leave({ staffId: 2, pin: '0000' })).toMatchObject({ ok: false, error: { code: 'session.wrong-pin' } });
    expect(sessionAt(ctx, clerk.windowId).role).toBe('display');
    // the owner's PIN gives it back as it was: rights do not rise by it
    expect(await leave({ staffId: 1, pin: '1470' })).toMatchObject({ ok: true });
    expect(sessionAt(ctx, clerk.windowId)).toMatchObject({ role: 'staff', staffId: 2 });
    // and under an owner's session a clerk's PIN makes it the clerk's
    ctx.sessions.signIn(clerk.windowId, 1 as StaffId, 'owner');
    turnToCustomer(ctx, { ...clerk, role: 'owner', staffId: 1 as StaffId }, 'en');
    expect(await leave({ staffId: 2, pin: '2580' })).toMatchObject({ ok: true });
    expect(sessionAt(ctx, clerk.windowId)).toMatchObject({ role: 'staff', staffId: 2 });
  });
});

describe('a second window that faces customers', () => {
  it('shows the idle page until F3, then the form, and staff see how far they are but never what they type', async () => {
    displayOpened(ctx, DISPLAY);
    expect(displayState(ctx, onDisplay())).toMatchObject({ phase: 'idle', own: false, people: [], words: null });
    expect(turnToCustomer(ctx, clerk, 'es')).toEqual({ where: 'display' });
    // staff keep their own screen meanwhile
    expect(sessionAt(ctx, clerk.windowId)).toMatchObject({ role: 'staff' });
    expect(displayState(ctx, onDisplay())).toMatchObject({ phase: 'form', language: 'es' });
    await dispatch(ctx, onDisplay(), 'display/step', { step: 'details', language: 'en' });
    expect(deskState(ctx).turn).toEqual({ what: 'sign-up', step: 'details', language: 'en' });
    const input = filled(onDisplay());
    expect(await send(input, onDisplay())).toMatchObject({ ok: true, value: { outcome: 'in' } });
    expect(evidenceOf(ctx, E164)[0]).toMatchObject({ device: 'display', staffName: 'Clara' });
    await dispatch(ctx, onDisplay(), 'display/end', { turn: input.turn });
    expect(displayState(ctx, onDisplay()).phase).toBe('idle');
    expect(deskState(ctx)).toMatchObject({ turn: null, ended: { outcome: 'in' } });
  });

  it('a turn staff broke off writes nothing, and neither does yesterday’s form', async () => {
    displayOpened(ctx, DISPLAY);
    turnToCustomer(ctx, clerk, 'en');
    const input = filled(onDisplay());
    await dispatch(ctx, clerk, 'sign-up/cancel', {});
    expect(await send(input, onDisplay())).toMatchObject({ ok: false, error: { code: 'session.locked' } });
    turnToCustomer(ctx, clerk, 'en');
    expect(await send(input, onDisplay())).toMatchObject({ ok: false, error: { code: 'session.locked' } });
    windowClosed(ctx, DISPLAY);
    expect(turnToCustomer(ctx, clerk, 'en')).toEqual({ where: 'counter' });
  });

  it('cannot be used to leave, nor to turn itself', async () => {
    displayOpened(ctx, DISPLAY);
    turnToCustomer(ctx, clerk, 'en');
    expect(await dispatch(ctx, onDisplay(), 'display/leave', { unlock: null })).toMatchObject({ ok: false });
    expect(await dispatch(ctx, onDisplay(), 'session/state', {})).toMatchObject({ ok: false, error: { code: 'session.locked' } });
    expect(await dispatch(ctx, onDisplay(), 'sign-up/turn', { language: 'en' })).toMatchObject({ ok: false });
  });
});

describe('busy days', () => {
  it('a handed card waits in the list with its age, is nothing like a permission, and ends once', async () => {
    const add = await dispatch(ctx, clerk, 'later/add', { name: ' Bea ', customerId: null });
    ctx.clock.advance(20 * 60_000);
    expect(openLater(ctx.db, 10)).toMatchObject([{ name: 'Bea', staffName: 'Clara' }]);
    for (const table of ['consent_event', 'customer', 'outbox'])
      expect(ctx.db.raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    const { id } = (add as unknown as { value: { id: number } }).value;
    expect(await dispatch(ctx, clerk, 'later/drop', { id, reason: 'left' })).toMatchObject({ ok: true });
    expect(await dispatch(ctx, clerk, 'later/drop', { id, reason: 'left' })).toMatchObject({
      ok: false,
      error: { code: 'later.not-open' },
    });
    expect(await dispatch(ctx, clerk, 'later/undo', { id })).toMatchObject({ ok: true });
    expect(openLater(ctx.db, 10)).toHaveLength(1);
  });
});

describe('membership', () => {
  it('needs no phone, no name and no permission; the card finds the person, and asked again it is the same card', async () => {
    const made = await dispatch(ctx, clerk, 'sign-up/member', { language: 'es' });
    const { customerId, number } = (made as unknown as { value: { customerId: number; number: MemberNumber } }).value;
    expect(memberByNumber(ctx.db, number)).toBe(customerId);
    expect(await dispatch(ctx, clerk, 'sign-up/card', { customerId })).toMatchObject({
      ok: true,
      value: { number, shopName: 'Corner Shoes' },
    });
    expect(ctx.journalled.map((j) => j.kind)).toEqual(['sign-up', 'member-card']);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM consent_event').pluck().get()).toBe(0);
  });
});
