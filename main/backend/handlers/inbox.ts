import type { inbox } from '@contract/inbox';
import { DONE } from '@contract/primitives';
import type { InboundRow } from '@db/queries/inbox';
import type { PhoneE164 } from '@domain/kernel';
import { decideHold, listInbox, markThreadRead, readThread, replyTo, syncReplies } from '@services/inbox';
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

export const inboxHandlers = {
  'inbox/list': (ctx, page) => {
    const i = listInbox(ctx, page);
    return { ...i, parked: i.parked.map(parked) };
  },
  'inbox/thread': (ctx, { phone }) => {
    const t = readThread(ctx, phone as PhoneE164);
    return { ...t, parked: t.parked.map((p) => parked({ ...p, name: t.name })) };
  },
  'inbox/decide-hold': (ctx, input, session) => {
    decideHold(ctx, { ...input, staffId: session.staffId });
    return DONE;
  },
  'inbox/reply': (ctx, input) => replyTo(ctx, input),
  'inbox/mark-read': (ctx, { phone }) => {
    markThreadRead(ctx, phone as PhoneE164);
    return DONE;
  },
  'inbox/sync': async (ctx) => ({ taken: await syncReplies(ctx) }),
} satisfies HandlersFor<typeof inbox>;
