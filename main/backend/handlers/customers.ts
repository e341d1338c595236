import type { customers } from '@contract/customers';
import { DONE } from '@contract/primitives';
import type { MergeField, MergeTake } from '@domain/customers/merge';
import { addNote, countPeople, getPerson, savePerson } from '@services/customers/customers';
import { duplicatePair, duplicatePairs, setNotSame } from '@services/customers/duplicates';
import { listPeople, personTimeline } from '@services/customers/list';
import { mergePeople, pastMerges, unmergePeople } from '@services/customers/merge';
import { numberHasNewHolder } from '@services/customers/new-holder';
import type { HandlersFor } from '../handler';

/** Absent and undefined are the same at the door. */
const takeIn = (take: { [K in MergeField]?: 'a' | 'b' | 'both' | undefined }): MergeTake =>
  Object.fromEntries(Object.entries(take).filter(([, v]) => v !== undefined)) as MergeTake;

export const customersHandlers = {
  'customers/list': (ctx, { search, ...rest }) => listPeople(ctx, { text: search, ...rest }),
  'customers/counts': (ctx) => countPeople(ctx),
  'customers/get': (ctx, { id }) => getPerson(ctx, id),
  'customers/timeline': (ctx, { id, offset, limit }) => personTimeline(ctx, id, { offset, limit }),
  'customers/save': (ctx, { id, fields, sharedNumber }, session) => ({ id: savePerson(ctx, session, id, fields, sharedNumber) }),
  'customers/new-holder': (ctx, { id }, session) => {
    numberHasNewHolder(ctx, session, id);
    return DONE;
  },
  'customers/duplicates': (ctx, page) => duplicatePairs(ctx, page),
  'customers/pair': (ctx, ids) => duplicatePair(ctx, ids),
  'customers/merge': (ctx, input, session) => mergePeople(ctx, session, { ...input, take: takeIn(input.take) }),
  'customers/unmerge': (ctx, { mergeId }, session) => {
    const { since, ...rest } = unmergePeople(ctx, session, mergeId);
    return { ...rest, since: since as Record<string, number> };
  },
  'customers/merges': (ctx, page) => pastMerges(ctx, page),
  'customers/not-same': (ctx, input, session) => {
    setNotSame(ctx, session, input);
    return DONE;
  },
  'customers/note': (ctx, { id, note }, session) => {
    addNote(ctx, session, id, note);
    return DONE;
  },
} satisfies HandlersFor<typeof customers>;
