import type { CustomerId } from '@domain/kernel';
import { addLater, closeLater } from '@services/counter/later';
import { savePerson } from '@services/customers/customers';
import { erasePerson } from '@services/privacy/erase';
import { expect, it } from 'vitest';
import { aCtx, clerk, owner } from '../support/test-ctx';

/*
 * Story: on a busy day Annabella was written down by name to finish her sign-up later, and went home. She was erased; her name stayed on
 * the list of those who had left, because nothing tied the line to her record.
 */
it('erasing somebody takes their name off "finish later", linked or not, and nobody else’s place', async () => {
  const ctx = aCtx();
  const id = savePerson(ctx, owner, null, { firstName: 'Annabella', lastName: 'Quixonett', phone: '+12125550188' }) as CustomerId;
  const left = addLater(ctx, clerk, { name: 'annabella quixonett', customerId: null });
  closeLater(ctx, clerk, left.id, { state: 'dropped', reason: 'left' });
  const first = addLater(ctx, clerk, { name: 'Annabella', customerId: null });
  closeLater(ctx, clerk, first.id, { state: 'dropped', reason: 'left' });
  addLater(ctx, clerk, { name: 'Annabella Quixonett', customerId: null });
  addLater(ctx, clerk, { name: 'Annabella', customerId: null }); // waits now: may be another
  addLater(ctx, clerk, { name: 'Bob', customerId: null });
  await ctx.tasks.finished(erasePerson(ctx, owner, { id }).task);
  const names = ctx.db.raw.prepare("SELECT name FROM later WHERE name <> '' ORDER BY id").pluck().all();
  expect(names).toEqual(['Annabella', 'Bob']);
});
