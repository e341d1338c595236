import { enqueue, outboxById } from '@db/queries/outbox';
import { orderCause, orderOfCause } from '@domain/consent/purposes';
import { stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import { DAY, HOUR, type OutboxId, type PhoneE164, type UtcMs } from '@domain/kernel';
import {
  channelsFor,
  consentOf,
  emailConsentOf,
  emailWording,
  endOrderPermission,
  evidenceOf,
  orderWording,
  recordEmailSignUp,
  recordEmailStop,
  recordHold,
  recordOrderPermission,
  recordPreferences,
  recordRestart,
  recordSignUp,
  recordStop,
  verifyLedger,
  withConsent,
} from '@services/consent';
import { mayLeave } from '@services/outbox/may-leave';
import { describe, expect, it } from 'vitest';
import { freshAt } from '../support/fresh';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';

const ANA = '+16465550101' as PhoneE164;
const MAIL = 'ana@example.com';

const shop = () => aCtx({ settings: { texting: { mode: 'practice', senderApproved: true } } });
const state = (ctx: TestCtx, purpose: string) => stateOf(consentOf(ctx.db, ctx.hmacKey, ANA, ctx.clock.now()), purpose);
const later = (ctx: TestCtx, ms: number) => ctx.clock.set((ctx.clock.now() + ms) as UtcMs);
const tick = (ctx: TestCtx, ref: string) =>
  withConsent(ctx, (trx) => recordOrderPermission(ctx, trx, { phone: ANA, ref, occurredAt: ctx.clock.now(), method: 'screen' }));
const close = (ctx: TestCtx, ref: string) =>
  withConsent(ctx, (trx) => endOrderPermission(ctx, trx, { phone: ANA, ref, occurredAt: ctx.clock.now() }));
const stop = (ctx: TestCtx, carrierStop = false) =>
  withConsent(ctx, (trx) =>
    recordStop(ctx, trx, { phone: ANA, method: 'reply', reason: 'exact', carrierStop, occurredAt: ctx.clock.now() }),
  );
const start = (ctx: TestCtx) => withConsent(ctx, (trx) => recordRestart(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now() }));
const signUp = (ctx: TestCtx, topics: string[] = []) =>
  withConsent(ctx, (trx) => recordSignUp(ctx, trx, { phone: ANA, method: 'screen', topics, occurredAt: ctx.clock.now() }));

/** A text about an order, ready to leave; in shop hours. */
const ready = (ctx: TestCtx, ref: string, what = 'ready'): OutboxId =>
  ctx.db.tx((trx) =>
    enqueue(trx, {
      cause: orderCause(ref, what),
      address: ANA,
      customerId: null,
      messageClass: 'service',
      body: `${ctx.settings().shop.name}: your order ${ref} is ready.`,
      segments: 1,
      quotedPrice: null,
      notBefore: ctx.clock.now(),
      expiresAt: null,
      now: ctx.clock.now(),
    }),
  ) as OutboxId;
const verdict = async (ctx: TestCtx, id: OutboxId) => {
  const row = outboxById(ctx.db, id);
  if (!row) throw new Error('no row');
  const v = mayLeave(ctx, row, ctx.clock.now(), await freshAt(ctx));
  return v.kind === 'send' ? 'send' : `${v.kind}:${v.reason}`;
};

describe('permission for one order', () => {
  it('lets texts about that order leave, and nothing else', async () => {
    const ctx = shop();
    expect(await verdict(ctx, ready(ctx, 'A-7'))).toBe('skip:not-agreed');
    expect(tick(ctx, 'A-7').outcome).toBe('in');
    expect(await verdict(ctx, ready(ctx, 'A-7', 'reminder'))).toBe('send');
    expect(await verdict(ctx, ready(ctx, 'A-70'))).toBe('skip:not-agreed');
    expect(state(ctx, 'marketing')).toBe('never');
    expect(state(ctx, 'service')).toBe('never');
    expect(evidenceOf(ctx, ANA)[0]?.wordingText).toContain('texts about A-7 only');
  });

  it('ends when the order closes, calls off what still waits, and never comes back', async () => {
    const ctx = shop();
    tick(ctx, 'A-7');
    tick(ctx, 'A-70');
    const waits = ready(ctx, 'A-7');
    const other = ready(ctx, 'A-70');
    expect(close(ctx, 'A-7')).toEqual({ ended: true, cancelled: 1 });
    expect(outboxById(ctx.db, waits)).toMatchObject({ state: 'cancelled', reason: 'order-closed' });
    expect(outboxById(ctx.db, other)?.state).toBe('waiting');
    expect(await verdict(ctx, ready(ctx, 'A-7', 'late'))).toBe('skip:opted-out');
    expect(close(ctx, 'A-7')).toEqual({ ended: false, cancelled: 1 });
    later(ctx, HOUR);
    stop(ctx);
    later(ctx, HOUR);
    start(ctx);
    expect(state(ctx, 'order:A-7')).not.toBe('in');
    expect(state(ctx, 'order:A-70')).toBe('in');
    expect(await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).toMatchObject({
      ok: true,
    });
  });

  it('stays closed when it was closed while a stop stood', async () => {
    const ctx = shop();
    tick(ctx, 'A-7');
    later(ctx, HOUR);
    stop(ctx);
    expect(await verdict(ctx, ready(ctx, 'A-7'))).toBe('skip:opted-out');
    expect(close(ctx, 'A-7').ended).toBe(true);
    later(ctx, HOUR);
    start(ctx);
    expect(state(ctx, 'order:A-7')).not.toBe('in');
  });

  it('is theirs to give again after a stop, for that order only; a carrier’s block waits for START', async () => {
    const ctx = shop();
    signUp(ctx);
    later(ctx, HOUR);
    stop(ctx);
    later(ctx, HOUR);
    expect(tick(ctx, 'B1').outcome).toBe('in');
    expect(await verdict(ctx, ready(ctx, 'B1'))).toBe('send');
    expect(state(ctx, 'marketing')).toBe('out');
    later(ctx, HOUR);
    stop(ctx, true);
    later(ctx, HOUR);
    expect(tick(ctx, 'B2').outcome).toBe('needs-start');
    expect(await verdict(ctx, ready(ctx, 'B2'))).toBe('skip:carrier-stop');
    withConsent(ctx, (trx) => recordHold(ctx, trx, { phone: ANA, rule: 'weak', occurredAt: ctx.clock.now() }));
    expect(await verdict(ctx, ready(ctx, 'B1', 'x'))).toBe('skip:carrier-stop');
  });

  it('refuses words that are not those in force and references that are none', () => {
    const ctx = shop();
    const code = (fn: () => unknown) => {
      try {
        fn();
      } catch (e) {
        return e instanceof AppError ? e.code : e;
      }
      return null;
    };
    const record = (ref: string, wordingHash: string) => () =>
      withConsent(ctx, (trx) => recordOrderPermission(ctx, trx, { phone: ANA, ref, wordingHash, occurredAt: NOON, method: 'screen' }));
    expect(code(record('A 7/8', ''))).toBe('input.invalid');
    expect(code(record('A7', orderWording(ctx, 'A8', 'en').hash))).toBe('input.invalid');
    expect(code(record('A7', orderWording(ctx, 'A7', 'en').hash))).toBeNull();
    expect(orderOfCause({ kind: 'service', id: 'order:A7/ready' })).toBe('A7');
    expect(orderOfCause({ kind: 'campaign', id: 'order:A7/ready' })).toBeNull();
  });
});

describe('e-mail', () => {
  const mail = (ctx: TestCtx) => stateOf(emailConsentOf(ctx.db, ctx.hmacKey, MAIL), 'marketing');
  const join = (ctx: TestCtx, email = MAIL) =>
    withConsent(ctx, (trx) =>
      recordEmailSignUp(ctx, trx, {
        email,
        occurredAt: ctx.clock.now(),
        method: 'screen',
        wordingHash: emailWording(ctx, 'en').hash,
      }),
    );
  const no = (ctx: TestCtx, method: 'import' | 'counter' = 'import') =>
    withConsent(ctx, (trx) => recordEmailStop(ctx, trx, { email: MAIL, reason: 'list', occurredAt: ctx.clock.now(), method }));

  it('has a line of its own: yes, no, and yes again only by themselves, however it is spelled', () => {
    const ctx = shop();
    signUp(ctx);
    expect(mail(ctx)).toBe('never');
    join(ctx, ' Ana@Example.COM ');
    expect(mail(ctx)).toBe('in');
    no(ctx);
    no(ctx);
    expect(mail(ctx)).toBe('out');
    expect(state(ctx, 'marketing')).toBe('in');
    expect(ctx.db.raw.prepare("SELECT count(*) FROM consent_event WHERE channel = 'email'").pluck().get()).toBe(2);
    no(ctx, 'counter');
    expect(ctx.db.raw.prepare("SELECT count(*) FROM consent_event WHERE channel = 'email'").pluck().get()).toBe(3);
    later(ctx, HOUR);
    join(ctx);
    expect(mail(ctx)).toBe('in');
  });

  it('is reached by the channel they permitted and chose', () => {
    const ctx = shop();
    const who = { phone: ANA, email: MAIL };
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: false, email: false });
    signUp(ctx, ['boots']);
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: true, email: false });
    const prefer = (marketing: 'sms' | 'email' | 'both' | 'none', method: 'screen' | 'counter' = 'screen') => {
      later(ctx, HOUR);
      withConsent(ctx, (trx) =>
        recordPreferences(ctx, trx, { phone: ANA, email: MAIL, occurredAt: ctx.clock.now(), method, channels: { marketing } }),
      );
    };
    prefer('email'); // says "not by text", permits no e-mail
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: false, email: false });
    join(ctx);
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: false, email: true });
    expect(channelsFor(ctx, who, 'topic:boots')).toEqual({ sms: false, email: false });
    expect(() => prefer('both', 'counter')).toThrow('consent.own-act-only');
    prefer('both');
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: true, email: true });
    expect(channelsFor(ctx, who, 'topic:boots').sms).toBe(true);
    prefer('sms', 'counter');
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: true, email: false });
    stop(ctx, true);
    expect(channelsFor(ctx, who, 'marketing')).toEqual({ sms: false, email: false });
    expect(channelsFor(ctx, { phone: null, email: null }, 'service')).toEqual({ sms: false, email: false });
  });
});

describe('preferences', () => {
  it('are one event, kept with its evidence, journalled, and verified', async () => {
    const ctx = shop();
    signUp(ctx, ['boots']);
    later(ctx, DAY);
    const taken = withConsent(ctx, (trx) =>
      recordPreferences(ctx, trx, {
        phone: ANA,
        occurredAt: ctx.clock.now(),
        method: 'reply',
        promiseMax: 2,
        topics: { add: ['wine'], remove: ['boots'] },
        inboundSid: 'SM1',
        inboundText: 'LESS',
      }),
    );
    expect(taken).toMatchObject({ promiseMax: 2, topics: ['wine'] });
    expect(evidenceOf(ctx, ANA).at(-1)).toMatchObject({ inboundText: 'LESS', event: { kind: 'preferred', promiseMax: 2 } });
    expect(ctx.journalled).toHaveLength(2);
    expect(await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).toMatchObject({
      ok: true,
    });
  });

  it('write nothing for a number nobody agreed at, and refuse what nobody can promise', () => {
    const ctx = shop();
    const record = (p: object) =>
      withConsent(ctx, (trx) => recordPreferences(ctx, trx, { phone: ANA, occurredAt: NOON, method: 'reply', ...p }));
    expect(record({ promiseMax: 1 }).eventId).toBeNull();
    expect(() => record({ promiseMax: 0 })).toThrow('input.invalid');
    expect(() => record({ topics: { add: ['marketing=sms'] } })).toThrow('input.invalid');
    signUp(ctx);
    expect(() => record({ method: 'owner', promiseMax: 9 })).toThrow('consent.own-act-only');
    expect(() => record({ method: 'counter', topics: { add: ['wine'] } })).toThrow('consent.own-act-only');
    expect(record({ method: 'owner', promiseMax: 1 }).promiseMax).toBe(1);
  });
});
