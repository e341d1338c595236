import type { Migration } from './index';

/** Where files come from by themselves: the watched folder, what was seen in it, lists on the web. */
export const sources: Migration = {
  version: 110,
  name: 'sources',
  up: (db) =>
    void db.exec(`
  CREATE TABLE watch_folder (               -- at most one
    id INTEGER PRIMARY KEY CHECK (id = 1),
    path TEXT NOT NULL,
    paused INTEGER NOT NULL DEFAULT 0,
    present TEXT NOT NULL CHECK (json_valid(present)),  -- what lay there when it was chosen: {file name: "size mtime"}
    chosen_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE watch_file (                 -- one row per content: the same bytes are never taken twice, whatever the file is called
    hash TEXT PRIMARY KEY,                  -- SHA-256 of the bytes
    file_name TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    modified_at REAL NOT NULL,              -- as the disk tells it, for knowing the file again without reading it
    state TEXT NOT NULL CHECK (state IN ('waits', 'importing', 'imported', 'known', 'aside')),
    why TEXT,                               -- of 'waits': see main/domain/sources/watch.ts
    detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
    profile TEXT NOT NULL DEFAULT '',       -- profile id, manual:<fingerprint>, or '' = not recognised
    approved INTEGER NOT NULL DEFAULT 0,    -- the owner said: take it
    import_id INTEGER REFERENCES import(id),
    seen_at INTEGER NOT NULL,
    settled_at INTEGER
  ) STRICT;
  CREATE INDEX watch_file_by_path ON watch_file (path);
  CREATE INDEX watch_file_by_state ON watch_file (state, settled_at);
  CREATE TABLE watch_kind (                 -- what the owner said about files of one kind
    profile TEXT PRIMARY KEY,
    answer TEXT NOT NULL CHECK (answer IN ('by-itself', 'ask', 'ignore')),
    at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE web_sheet (                  -- a list of people published as CSV
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    url TEXT NOT NULL UNIQUE,
    hosts TEXT NOT NULL CHECK (json_valid(hosts)),      -- hosts the owner allowed: the link's own and where it leads
    daily INTEGER NOT NULL DEFAULT 0,
    hash TEXT,                              -- what was last decided about (imported or left): SHA-256, ETag, Last-Modified
    etag TEXT,
    modified TEXT,
    next_hash TEXT,                         -- what was fetched and waits for the owner
    next_etag TEXT,
    next_modified TEXT,
    import_id INTEGER REFERENCES import(id),            -- the preview made of it, or what became of it
    outcome TEXT,                           -- of the last look: same, new, other-host, or an error code
    outcome_host TEXT,                      -- where the link wants to lead, of 'other-host'
    checked_at INTEGER,
    added_at INTEGER NOT NULL
  ) STRICT;
`),
};
