import { dueUntil } from '@db/queries/automation-events';
import { peopleNamed, personFacts } from '@db/queries/automation-facts';
import type { Automation } from '@db/queries/automations';
import { membersAmong } from '@db/queries/segments';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import type { PersonReason } from '@domain/campaigns/audience';
import { firstMatch } from '@domain/campaigns/parts';
import { type CustomerId, DAY, type UtcMs } from '@domain/kernel';
import { gatherThese, groupRule } from '../campaigns/audience';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { factsNow } from '../segments/segments';
import { heldNow, heldOut } from './held';
import { openDues } from './keep';
import { everybodyPage, lookOf, sharedGap } from './look';
import { patternOf } from './save';
import type { Look, PersonDue } from './trigger';

/** How many, and how many of them could be texted as things stand; the others by reason. */
export interface Inside {
  people: number;
  reachable: number;
  /** Of those, how many get none, by lot, to compare. */
  held: number;
  excluded: { reason: PersonReason | 'no-group'; count: number }[];
  /** The first of them by name, soonest first. */
  rows: TodayRow[];
}

/** Named before it is switched on; the rest is counted. */
const NAMED = 50;

const AT_ONCE = 500;

/** Everybody a trigger may be about, a few hundred at once. */
export async function* everybody(look: Look): AsyncGenerator<CustomerId[]> {
  for (let after = 0; ; ) {
    const ids = everybodyPage(look, after, AT_ONCE);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < AT_ONCE) return;
    after = last;
    await nextTurn();
  }
}

/** All that is due between two instants, of everybody: of one that is off, as if it were switched on with everybody meant. */
async function duesBetween(ctx: Ctx, a: Automation, now: UtcMs, keep: (d: PersonDue) => boolean): Promise<PersonDue[]> {
  const look = lookOf(ctx, a, { now, gap: sharedGap(ctx) });
  const out: PersonDue[] = [];
  const asked = { ...a, inside: true };
  for await (const ids of everybody(look)) out.push(...openDues(look, asked, ids).filter(keep));
  return out;
}

/** Whose moment lay before now and to whom it is still worth saying. */
export async function whoIsInside(ctx: Ctx, a: Automation, now: UtcMs): Promise<Inside> {
  return count(ctx, a, await duesBetween(ctx, a, now, (d) => d.dueAt < now && d.until > now));
}

/** Whose day comes within 30 days, as things stand. */
export async function monthOf(ctx: Ctx, a: Automation, now: UtcMs): Promise<Inside> {
  const end = (now + 30 * DAY) as UtcMs;
  return count(ctx, a, await duesBetween(ctx, a, now, (d) => d.dueAt >= now && d.dueAt < end));
}

async function count(ctx: Ctx, a: Automation, dues: PersonDue[]): Promise<Inside> {
  // each person once: what comes first speaks
  dues.sort((x, y) => x.dueAt - y.dueAt || x.customerId - y.customerId);
  const first = new Map<CustomerId, PersonDue>();
  for (const d of dues) if (!first.has(d.customerId)) first.set(d.customerId, d);
  const decided = await decide(ctx, a, [...first.keys()]);
  const { reachable, excluded } = decided;
  const held = heldAsRead(ctx, a);
  const now = ctx.clock.now();
  const counts = new Map<Inside['excluded'][number]['reason'], number>();
  for (const [, reason] of excluded) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return {
    people: reachable.size + excluded.size,
    reachable: reachable.size,
    held: [...reachable.keys()].filter((id) => held(id, Math.max(now, first.get(id)?.dueAt ?? now) as UtcMs)).length,
    excluded: [...counts].map(([reason, n]) => ({ reason, count: n })).sort((x, y) => y.count - x.count),
    rows: rowsOf(ctx, a, [...first.values()].slice(0, NAMED), excluded),
  };
}

/** Who would be left without a text to compare, by the lot that is drawn when their day comes. */
const heldAsRead = (ctx: Ctx, a: Automation) => heldOut(ctx, a, heldNow(ctx, a, patternOf(ctx, a).holdout));

/** Who of these could be texted at this moment, with the part they are in, and why the others could not. */
export async function decide(
  ctx: Ctx,
  a: Automation,
  ids: readonly CustomerId[],
): Promise<{ reachable: Map<CustomerId, number>; excluded: Map<CustomerId, PersonReason | 'no-group'> }> {
  const pattern = patternOf(ctx, a);
  const facts = factsNow(ctx);
  const lists: { position: number; ids: CustomerId[] }[] = [];
  for (const { position, segmentId } of pattern.parts) {
    const own: CustomerId[] = [];
    const rule = segmentId === null ? null : groupRule(ctx, segmentId);
    for (let i = 0; i < ids.length; i += AT_ONCE) {
      const some = ids.slice(i, i + AT_ONCE);
      own.push(...(rule === null ? some : membersAmong(ctx.db, rule, facts, some)));
      if (rule !== null) await nextTurn();
    }
    lists.push({ position, ids: own });
  }
  const parts = firstMatch(lists);
  const audience = await gatherThese(ctx, parts, pattern);
  const excluded = new Map<CustomerId, PersonReason | 'no-group'>(audience.excluded.map((e) => [e.person.id, e.reason]));
  for (const id of ids) if (!parts.has(id)) excluded.set(id, 'no-group');
  return { reachable: new Map(audience.reachable.map((p) => [p.id, p.part])), excluded };
}

/** Somebody whose day it is, and why. */
export interface TodayRow {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  cause: string;
  dueAt: UtcMs;
  until: UtcMs;
  /** Why they would get none as things stand (`to-compare`: by lot); null = they would. */
  reason: PersonReason | 'no-group' | 'to-compare' | null;
  /** What it goes by, for the words of "why". */
  facts: { birthday: string | null; lastVisitAt: UtcMs | null; firstVisitAt: UtcMs | null; usualDays: number | null; visits: number };
}

/** Who would get it today and why, soonest first: also of one that is off, as if it were on with everybody meant. */
export async function todayOf(
  ctx: Ctx,
  a: Automation,
  page: { offset: number; limit: number },
): Promise<{ rows: TodayRow[]; total: number }> {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const end = startOfDay(addDays(shopDay(now, zone), 1), zone);
  let rows: Dated[];
  let total: number;
  if (a.state === 'off') {
    const all = await duesBetween(ctx, a, now, (d) => d.dueAt < end && d.until > now);
    all.sort((x, y) => x.dueAt - y.dueAt || x.customerId - y.customerId);
    total = all.length;
    rows = all.slice(page.offset, page.offset + page.limit);
  } else ({ rows, total } = dueUntil(ctx.db, a.id, end, page));
  const { excluded } = await decide(ctx, a, [...new Set(rows.map((r) => r.customerId))]);
  return { total, rows: rowsOf(ctx, a, rows, excluded) };
}

type Dated = Pick<TodayRow, 'customerId' | 'cause' | 'dueAt' | 'until'>;

function rowsOf(ctx: Ctx, a: Automation, dues: readonly Dated[], excluded: ReadonlyMap<CustomerId, PersonReason | 'no-group'>): TodayRow[] {
  const ids = dues.map((d) => d.customerId);
  const facts = new Map(personFacts(ctx.db, ids).map((p) => [p.id, p]));
  const names = new Map(peopleNamed(ctx.db, ids).map((p) => [p.id, p]));
  const held = heldAsRead(ctx, a);
  const now = ctx.clock.now();
  return dues.map(({ customerId, cause, dueAt, until }) => {
    const f = facts.get(customerId);
    const p = names.get(customerId);
    return {
      customerId,
      firstName: p?.firstName ?? '',
      lastName: p?.lastName ?? '',
      company: p?.company ?? '',
      cause,
      dueAt,
      until,
      reason: excluded.get(customerId) ?? (held(customerId, Math.max(now, dueAt) as UtcMs) ? 'to-compare' : null),
      facts: {
        birthday: f?.birthday ?? null,
        lastVisitAt: f?.lastVisitAt ?? null,
        firstVisitAt: f?.firstVisitAt ?? null,
        usualDays: f?.medianGapDays ?? null,
        visits: f?.visits ?? 0,
      },
    };
  });
}
