import type { Db, Trx } from '../open';

type Both = Readonly<Record<'en' | 'es', string>>;

/** A club: what people may ask to hear about. The slug stands in the ledger and never changes. */
export interface Topic {
  slug: string;
  name: Both;
  about: Both;
  /** What people text to be in it; null when it has none. */
  joinWord: string | null;
  position: number;
  active: boolean;
}

interface Row {
  slug: string;
  name_en: string;
  name_es: string;
  about_en: string;
  about_es: string;
  join_word: string | null;
  position: number;
  active: number;
}

const readTopic = (r: Row): Topic => ({
  slug: r.slug,
  name: { en: r.name_en, es: r.name_es },
  about: { en: r.about_en, es: r.about_es },
  joinWord: r.join_word,
  position: r.position,
  active: r.active === 1,
});

/** Clubs in the shop's order: those offered now, or with `all` also the ones that ended. */
export function listTopics(db: Db, options: { all?: boolean } = {}): Topic[] {
  return (db.prepare('SELECT * FROM topic WHERE active = 1 OR ? ORDER BY position, slug').all(options.all ? 1 : 0) as Row[]).map(readTopic);
}

/** One of them, also one that ended; null = there never was. */
export function topicOf(db: Db, slug: string): Topic | null {
  const row = db.prepare('SELECT * FROM topic WHERE slug = ?').get(slug);
  return row ? readTopic(row as Row) : null;
}

/** Writes a club, new or changed. */
export function putTopic(trx: Trx, t: Topic): void {
  trx
    .prepare(
      `INSERT INTO topic (slug, name_en, name_es, about_en, about_es, join_word, position, active)
       VALUES (@slug, @nameEn, @nameEs, @aboutEn, @aboutEs, @joinWord, @position, @active)
       ON CONFLICT (slug) DO UPDATE SET name_en = @nameEn, name_es = @nameEs, about_en = @aboutEn, about_es = @aboutEs,
         join_word = @joinWord, position = @position, active = @active`,
    )
    .run({
      slug: t.slug,
      nameEn: t.name.en,
      nameEs: t.name.es,
      aboutEn: t.about.en,
      aboutEs: t.about.es,
      joinWord: t.joinWord,
      position: t.position,
      active: t.active ? 1 : 0,
    });
}
