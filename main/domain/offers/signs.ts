import { MINUTE, type UtcMs } from '../kernel';

/** Something worth a kind question. Never proof: each says what was counted, so that the owner can judge. */
export type Sign =
  /** A used code was shown again: perhaps a screenshot that went round. */
  | { kind: 'used-again'; code: string; offerId: number; n: number; at: UtcMs }
  /** Code entry was locked after ten wrong codes. */
  | { kind: 'guessing'; staffId: number | null; staffName: string | null; n: number; at: UtcMs }
  /** One code, several uses within minutes. */
  | { kind: 'burst'; code: string; offerId: number; n: number; minutes: number; at: UtcMs }
  /** A colleague redeems without a receipt far more often than the others do. */
  | { kind: 'no-receipt'; staffId: number; staffName: string | null; n: number; of: number; othersPercent: number; at: UtcMs }
  /** Redeemed and taken back, more often than slips explain. */
  | { kind: 'taken-back'; staffId: number; staffName: string | null; n: number; of: number; at: UtcMs }
  | { kind: 'undone-again'; code: string; offerId: number; n: number; at: UtcMs }
  /** A shared code was used far more often than it was sent. */
  | { kind: 'beyond-texts'; offerId: number; n: number; texts: number; at: UtcMs }
  /** Redeemed although the text with it never left. */
  | { kind: 'never-sent'; offerId: number; n: number; at: UtcMs }
  /** The till says they spent less than the offer asks for, or bought none of what it holds for. */
  | { kind: 'too-little'; offerId: number; n: number; at: UtcMs }
  | { kind: 'other-things'; offerId: number; n: number; at: UtcMs };

export interface Use {
  code: string;
  offerId: number;
  shared: boolean;
  at: UtcMs;
}
export interface StaffCounts {
  staffId: number;
  staffName: string | null;
  redeemed: number;
  noReceipt: number;
  takenBack: number;
  lastAt: UtcMs;
}
export interface SignFacts {
  usedAgain: readonly { code: string; offerId: number; n: number; at: UtcMs }[];
  locks: readonly { staffId: number | null; staffName: string | null; n: number; at: UtcMs }[];
  /** Standing uses in order of time; of a shared code `code` is the one everybody has. */
  uses: readonly Use[];
  staff: readonly StaffCounts[];
  undoneAgain: readonly { code: string; offerId: number; n: number; at: UtcMs }[];
  shared: readonly { offerId: number; uses: number; texts: number; at: UtcMs }[];
  neverSent: readonly { offerId: number; n: number; at: UtcMs }[];
  tooLittle: readonly { offerId: number; n: number; at: UtcMs }[];
  otherThings: readonly { offerId: number; n: number; at: UtcMs }[];
}

/** A queue at the till is not a fraud: a code for everybody has to be used this often within so little time. */
export const BURST_MS = 10 * MINUTE;
const BURST_SHARED = 6;
const BURST_PERSONAL = 2;
/** So few redemptions say nothing about a habit. */
const LEAST_REDEMPTIONS = 10;
const LEAST_TAKEN_BACK = 4;

/** The most uses of one code within ten minutes, where they are more than a family or a queue explains. */
export function burstsOf(uses: readonly Use[]): Extract<Sign, { kind: 'burst' }>[] {
  const byCode = new Map<string, Use[]>();
  for (const u of uses) byCode.set(u.code, [...(byCode.get(u.code) ?? []), u]);
  const out: Extract<Sign, { kind: 'burst' }>[] = [];
  for (const [code, all] of byCode) {
    let best: { n: number; from: number; to: number } | null = null;
    for (let i = 0, j = 0; j < all.length; j++) {
      while ((all[j]?.at ?? 0) - (all[i]?.at ?? 0) > BURST_MS) i++;
      if (!best || j - i + 1 > best.n) best = { n: j - i + 1, from: i, to: j };
    }
    const [first, last] = best ? [all[best.from], all[best.to]] : [];
    if (!best || !first || !last || best.n < (first.shared ? BURST_SHARED : BURST_PERSONAL)) continue;
    const minutes = Math.max(1, Math.ceil((last.at - first.at) / MINUTE));
    out.push({ kind: 'burst', code, offerId: first.offerId, n: best.n, minutes, at: last.at });
  }
  return out;
}

/**
 * Who redeems without a receipt: at least ten redemptions, most of them without, and less than half as common with the others. In a shop
 * that never writes receipts down nobody stands out.
 */
function withoutReceipts(staff: readonly StaffCounts[]): Extract<Sign, { kind: 'no-receipt' }>[] {
  return staff.flatMap((s) => {
    const others = staff.filter((o) => o.staffId !== s.staffId);
    const redeemed = others.reduce((n, o) => n + o.redeemed, 0);
    if (s.redeemed < LEAST_REDEMPTIONS || redeemed < LEAST_REDEMPTIONS) return [];
    const share = s.noReceipt / s.redeemed;
    const usual = others.reduce((n, o) => n + o.noReceipt, 0) / redeemed;
    if (share < 0.5 || usual > share / 2) return [];
    return [
      {
        kind: 'no-receipt' as const,
        staffId: s.staffId,
        staffName: s.staffName,
        n: s.noReceipt,
        of: s.redeemed,
        othersPercent: Math.round(usual * 100),
        at: s.lastAt,
      },
    ];
  });
}

/** Every sign there is in the facts, the newest first. */
export function signsOf(f: SignFacts): Sign[] {
  const out: Sign[] = [
    ...f.usedAgain.filter((u) => u.n >= 2).map((u) => ({ kind: 'used-again' as const, ...u })),
    ...f.locks.map((l) => ({ kind: 'guessing' as const, ...l })),
    ...burstsOf(f.uses),
    ...withoutReceipts(f.staff),
    ...f.staff
      .filter((s) => s.takenBack >= LEAST_TAKEN_BACK && s.takenBack * 5 >= s.redeemed + s.takenBack)
      .map((s) => ({
        kind: 'taken-back' as const,
        staffId: s.staffId,
        staffName: s.staffName,
        n: s.takenBack,
        of: s.redeemed + s.takenBack,
        at: s.lastAt,
      })),
    ...f.undoneAgain.filter((u) => u.n >= 2).map((u) => ({ kind: 'undone-again' as const, ...u })),
    ...f.shared
      .filter((s) => s.texts > 0 && s.uses >= 20 && s.uses > 1.5 * s.texts)
      .map((s) => ({ kind: 'beyond-texts' as const, offerId: s.offerId, n: s.uses, texts: s.texts, at: s.at })),
    ...f.neverSent.map((s) => ({ kind: 'never-sent' as const, ...s })),
    ...f.tooLittle.map((s) => ({ kind: 'too-little' as const, ...s })),
    ...f.otherThings.map((s) => ({ kind: 'other-things' as const, ...s })),
  ];
  return out.sort((a, b) => b.at - a.at);
}
