import type { ahead } from '@contract/ahead';
import { calendarAhead, peopleAhead } from '@services/ahead/calendar';
import type { HandlersFor } from '../handler';

export const aheadHandlers = {
  'ahead/days': (ctx) => calendarAhead(ctx),
  'ahead/people': (ctx, { page, ...asked }) => peopleAhead(ctx, asked, page),
} satisfies HandlersFor<typeof ahead>;
