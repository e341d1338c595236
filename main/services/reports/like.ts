import { rollingCampaigns } from '@db/queries/quarter-tests';
import { startedCampaign } from '@db/queries/reports';
import { type SentTo, sentToOneGroup, takenStarted } from '@db/queries/suggestions';
import type { ShopDay } from '@domain/kernel';
import type { CampaignComparison } from '@domain/reports/campaign';
import { kindOfRule, type LikeCampaign, SUGGESTION_KINDS, type SuggestionKind } from '@domain/reports/suggest';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { essentials } from './campaign';

/** Newer ones say more; older ones are left out. */
const LOOKED_AT = 60;
const OF_A_KIND = 8;

/** Measured campaigns by what kind of suggestion they were, newest first: as they were taken, else by the rule of their group. */
export async function campaignsByKind(ctx: Ctx, covered: ShopDay | null): Promise<Map<SuggestionKind, LikeCampaign[]>> {
  const taken = new Map(takenStarted(ctx.db).map((t) => [t.campaignId, t.key]));
  const rolling = rollingCampaigns(ctx.db);
  const found = new Map<SuggestionKind, LikeCampaign[]>();
  for (const sent of sentToOneGroup(ctx.db, LOOKED_AT)) {
    const kind = kindOfCampaign(sent, taken.get(sent.id));
    const of = kind === null ? null : (found.get(kind) ?? []);
    if (kind === null || of === null || of.length >= OF_A_KIND) continue;
    const like = likeCampaign(ctx, sent, covered, rolling.has(sent.id));
    if (like !== null) found.set(kind, [...of, like]);
    await nextTurn();
  }
  return found;
}

/** Of which kind of suggestion a campaign is: the one it began as, else what its group's rule says; null = none. */
export function kindOfCampaign(sent: Pick<SentTo, 'rule'>, key: string | undefined): SuggestionKind | null {
  const taken = SUGGESTION_KINDS.find((k) => key?.split(':')[0] === k);
  return taken ?? (sent.rule === null ? null : kindOfRule(sent.rule));
}

/** What one campaign showed in people; null while its days are not over or not covered by the till file. */
export function likeCampaign(ctx: Ctx, sent: Pick<SentTo, 'id'>, covered: ShopDay | null, rolling: boolean): LikeCampaign | null {
  const head = startedCampaign(ctx.db, sent.id);
  if (!head) return null;
  const { figures, window, comparison } = essentials(ctx, head, covered);
  if (window.state !== 'closed' || figures.left === 0) return null;
  return {
    id: head.id,
    name: head.name,
    startedAt: head.startedAt,
    texted: figures.left,
    came: figures.came,
    redeemed: figures.redeemed,
    hasOffer: head.offer !== null,
    brought: broughtOf(comparison),
    compared: rolling ? null : comparedOf(comparison),
  };
}

function broughtOf(c: CampaignComparison | null): LikeCampaign['brought'] {
  const v = c?.inBuyers;
  if (!v?.range) return null;
  const whole = (n: number) => Math.round(n) + 0;
  return { code: v.code, best: whole(v.range.estimate), low: whole(v.range.low), high: whole(v.range.high) };
}

/** Both sides where they may be pooled with others': people on each, as they were drawn. */
export function comparedOf(c: CampaignComparison | null): LikeCampaign['compared'] {
  if (!c || c.ratio.suspicious || c.text.n === 0 || c.control.n === 0) return null;
  return { text: { x: c.text.buyers, n: c.text.n }, control: { x: c.control.buyers, n: c.control.n } };
}
