import type { Cents } from '../kernel';
import { AXIS, HAS, LINKS, NUMBER as NUMBERS, PERMISSION, RFM, RHYTHM, topShare } from './describe';
import { READY_MADE, type ReadyMadeKey } from './ready-made';
import type { Condition, Reaction, RfmAxis, Rule } from './rule';
import { type Cursor, daysOf, NUMBER, UNIT } from './sentence-cursor';

type Reading = (c: Cursor) => Rule | null;

const entries = <K extends string>(o: Record<K, string>, make: (k: K) => Condition): [string, Condition][] =>
  (Object.entries(o) as [K, string][]).map(([k, words]) => [words, make(k)]);

/** Word for word as describe.ts says them; the longest first, because some begin like others. */
const LITERAL: readonly [words: string, rule: Rule][] = [
  ...entries(RHYTHM, (k) => ({ is: 'rhythm', class: k })),
  ...entries(RFM, (k) => ({ is: 'rfm', class: k })),
  ...entries(PERMISSION, (k) => ({ is: 'permission', state: k })),
  ...entries(NUMBERS, (k) => ({ is: 'number', state: k })),
  ...entries(LINKS, (k) => ({ is: 'links', capable: k })),
  ...(Object.entries(HAS) as [keyof typeof HAS, readonly [string, string]][]).flatMap(([what, [yes, no]]): [string, Condition][] => [
    [yes, { is: 'has', what, value: true }],
    [no, { is: 'has', what, value: false }],
  ]),
  ['are in your list', { all: [] } as Rule] as [string, Rule],
].sort((a, b) => b[0].length - a[0].length);
const escaped = (s: string) => s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const literal: Reading = (c) =>
  c.first(
    LITERAL.map(
      ([words, rule]) =>
        () =>
          c.word(escaped(words)) && rule,
    ),
  );

/** The names of ready-made groups, as people say them. */
const CALLED: readonly [words: string, key: ReadyMadeKey][] = [
  ['big spenders?|top spenders?', 'big-spenders'],
  ['one-?time(?:rs?)?|came (?:in )?only once', 'one-time'],
  ['regulars?|regular', 'regulars'],
  ['best|top|champions?', 'best'],
  ['promising', 'promising'],
  ['lapsed|lost', 'lapsed'],
  ['later than usual|late|overdue', 'later'],
  ['new', 'new'],
];
const ruleOf = (key: ReadyMadeKey): Rule => READY_MADE.find((g) => g.key === key)?.rule ?? { all: [] };
const PEOPLE = '(?:people|customers?|clients?|guests?|shoppers?|buyers?|visitors?|members|ones|folks|men|women|persons?)';
const called =
  (people: boolean): Reading =>
  (c) =>
    c.first(
      CALLED.map(
        ([words, key]) =>
          () =>
            c.word(`(?:${words})${people ? `(?: ${PEOPLE})` : `(?: ${PEOPLE})?`}`) && ruleOf(key),
      ),
    );

/** "new customers who …", "regulars": what the sentence begins with. Null = everybody. */
export const head: Reading = (c) =>
  c.first<Rule>([() => c.word('(?:regulars|champions|big spenders|top spenders|one-?timers)') && readHeadWord(c), () => called(true)(c)]);
function readHeadWord(c: Cursor): Rule | null {
  const said = c.text.slice(0, c.at).trim().split(/\s+/).slice(-2).join(' ');
  const found = CALLED.find(([words]) => new RegExp(`(?:^|\\s)(?:${words})$`, 'i').test(said));
  return found ? ruleOf(found[1]) : null;
}

const NOT =
  "(?:did not|didn't|have not|haven't|has not|hasn't|had not|hadn't|do not|don't|does not|doesn't|never|not)(?: yet| ever| even)?";
const COME =
  '(?:came|come|been|visited|visit|shopped|shop|were|was|stopped|dropped)(?: (?:in|here|by|back|to us|with us|to the shop|to the store))*';

const visits: Reading = (c) => {
  if (!c.word(`(?:have |has |had )?(?:${COME}|had|have|made|with)`)) return null;
  const how = c
    .word('at least|at most|more than|over|fewer than|less than|under|up to|no more than|exactly|only|just')?.[0]
    .trim()
    .toLowerCase();
  const n = c.times();
  if (n === null) return null;
  const days = c.period()?.days ?? null;
  const least = (count: number): Condition => ({ is: 'visits', op: 'at-least', count, days });
  const most = (count: number): Condition => ({ is: 'visits', op: 'at-most', count, days });
  if (how === 'more than' || how === 'over') return least(n + 1);
  if (how === 'fewer than' || how === 'less than' || how === 'under') return most(Math.max(0, n - 1));
  if (how === 'at most' || how === 'up to' || how === 'no more than') return most(n);
  if (how === 'exactly' || how === 'only' || how === 'just') return { all: [least(n), most(n)] };
  return least(n);
};

const stayedAway: Reading = (c) => {
  const not = c.word(NOT)?.[0].trim().toLowerCase();
  if (!not || !c.word(COME)) return null;
  const over = (days: number): Condition => ({ is: 'last-visit', op: 'over', days });
  const none = (days: number | null): Condition => ({ is: 'visits', op: 'at-most', count: 0, days });
  const since = c.word(`(?:for|in|since) (?:more than |over |at least |about )?(${NUMBER}) (${UNIT})`);
  if (since) return over(daysOf(since[1], since[2] ?? ''));
  const when = c.period();
  if (when === null) return none(null);
  // "did not come in the last 60 days" counts those who never came as well; "have not been in" speaks of people who did come
  return when.days !== null && /^ha/.test(not) ? over(when.days) : none(when.days);
};

const lastIn: Reading = (c) => {
  if (!c.word('(?:(?:were|was|have|whose) )?last (?:in|came in|came|visited|visit(?: was| is)?|seen|here|bought(?: anything)?|shopped)'))
    return null;
  const ago = c.ago();
  if (ago !== null) return { is: 'last-visit', op: 'over', days: ago };
  const when = c.period();
  return when?.days == null ? null : { is: 'last-visit', op: 'within', days: when.days };
};

const firstIn: Reading = (c) => {
  if (
    !c.word(
      '(?:came in for the first time|came for the first time|first (?:came in|came|visited|bought|shopped)|joined|are new|new|started coming)',
    )
  )
    return null;
  const ago = c.ago();
  if (ago !== null) return { is: 'first-visit', op: 'over', days: ago };
  const when = c.period();
  return when?.days == null ? null : { is: 'first-visit', op: 'within', days: when.days };
};

const cameLately: Reading = (c) => {
  if (!c.word(`(?:have |has )?${COME}`)) return null;
  const ago = c.ago();
  if (ago !== null) return { is: 'last-visit', op: 'over', days: ago };
  const when = c.period();
  return when?.days == null ? null : { is: 'last-visit', op: 'within', days: when.days };
};

const spent: Reading = (c) => {
  if (!c.word('(?:have |has )?(?:spent|spend|paid)')) return null;
  if (c.word('nothing')) return { is: 'spend', op: 'at-most', amount: 0 as Cents, days: c.period()?.days ?? null };
  const how = c.word('at least|at most|more than|over|less than|under|up to|no more than|a total of')?.[0].trim().toLowerCase();
  const m = c.eat('(-?[^\\s\\d“"]{0,4}\\s?\\d[\\d,]*(?:\\.\\d+)?)(?: ?(?:dollars?|bucks|euros?|usd|eur))?');
  const amount = m ? c.known.money((m[1] ?? '').trim()) : null;
  if (amount === null) return null;
  const less = c.word('or less') !== null || ['at most', 'less than', 'under', 'up to', 'no more than'].includes(how ?? '');
  c.word('or more');
  return { is: 'spend', op: less ? 'at-most' : 'at-least', amount: amount as Cents, days: c.period()?.days ?? null };
};

/** The thing and the time of "bought …". */
function thing(c: Cursor, did: boolean): Rule | null {
  const category = c.word('(?:anything|something|things|articles?)(?: from| in)?|from') !== null;
  const article = c.name(
    (name) => c.known.article(name, category),
    (name) => ({ what: category ? 'category' : 'item', name }) as const,
  );
  if (article === null) return null;
  const bought = (days: number | null, is: boolean): Condition => ({ is: 'bought', ...article, days, did: is });
  const ago = c.ago();
  if (ago !== null) return did ? { all: [bought(null, true), bought(ago, false)] } : bought(ago, false);
  return bought(c.period()?.days ?? null, did);
}
const bought: Reading = (c) => {
  if (!c.word('(?:have |has |had )?(?:ever )?(?:bought|buy|purchased|ordered|picked up)')) return null;
  return thing(c, c.word('no') === null);
};
const notBought: Reading = (c) =>
  c.word(`${NOT} (?:ever )?(?:bought|buy|purchased?|order(?:ed)?|pick(?:ed)? up)`) ? thing(c, false) : null;
/** After "bought shirts": "but never a suit", "or ties". */
export const moreThings: Reading = (c) => {
  const not = c.word("(?:never|not|no|without|but not|didn't|did not)(?: (?:bought|buy))?") !== null;
  return thing(c, !not);
};

const campaignOf = (c: Cursor): number | null | undefined => {
  if (c.word('(?:their|the|our|my) (?:last|latest|newest) (?:text|message|campaign)')) return null;
  const id = c.name((name) => c.known.campaign(name));
  return id === null ? undefined : id;
};
const REACTED: readonly [words: string, how: Reaction][] = [
  ['came in after|came after|visited after|bought after', 'came'],
  ['replied to|answered', 'replied'],
  ['tapped the link (?:of|in)|tapped(?: on)?', 'tapped'],
  ['used the offer of|redeemed the offer of', 'redeemed'],
  ["ignored|did nothing after|did not react to|didn't react to|did not respond to|didn't respond to", 'nothing'],
  ['reacted to|responded to', 'anything'],
  ['got|received', 'delivered'],
];
const reacted: Reading = (c) => {
  return c.first(
    REACTED.map(([words, how]) => () => {
      if (!c.word(words)) return null;
      const campaignId = campaignOf(c);
      if (campaignId === undefined) return null;
      const nothing = how === 'delivered' && c.word('(?:and|but) (?:did nothing|did not react|ignored it)') !== null;
      return { is: 'reacted', campaignId, how: nothing ? 'nothing' : how } as const;
    }),
  );
};

const redeemed: Reading = (c) => {
  const not = c.word(`${NOT} (?:used?|redeem(?:ed)?)`) !== null;
  if (!not && !c.word('(?:have |has )?(?:used|redeemed)')) return null;
  const any = c.word('(?:an|any|some|a) (?:offer|code|coupon)s?|offers?|codes?|coupons?') !== null;
  const offerId = any ? null : c.name((name) => c.known.offer(name));
  if (!any && offerId === null) return null;
  return { is: 'redeemed', offerId, days: c.period()?.days ?? null, did: !not };
};

const birthday: Reading = (c) => {
  if (!c.word('(?:(?:have|has|with|whose|celebrate) )?(?:their |a |the )?birthdays?(?: is| are| comes| coming)?(?: up)?')) return null;
  if (c.word('this month|month')) return { is: 'birthday', days: null };
  if (c.word('today')) return { is: 'birthday', days: 0 };
  if (c.word('this week|next week')) return { is: 'birthday', days: 7 };
  if (c.word('soon')) return { is: 'birthday', days: 14 };
  const m = c.word(`(?:in|within) (?:the next )?(?:(${NUMBER}) )?(${UNIT})`);
  const days = m && daysOf(m[1], m[2] ?? '');
  return days === null || days > 60 ? null : { is: 'birthday', days };
};

const mayText: Reading = (c) => {
  const m = c.word("(?:may|can|could)( not|not|'t)?(?: be| get) texte?d?s?|(?:we )?(?:may|can)( not|not|'t)? text");
  return m && { is: 'may-text', value: (m[1] ?? m[2]) === undefined };
};
const LANGUAGES = { spanish: 'es', english: 'en' } as const;
const language: Reading = (c) => {
  const m =
    c.word('(?:prefer|speak|read|want texts in|get texts in|in) (spanish|english)') ??
    c.word('(?:are )?(spanish|english)[ -]speak(?:ing|ers?)');
  return m && { is: 'language', language: LANGUAGES[(m[1] ?? '').toLowerCase() as keyof typeof LANGUAGES] };
};
const topic: Reading = (c) => {
  if (
    !c.word(
      '(?:asked for texts about|want texts about|signed up for(?: texts about)?|subscribed to|(?:are )?(?:members of|in) the (?:club|topic)|(?:are )?members of)',
    )
  )
    return null;
  const name = c.name((n) => c.known.topic(n) ?? c.known.topic(n.replace(/\s+(?:club|topic|texts)$/i, '')));
  return name === null ? null : { is: 'topic', topic: name };
};
const tag: Reading = (c) => {
  if (!c.word('(?:are |is )?tagged(?: as)?|(?:with|have|has) the tag')) return null;
  const name = c.name(
    (n) => c.known.tag(n),
    (n) => n,
  );
  return name === null ? null : { is: 'tag', tag: name };
};
const WHAT = { phone: 'phone', 'e-mail': 'email', email: 'email', birthday: 'birthday', address: 'address' } as const;
const has: Reading = (c) => {
  const m = c.word(
    '(gave|have|has|left|with|told us|without)( no| an?| their| us an?| us their)? (?:(?:street|mailing|postal) )?(phone|e-?mail|birthday|address)(?: number| address)?',
  );
  if (!m) return null;
  const what = WHAT[(m[3] ?? '').toLowerCase() as keyof typeof WHAT];
  return { is: 'has', what, value: m[1]?.toLowerCase() !== 'without' && m[2]?.trim().toLowerCase() !== 'no' };
};
const lives: Reading = (c) => {
  const code = c.word(
    '(?:(?:have|has|with) )?(?:a |the )?(?:postal code|zip(?: code)?)(?: that)?(?: begins?(?:ning)? with| start(?:s|ing)? with| is| of)?',
  );
  const name = code || c.word('(?:live|lives|living) in|(?:are |come )from') ? c.name((n) => n) : null;
  return name === null ? null : { is: 'lives', where: code ? 'postal-code' : 'city', name };
};
const score: Reading = (c) => {
  const m = c.word('(?:are |is )?(?:in|among) the top (\\d+) ?%(?: of)?(?: by)?');
  const least = [5, 4, 3, 2].find((n) => topShare(n) === Number(m?.[1]));
  if (!m || least === undefined) return null;
  const axis = c.first<RfmAxis>([
    ...(Object.entries(AXIS) as [RfmAxis, string][]).map(
      ([k, words]) =>
        () =>
          c.word(escaped(words)) && k,
    ),
    () => c.word('spenders?|spending|spend') && 'spend',
    () => c.word('visitors?|visits') && 'frequency',
  ]);
  if (axis === null) return null;
  c.word('in the last year');
  return { is: 'score', of: axis, least: least as 2 };
};
const onList: Reading = (c) => {
  if (!c.word('(?:are )?on the list')) return null;
  const id = c.name((n) => c.known.group(n));
  return id === null ? null : { is: 'on-list', listId: id };
};
const group: Reading = (c) => {
  const m = c.word('(?:are |is )?(not )?in(?: the group| the| group)?');
  if (!m) return null;
  const id = c.name((n) => c.known.group(n));
  return id === null ? null : { is: 'group', segmentId: id, member: m[1] === undefined };
};
const beCalled: Reading = (c) => {
  c.word('(?:are|is|were)(?: an?| the| my| our)?');
  return called(false)(c);
};

/** In this order: those that begin like others and say more stand first. */
export const CONDITIONS: readonly Reading[] = [
  literal,
  score,
  reacted,
  redeemed,
  notBought,
  bought,
  spent,
  birthday,
  has,
  visits,
  firstIn,
  lastIn,
  stayedAway,
  cameLately,
  mayText,
  language,
  topic,
  tag,
  lives,
  onList,
  beCalled,
  group,
];
