import type { Migration } from './index';

/**
 * Erasing somebody, and lists of people who said stop elsewhere. Nothing here names a person: only HMACs under the shop's key, counts,
 * and proof that is sealed under the number itself.
 */
export const privacy: Migration = {
  version: 140,
  name: 'privacy',
  up: (db) =>
    void db.exec(`
  CREATE TABLE consent_sealed (             -- proof of an erased number: AES-256-GCM under a key made of the shop's key and the number
    event_id INTEGER PRIMARY KEY REFERENCES consent_event(id),
    box BLOB NOT NULL
  ) STRICT;
  CREATE TABLE erasure (                    -- one certificate each; kept for ever, says nothing about who it was
    id INTEGER PRIMARY KEY,
    serial TEXT NOT NULL UNIQUE,            -- printed on the certificate
    at INTEGER NOT NULL,
    staff_id INTEGER,
    nameless_id INTEGER NOT NULL,               -- the random, negative customer id what they bought is kept under
    certificate TEXT NOT NULL CHECK (json_valid(certificate)),
    again_of INTEGER REFERENCES erasure(id),-- a till file named them again and they were erased again
    open_ids TEXT CHECK (open_ids IS NULL OR json_valid(open_ids))  -- former ids, only until the last traces are gone
  ) STRICT;
  CREATE TABLE erasure_key (                -- how somebody erased is recognised when a file brings them again
    kind TEXT NOT NULL CHECK (kind IN ('sms', 'email', 'till')),
    hmac TEXT NOT NULL,                     -- of the number, the e-mail, or the till's own id
    erasure_id INTEGER NOT NULL REFERENCES erasure(id),
    lifted_at INTEGER,                      -- they came back by their own act
    PRIMARY KEY (kind, hmac, erasure_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE erasure_return (             -- a file brought somebody with the number or e-mail of a person who was erased
    customer_id INTEGER PRIMARY KEY REFERENCES customer(id) ON DELETE CASCADE,
    erasure_id INTEGER NOT NULL REFERENCES erasure(id),
    import_id INTEGER,
    at INTEGER NOT NULL,
    answer TEXT CHECK (answer IS NULL OR answer = 'somebody-else')
  ) STRICT;
  CREATE TABLE stop_list (                  -- a list of people who said stop elsewhere; who they are stands in the ledger only
    id INTEGER PRIMARY KEY,
    file_name TEXT NOT NULL,                -- '' = pasted
    file_hash TEXT NOT NULL,                -- SHA-256 of the bytes
    at INTEGER NOT NULL,
    staff_id INTEGER,
    numbers INTEGER NOT NULL DEFAULT 0,
    emails INTEGER NOT NULL DEFAULT 0,
    already INTEGER NOT NULL DEFAULT 0,
    unreadable INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX inbound_by_time ON inbound (received_at) WHERE body <> '';
`),
};
