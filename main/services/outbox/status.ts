import { campaignState } from '@db/queries/outbox-results';
import { openQuestions, statusFigures } from '@db/queries/outbox-status';
import { type CampaignId, MINUTE, type Micros } from '@domain/kernel';
import { carrierError, isAccountLevel, knownCodes } from '@domain/outbox/twilio-errors';
import { waitingForecast } from '../account/forecast';
import type { Ctx } from '../ctx';
import { campaignsWaitForReset } from './daily-cap';
import { haltOf } from './halt';
import { rateOf, senderName } from './pace';
import { senderState } from './sender-state';
import { limitMicros, spentThisMonth } from './spend';

const ACCOUNT_CODES = knownCodes.filter(isAccountLevel);
/** Not yet done: everything else left, ended or was taken out. */
const OPEN = ['staged', 'waiting', 'sending', 'scheduled'];

/** How sending goes, of one campaign or of everything. */
export function sendingStatus(ctx: Ctx, campaignId: CampaignId | null) {
  const s = senderState(ctx);
  const now = ctx.clock.now();
  const { counts, reasons, errors, uncertain } = statusFigures(ctx.db, campaignId);
  const byState = Object.fromEntries(counts.map((c) => [c.state, c.n])) as Partial<Record<(typeof counts)[number]['state'], number>>;
  const total = counts.reduce((sum, c) => sum + c.n, 0);
  const open = counts.filter((c) => OPEN.includes(c.state)).reduce((sum, c) => sum + c.n, 0);
  const { texting } = ctx.settings();
  const campaign = campaignId === null ? undefined : campaignState(ctx.db, campaignId);
  const known = campaignId === null ? undefined : s.brakes.get(campaignId)?.brake;
  const phase =
    open === 0 || !known || known.kind === 'stop'
      ? ('idle' as const)
      : known.kind === 'go'
        ? known.pace
        : known.kind === 'first'
          ? ('first' as const)
          : ('results' as const);
  const rate =
    rateOf(s, texting.sender === null ? '' : senderName(texting.sender), texting.segmentsPerSecond, now) * (phase === 'half' ? 0.5 : 1);
  // A campaign waits for the carriers' next day as a whole: its rows say nothing about it.
  const reset = campaign === undefined || campaign.state === 'sending' ? campaignsWaitForReset(ctx) : null;
  const waitingSegments = reasons.filter((r) => r.state === 'waiting').reduce((sum, r) => sum + r.segments, 0);
  const halt = haltOf(ctx);
  const byCode = new Map<number, number>();
  for (const e of errors) byCode.set(e.code, (byCode.get(e.code) ?? 0) + e.count);
  return {
    counts: byState,
    total,
    done: total - open,
    // Still true while the next try is about to happen; a try that works clears it.
    blocked: s.block && s.block.until > now - MINUTE ? s.block : halt === null ? null : { reason: halt, until: now, code: null },
    waiting: reasons
      .filter((r) => r.state === 'waiting')
      .map((r) =>
        r.reason === null && reset !== null
          ? { reason: 'daily-cap', until: reset, count: r.count }
          : { reason: r.reason ?? '', until: r.until, count: r.count },
      ),
    skipped: reasons.filter((r) => r.state !== 'waiting').map((r) => ({ reason: r.reason ?? r.state, count: r.count })),
    errors: [...byCode].map(([code, count]) => {
      const { title, whatToDo } = carrierError(code);
      return { code, title, whatToDo, count };
    }),
    phase,
    phaseUntil: known?.kind === 'wait' ? known.until : null,
    segmentsPerMinute: Math.round(rate * 60 * 10) / 10,
    lasts: waitingSegments === 0 ? null : Math.round((waitingSegments / rate) * 1000),
    finish:
      waitingSegments === 0 || (campaign && campaign.state !== 'sending')
        ? null
        : waitingForecast(ctx, campaignId, { share: phase === 'half' ? 0.5 : 1, texts: byState.waiting ?? 0, segments: waitingSegments }),
    state: campaign?.state ?? null,
    pauseReason: campaign?.pauseReason ?? null,
    uncertain,
    refused: errors.filter((e) => e.state === 'rejected' && isAccountLevel(e.code)).reduce((sum, e) => sum + e.count, 0),
    spentThisMonth: spentThisMonth(ctx),
    monthlyLimit: limitMicros(ctx) as Micros | null,
    currency: texting.priceCurrency,
  };
}

/** Texts that wait for the carrier's list or for the owner. */
export function uncertainList(ctx: Ctx, input: { campaignId: CampaignId | null; page: { offset: number; limit: number } }) {
  const { rows, total } = openQuestions(ctx.db, { campaignId: input.campaignId, accountCodes: ACCOUNT_CODES, ...input.page });
  return {
    total,
    rows: rows.map((r) => ({
      outboxId: r.id,
      person: { customerId: r.customerId, name: r.name, phone: r.address },
      body: r.body,
      kind:
        r.state === 'rejected'
          ? ('refused' as const)
          : r.reconcileAt !== null
            ? ('looking' as const)
            : r.reason === 'given-up'
              ? ('given-up' as const)
              : ('not-confirmed' as const),
      triedAt: r.triedAt,
      lookAgainAt: r.reconcileAt,
      errorCode: r.errorCode,
      attempts: r.attempts,
    })),
  };
}
