import { cameSinceText, dueUntil, editionsOf, outcomesSince } from '@db/queries/automation-events';
import { type Automation, listAutomations } from '@db/queries/automations';
import { AUTOMATION_KINDS, type AutomationKind, KINDS } from '@domain/automations/kinds';
import { ALL_TERMS, missingTerm, TERMS, type Terms, termsOf, USUAL_WAIT } from '@domain/automations/terms';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { DAY, type UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { senderState } from '../outbox/sender-state';
import { salesKnown } from '../outbox/stale-sales';
import { triggerOf } from './look';

/** One line of the list. */
export interface AutomationRow {
  automation: Omit<Automation, 'terms'> & { terms: Terms };
  /** Fields of its terms, in the order an owner should fill them in. */
  uses: (keyof Terms)[];
  offered: boolean;
  missing: keyof Terms | null;
  promised: boolean;
  absence: boolean;
  service: boolean;
  /** Whose day is today or was, and who was not written to yet; 0 while it is off (`automations/outlook` asks). */
  today: number;
  next30: number;
  /** The last 30 days: texts written, people compared with, left out. */
  texts: number;
  heldOut: number;
  leftOut: number;
  /** Of those texted in these days, who came in since, as far as results are counted. */
  came: number;
  /** Nobody is told they are missed while the till file of the last open day is not here. */
  waitsForSales: boolean;
  /** A month of it was stopped, by the owner or by itself. */
  stopped: string | null;
  /** Still being worked out: numbers grow. */
  counting: boolean;
}

/** All of them, in the order in which they speak to one person. */
export const listOf = (ctx: Ctx): AutomationRow[] => listAutomations(ctx.db).map((a) => rowOf(ctx, a));

export function rowOf(ctx: Ctx, a: Automation): AutomationRow {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const today = shopDay(now, zone);
  const page = { offset: 0, limit: 1 };
  const done = outcomesSince(ctx.db, a.id, (now - 30 * DAY) as UtcMs);
  const count = (...of: string[]) => done.reduce((n, o) => n + (of.includes(o.outcome) ? o.count : 0), 0);
  const terms = termsOf(a.kind, a.terms);
  const on = a.state !== 'off';
  return {
    automation: { ...a, terms },
    uses: Object.keys(TERMS[a.kind]) as (keyof Terms)[],
    offered: triggerOf(a.kind) !== null,
    missing: missingTerm(a.kind, terms),
    promised: KINDS[a.kind].promised,
    absence: KINDS[a.kind].absence,
    service: KINDS[a.kind].service,
    today: on ? dueUntil(ctx.db, a.id, startOfDay(addDays(today, 1), zone), page).total : 0,
    next30: on ? dueUntil(ctx.db, a.id, startOfDay(addDays(today, 31), zone), page).total : 0,
    texts: count('text'),
    heldOut: count('control'),
    leftOut: count('left-out', 'expired'),
    came: cameSinceText(ctx.db, a.id, (now - 30 * DAY) as UtcMs),
    waitsForSales: on && KINDS[a.kind].absence && salesKnown(ctx, senderState(ctx), now).behind,
    stopped: stoppedBy(ctx, a),
    counting: on && a.walkAfter !== null,
  };
}

/** Why its texts are stopped, if they are: what pressing "go on" lets go of. */
export function stoppedBy(ctx: Ctx, a: Automation): string | null {
  if (a.state === 'paused') return a.held ?? 'owner';
  if (a.state === 'off') return null;
  const paused = editionsOf(ctx.db, a.id).find((e) => e.state === 'paused');
  return paused === undefined ? null : (paused.pauseReason ?? 'owner');
}

/** What can be made, with what it goes by. */
export const kindsOffered = (): {
  kind: AutomationKind;
  offered: boolean;
  terms: Terms;
  uses: (keyof Terms)[];
  waitDays: number;
  promised: boolean;
  absence: boolean;
  service: boolean;
}[] =>
  AUTOMATION_KINDS.map((kind) => ({
    kind,
    offered: triggerOf(kind) !== null,
    terms: { ...ALL_TERMS, ...TERMS[kind] },
    uses: Object.keys(TERMS[kind]) as (keyof Terms)[],
    waitDays: USUAL_WAIT[kind] ?? 0,
    promised: KINDS[kind].promised,
    absence: KINDS[kind].absence,
    service: KINDS[kind].service,
  }));
