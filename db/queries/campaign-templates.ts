import type { TaskKind } from '@domain/counter/task';
import type { UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { ReplyWord } from './replies';

export interface OwnTemplate {
  id: number;
  name: string;
  body: string;
  /** '' = English only. */
  bodyEs: string;
  words: (Omit<ReplyWord, 'campaignId' | 'means'> & { means: TaskKind })[];
  createdAt: UtcMs;
}

/** Texts the owner keeps, by name. */
export function ownTemplates(db: Db): OwnTemplate[] {
  const rows = db
    .prepare(
      'SELECT id, name, body, body_es AS bodyEs, reply_words AS words, created_at AS createdAt FROM campaign_template ORDER BY name, id',
    )
    .all() as (Omit<OwnTemplate, 'words'> & { words: string })[];
  return rows.map((r) => ({ ...r, words: JSON.parse(r.words) as OwnTemplate['words'] }));
}

export function insertTemplate(trx: Trx, t: Omit<OwnTemplate, 'id'>): number {
  const add = trx.prepare('INSERT INTO campaign_template (name, body, body_es, reply_words, created_at) VALUES (?, ?, ?, ?, ?)');
  return Number(add.run(t.name, t.body, t.bodyEs, JSON.stringify(t.words), t.createdAt).lastInsertRowid);
}

/** False when there is none. */
export const deleteTemplate = (trx: Trx, id: number): boolean =>
  trx.prepare('DELETE FROM campaign_template WHERE id = ?').run(id).changes > 0;
