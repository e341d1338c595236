import { dispatch } from '@backend/dispatch';
import type { CustomerId } from '@domain/kernel';
import { displayState } from '@services/counter/screen';
import { sessionAt, turnToCustomer } from '@services/counter/turn';
import { expect, it } from 'vitest';
import { aCtx, clerk } from '../support/test-ctx';

/*
 * Story: Ana changed her preferences on the turned screen and left; the screen rested. A last sign of life of her page, arriving late,
 * put her page back before the next customer.
 */
it('a page that was left stays left', async () => {
  const ctx = aCtx();
  ctx.db.raw.exec(
    "INSERT INTO customer (id, first_name, phone, phone_kind, created_at, updated_at) VALUES (1, 'Ana', '+12125550147', 'mobile', 0, 0)",
  );
  turnToCustomer(ctx, clerk, 'en', 1 as CustomerId);
  const session = sessionAt(ctx, clerk.windowId);
  const { turn, preferences } = displayState(ctx, session);
  expect(preferences?.name).toBe('Ana');
  await dispatch(ctx, session, 'display/end', { turn });
  expect(displayState(ctx, session)).toMatchObject({ phase: 'resting', preferences: null });
  await dispatch(ctx, session, 'display/step', { step: 'details', language: 'en' });
  expect(displayState(ctx, session)).toMatchObject({ phase: 'resting', preferences: null });
});
