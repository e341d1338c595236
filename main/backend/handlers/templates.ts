import { DONE } from '@contract/primitives';
import type { templates } from '@contract/templates';
import { daysAhead, keepTemplate, listTemplates, removeTemplate } from '@services/campaigns/templates';
import type { HandlersFor } from '../handler';

export const templatesHandlers = {
  'templates/list': (ctx) => listTemplates(ctx),
  'templates/days': (ctx, { ahead }) => daysAhead(ctx, ahead),
  'templates/keep': (ctx, input) => ({ id: keepTemplate(ctx, input) }),
  'templates/remove': (ctx, { id }) => {
    removeTemplate(ctx, id);
    return DONE;
  },
} satisfies HandlersFor<typeof templates>;
