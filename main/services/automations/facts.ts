import { type PersonFacts, personFacts, visitDays } from '@db/queries/automation-facts';
import type { CustomerId } from '@domain/kernel';
import type { Look } from './trigger';

/** What several triggers ask about the same people. */
export const factsOf = (look: Look, ids: readonly CustomerId[]): readonly PersonFacts[] =>
  look.once('facts', ids, () => personFacts(look.db, ids));

/** Visit days, as days since 1970-01-01, ascending. */
export const daysOf = (look: Look, ids: readonly CustomerId[]): ReadonlyMap<CustomerId, readonly number[]> =>
  look.once('days', ids, () => visitDays(look.db, ids));
