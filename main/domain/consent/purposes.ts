import type { MessageClass } from './gate';
import { type ConsentState, type FoldedState, stateOf } from './status';

/** An order's, hold's or repair's own number as it may stand in a purpose: the shop's, without blanks. */
export const ORDER_REF = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;

/** The purpose of the box "text me about this order" (rules.md §1): that order only, until it closes. */
export const orderPurpose = (ref: string): `order:${string}` => `order:${ref}`;

/** The cause of a service text about an order; `what` tells several of one order apart (ready, reminder). */
export const orderCause = (ref: string, what: string): { kind: 'service'; id: string } => ({ kind: 'service', id: `order:${ref}/${what}` });

/** The order a service text is about; null = no single order. */
export function orderOfCause(cause: { kind: string; id: string }): string | null {
  const ref = cause.kind === 'service' ? /^order:([^/]+)\//.exec(cause.id)?.[1] : undefined;
  return ref !== undefined && ORDER_REF.test(ref) ? ref : null;
}

/** What a text is about, as far as its permission depends on it. */
export interface About {
  /** The topic of its campaign; null or left out = offers and news as a whole. */
  topic?: string | null;
  /** The order a service text is about. */
  order?: string | null;
}

/**
 * Marketing about one topic. Who chose topics gets those and no others; who chose none, or only left some, gets all that they did not
 * leave. Marketing as a whole must permit it in any case.
 */
export function topicState(states: readonly FoldedState[], topic: string): ConsentState {
  const marketing = stateOf(states, 'marketing');
  if (marketing !== 'in') return marketing;
  const own = stateOf(states, `topic:${topic}`);
  if (own !== 'never') return own;
  return states.some((s) => s.purpose.startsWith('topic:') && s.state === 'in') ? 'never' : marketing;
}

/**
 * The state that decides about a class of text. Marketing about a topic needs the topic; a service text needs the standing permission
 * for service or that order's own, either is enough; every other class goes by marketing as a whole.
 */
export function neededState(states: readonly FoldedState[], messageClass: MessageClass, about: About = {}): ConsentState {
  if (messageClass === 'marketing') return about.topic ? topicState(states, about.topic) : stateOf(states, 'marketing');
  if (messageClass !== 'service') return stateOf(states, 'marketing');
  const service = stateOf(states, 'service');
  if (!about.order || service === 'hold') return service;
  const order = stateOf(states, orderPurpose(about.order));
  return order === 'never' ? service : order === 'in' || service !== 'in' ? order : service;
}
