import { outboxById } from '@db/queries/outbox';
import { AppError } from '@domain/errors';
import { DAY, HOUR, type PhoneE164, type StaffId, type UtcMs } from '@domain/kernel';
import {
  attestImported,
  consentOf,
  currentWording,
  evidenceOf,
  expireHolds,
  recordAgreed,
  recordDoubleOptInAsked,
  recordHold,
  recordRestart,
  recordSignUp,
  recordStop,
  releaseHold,
  sweepConsent,
  undoAttested,
  verifyLedger,
  withConsent,
} from '@services/consent';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';

const ANA = '+12125550123' as PhoneE164;
const BEN = '+12125550124' as PhoneE164;
const marketing = (ctx: TestCtx, phone = ANA) =>
  consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now()).find((s) => s.purpose === 'marketing');
const check = (ctx: TestCtx) => verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() });
const queued = (ctx: TestCtx) =>
  ctx.db.raw.prepare('SELECT id, cause_kind AS cause, address, state, reason, body FROM outbox ORDER BY id').all() as {
    id: number;
    cause: string;
    address: string;
    state: string;
    reason: string | null;
    body: string;
  }[];
const signUp = (ctx: TestCtx, over: Partial<Parameters<typeof recordSignUp>[2]> = {}) =>
  withConsent(ctx, (trx) =>
    recordSignUp(ctx, trx, {
      phone: ANA,
      method: 'screen',
      occurredAt: ctx.clock.now(),
      wordingHash: currentWording(ctx, 'sign-up', over.language ?? 'en').hash,
      staffId: 2 as StaffId,
      device: 'counter',
      ...over,
    }),
  );
const stop = (ctx: TestCtx, over: Partial<Parameters<typeof recordStop>[2]> = {}) =>
  withConsent(ctx, (trx) =>
    recordStop(ctx, trx, { phone: ANA, method: 'counter', reason: 'asked', carrierStop: false, occurredAt: ctx.clock.now(), ...over }),
  );
const ask = (ctx: TestCtx) => withConsent(ctx, (trx) => recordDoubleOptInAsked(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now() }));
const later = (ctx: TestCtx, ms: number) => ctx.clock.set((ctx.clock.now() + ms) as UtcMs);
const code = (fn: () => unknown): string => {
  try {
    fn();
  } catch (e) {
    if (e instanceof AppError) return e.code;
    throw e;
  }
  return 'no error';
};

describe('signing up', () => {
  it('writes the event, the state, the address, the confirmation and the journal together', async () => {
    const ctx = aCtx();
    expect(signUp(ctx, { topics: ['boots'] })).toMatchObject({ outcome: 'in' });
    expect(marketing(ctx)).toMatchObject({ state: 'in', promiseMax: 4 });
    expect(consentOf(ctx.db, ctx.hmacKey, ANA, NOON).map((s) => s.purpose)).toEqual(['marketing', 'topic:boots']);
    expect(queued(ctx)).toMatchObject([{ cause: 'confirmation', address: ANA, state: 'waiting' }]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM address_book').pluck().get()).toBe(1);
    expect(ctx.journalled.map((e) => e.kind)).toEqual(['consent']);
    expect(ctx.announced).toContain('consent');
    const [line] = evidenceOf(ctx, ANA);
    expect(line?.wordingText).toContain('recurring marketing texts (offers and news) from Corner Shoes');
    expect(await check(ctx)).toMatchObject({ ok: true, events: 1 });
  });

  it('refuses minors and words that are no longer in force', () => {
    const ctx = aCtx();
    expect(code(() => signUp(ctx, { birthday: '2010-01-01' }))).toBe('consent.under-age');
    expect(code(() => signUp(ctx, { wordingHash: 'old' }))).toBe('input.invalid');
    expect(ctx.journalled).toEqual([]);
    expect(queued(ctx)).toEqual([]);
  });

  it('leaves nothing behind, not even in the journal, when the transaction fails', () => {
    const ctx = aCtx();
    expect(() =>
      withConsent(ctx, (trx) => {
        recordStop(ctx, trx, { phone: ANA, method: 'counter', reason: '', carrierStop: false, occurredAt: NOON });
        throw new Error('power cut');
      }),
    ).toThrow('power cut');
    expect(ctx.journalled).toEqual([]);
    expect(marketing(ctx)).toBeUndefined();
    expect(() => ctx.db.tx(() => withConsent(ctx, () => 1))).toThrow(/plain transaction/);
  });

  it('confirms once, and not again for somebody who is in already', () => {
    const ctx = aCtx();
    signUp(ctx);
    signUp(ctx, { promiseMax: 4 });
    expect(queued(ctx)).toHaveLength(1);
  });
});

describe('double opt-in', () => {
  it('asks once, waits for the Y, then confirms', () => {
    const ctx = aCtx();
    expect(ask(ctx)).toMatchObject({ outcome: 'asked' });
    expect(ask(ctx)).toMatchObject({ outcome: 'asked' });
    expect(marketing(ctx)?.state).toBe('pending');
    expect(queued(ctx).map((q) => q.cause)).toEqual(['double-opt-in']);
    expect(withConsent(ctx, (trx) => recordAgreed(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now() }))).toEqual({ agreed: true });
    expect(marketing(ctx)?.state).toBe('in');
    expect(queued(ctx).map((q) => q.cause)).toEqual(['double-opt-in', 'confirmation']);
    expect(withConsent(ctx, (trx) => recordAgreed(ctx, trx, { phone: BEN, occurredAt: ctx.clock.now() }))).toEqual({ agreed: false });
    expect(marketing(ctx, BEN)).toBeUndefined();
  });

  it('lapses seven days after the text left and is not asked again for 90 days', async () => {
    const ctx = aCtx();
    ask(ctx);
    later(ctx, 30 * DAY);
    sweepConsent(ctx, true);
    expect(marketing(ctx)?.state).toBe('pending'); // the text still waits for the carriers
    ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(ctx.clock.now());
    later(ctx, 7 * DAY);
    sweepConsent(ctx, true);
    expect(marketing(ctx)).toMatchObject({ state: 'pending', expiresAt: ctx.clock.now() });
    later(ctx, 1);
    expect(marketing(ctx)?.state).toBe('never'); // at once, before the sweep wrote it down
    expect(sweepConsent(ctx, true)).toMatchObject({ lapsed: 1 });
    expect(marketing(ctx)?.state).toBe('never');
    expect(ask(ctx)).toMatchObject({ outcome: 'asked-recently' });
    later(ctx, 83 * DAY);
    expect(ask(ctx)).toMatchObject({ outcome: 'asked' });
    expect(await check(ctx)).toMatchObject({ ok: true });
  });

  it('never asks somebody who said stop', () => {
    const ctx = aCtx();
    stop(ctx);
    expect(code(() => ask(ctx))).toBe('consent.opted-out');
    stop(ctx, { carrierStop: true, method: 'reply' });
    expect(code(() => ask(ctx))).toBe('consent.carrier-stop');
  });
});

describe('stopping', () => {
  it('cancels what waits, for every class, and only their own act brings them back', () => {
    const ctx = aCtx();
    signUp(ctx);
    expect(stop(ctx)).toMatchObject({ cancelled: 1, wasOut: false });
    expect(queued(ctx)).toMatchObject([{ state: 'cancelled', reason: 'opted-out' }]);
    expect(
      withConsent(ctx, (trx) =>
        attestImported(ctx, trx, { phone: ANA, occurredAt: NOON, importId: 1, how: 'paper', wordingText: 'w', staffId: null }),
      ),
    ).toEqual({ outcome: 'kept' });
    expect(marketing(ctx)?.state).toBe('out');
    expect(signUp(ctx)).toMatchObject({ outcome: 'in' });
  });

  it('keeps a form pending while the carrier blocks the number', () => {
    const ctx = aCtx();
    signUp(ctx);
    stop(ctx, { method: 'carrier', carrierStop: true, reason: 'carrier-stop-21610' });
    later(ctx, HOUR);
    expect(signUp(ctx)).toMatchObject({ outcome: 'needs-start' });
    expect(marketing(ctx)).toMatchObject({ state: 'pending', carrierStop: true });
    expect(queued(ctx).filter((q) => q.state === 'waiting')).toEqual([]);
    later(ctx, HOUR);
    withConsent(ctx, (trx) => recordRestart(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now() }));
    expect(marketing(ctx)).toMatchObject({ state: 'in', carrierStop: false });
  });

  it('writes a carrier’s or a list’s repetition only once, a customer’s every time', () => {
    const ctx = aCtx();
    const carrier = { method: 'carrier' as const, carrierStop: true, reason: '21610' };
    stop(ctx, carrier);
    stop(ctx, carrier);
    stop(ctx, { method: 'import' });
    expect(evidenceOf(ctx, ANA)).toHaveLength(1);
    stop(ctx, { method: 'reply', inboundSid: 'SM1', inboundText: 'no more texts' });
    expect(evidenceOf(ctx, ANA).at(-1)).toMatchObject({ inboundSid: 'SM1', inboundText: 'no more texts' });
    expect(marketing(ctx)?.carrierStop).toBe(true);
  });
});

describe('holds', () => {
  it('suppress at once, end by the owner’s word, or become a stop after ten business days', () => {
    const ctx = aCtx();
    signUp(ctx);
    const hold = () => withConsent(ctx, (trx) => recordHold(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now(), rule: 'weak:enough' }));
    const { until } = hold();
    expect(marketing(ctx)).toMatchObject({ state: 'hold', expiresAt: until });
    expect(queued(ctx)[0]).toMatchObject({ state: 'cancelled', reason: 'held' });
    withConsent(ctx, (trx) =>
      releaseHold(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now(), staffId: 1 as StaffId, reason: 'about boots' }),
    );
    expect(marketing(ctx)?.state).toBe('in');
    later(ctx, HOUR);
    const again = hold().until as UtcMs;
    expect(new Date(again).toISOString()).toBe('2026-12-02T05:00:00.000Z');
    ctx.clock.set((again - 1) as UtcMs);
    expect(expireHolds(ctx, ctx.clock.now())).toMatchObject({ stopped: 0 });
    expect(marketing(ctx)?.state).toBe('hold');
    ctx.clock.set(again);
    expect(marketing(ctx)?.state).toBe('out');
    expect(expireHolds(ctx, ctx.clock.now())).toMatchObject({ stopped: 1 });
    expect(expireHolds(ctx, ctx.clock.now())).toMatchObject({ stopped: 0 });
    expect(marketing(ctx)?.state).toBe('out');
    later(ctx, HOUR);
    withConsent(ctx, (trx) => recordRestart(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now() }));
    expect(marketing(ctx)?.state).toBe('in');
  });
});

describe('imports', () => {
  it('vouch only for people without any record, and take back only their own', () => {
    const ctx = aCtx();
    const attest = (phone: PhoneE164, importId: number) =>
      withConsent(ctx, (trx) =>
        attestImported(ctx, trx, {
          phone,
          occurredAt: (NOON - DAY) as UtcMs,
          importId,
          how: 'paper form',
          wordingText: 'Yes, text me',
          staffId: 1 as StaffId,
        }),
      ).outcome;
    expect(attest(ANA, 1)).toBe('in');
    expect(attest(ANA, 2)).toBe('kept');
    signUp(ctx, { phone: BEN });
    expect(attest(BEN, 1)).toBe('kept');
    withConsent(ctx, (trx) => undoAttested(ctx, trx, { phone: ANA, importId: 1, staffId: 1 as StaffId }));
    expect(marketing(ctx)?.state).toBe('never');
    expect(marketing(ctx, BEN)?.state).toBe('in');
  });
});

describe('silence', () => {
  it('pauses after 18 months without purchase, reply or own act', () => {
    const ctx = aCtx();
    signUp(ctx);
    signUp(ctx, { phone: BEN });
    const customer = ctx.db.raw.prepare('INSERT INTO customer (phone, last_visit_at, created_at, updated_at) VALUES (?, ?, 0, 0)');
    later(ctx, 560 * DAY);
    customer.run(BEN, ctx.clock.now() - DAY);
    expect(sweepConsent(ctx, true)).toMatchObject({ paused: 1 });
    expect(marketing(ctx)?.state).toBe('paused');
    expect(marketing(ctx, BEN)?.state).toBe('in');
    expect(signUp(ctx)).toMatchObject({ outcome: 'in' });
  });
});

describe('verifying', () => {
  async function aLedger(): Promise<TestCtx> {
    const ctx = aCtx();
    signUp(ctx);
    ask2(ctx);
    later(ctx, HOUR);
    stop(ctx, { method: 'reply', inboundSid: 'SM9', inboundText: 'STOP', carrierStop: true });
    expect(await check(ctx)).toMatchObject({ ok: true, events: 3 });
    return ctx;
  }
  const ask2 = (ctx: TestCtx) =>
    withConsent(ctx, (trx) => recordDoubleOptInAsked(ctx, trx, { phone: BEN, occurredAt: ctx.clock.now(), name: 'Ben' }));
  /** Somebody with the file open and the triggers gone. */
  const tamper = (ctx: TestCtx, sql: string) => {
    ctx.db.raw.exec(
      'DROP TRIGGER IF EXISTS consent_event_no_update; DROP TRIGGER IF EXISTS consent_event_no_delete; PRAGMA foreign_keys = OFF',
    );
    ctx.db.raw.exec(sql);
  };

  it('lets nobody change the ledger through SQL', async () => {
    const ctx = await aLedger();
    expect(() => ctx.db.raw.exec("UPDATE consent_event SET reason = 'x'")).toThrow(/append-only/);
    expect(() => ctx.db.raw.exec('DELETE FROM consent_event')).toThrow(/append-only/);
  });

  it('finds a change of any column of any row, in events, evidence, wording and states', async () => {
    const columns = (ctx: TestCtx, table: string) =>
      ctx.db.raw.prepare(`SELECT name FROM pragma_table_info('${table}')`).pluck().all() as string[];
    const probe = aCtx();
    const targets = [
      ...columns(probe, 'consent_event').flatMap((c) => [1, 2, 3].map((id) => ['consent_event', c, `id = ${id}`] as const)),
      ...columns(probe, 'consent_evidence')
        .filter((c) => c !== 'sealed_at' && c !== 'event_id')
        .map((c) => ['consent_evidence', c, 'event_id = 3'] as const),
      ['wording', 'text', '1=1'] as const,
      ['consent_state', 'state', "state = 'out'"] as const,
      ['consent_state', 'carrier_stop', "state = 'out'"] as const,
      ['consent_state', 'promise_max', "state = 'pending'"] as const,
    ];
    for (const [table, column, where] of targets) {
      const ctx = await aLedger();
      const was = ctx.db.raw.prepare(`SELECT ${column} AS v FROM ${table} WHERE ${where} LIMIT 1`).get() as { v: unknown };
      const other =
        column === 'channel'
          ? "'email'"
          : column === 'topics'
            ? `'["x"]'`
            : column === 'state'
              ? "'in'"
              : column === 'photo'
                ? "x'00'"
                : typeof was.v === 'number'
                  ? `${was.v + 7}`
                  : `coalesce(${column}, '') || 'x'`;
      tamper(ctx, `UPDATE ${table} SET ${column} = ${column === 'promise_max' || column === 'staff_id' ? '9' : other} WHERE ${where}`);
      expect((await check(ctx)).ok, `${table}.${column} where ${where}`).toBe(false);
    }
  });

  it('finds a cut-off end, even when the states were made to fit', async () => {
    const ctx = await aLedger();
    tamper(
      ctx,
      "DELETE FROM consent_evidence WHERE event_id = 3; DELETE FROM consent_event WHERE id = 3; UPDATE consent_state SET state = 'in', carrier_stop = 0, event_id = 1, promise_max = 4",
    );
    expect((await check(ctx)).faults.map((f) => f.what)).toContain('cut-off');
  });

  it('holds without the evidence of an erased person, and only of one', async () => {
    const ctx = await aLedger();
    ctx.db.raw.exec(
      "UPDATE consent_evidence SET salt = '', address = NULL, name = NULL, inbound_text = NULL, inbound_sid = NULL, sealed_at = 5 WHERE event_id = 3",
    );
    expect((await check(ctx)).faults).toEqual([{ what: 'evidence', eventId: 3 }]);
    ctx.db.raw.exec(
      `INSERT INTO erasure (id, serial, at, nameless_id, certificate) VALUES (1, 'S', 5, -7, '{}');
       INSERT INTO erasure_key (kind, hmac, erasure_id) SELECT 'sms', address_hmac, 1 FROM consent_event WHERE id = 3`,
    );
    expect(await check(ctx)).toMatchObject({ ok: true });
    ctx.db.raw.exec("UPDATE consent_evidence SET name = 'Somebody' WHERE event_id = 3");
    expect((await check(ctx)).faults).toEqual([{ what: 'evidence', eventId: 3 }]);
  });

  it('holds after any sequence of acts, and a stop is never undone by anybody else', async () => {
    const acts = fc.constantFrom('sign-up', 'ask', 'agree', 'stop', 'carrier', 'start', 'hold', 'release', 'attest', 'undo');
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { maxLength: 14 }), async (sequence) => {
        const ctx = aCtx();
        let stopped = false;
        for (const a of sequence) {
          later(ctx, HOUR);
          const now = ctx.clock.now();
          try {
            if (a === 'sign-up') signUp(ctx);
            else if (a === 'ask') ask(ctx);
            else if (a === 'stop') stop(ctx);
            else if (a === 'carrier') stop(ctx, { method: 'carrier', carrierStop: true });
            else
              withConsent(ctx, (trx) => {
                if (a === 'agree') recordAgreed(ctx, trx, { phone: ANA, occurredAt: now });
                if (a === 'start') recordRestart(ctx, trx, { phone: ANA, occurredAt: now });
                if (a === 'hold') recordHold(ctx, trx, { phone: ANA, occurredAt: now, rule: 'weak' });
                if (a === 'release') releaseHold(ctx, trx, { phone: ANA, occurredAt: now, staffId: null, reason: 'r' });
                if (a === 'attest')
                  attestImported(ctx, trx, { phone: ANA, occurredAt: now, importId: 1, how: 'x', wordingText: 'w', staffId: null });
                if (a === 'undo') undoAttested(ctx, trx, { phone: ANA, importId: 1, staffId: null });
              });
          } catch (e) {
            if (!(e instanceof AppError)) throw e;
          }
          if (a === 'stop' || a === 'carrier') stopped = true;
          if (a === 'start' || a === 'sign-up') stopped = false;
          if (stopped) expect(marketing(ctx)?.state).not.toBe('in');
        }
        expect(await check(ctx)).toMatchObject({ ok: true });
        expect(ctx.journalled.length).toBe(ctx.db.raw.prepare('SELECT count(*) FROM consent_event').pluck().get());
      }),
      { numRuns: 40 },
    );
  });
});

it('outbox rows of permission texts carry one segment', () => {
  const ctx = aCtx({ settings: { shop: { name: 'Corner Shoes', phone: '(212) 555-0140' } } });
  signUp(ctx, { language: 'es' });
  expect(outboxById(ctx.db, queued(ctx)[0]?.id as never)).toMatchObject({ segments: 1, messageClass: 'confirmation' });
});
