import type { Migration } from './index';

/**
 * What people can ask for and how they ask from their own phone: topics (clubs) as rows, JOIN words per place they are printed, and
 * the shop's own versions of the wording. Words that were ever printed stay, so that an old sign still works.
 */
export const kit: Migration = {
  version: 170,
  name: 'kit',
  up: (db) =>
    void db.exec(`
  CREATE TABLE topic (
    slug TEXT PRIMARY KEY,                  -- stands in the ledger: never changed, never used again
    name_en TEXT NOT NULL,
    name_es TEXT NOT NULL,
    about_en TEXT NOT NULL DEFAULT '',
    about_es TEXT NOT NULL DEFAULT '',
    join_word TEXT UNIQUE REFERENCES join_word(word),  -- the word now printed for it
    position INTEGER NOT NULL,
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
  ) STRICT;
  CREATE TABLE join_word (
    word TEXT PRIMARY KEY,                  -- capitals and digits only
    source TEXT NOT NULL CHECK (source IN ('card', 'poster', 'bag', 'receipt', 'website', 'instagram', 'email', 'topic', 'custom')),
    label TEXT NOT NULL DEFAULT '',         -- the owner's own name of a custom place
    topic TEXT REFERENCES topic(slug),      -- who texts it is interested in this
    current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),  -- the one we print; older prints keep theirs
    active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),    -- 0: no longer signs anybody up
    created_at INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE UNIQUE INDEX join_word_current ON join_word (source) WHERE current = 1 AND source NOT IN ('topic', 'custom');
  INSERT INTO topic (slug, name_en, name_es, about_en, about_es, join_word, position) VALUES
    ('offers', 'Offers', 'Ofertas', 'Discounts and deals for members', 'Descuentos y promociones para miembros', NULL, 1),
    ('news', 'New arrivals', 'Novedades', 'When something new comes in', 'Cuando llega algo nuevo', NULL, 2),
    ('events', 'Events', 'Eventos', 'Evenings and days in the shop', 'Noches y días en la tienda', NULL, 3);
  INSERT INTO join_word (word, source, topic) VALUES
    ('JOIN', 'card', NULL), ('CLUB', 'poster', NULL), ('BAGCLUB', 'bag', NULL), ('SLIPCLUB', 'receipt', NULL),
    ('WEBCLUB', 'website', NULL), ('INSTACLUB', 'instagram', NULL), ('MAILCLUB', 'email', NULL),
    ('OFFERSCLUB', 'topic', 'offers'), ('NEWCLUB', 'topic', 'news'), ('EVENTSCLUB', 'topic', 'events');
  UPDATE topic SET join_word = (SELECT word FROM join_word WHERE topic = slug);

  CREATE TABLE wording_version (            -- the shop's own words; without an active one ours are used
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    version INTEGER NOT NULL,               -- per kind and language, above every version of ours
    template TEXT NOT NULL,
    staff_id INTEGER REFERENCES staff(id),
    at INTEGER NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    UNIQUE (kind, language, version)
  ) STRICT;
  CREATE UNIQUE INDEX wording_version_active ON wording_version (kind, language) WHERE active = 1;
  CREATE TABLE kit_print (                  -- what was printed or copied: the words people had in front of them when they texted
    id INTEGER PRIMARY KEY,
    word TEXT NOT NULL REFERENCES join_word(word),
    language TEXT NOT NULL CHECK (language IN ('en', 'es')),
    piece TEXT NOT NULL,                    -- card, poster, bag, …
    wording_hash TEXT NOT NULL REFERENCES wording(hash),
    promise_max INTEGER NOT NULL,           -- texts a month it promises
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX kit_print_by_word ON kit_print (word, language, id);
`),
};
