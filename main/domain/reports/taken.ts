import { type LikeCampaign, pooledOf } from './suggest';

/** What became of the suggestions the owner took. */
export interface TakenSummary {
  /** Sent; and of them those whose days are over and covered by the till file. */
  readonly sent: number;
  readonly measured: number;
  /** Texted in the measured ones, and how many came afterwards, for whatever reason. */
  readonly texted: number;
  readonly came: number;
  /** Over those with a comparison: people who came because of them, among the texted that were compared. Null where too few to say. */
  readonly extra: { readonly best: number; readonly low: number; readonly high: number } | null;
}

/** Null stands for one that was sent and cannot be measured yet. */
export function takenSummary(taken: readonly (LikeCampaign | null)[]): TakenSummary {
  const measured = taken.filter((c) => c !== null);
  const sum = (of: (c: LikeCampaign) => number) => measured.reduce((n, c) => n + of(c), 0);
  const pooled = pooledOf(measured);
  const people = sum((c) => c.compared?.text.n ?? 0);
  const whole = (share: number) => Math.round(share * people) + 0;
  return {
    sent: taken.length,
    measured: measured.length,
    texted: sum((c) => c.texted),
    came: sum((c) => c.came),
    extra: pooled && { best: whole(pooled.estimate), low: whole(pooled.low), high: whole(pooled.high) },
  };
}
