import type { inbox } from '@contract/inbox';
import { DONE } from '@contract/primitives';
import type { InboundRow } from '@db/queries/inbox';
import { TASK_KINDS } from '@domain/counter/task';
import type { PhoneE164 } from '@domain/kernel';
import {
  closeConversation,
  decideHold,
  listInbox,
  markThreadRead,
  readEarlier,
  readThread,
  reopenConversation,
  replyTo,
  sendAnyway,
  syncReplies,
  unreadConversations,
} from '@services/inbox';
import { applyRemedy, noteTopicRemedy, undoRemedy, whyPeopleLeft } from '@services/inbox/reasons';
import { campaignWords, keepCampaignWords } from '@services/inbox/reply-words';
import { responseTimes } from '@services/inbox/response';
import { dropReplyTemplate, keepReplyTemplate, listReplyTemplates, restoreReplyTemplate } from '@services/inbox/templates';
import type { HandlersFor } from '../handler';

const parked = (r: InboundRow & { name: string }) => ({
  sid: r.sid,
  phone: r.from,
  customerId: r.customerId,
  name: r.name,
  body: r.body,
  rule: r.rule,
  campaignId: r.campaignId,
  receivedAt: r.receivedAt,
  holdUntil: r.holdUntil,
});

const kindOf = (means: string) => TASK_KINDS.find((k) => k === means) ?? 'other';

export const inboxHandlers = {
  'inbox/list': (ctx, page) => {
    const i = listInbox(ctx, page);
    return { ...i, parked: i.parked.map(parked) };
  },
  'inbox/badge': (ctx) => ({ unread: unreadConversations(ctx) }),
  'inbox/thread': (ctx, { phone }) => {
    const t = readThread(ctx, phone as PhoneE164);
    return { ...t, parked: t.parked.map((p) => parked({ ...p, name: t.name })) };
  },
  'inbox/earlier': (ctx, { phone, before }) => readEarlier(ctx, phone as PhoneE164, before),
  'inbox/decide-hold': (ctx, input, session) => {
    decideHold(ctx, { ...input, staffId: session.staffId });
    return DONE;
  },
  'inbox/reply': (ctx, input, session) => replyTo(ctx, session, input),
  'inbox/send-anyway': (ctx, { id }, session) => {
    sendAnyway(ctx, session, id);
    return DONE;
  },
  'inbox/mark-read': (ctx, { phone }) => {
    markThreadRead(ctx, phone as PhoneE164);
    return DONE;
  },
  'inbox/close': (ctx, { phone }, session) => {
    closeConversation(ctx, session, phone as PhoneE164);
    return DONE;
  },
  'inbox/reopen': (ctx, { phone }) => {
    reopenConversation(ctx, phone as PhoneE164);
    return DONE;
  },
  'inbox/sync': async (ctx) => ({ taken: await syncReplies(ctx) }),
  'inbox/templates': (ctx) => listReplyTemplates(ctx),
  'inbox/save-template': (ctx, input) => keepReplyTemplate(ctx, input),
  'inbox/delete-template': (ctx, { id }) => {
    dropReplyTemplate(ctx, id);
    return DONE;
  },
  'inbox/restore-template': (ctx, { id }) => {
    restoreReplyTemplate(ctx, id);
    return DONE;
  },
  'inbox/response': (ctx) => responseTimes(ctx),
  'inbox/leaving': (ctx) => whyPeopleLeft(ctx),
  'inbox/remedy': (ctx, input, session) => applyRemedy(ctx, session, input),
  'inbox/topic-remedy': (ctx, input, session) => noteTopicRemedy(ctx, session, input),
  'inbox/undo-remedy': (ctx, { id }, session) => {
    undoRemedy(ctx, session, id);
    return DONE;
  },
  'inbox/reply-words': (ctx, { campaignId }) => campaignWords(ctx, campaignId).map((w) => ({ ...w, means: kindOf(w.means) })),
  'inbox/save-reply-words': (ctx, { campaignId, words }, session) => {
    keepCampaignWords(ctx, session, campaignId, words);
    return DONE;
  },
} satisfies HandlersFor<typeof inbox>;
