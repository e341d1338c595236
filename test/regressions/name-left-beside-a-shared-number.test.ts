import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { marketingState, recordSignUp, verifyLedger, withConsent } from '@services/consent/index';
import { savePerson } from '@services/customers/customers';
import { erasePerson } from '@services/privacy/erase';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const SHARED = '+12125550188' as PhoneE164;

/*
 * Story: Annabella and her husband share a number. She was erased; the number stays with him, and with it stayed her name beside the
 * permission she had given, in the ledger, in its export and in the journal.
 */
it('erasing one of two leaves neither name nor words of theirs beside the number they shared', async () => {
  const ctx = aCtx();
  const id = savePerson(ctx, owner, null, { firstName: 'Annabella', lastName: 'Quixonett', phone: SHARED }) as CustomerId;
  savePerson(ctx, owner, null, { firstName: 'Bob', lastName: 'Smith', phone: SHARED }, true);
  withConsent(ctx, (trx) =>
    recordSignUp(ctx, trx, { phone: SHARED, method: 'join-text', occurredAt: NOON, name: 'Annabella Quixonett', customerId: id }),
  );
  const copy = createDb();
  copy.tx((trx) => replayJournal(trx, ctx.hmacKey, ctx.journalled, NOON));
  await ctx.tasks.finished(erasePerson(ctx, owner, { id }).task);
  const tables = ctx.db.raw
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'customer_search%'")
    .pluck()
    .all() as string[];
  for (const t of tables) {
    const said = JSON.stringify(ctx.db.raw.prepare(`SELECT * FROM "${t}"`).all());
    for (const trace of ['Annabella', 'Quixonett']) expect(said, `${t}: ${trace}`).not.toContain(trace);
  }
  expect(JSON.stringify(ctx.journalled)).not.toContain('Annabella');
  expect((await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: NOON })).faults).toEqual([]);
  // nor does a copy from before it bring them back
  copy.tx((trx) => replayJournal(trx, ctx.hmacKey, ctx.journalled, NOON));
  expect(JSON.stringify(copy.raw.prepare('SELECT * FROM consent_evidence').all())).not.toContain('Annabella');
  expect((await verifyLedger(copy, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: NOON })).faults).toEqual([]);
  // the permission of who stays is as it was, and a box that is not what was hashed is found
  expect(marketingState(ctx, SHARED)).toBe('in');
  ctx.db.raw.prepare('UPDATE consent_sealed SET box = zeroblob(80)').run();
  expect((await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: NOON })).faults).toHaveLength(1);
});
