import { migrate } from '@db/migrate';
import { lastRestore } from '@db/queries/restore';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

const text = (state: string, reason: string | null, at: number) =>
  `INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, reason, body, segments, not_before, created_at, updated_at)
   VALUES ('campaign', '1', 'sms', '+1646555${at}', 'marketing', 10, '${state}', ${reason === null ? 'NULL' : `'${reason}'`}, 'Hi', 1, 0, ${at}, ${at + 10})`;

describe('a file that was restored before restores were written down', () => {
  it('is looked for at the carrier back to its oldest unsure text', () => {
    const db = createDb(':memory:', 270);
    db.raw.exec("INSERT INTO meta (key, value) VALUES ('epoch', '4')");
    for (const sql of [text('uncertain', 'restored', 2000), text('uncertain', 'restored', 3000), text('uncertain', 'timeout', 1000)])
      db.raw.exec(sql);
    migrate(db.raw);
    expect(lastRestore(db)).toMatchObject({ epoch: 4, how: 'restored', at: 3010, knowsUntil: 2000, looks: 0, lookAt: 3010, doneAt: null });
  });

  it('one that never was has nothing to look for', () => {
    const db = createDb(':memory:', 270);
    db.raw.exec(text('waiting', null, 1000));
    migrate(db.raw);
    expect(lastRestore(db)).toBeUndefined();
  });
});
