import { campaignById } from '@db/queries/campaigns';
import type { OutboxRow } from '@db/queries/outbox';
import { provenHeld, toHandOver } from '@db/queries/outbox-at-carrier';
import { claim, move } from '@db/queries/outbox-sender';
import { readMeta } from '@db/queries/settings';
import { CARRIER_LEAST_MS } from '@domain/campaigns/schedule';
import { GATE } from '@domain/consent/gate';
import { type CampaignId, HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { validitySeconds } from '@domain/outbox/state';
import type { Sender } from '@ports/sms-gateway';
import { type FreshReplies, freshReplies } from '@services/inbox/sync';
import type { Ctx } from '../ctx';
import { pauseCampaign } from './brake';
import { freeSlots } from './choose';
import { countHeld, heldDay } from './daily-cap';
import { haltOf } from './halt';
import { mayLeave, type Verdict } from './may-leave';
import { begin, type Claimed, writeAnswers } from './post';
import type { SenderState } from './sender-state';
import { affords } from './spend';

/** A POST may take most of a minute: handed over with that much more room than the carrier asks for. */
const ROOM_MS = MINUTE;
const JUDGED_AT_ONCE = 40;
const REPLIES_MAX_AGE_MS = MINUTE;
const HALTED_MS = 15 * SECOND;
/** Puts off what waits for the owner or for something without a time. */
const AGAIN_MS = 10 * MINUTE;
/** A text moved to where its person's hours open keeps its place behind the first ones, within this. */
const LONGEST_STAGGER_MS = 2 * HOUR;

/**
 * Hands texts to the carrier to be held until their time: each is judged as of that moment, committed as `sending` and posted once, like
 * every other. Until one answer of a campaign said "scheduled", one at a time: should the carrier forget times, a single text leaves.
 */
export async function handOver(ctx: Ctx, s: SenderState, signal?: AbortSignal): Promise<UtcMs | null> {
  const from = (now: UtcMs) => (now + CARRIER_LEAST_MS + ROOM_MS) as UtcMs;
  for (;;) {
    const now = ctx.clock.now();
    if (signal?.aborted || toHandOver(ctx.db, now, from(now), 1).length === 0) return null;
    if (s.block && s.block.until > now) return s.block.until;
    if (haltOf(ctx) !== null) return (now + HALTED_MS) as UtcMs;
    if (freeSlots(s) <= 0) {
      await Promise.race(s.inFlight);
      continue;
    }
    const gateway = await ctx.gateway();
    const { proof } = await freshReplies(ctx, REPLIES_MAX_AGE_MS);
    const offset = -(gateway.clockReading?.()?.skewMs ?? 0);
    const round = writeAnswers(ctx, s, () => choose(ctx, s, proof, from(ctx.clock.now()), offset));
    for (const c of round.claimed) begin(ctx, s, gateway, c.held.sender, c);
    if (round.claimed.length === 0 && round.judged === 0) return (ctx.clock.now() + SECOND) as UtcMs;
    if (round.alone) {
      await Promise.allSettled(s.inFlight);
      writeAnswers(ctx, s);
    }
  }
}

type Held = Claimed & { held: NonNullable<Claimed['held']> };

/** One transaction: judged, and those that may be handed over claimed. */
function choose(
  ctx: Ctx,
  s: SenderState,
  fresh: FreshReplies,
  from: UtcMs,
  offset: number,
): { claimed: Held[]; judged: number; alone: boolean } {
  const out = { claimed: [] as Held[], judged: 0, alone: false };
  const senders = new Map<string, { service: Extract<Sender, { kind: 'service' }> | null; proven: boolean; at: UtcMs }>();
  const epoch = Number(readMeta(ctx.db, 'epoch') ?? 1);
  for (const row of toHandOver(ctx.db, ctx.clock.now(), from, JUDGED_AT_ONCE)) {
    if (freeSlots(s) - out.claimed.length <= 0 || out.alone) return out;
    let c = senders.get(row.causeId);
    if (!c) {
      const campaign = campaignById(ctx.db, Number(row.causeId) as CampaignId);
      const sid = campaign?.sender ?? '';
      c = {
        service: /^MG[0-9a-fA-F]{32}$/.test(sid) ? { kind: 'service', sid } : null,
        proven: provenHeld(ctx.db, row.causeId),
        at: campaign?.scheduledAt ?? row.notBefore,
      };
      senders.set(row.causeId, c);
    }
    if (c.service === null) {
      pauseCampaign(ctx, Number(row.causeId) as CampaignId, 'schedule-no-service');
      out.judged++;
      continue;
    }
    if (!c.proven && out.claimed.length > 0) return out;
    const claimed = consider(ctx, s, row, c.service, c.at, { fresh, epoch, offset });
    if (claimed === null) out.judged++;
    else {
      out.claimed.push(claimed);
      out.alone = !c.proven;
    }
  }
  return out;
}

function consider(
  ctx: Ctx,
  s: SenderState,
  row: OutboxRow,
  sender: Extract<Sender, { kind: 'service' }>,
  campaignAt: UtcMs,
  o: { fresh: FreshReplies; epoch: number; offset: number },
): Held | null {
  const now = ctx.clock.now();
  const sendAt = row.sendAt ?? row.notBefore;
  const put = (to: 'waiting' | 'skipped', change: Parameters<typeof move>[4]) =>
    void ctx.db.tx((trx) => move(trx, row.id, 'waiting', to, change, now));
  const verdict = mayLeave(ctx, row, now, o.fresh, sendAt);
  if (verdict.kind === 'skip') {
    put('skipped', { reason: verdict.reason, finalAt: now, retryAt: null });
    return null;
  }
  if (verdict.kind === 'wait') {
    if (verdict.reason === 'quiet-hours' && verdict.until !== null) {
      const at = placeBehind(verdict.until, Math.max(0, sendAt - campaignAt), (t) => mayLeave(ctx, row, now, o.fresh, t));
      put('waiting', { reason: verdict.reason, sendAt: at, notBefore: at, retryAt: null });
    } else put('waiting', { reason: verdict.reason, retryAt: (now + AGAIN_MS) as UtcMs });
    return null;
  }
  const validity = validitySeconds(sendAt, verdict.closesAt);
  if (validity === null) {
    put('waiting', { retryAt: (now + AGAIN_MS) as UtcMs });
    return null;
  }
  // What is beyond the carriers' day would be refused, and charged: it leaves the next day, as it would from this computer.
  const day = heldDay(ctx, s, row, sendAt);
  if (day !== sendAt) {
    put('waiting', { reason: 'daily-cap', retryAt: null, sendAt: day, ...(day === null ? {} : { notBefore: day }) });
    return null;
  }
  const { texting } = ctx.settings();
  if (GATE[row.messageClass].spendLimit && !affords(ctx, s, row.quotedPrice ?? row.segments * texting.pricePerSegment, sendAt)) {
    pauseCampaign(ctx, Number(row.causeId) as CampaignId, 'spend-limit');
    return null;
  }
  const attemptId = ctx.db.tx((trx) => claim(trx, row, { epoch: o.epoch, sender: sender.sid, now, offset: o.offset }));
  if (attemptId !== null) countHeld(ctx, s, row.segments, sendAt);
  return attemptId === null ? null : { row, attemptId, validity, held: { sender, at: sendAt } };
}

/**
 * Where they are it is another hour: theirs opens then, and they keep their place behind the first ones; in hours too short for that they
 * come as much closer as it takes, or they would be moved on day after day.
 */
function placeBehind(opensAt: UtcMs, place: number, judge: (at: UtcMs) => Verdict): UtcMs {
  for (let behind = Math.min(place, LONGEST_STAGGER_MS); behind >= MINUTE; behind /= 2) {
    const at = (Math.ceil((opensAt + behind) / SECOND) * SECOND) as UtcMs;
    const verdict = judge(at);
    if (verdict.kind !== 'wait' || verdict.reason !== 'quiet-hours') return at;
  }
  return (Math.ceil(opensAt / SECOND) * SECOND) as UtcMs;
}
