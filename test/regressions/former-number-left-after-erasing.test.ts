import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { marketingState, recordSignUp, verifyLedger, withConsent } from '@services/consent';
import { savePerson } from '@services/customers/customers';
import { erasePerson } from '@services/privacy/erase';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';

const OLD = '+12125550188' as PhoneE164;
const NEW = '+12125550199' as PhoneE164;

/*
 * Story: Annabella signed up, later got another number, and the owner corrected it on her page. When she was erased her first number,
 * with her name beside it, stayed in the ledger, the address book and the journal, and could still be texted.
 */
it('erasing somebody takes the number they had before as well', async () => {
  const ctx = aCtx();
  const id = savePerson(ctx, owner, null, { firstName: 'Annabella', lastName: 'Quixonett', phone: OLD }) as CustomerId;
  withConsent(ctx, (trx) =>
    recordSignUp(ctx, trx, { phone: OLD, method: 'join-text', occurredAt: NOON, name: 'Annabella Quixonett', customerId: id }),
  );
  ctx.db.raw.prepare('DELETE FROM outbox WHERE address = ?').run(OLD);
  savePerson(ctx, owner, id, { phone: NEW });
  const { task } = erasePerson(ctx, owner, { id });
  await ctx.tasks.finished(task);
  const tables = ctx.db.raw
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'customer_search%'")
    .pluck()
    .all() as string[];
  for (const t of tables) {
    const said = JSON.stringify(ctx.db.raw.prepare(`SELECT * FROM "${t}"`).all());
    for (const trace of ['Annabella', 'Quixonett', '2125550188', '2125550199']) expect(said, `${t}: ${trace}`).not.toContain(trace);
  }
  expect(JSON.stringify(ctx.journalled)).not.toContain('2125550188');
  expect(marketingState(ctx, OLD)).toBe('out');
  expect((await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: NOON })).faults).toEqual([]);
});
