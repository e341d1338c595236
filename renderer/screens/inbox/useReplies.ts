import { type Out, useCommand, useQuery } from '@renderer/api';
import { go, usePlace } from '@renderer/nav';
import { useEffect } from 'react';

export type Inbox = Out<'inbox/list'>;
export type ThreadLine = Inbox['threads'][number];
export type Thread = Out<'inbox/thread'>;
export type Parked = Inbox['parked'][number];

/** Everything the replies screen shows and does; the open conversation is the place, so Esc and links work. */
export function useReplies() {
  const place = usePlace();
  const phone = place.screen === 'replies' ? (place.phone ?? null) : null;
  const list = useQuery('inbox/list', { offset: 0, limit: 200 });
  const thread = useQuery(
    'inbox/thread',
    { phone: phone ?? '' },
    { enabled: phone !== null, topics: ['inbox', 'consent', 'customers', 'outbox'] },
  );
  const { run: read } = useCommand('inbox/mark-read');

  const unread = list.data?.threads.find((t) => t.phone === phone)?.unread ?? 0;
  useEffect(() => {
    if (phone !== null && unread > 0) void read({ phone });
  }, [phone, unread, read]);

  const open = (next: string) => go({ screen: 'replies', phone: next }, { replace: phone !== null });
  return { phone, list, thread, open };
}

/** Our answers are texted only to full international numbers. */
export const isNumber = (phone: string): boolean => /^\+\d{8,15}$/.test(phone);
