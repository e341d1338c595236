import type { UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** An outgoing message of the carrier's list that no row of ours owns, with what of it concerns us. */
export interface Stranger {
  sid: string;
  to: string;
  body: string;
  at: UtcMs;
}

/** Those already written down. */
export function knownForeign(db: Db, sids: readonly string[]): Set<string> {
  return new Set(
    db.prepare('SELECT sid FROM foreign_text WHERE sid IN (SELECT value FROM json_each(?))').pluck().all(JSON.stringify(sids)) as string[],
  );
}

/**
 * What a stranger may be to us, asked by its number and words: a text of ours whose answer is still owed or that was posted more than
 * once (`maybe`), a twin of one of ours (`alike`), or just a text to somebody of ours (`ours`).
 */
export function kinOf(db: Db, s: Pick<Stranger, 'to' | 'body'>): { maybe: boolean; alike: boolean; ours: boolean } {
  const k = db
    .prepare(
      `SELECT
         EXISTS (SELECT 1 FROM outbox WHERE address = @to AND (body = @body OR @body = '')
           AND (state IN ('sending', 'uncertain', 'scheduled') OR attempts > 1 OR reason IN ('duplicate', 'restored'))) AS maybe,
         EXISTS (SELECT 1 FROM outbox WHERE address = @to AND body = @body AND cause_kind IN ('campaign', 'automation')) AS alike,
         EXISTS (SELECT 1 FROM customer WHERE phone = @to) AS ours`,
    )
    .get({ to: s.to, body: s.body }) as { maybe: number; alike: number; ours: number };
  return { maybe: k.maybe === 1, alike: k.alike === 1, ours: k.ours === 1 };
}

/** Which of these are codes of ours. */
export function ourCodes(db: Db, codes: readonly string[]): boolean {
  if (codes.length === 0) return false;
  return (
    db.prepare('SELECT 1 FROM offer_code WHERE code IN (SELECT value FROM json_each(?)) LIMIT 1').get(JSON.stringify(codes)) !== undefined
  );
}

export function saveForeign(trx: Trx, found: readonly { sid: string; at: UtcMs; ours: boolean; alike: boolean }[]): number {
  const put = trx.prepare('INSERT INTO foreign_text (sid, at, ours, alike) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  return found.reduce((n, f) => n + put.run(f.sid, f.at, Number(f.ours), Number(f.alike)).changes, 0);
}

/** Texts that turned out to be ours after all. */
export function dropForeign(trx: Trx, sids: readonly string[]): void {
  trx.prepare('DELETE FROM foreign_text WHERE sid IN (SELECT value FROM json_each(?))').run(JSON.stringify(sids));
}

export function foreignSince(
  db: Db,
  since: UtcMs,
): { total: number; ours: number; alike: number; lastAt: UtcMs | null; lastAlikeAt: UtcMs | null } {
  return db
    .prepare(
      `SELECT count(*) AS total, coalesce(sum(ours), 0) AS ours, coalesce(sum(alike), 0) AS alike, max(at) AS lastAt,
         max(CASE WHEN alike = 1 THEN at END) AS lastAlikeAt FROM foreign_text WHERE at >= ?`,
    )
    .get(since) as ReturnType<typeof foreignSince>;
}

/** When each of them was made, newest first: for counting by the shop's days. */
export function foreignTimes(db: Db, since: UtcMs): { at: UtcMs; ours: number; alike: number }[] {
  return db.prepare('SELECT at, ours, alike FROM foreign_text WHERE at >= ? ORDER BY at DESC LIMIT 20000').all(since) as {
    at: UtcMs;
    ours: number;
    alike: number;
  }[];
}

export function forgetForeign(trx: Trx, before: UtcMs): number {
  return trx.prepare('DELETE FROM foreign_text WHERE at < ?').run(before).changes;
}
