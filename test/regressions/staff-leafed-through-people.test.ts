import { dispatch } from '@backend/dispatch';
import { expect, it } from 'vitest';
import { aCtx, clerk, type TestCtx } from '../support/test-ctx';

function shop(): TestCtx {
  const ctx = aCtx();
  for (const [id, name, phone] of [
    [1, 'Berta', '+12125550101'],
    [2, 'Private', '+12125550102'],
  ] as const) {
    ctx.db.raw
      .prepare(
        "INSERT INTO customer (id, first_name, last_name, phone, phone_kind, zone, created_at, updated_at) VALUES (?, ?, 'Secret', ?, 'mobile', 'America/Phoenix', 0, 0)",
      )
      .run(id, name, phone);
  }
  return ctx;
}

/*
 * Story: staff see the person in front of them. But a card, a place on the list "finish later", the preferences page and "when can I
 * text her" answered for any number somebody put in place of the person's: names, last digits, where they live, one after the other.
 */
it.each([
  ['sign-up/card', { customerId: 2 }],
  ['sign-up/turn', { language: 'en', customerId: 2 }],
  ['later/add', { name: '', customerId: 2 }],
  ['consent/when', { customerId: 2, phone: null, messageClass: 'marketing' }],
] as const)('%s is about somebody staff have before them', async (channel, input) => {
  const ctx = shop();
  expect(await dispatch(ctx, clerk, channel, input)).toMatchObject({ ok: false, error: { code: 'counter.not-in-front' } });
  await dispatch(ctx, clerk, 'counter/find', { text: 'Private', final: true });
  expect(await dispatch(ctx, clerk, channel, input)).toMatchObject({ ok: true });
});

it('whoever was just signed up is before them', async () => {
  const ctx = shop();
  const made = (await dispatch(ctx, clerk, 'sign-up/member', { firstName: 'Cleo', language: 'en' })) as unknown as {
    value: { customerId: number };
  };
  expect(await dispatch(ctx, clerk, 'sign-up/card', { customerId: made.value.customerId })).toMatchObject({ ok: true });
});
