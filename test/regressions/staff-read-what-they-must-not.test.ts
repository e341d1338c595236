import { dispatch } from '@backend/dispatch';
import { finishTask, insertTask } from '@db/queries/tasks';
import type { TaskId } from '@domain/kernel';
import { expect, it } from 'vitest';
import { aCtx, clerk, NOON, owner } from '../support/test-ctx';

/*
 * Story: the counter shows staff the last four digits of a number. But `consent/of` answered them with the whole number of any person
 * id, one after the other, and the list of tasks told them how many texts the owner's campaign had.
 */
it('staff get neither whole numbers by person id nor the outcome of the owner’s work', async () => {
  const ctx = aCtx();
  ctx.db.raw.exec(
    "INSERT INTO customer (id, first_name, phone, phone_kind, created_at, updated_at) VALUES (1, 'Ana', '+12125550147', 'mobile', 0, 0)",
  );
  insertTask(ctx.db, { id: 't' as TaskId, kind: 'campaign-start', title: 'Boots', startedAt: NOON });
  finishTask(ctx.db, 't' as TaskId, { state: 'done', result: { campaignId: 1, texts: 912 }, errorCode: null, at: NOON });

  const whose = { customerId: 1, phone: null };
  expect(await dispatch(ctx, clerk, 'consent/of', whose)).toMatchObject({ ok: false, error: { code: 'session.owner-only' } });
  expect(JSON.stringify(await dispatch(ctx, clerk, 'tasks/list', {}))).not.toContain('912');
  expect(JSON.stringify(await dispatch(ctx, owner, 'consent/of', whose))).toContain('+12125550147');
  expect(JSON.stringify(await dispatch(ctx, owner, 'tasks/list', {}))).toContain('912');
});
