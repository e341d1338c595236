/**
 * What stands where an erased person's number stood: no country has +000, so nothing can ever leave to it. It keeps rows apart that
 * must stay countable (texts that were paid for).
 */
const ERASED = /^\+000\d{12}$/;

export const isErasedAddress = (address: string): boolean => ERASED.test(address);

/** The one that goes with the random id `nameless` (negative) what they bought is kept under: their texts and replies still belong together. */
export const erasedAddress = (nameless: number): string => `+000${String(-nameless % 1e12).padStart(12, '0')}`;

/** SQL for a row that would stand twice under it (one cause, two numbers of one person). */
export const ERASED_ADDRESS_SQL = "'+000' || printf('%012d', abs(random() % 1000000000000))";

/** What is known of an erasure when it is printed, today or in ten years: counts, days and reasons, nothing of the person. */
export interface Certificate {
  v: 1;
  /** Shop day of the erasure. */
  day: string;
  /** What went, by kind, with how many; zero is left out. */
  removed: Partial<Record<RemovedKind, number>>;
  /** What stays, by kind, with how many; zero is left out. */
  kept: Partial<Record<KeptKind, number>>;
  /** Until when the sealed proof is kept (shop day); null = there is none. */
  proofUntil: string | null;
  /**
   * Copies of the shop made before, and the day on which the last of them goes by itself; files put aside by a restore, a repair or an
   * update, which do not.
   */
  backups: { copies: number; until: string | null; aside: number };
  /** A till file had brought them again. */
  again: boolean;
}

/** In the order of the sheet. */
export const REMOVED_KINDS = [
  'name',
  'phone',
  'email',
  'address',
  'birthday',
  'note',
  'tags',
  'notes',
  'sizes',
  'wishes',
  'cards',
  'tillIds',
  'receipts',
  'texts',
  'replies',
  'codes',
  'tasks',
  'later',
  'said',
  'merged',
  'undo',
] as const;
export type RemovedKind = (typeof REMOVED_KINDS)[number];

export const KEPT_KINDS = ['purchases', 'results', 'redemptions', 'stops', 'events', 'sealed', 'shared', 'audit'] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];
