import type { OfferTerms } from './offer';

/** What an offer is known by and gives; the shared word as it stands in texts. */
export type Promised = OfferTerms & { readonly sharedCode: string | null };

/**
 * The first field by which an offer would give less, or to fewer, than what people who hold its code were told; null when it
 * gives at least that. Days and uses of personal codes are frozen with each code, so only those of a shared one are asked.
 */
export function takenBack(before: Promised, after: Promised): keyof Promised | null {
  const less = (was: number | null, is: number | null) => was !== null && (is === null || is < was);
  if (after.kind !== before.kind) return 'kind';
  if (after.codeMode !== before.codeMode) return 'codeMode';
  if (after.sharedCode !== before.sharedCode) return 'sharedCode';
  if (less(before.percent, after.percent)) return 'percent';
  if (less(before.amount, after.amount)) return 'amount';
  if (less(before.points, after.points)) return 'points';
  if (after.item !== before.item) return 'item';
  if (!sameBundle(before, after)) return 'bundle';
  if (after.minSpend > before.minSpend) return 'minSpend';
  const narrower = narrowed(before, after);
  if (narrower) return narrower;
  if ((before.weekdays & ~after.weekdays) !== 0) return 'weekdays';
  if (startsLater(before.fromMinute, after.fromMinute)) return 'fromMinute';
  if (endsEarlier(before.untilMinute, after.untilMinute)) return 'untilMinute';
  if (after.membersOnly && !before.membersOnly) return 'membersOnly';
  if (after.membersOnly && after.club != null && after.club !== before.club) return 'club';
  if (before.codeMode !== 'shared') return null;
  if (startsLater(before.fromDay, after.fromDay)) return 'fromDay';
  if ((before.untilDay === null) !== (after.untilDay === null) || endsEarlier(before.untilDay, after.untilDay)) return 'untilDay';
  if (before.untilDay === null && after.validDays < before.validDays) return 'validDays';
  if (after.codeUses < before.codeUses) return 'codeUses';
  if (endsEarlier(before.mostUses, after.mostUses)) return 'mostUses';
  return null;
}

/** Null = no limit. */
const startsLater = <T extends number | string>(was: T | null, is: T | null) => is !== null && (was === null || is > was);
const endsEarlier = <T extends number | string>(was: T | null, is: T | null) => is !== null && (was === null || is < was);

function sameBundle({ bundle: a }: OfferTerms, { bundle: b }: OfferTerms): boolean {
  if (a === null || b === null) return a === b;
  return a.buy === b.buy && a.get === b.get && a.percent === b.percent && a.forPrice === b.forPrice;
}

/** Items and categories widen each other; both empty = for everything. */
function narrowed(before: OfferTerms, after: OfferTerms): 'items' | 'categories' | null {
  const everything = (o: OfferTerms) => o.items.length === 0 && o.categories.length === 0;
  if (everything(after)) return null;
  if (everything(before)) return after.items.length > 0 ? 'items' : 'categories';
  const lost = (was: readonly string[], is: readonly string[]) => {
    const now = new Set(is.map((n) => n.toLowerCase()));
    return was.some((n) => !now.has(n.toLowerCase()));
  };
  return lost(before.items, after.items) ? 'items' : lost(before.categories, after.categories) ? 'categories' : null;
}
