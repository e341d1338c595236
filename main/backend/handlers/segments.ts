import { DONE } from '@contract/primitives';
import type { segments } from '@contract/segments';
import { countPeople, getGroup, groupMembers, listGroupsCalmly, removeGroup, saveGroup, suggestNames } from '@services/segments/segments';
import type { HandlersFor } from '../handler';

export const segmentsHandlers = {
  'segments/list': (ctx) => listGroupsCalmly(ctx),
  'segments/get': (ctx, { id }) => getGroup(ctx, id),
  'segments/count': (ctx, { rule }) => countPeople(ctx, rule),
  'segments/members': (ctx, { rule, page }) => groupMembers(ctx, rule, page),
  'segments/names': (ctx, { what, beginning }) => suggestNames(ctx, what, beginning),
  'segments/save': (ctx, input) => ({ id: saveGroup(ctx, input) }),
  'segments/remove': (ctx, { id }) => {
    removeGroup(ctx, id);
    return DONE;
  },
} satisfies HandlersFor<typeof segments>;
