import type { Migration } from './index';

/**
 * Who gets what: a campaign's further groups, each with its own words and offer, and other wordings of any of them. The first part
 * stays in the campaign's own columns. When each text leaves: over several days, at an hour of the day where its reader is.
 */
export const campaignParts: Migration = {
  version: 310,
  name: 'campaign parts',
  up: (db) =>
    void db.exec(`
  CREATE TABLE campaign_part (
    campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 2),      -- asked in this order, the first that matches wins
    name TEXT NOT NULL DEFAULT '',
    segment_id INTEGER REFERENCES segment(id),
    rule TEXT CHECK (rule IS NULL OR json_valid(rule)),   -- frozen at send
    body TEXT NOT NULL DEFAULT '',
    offer_id INTEGER REFERENCES offer(id),
    PRIMARY KEY (campaign_id, position)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX campaign_part_by_segment ON campaign_part (segment_id) WHERE segment_id IS NOT NULL;
  CREATE INDEX campaign_part_by_offer ON campaign_part (offer_id) WHERE offer_id IS NOT NULL;
  -- Beside a part's own words (English, wording A, whatever is known of the phone).
  CREATE TABLE campaign_words (
    campaign_id INTEGER NOT NULL REFERENCES campaign(id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 1),
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    arm TEXT NOT NULL CHECK (arm IN ('a', 'b')),
    links TEXT NOT NULL CHECK (links IN ('any', 'yes', 'no')),  -- for phones that open links, or do not
    body TEXT NOT NULL,
    PRIMARY KEY (campaign_id, position, language, arm, links),
    CHECK (NOT (language = 'en' AND arm = 'a' AND links = 'any'))
  ) STRICT, WITHOUT ROWID;

  ALTER TABLE campaign ADD COLUMN part_name TEXT NOT NULL DEFAULT '';      -- what the owner calls its first part
  ALTER TABLE campaign ADD COLUMN parent_id INTEGER REFERENCES campaign(id);  -- the campaign this one is a later step of
  ALTER TABLE campaign ADD COLUMN spread_days INTEGER NOT NULL DEFAULT 1 CHECK (spread_days BETWEEN 1 AND 14);
  ALTER TABLE campaign ADD COLUMN local_hour INTEGER CHECK (local_hour BETWEEN 0 AND 23);  -- where its reader is; null = any open hour
  ALTER TABLE campaign ADD COLUMN daily_share INTEGER;                     -- frozen at send: never more texts than this leave in one shop day
  CREATE INDEX campaign_by_parent ON campaign (parent_id) WHERE parent_id IS NOT NULL;

  ALTER TABLE campaign_person ADD COLUMN part INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE campaign_person ADD COLUMN words TEXT NOT NULL DEFAULT '';   -- language.arm.links of the wording they read or, of a drop-out, would have read
  UPDATE campaign_person SET words = 'en.a.any' WHERE arm = 'text';
`),
};
