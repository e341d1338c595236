import { call } from '@renderer/api/client';
import { useQuery } from '@renderer/api/useQuery';
import { currentPlace, go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { inbox } from '@renderer/strings/inbox';
import { closeToast, toast } from '@renderer/ui/toast';
import { useEffect, useRef } from 'react';
import css from './rail.module.css';

/**
 * The number beside "Replies": conversations with something unread or to decide. When it grows while the owner looks elsewhere it is
 * said once, quietly: on screen, and through the system while the window is not in front. Never who wrote or what: somebody else may
 * stand at the screen.
 */
export function RepliesBadge() {
  const w = useWords(inbox);
  const { data } = useQuery('inbox/badge', {}, { topics: ['inbox', 'consent'] });
  const unread = data?.unread;
  const told = useRef<number | undefined>(undefined);
  const shown = useRef<number | null>(null);
  const there = usePlace().screen === 'replies';
  useEffect(() => {
    if (there && shown.current !== null) closeToast(shown.current);
  }, [there]);
  useEffect(() => {
    if (unread === undefined) return;
    const before = told.current;
    told.current = unread;
    // the first count is no news
    if (before === undefined || unread <= before) return;
    const away = !document.hasFocus();
    if (currentPlace().screen === 'replies' && !away) return;
    const title = w.bell.title(unread - before);
    if (currentPlace().screen !== 'replies') {
      shown.current = toast({ title, ms: 8000, action: { label: w.bell.see, onClick: () => go({ screen: 'replies' }) } });
    }
    if (away) void call('shell/notify', { title, body: w.bell.body, go: 'replies' }).catch(() => undefined);
  }, [unread, w]);
  if (!unread) return null;
  return (
    <span className={css.badge}>
      <span className="rg-hidden">{w.badge(unread)}</span>
      <span aria-hidden>{unread > 99 ? '99+' : unread}</span>
    </span>
  );
}
