import { assertNever } from '../kernel';
import type { RfmClass } from './rfm';
import type { RhythmClass } from './rhythm';
import { type Condition, childrenOf, isCondition, type Rule } from './rule';

const LINKS = { yes: 'open links in texts', no: 'have no smartphone', unknown: 'never opened a link yet' } as const;

/** What a rule mentions by number, for its sentence. */
export interface Names {
  money(minorUnits: number): string;
  offer(id: number): string;
  campaign(id: number): string;
  group(id: number): string;
}

const RHYTHM: Record<RhythmClass, string> = {
  never: 'have never come in',
  usual: 'come in as usual for them',
  later: 'are later than usual for them',
  lapsed: 'have not been in for more than three times their usual gap',
};
const RFM: Record<RfmClass, string> = {
  champions: 'are among your best: in lately, often',
  loyal: 'come often',
  new: 'are new: in lately, once',
  'at-risk': 'used to come often and have not lately',
  lapsed: 'came little and long ago',
  occasional: 'come now and then',
  none: 'have never come in',
};

const days = (n: number) => (n === 0 ? 'today' : n === 1 ? 'since yesterday' : n === 365 ? 'in the last year' : `in the last ${n} days`);
/** "came in the last 30 days", not "came in in the last 30 days". */
const cameIn = (when: string) => (when.startsWith('in ') ? `came ${when}` : `came in ${when}`);
const times = (n: number) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

/** One condition as the end of "people who …". */
function describeCondition(c: Condition, names: Names): string {
  switch (c.is) {
    case 'last-visit':
      return c.op === 'within' ? cameIn(days(c.days)) : `were last in more than ${c.days} days ago`;
    case 'first-visit':
      return c.op === 'within' ? `came in for the first time ${days(c.days)}` : `first came in more than ${c.days} days ago`;
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
      return `${c.did ? 'bought' : 'did not buy'} ${c.what === 'item' ? '' : 'anything from '}“${c.name}”${c.days === null ? '' : ` ${days(c.days)}`}`;
    case 'may-text':
      return c.value ? 'may be texted' : 'may not be texted';
    case 'topic':
      return `asked for texts about “${c.topic}”`;
    case 'tag':
      return `are tagged “${c.tag}”`;
    case 'language':
      return c.language === 'es' ? 'prefer Spanish' : 'prefer English';
    case 'links':
      return LINKS[c.capable];
    case 'birthday':
      if (c.days === null) return 'have their birthday this month';
      return c.days === 0 ? 'have their birthday today' : `have their birthday in the next ${c.days} days`;
    case 'has': {
      const what = c.what === 'phone' ? 'a phone number' : 'an e-mail address';
      return c.value ? `gave ${what}` : `gave no ${what.replace(/^an? /, '')}`;
    }
    case 'redeemed': {
      const what = c.offerId === null ? (c.did ? 'an offer' : 'any offer') : `“${names.offer(c.offerId)}”`;
      return `${c.did ? 'used' : 'did not use'} ${what}${c.days === null ? '' : ` ${days(c.days)}`}`;
    }
    case 'reacted': {
      const campaign = `“${names.campaign(c.campaignId)}”`;
      switch (c.how) {
        case 'delivered':
          return `got ${campaign}`;
        case 'replied':
          return `replied to ${campaign}`;
        case 'came':
          return `came in after ${campaign}`;
        case 'redeemed':
          return `used the offer of ${campaign}`;
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
      return c.member ? `are in “${names.group(c.segmentId)}”` : `are not in “${names.group(c.segmentId)}”`;
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
  const parts = inside.map((r) => clause(r, names, inside.length > 1));
  if ('none' in rule) {
    if (parts.length === 0) return 'are in your list';
    return parts.length === 1 ? `are not people who ${parts[0]}` : `are not people who ${join(parts, 'or')}`;
  }
  if (parts.length === 0) return 'are in your list';
  const text = join(parts, 'all' in rule ? 'and' : 'or');
  return inner && parts.length > 1 ? `(${text})` : text;
}

/** The whole rule as one plain sentence: "People who came in the last 30 days and spent at least $50 in all." */
export function describeRule(rule: Rule, names: Names): string {
  if (!isCondition(rule) && childrenOf(rule).length === 0) return 'Everyone in your list.';
  return `People who ${clause(rule, names, false)}.`;
}
