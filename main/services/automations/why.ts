import { type AutomationEvent, duesOfPerson, eventsOfPerson, eventsPage, takenOf } from '@db/queries/automation-events';
import { peopleNamed } from '@db/queries/automation-facts';
import { type Automation, listAutomations } from '@db/queries/automations';
import { customerById } from '@db/queries/customers';
import { toldAlready } from '@domain/automations/cause';
import { AppError } from '@domain/errors';
import type { AutomationId, CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { lookOf, mayBeToldOf, sharedGap, theAutomation, triggerOf } from './look';

/** Why somebody has none coming, in one word. */
export type WhyNone = 'off' | 'not-permitted' | 'no-reason' | 'told' | 'before-it-ran' | 'worked-out-soon';

export interface WhyAutomation {
  automationId: AutomationId;
  name: string;
  kind: Automation['kind'];
  state: Automation['state'];
  /** What was decided, newest first. */
  events: {
    cause: string;
    dueAt: UtcMs;
    outcome: AutomationEvent['outcome'];
    reason: string | null;
    campaignId: number | null;
    againAt: UtcMs | null;
    at: UtcMs;
  }[];
  /** When it speaks to them next, as things stand. */
  next: { cause: string; dueAt: UtcMs; until: UtcMs }[];
  /** When nothing is coming. */
  none: WhyNone | null;
}

/** "Why did, or didn't, Anna get this?" of what runs by itself: what was decided and written down, and what is coming. */
export function whyAutomation(ctx: Ctx, id: AutomationId, customerId: CustomerId): WhyAutomation {
  const a = theAutomation(ctx, id);
  if (!customerById(ctx.db, customerId)) throw new AppError('customer.not-found');
  return whyOf(ctx, a, customerId, sharedGap(ctx));
}

/** The same of all of them: those that run or said something to this person. */
export function automationsBeside(ctx: Ctx, customerId: CustomerId): WhyAutomation[] {
  const person = customerById(ctx.db, customerId);
  if (!person) throw new AppError('customer.not-found');
  const gap = sharedGap(ctx);
  return listAutomations(ctx.db)
    .map((a) => whyOf(ctx, a, customerId, gap))
    .filter((w) => w.state !== 'off' || w.events.length > 0);
}

function whyOf(ctx: Ctx, a: Automation, customerId: CustomerId, gap: () => number): WhyAutomation {
  const events = eventsOfPerson(ctx.db, a.id, customerId);
  const next = a.state === 'off' ? [] : duesOfPerson(ctx.db, a.id, customerId);
  return {
    automationId: a.id,
    name: a.name,
    kind: a.kind,
    state: a.state,
    events: events.map(({ cause, dueAt, outcome, reason, campaignId, againAt, at }) => ({
      cause,
      dueAt,
      outcome,
      reason,
      campaignId,
      againAt,
      at,
    })),
    next: next.map(({ cause, dueAt, until }) => ({ cause, dueAt, until })),
    none: next.length > 0 ? null : noneOf(ctx, a, customerId, gap),
  };
}

function noneOf(ctx: Ctx, a: Automation, customerId: CustomerId, gap: () => number): WhyNone {
  if (a.state === 'off') return 'off';
  const trigger = triggerOf(a.kind);
  const look = lookOf(ctx, a, { gap });
  if (mayBeToldOf(look, [customerId]).length === 0) return 'not-permitted';
  const dues = trigger?.dues(look, [customerId]) ?? [];
  const taken = takenOf(ctx.db, a.id, [customerId]).get(customerId) ?? [];
  if (dues.length === 0) return taken.length > 0 ? 'told' : 'no-reason';
  if (dues.every((d) => toldAlready(a.kind, d, taken))) return 'told';
  if (!a.inside && dues.every((d) => a.onSince !== null && d.dueAt < a.onSince)) return 'before-it-ran';
  return 'worked-out-soon';
}

/** Everybody it decided about, newest first. */
export function peopleOf(
  ctx: Ctx,
  a: Automation,
  f: { outcome: AutomationEvent['outcome'] | null; reason: string | null },
  page: { offset: number; limit: number },
) {
  const { rows, total } = eventsPage(ctx.db, a.id, f, page);
  const names = new Map(peopleNamed(ctx.db, [...new Set(rows.map((r) => r.customerId))]).map((p) => [p.id, p]));
  return {
    total,
    rows: rows.map(({ automationId: _, ...r }) => {
      const p = names.get(r.customerId);
      return { ...r, firstName: p?.firstName ?? '', lastName: p?.lastName ?? '', company: p?.company ?? '', phone: p?.phone ?? null };
    }),
  };
}
