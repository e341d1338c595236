import { DONE } from '@contract/primitives';
import type { staff } from '@contract/staff';
import { activity, practised, saveAccess, staffBack, staffLeft } from '@services/staff/staff';
import type { HandlersFor } from '../handler';

export const staffHandlers = {
  'staff/left': (ctx, { id }, session) => {
    staffLeft(ctx, session, id);
    return DONE;
  },
  'staff/back': (ctx, { id }, session) => {
    staffBack(ctx, session, id);
    return DONE;
  },
  'staff/practised': (ctx, _input, session) => {
    practised(ctx, session);
    return DONE;
  },
  'staff/save-access': (ctx, input, session) => {
    saveAccess(ctx, session, input);
    return DONE;
  },
  'staff/activity': (ctx, { offset, limit, ...filter }) => activity(ctx, filter, { offset, limit }),
} satisfies HandlersFor<typeof staff>;
