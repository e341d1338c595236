import { call, type In, type Out, type PagedRows, useCommand, usePages, useQuery } from '@renderer/api';
import { go, usePlace } from '@renderer/nav';
import { useEffect, useState } from 'react';
import { create } from 'zustand';

export type Inbox = Out<'inbox/list'>;
export type ThreadLine = Inbox['threads'][number];
export type Thread = Out<'inbox/thread'>;
export type Message = Thread['messages'][number];
export type Parked = Inbox['parked'][number];
export type Filter = NonNullable<In<'inbox/list'>['filter']>;
export const FILTERS: readonly Filter[] = ['all', 'needs-you', 'parked', 'stopped'];

/** What was looked for stays while the owner looks at a person and comes back. */
const useLook = create<{ filter: Filter; q: string }>(() => ({ filter: 'all', q: '' }));
export const setFilter = (filter: Filter): void => useLook.setState({ filter });
export const setSearch = (q: string): void => useLook.setState({ q });

const RESTED_MS = 180;

/** A moment after the typing hand rests. */
function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const t = setTimeout(() => setRested(text), text === '' ? 0 : RESTED_MS);
    return () => clearTimeout(t);
  }, [text]);
  return rested;
}

const TOPICS = ['inbox', 'consent', 'customers', 'outbox'] as const;

/** Everything the replies screen shows and does; the open conversation is the place, so Esc and links work. */
export function useReplies() {
  const place = usePlace();
  const phone = place.screen === 'replies' ? (place.phone ?? null) : null;
  const { filter, q } = useLook();
  const asked = useRested(q.trim());
  const head = useQuery('inbox/list', { offset: 0, limit: 1 }, { topics: TOPICS });
  const pages: PagedRows<ThreadLine> = usePages(
    `${filter} ${asked}`,
    async (page) => {
      const { threads, total } = await call('inbox/list', { ...page, filter, q: asked });
      return { rows: threads, total };
    },
    TOPICS,
  );
  const thread = useQuery('inbox/thread', { phone: phone ?? '' }, { enabled: phone !== null, topics: TOPICS });
  const { run: read } = useCommand('inbox/mark-read');

  const unread = thread.data?.unread ?? 0;
  useEffect(() => {
    if (phone !== null && unread > 0) void read({ phone });
  }, [phone, unread, read]);

  const open = (next: string) => go({ screen: 'replies', phone: next }, { replace: phone !== null });
  return { phone, filter, q, head, pages, thread, open };
}

/** Our answers are texted only to full international numbers. */
export const isNumber = (phone: string): boolean => /^\+\d{8,15}$/.test(phone);
