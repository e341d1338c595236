import type { Migration } from './index';

/**
 * E-mails on their way: a queue of their own, so that no question about texts, and above all not the sender of texts, ever meets one.
 * Same discipline as the outbox: the row is the truth, one per cause and address, `sending` is committed before the post office is asked.
 */
export const mail: Migration = {
  version: 560,
  name: 'mail',
  up: (db) =>
    void db.exec(`
  CREATE TABLE mail (
    id INTEGER PRIMARY KEY,
    cause_kind TEXT NOT NULL CHECK (cause_kind IN ('campaign', 'service', 'test', 'restored')),
    cause_id TEXT NOT NULL,
    address TEXT NOT NULL,                  -- as customer.email: folded, lower case
    customer_id INTEGER,
    message_class TEXT NOT NULL CHECK (message_class IN ('marketing', 'service', 'test')),
    state TEXT NOT NULL CHECK (state IN ('staged', 'waiting', 'sending', 'sent', 'bounced', 'rejected', 'uncertain', 'skipped', 'cancelled')),
    reason TEXT,                            -- why it waits, was left out, refused or came back
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    subject TEXT NOT NULL,
    body TEXT NOT NULL,                     -- the owner's words, filled in; the frame around them is made as it leaves
    card TEXT CHECK (card IS NULL OR json_valid(card)),  -- code, offer and last day, as shown below the words
    code TEXT,                              -- personal offer code
    message_id TEXT NOT NULL UNIQUE,        -- ours and stable: a bounce names it
    token TEXT NOT NULL,                    -- of its "unsubscribe": stands for the address
    not_before INTEGER NOT NULL,
    expires_at INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at INTEGER,
    smtp_code INTEGER,                      -- of the refusal
    left_at INTEGER,                        -- taken by the post office (or uncertain: it may have left)
    final_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (cause_kind, cause_id, address)
  ) STRICT;
  -- Asked for every mail that leaves, beside a hundred thousand that wait: SQLite takes these for the very same words only (db/queries/mail.ts).
  CREATE INDEX mail_due ON mail (max(not_before, coalesce(retry_at, 0))) WHERE state = 'waiting' AND cause_kind <> 'campaign';
  CREATE INDEX mail_due_of ON mail (cause_id, max(not_before, coalesce(retry_at, 0))) WHERE state = 'waiting' AND cause_kind = 'campaign';
  CREATE INDEX mail_under_way ON mail (id) WHERE state = 'sending';
  CREATE INDEX mail_uncertain ON mail (id) WHERE state = 'uncertain';
  CREATE INDEX mail_by_cause ON mail (cause_kind, cause_id, state);
  CREATE INDEX mail_by_address ON mail (address, left_at);
  CREATE INDEX mail_by_customer ON mail (customer_id, left_at) WHERE customer_id IS NOT NULL;
  CREATE INDEX mail_by_token ON mail (token);
  CREATE INDEX mail_left ON mail (left_at) WHERE left_at IS NOT NULL;
  CREATE TABLE mail_attempt (
    id INTEGER PRIMARY KEY,
    mail_id INTEGER NOT NULL REFERENCES mail(id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    outcome TEXT,                           -- accepted rejected not-sent uncertain
    smtp_code INTEGER
  ) STRICT;
  CREATE INDEX mail_attempt_by_mail ON mail_attempt (mail_id);
  CREATE TABLE mail_problem (               -- an address that takes no mail: never written to again until the owner says otherwise
    address TEXT PRIMARY KEY,
    why TEXT NOT NULL CHECK (why IN ('bad-address', 'came-back')),
    smtp_code INTEGER,
    at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`),
};
