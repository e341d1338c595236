import type { UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

export interface ReplyTemplate {
  id: number;
  /** Of one that came with the app; null = the shop's own. */
  key: string | null;
  name: string;
  en: string;
  es: string;
}

const SELECT = 'SELECT id, key, name, body_en AS en, body_es AS es FROM reply_template';

export const replyTemplates = (db: Db): ReplyTemplate[] =>
  db.prepare(`${SELECT} WHERE deleted_at IS NULL ORDER BY sort, id`).all() as ReplyTemplate[];

/** Puts in those that come with the app, each once: one that was deleted stays away. */
export function seedReplyTemplates(trx: Trx, all: readonly { key: string; name: string; en: string; es: string }[], at: UtcMs): void {
  const add = trx.prepare(
    'INSERT INTO reply_template (key, name, body_en, body_es, sort, updated_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING',
  );
  all.forEach((t, i) => {
    add.run(t.key, t.name, t.en, t.es, i, at);
  });
}

export const knownTemplateKeys = (db: Db): Set<string> =>
  new Set(db.prepare('SELECT key FROM reply_template WHERE key IS NOT NULL').pluck().all() as string[]);

/** Writes one; its id. Null when the id is not there. */
export function saveReplyTemplate(trx: Trx, t: Omit<ReplyTemplate, 'id' | 'key'> & { id: number | null }, at: UtcMs): number | null {
  if (t.id === null) {
    const added = trx
      .prepare(
        `INSERT INTO reply_template (name, body_en, body_es, sort, updated_at)
         VALUES (@name, @en, @es, (SELECT coalesce(max(sort), 0) + 1 FROM reply_template), @at)`,
      )
      .run({ name: t.name, en: t.en, es: t.es, at });
    return Number(added.lastInsertRowid);
  }
  const changed = trx
    .prepare('UPDATE reply_template SET name = @name, body_en = @en, body_es = @es, updated_at = @at WHERE id = @id AND deleted_at IS NULL')
    .run({ id: t.id, name: t.name, en: t.en, es: t.es, at }).changes;
  return changed === 1 ? t.id : null;
}

export const deleteReplyTemplate = (trx: Trx, id: number, at: UtcMs): boolean =>
  trx.prepare('UPDATE reply_template SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL').run(at, id).changes === 1;

export const undeleteReplyTemplate = (trx: Trx, id: number): boolean =>
  trx.prepare('UPDATE reply_template SET deleted_at = NULL WHERE id = ?').run(id).changes === 1;
