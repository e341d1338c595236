import type { Db } from '@db/open';
import type { Automation } from '@db/queries/automations';
import type { Due, Timing } from '@domain/automations/due';
import type { Terms } from '@domain/automations/terms';
import type { CustomerId, OfferId, UtcMs } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';

/** What a trigger looks at people with. */
export interface Look extends Timing {
  db: Db;
  automation: Pick<Automation, 'id' | 'kind' | 'createdAt' | 'basis'>;
  terms: Terms;
  now: UtcMs;
  /** Its words are written for mails, too: people who agreed to those are meant as well. */
  mails: boolean;
  /** What several automations ask about the very same people is asked once. */
  once<T>(name: string, ids: readonly CustomerId[], ask: () => T): T;
  /** The shop's usual days between visits (rules.md §5). */
  shopGap: number;
}

/** Somebody's day. */
export interface PersonDue extends Due {
  customerId: CustomerId;
}

/**
 * What makes one kind of automation speak. Facts in, moments out: nothing is written, nothing is remembered, and the same facts give the
 * same causes at any time, in any zone, whatever order they came in. Who was told already is kept by the caller.
 *
 * To add one: its name stands in domain/automations/{kinds,terms}; write a file here and enter it in ./triggers; note in
 * `automation_todo`, by a trigger of your migration, whoever a change of your tables is about.
 */
export interface Trigger {
  /** Everybody it may be about, in the order of ids after `after`; left out: everybody who agreed to texts. */
  everybody?(look: Look, after: number, limit: number): CustomerId[];
  /** It has a permission of its own (an order's box): people who agreed to no marketing are asked about, too. */
  anybody?: true;
  /** What is due for these people, now or later (a few hundred at once). Nothing whose `until` is past. */
  dues(look: Look, ids: readonly CustomerId[]): PersonDue[];
  /** What would have become due from `from` until before `to`, by facts as they were then: the dry run. */
  past(look: Look, ids: readonly CustomerId[], from: UtcMs, to: UtcMs): PersonDue[];
  /** Who it is for, said as a group: frozen in each edition, and what tells the sender that a text is about somebody's absence. */
  rule(terms: Terms): Rule;
  /** Codes people hold already, that the text names in the place of new ones. */
  code?(look: Look, due: PersonDue): { code: string; offerId: OfferId; endsAt: UtcMs } | null;
}
