import type { Answers } from '@domain/imports/formats';
import type { PendingAre } from '@domain/imports/plan';
import type { UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** What the owner last said about 'pending' sales of a till; null = never asked. */
export function lastPending(db: Db, source: string): PendingAre | null {
  const said = db
    .prepare(
      `SELECT json_extract(plan, '$.decisions.pending') FROM import
       WHERE source = ? AND state = 'done' AND json_extract(plan, '$.decisions.pending') IS NOT NULL ORDER BY id DESC LIMIT 1`,
    )
    .pluck()
    .get(source) as PendingAre | undefined;
  return said ?? null;
}

/** What the owner answered about day/month order and decimal signs for the last file of the same columns that was asked about. */
export function lastAnswers(db: Db, source: string, profile: string): Answers {
  const last = (part: 'dateOrder' | 'decimal') => {
    const said = db
      .prepare(
        `SELECT json_extract(plan, '$.decisions.${part}') FROM import
         WHERE source = ? AND profile = ? AND state = 'done' AND json_extract(plan, '$.decisions.${part}') IS NOT NULL ORDER BY id DESC LIMIT 1`,
      )
      .pluck()
      .get(source, profile) as string | undefined;
    return said === undefined ? {} : { [part]: JSON.parse(said) };
  };
  return { ...last('dateOrder'), ...last('decimal') };
}

/**
 * Names under which receipts of the same till may be known: sheets the owner explained, and for such a sheet every other till. Newest
 * first, with what the till and the file were called.
 */
export function otherSources(db: Db, source: string): { source: string; till: string; file: string }[] {
  return db
    .prepare(
      `SELECT source, coalesce(json_extract(plan, '$.till'), '') AS till, file_name AS file FROM import WHERE id IN (
         SELECT max(id) FROM import WHERE state = 'done' AND source NOT IN ('', @source) AND (source LIKE 'csv:%' OR @source LIKE 'csv:%')
           AND json_extract(plan, '$.kind') = 'sales' GROUP BY source) ORDER BY id DESC LIMIT 20`,
    )
    .all({ source }) as { source: string; till: string; file: string }[];
}

/** The first of these exports that brought sales of that time, still in the shop; null = none. */
export function soldThrough(db: Db, profiles: readonly string[], from: UtcMs, to: UtcMs): string | null {
  const found = db
    .prepare(
      `SELECT i.profile FROM import i WHERE i.state = 'done' AND i.profile IN (${profiles.map(() => '?').join(', ')})
         AND EXISTS (SELECT 1 FROM sale s WHERE s.import_id = i.id AND s.occurred_at BETWEEN ? AND ?) ORDER BY i.id LIMIT 1`,
    )
    .pluck()
    .get(...profiles, from, to) as string | undefined;
  return found ?? null;
}
