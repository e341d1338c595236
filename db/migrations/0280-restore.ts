import type { Migration } from './index';

/** What became of the shop when an older copy took its place, and how far the carrier's list was read back since. */
export const restores: Migration = {
  version: 280,
  name: 'restore',
  up: (db) =>
    void db.exec(`
  CREATE TABLE restore (
    id INTEGER PRIMARY KEY,
    epoch INTEGER NOT NULL UNIQUE,          -- of the file since then; attempts of an older one belong to a life that may have gone on elsewhere
    how TEXT NOT NULL CHECK (how IN ('restored', 'mended', 'moved', 'taken-back', 'other-computer')),
    at INTEGER NOT NULL,
    copy_at INTEGER NOT NULL,               -- when the copy was made, as told to people
    knows_until INTEGER NOT NULL,           -- the last thing the copy knows: the carrier's list is read back to it
    brought TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(brought)),   -- put back from the journal, counted by kind
    journal TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(journal)),   -- which journals were there, what could not be read
    found TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(found)),       -- found in the carrier's list, counted by kind
    cursor TEXT CHECK (cursor IS NULL OR json_valid(cursor)),         -- where the look under way stands; null = none is
    looks INTEGER NOT NULL DEFAULT 0,       -- whole looks so far
    look_at INTEGER,                        -- the next one; null = what is known is all that will be
    done_at INTEGER,                        -- the owner has seen it and nothing is on hold any more
    CHECK (looks >= 0)
  ) STRICT;
  -- brought back by a Regulars that did not write it down yet, and not looked for to the end
  INSERT INTO restore (epoch, how, at, copy_at, knows_until, look_at)
    SELECT coalesce(max((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'epoch')), 1), 'restored', max(updated_at), min(created_at), min(created_at),
      max(updated_at)
    FROM outbox WHERE state = 'uncertain' AND reason = 'restored' HAVING count(*) > 0;
  -- A reply read a second time after a restore is found by its proof.
  CREATE INDEX consent_evidence_by_inbound ON consent_evidence (inbound_sid) WHERE inbound_sid IS NOT NULL;
  -- Texts a restored copy is unsure about; few, and asked for at every turn of the sender.
  CREATE INDEX outbox_restored ON outbox (cause_kind, cause_id) WHERE state = 'uncertain' AND reason = 'restored';
`),
};
