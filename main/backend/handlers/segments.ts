import { DONE } from '@contract/primitives';
import type { segments } from '@contract/segments';
import { groupDays } from '@services/segments/days';
import { exportGroup } from '@services/segments/export';
import { fixGroup } from '@services/segments/fixed';
import { overlapWith, whyNoTexts } from '@services/segments/look';
import { readSentence } from '@services/segments/read';
import { countPeople, getGroup, groupMembers, listGroupsCalmly, removeGroup, saveGroup, suggestNames } from '@services/segments/segments';
import type { HandlersFor } from '../handler';

export const segmentsHandlers = {
  'segments/list': (ctx) => listGroupsCalmly(ctx),
  'segments/get': (ctx, { id }) => getGroup(ctx, id),
  'segments/count': (ctx, { rule }) => countPeople(ctx, rule),
  'segments/members': (ctx, { rule, page }) => groupMembers(ctx, rule, page),
  'segments/names': (ctx, { what, beginning }) => suggestNames(ctx, what, beginning),
  'segments/overlap': (ctx, { rule, other }) => overlapWith(ctx, rule, other),
  'segments/why-not': (ctx, { rule }) => whyNoTexts(ctx, rule),
  'segments/days': (ctx, { id }) => groupDays(ctx, id),
  'segments/read': (ctx, { text }) => readSentence(ctx, text),
  'segments/fix': async (ctx, { name, rule }, session) => ({ id: await fixGroup(ctx, session, name, rule) }),
  'segments/export': (ctx, { name, rule, for: purpose }, session) => exportGroup(ctx, session, { name, rule }, purpose),
  'segments/save': (ctx, input) => ({ id: saveGroup(ctx, input) }),
  'segments/remove': (ctx, { id }) => {
    removeGroup(ctx, id);
    return DONE;
  },
} satisfies HandlersFor<typeof segments>;
