import type { Trx } from '@db/open';
import { dropPeople } from '@db/queries/campaign-people';
import { campaignById, deleteDraft, freezeCampaign, insertCampaign, moveCampaign } from '@db/queries/campaigns';
import { dropStaged, showStaged } from '@db/queries/outbox';
import { startedFact } from '@db/queries/replay';
import { saveReplyWords } from '@db/queries/replies';
import { audit } from '@db/queries/staff';
import {
  type Delivery,
  deliveryById,
  dropDeliveryWishes,
  insertDeliveryWish,
  linesOf,
  markTold,
  moveDelivery,
  type ToldFact,
  tellingDeliveries,
} from '@db/queries/wishes';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { makeQuote, packIds } from '@domain/campaigns/quote';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { CampaignId, UtcMs } from '@domain/kernel';
import { WISH_HOLD_DAYS, WISH_REPLIES } from '@domain/wishes/words';
import { readerOf } from '../campaigns/split';
import { writerFor } from '../campaigns/stage';
import { sayingsOf } from '../campaigns/words';
import { nextTurn, writeInChunks } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { wakeSender } from '../outbox/sender-state';
import { agreed, campaignWords, type Planned, planTelling } from './deliveries';

/** Replies and purchases count for so many days. */
const WINDOW_DAYS = 14;

/**
 * Tells everybody who waits for a delivery, once: one campaign with one text each, so that caps, hours, the brake, replies and results are
 * those of every campaign. Nobody is held out: they asked for it. What was shown is what happens: additions, other words or a higher price
 * refuse with `delivery.changed`; people who dropped out do not.
 * @throws AppError delivery.not-found | delivery.bad-state | delivery.changed | campaign.no-people
 */
export async function tellDelivery(
  ctx: Ctx,
  session: Session,
  input: { id: number; token: string },
): Promise<{ campaignId: CampaignId; texts: number }> {
  const d = deliveryById(ctx.db, input.id);
  if (!d) throw new AppError('delivery.not-found');
  if (d.state !== 'open') throw new AppError('delivery.bad-state');
  const plan = await planTelling(ctx, d);
  if (plan.reachable.length === 0) throw new AppError('campaign.no-people');
  if (!agreed(plan, input.token)) throw new AppError('delivery.changed');
  const campaignId = begin(ctx, session, d, plan);
  busy.add(campaignId);
  try {
    await write(ctx, campaignId, plan);
    const texts = show(ctx, d, campaignId, plan);
    wakeSender(ctx);
    ctx.changed('campaigns', 'outbox', 'customers', 'counter');
    return { campaignId, texts };
  } catch (error) {
    await undo(ctx, d.id, campaignId);
    throw error;
  } finally {
    busy.delete(campaignId);
  }
}

const nameOf = (ctx: Ctx, d: Delivery): string => {
  const [first, second] = linesOf(ctx.db, d.id);
  return `${d.name || first?.item || ''}${d.name === '' && second ? ' …' : ''}`.slice(0, 80);
};

/** The campaign and who it is about, in one transaction: from here on nobody else tells these people. */
function begin(ctx: Ctx, session: Session, d: Delivery, plan: Planned): CampaignId {
  const now = ctx.clock.now();
  const { shop, texting } = ctx.settings();
  const { body, words } = campaignWords(d);
  const last = addDays(shopDay(now, shop.zone), WINDOW_DAYS + 1);
  return ctx.db.tx((trx) => {
    const id = insertCampaign(
      trx,
      {
        name: nameOf(ctx, d),
        segmentId: null,
        body,
        words,
        offerId: null,
        addStopLine: true,
        holdout: 'off',
        goal: { kind: 'visits', target: null },
        windowDays: WINDOW_DAYS,
        topic: '',
      },
      now,
    );
    saveReplyWords(
      trx,
      id,
      WISH_REPLIES.map((word) => ({ word, means: 'hold', answerEn: '', answerEs: '', holdDays: WISH_HOLD_DAYS })),
    );
    if (!moveDelivery(trx, { id: d.id, from: 'open', to: 'telling', campaignId: id, at: now })) throw new AppError('delivery.bad-state');
    for (const { person, answered } of plan.reachable)
      for (const a of answered) insertDeliveryWish(trx, wishRow(d.id, a, person.id, 'text', null));
    for (const { person, answered, reason } of plan.excluded)
      for (const a of answered) insertDeliveryWish(trx, wishRow(d.id, a, person.id, 'left-out', reason));
    if (!moveCampaign(trx, id, 'draft', advance('draft', 'start'), now)) throw new AppError('delivery.bad-state');
    const { sender } = texting;
    const segments = plan.reachable.reduce((n, r) => n + r.said.count.segments, 0);
    freezeCampaign(trx, id, {
      rule: { all: [] },
      holdoutPercent: 0,
      windowDays: WINDOW_DAYS,
      windowEndsAt: (startOfDay(last, shop.zone) - 1) as UtcMs,
      sender: sender === null ? null : sender.kind === 'number' ? sender.number : sender.sid,
      startedAt: now,
      dailyShare: null,
      quote: makeQuote({
        at: now,
        words: plan.words,
        text: packIds(plan.reachable.map((r) => r.person.id)),
        control: '',
        holdoutPercent: 0,
        people: plan.reachable.length,
        heldOut: 0,
        segments,
        price: plan.price,
        perSegment: texting.pricePerSegment,
        currency: texting.priceCurrency,
      }),
    });
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'delivery.told',
      subject: String(d.id),
      detail: { people: plan.reachable.length, campaign: id },
    });
    return id;
  });
}

const wishRow = (
  deliveryId: number,
  a: Planned['reachable'][number]['answered'][number],
  customerId: Planned['reachable'][number]['person']['id'],
  outcome: 'text' | 'left-out',
  reason: string | null,
) => ({ deliveryId, wishId: a.wish.wishId, customerId, lineNo: a.line.lineNo, outcome, reason });

async function write(ctx: Ctx, id: CampaignId, plan: Planned): Promise<void> {
  const campaign = campaignById(ctx.db, id);
  if (!campaign) throw new AppError('delivery.changed');
  const now = ctx.clock.now();
  const reader = readerOf(campaign);
  const writer = writerFor(ctx, {
    campaign,
    sayings: sayingsOf(ctx, campaign, now),
    reads: new Map(plan.reachable.map(({ person: p }) => [p.id, reader(p)('a')])),
    audienceAt: now,
    drawnAt: now,
    time: () => ({ at: now, held: false, first: false }),
    staged: true,
  });
  const jobs: ((trx: Trx) => void)[] = [
    ...plan.excluded.map((e) => (trx: Trx) => writer.excluded(trx, e.person, e.reason as never)),
    ...plan.reachable.map((r) => (trx: Trx) => void writer.text(trx, r.person)),
  ];
  await writeInChunks(ctx.db, jobs, (trx, job) => job(trx));
}

/** The one small step: texts become visible, and each wish is told for good. */
function show(ctx: Ctx, d: Delivery, id: CampaignId, plan: Planned): number {
  const now = ctx.clock.now();
  const c = campaignById(ctx.db, id);
  const facts: ToldFact[] = plan.reachable.flatMap((r) =>
    r.answered.map(({ wish: w }) => ({ customerId: w.customerId, itemKey: w.itemKey, size: w.size, createdAt: w.createdAt, at: now })),
  );
  // before the first text can leave: a copy from before this moment must tell nobody of it again
  ctx.journal.append([
    ...(c ? [{ kind: 'campaign-started' as const, at: now, row: { ...startedFact(c) } }] : []),
    { kind: 'wishes-told', at: now, row: { wishes: facts } },
  ]);
  return ctx.db.tx((trx) => {
    for (const r of plan.reachable) for (const a of r.answered) markTold(trx, { wishId: a.wish.wishId, campaignId: id, at: now });
    if (!moveDelivery(trx, { id: d.id, from: 'telling', to: 'told', campaignId: id, at: now })) throw new AppError('delivery.bad-state');
    if (!moveCampaign(trx, id, 'staging', advance('staging', 'staged'), now)) throw new AppError('delivery.bad-state');
    return showStaged(trx, { kind: 'campaign', id: String(id) }, now);
  });
}

/** Being written at this moment. */
const busy = new Set<CampaignId>();

/** As if nobody had pressed anything. */
async function undo(ctx: Ctx, deliveryId: number, id: CampaignId): Promise<void> {
  const cause = { kind: 'campaign' as const, id: String(id) };
  while (ctx.db.tx((trx) => dropStaged(trx, cause) + dropPeople(trx, id)) > 0) await nextTurn();
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    dropDeliveryWishes(trx, deliveryId);
    moveDelivery(trx, { id: deliveryId, from: 'telling', to: 'open', campaignId: null, at: now });
    if (moveCampaign(trx, id, 'staging', advance('staging', 'start-failed'), now)) {
      saveReplyWords(trx, id, []);
      deleteDraft(trx, id);
    }
  });
  ctx.changed('campaigns');
}

/** After a crash in the middle of it: nothing was shown yet, so it waits for the owner again. */
export async function mendTelling(ctx: Ctx): Promise<void> {
  for (const d of tellingDeliveries(ctx.db)) {
    if (d.campaignId !== null && !busy.has(d.campaignId)) await undo(ctx, d.id, d.campaignId);
  }
}
