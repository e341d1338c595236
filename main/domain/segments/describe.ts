import { assertNever } from '../kernel';
import type { RfmClass } from './rfm';
import type { RhythmClass } from './rhythm';
import { type Condition, childrenOf, isCondition, type NumberState, type PermissionState, plain, type RfmAxis, type Rule } from './rule';

export const LINKS = { yes: 'open links in texts', no: 'have no smartphone', unknown: 'never opened a link yet' } as const;

/** What a rule mentions by number, for its sentence. */
export interface Names {
  money(minorUnits: number): string;
  offer(id: number): string;
  campaign(id: number): string;
  group(id: number): string;
}

export const RHYTHM: Record<RhythmClass, string> = {
  never: 'have never come in',
  usual: 'come in as usual for them',
  later: 'are later than usual for them',
  lapsed: 'have not been in for more than three times their usual gap',
};
export const RFM: Record<RfmClass, string> = {
  champions: 'are among your best: in lately, often',
  loyal: 'come often',
  new: 'are new: in lately, once',
  'at-risk': 'used to come often and have not lately',
  lapsed: 'came little and long ago',
  occasional: 'come now and then',
  none: 'are too new to say: no visit yet',
};
export const PERMISSION: Record<PermissionState, string> = {
  in: 'said yes to texts',
  pending: 'have not answered the question about texts yet',
  out: 'said stop to texts',
  hold: 'wrote something that may be a stop',
  paused: 'paused their texts',
  never: 'never said yes or no to texts',
};
export const NUMBER: Record<NumberState, string> = {
  fine: 'have a number that takes texts',
  none: 'have no number at all',
  landline: 'have a landline',
  bad: 'have a number that does not work',
};
export const AXIS: Record<RfmAxis, string> = {
  recency: 'how lately they came',
  frequency: 'number of visits',
  spend: 'money spent',
};
export const HAS: Record<Extract<Condition, { is: 'has' }>['what'], readonly [yes: string, no: string]> = {
  phone: ['gave a phone number', 'gave no phone number'],
  email: ['gave an e-mail address', 'gave no e-mail address'],
  birthday: ['told their birthday', 'did not tell their birthday'],
  address: ['gave a street address', 'gave no street address'],
};

/** A name as it stands in a sentence; a closing quotation mark inside it is doubled, so that the sentence can be read again. */
export const quoted = (name: string): string => `“${name.replaceAll('”', '””')}”`;
/** "the top 20 %" of a score of at least 5 … "the top 80 %" of at least 2. */
export const topShare = (least: number): number => (6 - least) * 20;

const days = (n: number) => (n === 0 ? 'today' : n === 1 ? 'since yesterday' : n === 365 ? 'in the last year' : `in the last ${n} days`);
const ago = (n: number) => `more than ${n} ${n === 1 ? 'day' : 'days'} ago`;
/** "came in the last 30 days", not "came in in the last 30 days". */
const cameIn = (when: string) => (when.startsWith('in ') ? `came ${when}` : `came in ${when}`);
const times = (n: number) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

/** One condition as the end of "people who …". */
export function describeCondition(c: Condition, names: Names): string {
  switch (c.is) {
    case 'last-visit':
      return c.op === 'within' ? cameIn(days(c.days)) : `were last in ${ago(c.days)}`;
    case 'first-visit':
      return c.op === 'within' ? `came in for the first time ${days(c.days)}` : `first came in ${ago(c.days)}`;
    case 'visits': {
      const when = c.days === null ? '' : ` ${days(c.days)}`;
      if (c.op === 'at-least') return `came in at least ${times(c.count)}${when}`;
      return c.count === 0
        ? `did not come ${c.days === null ? 'in at all' : days(c.days).startsWith('in ') ? days(c.days) : `in ${days(c.days)}`}`
        : `came in at most ${times(c.count)}${when}`;
    }
    case 'spend':
      return `spent ${c.op === 'at-least' ? 'at least' : 'at most'} ${names.money(c.amount)}${c.days === null ? ' in all' : ` ${days(c.days)}`}`;
    case 'bought':
      return `${c.did ? 'bought' : 'did not buy'} ${c.what === 'item' ? '' : 'anything from '}${quoted(c.name)}${c.days === null ? '' : ` ${days(c.days)}`}`;
    case 'may-text':
      return c.value ? 'may be texted' : 'may not be texted';
    case 'topic':
      return `asked for texts about ${quoted(c.topic)}`;
    case 'tag':
      return `are tagged ${quoted(c.tag)}`;
    case 'language':
      return c.language === 'es' ? 'prefer Spanish' : 'prefer English';
    case 'links':
      return LINKS[c.capable];
    case 'birthday':
      if (c.days === null) return 'have their birthday this month';
      return c.days === 0 ? 'have their birthday today' : `have their birthday in the next ${c.days} days`;
    case 'has':
      return HAS[c.what][c.value ? 0 : 1];
    case 'lives':
      return c.where === 'city' ? `live in ${quoted(c.name)}` : `have a postal code that begins with ${quoted(c.name)}`;
    case 'permission':
      return PERMISSION[c.state];
    case 'number':
      return NUMBER[c.state];
    case 'score':
      return `are in the top ${topShare(c.least)} % by ${AXIS[c.of]} in the last year`;
    case 'on-list':
      return `are on the list ${quoted(names.group(c.listId))}`;
    case 'redeemed': {
      const what = c.offerId === null ? (c.did ? 'an offer' : 'any offer') : quoted(names.offer(c.offerId));
      return `${c.did ? 'used' : 'did not use'} ${what}${c.days === null ? '' : ` ${days(c.days)}`}`;
    }
    case 'reacted': {
      const campaign = c.campaignId === null ? 'their last text' : quoted(names.campaign(c.campaignId));
      switch (c.how) {
        case 'delivered':
          return `got ${campaign}`;
        case 'replied':
          return `replied to ${campaign}`;
        case 'tapped':
          return `tapped the link of ${campaign}`;
        case 'came':
          return `came in after ${campaign}`;
        case 'redeemed':
          return `used the offer of ${campaign}`;
        case 'anything':
          return `reacted to ${campaign}`;
        case 'nothing':
          return `got ${campaign} and did nothing`;
        default:
          return assertNever(c.how);
      }
    }
    case 'rhythm':
      return RHYTHM[c.class];
    case 'rfm':
      return RFM[c.class];
    case 'group':
      return `are ${c.member ? '' : 'not '}in ${quoted(names.group(c.segmentId))}`;
    default:
      return assertNever(c);
  }
}

function join(parts: string[], word: 'and' | 'or'): string {
  if (parts.length < 2) return parts.join('');
  const last = parts.at(-1) ?? '';
  return `${parts.slice(0, -1).join(', ')} ${word} ${last}`;
}

function clause(rule: Rule, names: Names, inner: boolean): string {
  if (isCondition(rule)) return describeCondition(rule, names);
  const inside = childrenOf(rule);
  if (inside.length === 0) return 'are in your list';
  const several = inside.length > 1;
  const text = join(
    inside.map((r) => clause(r, names, true)),
    'all' in rule ? 'and' : 'or',
  );
  if ('none' in rule) return `are not people who ${several ? `(${text})` : text}`;
  return inner && several ? `(${text})` : text;
}

/**
 * The whole rule as one plain sentence: "People who came in the last 30 days and spent at least $50 in all." sentence.ts reads it again:
 * the two are inverse up to `plain`.
 */
export function describeRule(rule: Rule, names: Names): string {
  const simple = plain(rule);
  if (!isCondition(simple) && childrenOf(simple).length === 0) return 'Everyone in your list.';
  return `People who ${clause(simple, names, false)}.`;
}
