import type { customers } from '@contract/customers';
import { DONE } from '@contract/primitives';
import { addNote, countPeople, getPerson, savePerson } from '@services/customers/customers';
import { listPeople, personTimeline } from '@services/customers/list';
import type { HandlersFor } from '../handler';

export const customersHandlers = {
  'customers/list': (ctx, { search, ...rest }) => listPeople(ctx, { text: search, ...rest }),
  'customers/counts': (ctx) => countPeople(ctx),
  'customers/get': (ctx, { id }) => getPerson(ctx, id),
  'customers/timeline': (ctx, { id, offset, limit }) => personTimeline(ctx, id, { offset, limit }),
  'customers/save': (ctx, { id, fields, sharedNumber }, session) => ({ id: savePerson(ctx, session, id, fields, sharedNumber) }),
  'customers/note': (ctx, { id, note }, session) => {
    addNote(ctx, session, id, note);
    return DONE;
  },
} satisfies HandlersFor<typeof customers>;
