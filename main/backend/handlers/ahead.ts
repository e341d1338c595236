import type { ahead } from '@contract/ahead';
import { calendarAhead } from '@services/ahead/calendar';
import { loadedPeople, peopleAhead } from '@services/ahead/people';
import type { HandlersFor } from '../handler';

export const aheadHandlers = {
  'ahead/days': (ctx) => calendarAhead(ctx),
  'ahead/loaded': (ctx, { page, ...asked }) => loadedPeople(ctx, asked, page),
  'ahead/people': (ctx, { page, ...asked }) => peopleAhead(ctx, asked, page),
} satisfies HandlersFor<typeof ahead>;
