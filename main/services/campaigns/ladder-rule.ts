import type { LadderStep } from '@db/queries/ladders';
import type { Rule } from '@domain/segments/rule';

/** Who a step is for, said as a group: shown in sentences, and what tells the sender that a text is about somebody who did not come. */
export function ladderRule(s: Pick<LadderStep, 'parentId' | 'reaction'>): Rule {
  if (s.reaction !== 'not-delivered') return { is: 'reacted', campaignId: s.parentId, how: s.reaction };
  return { none: [{ is: 'reacted', campaignId: s.parentId, how: 'delivered' }] };
}
