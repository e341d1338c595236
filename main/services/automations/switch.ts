import { editionsOf } from '@db/queries/automation-events';
import { type Automation, moveAutomation, walkAnew } from '@db/queries/automations';
import { moveCampaign } from '@db/queries/campaigns';
import { cancelMailsOf } from '@db/queries/mail';
import { cancelCause } from '@db/queries/outbox';
import { lastRestore } from '@db/queries/restore';
import { audit } from '@db/queries/staff';
import { missingTerm, termsOf } from '@domain/automations/terms';
import { hashWords } from '@domain/campaigns/quote';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { AutomationId, Micros } from '@domain/kernel';
import { pauseCampaign, resumeCampaign } from '../campaigns/control';
import type { PartCheck } from '../campaigns/review-checks';
import type { Ctx, Session } from '../ctx';
import { wakeSender } from '../outbox/sender-state';
import { checksFor } from './checks';
import { sealOf } from './edition';
import { heldNow } from './held';
import { theAutomation } from './look';
import { type Inside, monthOf, whoIsInside } from './outlook';
import { patternOf } from './save';

/** What the owner reads before it runs. */
export interface SwitchOn {
  /** Who would get it at once if those already inside are meant, too: their moment lay before today and it is still worth saying. */
  inside: Inside;
  /** Whose day is today or comes within 30 days, as things stand. */
  month: Inside;
  /** How many of them may be texted, and what a month costs at the price of a part. */
  texts: number;
  segments: number;
  price: Micros;
  perSegment: Micros;
  currency: string;
  holdoutPercent: number;
  checks: PartCheck[];
  missing: ReturnType<typeof missingTerm>;
  /** Null while something stands in the way. */
  quoteToken: string | null;
}

/** What switching on would do. Nothing is written. */
export async function switchOnQuote(ctx: Ctx, id: AutomationId): Promise<SwitchOn> {
  const a = theAutomation(ctx, id);
  const now = ctx.clock.now();
  const terms = termsOf(a.kind, a.terms);
  const missing = missingTerm(a.kind, terms);
  const { pricePerSegment, priceCurrency } = ctx.settings().texting;
  const inside = await whoIsInside(ctx, a, now);
  const month = await monthOf(ctx, a, now);
  const { checks, segmentsEach } = await checksFor(ctx, a);
  const by = heldNow(ctx, a, patternOf(ctx, a).holdout);
  // who gets none to compare costs nothing
  const reached = month.reachable - month.held;
  const segments = Math.round(reached * segmentsEach);
  const stop = missing !== null || checks.some((c) => c.level === 'stop');
  return {
    inside,
    month,
    texts: reached,
    segments,
    price: (segments * pricePerSegment) as Micros,
    perSegment: pricePerSegment,
    currency: priceCurrency,
    holdoutPercent: by.percent,
    checks,
    missing,
    quoteToken: stop ? null : tokenOf(ctx, a),
  };
}

/** What the owner agreed to: words, terms, price of a part. Who is inside may change from minute to minute and refuses nothing. */
function tokenOf(ctx: Ctx, a: Automation): string {
  const { pricePerSegment } = ctx.settings().texting;
  return hashWords([
    sealOf(ctx, a),
    JSON.stringify([a.kind, termsOf(a.kind, a.terms), a.waitDays, a.atMinute, a.mostPerDay, a.stops]),
    pricePerSegment,
  ]);
}

/**
 * From here on it speaks. `inside`: also to those whose moment lay before now and to whom it is still worth saying. Throws
 * `automation.not-ready` {why: terms | checks} and `automation.quote-outdated`.
 */
export async function switchOn(
  ctx: Ctx,
  session: Session,
  input: { id: AutomationId; quoteToken: string; inside: boolean },
): Promise<void> {
  const a = theAutomation(ctx, input.id);
  if (a.state === 'on') return;
  if (missingTerm(a.kind, termsOf(a.kind, a.terms)) !== null) throw new AppError('automation.not-ready', { why: 'terms' });
  const { checks } = await checksFor(ctx, a);
  if (checks.some((c) => c.level === 'stop')) throw new AppError('automation.not-ready', { why: 'checks' });
  if (tokenOf(ctx, a) !== input.quoteToken) throw new AppError('automation.quote-outdated', { why: 'words' });
  const now = ctx.clock.now();
  const sealed = sealOf(ctx, a);
  ctx.db.tx((trx) => {
    const { inside } = input;
    if (!moveAutomation(trx, a.id, ['off'], { state: 'on', held: null, onSince: now, inside, sealed }, now)) {
      throw new AppError('automation.bad-state', { state: a.state });
    }
    walkAnew(trx, a.id, '');
    audit(trx, { at: now, staffId: session.staffId, action: 'automation.on', subject: String(a.id), detail: { kind: a.kind } });
  });
  ctx.changed('campaigns');
}

/** It says nothing more. What waits in the queue does not leave; what left stays. Returns how many texts and mails were kept back. */
export function switchOff(ctx: Ctx, session: Session, id: AutomationId): number {
  const a = theAutomation(ctx, id);
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    if (!moveAutomation(trx, id, ['on', 'paused'], { state: 'off', held: null }, now)) return 0;
    let kept = 0;
    for (const e of editionsOf(trx, id)) {
      if (e.state !== 'sending' && e.state !== 'paused') continue;
      // after a restore what left has to be known first: the owner ends it there
      if (e.pauseReason === 'restored' && lastRestore(trx)?.doneAt === null) continue;
      const cause = { kind: 'campaign' as const, id: String(e.campaignId) };
      kept += cancelCause(trx, cause, 'cancelled', now) + cancelMailsOf(trx, cause, now);
      if (e.state === 'paused') moveCampaign(trx, e.campaignId, 'paused', advance('paused', 'resume'), now);
      moveCampaign(trx, e.campaignId, 'sending', advance('sending', 'finish'), now);
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'automation.off', subject: String(id), detail: { kind: a.kind, kept } });
    return kept;
  });
}

/** Says nothing for now; the causes of these days are not lost while they are worth saying. */
export function pauseAutomation(ctx: Ctx, session: Session, id: AutomationId): void {
  const now = ctx.clock.now();
  if (!ctx.db.tx((trx) => moveAutomation(trx, id, ['on'], { state: 'paused', held: 'owner' }, now))) return;
  for (const e of editionsOf(ctx.db, id)) if (e.state === 'sending') pauseCampaign(ctx, e.campaignId, session);
}

/** Goes on; also agrees to words that were changed elsewhere, and to what the brake stopped. */
export async function resumeAutomation(ctx: Ctx, session: Session, id: AutomationId): Promise<void> {
  const a = theAutomation(ctx, id);
  if (a.state === 'off') throw new AppError('automation.bad-state', { state: 'off' });
  const { checks } = await checksFor(ctx, a);
  if (checks.some((c) => c.level === 'stop')) throw new AppError('automation.not-ready', { why: 'checks' });
  for (const e of editionsOf(ctx.db, id)) if (e.state === 'paused') resumeCampaign(ctx, e.campaignId, session);
  const now = ctx.clock.now();
  const sealed = sealOf(ctx, a);
  ctx.db.tx((trx) => {
    moveAutomation(trx, id, ['on', 'paused'], { state: 'on', held: null, sealed }, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'automation.resume', subject: String(id), detail: { kind: a.kind } });
  });
  wakeSender(ctx);
  ctx.changed('campaigns', 'outbox');
}

/** The owner changed one that runs: what is said from here on is what they wrote, as long as nothing stands in its way. */
export async function agreeToChange(ctx: Ctx, id: AutomationId): Promise<void> {
  const a = theAutomation(ctx, id);
  if (a.state === 'off') return;
  const { checks } = await checksFor(ctx, a);
  const ready = missingTerm(a.kind, termsOf(a.kind, a.terms)) === null && !checks.some((c) => c.level === 'stop');
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (ready) moveAutomation(trx, id, [a.state], { state: a.state, held: a.held, sealed: sealOf(ctx, a) }, now);
    else moveAutomation(trx, id, ['on'], { state: 'paused', held: 'words' }, now);
  });
}
