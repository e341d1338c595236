import { addStep, listSteps, readAnswers, removeStep, saveAnswers, waitingForApproval } from '@db/queries/registration';
import { listFigures } from '@db/queries/reports-week';
import { audit } from '@db/queries/staff';
import { addDays, shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { ShopDay } from '@domain/kernel';
import { FEES, FEES_CHECKED, LIMITS, STAGES, type Stage, totalOf } from '@domain/registration/fees';
import { type Choice, chooseRegistration, type OpenPath } from '@domain/registration/path';
import { mendOf } from '@domain/registration/rejections';
import { nextKinds, type StepEvent, trackerOf } from '@domain/registration/tracker';
import { refusedTrades, type TradeId } from '@domain/registration/trades';
import type { Ctx, Session } from '../ctx';
import { saveTexting } from '../settings/settings';

const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)/;

/** Texts from a toll-free number already. */
const hasTollFree = (ctx: Ctx): boolean => ctx.settings().texting.numbers.some((n) => TOLL_FREE.test(n));

const isOpen = (path: Choice['path']): path is OpenPath => path !== 'refused' && path !== 'elsewhere';

/** The way that follows from the stored answers; null before they were given. */
export function choiceNow(ctx: Ctx): Choice | null {
  const a = readAnswers(ctx.db);
  if (!a) return null;
  return chooseRegistration({ ...a, country: ctx.settings().shop.country, tollFree: a.tollFree || hasTollFree(ctx) });
}

/** Everything the guide shows. */
export function registrationGuide(ctx: Ctx) {
  const { shop, texting } = ctx.settings();
  const now = ctx.clock.now();
  const today = shopDay(now, shop.zone);
  const answers = readAnswers(ctx.db);
  const choice = choiceNow(ctx);
  const path = choice && isOpen(choice.path) ? choice.path : null;
  const steps = listSteps(ctx.db);
  const tracker = path ? trackerOf(path, steps, today) : null;
  return {
    today,
    country: shop.country,
    mode: texting.mode,
    senderApproved: texting.senderApproved,
    hasNumber: texting.numbers.length > 0,
    hasTollFree: hasTollFree(ctx),
    answers: answers && {
      trades: answers.trades,
      ein: answers.ein,
      website: answers.website,
      tollFree: answers.tollFree,
      legalName: answers.legalName,
      proofUrl: answers.proofUrl,
    },
    choice: choice && { ...choice, takes: [...choice.takes] },
    refused: answers ? refusedTrades(answers.trades) : [],
    costs: path && { fees: [...FEES[path]], total: totalOf(FEES[path]), checked: FEES_CHECKED },
    limits: path && { ...LIMITS[path] },
    tracker: tracker && {
      ...tracker,
      stages: tracker.stages.map((s) => ({
        ...s,
        next: [...nextKinds(s.state)],
        mend: s.errorCode === null ? null : mendOf(s.errorCode),
      })),
    },
    lastStep: steps.at(-1)?.id ?? null,
    waiting: waitingForApproval(ctx.db, now),
    onList: listFigures(ctx.db).onList,
  };
}

/** What is sold, EIN, website: the answers everything follows from. */
export function answerRegistration(
  ctx: Ctx,
  session: Session,
  input: { trades: readonly TradeId[]; ein: boolean; website: boolean; tollFree: boolean },
): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const before = readAnswers(trx);
    saveAnswers(trx, {
      legalName: before?.legalName ?? '',
      proofUrl: before?.proofUrl ?? '',
      trades: [...new Set(input.trades)],
      ein: input.ein,
      website: input.website,
      tollFree: input.tollFree,
      answeredAt: now,
    });
    audit(trx, { at: now, staffId: session.staffId, action: 'registration.answered' });
  });
}

/** The legal name and where the proof can be seen. */
export function saveRegistrationDetails(ctx: Ctx, session: Session, input: { legalName: string; proofUrl: string }): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const before = readAnswers(trx);
    if (!before) throw new AppError('input.invalid', { field: 'answers' });
    saveAnswers(trx, { ...before, ...input });
    audit(trx, { at: now, staffId: session.staffId, action: 'registration.details' });
  });
}

/**
 * What happened at Twilio, on which day. Not in the future, not before what was told last of the same stage, and only what can follow.
 * A stage after the one in work waits for it.
 */
export function recordStep(
  ctx: Ctx,
  session: Session,
  input: { stage: Stage; kind: StepEvent['kind']; day: ShopDay; errorCode: number | null },
): void {
  const now = ctx.clock.now();
  const today = shopDay(now, ctx.settings().shop.zone);
  const choice = choiceNow(ctx);
  if (!choice || !isOpen(choice.path) || !STAGES[choice.path].includes(input.stage))
    throw new AppError('input.invalid', { field: 'stage' });
  const steps = listSteps(ctx.db);
  const stages = trackerOf(choice.path, steps, today).stages;
  const at = stages.findIndex((s) => s.stage === input.stage);
  const mine = stages[at];
  const last = steps.filter((s) => s.stage === input.stage).at(-1)?.day ?? null;
  if (!mine || !nextKinds(mine.state).includes(input.kind)) throw new AppError('input.invalid', { field: 'kind' });
  if (stages.slice(0, at).some((s) => s.state !== 'approved')) throw new AppError('input.invalid', { field: 'stage' });
  if (input.day > today || input.day < addDays(today, -730) || (last !== null && input.day < last)) {
    throw new AppError('input.invalid', { field: 'day' });
  }
  const errorCode = input.kind === 'rejected' ? input.errorCode : null;
  ctx.db.tx((trx) => {
    addStep(trx, { stage: input.stage, kind: input.kind, day: input.day, errorCode, staffId: session.staffId, at: now });
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'registration.step',
      detail: { stage: input.stage, kind: input.kind, ...(errorCode === null ? {} : { code: errorCode }) },
    });
  });
}

/** The last thing told was a slip. */
export function takeBackStep(ctx: Ctx, session: Session, id: number): void {
  const newest = listSteps(ctx.db).at(-1);
  if (!newest || newest.id !== id) throw new AppError('input.invalid', { field: 'step' });
  ctx.db.tx((trx) => {
    removeStep(trx, id);
    audit(trx, { at: ctx.clock.now(), staffId: session.staffId, action: 'registration.step-undone', detail: { stage: newest.stage } });
  });
}

/** The carriers said yes to everything: texts may leave, waiting confirmations first (rules.md §1). */
export function approveSender(ctx: Ctx, session: Session): void {
  const { texting } = ctx.settings();
  if (texting.mode === 'none') throw new AppError('sms.not-connected');
  saveTexting(ctx, session, { ...texting, senderApproved: true });
}

/** What a text really costs, from the account's own price list: the dearest of the country's prices, one part. */
export async function messagePrices(ctx: Ctx) {
  const { shop, texting } = ctx.settings();
  if (texting.mode === 'none') return null;
  try {
    const { outbound, inbound, currency } = await (await ctx.gateway()).price(shop.country);
    return { outbound, inbound, currency };
  } catch (error) {
    if (error instanceof AppError) return null; // a restricted key may not read prices; without a network nothing is known either
    throw error;
  }
}
