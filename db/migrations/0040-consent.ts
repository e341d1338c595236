import type { Migration } from './index';

/**
 * The consent ledger: append-only and hash-chained, keyed by the number (as an HMAC), never by the customer, so that a stop
 * survives deletion, merge, re-import and restore. Plain number, name and photo live beside it and can be sealed at erasure.
 */
export const consent: Migration = {
  version: 40,
  name: 'consent',
  up: (db) =>
    void db.exec(`
  CREATE TABLE wording (                    -- exactly what people were shown
    hash TEXT PRIMARY KEY,                  -- SHA-256 of text
    kind TEXT NOT NULL,                     -- sign-up, confirmation, double-opt-in, help, stop-confirmation
    language TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    created_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE consent_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    address_hmac TEXT NOT NULL,             -- HMAC-SHA256(shop key, E.164 or e-mail), hex
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'email')),
    purpose TEXT NOT NULL,                  -- marketing | topic:<slug> | service | all
    kind TEXT NOT NULL,                     -- see main/domain/consent/event.ts
    method TEXT NOT NULL,
    promise_max INTEGER,                    -- texts per calendar month promised
    topics TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(topics)),
    language TEXT NOT NULL DEFAULT 'en',
    wording_hash TEXT,
    reason TEXT,                            -- why they left, the matched rule, …
    staff_id INTEGER,
    device TEXT NOT NULL DEFAULT '',
    evidence_hash TEXT,                     -- salted SHA-256 of what stands in consent_evidence
    occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE INDEX consent_event_by_address ON consent_event (address_hmac, channel, id);
  CREATE TRIGGER consent_event_no_update BEFORE UPDATE ON consent_event BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
  CREATE TRIGGER consent_event_no_delete BEFORE DELETE ON consent_event BEGIN SELECT RAISE(ABORT, 'the consent ledger is append-only'); END;
  CREATE TABLE consent_evidence (
    event_id INTEGER PRIMARY KEY REFERENCES consent_event(id),
    salt TEXT NOT NULL,
    address TEXT,                           -- null once sealed
    name TEXT,
    inbound_sid TEXT,
    inbound_text TEXT,
    photo BLOB,
    sealed_at INTEGER
  ) STRICT;
  CREATE TABLE consent_state (              -- folded from the ledger in the same transaction; what audience SQL reads
    address_hmac TEXT NOT NULL,
    channel TEXT NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('in', 'pending', 'out', 'never', 'hold', 'paused')),
    promise_max INTEGER,
    since INTEGER NOT NULL,
    expires_at INTEGER,                     -- of a pending double opt-in
    event_id INTEGER NOT NULL,
    carrier_stop INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (address_hmac, channel, purpose)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE address_book (               -- plain address -> HMAC, for people we may still name; dropped at erasure
    address TEXT PRIMARY KEY,
    address_hmac TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX address_book_by_hmac ON address_book (address_hmac);
`),
};
