import { OPEN_ENDS_SQL } from '@db/queries/consent';
import { expect, it } from 'vitest';
import { createDb } from '../support/test-db';

it('what time has decided is found without walking through every number', () => {
  const db = createDb();
  const plan = (db.raw.prepare(`EXPLAIN QUERY PLAN ${OPEN_ENDS_SQL}`).all(0) as { detail: string }[]).map((r) => r.detail).join(' / ');
  expect(plan).toContain('consent_state_open');
  expect(plan).not.toMatch(/SCAN consent_state$/);
});
