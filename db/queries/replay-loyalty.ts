import type { CustomerId } from '@domain/kernel';
import type { Trx } from '../open';
import {
  insertMember,
  insertNote,
  insertReward,
  insertVersion,
  memberSince,
  type NoteRow,
  noteByUid,
  type RewardRow,
  type StoredVersion,
  undoNote,
} from './loyalty';
import { codeRow } from './offer-codes';
import { noteEverybody } from './points';
import { personNow } from './replay';

/** One fact of the rewards programme as the journal keeps it. */
export type LoyaltyFact =
  | { readonly version: StoredVersion }
  | {
      readonly member: {
        readonly customerId: CustomerId;
        readonly sinceDay: StoredVersion['fromDay'];
        readonly at: StoredVersion['at'];
        readonly staffId: StoredVersion['staffId'];
      };
    }
  /** As it stands: also once it was taken back. */
  | { readonly note: Omit<NoteRow, 'id'> }
  | { readonly reward: RewardRow };

/** Whom a fact is about; null = nobody. */
export const personOf = (f: LoyaltyFact): CustomerId | null =>
  'version' in f ? null : 'member' in f ? f.member.customerId : 'note' in f ? f.note.customerId : f.reward.customerId;

/** What happened since a copy was made. False when it is known there. */
export function putLoyalty(trx: Trx, f: LoyaltyFact): boolean {
  if ('version' in f) {
    const { id, ...version } = f.version;
    const same = trx
      .prepare('SELECT 1 FROM loyalty_version WHERE at = ? AND from_day = ? AND state = ?')
      .get(version.at, version.fromDay, version.state);
    if (same !== undefined) return false;
    const taken = trx.prepare('SELECT 1 FROM loyalty_version WHERE id = ?').get(id) !== undefined;
    insertVersion(trx, taken ? version : { ...version, id });
    noteEverybody(trx);
    return true;
  }
  const customerId = personNow(trx, personOf(f)) as CustomerId | null;
  if (customerId === null) return false;
  if ('member' in f) {
    const since = memberSince(trx, customerId);
    if (since !== null && since <= f.member.sinceDay) return false;
    insertMember(trx, { ...f.member, customerId });
    return true;
  }
  if ('note' in f) {
    const known = noteByUid(trx, f.note.uid);
    if (known) return f.note.undoneAt !== null && undoNote(trx, f.note.uid, f.note.undoneAt);
    return insertNote(trx, { ...f.note, customerId });
  }
  // its code came before it, or was drawn in an earlier life and is nobody's here
  return codeRow(trx, f.reward.code) !== null && insertReward(trx, { ...f.reward, customerId });
}
