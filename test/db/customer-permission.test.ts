import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

const PHONES = ['+12125550101', '+12125550102', '+12125550103'];
const phone = fc.constantFrom(null, ...PHONES);
const person = fc.integer({ min: 1, max: 4 });
const number = fc.constantFrom(...PHONES);
const state = fc.constantFrom('in', 'out', 'pending', 'hold', 'paused', 'never');
const purpose = fc.constantFrom('marketing', 'topic:running');
const channel = fc.constantFrom('sms', 'sms', 'email');

const step = fc.oneof(
  fc.tuple(fc.constant('person' as const), person, phone),
  fc.tuple(fc.constant('number' as const), person, phone),
  fc.tuple(fc.constant('gone' as const), person),
  fc.tuple(fc.constant('known' as const), number),
  fc.tuple(fc.constant('forgotten' as const), number),
  fc.tuple(fc.constant('said' as const), number, channel, purpose, state),
  fc.tuple(fc.constant('changed' as const), number, purpose, state),
  fc.tuple(fc.constant('unsaid' as const), number),
);

describe('permission by person', () => {
  it('is what the ledger says for their number, whatever is changed in whichever order', () => {
    const db = createDb();
    const run = (sql: string, ...p: unknown[]) => db.raw.prepare(sql).run(...p);
    const kept = () => db.raw.prepare('SELECT customer_id, purpose, state FROM customer_permission ORDER BY 1, 2, 3').all();
    const asked = () =>
      db.raw
        .prepare(
          `SELECT c.id AS customer_id, s.purpose, s.state FROM customer c JOIN address_book a ON a.address = c.phone
           JOIN consent_state s ON s.address_hmac = a.address_hmac WHERE s.channel = 'sms' ORDER BY 1, 2, 3`,
        )
        .all();
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        db.raw.exec('BEGIN');
        try {
          for (const s of steps) {
            if (s[0] === 'person')
              run('INSERT OR IGNORE INTO customer (id, phone, created_at, updated_at) VALUES (?, ?, 0, 0)', s[1], s[2]);
            if (s[0] === 'number') run('UPDATE customer SET phone = ? WHERE id = ?', s[2], s[1]);
            if (s[0] === 'gone') run('DELETE FROM customer WHERE id = ?', s[1]);
            if (s[0] === 'known') run('INSERT OR IGNORE INTO address_book VALUES (?, ?)', s[1], `h${s[1]}`);
            if (s[0] === 'forgotten') run('DELETE FROM address_book WHERE address = ?', s[1]);
            if (s[0] === 'said')
              run(
                'INSERT OR REPLACE INTO consent_state (address_hmac, channel, purpose, state, since, event_id) VALUES (?, ?, ?, ?, 0, 1)',
                `h${s[1]}`,
                s[2],
                s[3],
                s[4],
              );
            if (s[0] === 'changed')
              run("UPDATE consent_state SET state = ? WHERE address_hmac = ? AND channel = 'sms' AND purpose = ?", s[3], `h${s[1]}`, s[2]);
            if (s[0] === 'unsaid') run('DELETE FROM consent_state WHERE address_hmac = ?', `h${s[1]}`);
            expect(kept()).toEqual(asked());
          }
        } finally {
          db.raw.exec('ROLLBACK');
        }
      }),
      { numRuns: 60 },
    );
    db.close();
  });
});
