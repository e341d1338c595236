import { attemptsOf, outboxById } from '@db/queries/outbox';
import { campaignName, nameOf } from '@db/queries/outbox-status';
import { stepsOf, type TextsAsk, textsPage } from '@db/queries/texts';
import { AppError } from '@domain/errors';
import type { CampaignId, OutboxId, PhoneE164 } from '@domain/kernel';
import { CARRIER_LOG_MS } from '@domain/outbox/cadence';
import { costOf } from '@domain/outbox/price';
import { isAtCarrier, RANK } from '@domain/outbox/state';
import { carrierError } from '@domain/outbox/twilio-errors';
import type { Ctx } from '../ctx';
import { readPhone } from '../customers/customers';

/** What a number means for the shop, with the number itself: it is what help pages and Twilio's support ask for. */
const told = (code: number | null) => {
  if (code === null) return null;
  const { title, whatToDo } = carrierError(code);
  return { code, title, whatToDo };
};

/** A number being typed says nothing until it is whole. */
function typedPhone(ctx: Ctx, find: string): PhoneE164 | null {
  if (find.replace(/\D/g, '').length < 7) return null;
  try {
    return readPhone(ctx, find).phone;
  } catch {
    return null;
  }
}

/** Every text there is, newest first: of a view, of one number, of one campaign. */
export function listTexts(
  ctx: Ctx,
  input: { view: TextsAsk['view']; find: string; campaignId: CampaignId | null; page: { offset: number; limit: number } },
) {
  const { rows, total } = textsPage(ctx.db, { ...input, ...input.page, phone: typedPhone(ctx, input.find) });
  return {
    total,
    rows: rows.map((r) => ({
      outboxId: r.id,
      cause: { kind: r.causeKind, campaignId: r.campaignId as CampaignId | null, name: r.campaign },
      person: { customerId: r.customerId, name: r.name, phone: r.address },
      body: r.body,
      state: r.state,
      reason: r.reason,
      error: told(r.errorCode),
      queuedAt: r.createdAt,
      leftAt: r.leftAt,
      price: r.price,
      priceCurrency: r.priceCurrency,
      segments: r.segments,
    })),
  };
}

const rank = (state: string): number => (isAtCarrier(state as never) ? RANK[state as keyof typeof RANK] : 0);

/** One text from queue to receipt: each POST, and each word of the carrier since. */
export function textHistory(ctx: Ctx, id: OutboxId) {
  const row = outboxById(ctx.db, id);
  if (!row) throw new AppError('outbox.not-found');
  const now = ctx.clock.now();
  const campaignId = row.causeKind === 'campaign' ? (Number(row.causeId) as CampaignId) : null;
  return {
    outboxId: row.id,
    cause: { kind: row.causeKind, campaignId, name: campaignId === null ? null : campaignName(ctx.db, campaignId) },
    person: { customerId: row.customerId, name: nameOf(ctx.db, row.customerId), phone: row.address },
    state: row.state,
    reason: row.reason,
    body: row.body,
    segments: row.segments,
    carrierSegments: row.carrierSegments,
    cost: { ...costOf(row, now), currency: row.priceCurrency ?? ctx.settings().texting.priceCurrency },
    logOver: row.leftAt !== null && now - row.leftAt > CARRIER_LOG_MS,
    sid: row.sid,
    sender: row.sender,
    error: told(row.errorCode),
    queuedAt: row.createdAt,
    leftAt: row.leftAt,
    finalAt: row.finalAt,
    retryAt: row.retryAt,
    attempts: attemptsOf(ctx.db, id).map(({ startedAt, finishedAt, outcome, httpStatus, errorCode }) => ({
      startedAt,
      finishedAt,
      outcome,
      httpStatus,
      error: told(errorCode),
    })),
    // Two words of the carrier may be learnt in one look: what comes first there comes first here.
    steps: stepsOf(ctx.db, id)
      .sort((a, b) => a.at - b.at || rank(a.state) - rank(b.state))
      .map((s) => ({ at: s.at, state: s.state, reason: s.reason, error: told(s.errorCode) })),
  };
}
