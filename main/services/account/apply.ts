import { sendingCampaigns } from '@db/queries/outbox-results';
import { addStep, listSteps } from '@db/queries/registration';
import { saveSettings } from '@db/queries/settings';
import { audit } from '@db/queries/staff';
import { dailyCap } from '@domain/account/daily-caps';
import { campaignOf, type Learnt, senderRate } from '@domain/account/rates';
import { approvalOf } from '@domain/account/registration';
import { type AccountSender, type AccountView, numbersOf } from '@domain/account/view';
import { shopDay } from '@domain/calendar';
import type { UtcMs } from '@domain/kernel';
import { STAGES, type Stage } from '@domain/registration/fees';
import { nextKinds, type StepEvent, trackerOf } from '@domain/registration/tracker';
import { DEFAULT_SETTINGS, type TextingSettings } from '@domain/settings/settings';
import type { Ctx } from '../ctx';
import { pauseCampaign } from '../outbox/brake';
import { wakeSender } from '../outbox/sender-state';
import { choiceNow } from '../registration/guide';

export interface Seen {
  view: AccountView;
  /** The view before this one. */
  before: AccountView | null;
  learnt: Learnt | null;
}

/** Puts to use what was seen at the carrier: rate, daily limit and price, then how far the approval is. What an owner typed stays. */
export function applySeen(ctx: Ctx, seen: Seen): void {
  const { texting } = ctx.settings();
  if (texting.mode !== 'twilio' || texting.sender === null) {
    if (texting.mode === 'practice') save(ctx, pricesFrom(texting, seen));
    return;
  }
  save(ctx, figuresFrom(pricesFrom(texting, seen), seen.view, texting.sender));
  followRegistration(ctx, seen.view, texting.sender);
  followApproval(ctx, seen, texting.sender);
}

function save(ctx: Ctx, next: TextingSettings): void {
  if (JSON.stringify(next) !== JSON.stringify(ctx.settings().texting)) saveSettings(ctx.db, 'texting', next, ctx.clock.now());
}

/** Rates older than the question who said so: whatever is not one of our own guesses was typed. */
const OUR_GUESSES: readonly number[] = [DEFAULT_SETTINGS.texting.segmentsPerSecond, 3];

/** Rate and daily limit as seen. */
function figuresFrom(t: TextingSettings, view: AccountView, sender: AccountSender): TextingSettings {
  const rate = senderRate(view, sender);
  const cap = dailyCap(view, sender);
  const typed = t.from.rate === 'owner' || (t.from.rate === 'guess' && !OUR_GUESSES.includes(t.segmentsPerSecond));
  return {
    ...t,
    ...(typed || rate === null ? {} : { segmentsPerSecond: rate.segmentsPerSecond }),
    ...(t.from.daily === 'owner' ? {} : { dailySegments: cap?.segments ?? null }),
    from: {
      ...t.from,
      rate: typed ? 'owner' : rate === null ? t.from.rate : 'carrier',
      daily: t.from.daily === 'owner' ? 'owner' : cap === null ? 'guess' : 'carrier',
    },
  };
}

/** What texts really cost, as soon as enough were priced; until then the account's own list. */
function pricesFrom(t: TextingSettings, { view, learnt }: Pick<Seen, 'view' | 'learnt'>): TextingSettings {
  if (t.from.price === 'owner') return t;
  if (learnt) return { ...t, pricePerSegment: learnt.perSegment, from: { ...t.from, price: 'learnt' } };
  if (!view.price) return t;
  return { ...t, pricePerSegment: view.price.outbound, priceCurrency: view.price.currency, from: { ...t.from, price: 'list' } };
}

/** Takes the rate, limit or price that was seen in place of what the owner typed. */
export function adoptSeen(ctx: Ctx, what: 'rate' | 'daily' | 'price', seen: Omit<Seen, 'before'>): void {
  const t = ctx.settings().texting;
  const guess = { ...t, from: { ...t.from, [what]: 'guess' as const } };
  const plain = what === 'rate' ? { ...guess, segmentsPerSecond: DEFAULT_SETTINGS.texting.segmentsPerSecond } : guess;
  save(ctx, t.sender === null ? pricesFrom(plain, seen) : figuresFrom(pricesFrom(plain, seen), seen.view, t.sender));
}

interface SeenStage {
  kind: StepEvent['kind'];
  at: UtcMs | null;
  code: number | null;
}

/** Where one stage of the registration stands at the carrier; null = nothing was handed in, or it may not be read. */
function stageSeen(view: AccountView, sender: AccountSender, stage: Stage): SeenStage | null {
  const kindOf = (status: string): StepEvent['kind'] | null =>
    status === 'approved'
      ? 'approved'
      : status === 'pending' || status === 'in-review'
        ? 'submitted'
        : status === 'other'
          ? null
          : 'rejected';
  const found = (
    status: string,
    x: { createdAt: UtcMs | null; updatedAt: UtcMs | null },
    complaint: { code: number | null } | undefined,
  ): SeenStage | null => {
    const kind = kindOf(status);
    return kind === null
      ? null
      : { kind, at: kind === 'submitted' ? (x.createdAt ?? x.updatedAt) : x.updatedAt, code: complaint?.code ?? null };
  };
  if (stage === 'toll-free') {
    const numbers = numbersOf(view, sender).map((n) => n.number as string);
    const mine = view.tollFree.filter((t) => numbers.includes(t.number)).sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
    const form = mine.find((t) => t.status === 'approved') ?? mine[0];
    return form ? found(form.status, form, form.reasons[0]) : null;
  }
  const campaign = campaignOf(view, sender);
  if (stage === 'campaign') return campaign ? found(campaign.status, campaign, campaign.errors[0]) : null;
  const newest = [...view.brands].sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))[0];
  const brand = (campaign && view.brands.find((b) => b.sid === campaign.brandSid)) ?? newest;
  return brand ? found(brand.status, brand, brand.errors[0]) : null;
}

/** Tells the tracker of the registration what was seen, so that nobody has to type it. Each step once, with the day the carrier names. */
function followRegistration(ctx: Ctx, view: AccountView, sender: AccountSender): void {
  const choice = choiceNow(ctx);
  if (!choice || choice.path === 'refused' || choice.path === 'elsewhere') return;
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const today = shopDay(now, zone);
  for (const stage of STAGES[choice.path]) {
    const seen = stageSeen(view, sender, stage);
    if (!seen) continue;
    const steps = listSteps(ctx.db);
    const state = trackerOf(choice.path, steps, today).stages.find((s) => s.stage === stage)?.state ?? 'not-yet';
    const told = state === 'waiting' ? 'submitted' : state;
    if (told === seen.kind || (seen.kind === 'submitted' && state === 'approved')) continue;
    if (!nextKinds(state).includes(seen.kind) && seen.kind !== 'rejected') continue;
    const last = steps.filter((s) => s.stage === stage).at(-1)?.day;
    const named = seen.at === null ? today : shopDay(seen.at, zone);
    const day = [named > today ? today : named, ...(last ? [last] : [])].sort().at(-1) ?? today;
    ctx.db.tx((trx) => {
      addStep(trx, { stage, kind: seen.kind, day, errorCode: seen.kind === 'rejected' ? seen.code : null, staffId: null, at: now });
      audit(trx, {
        at: now,
        staffId: null,
        action: 'registration.seen',
        detail: { stage, kind: seen.kind, ...(seen.code !== null && seen.kind === 'rejected' ? { code: seen.code } : {}) },
      });
    });
  }
}

/** What a refused or suspended registration is called among the carrier's errors. */
const CODE_OF = { suspended: 30033, rejected: 30034 } as const;
const TOLL_FREE_UNVERIFIED = 30032;

/**
 * An approval seen at the carrier counts as the owner's word. It is never taken back behind the owner's back: when the carrier says no,
 * what is being sent is paused with the reason and the page asks (rules.md 1).
 */
function followApproval(ctx: Ctx, { view, before }: Seen, sender: AccountSender): void {
  const now = approvalOf(view, sender);
  const t = ctx.settings().texting;
  if (now.state === 'approved' && !t.senderApproved) {
    ctx.db.tx((trx) => {
      saveSettings(trx, 'texting', { ...t, senderApproved: true }, ctx.clock.now());
      audit(trx, { at: ctx.clock.now(), staffId: null, action: 'texting.approved-seen', detail: { of: now.of ?? 'sender' } });
    });
    wakeSender(ctx);
    return;
  }
  if (!t.senderApproved || (now.state !== 'suspended' && now.state !== 'rejected')) return;
  const was = before ? approvalOf(before, sender).state : null;
  if (was === now.state) return; // the owner knows, and may have gone on
  const code = now.of === 'toll-free' ? TOLL_FREE_UNVERIFIED : CODE_OF[now.state];
  for (const c of sendingCampaigns(ctx.db)) pauseCampaign(ctx, c.id, `account:${code}`);
}

/** The owner agrees with the carrier: not approved (any more). Texts wait from here on. */
export function takeBackApproval(ctx: Ctx, staffId: Parameters<typeof audit>[1]['staffId']): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    saveSettings(trx, 'texting', { ...ctx.settings().texting, senderApproved: false }, now);
    audit(trx, { at: now, staffId, action: 'texting.not-approved' });
  });
}
