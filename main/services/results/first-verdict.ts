import { sayVerdict, verdictSaid, verdictsSaid } from '@db/queries/outcomes';
import { startedCampaigns } from '@db/queries/reports';
import { windowState } from '@domain/attribution/window';
import type { CampaignId } from '@domain/kernel';
import type { FirstSaid } from '@domain/reports/campaign';
import type { Finding } from '@domain/reports/finding';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { findingNow } from '../reports/campaign';
import { coveredThrough } from '../reports/coverage';

/**
 * Keeps what each campaign's result said the first time its days were over and covered. Later returns, late files, prices and margins may
 * correct the figures, and then the page says so: nobody should be left with a result that has quietly become another. Called once everything
 * is counted.
 */
export async function noteFirstVerdicts(ctx: Ctx): Promise<void> {
  if (ctx.db.raw.readonly) return;
  const said = verdictsSaid(ctx.db);
  const now = ctx.clock.now();
  const covered = coveredThrough(ctx);
  const { zone } = ctx.settings().shop;
  for (const head of startedCampaigns(ctx.db, Number.MAX_SAFE_INTEGER)) {
    if (said.has(head.id) || windowState(head.windowEndsAt, now, covered, zone).state !== 'closed') continue;
    const { code } = findingNow(ctx, head, covered);
    ctx.db.tx((trx) => sayVerdict(trx, head.id, { code, at: now }));
    await nextTurn();
  }
}

/** What was said first, where something else is said now; else null. */
export function firstSaid(ctx: Ctx, id: CampaignId, now: Finding): FirstSaid | null {
  if (now.code === 'running' || now.code === 'waiting') return null;
  const said = verdictSaid(ctx.db, id);
  return said === undefined || said.code === now.code ? null : { code: said.code as FirstSaid['code'], at: said.at };
}
