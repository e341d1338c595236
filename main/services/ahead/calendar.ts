import { dayIn } from '@domain/ahead/frame';
import type { InTheWay } from '@domain/ahead/load';
import { dayLaw } from '@domain/campaigns/quiet-hours';
import { type RetailDayKey, upcoming } from '@domain/campaigns/retail-calendar';
import type { Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { type Coming, type Source, wholeMicros } from './collect';
import { type Reckoned, reckon, type SourceOn } from './reckon';

export interface ItemAhead extends Omit<Source, 'rank'> {
  people: number;
  /** Of them: will be left out, for another text is too near or the month is used up. */
  leftOut: number;
  /** Not among them: would be due then, but wait until a text that is too near is long enough ago. */
  later: number;
  /** When the first of them leaves. */
  from: UtcMs | null;
  /** What leaves then, and about how much it costs. */
  texts: number;
  mails: number;
  price: Micros;
}

export interface DayAhead {
  day: ShopDay;
  holidays: RetailDayKey[];
  /** What the law of the shop's state says of the day. */
  law: 'open' | 'reason' | 'closed';
  /** The week is printed. */
  page: boolean;
  items: ItemAhead[];
  people: number;
  texts: number;
  mails: number;
  price: Micros;
}

/** Some people will not get something when it is due, for one reason. */
export interface Clash {
  /** They get it once the reason is over; else not at all. */
  later: boolean;
  /** What they will not get, and when it would have come, of several days the first. */
  source: SourceOn;
  /** The last of these days. */
  until: ShopDay;
  reason: InTheWay['reason'];
  /** The text in the way; null = one that left already. */
  because: SourceOn | null;
  /** It comes on several days: to each of them on their own. */
  severalDays: boolean;
  people: number;
}

export interface CalendarAhead {
  days: DayAhead[];
  clashes: Clash[];
  /** People some of whose texts are in each other's way. */
  crowded: number;
  /** How many people get one text or e-mail, two, three … in these days; service is not counted. */
  load: number[];
  spacingDays: number;
  promise: number;
  waiting: Reckoned['waiting'];
  currency: string;
  total: { people: number; texts: number; mails: number; price: Micros };
}

interface Cell {
  leftOut: number;
  later: number;
  from: UtcMs | null;
  mails: number;
  texts: number;
  price: number;
}

/** The same two in each other's way are one matter, on however many days. */
const clashKey = (t: Coming, v: InTheWay): string => `${t.source} ${v.reason} ${v.instead === null} ${v.because?.source ?? ''}`;

/** The next 30 days by everything that speaks to people, and who would hear too much. */
export async function calendarAhead(ctx: Ctx): Promise<CalendarAhead> {
  const { shop, courtesy, texting } = ctx.settings();
  const { frame, sources, texts, waiting, pages } = await reckon(ctx);
  const holidays = upcoming(frame.days[0] as ShopDay, frame.days.length - 1);
  const state = shop.country === 'US' && shop.region !== '' ? `US-${shop.region}` : null;
  const printed = new Set(pages.map((at) => dayIn(frame, at)));
  const cells = new Map<number, Map<number, Cell>>();
  const clashes = new Map<string, { first: Coming; last: number; severalDays: boolean; verdict: InTheWay; people: Set<number> }>();
  const crowded = new Set<number>();
  /** Everybody who hears something, and how often it is no service. */
  const heard = new Map<number, number>();
  const cellOf = (day: number, source: number): Cell => {
    const on = cells.get(day) ?? new Map<number, Cell>();
    cells.set(day, on);
    const cell = on.get(source) ?? { leftOut: 0, later: 0, from: null, mails: 0, texts: 0, price: 0 };
    on.set(source, cell);
    return cell;
  };
  for (const t of texts) {
    const { verdict: v, leaves } = t;
    if (leaves !== null) {
      const cell = cellOf(leaves.day, t.source);
      heard.set(t.head, (heard.get(t.head) ?? 0) + (sources[t.source]?.rank === null ? 0 : 1));
      if (t.email) cell.mails++;
      else cell.texts++;
      cell.price += t.price;
      if (cell.from === null || leaves.at < cell.from) cell.from = leaves.at;
    }
    if (v === null) continue;
    const cell = cellOf(t.day, t.source);
    if (v.instead === null) cell.leftOut++;
    // later the same day is no other day
    else if (leaves?.day !== t.day) cell.later++;
    crowded.add(t.head);
    const key = clashKey(t, v);
    const clash = clashes.get(key) ?? { first: t, last: t.day, severalDays: false, verdict: v, people: new Set() };
    clashes.set(key, clash);
    clash.people.add(t.head);
    clash.last = Math.max(clash.last, t.day);
    const [was, is] = [clash.verdict.because, v.because];
    if (was !== null && is !== null && dayIn(frame, was.at) !== dayIn(frame, is.at)) clash.severalDays = true;
    if (t.day < clash.first.day) Object.assign(clash, { first: t, verdict: v });
  }
  const days = frame.days.map((day, n): DayAhead => {
    const items: ItemAhead[] = [];
    let people = 0;
    for (const [s, cell] of cells.get(n) ?? []) {
      const { rank: _, ...source } = sources[s] as Source;
      people += cell.texts + cell.mails;
      items.push({
        ...source,
        people: cell.texts + cell.mails + cell.leftOut,
        leftOut: cell.leftOut,
        later: cell.later,
        from: cell.from,
        texts: cell.texts,
        mails: cell.mails,
        price: wholeMicros(cell.price),
      });
    }
    // a planned campaign stands on its day, whoever is in its group by then
    sources.forEach((source, s) => {
      if (source.kind !== 'campaign' || source.at === null || dayIn(frame, source.at) !== n || cells.get(n)?.has(s)) return;
      const { rank: _, ...rest } = source;
      items.push({ ...rest, people: 0, leftOut: 0, later: 0, from: source.at, texts: 0, mails: 0, price: 0 as Micros });
    });
    items.sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || b.people - a.people || (a.name < b.name ? -1 : 1));
    return {
      day,
      holidays: holidays.filter((h) => h.day === day).map((h) => h.key),
      law: state === null ? 'open' : dayLaw(day, state, courtesy.window),
      page: printed.has(n),
      items,
      people,
      texts: items.reduce((sum, x) => sum + x.texts, 0),
      mails: items.reduce((sum, x) => sum + x.mails, 0),
      price: wholeMicros(items.reduce((sum, x) => sum + x.price, 0)),
    };
  });
  const on = (source: number, day: number): SourceOn => {
    const { kind, id, name } = sources[source] as Source;
    return { kind, id, name, day: frame.days[day] as ShopDay };
  };
  return {
    days,
    clashes: [...clashes.values()]
      .map(({ first, last, severalDays, verdict, people }): Clash => {
        const b = verdict.because;
        const day = b === null ? null : dayIn(frame, b.at);
        return {
          later: verdict.instead !== null,
          source: on(first.source, first.day),
          until: frame.days[last] as ShopDay,
          reason: verdict.reason,
          severalDays,
          because: b === null || day === null ? null : on(b.source, day),
          people: people.size,
        };
      })
      .sort((a, b) => b.people - a.people || (a.source.day < b.source.day ? -1 : 1))
      .slice(0, MOST_CLASHES),
    crowded: crowded.size,
    load: loadOf(heard),
    spacingDays: courtesy.spacingDays,
    promise: courtesy.promisePerMonth,
    waiting,
    currency: texting.priceCurrency,
    total: {
      people: heard.size,
      texts: days.reduce((n, d) => n + d.texts, 0),
      mails: days.reduce((n, d) => n + d.mails, 0),
      price: wholeMicros(days.reduce((n, d) => n + d.price, 0)),
    },
  };
}

/** People by how much they hear; who is known by no name (a confirmation to a bare number) is counted where it leaves. */
function loadOf(heard: ReadonlyMap<number, number>): number[] {
  const load: number[] = [];
  for (const [who, often] of heard) {
    const n = Math.min(often, MOST_LOAD);
    if (who <= 0 || n === 0) continue;
    while (load.length < n) load.push(0);
    load[n - 1] = (load[n - 1] ?? 0) + 1;
  }
  return load;
}

const MOST_LOAD = 40;

/** More than these nobody reads; the numbers on the days hold all of them. */
const MOST_CLASHES = 100;
const ORDER: Record<Source['kind'], number> = { campaign: 0, sending: 1, step: 2, automation: 3, order: 4, other: 5 };
