import { dispatch } from '@backend/dispatch';
import { expect, it } from 'vitest';
import { aFile, importFile, squareCustomers, squareItems } from '../support/imports';
import { aCtx, clerk, owner } from '../support/test-ctx';

/*
 * Story: a person's page is the owner's. But whoever typed any receipt number at the counter for any person was shown the past sales
 * of the customer that receipt belongs to, and `links/preview` answered for every sale in turn.
 */
it('a receipt of somebody else shows staff whose it is, not what they buy', async () => {
  const ctx = aCtx();
  const person = (first: string, id: string, phone: string) => ({ 'First Name': first, 'Square Customer ID': id, 'Phone Number': phone });
  await importFile(ctx, aFile(squareCustomers([person('Berta', 'C1', '212-555-0101'), person('Ana', 'C2', '212-555-0102')])));
  const bought = (id: string, item: string) => ({ 'Transaction ID': id, 'Payment ID': `p${id}`, Item: item, 'Customer ID': 'C1' });
  await importFile(ctx, aFile(squareItems([bought('T1', 'Private thing'), bought('T2', 'Socks')])));
  const id = (name: string) => ctx.db.raw.prepare('SELECT id FROM customer WHERE first_name = ?').pluck().get(name);
  const saleId = ctx.db.raw.prepare("SELECT id FROM sale WHERE source_sale_id = 'T2'").pluck().get();
  const noted = { customerId: id('Ana'), receiptNo: 'pT2', origin: 'here' };
  for (const [channel, input] of [
    ['links/note', noted],
    ['links/preview', { customerId: id('Ana'), saleId }],
  ] as const) {
    const seen = await dispatch(ctx, clerk, channel, input);
    expect(seen.ok, channel).toBe(true);
    expect(JSON.stringify(seen), channel).toContain('"standing":"other"');
    expect(JSON.stringify(seen), channel).not.toContain('Private thing');
    expect(JSON.stringify(seen), channel).not.toContain('2160');
    expect(JSON.stringify(await dispatch(ctx, owner, channel, input)), channel).toContain('Private thing');
  }
});
