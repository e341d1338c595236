import type { automations } from '@contract/automations';
import { DONE } from '@contract/primitives';
import type { Campaign } from '@db/queries/campaigns';
import { type AutomationRow, kindsOffered, listOf, rowOf } from '@services/automations/list';
import { theAutomation } from '@services/automations/look';
import { changeAutomation, makeAutomation, patternOf, removeAutomation } from '@services/automations/save';
import type { HandlersFor } from '../handler';

/** What was worked out, sealed and walked stays here. */
const view = ({ automation, ...figures }: AutomationRow) => {
  const { held: _held, inside: _inside, sealed: _sealed, walkAfter: _walk, basis: _basis, createdAt: _made, ...shown } = automation;
  return { ...shown, ...figures };
};

const pattern = (c: Campaign) => {
  const [first, ...further] = c.parts;
  const { name, segmentId, body, offerId, addStopLine, holdout, goal, windowDays, topic, dayReason, keepTyped } = c;
  const more = further.map((p) => ({ name: p.name, segmentId: p.segmentId, body: p.body, offerId: p.offerId }));
  const own = { name, segmentId, body, offerId, addStopLine, holdout, goal, windowDays, topic, dayReason, keepTyped };
  return { ...own, partName: first?.name ?? '', more, words: [...c.words] };
};

export const automationsHandlers = {
  'automations/list': (ctx) => ({ rows: listOf(ctx).map(view), kinds: kindsOffered() }),
  'automations/one': (ctx, { id }) => {
    const a = theAutomation(ctx, id);
    return { ...view(rowOf(ctx, a)), pattern: pattern(patternOf(ctx, a)) };
  },
  'automations/make': (ctx, { kind, ...input }, session) => ({ id: makeAutomation(ctx, session, kind, input) }),
  'automations/save': (ctx, { id, ...input }) => {
    changeAutomation(ctx, id, input);
    return DONE;
  },
  'automations/remove': (ctx, { id }, session) => {
    removeAutomation(ctx, session, id);
    return DONE;
  },
} satisfies HandlersFor<typeof automations>;
