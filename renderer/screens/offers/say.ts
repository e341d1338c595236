import type { Out } from '@renderer/api';
import type { OfferSaid } from '@renderer/strings/offer-words';
import { count, dayText, money, when } from '@renderer/ui/format';

type Brief = Out<'counter/redeem'>['offer'];
/** What an offer gives and when: everything needed to say it. */
export type Terms = Omit<Brief, 'name' | 'tillKey'>;
type Code = NonNullable<Out<'counter/find'>['code']>;
export type Refusal = Extract<Code, { state: 'refused' }>['refusal'];

/** How numbers and days are said: the shop's currency and zone, the reader's language. */
export interface Saying {
  w: OfferSaid;
  currency: string;
  zone: string;
  locale: string;
}

const NAMED = 3;

/** "boots, sandals or socks": what it holds for; '' = everything. */
export function thingsWords(o: Pick<Terms, 'items' | 'categories'>, s: Saying): string {
  const all = [...o.categories, ...o.items];
  const named = all.slice(0, all.length > NAMED + 1 ? NAMED : all.length);
  const list = all.length > named.length ? [...named, s.w.others(all.length - named.length)] : named;
  return list.length < 2 ? (list[0] ?? '') : `${list.slice(0, -1).join(', ')} ${s.w.or} ${list.at(-1)}`;
}

/** "15% off on boots", "2 for $30.00", "50 points"; '' for an offer that goes by its name. */
export function givesWords(o: Terms, s: Saying, name = ''): string {
  const { w } = s;
  // nothing is promised for nothing: the box is still empty
  const cash = (minor: number) => (minor === 0 ? '…' : money(minor, s.currency, s.locale));
  const gives = () => {
    if (o.kind === 'percent' && o.percent !== null) return w.percent(o.percent);
    if (o.kind === 'amount' && o.amount !== null) return w.amount(cash(o.amount));
    if (o.kind === 'free-item') return w.freeItem(o.item);
    if (o.kind === 'points' && o.points !== null) return w.points(o.points, count(o.points, s.locale));
    if (o.kind === 'bundle' && o.bundle) {
      const { buy, get, percent, forPrice } = o.bundle;
      return forPrice !== null ? w.forPrice(buy, cash(forPrice)) : percent === 100 ? w.getFree(buy, get) : w.getOff(buy, get, percent);
    }
    return name;
  };
  const things = thingsWords(o, s);
  if (things === '' || o.kind === 'free-item') return gives();
  return o.kind === 'percent' || o.kind === 'amount' ? w.offOn(gives(), things) : w.on(gives(), things);
}

/** "Mon–Thu", "Mon, Wed, Sat". Weeks begin on Monday; runs of three and more are drawn together. */
export function weekdayWords(mask: number, locale: string, weekday: 'short' | 'long' = 'short'): string {
  const f = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  const name = (d: number) => f.format(Date.UTC(2026, 10, 22 + d)).replace(/\.$/, ''); // a Sunday
  const days = [1, 2, 3, 4, 5, 6, 0];
  const out: string[] = [];
  for (let i = 0; i < 7; ) {
    let end = i;
    while (end < 7 && mask & (1 << (days[end] as number))) end++;
    const run = days.slice(i, end);
    if (run.length >= 3) out.push(`${name(run[0] as number)}–${name(run.at(-1) as number)}`);
    else out.push(...run.map(name));
    i = Math.max(end, i + 1);
  }
  return out.join(', ');
}

/** 570 → "9:30 am". */
export function minuteWords(minute: number, locale: string): string {
  return when(Date.UTC(2026, 0, 1, 0, minute), 'time', 'UTC', locale, 0);
}

/** When it counts: "until Sun 29 Nov", "Mon–Thu only", "9:00 am to 12:00 pm". */
export function windowWords(o: Terms, s: Saying, now: number): string[] {
  const { w } = s;
  const day = (d: string) => dayText(d, s.locale, now);
  const out: string[] = [];
  if (o.untilDay !== null) out.push(o.fromDay === null ? w.until(day(o.untilDay)) : w.fromUntil(day(o.fromDay), day(o.untilDay)));
  else if (o.codeMode === 'personal') out.push(w.days(o.validDays));
  if (o.weekdays !== 127) out.push(w.onDays(weekdayWords(o.weekdays, s.locale)));
  if (o.fromMinute !== null && o.untilMinute !== null)
    out.push(w.hours(minuteWords(o.fromMinute, s.locale), minuteWords(o.untilMinute, s.locale)));
  return out;
}

/** Under which conditions, besides when: "from $40.00", "members only", "can be used 3 times". */
export function conditionWords(o: Terms, s: Saying): string[] {
  const { w } = s;
  const out: string[] = [];
  const things = thingsWords(o, s);
  if (o.kind === 'free-item' && things !== '') out.push(w.withThings(things));
  if (o.minSpend > 0) out.push(w.minSpend(money(o.minSpend, s.currency, s.locale)));
  if (o.membersOnly) out.push(w.members);
  if (o.codeMode === 'personal' && o.codeUses > 1) out.push(w.uses(o.codeUses));
  if (o.codeMode === 'shared' && o.membersOnly) out.push(w.usesEach(o.codeUses));
  if (o.mostUses !== null) out.push(w.first(count(o.mostUses, s.locale)));
  return out;
}

/** What staff say when it does not count now. */
export function refusalWords(r: Refusal, s: Saying, now: number): { title: string; hint: string } {
  const t = s.w.refusal;
  const day = (at: number) => when(at, 'day', s.zone, s.locale, now);
  switch (r.why) {
    case 'expired':
      // the instant is the midnight after its last day
      return { title: t.expired.title, hint: t.expired.hint(day(r.at - 1)) };
    case 'not-yet':
      return { title: t['not-yet'].title, hint: t['not-yet'].hint(day(r.at)) };
    case 'weekday':
      return { title: t.weekday.title, hint: t.weekday.hint(weekdayWords(r.weekdays, s.locale, 'long')) };
    case 'hours':
      return { title: t.hours.title, hint: t.hours.hint(minuteWords(r.from, s.locale), minuteWords(r.until, s.locale)) };
    case 'min-spend':
      return { title: t['min-spend'].title, hint: t['min-spend'].hint(money(r.least, s.currency, s.locale)) };
    case 'path-used':
      return { title: t['path-used'].title, hint: t['path-used'].hint(day(r.at)) };
    case 'all-used':
      return { title: t['all-used'].title, hint: t['all-used'].hint(count(r.most, s.locale)) };
    case 'members':
      return r.club ? { title: t.club.title(s.locale.startsWith('es') ? r.club.es : r.club.en), hint: t.club.hint } : t.members;
    case 'find-member':
      return r.club
        ? { title: t.club.title(s.locale.startsWith('es') ? r.club.es : r.club.en), hint: t['find-member'].hint }
        : t['find-member'];
    default:
      return t[r.why];
  }
}
