import type { Db } from '@db/open';
import { moveTo, theseAt } from '@db/queries/ladder-facts';
import { type LadderStep, stepById } from '@db/queries/ladders';
import type { OutboxRow } from '@db/queries/outbox';
import { nextStep } from '@domain/campaigns/ladder';
import type { CampaignId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { placeFor } from './ladder-view';

/** Which causes are steps: asked for every text that leaves, and never changes once a campaign was started. */
const known = new WeakMap<Db, Map<string, LadderStep | null>>();

function stepOf(db: Db, causeId: string): LadderStep | null {
  const steps = known.get(db) ?? new Map<string, LadderStep | null>();
  known.set(db, steps);
  let step = steps.get(causeId);
  if (step === undefined) {
    step = stepById(db, Number(causeId) as CampaignId);
    steps.set(causeId, step);
  }
  return step;
}

/**
 * Whether a follow-up still fits as it leaves: what its person did since it was queued may have made it wrong. They are asked for as when
 * the step was taken; patience is over for nobody whose text is queued. Null: it may leave, as far as its path goes.
 */
export function offPath(
  ctx: Ctx,
  row: Pick<OutboxRow, 'causeKind' | 'causeId' | 'customerId'>,
  now: UtcMs,
): 'came-since' | 'answered-since' | 'expired' | null {
  if (row.causeKind !== 'campaign' || row.customerId === null) return null;
  const step = stepOf(ctx.db, row.causeId);
  if (step === null || !moveTo(ctx.db, step.id, step.parentId, row.customerId)) return null;
  const place = placeFor(ctx, step.rootId, step.parentId);
  const person = place && theseAt(ctx.db, place.at, [row.customerId])[0];
  if (!place || !person) return null;
  // texts that were found after a restore are not known to be this one
  const next = nextStep({ ...person, unsure: false }, place.branches, { ...place.terms, patienceDays: 3660 }, now);
  if (next.do === 'move' && next.to === step.id) return null;
  if (next.do === 'end' && next.reason === 'end-date') return 'expired';
  return person.cameAt === null && person.redeemedAt === null && person.boughtAt === null && person.repliedAt !== null
    ? 'answered-since'
    : 'came-since';
}
