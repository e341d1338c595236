import type { automations } from '@contract/automations';
import { DONE } from '@contract/primitives';
import { peopleNamed } from '@db/queries/automation-facts';
import type { Campaign } from '@db/queries/campaigns';
import { showName } from '@domain/customers/name';
import { tellNow, toldOf } from '@services/automations/arrivals';
import { dryRun } from '@services/automations/dry-run';
import { keepDues } from '@services/automations/keep';
import { type AutomationRow, kindsOffered, listOf, rowOf } from '@services/automations/list';
import { theAutomation } from '@services/automations/look';
import { todayOf } from '@services/automations/outlook';
import { resultsOf } from '@services/automations/results';
import { changeAutomation, makeAutomation, patternOf, removeAutomation } from '@services/automations/save';
import { agreeToChange, pauseAutomation, resumeAutomation, switchOff, switchOn, switchOnQuote } from '@services/automations/switch';
import { automationsBeside, peopleOf, whyAutomation } from '@services/automations/why';
import type { HandlersFor } from '../handler';

/** What was worked out, sealed and walked stays here. */
const view = ({ automation, ...figures }: AutomationRow) => {
  const {
    held: _held,
    inside: _inside,
    sealed: _sealed,
    walkAfter: _walk,
    basis: _basis,
    mails: _mails,
    createdAt: _made,
    ...shown
  } = automation;
  return { ...shown, ...figures };
};

const pattern = (c: Campaign) => {
  const [first, ...further] = c.parts;
  const { name, segmentId, body, offerId, addStopLine, holdout, goal, windowDays, topic, dayReason, keepTyped, channels } = c;
  const more = further.map((p) => ({ name: p.name, segmentId: p.segmentId, body: p.body, offerId: p.offerId }));
  const own = { name, segmentId, body, offerId, addStopLine, holdout, goal, windowDays, topic, dayReason, keepTyped, channels };
  return { ...own, partName: first?.name ?? '', more, words: [...c.words], mails: [...c.mails] };
};

export const automationsHandlers = {
  'automations/list': (ctx) => ({ rows: listOf(ctx).map(view), kinds: kindsOffered() }),
  'automations/one': (ctx, { id }) => {
    const a = theAutomation(ctx, id);
    return { ...view(rowOf(ctx, a)), pattern: pattern(patternOf(ctx, a)) };
  },
  'automations/make': (ctx, { kind, ...input }, session) => ({ id: makeAutomation(ctx, session, kind, input) }),
  'automations/save': async (ctx, { id, ...input }) => {
    changeAutomation(ctx, id, input);
    await agreeToChange(ctx, id);
    return DONE;
  },
  'automations/quote': (ctx, { id }) => switchOnQuote(ctx, id),
  'automations/switch-on': async (ctx, input, session) => {
    await switchOn(ctx, session, input);
    // whose day is when stands there at once, not within the minute
    await keepDues(ctx);
    return DONE;
  },
  'automations/switch-off': (ctx, { id }, session) => ({ keptBack: switchOff(ctx, session, id) }),
  'automations/pause': (ctx, { id }, session) => {
    pauseAutomation(ctx, session, id);
    return DONE;
  },
  'automations/resume': async (ctx, { id }, session) => {
    await resumeAutomation(ctx, session, id);
    return DONE;
  },
  'automations/today': (ctx, { id, page }) => todayOf(ctx, theAutomation(ctx, id), page),
  'automations/dry-run': async (ctx, { id }) => {
    const run = await dryRun(ctx, theAutomation(ctx, id));
    const names = new Map(peopleNamed(ctx.db, [...new Set(run.examples.map((e) => e.customerId))]).map((p) => [p.id, showName(p)]));
    return { ...run, examples: run.examples.map((e) => ({ ...e, name: names.get(e.customerId) ?? '' })) };
  },
  'automations/people': (ctx, { id, outcome, reason, page }) => peopleOf(ctx, theAutomation(ctx, id), { outcome, reason }, page),
  'automations/results': (ctx, { id }) => resultsOf(ctx, theAutomation(ctx, id)),
  'automations/why': (ctx, { id, customerId }) => {
    const [person] = peopleNamed(ctx.db, [customerId]);
    return { ...whyAutomation(ctx, id, customerId), who: person ? showName(person) : '' };
  },
  'automations/of-person': (ctx, { customerId }) => automationsBeside(ctx, customerId),
  'automations/tell-now': async (ctx, { id, what }, session) => {
    await tellNow(ctx, session, id, what);
    return DONE;
  },
  'automations/arrivals': (ctx, { id }) => toldOf(ctx, id),
  'automations/keep': async (ctx) => ({ looked: await keepDues(ctx) }),
  'automations/remove': (ctx, { id }, session) => {
    removeAutomation(ctx, session, id);
    return DONE;
  },
} satisfies HandlersFor<typeof automations>;
