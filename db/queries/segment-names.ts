import type { Db } from '../open';

export type NameKind = 'item' | 'category' | 'tag' | 'topic';

/** Each name once, the next one found by the index: two million lines hold a few hundred names. */
const distinctLines = (column: 'name' | 'category') => `
  WITH RECURSIVE names (v) AS (
    SELECT min(${column} COLLATE NOCASE) FROM sale_line WHERE ${column} >= @from COLLATE NOCASE AND ${column} <> ''
    UNION ALL
    SELECT (SELECT min(l.${column} COLLATE NOCASE) FROM sale_line l WHERE l.${column} > names.v COLLATE NOCASE) FROM names WHERE names.v IS NOT NULL
  )
  SELECT v FROM names WHERE v IS NOT NULL AND v LIKE @like ESCAPE '\\'`;
const SQL: Record<NameKind, string> = {
  item: distinctLines('name'),
  category: distinctLines('category'),
  tag: "SELECT DISTINCT t.value AS v FROM customer c, json_each(c.tags) t WHERE c.tags <> '[]' AND t.value LIKE @like ESCAPE '\\' ORDER BY 1",
  topic:
    "SELECT DISTINCT substr(purpose, 7) AS v FROM customer_permission WHERE purpose LIKE 'topic:%' AND substr(purpose, 7) LIKE @like ESCAPE '\\' ORDER BY 1",
};

/** Names the rule builder offers: what the till calls items and categories; tags and topics in use. */
export function ruleNames(db: Db, what: NameKind, beginning: string, limit: number): string[] {
  const like = `${beginning.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  const given = SQL[what].includes('@from') ? { like, from: beginning, limit } : { like, limit };
  return db.prepare(`${SQL[what]} LIMIT @limit`).pluck().all(given) as string[];
}

/** A name as the till writes it, case ignored; null = nobody ever bought such a thing. */
export function articleNamed(db: Db, what: 'item' | 'category', name: string): string | null {
  const column = what === 'item' ? 'name' : 'category';
  const sql = `SELECT ${column} FROM sale_line WHERE ${column} = ? COLLATE NOCASE LIMIT 1`;
  return (db.prepare(sql).pluck().get(name) as string | undefined) ?? null;
}

/** The newest of the shop's offers, campaigns or groups of that name. */
export function idNamed(db: Db, table: 'offer' | 'campaign' | 'segment', name: string): number | null {
  const order = table === 'campaign' ? '' : 'archived, ';
  const sql = `SELECT id FROM ${table} WHERE name = ? COLLATE NOCASE ORDER BY ${order}id DESC LIMIT 1`;
  return (db.prepare(sql).pluck().get(name) as number | undefined) ?? null;
}

/** Of a topic by its name or its short form; also one nobody offers any more, as long as somebody asked for it. */
export function topicNamed(db: Db, name: string): string | null {
  const slug = db
    .prepare('SELECT slug FROM topic WHERE slug = @name COLLATE NOCASE OR name_en = @name COLLATE NOCASE LIMIT 1')
    .pluck()
    .get({ name });
  if (slug !== undefined) return slug as string;
  return ruleNames(db, 'topic', name, 20).find((t) => t.toLowerCase() === name.toLowerCase()) ?? null;
}

/** Everything a sentence may mention, to find what was meant by a name nobody knows. */
export const allNames = (db: Db): string[] => [
  ...(['category', 'item', 'topic', 'tag'] as const).flatMap((what) => ruleNames(db, what, '', 500)),
  ...(db
    .prepare(
      'SELECT name FROM segment WHERE archived = 0 UNION SELECT name FROM campaign WHERE automation_id IS NULL UNION SELECT name FROM offer WHERE archived = 0 LIMIT 500',
    )
    .pluck()
    .all() as string[]),
];
