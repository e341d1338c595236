import type { Language, OwnWording, Wording, WordingKind } from '@domain/consent/wording';
import type { StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** A version of the shop's own words. */
export interface WordingVersion {
  id: number;
  kind: WordingKind;
  language: Language;
  version: number;
  template: string;
  staffName: string | null;
  at: UtcMs;
  active: boolean;
}

/** The shop's own words now in use for a kind; null = ours. */
export function ownWording(db: Db, kind: WordingKind, language: Language): OwnWording | null {
  const row = db
    .prepare('SELECT template, version FROM wording_version WHERE kind = ? AND language = ? AND active = 1')
    .get(kind, language);
  return (row as OwnWording | undefined) ?? null;
}

/** All versions of one wording, newest first. */
export function wordingVersions(db: Db, kind: WordingKind, language: Language): WordingVersion[] {
  const rows = db
    .prepare(
      `SELECT w.id, w.kind, w.language, w.version, w.template, s.name AS staffName, w.at, w.active
       FROM wording_version w LEFT JOIN staff s ON s.id = w.staff_id WHERE w.kind = ? AND w.language = ? ORDER BY w.version DESC`,
    )
    .all(kind, language) as (Omit<WordingVersion, 'active'> & { active: number })[];
  return rows.map((r) => ({ ...r, active: r.active === 1 }));
}

export function wordingVersion(db: Db, id: number): { kind: WordingKind; language: Language; template: string } | null {
  const row = db.prepare('SELECT kind, language, template FROM wording_version WHERE id = ?').get(id);
  return (row as { kind: WordingKind; language: Language; template: string } | undefined) ?? null;
}

/** From now on ours, or whatever is added next. */
export function endOwnWording(trx: Trx, kind: WordingKind, language: Language): void {
  trx.prepare('UPDATE wording_version SET active = 0 WHERE kind = ? AND language = ? AND active = 1').run(kind, language);
}

/** A new version, in use from now on; versions are never changed and never deleted. Returns its number. */
export function addOwnWording(
  trx: Trx,
  w: { kind: WordingKind; language: Language; template: string; staffId: StaffId | null; at: UtcMs; from: number },
): number {
  endOwnWording(trx, w.kind, w.language);
  const last = trx.prepare('SELECT max(version) FROM wording_version WHERE kind = ? AND language = ?').pluck().get(w.kind, w.language) as
    | number
    | null;
  const version = last === null ? w.from : last + 1;
  trx
    .prepare(
      `INSERT INTO wording_version (kind, language, version, template, staff_id, at, active)
       VALUES (@kind, @language, @version, @template, @staffId, @at, 1)`,
    )
    .run({ kind: w.kind, language: w.language, version, template: w.template, staffId: w.staffId, at: w.at });
  return version;
}

/**
 * The sign people have in front of them who text a word: the wording last printed or copied with it, and how many texts a month that
 * promised. Null: never printed here.
 */
export function lastPrinted(db: Db, word: string, language: Language): { wording: Wording; promiseMax: number } | null {
  const row = db
    .prepare(
      `SELECT w.kind, w.language, w.version, w.text, w.hash, p.promise_max AS promiseMax FROM kit_print p JOIN wording w ON w.hash = p.wording_hash
       WHERE p.word = ? AND p.language = ? ORDER BY p.id DESC LIMIT 1`,
    )
    .get(word, language) as (Wording & { promiseMax: number }) | undefined;
  if (!row) return null;
  const { promiseMax, ...wording } = row;
  return { wording, promiseMax };
}

export function notePrinted(
  trx: Trx,
  p: { word: string; language: Language; hash: string; piece: string; promiseMax: number; at: UtcMs },
): void {
  trx
    .prepare(
      `INSERT INTO kit_print (word, language, piece, wording_hash, promise_max, at)
       VALUES (@word, @language, @piece, @hash, @promiseMax, @at)`,
    )
    .run({ word: p.word, language: p.language, piece: p.piece, hash: p.hash, promiseMax: p.promiseMax, at: p.at });
}
