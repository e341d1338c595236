import { migrate } from '@db/migrate';
import { MIGRATIONS } from '@db/migrations/index';
import { openDb } from '@db/open';
import { describe, expect, it } from 'vitest';

/** A file as the last version without schedules left it, with everything that points at a campaign or a text. */
function aFileOf230() {
  const db = openDb(':memory:');
  migrate(db.raw, 230);
  db.raw.exec(`
    INSERT INTO campaign (id, name, state, body, goal, created_at, updated_at, started_at, topic, day_reason)
      VALUES (3, 'Boots', 'sending', 'Hi', '{"kind":"none"}', 1, 2, 3, 'shoes', 'asked the lawyer'), (7, 'Suits', 'draft', '', '{}', 4, 5, NULL, 'offers', '');
    INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, drawn_at) VALUES (3, 1, '+16465550001', 'text', 3);
    INSERT INTO campaign_reply_word (campaign_id, word, means) VALUES (3, 'hold', 'hold'), (7, 'yes', 'other');
    INSERT INTO outbox (id, cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, not_before, sid, left_at, created_at, updated_at)
      VALUES (5, 'campaign', '3', 'sms', '+16465550001', 'marketing', 10, 'sent', 'Hi', 1, 3, 'SM1', 4, 3, 4),
             (9, 'reply', '1-ab', 'sms', '+16465550002', 'reply', 4, 'waiting', 'Yo', 1, 3, NULL, NULL, 3, 4);
    INSERT INTO outbox_attempt (outbox_id, epoch, started_at, outcome, sid) VALUES (5, 1, 3, 'accepted', 'SM1');
  `);
  return db;
}

describe('a file from before schedules', () => {
  const tables = ['campaign', 'campaign_person', 'campaign_reply_word', 'outbox', 'outbox_attempt', 'reply_thread'] as const;

  it('keeps every row of it and of all that points at it', () => {
    const db = aFileOf230();
    const read = () => Object.fromEntries(tables.map((t) => [t, db.raw.prepare(`SELECT * FROM ${t}`).all() as Record<string, unknown>[]]));
    const before = read();
    migrate(db.raw, 240);
    const after = read();
    for (const t of tables) {
      expect(after[t]?.length, t).toBe(before[t]?.length);
      for (const [i, row] of (before[t] ?? []).entries()) expect(after[t]?.[i], t).toMatchObject(row);
    }
    expect(db.raw.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.raw.pragma('foreign_key_check')).toEqual([]);
    expect(db.raw.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
  });

  it('keeps every index and trigger, and what points at a text still does', () => {
    const db = aFileOf230();
    const around = () =>
      db.raw
        .prepare("SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('campaign', 'outbox') AND type <> 'table' ORDER BY name")
        .all() as { name: string; sql: string | null }[];
    const before = around();
    migrate(db.raw, 240);
    const after = around();
    for (const b of before) expect(after).toContainEqual(b);
    expect(() => db.raw.exec('DELETE FROM outbox WHERE id = 5')).toThrow(/FOREIGN KEY/);
    db.raw.exec('DELETE FROM campaign WHERE id = 7');
    expect(db.raw.prepare('SELECT count(*) FROM campaign_reply_word').pluck().get()).toBe(1);
    db.raw.exec(
      "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning) VALUES ('IN1', '+16465550002', 'x', 'Hi', 5, 5, 'message')",
    );
    db.raw.exec("UPDATE outbox SET state = 'cancelled' WHERE id = 9");
    expect(db.raw.prepare('SELECT our_at FROM reply_thread').pluck().get()).toBeNull();
    db.close();
  });

  it('takes the new states, and none that do not exist; a schedule has a time', () => {
    const db = aFileOf230();
    migrate(db.raw);
    db.raw.exec("UPDATE outbox SET state = 'scheduled', send_at = 9, cause_kind = 'automation' WHERE id = 9");
    db.raw.exec("UPDATE campaign SET state = 'scheduled', scheduled_at = 9 WHERE id = 7");
    expect(() => db.raw.exec('UPDATE campaign SET scheduled_at = NULL WHERE id = 7')).toThrow(/CHECK/);
    expect(() => db.raw.exec("UPDATE outbox SET state = 'flying' WHERE id = 9")).toThrow(/CHECK/);
    expect(() => db.raw.exec("UPDATE campaign SET late_policy = 'maybe' WHERE id = 7")).toThrow(/CHECK/);
    db.close();
  });

  it('is refused rather than losing what hangs on it when foreign keys cannot be put off', () => {
    const db = aFileOf230();
    expect(() => MIGRATIONS.find((m) => m.version === 240)?.up(db.raw)).toThrow('foreign keys');
    expect(db.raw.prepare('SELECT count(*) FROM campaign_reply_word').pluck().get()).toBe(2);
    db.close();
  });
});
