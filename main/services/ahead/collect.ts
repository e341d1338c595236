import {
  campaignsNamed,
  duesAhead,
  plannedAhead,
  queuedAhead,
  readersAmong,
  type SilentStep,
  silentSteps,
  spokenPrices,
  standingBefore,
} from '@db/queries/ahead';
import { listAutomations } from '@db/queries/automations';
import { ordersToRemind } from '@db/queries/orders';
import { dayIn, type Frame, spreadOver } from '@domain/ahead/frame';
import { KINDS } from '@domain/automations/kinds';
import { addDays, localTime, shopDay } from '@domain/calendar';
import { type CampaignChannels, usesMails } from '@domain/campaigns/channels';
import { dueAt } from '@domain/campaigns/ladder';
import { quotedPeople } from '@domain/campaigns/quote';
import { chosenTime } from '@domain/campaigns/schedule';
import { countSegments } from '@domain/campaigns/sms-text';
import { type AutomationId, type CampaignId, DAY, type Micros, type UtcMs } from '@domain/kernel';
import { reminderOf } from '@domain/orders/order';
import { nextDue } from '@domain/papers/weekly';
import { patternOf } from '../automations/save';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

/**
 * Why something cannot be put on another day by hand: it leaves already; the carrier keeps its texts; it follows another text; it goes by
 * each person's own day; an order's; answers.
 */
export const FIXED = ['leaving', 'at-carrier', 'follow-up', 'own-day', 'order', 'answers'] as const;
export type Fixed = (typeof FIXED)[number];

/** What sends something. */
export interface Source {
  /** `campaign`: planned; `sending`: started, its texts wait for their day; `step`: a follow-up; `other`: confirmations and answers. */
  kind: 'campaign' | 'sending' | 'step' | 'automation' | 'order' | 'other';
  /** Of the campaign or automation that opens with a click; null = nothing does. */
  id: number | null;
  name: string;
  /** When a planned campaign begins. */
  at: UtcMs | null;
  /** Why it cannot be moved to another day; null = it can. */
  fixed: Fixed | null;
  /** At most so many: who does something else gets another step, or none. */
  atMost: boolean;
  /** Which speaks first: lower; 0 = decided already; null = courtesy does not ask (services/…/load). */
  rank: number | null;
}

/** One text to come. */
export interface Coming {
  source: number;
  person: number;
  at: UtcMs;
  day: number;
  price: number;
  email: boolean;
  /** What waits for a limit to free leaves before this; left out: it does not wait. */
  until?: UtcMs;
}

export interface Collected {
  sources: Source[];
  texts: Coming[];
  /** Planned campaigns that did not leave and wait for the owner. */
  waiting: { id: CampaignId; name: string; at: UtcMs; asks: string }[];
  /** Days on which the week is printed. */
  pages: UtcMs[];
}

/** Orders looked at; a shop with more that wait to be fetched has another problem. */
const ORDERS = 2000;
/** What waits for a limit to free is followed so far beyond the frame. */
const WAITS_DAYS = 62;

/** Everything that will leave within the frame, source by source; what is worked out changes from day to day. */
export async function collect(ctx: Ctx, frame: Frame): Promise<Collected> {
  const c = new Collector(ctx, frame);
  for (const part of [c.queued, c.planned, c.steps, c.automations, c.orders]) {
    part.call(c);
    await nextTurn();
  }
  return { sources: c.sources, texts: c.texts, waiting: c.waiting, pages: c.pages() };
}

class Collector {
  readonly sources: Source[] = [];
  readonly texts: Coming[] = [];
  readonly waiting: Collected['waiting'] = [];
  private readonly until: UtcMs;
  private readonly now: UtcMs;
  /** Who is to get a planned campaign and when: what may follow it. */
  private readonly begun = new Map<CampaignId, { person: number; at: UtcMs; price: number }[]>();

  constructor(
    private readonly ctx: Ctx,
    private readonly frame: Frame,
  ) {
    this.until = frame.starts.at(-1) as UtcMs;
    this.now = ctx.clock.now();
  }

  private source(s: Omit<Source, 'at' | 'atMost'> & Partial<Source>): number {
    return this.sources.push({ at: null, atMost: false, ...s }) - 1;
  }

  private add(
    source: number,
    person: number,
    at: UtcMs,
    price: number,
    o: { day?: number | null; until?: UtcMs; email?: boolean } = {},
  ): void {
    const day = o.day === undefined ? dayIn(this.frame, at) : o.day;
    if (day === null) return;
    // what is put off to another day by its daily share leaves then
    const start = this.frame.starts[day] as UtcMs;
    const leaves = Math.max(at, start, day === 0 ? this.now : start) as UtcMs;
    this.texts.push({ source, person, at: leaves, day, price, email: o.email ?? false, ...(o.until !== undefined && { until: o.until }) });
  }

  /** Written and not left: of campaigns that are being sent, follow-ups and automations taken already, and answers. */
  queued(): void {
    const rows = queuedAhead(this.ctx.db, this.until);
    const campaigns = new Map(
      campaignsNamed(this.ctx.db, [...new Set(rows.flatMap((r) => (r.campaignId === null ? [] : [r.campaignId])))]).map((k) => [k.id, k]),
    );
    const groups = new Map<string, typeof rows>();
    for (const r of rows) {
      const k = r.campaignId === null ? undefined : campaigns.get(r.campaignId);
      // stopped, or being written this very moment
      if (k && k.state !== 'sending') continue;
      const key = k ? `${k.id}` : r.marketing ? 'told' : 'other';
      const group = groups.get(key);
      if (group) group.push(r);
      else groups.set(key, [r]);
    }
    for (const [key, list] of groups) {
      const first = list[0];
      const k = first?.campaignId == null ? undefined : campaigns.get(first.campaignId);
      const source = this.source({
        kind: k?.automationId ? 'automation' : k?.rootId ? 'step' : k ? 'sending' : 'other',
        id: k?.automationId ?? k?.rootId ?? k?.id ?? null,
        name: k?.automationName ?? k?.name ?? '',
        rank: key === 'other' ? null : 0,
        fixed: k?.automationId ? 'own-day' : k?.rootId ? 'follow-up' : k?.viaCarrier ? 'at-carrier' : k ? 'leaving' : 'answers',
      });
      const days = spreadOver(
        list.map((r) => dayIn(this.frame, r.at)),
        k?.dailyShare ?? null,
        this.frame.days.length,
      );
      list.forEach((r, i) => {
        const day = days[i];
        if (day != null) this.add(source, r.customerId ?? -1, r.at, r.email ? 0 : r.price, { day, email: r.email });
      });
    }
  }

  /** With their time ahead: the people of the review, who are counted once more when it leaves. */
  planned(): void {
    for (const p of plannedAhead(this.ctx.db, this.until)) {
      if (p.asks !== null) {
        this.waiting.push({ id: p.id, name: p.name, at: p.at, asks: p.asks });
        continue;
      }
      const source = this.source({ kind: 'campaign', id: p.id, name: p.name, at: p.at, fixed: null, rank: 2 });
      if (p.quote === null) continue;
      const ids = [...quotedPeople(p.quote).text.keys()];
      const readers = this.readersOf(p.channels, ids);
      const each = ids.length === readers.size ? 0 : p.quote.price / (ids.length - readers.size);
      const times = this.daysOf(p.at, p.spreadDays);
      const begun = ids.map((person, i) => ({ person, at: times[i % times.length] ?? p.at, price: readers.has(person) ? 0 : each }));
      for (const b of begun) this.add(source, b.person, b.at, b.price, { email: readers.has(b.person) });
      this.begun.set(p.id, begun);
    }
  }

  /** Who of them reads it as an e-mail. */
  private readersOf(channels: CampaignChannels, ids: readonly number[]): ReadonlySet<number> {
    if (!usesMails(channels)) return new Set();
    return new Set(channels === 'email' ? ids : readersAmong(this.ctx.db, ids, channels === 'email-first'));
  }

  /** The hour of a planned campaign on each shop day over which it is spread. */
  private daysOf(at: UtcMs, days: number): UtcMs[] {
    const { zone } = this.frame;
    const { hour, minute } = localTime(at, zone);
    const first = shopDay(at, zone);
    return Array.from({ length: Math.max(1, days) }, (_, k) => (k === 0 ? at : chosenTime(addDays(first, k), hour * 60 + minute, zone).at));
  }

  /** Follow-ups of those who do nothing, as far as that can be foreseen: at most so many. */
  steps(): void {
    const steps = silentSteps(this.ctx.db);
    if (steps.length === 0) return;
    const before = new Map<CampaignId, { person: number; at: UtcMs; price: number }[]>(this.begun);
    const each = this.ctx.settings().texting.pricePerSegment as number;
    const { zone } = this.ctx.settings().shop;
    const standing = new Map<CampaignId, { person: number; at: UtcMs; price: number }[]>();
    for (const s of standingBefore(
      this.ctx.db,
      steps.map((x) => x.id),
    )) {
      const list = standing.get(s.stepId) ?? [];
      list.push({ person: s.customerId, at: s.leftAt, price: each });
      standing.set(s.stepId, list);
    }
    // a step may follow a step: those whose parent is known first
    const left = new Set(steps);
    for (let round = 0; left.size > 0 && round <= steps.length; round++) {
      for (const s of left) {
        const parentIsStep = steps.some((x) => x.id === s.parentId);
        if (parentIsStep && [...left].some((x) => x.id === s.parentId)) continue;
        left.delete(s);
        before.set(s.id, this.step(s, [...(standing.get(s.id) ?? []), ...(before.get(s.parentId) ?? [])], zone));
      }
    }
  }

  private step(s: SilentStep, people: readonly { person: number; at: UtcMs; price: number }[], zone: Frame['zone']) {
    if (people.length === 0) return [];
    const source = this.source({ kind: 'step', id: s.rootId, name: s.name, atMost: true, fixed: 'follow-up', rank: 3 });
    const moments = new Map<string, UtcMs>();
    const out: { person: number; at: UtcMs; price: number }[] = [];
    for (const p of people) {
      const day = shopDay(p.at, zone);
      let at = moments.get(day);
      if (at === undefined) {
        at = dueAt(p.at, s, zone);
        moments.set(day, at);
      }
      if (at < this.now - 7 * DAY || (s.endsOn !== null && shopDay(at, zone) > s.endsOn)) continue;
      out.push({ ...p, at });
      this.add(source, p.person, at, p.price);
    }
    return out;
  }

  automations(): void {
    const known = new Map(listAutomations(this.ctx.db).map((a) => [a.id, a]));
    const prices = spokenPrices(this.ctx.db);
    const perSegment = this.ctx.settings().texting.pricePerSegment as number;
    // further away nobody asks, and the calendar of months stays short
    const latest = (this.until + WAITS_DAYS * DAY) as UtcMs;
    const groups = new Map<AutomationId, { person: number; at: UtcMs; until: UtcMs }[]>();
    for (const d of duesAhead(this.ctx.db, this.until)) {
      const due = { person: d.customerId, at: d.at, until: Math.min(d.until, latest) as UtcMs };
      const list = groups.get(d.automationId);
      if (list) list.push(due);
      else groups.set(d.automationId, [due]);
    }
    for (const [id, list] of groups) {
      const a = known.get(id);
      if (!a) continue;
      const said = prices.get(id) ?? countSegments(longest(patternOf(this.ctx, a).parts.map((p) => p.body))).segments * perSegment;
      const rank = KINDS[a.kind].service ? null : 1 + a.priority / 1000;
      const source = this.source({ kind: 'automation', id, name: a.name, fixed: 'own-day', rank });
      const days = spreadOver(
        list.map((d) => dayIn(this.frame, d.at)),
        a.mostPerDay,
        this.frame.days.length,
      );
      list.forEach((d, i) => {
        const day = days[i];
        if (day != null) this.add(source, d.person, d.at, said, { day, until: d.until });
      });
    }
  }

  /** Reminders of what waits to be fetched. */
  orders(): void {
    const { shop, texting } = this.ctx.settings();
    let source: number | null = null;
    for (const o of ordersToRemind(this.ctx.db, ORDERS)) {
      const due = reminderOf(o, shop);
      if (due === null || (due.until !== null && due.until <= this.now)) continue;
      source ??= this.source({ kind: 'order', id: null, name: '', fixed: 'order', rank: null });
      this.add(source, o.customerId, due.at, texting.pricePerSegment as number);
    }
  }

  pages(): UtcMs[] {
    const { papers, shop } = this.ctx.settings();
    if (!papers.weekly || papers.folder === null) return [];
    const out: UtcMs[] = [];
    for (let at = nextDue(this.now, shop.zone, papers); at < this.until; at = nextDue(at, shop.zone, papers)) out.push(at);
    return out;
  }
}

const longest = (texts: readonly string[]): string => texts.reduce((a, b) => (b.length > a.length ? b : a), '');

/** Rounded once, of all of them. */
export const wholeMicros = (sum: number): Micros => Math.round(sum) as Micros;
