import { brakeFigures, drawable, isDrawable, markFirst, releaseFirst, waitingIds } from '@db/queries/outbox-brake';
import { campaignState, readPoll, savePoll, setCampaignState } from '@db/queries/outbox-results';
import { can } from '@domain/campaigns/state';
import { type CampaignId, MINUTE, type OutboxId, type UtcMs } from '@domain/kernel';
import { type Brake, type BrakeReason, brake, drawByChance, drawFirst, FIRST_TEXTS } from '@domain/outbox/brake';
import type { Ctx } from '../ctx';
import { isPermanent } from './permanent';
import { announce, random, type SenderState } from './sender-state';

/** In full swing the figures are read again this often, not at each text. */
const READ_AGAIN_MS = 1000;

/** A first text put off longer than this (its person sleeps, hours or days) is replaced by another. */
const PLACE_KEPT_MS = 2 * MINUTE;

const memory = (id: CampaignId) => `brake:${id}`;

function raisedBefore(ctx: Ctx, id: CampaignId): Partial<Record<BrakeReason, number>> {
  const { raised } = readPoll(ctx.db, memory(id)).cursor;
  return (raised as Partial<Record<BrakeReason, number>> | undefined) ?? {};
}

/**
 * How a campaign may go on just now (rules.md §4, blast brake). Draws the first texts when it meets a campaign for the first time,
 * and pauses the campaign when its results are bad.
 */
export function brakeOf(ctx: Ctx, s: SenderState, id: CampaignId): Brake {
  const now = ctx.clock.now();
  const known = s.brakes.get(id);
  if (known && now >= known.at) {
    const b = known.brake;
    if (known.fresh && !(b.kind === 'wait' && now >= b.until)) return b;
    if (b.kind === 'go' && now - known.at < READ_AGAIN_MS) return b;
  }

  const figures = withFirst(ctx, id, now);
  const raised = raisedBefore(ctx, id);
  const answer = brake({
    first: figures.first,
    finals: figures.finals,
    errors: figures.errors.map((e) => ({ code: e.code, first: e.first, all: e.n, permanent: isPermanent(e.code) })),
    texted: figures.texted,
    optOuts: figures.optOuts,
    raised,
    now,
  });
  if (answer.kind === 'stop') {
    savePoll(ctx.db, memory(id), { raised: { ...raised, [answer.reason]: (raised[answer.reason] ?? 0) + 1 } }, now);
    const detail = answer.code === null ? '' : `:${answer.code}`;
    pauseCampaign(ctx, id, `brake:${answer.reason}${detail}:${answer.count}/${answer.of}`);
    s.brakes.delete(id);
    return answer;
  }
  // Nobody can be drawn just now (everybody is put off): whoever comes first is the sample, nobody is let through without one.
  if (figures.first.drawn === 0) return { kind: 'first' };
  // A sample still to be filled up is looked at anew each time.
  if (figures.first.drawn >= FIRST_TEXTS) s.brakes.set(id, { at: now, brake: answer, fresh: true });
  else s.brakes.delete(id);
  return answer;
}

/** The figures, after the sample was drawn or filled up: those who sleep or dropped out are replaced by people who can be texted now. */
function withFirst(ctx: Ctx, id: CampaignId, now: UtcMs): ReturnType<typeof brakeFigures> {
  const soon = (now + PLACE_KEPT_MS) as UtcMs;
  const figures = brakeFigures(ctx.db, id);
  if (figures.first.unsent === 0 && figures.first.drawn >= FIRST_TEXTS) return figures;
  const changed = ctx.db.tx((trx) => {
    const released = releaseFirst(trx, id, soon);
    const drawn = draw(ctx, id, soon, FIRST_TEXTS - figures.first.drawn + released);
    markFirst(trx, id, drawn);
    return released > 0 || drawn.length > 0;
  });
  return changed ? brakeFigures(ctx.db, id) : figures;
}

/** So many of those who can be texted now, all alike. Of a hundred thousand only the drawn ones are read. */
function draw(ctx: Ctx, id: CampaignId, soon: UtcMs, count: number): OutboxId[] {
  if (count <= 0) return [];
  const chance = () => random(ctx);
  const ids = waitingIds(ctx.db, id);
  const byChance = ids && drawByChance(ids, (n) => isDrawable(ctx.db, n, id, soon), chance, count);
  return (byChance as OutboxId[] | null) ?? drawFirst(drawable(ctx.db, id, soon), chance, count);
}

/** The sender stops a campaign by itself; the reason is a code the screens have words for. */
export function pauseCampaign(ctx: Ctx, id: CampaignId, reason: string): boolean {
  const now = ctx.clock.now();
  const current = campaignState(ctx.db, id);
  if (!current || !can(current.state, 'pause')) return false;
  const done = ctx.db.tx((trx) => setCampaignState(trx, id, current.state, { state: 'paused', pauseReason: reason, now }));
  if (done) {
    ctx.log.warn('campaign paused', { campaign: id, reason });
    announce(ctx);
  }
  return done;
}
