/**
 * When a campaign's mails pause themselves, as texts do (rules.md §4, blast brake): providers close accounts whose mails keep hitting
 * dead addresses (from about one in twenty on), and a post office that refuses the shop itself will refuse the next one as well.
 */
export function brakesOn(seen: { ended: number; bad: number; refusedUs: number }): 'mail-bounces' | 'mail-refused' | null {
  if (seen.refusedUs >= 3 && seen.refusedUs * 10 >= seen.ended) return 'mail-refused';
  if (seen.bad >= 5 && seen.bad * 10 >= seen.ended) return 'mail-bounces';
  return null;
}
