import {
  type Automation,
  type AutomationFields,
  automationById,
  deleteAutomation,
  insertAutomation,
  updateAutomation,
} from '@db/queries/automations';
import type { Campaign, DraftFields } from '@db/queries/campaigns';
import { campaignById, insertCampaign, USUAL_TOPIC, updateDraft } from '@db/queries/campaigns';
import { offerById } from '@db/queries/offers';
import { segmentById } from '@db/queries/segments';
import { audit } from '@db/queries/staff';
import { type AutomationKind, KINDS } from '@domain/automations/kinds';
import { type SaidTerms, TERMS, type Terms, termsOf, USUAL_WAIT } from '@domain/automations/terms';
import { AppError } from '@domain/errors';
import type { AutomationId, CampaignId } from '@domain/kernel';
import { fieldsOf } from '../campaigns/drafts';
import type { Ctx, Session } from '../ctx';
import { theAutomation, triggerOf } from './look';

/** What an automation says: a campaign's words, of which each month's texts are made. A part without a group is for everybody left. */
export type PatternFields = Omit<DraftFields, 'name' | 'spreadDays' | 'localHour'>;

/** As the owner edits it; what is left out stays, or is usual. */
export interface AutomationInput {
  name: string;
  terms?: SaidTerms | undefined;
  waitDays?: number | undefined;
  atMinute?: number | undefined;
  mostPerDay?: number | null | undefined;
  stops?: Automation['stops'] | undefined;
  priority?: number | undefined;
  pattern?: PatternFields | undefined;
}

const NO_STOPS: Automation['stops'] = { came: false, replied: false, redeemed: false, bought: null, textedDays: null };

const EMPTY: PatternFields = {
  segmentId: null,
  body: '',
  offerId: null,
  addStopLine: true,
  holdout: 'auto',
  goal: { kind: 'none', target: null },
  windowDays: 14,
  topic: USUAL_TOPIC,
};

/** Makes one, switched off. Throws `automation.bad-terms`, and `automation.not-ready` {why: kind} for what is not offered yet. */
export function makeAutomation(ctx: Ctx, session: Session, kind: AutomationKind, input: AutomationInput): AutomationId {
  if (triggerOf(kind) === null) throw new AppError('automation.not-ready', { why: 'kind' });
  const now = ctx.clock.now();
  const fields = fieldsFor(kind, input, null);
  return ctx.db.tx((trx) => {
    checkPattern(ctx, input.pattern);
    const patternId = insertCampaign(trx, { ...EMPTY, ...input.pattern, name: fields.name }, now);
    const id = insertAutomation(trx, { ...fields, kind, patternId }, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'automation.made', subject: String(id), detail: { kind } });
    return id;
  });
}

/** Changes what it goes by and says. One that runs goes on with the new words from its next text on (services/automations/switch.ts). */
export function changeAutomation(ctx: Ctx, id: AutomationId, input: AutomationInput): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const old = automationById(trx, id);
    if (!old) throw new AppError('automation.not-found');
    checkPattern(ctx, input.pattern);
    updateAutomation(trx, id, fieldsFor(old.kind, input, old), now);
    const pattern = campaignById(trx, old.patternId);
    if (!pattern) return;
    const said = { ...fieldsOf(pattern), ...input.pattern, name: input.name };
    if (JSON.stringify(said) !== JSON.stringify(fieldsOf(pattern))) updateDraft(trx, old.patternId, said, now);
  });
}

/** Takes one away that never spoke to anybody. Throws `automation.bad-state` for one that did: it can be switched off. */
export function removeAutomation(ctx: Ctx, session: Session, id: AutomationId): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const a = automationById(trx, id);
    if (!a) throw new AppError('automation.not-found');
    if (a.state !== 'off' || !deleteAutomation(trx, a)) throw new AppError('automation.bad-state', { state: a.state });
    audit(trx, { at: now, staffId: session.staffId, action: 'automation.removed', subject: String(id), detail: { kind: a.kind } });
  });
}

const said = (t: SaidTerms = {}): SaidTerms => Object.fromEntries(Object.entries(t).filter(([, v]) => v !== undefined));

function fieldsFor(kind: AutomationKind, input: AutomationInput, old: Automation | null): AutomationFields {
  const terms = termsOf(kind, { ...old?.terms, ...said(input.terms) });
  const bounded = (field: string, n: number, least: number, most: number): number => {
    if (!Number.isInteger(n) || n < least || n > most) throw new AppError('automation.bad-terms', { field });
    return n;
  };
  const most = input.mostPerDay === undefined ? (old?.mostPerDay ?? null) : input.mostPerDay;
  const own = Object.keys(TERMS[kind]) as (keyof Terms)[];
  return {
    name: input.name,
    terms: Object.fromEntries(own.map((k) => [k, terms[k]])),
    waitDays: bounded('waitDays', input.waitDays ?? old?.waitDays ?? USUAL_WAIT[kind] ?? 0, 0, 365),
    atMinute: bounded('atMinute', input.atMinute ?? old?.atMinute ?? 11 * 60, 0, 1439),
    mostPerDay: most === null ? null : bounded('mostPerDay', most, 1, 100_000),
    stops: input.stops ?? old?.stops ?? NO_STOPS,
    priority: bounded('priority', input.priority ?? old?.priority ?? KINDS[kind].priority, 1, 999),
  };
}

function checkPattern(ctx: Ctx, p: PatternFields | undefined): void {
  for (const part of p ? [{ segmentId: p.segmentId, offerId: p.offerId }, ...(p.more ?? [])] : []) {
    if (part.segmentId !== null && !segmentById(ctx.db, part.segmentId)) throw new AppError('segment.not-found');
    if (part.offerId !== null && !offerById(ctx.db, part.offerId)) throw new AppError('offer.not-found');
  }
}

/** The campaign whose words it says. */
export function patternOf(ctx: Ctx, a: Pick<Automation, 'patternId'>): Campaign {
  const c = campaignById(ctx.db, a.patternId);
  if (!c) throw new AppError('campaign.not-found');
  return c;
}

export const patternIdOf = (ctx: Ctx, id: AutomationId): CampaignId => theAutomation(ctx, id).patternId;
