import type { RedemptionFinding, ReturnsFinding } from '@domain/reports/campaign-trend';
import type {
  GrowthFinding,
  HoursFinding,
  RetentionFinding,
  RfmFinding,
  StopFinding,
  TakingsFinding,
} from '@domain/reports/over-time-findings';
import { betweenMore, counted, people } from './count';
import type { Catalogue } from './index';
import type { ReportWords } from './reports';

/** How the words get their figures. */
export interface OverTimeFormat {
  /** Whole numbers. */
  n: (n: number) => string;
  /** With one decimal where there is one: 0.8, 12. */
  tenth: (n: number) => string;
  /** Money without cents. */
  money: (minor: number) => string;
  day: (day: string) => string;
  month: (day: string) => string;
  /** 0 = Monday. */
  weekday: (weekday: number) => string;
  /** 14 → "2 pm". */
  hour: (hour: number) => string;
}

const measured = (n: string, one: boolean) => (one ? 'one measured campaign' : `${n} measured campaigns`);

const en = {
  subtitle: 'How the shop, its list and its texts went, week by week',
  parts: { label: 'Part of the results', campaigns: 'Campaigns', 'over-time': 'Over time' },
  period: { label: 'Time shown', quarter: '3 months', year: 'A year', years: '3 years' },
  pdf: 'over-time.pdf',
  range: (low: string, high: string) => `${low} – ${high}`,
  to: {
    import: 'Import your till file',
    counter: 'Sign somebody up',
    campaign: 'Write a campaign',
    margins: 'Type your margin',
  },
  takings: {
    more: (net: string, by: string, year: boolean) =>
      `The last four whole weeks took ${net}, ${by} more than ${year ? 'the same weeks a year before' : 'the four before'}`,
    less: (net: string, by: string, year: boolean) =>
      `The last four whole weeks took ${net}, ${by} less than ${year ? 'the same weeks a year before' : 'the four before'}`,
    same: (net: string, year: boolean) =>
      `The last four whole weeks took ${net}, as much as ${year ? 'the same weeks a year before' : 'the four before'}`,
    week: (day: string, net: string) => `The week of ${day} took ${net}`,
    soFar: (net: string) => `${net} so far; no whole week is in your till file yet`,
    none: 'No sales yet',
    empty: 'Once your till file is here, every week’s takings stand here.',
    name: 'Takings',
    head: ['Week of', 'Sales', 'With a name', 'Takings', 'Discounts'],
    detail: (day: string, sales: string, one: boolean) => `Week of ${day} · ${sales} ${one ? 'sale' : 'sales'}`,
    detailOpen: (day: string, sales: string, one: boolean) => `Week of ${day}, so far · ${sales} ${one ? 'sale' : 'sales'}`,
    open: (day: string) => `${day}, so far`,
    how: [
      'Takings are before tax, after discounts, with returns taken off in the week they came back.',
      'A hollow bar is a week your till file has not covered to its end. Only whole weeks are compared.',
    ],
  },
  hours: {
    both: (day: string, at: string, n: string, slowDay: string, slowAt: string, m: string) =>
      `Busiest is ${day} at ${at} with ${counted(n, 'sale', 'sales')} in the hour, slowest ${slowDay} at ${slowAt} with ${m}`,
    one: (day: string, at: string, n: string) => `Everything is sold on ${day} at ${at}: ${counted(n, 'sale', 'sales')} in the hour`,
    daysOnly: (n: string, one: boolean) => `Your till file tells the day, not the hour, of ${one ? 'its one sale' : `${n} sales`}`,
    none: 'No sales yet',
    empty: 'Once your till file is here, you see when the shop is busy and when there is time.',
    emptyDaysOnly: 'An export with times would show busy and slow hours.',
    corner: 'Day',
    cell: (day: string, at: string, perDay: string, sales: string, one: boolean, days: string, oneDay: boolean) =>
      `${day} at ${at}: ${counted(perDay, 'sale', 'sales')} in the hour, from ${sales} ${one ? 'sale' : 'sales'} on ${days} ${oneDay ? 'day' : 'days'}`,
    closed: (day: string, at: string) => `${day} at ${at}: nothing sold`,
    dash: '–',
    how: (days: string, oneDay: boolean, from: string, to: string) => [
      `Sales per hour on an average day of that weekday, from ${from} to ${to}: sales divided by the ${oneDay ? 'one day' : `${days} days`} on which anything was sold at all, weekday by weekday.`,
      'The slowest hour is looked for between the first and the last usual hour of each day.',
    ],
    without: (n: string, one: boolean) =>
      `${n} ${one ? 'sale has' : 'sales have'} no hour in your till file and ${one ? 'is' : 'are'} left out here.`,
  },
  redemption: {
    none: 'No campaign with a code is over yet',
    empty: 'Give a campaign an offer with a code: afterwards you see here how many of the people it reached used it, text by text.',
    one: (x: string, n: string, name: string) => `${x} of ${people(n)} reached used the code of “${name}”`,
    more: (name: string, now: string, before: string) =>
      `“${name}” did better than usual: ${now} of 100 people reached used its code, ${before} of 100 before`,
    fewer: (name: string, now: string, before: string) =>
      `“${name}” did worse than usual: ${now} of 100 people reached used its code, ${before} of 100 before`,
    usual: (name: string, now: string, before: string) =>
      `About as usual: ${now} of 100 people reached used the code of “${name}”, ${before} of 100 before`,
    head: ['Campaign', 'Sent', 'Reached', 'Used the code', 'Of 100', 'Range'],
    used: (x: string, n: string, share: string) => `${x} of ${n} reached used it: ${share} of 100`,
    open: (name: string) => `${name} (not over yet)`,
    between: (range: string) => `Range ${range}`,
    how: [
      'Of the people whose phone confirmed the text, how many used its code. The line through each dot is where the true share very likely lies, 19 times out of 20: with few people it is long.',
      'A hollow dot is a campaign whose days are not over, or not yet in your till file. “Better” and “worse” are said only where chance is an unlikely reason.',
      'Who used a code might have come anyway. What texts brought stands below.',
    ],
  },
  returns: {
    none: 'No text has been measured yet',
    empty:
      'It takes a campaign that leaves some people out by lot, and a till file that covers its days. Then you see here what texts brought, and what they cost.',
    paid: (k: string, one: boolean, low: string, high: string) =>
      `Texts paid: ${measured(k, one)} earned between ${low} and ${high} after the cost of the texts`,
    lost: (k: string, one: boolean, low: string, high: string) =>
      `Texts lost money: ${measured(k, one)} lost between ${low} and ${high}, the cost of the texts included`,
    unclear: (k: string, one: boolean, low: string, high: string) =>
      `Not settled yet: ${measured(k, one)} brought anywhere from ${low} to ${high} after the cost of the texts`,
    perUnit: (unit: string, low: string, high: string) =>
      `For each ${unit} spent on texts, between ${low} and ${high} came back as profit.`,
    peopleMore: (k: string, one: boolean, low: string, high: string) =>
      `Texts brought people in: between ${low} and ${high} more of every 100, over ${measured(k, one)}`,
    peopleFewer: (k: string, one: boolean, low: string, high: string) =>
      `Texts kept people away: between ${low} and ${high} fewer of every 100, over ${measured(k, one)}`,
    peopleUnclear: (k: string, one: boolean, range: string) => `Not settled yet: ${range} of every 100 people, over ${measured(k, one)}`,
    inPeople: (low: string, high: string) => `In people it is settled: between ${low} and ${high} more of every 100 texted came.`,
    noMargin: 'Without a margin this speaks of people, not of profit.',
    together: (value: string) => `All together ${value}`,
    head: ['Campaign', 'Sent', 'Texted', 'Left out', 'More of 100', 'Range', 'Profit', 'Range of it', 'Texts'],
    dash: '–',
    tipPeople: (value: string, fewer: boolean, range: string) => `${value} ${fewer ? 'fewer' : 'more'} of 100 texted (${range})`,
    tipProfit: (value: string, range: string) => `Profit ${value} (${range})`,
    tipCost: (cost: string) => `Texts ${cost}`,
    how: [
      'Only campaigns that drew people of their own to leave out are here, each compared with those people. Takings that came with a code or after a text are never added up as the text’s doing.',
      'A range holds the truth 19 times out of 20. Profits of several campaigns are added; their ranges are not, because one campaign’s luck makes up for another’s. For people a large campaign counts for more.',
      'Campaigns too small for a verdict of their own are in it as well: without them the failures would be missing.',
      'Only people your till knew before the draw count, so the true effect is at least this.',
    ],
    others: (n: string, one: boolean) =>
      one
        ? 'One more campaign is not here: its days are not over, nobody was left out, or it is judged with its quarter.'
        : `${n} more campaigns are not here: their days are not over, nobody was left out, or they are judged with their quarter.`,
  },
  stops: {
    none: 'No campaign text has arrived in this time',
    empty: 'After a few campaigns you see here whether a second or third text in a month makes people leave.',
    firstOnly: (a: string) => `${a} of 100 texts ended in a “stop”; nobody got a second one in the same month`,
    more: (first: string, later: string) =>
      `More texts in a month cost you people: ${later} of 100 later ones ended in a “stop”, ${first} of 100 first ones`,
    fewer: (first: string, later: string) =>
      `Later texts in a month ended in a “stop” less often: ${later} of 100, and ${first} of 100 first ones`,
    unclear: (first: string, later: string) =>
      `No clear difference: ${first} of 100 first texts in a month ended in a “stop”, ${later} of 100 later ones`,
    nth: ['First of the month', 'Second', 'Third', 'Fourth and later'],
    head: ['A person’s text of the month', 'Texts', 'Then asked to stop', 'Of 100', 'Range'],
    tip: (x: string, n: string, share: string) => `${x} of ${counted(n, 'text', 'texts')}: ${share} of 100`,
    how: [
      'Of all campaign texts that were somebody’s first of a calendar month, second, and so on: how many were answered with a stop. The line on each bar is where the true share very likely lies, 19 times out of 20.',
      'Counted by the text, not by the person: who stops after the first text never gets a second, so many texts would look harmless.',
      'Nobody drew by lot who is texted more often. Those people may put up with more.',
    ],
  },
  cohorts: {
    none: 'Nobody has signed up in this time yet',
    empty: 'Everybody who signs up is followed here: how many of them come in the month after, and in each one later.',
    noTill: (n: string, one: boolean) => `${people(n, one)} signed up`,
    noTillBody: 'Who of them came back stands in your till file.',
    tooNew: (n: string, one: boolean) => `${people(n, one)} signed up; no whole month after it is over yet`,
    kept: (list: string) => `Of 100 people who signed up, ${list}`,
    month: (x: string) => `${x} came in the month after`,
    months: (x: string, k: string) => `${x} came ${k} months after`,
    and: ' and ',
    corner: 'Signed up in',
    people: 'People',
    same: 'Same month',
    after: (k: string) => `+${k}`,
    cell: (month: string, k: number, x: string, n: string, share: string) =>
      `Signed up in ${month}: ${x} of ${n} came ${k === 0 ? 'in the same month' : k === 1 ? 'in the month after' : `${k} months after`}, ${share}`,
    open: (says: string) => `${says} (the month is not over)`,
    foot: 'Of 100 people, so many came that many months after they signed up. Shades compare the months after. A dashed cell is a month that is not over.',
    how: [
      'Everybody counts in the month of their first yes to texts. Coming is a sale in your till file under their name.',
      'The title takes whole months only, over the sign-ups that are old enough for it.',
      'Somebody whose till purchases carry no name cannot be seen coming back: the true shares are at least these.',
    ],
  },
  rfm: {
    none: 'Nobody came within a year yet',
    empty: 'Once your till file tells who came, everybody has a place here: how lately, and how often.',
    map: (n: string, one: boolean, best: string, away: string) =>
      `Of ${people(n, one)} who came within a year, ${best} came often and lately, ${away} often but not lately`,
    money: (best: string, all: string) => `Those who came often and lately spent ${best} of the ${all} of a year.`,
    corner: 'How often ↓ How lately →',
    recency: ['Longest ago', 'Long ago', 'A while ago', 'Lately', 'Latest'],
    frequency: ['Least often', 'Less often', 'Sometimes', 'Often', 'Most often'],
    cell: (n: string, one: boolean, r: string, f: string, spend: string) =>
      `${people(n, one)}. How often: ${f}. How lately: ${r}. They spent ${spend} in a year. Show them.`,
    foot: 'Press a figure to see who they are, or to make a group of them.',
    pickedTitle: (r: string, f: string) => `How often: ${f}. How lately: ${r}.`,
    pickedHint: 'The group follows: people come into it and leave it as they buy.',
    make: 'Make a group of them',
    open: 'Open their group',
    close: 'Close',
    name: (r: string, f: string) => `${f}, ${r.toLowerCase()}`,
    how: [
      'Everybody with a sale under their name within 365 days. Each step holds about a fifth of them, people alike kept together; under 50 people the steps are fixed.',
      'Often and lately is the upper right: the two last steps of both. Often but not lately is the left of the three upper rows.',
    ],
  },
};

/** Owners only: English. */
export const overTime: Catalogue<typeof en> = { en };
export type OverTimeWords = typeof en;

type Format<K extends keyof OverTimeFormat> = Pick<OverTimeFormat, K>;
const perHundred = (s: { x: number; n: number }): number => (s.n === 0 ? 0 : (100 * s.x) / s.n);

/** The growth of the list in a sentence (its words stand in reports.ts, This week says it too). */
export function sayGrowth(f: GrowthFinding, w: ReportWords['growth'], say: Format<'n' | 'month'>): string {
  switch (f.code) {
    case 'none':
      return w.noneYet;
    case 'begun':
      return w.begun(say.month(f.since), say.n(f.onList));
    case 'same':
      return w.same(say.n(f.onList));
    default:
      return w[f.code](say.n(f.by), say.month(f.since), say.n(f.onList));
  }
}

export function sayTakings(f: TakingsFinding, { takings: w }: OverTimeWords, say: Format<'money' | 'day'>): string {
  switch (f.code) {
    case 'none':
      return w.none;
    case 'so-far':
      return w.soFar(say.money(f.net));
    case 'week':
      return w.week(say.day(f.week), say.money(f.net));
    case 'against': {
      const by = f.net - f.before;
      const year = f.beside === 'year';
      return by === 0 ? w.same(say.money(f.net), year) : (by > 0 ? w.more : w.less)(say.money(f.net), say.money(Math.abs(by)), year);
    }
  }
}

export function sayHours(f: HoursFinding, { hours: w }: OverTimeWords, say: Format<'n' | 'tenth' | 'weekday' | 'hour'>): string {
  switch (f.code) {
    case 'none':
      return w.none;
    case 'days-only':
      return w.daysOnly(say.n(f.sales), f.sales === 1);
    case 'hours': {
      const top = [say.weekday(f.busiest.weekday), say.hour(f.busiest.hour), say.tenth(f.busiest.perDay)] as const;
      const low = f.slowest;
      return low === null ? w.one(...top) : w.both(...top, say.weekday(low.weekday), say.hour(low.hour), say.tenth(low.perDay));
    }
  }
}

export function sayRedemption(f: RedemptionFinding, { redemption: w }: OverTimeWords, say: Format<'n' | 'tenth'>): string {
  if (f.code === 'none') return w.none;
  if (f.code === 'one') return w.one(say.n(f.share.x), say.n(f.share.n), f.name);
  return w[f.code](f.name, say.tenth(perHundred(f.share)), say.tenth(perHundred(f.before)));
}

/** What texts brought in all. A range that crosses zero is never said as a gain. */
export function sayReturns(f: ReturnsFinding, { returns: w }: OverTimeWords, say: Format<'n' | 'tenth' | 'money'>): string {
  if (f.code === 'none') return w.none;
  const k = [say.n(f.campaigns), f.campaigns === 1] as const;
  if ('profit' in f) {
    const { low, high } = f.profit;
    return f.code === 'lost' ? w.lost(...k, say.money(-high), say.money(-low)) : w[f.code](...k, say.money(low), say.money(high));
  }
  const [low, high] = [100 * f.people.low, 100 * f.people.high];
  if (f.code === 'people-fewer') return w.peopleFewer(...k, say.tenth(-high), say.tenth(-low));
  return f.code === 'people-more'
    ? w.peopleMore(...k, say.tenth(low), say.tenth(high))
    : w.peopleUnclear(...k, betweenMore(low, high, say.tenth));
}

export function sayStops(f: StopFinding, { stops: w }: OverTimeWords, say: Format<'tenth'>): string {
  if (f.code === 'none') return w.none;
  const first = say.tenth(perHundred(f.first));
  return f.code === 'first-only' ? w.firstOnly(first) : w[f.code](first, say.tenth(perHundred(f.later)));
}

export function sayRetention(f: RetentionFinding, { cohorts: w }: OverTimeWords, say: Format<'n'>): string {
  switch (f.code) {
    case 'none':
      return w.none;
    case 'no-till':
      return w.noTill(say.n(f.people), f.people === 1);
    case 'too-new':
      return w.tooNew(say.n(f.people), f.people === 1);
    case 'kept': {
      const parts = f.points.map((p) => {
        const x = say.n(Math.round(perHundred(p.share)));
        return p.after === 1 ? w.month(x) : w.months(x, say.n(p.after));
      });
      const last = parts.pop() ?? '';
      return w.kept(parts.length === 0 ? last : `${parts.join(', ')}${w.and}${last}`);
    }
  }
}

export function sayRfm(f: RfmFinding, { rfm: w }: OverTimeWords, say: Format<'n'>): string {
  return f.code === 'none' ? w.none : w.map(say.n(f.people), f.people === 1, say.n(f.best.people), say.n(f.away));
}
