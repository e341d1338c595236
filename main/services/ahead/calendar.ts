import { headsOfNumbers, leftSince, promisesOf } from '@db/queries/ahead';
import { peopleNamed } from '@db/queries/automation-facts';
import { dayIn, type Frame, frameOf } from '@domain/ahead/frame';
import { type Ahead, type InTheWay, reckonLoad } from '@domain/ahead/load';
import { capsSince } from '@domain/campaigns/caps';
import { dayLaw } from '@domain/campaigns/quiet-hours';
import { type RetailDayKey, upcoming } from '@domain/campaigns/retail-calendar';
import type { CampaignId, CustomerId, Micros, ShopDay, UtcMs } from '@domain/kernel';
import { inTurns, nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { type Coming, collect, type Source, wholeMicros } from './collect';

export interface ItemAhead extends Omit<Source, 'rank'> {
  people: number;
  /** Of them: will be left out, for another text is too near or the month is used up. */
  leftOut: number;
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

/** Some people will not get something, for one reason. */
export interface Clash {
  /** What they will not get, and when it would have come. */
  source: SourceOn;
  reason: InTheWay['reason'];
  /** The text in the way; null = one that left already. */
  because: SourceOn | null;
  people: number;
}

export interface SourceOn {
  kind: Source['kind'];
  id: number | null;
  name: string;
  day: ShopDay;
}

export interface CalendarAhead {
  days: DayAhead[];
  clashes: Clash[];
  /** People some of whose texts are in each other's way. */
  crowded: number;
  spacingDays: number;
  promise: number;
  waiting: { id: CampaignId; name: string; at: UtcMs; asks: string }[];
  currency: string;
  total: { people: number; texts: number; mails: number; price: Micros };
}

interface Cell {
  leftOut: number;
  mails: number;
  texts: number;
  price: number;
}

interface Reckoned {
  frame: Frame;
  sources: Source[];
  texts: (Coming & { head: number })[];
  verdicts: (InTheWay | null)[];
  waiting: CalendarAhead['waiting'];
  pages: UtcMs[];
}

async function reckon(ctx: Ctx): Promise<Reckoned> {
  const now = ctx.clock.now();
  const { shop, courtesy } = ctx.settings();
  const frame = frameOf(now, shop.zone);
  const { sources, texts: coming, waiting, pages } = await collect(ctx, frame);
  const heads = headsOfNumbers(ctx.db);
  const head = (id: number): number => heads.get(id as CustomerId) ?? id;
  const texts = coming.map((t, i) => ({ ...t, head: t.person > 0 ? head(t.person) : -1 - i }));
  await nextTurn();
  const left = new Map<number, UtcMs[]>();
  const count = new Map<number, number>();
  for (const t of texts) count.set(t.head, (count.get(t.head) ?? 0) + 1);
  for (const l of leftSince(ctx.db, capsSince(now, shop.zone, courtesy.spacingDays))) {
    const who = head(l.customerId);
    // who gets nothing more cannot be in anybody's way
    if (!count.has(who)) continue;
    const list = left.get(who);
    if (list) list.push(l.at);
    else left.set(who, [l.at]);
  }
  await nextTurn();
  const asked = [...count].flatMap(([who, n]) => (n > 1 || left.has(who) ? [who] : []));
  const promises = new Map<number, number>();
  for (let i = 0; i < asked.length; i += 2000) {
    for (const [who, most] of promisesOf(ctx.db, asked.slice(i, i + 2000))) promises.set(who, Math.min(most, promises.get(who) ?? most));
    await nextTurn();
  }
  const verdicts = await inTurns(
    reckonLoad(
      texts.map((t): Ahead => ({ source: t.source, person: t.head, at: t.at })),
      {
        zone: shop.zone,
        spacingDays: courtesy.spacingDays,
        promiseOf: (who) => promises.get(who) ?? courtesy.promisePerMonth,
        rankOf: (s) => sources[s]?.rank ?? null,
        left,
      },
    ),
  );
  return { frame, sources, texts, verdicts, waiting, pages };
}

const clashKey = (frame: Frame, t: Coming, v: InTheWay): string => {
  const b = v.because;
  return `${t.source} ${t.day} ${v.reason} ${b === null ? '' : `${b.source} ${dayIn(frame, b.at)}`}`;
};

/** The next 30 days by everything that speaks to people, and who would hear too much. */
export async function calendarAhead(ctx: Ctx): Promise<CalendarAhead> {
  const { shop, courtesy, texting } = ctx.settings();
  const { frame, sources, texts, verdicts, waiting, pages } = await reckon(ctx);
  const holidays = upcoming(frame.days[0] as ShopDay, frame.days.length - 1);
  const state = shop.country === 'US' && shop.region !== '' ? `US-${shop.region}` : null;
  const printed = new Set(pages.map((at) => dayIn(frame, at)));
  const cells = new Map<number, Map<number, Cell>>();
  const clashes = new Map<string, { first: Coming; verdict: InTheWay; people: Set<number> }>();
  const crowded = new Set<number>();
  const everybody = new Set<number>();
  texts.forEach((t, i) => {
    const v = verdicts[i] ?? null;
    const day = cells.get(t.day) ?? new Map<number, Cell>();
    cells.set(t.day, day);
    const cell = day.get(t.source) ?? { leftOut: 0, mails: 0, texts: 0, price: 0 };
    day.set(t.source, cell);
    if (v === null) {
      everybody.add(t.head);
      if (sources[t.source]?.email) cell.mails++;
      else cell.texts++;
      cell.price += t.price;
      return;
    }
    cell.leftOut++;
    crowded.add(t.head);
    const key = clashKey(frame, t, v);
    const clash = clashes.get(key);
    if (clash) clash.people.add(t.head);
    else clashes.set(key, { first: t, verdict: v, people: new Set([t.head]) });
  });
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
        texts: cell.texts,
        mails: cell.mails,
        price: wholeMicros(cell.price),
      });
    }
    // a planned campaign stands on its day, whoever is in its group by then
    sources.forEach((source, s) => {
      if (source.kind !== 'campaign' || source.at === null || dayIn(frame, source.at) !== n || cells.get(n)?.has(s)) return;
      const { rank: _, ...rest } = source;
      items.push({ ...rest, people: 0, leftOut: 0, texts: 0, mails: 0, price: 0 as Micros });
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
      .map(({ first, verdict, people }): Clash => {
        const b = verdict.because;
        const day = b === null ? null : dayIn(frame, b.at);
        return {
          source: on(first.source, first.day),
          reason: verdict.reason,
          because: b === null || day === null ? null : on(b.source, day),
          people: people.size,
        };
      })
      .sort((a, b) => b.people - a.people || (a.source.day < b.source.day ? -1 : 1))
      .slice(0, MOST_CLASHES),
    crowded: crowded.size,
    spacingDays: courtesy.spacingDays,
    promise: courtesy.promisePerMonth,
    waiting,
    currency: texting.priceCurrency,
    total: {
      people: everybody.size,
      texts: days.reduce((n, d) => n + d.texts, 0),
      mails: days.reduce((n, d) => n + d.mails, 0),
      price: wholeMicros(days.reduce((n, d) => n + d.price, 0)),
    },
  };
}

/** More than these nobody reads; the numbers on the days hold all of them. */
const MOST_CLASHES = 100;
const ORDER: Record<Source['kind'], number> = { campaign: 0, sending: 1, step: 2, automation: 3, order: 4, other: 5 };

/** What one of the calendar's lines says of people: who they are. */
export interface WhoAhead {
  day: ShopDay;
  kind: Source['kind'];
  id: number | null;
  name: string;
  /** Only those who will be left out. */
  leftOut: boolean;
}

export interface PersonAhead {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  at: UtcMs;
  /** Why they will not get it, and what is in the way; null = they will. */
  reason: InTheWay['reason'] | null;
  because: SourceOn | null;
}

/** The people of one line, worked out anew. */
export async function peopleAhead(
  ctx: Ctx,
  asked: WhoAhead,
  page: { offset: number; limit: number },
): Promise<{ rows: PersonAhead[]; total: number }> {
  const { frame, sources, texts, verdicts } = await reckon(ctx);
  const found: { t: Coming; v: InTheWay | null }[] = [];
  texts.forEach((t, i) => {
    const s = sources[t.source];
    if (!s || s.kind !== asked.kind || s.id !== asked.id || s.name !== asked.name || frame.days[t.day] !== asked.day || t.person <= 0)
      return;
    const v = verdicts[i] ?? null;
    if (!asked.leftOut || v !== null) found.push({ t, v });
  });
  const rows = found.slice(page.offset, page.offset + page.limit);
  const names = new Map(
    peopleNamed(
      ctx.db,
      rows.map((r) => r.t.person as CustomerId),
    ).map((p) => [p.id, p]),
  );
  return {
    total: found.length,
    rows: rows.map(({ t, v }) => {
      const p = names.get(t.person as CustomerId);
      const b = v?.because ?? null;
      const day = b === null ? null : dayIn(frame, b.at);
      const by = b === null ? undefined : sources[b.source];
      return {
        customerId: t.person as CustomerId,
        firstName: p?.firstName ?? '',
        lastName: p?.lastName ?? '',
        company: p?.company ?? '',
        at: t.at,
        reason: v?.reason ?? null,
        because: by && day !== null ? { kind: by.kind, id: by.id, name: by.name, day: frame.days[day] as ShopDay } : null,
      };
    }),
  };
}
