import { mayHearOf, mayHearPage, permittedOf, permittedPage } from '@db/queries/automation-facts';
import { type Automation, automationById } from '@db/queries/automations';
import { shopFacts } from '@db/queries/segments';
import { KINDS } from '@domain/automations/kinds';
import { termsOf } from '@domain/automations/terms';
import { AppError } from '@domain/errors';
import type { AutomationId, CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import type { Look, Trigger } from './trigger';
import { TRIGGERS } from './triggers/index';

/** The trigger of a kind; null = it is not offered yet. */
export const triggerOf = (kind: Automation['kind']): Trigger | null => TRIGGERS[kind] ?? null;

/** Throws `automation.not-found`. */
export function theAutomation(ctx: Ctx, id: AutomationId): Automation {
  const a = automationById(ctx.db, id);
  if (!a) throw new AppError('automation.not-found');
  return a;
}

/** The shop's usual days between visits, asked for once and only if somebody wants to know. */
export function sharedGap(ctx: Ctx): () => number {
  let gap: number | undefined;
  return () => {
    gap ??= shopFacts(ctx.db, ctx.clock.now(), ctx.settings().shop.zone).medianGapDays;
    return gap;
  };
}

/** Remembers answers about a list of people for as long as that very list is looked at. */
export function remembering(): Look['once'] {
  let of: readonly CustomerId[] | null = null;
  let nested: (readonly CustomerId[])[] = [];
  const answers = new Map<string, unknown>();
  return (name, ids, ask) => {
    if (ids !== of && !nested.includes(ids)) {
      of = ids;
      nested = [];
      answers.clear();
    }
    const key = `${nested.indexOf(ids)} ${name}`;
    if (!answers.has(key)) {
      const answer = ask();
      answers.set(key, answer);
      // those of the list who agreed to texts are a list of their own
      if (name.startsWith('permitted')) nested.push(answer as readonly CustomerId[]);
    }
    return answers.get(key) as never;
  };
}

/** Everybody an automation may be about, in the order of their ids. */
export function everybodyPage(look: Look, after: number, limit: number): CustomerId[] {
  const trigger = triggerOf(look.automation.kind);
  if (trigger?.everybody && (trigger.anybody || !look.mails)) return trigger.everybody(look, after, limit);
  return look.mails ? mayHearPage(look.db, after, limit) : permittedPage(look.db, after, limit);
}

/** Those of these people it may speak to at all. */
export const mayBeToldOf = (look: Look, ids: readonly CustomerId[]): readonly CustomerId[] =>
  triggerOf(look.automation.kind)?.anybody
    ? ids
    : look.mails
      ? look.once('permitted by either', ids, () => mayHearOf(look.db, ids))
      : look.once('permitted', ids, () => permittedOf(look.db, ids));

/** What an automation looks at people with, at an instant. The shop's rhythm is asked for by those it matters to only. */
export function lookOf(ctx: Ctx, a: Automation, o: { now?: UtcMs; gap?: () => number; once?: Look['once'] } = {}): Look {
  const { zone } = ctx.settings().shop;
  const now = o.now ?? ctx.clock.now();
  const gap = o.gap ?? sharedGap(ctx);
  return {
    db: ctx.db,
    automation: a,
    terms: termsOf(a.kind, a.terms),
    zone,
    waitDays: a.waitDays,
    atMinute: a.atMinute,
    now,
    mails: a.mails,
    once: o.once ?? ((_name, _ids, ask) => ask()),
    get shopGap() {
      return gap();
    },
  };
}

/** What moments were worked out with: when it changes, everybody's are worked out anew. */
export function basisOf(look: Look): string {
  const { kind } = look.automation;
  const rhythm = KINDS[kind].absence ? look.shopGap : 0;
  return JSON.stringify([look.zone, look.mails, rhythm, look.waitDays, look.atMinute, look.terms]);
}
