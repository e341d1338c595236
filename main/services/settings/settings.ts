import { parkedNumbers } from '@db/queries/consent';
import { joinWord } from '@db/queries/join-words';
import { readMeta, saveSettings, writeMeta } from '@db/queries/settings';
import { audit, listStaff, saveStaff } from '@db/queries/staff';
import { countSegments } from '@domain/campaigns/sms-text';
import { AppError } from '@domain/errors';
import { longestAfterHours } from '@domain/inbox/after-hours';
import type { StaffId } from '@domain/kernel';
import { tidyWord } from '@domain/kit/join-word';
import type { CourtesySettings, OnboardingSettings, RepliesSettings, ShopSettings, TextingSettings } from '@domain/settings/settings';
import { refold } from '../consent/ledger';
import type { Ctx, Session } from '../ctx';
import { hashPin } from '../session/pin';
import { makeRecoveryCode, wrapKeys } from './recovery';

const log = (ctx: Ctx, session: Session, action: string, detail: Record<string, unknown> = {}) =>
  audit(ctx.db, { at: ctx.clock.now(), staffId: session.staffId, action, detail });

export function saveShop(ctx: Ctx, session: Session, shop: ShopSettings): void {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: shop.zone });
    new Intl.NumberFormat('en-US', { style: 'currency', currency: shop.currency });
  } catch {
    throw new AppError('input.invalid', { field: 'zone' });
  }
  for (const h of shop.hours) if (h && h.close <= h.open) throw new AppError('input.invalid', { field: 'hours' });
  ctx.db.tx((trx) => {
    const moved = ctx.settings().shop.zone !== shop.zone;
    saveSettings(ctx.db, 'shop', shop, ctx.clock.now());
    // parked replies run out after the shop's own business days
    if (moved) for (const hmac of parkedNumbers(ctx.db)) refold(ctx, trx, hmac, ctx.clock.now());
    log(ctx, session, 'settings.shop');
  });
}

/** rules.md §3: owners may widen to 09:00–20:00, never beyond; spacing never under a day. */
export function saveCourtesy(ctx: Ctx, session: Session, courtesy: CourtesySettings): void {
  const { weekdays, sunday } = courtesy.window;
  for (const w of [weekdays, sunday]) {
    if (w.to <= w.from || w.from < 9 * 60 || w.to > 20 * 60) throw new AppError('input.invalid', { field: 'window' });
  }
  saveSettings(ctx.db, 'courtesy', courtesy, ctx.clock.now());
  log(ctx, session, 'settings.courtesy', { promise: courtesy.promisePerMonth, spacing: courtesy.spacingDays });
}

/** The automatic answer while closed must fit one text with the longest day and hour it may name. */
export function saveReplies(ctx: Ctx, session: Session, replies: RepliesSettings): void {
  const { shop } = ctx.settings();
  for (const language of ['en', 'es'] as const) {
    const words = replies.afterHours[language];
    if (words !== '' && countSegments(longestAfterHours(words, shop.name, language)).segments > 1) {
      throw new AppError('input.invalid', { field: language });
    }
  }
  saveSettings(ctx.db, 'replies', replies, ctx.clock.now());
  log(ctx, session, 'settings.replies', { afterHours: replies.afterHours.on });
}

export function saveMoney(ctx: Ctx, session: Session, money: { marginPercent: number | null; quarterHoldout?: boolean | undefined }): void {
  const { marginPercent, quarterHoldout = ctx.settings().money.quarterHoldout } = money;
  saveSettings(ctx.db, 'money', { marginPercent, quarterHoldout }, ctx.clock.now());
  log(ctx, session, 'settings.money', { quarterHoldout });
}

export function saveTexting(
  ctx: Ctx,
  session: Session,
  input: Pick<TextingSettings, 'segmentsPerSecond' | 'pricePerSegment' | 'senderApproved' | 'monthlyLimit' | 'customStopWords'> & {
    dailySegments?: number | null | undefined;
  },
): void {
  const { dailySegments, ...change } = input;
  // a word that stands on a sign must not turn into a stop for whoever texts it
  const sign = change.customStopWords.map(tidyWord).find((w) => joinWord(ctx.db, w)?.active);
  if (sign !== undefined) throw new AppError('kit.word-taken', { word: sign });
  const before = ctx.settings().texting;
  const daily = dailySegments === undefined ? before.dailySegments : dailySegments;
  // what an owner types stays, whatever is read at the carrier later; an emptied daily limit is looked up again
  const from: TextingSettings['from'] = {
    rate: change.segmentsPerSecond === before.segmentsPerSecond ? before.from.rate : 'owner',
    daily: daily === before.dailySegments ? before.from.daily : daily === null ? 'guess' : 'owner',
    price: change.pricePerSegment === before.pricePerSegment ? before.from.price : 'owner',
  };
  saveSettings(ctx.db, 'texting', { ...before, ...change, dailySegments: daily, from }, ctx.clock.now());
  log(ctx, session, 'settings.texting', { approved: change.senderApproved });
}

export async function saveStaffMember(
  ctx: Ctx,
  session: Session,
  input: {
    id?: StaffId | undefined;
    name: string;
    role: 'owner' | 'staff';
    language: 'en' | 'es';
    active: boolean;
    pin?: string | null | undefined;
  },
): Promise<{ id: StaffId }> {
  const all = listStaff(ctx.db);
  const before = input.id ? all.find((s) => s.id === input.id) : undefined;
  const pinHash = input.pin === undefined ? (before?.pinHash ?? null) : input.pin === null ? null : await hashPin(input.pin);
  if (input.role === 'owner' && !pinHash) throw new AppError('input.invalid', { field: 'pin' });
  const owners =
    all.filter((s) => s.role === 'owner' && s.active && s.id !== input.id).length + (input.role === 'owner' && input.active ? 1 : 0);
  if (before?.role === 'owner' && owners === 0) throw new AppError('input.invalid', { field: 'role' }); // a shop always has an owner who can get in
  const id = saveStaff(
    ctx.db,
    { id: input.id ?? null, name: input.name, role: input.role, pinHash, language: input.language, active: input.active },
    ctx.clock.now(),
  );
  log(ctx, session, 'settings.staff', { id });
  // The first owner is the person typing: go on without asking for the PIN just chosen.
  if (!before && input.role === 'owner' && !session.staffId) ctx.sessions.signIn(session.windowId, id, 'owner');
  return { id };
}

/** Makes (or remakes) the printed code and wraps the shop's keys with it. The code itself is stored nowhere. */
export async function newRecoveryCode(ctx: Ctx, session: Session): Promise<{ code: string }> {
  const hmac = await ctx.secrets.get('hmac-key');
  const journal = await ctx.secrets.get('journal-key');
  if (!hmac || !journal) throw new AppError('secrets.unavailable');
  const code = makeRecoveryCode(ctx.randomBytes);
  writeMeta(ctx.db, 'recovery', await wrapKeys({ hmac, journal }, code));
  log(ctx, session, 'settings.recovery-code');
  return { code };
}

export function onboardingStep(ctx: Ctx, session: Session, step: OnboardingSettings['step']): void {
  const now = ctx.clock.now();
  if (step === 'done') {
    const ready =
      listStaff(ctx.db).some((s) => s.role === 'owner' && s.pinHash) && ctx.settings().shop.name && readMeta(ctx.db, 'recovery');
    if (!ready) throw new AppError('shop.not-set-up');
  }
  const finishedAt = step === 'done' ? (ctx.settings().onboarding.finishedAt ?? now) : ctx.settings().onboarding.finishedAt;
  saveSettings(ctx.db, 'onboarding', { step, finishedAt }, now);
  log(ctx, session, 'settings.onboarding', { step });
}
