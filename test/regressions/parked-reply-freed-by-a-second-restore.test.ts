import { stateOf } from '@domain/consent/status';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { attestImported, consentOf, recordHold, releaseHold, undoAttested, withConsent } from '@services/consent/index';
import { expect, it } from 'vitest';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const ANA = '+12125550123' as PhoneE164;
const BO = '+12125550124' as PhoneE164;
const state = (db: TestCtx['db'], key: Uint8Array, phone: PhoneE164) =>
  stateOf(consentOf(db, key, phone, (NOON + 900_000) as UtcMs), 'marketing');

/*
 * Story: the first restore found a gap in the journal and chained what came after it anew, so those events have other hashes than in
 * the journal. A second restore, of a copy made since, did not recognise them and wrote them once more at the end: "not a stop request"
 * of last month freed the reply parked today, and a permission the owner had taken back was there again.
 */
it('a second restore writes nothing twice, however the first one chained it', () => {
  const ctx = aCtx();
  const step = () => ctx.clock.advance(60_000);
  const attest = { phone: BO, importId: 1, how: 'old club', wordingText: 'words', staffId: null };
  withConsent(ctx, (trx) => recordHold(ctx, trx, { phone: ANA, occurredAt: NOON, rule: 'x' })); // lost from the journal
  step();
  withConsent(ctx, (trx) => recordHold(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now(), rule: 'weak' }));
  step();
  withConsent(ctx, (trx) => releaseHold(ctx, trx, { phone: ANA, occurredAt: ctx.clock.now(), staffId: null, reason: 'a joke' }));
  withConsent(ctx, (trx) => attestImported(ctx, trx, { ...attest, occurredAt: ctx.clock.now() }));
  const gap = ctx.journalled.slice(1);
  const restored = aCtx({ db: createDb() });
  restored.clock.advance(300_000);
  restored.db.tx((trx) => replayJournal(trx, ctx.hmacKey, gap, restored.clock.now()));
  withConsent(restored, (trx) => recordHold(restored, trx, { phone: ANA, occurredAt: restored.clock.now(), rule: 'weak' }));
  withConsent(restored, (trx) => undoAttested(restored, trx, { phone: BO, importId: 1, staffId: null }));
  expect(state(restored.db, ctx.hmacKey, ANA)).toBe('hold');
  expect(state(restored.db, ctx.hmacKey, BO)).toBe('never');
  const events = () => restored.db.raw.prepare('SELECT count(*) FROM consent_event').pluck().get();
  const before = events();
  // the copy of this moment comes back once more, with the same journal
  restored.db.tx((trx) => replayJournal(trx, ctx.hmacKey, [...gap, ...restored.journalled], restored.clock.now()));
  expect(events()).toBe(before);
  expect(state(restored.db, ctx.hmacKey, ANA)).toBe('hold');
  expect(state(restored.db, ctx.hmacKey, BO)).toBe('never');
});
