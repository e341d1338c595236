import type { UtcMs } from '@domain/kernel';
import { type JoinSource, tidyWord, wordsIn } from '@domain/kit/join-word';
import type { Db, Trx } from '../open';

export interface JoinWord {
  word: string;
  source: JoinSource;
  /** The owner's own name of a custom place, else ''. */
  label: string;
  topic: string | null;
  /** The one now printed there; older ones still work while `active`. */
  current: boolean;
  active: boolean;
  createdAt: UtcMs;
}

const COLUMNS = 'word, source, label, topic, current, active, created_at AS createdAt';
const wordOf = (r: unknown): JoinWord => {
  const row = r as Omit<JoinWord, 'current' | 'active'> & { current: number; active: number };
  return { ...row, current: row.current === 1, active: row.active === 1 };
};

/**
 * The JOIN word a text consists of, whatever its case, accents, punctuation and courtesies: where it was printed and which topics it
 * asks for (none = everything we send). Null: it is none of ours. The sign-up is recorded with `device: 'word:<WORD>'`.
 */
export function joinWordFor(db: Db, body: string): { word: string; source: JoinSource; topics: string[] } | null {
  for (const word of wordsIn(body)) {
    const found = joinWord(db, word);
    if (found?.active) return { word: found.word, source: found.source, topics: found.topic === null ? [] : [found.topic] };
  }
  return null;
}

/** One word as it stands, also one that is used no more. */
export function joinWord(db: Db, word: string): JoinWord | null {
  const row = db.prepare(`SELECT ${COLUMNS} FROM join_word WHERE word = ?`).get(word);
  return row ? wordOf(row) : null;
}

/** Every word there ever was, the printed ones first. */
export function listJoinWords(db: Db): JoinWord[] {
  return db.prepare(`SELECT ${COLUMNS} FROM join_word ORDER BY current DESC, source, created_at, word`).all().map(wordOf);
}

/** A word for a place. `current` makes it the one that is printed: the earlier one keeps working and steps back. */
export function putJoinWord(trx: Trx, w: JoinWord): void {
  trx
    .prepare(
      `INSERT INTO join_word (word, source, label, topic, current, active, created_at)
       VALUES (@word, @source, @label, @topic, @current, @active, @createdAt)
       ON CONFLICT (word) DO UPDATE SET label = @label, current = @current, active = @active`,
    )
    .run({ ...w, current: w.current ? 1 : 0, active: w.active ? 1 : 0 });
}

/** The word printed until now at a place (or for a topic) is no longer printed; signs already out there still work. */
export function retireJoinWord(trx: Trx, source: JoinSource, topic: string | null): void {
  trx.prepare('UPDATE join_word SET current = 0 WHERE source = ? AND topic IS ? AND current = 1').run(source, topic);
}

/** Whether a campaign of the shop asks people to answer with this word ("HOLD"): then it must not sign anybody up. */
export const campaignAsksFor = (db: Db, word: string): boolean =>
  (db.prepare('SELECT DISTINCT word FROM campaign_reply_word').pluck().all() as string[]).some((w) => tidyWord(w) === word);
