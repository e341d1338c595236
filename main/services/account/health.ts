import { forgetLook, readLook, saveLook, standingRefusals, waitingCost } from '@db/queries/account';
import { wordlessSince } from '@db/queries/inbox';
import { segmentsLeftSince } from '@db/queries/outbox-spend';
import { capDay, dailyCap } from '@domain/account/daily-caps';
import { type Finding, findingsOf, type HealthFacts, refusesConnection, SUSPENDED_CODES } from '@domain/account/health';
import { campaignOf, segmentsFor, senderRate } from '@domain/account/rates';
import { approvalOf } from '@domain/account/registration';
import { type AccountSender, type AccountView, numbersOf, serviceOf } from '@domain/account/view';
import { AppError } from '@domain/errors';
import { DAY, type Micros, type UtcMs } from '@domain/kernel';
import type { AccountFor, ServiceRepair } from '@ports/carrier-account';
import type { Ctx, Session } from '../ctx';
import { limitMicros, spentThisMonth } from '../outbox/spend';
import type { Credentials } from '../settings/texting-account';
import { adoptSeen, applySeen, takeBackApproval } from './apply';
import { lookAtAccount } from './look';

function factsOf(ctx: Ctx, now: UtcMs): HealthFacts {
  const { texting } = ctx.settings();
  const look = readLook(ctx.db);
  const each = look?.learnt?.perSegment ?? texting.pricePerSegment;
  return {
    now,
    view: look?.view ?? null,
    failed: look?.failed ?? null,
    sender: texting.sender,
    mode: texting.mode,
    texting,
    waiting: waitingCost(ctx.db, each),
    today: segmentsLeftSince(ctx.db, capDay(now).from),
    month: { spent: spentThisMonth(ctx), limit: limitMicros(ctx) as Micros | null },
    learnt: look?.learnt ?? null,
    wordless: wordlessSince(ctx.db, (now - 7 * DAY) as UtcMs),
    refusals: standingRefusals(ctx.db, (now - DAY) as UtcMs),
  };
}

/** What is wrong with the account, worst first, from what was last seen and what waits and was spent now. Needs no line. */
export const accountFindings = (ctx: Ctx): Finding[] => findingsOf(factsOf(ctx, ctx.clock.now()));

/** Everything the page about the account shows, but for the statement. */
export function accountHealth(ctx: Ctx) {
  const now = ctx.clock.now();
  const f = factsOf(ctx, now);
  const { texting } = ctx.settings();
  const { view, learnt } = f;
  const sender = texting.sender;
  const day = capDay(now);
  const each = learnt?.perSegment ?? texting.pricePerSegment;
  const cap = view && sender ? dailyCap(view, sender) : null;
  return {
    mode: texting.mode,
    accountSid: texting.accountSid,
    lookedAt: view?.at ?? null,
    failed: f.failed,
    findings: findingsOf(f).map((x) => ({ ...x, params: { ...x.params } })),
    status: view?.status ?? 'unknown',
    type: view?.type ?? 'unknown',
    may: view ? { ...view.may } : null,
    sender: sender && view ? senderSeen(view, sender) : null,
    balance: view?.balance ? { ...view.balance, texts: segmentsFor(view.balance.amount, each) } : null,
    waiting: f.waiting,
    rate: { now: texting.segmentsPerSecond, from: texting.from.rate, seen: view && sender ? senderRate(view, sender) : null },
    daily: { limit: texting.dailySegments, from: texting.from.daily, seen: cap, used: f.today, resetsAt: day.to },
    price: {
      now: texting.pricePerSegment,
      from: texting.from.price,
      currency: texting.priceCurrency,
      list: view?.price ? { ...view.price } : null,
      learnt: learnt ? { ...learnt } : null,
    },
    month: { ...f.month, currency: texting.priceCurrency },
    senderApproved: texting.senderApproved,
  };
}

/** The sender with its approval, as it was seen. */
function senderSeen(view: AccountView, sender: AccountSender) {
  const service = serviceOf(view, sender);
  const campaign = campaignOf(view, sender);
  const brand = campaign ? view.brands.find((b) => b.sid === campaign.brandSid) : null;
  const approval = approvalOf(view, sender);
  return {
    kind: sender.kind,
    numbers: numbersOf(view, sender).map((n) => ({ number: n.number as string, kind: n.kind, sms: n.sms })),
    service: service && {
      sid: service.sid,
      name: service.name,
      chosen: sender.kind === 'service',
      logsReplies: service.inboundUrl || service.defersToNumber,
      smartEncoding: service.smartEncoding,
      stickySender: service.stickySender,
      validitySeconds: service.validitySeconds,
      statusCallback: service.statusCallback,
      usecase: service.usecase,
    },
    approval: { ...approval, complaints: approval.complaints.map((c) => ({ ...c })) },
    brand: brand ? { status: brand.status, type: brand.type, score: brand.score } : null,
    campaign: campaign && {
      status: campaign.status,
      usecase: campaign.usecase,
      attPerSecond: campaign.attPerSecond,
      tmobileTier: campaign.tmobileTier,
    },
  };
}

const REPAIRS = {
  replies: { useInboundWebhookOnNumber: true },
  encoding: { smartEncoding: false },
  validity: { longestValidity: true },
} as const satisfies Record<string, ServiceRepair>;
export type RepairName = keyof typeof REPAIRS;

/** Changes one setting of the shop's Messaging Service at the carrier because the owner said so, then looks again. */
export async function repairService(ctx: Ctx, input: { repair: RepairName; serviceSid: string }): Promise<void> {
  const known = readLook(ctx.db)?.view?.services.some((s) => s.sid === input.serviceSid);
  if (!known) throw new AppError('input.invalid', { field: 'serviceSid' });
  await (await ctx.carrierAccount()).repairService(input.serviceSid, REPAIRS[input.repair]);
  await lookAtAccount(ctx);
}

/** The owner takes what was seen at the carrier instead of what they typed. */
export function takeSeen(ctx: Ctx, what: 'rate' | 'daily' | 'price'): void {
  const look = readLook(ctx.db);
  if (!look?.view) throw new AppError('input.invalid', { field: 'what' });
  adoptSeen(ctx, what, { view: look.view, learnt: look.learnt });
}

/** "The carriers have not approved it": texts wait from here on. */
export const notApproved = (ctx: Ctx, session: Session): void => takeBackApproval(ctx, session.staffId);

const AT_CONNECT_MS = 5 * 60_000;
/** The last look at an account that is not stored yet: another sender is judged without asking again. */
const looked = new WeakMap<object, { key: string; at: UtcMs; view: AccountView }>();

/**
 * What an owner should know before connecting: the same findings, for credentials that are not stored yet. `refuses` are those with which
 * no text would leave or replies would be lost.
 */
export async function findingsAtConnect(
  ctx: Ctx,
  accountFor: AccountFor,
  input: Credentials & { sender: AccountSender; again?: boolean | undefined },
): Promise<{ findings: Finding[]; refuses: boolean; may: AccountView['may'] | null }> {
  const { texting, shop } = ctx.settings();
  const now = ctx.clock.now();
  const key = [input.accountSid, input.keySid, input.keySecret, shop.country].join(' ');
  const known = looked.get(ctx.db);
  let view: AccountView | null = null;
  let failed: HealthFacts['failed'] = null;
  if (known && known.key === key && now - known.at < AT_CONNECT_MS && !input.again) view = known.view;
  else {
    try {
      view = { ...(await (await accountFor(input)).look(shop.country)), at: now };
      looked.set(ctx.db, { key, at: now, view });
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'sms.unreachable') throw error;
      const number = error.params['code'];
      failed = { code: error.code, number: typeof number === 'number' ? number : null };
      if (error.code !== 'sms.refused-key' && !SUSPENDED_CODES.includes(failed.number ?? 0)) throw error;
    }
  }
  const findings = findingsOf({
    now,
    view,
    failed,
    sender: input.sender,
    mode: 'twilio',
    texting: { ...texting, from: { rate: 'guess', daily: 'guess', price: 'guess' } },
    waiting: waitingCost(ctx.db, texting.pricePerSegment),
    today: 0,
    month: { spent: 0 as Micros, limit: null },
    learnt: null,
    wordless: 0,
    refusals: [],
  });
  // an API key may not ask; the first refused text would tell
  if (view?.type === 'unknown') findings.push({ code: 'trial-unknown', severity: 'note', params: {} });
  return { findings, refuses: findings.some(refusesConnection), may: view?.may ?? null };
}

/** Connected: what was seen of this account a moment ago is kept and put to use; what was seen of another is forgotten. */
export function keepWhatConnectSaw(ctx: Ctx, credentials: Credentials): void {
  const known = looked.get(ctx.db);
  const mine = known?.key === [credentials.accountSid, credentials.keySid, credentials.keySecret, ctx.settings().shop.country].join(' ');
  ctx.db.tx((trx) => {
    forgetLook(trx);
    if (known && mine) saveLook(trx, known.view, null);
  });
  if (known && mine) applySeen(ctx, { view: known.view, before: null, learnt: null });
  looked.delete(ctx.db);
}

/** Refuses a connection with which no text would leave or replies would be lost; an account that cannot be looked at just now is looked at later. */
export async function refuseBadAccount(ctx: Ctx, input: Credentials & { sender: AccountSender }): Promise<void> {
  const found = await findingsAtConnect(ctx, ctx.backstage.carrierAccountFor, input).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'sms.unreachable') return null;
    throw error;
  });
  const bad = found?.findings.find(refusesConnection);
  if (bad) throw new AppError('account.refused', { why: bad.code });
}
