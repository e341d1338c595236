import type { UtcMs } from '@domain/kernel';
import type { Db } from '../open';

export interface ShownWording {
  hash: string;
  language: 'en' | 'es';
  version: number;
  text: string;
  since: UtcMs;
}

/** Every sign-up wording that was ever shown to anybody or printed, newest first. */
export function signUpWordings(db: Db): ShownWording[] {
  return db
    .prepare(
      "SELECT hash, language, version, text, created_at AS since FROM wording WHERE kind = 'sign-up' ORDER BY created_at DESC, hash LIMIT 100",
    )
    .all() as ShownWording[];
}

/** A stop written down not before `since`: only then may a reason still be added to it. */
export function freshStop(db: Db, eventId: number, since: UtcMs): boolean {
  return db.prepare("SELECT 1 FROM consent_event WHERE id = ? AND kind = 'stopped' AND recorded_at >= ?").get(eventId, since) !== undefined;
}

/** Was this redemption written down at or after `since`, whenever it happened? */
export const writtenSince = (db: Db, redemptionId: number, since: UtcMs): boolean =>
  db
    .prepare("SELECT 1 FROM audit WHERE at >= ? AND action = 'offer.redeemed' AND json_extract(detail, '$.redemption') = ?")
    .get(since, redemptionId) !== undefined;
