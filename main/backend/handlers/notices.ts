import type { notices } from '@contract/notices';
import { DONE } from '@contract/primitives';
import {
  getNotice,
  listFile,
  markReached,
  noticedPeople,
  notices as noticeList,
  previewNotice,
  removeNotice,
  saveNotice,
  sendNotice,
} from '@services/recalls/notices';
import type { HandlersFor } from '../handler';

export const noticesHandlers = {
  'notices/list': (ctx, { page }) => noticeList(ctx, page),
  'notices/get': (ctx, { id }) => getNotice(ctx, id),
  'notices/save': (ctx, input, session) => saveNotice(ctx, session, input),
  'notices/remove': (ctx, { id }) => {
    removeNotice(ctx, id);
    return DONE;
  },
  'notices/preview': (ctx, { id }) => previewNotice(ctx, id),
  'notices/send': (ctx, input, session) => sendNotice(ctx, session, input),
  'notices/people': (ctx, { id, page }) => noticedPeople(ctx, id, page),
  'notices/reached': (ctx, input, session) => {
    markReached(ctx, session, input);
    return DONE;
  },
  'notices/file': (ctx, { id, words }, session) => listFile(ctx, session, id, words),
} satisfies HandlersFor<typeof notices>;
