import type { PagedRows } from '@renderer/api';
import { useShell } from '@renderer/api';
import type { InboxWords } from '@renderer/strings/inbox';
import { ErrorNote, SkeletonLines } from '@renderer/ui';
import { phone as phoneText, when } from '@renderer/ui/format';
import { observeElementRect, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import css from './threads.module.css';
import type { ThreadLine } from './useReplies';

export interface ThreadListHandle {
  focus: () => void;
  /** The conversation after (1) or before (-1) one; null at the end. */
  beside: (phone: string, by: 1 | -1) => string | null;
}

interface Props {
  pages: PagedRows<ThreadLine>;
  current: string | null;
  words: InboxWords;
  onOpen: (phone: string) => void;
  /** Enter: the answer box. */
  onAnswer: () => void;
  /** E: nothing left to do. */
  onClose: (phone: string) => void;
  handle: Ref<ThreadListHandle>;
}

const ROW = 68;
/** Stand-in where nothing is laid out (tests). */
const UNSEEN = { width: 320, height: 600 };

/** Conversations, the latest first, drawn as they are scrolled: one of 10,000 is as quick as one of ten. */
export function ThreadList({ pages, current, words: w, onOpen, onAnswer, onClose, handle }: Props) {
  const { shop, locale } = useShell();
  const box = useRef<HTMLDivElement>(null);
  const n = pages.total ?? 0;
  const virtual = useVirtualizer({
    count: n,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 6,
    initialRect: UNSEEN,
    observeElementRect: (instance, cb) => observeElementRect(instance, (r) => cb(r.height > 0 ? r : UNSEEN)),
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { onRange } = pages;
  useEffect(() => {
    if (n > 0) onRange(first, last);
  }, [onRange, first, last, n]);

  const indexOf = (phone: string | null): number => {
    if (phone === null) return -1;
    for (let i = 0; i < n; i++) if (pages.rowAt(i)?.phone === phone) return i;
    return -1;
  };
  const at = indexOf(current);
  useImperativeHandle(handle, () => ({
    focus: () => box.current?.focus(),
    beside: (phone, by) => pages.rowAt(indexOf(phone) + by)?.phone ?? null,
  }));

  const onKeyDown = (e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    const page = Math.max(1, Math.floor((box.current?.clientHeight || UNSEEN.height) / ROW) - 1);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: Math.max(0, at - 1),
      PageDown: Math.min(n - 1, at + page),
      PageUp: Math.max(0, at - page),
      Home: 0,
      End: n - 1,
    };
    const to = steps[e.key];
    if (to !== undefined) {
      const row = pages.rowAt(to);
      if (row) onOpen(row.phone);
      virtual.scrollToIndex(Math.max(0, Math.min(n - 1, to)), { align: 'auto' });
    } else if (e.key === 'Enter' && current !== null) onAnswer();
    else if (e.key.toLowerCase() === 'e' && current !== null) onClose(current);
    else return;
    e.preventDefault();
  };

  const id = (i: number) => `thread-${i}`;
  if (pages.total === undefined) {
    return (
      <div className={css.threads}>
        {pages.error ? <ErrorNote error={pages.error} onRetry={pages.refetch} /> : <SkeletonLines lines={6} height={36} />}
      </div>
    );
  }
  return (
    <div
      className={css.threads}
      ref={box}
      role="listbox"
      aria-label={w.list}
      aria-description={w.keys}
      tabIndex={0}
      {...(at >= 0 && items.some((x) => x.index === at) && { 'aria-activedescendant': id(at) })}
      onKeyDown={onKeyDown}
    >
      <div className={css.threadsAll} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const t = pages.rowAt(item.index);
          return (
            <div
              key={item.key}
              id={id(item.index)}
              role="option"
              tabIndex={-1}
              aria-selected={t !== undefined && t.phone === current}
              aria-setsize={n}
              aria-posinset={item.index + 1}
              className={css.thread}
              data-unread={(t && t.unread > 0) || undefined}
              style={{ height: ROW, transform: `translateY(${item.start}px)` }}
              onMouseDown={(e) => {
                e.preventDefault(); // the list keeps the focus
                box.current?.focus();
                if (t) onOpen(t.phone);
              }}
              onClick={() => t && onOpen(t.phone)}
              onKeyDown={() => undefined}
            >
              {t && <Line thread={t} words={w} at={shortWhen(t.lastAt, shop.zone, locale, Date.now())} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** As short as it stays clear: the time today, the day before. */
function shortWhen(at: number, zone: string, locale: string, now: number): string {
  return when(at, 'day', zone, locale, now) === when(now, 'day', zone, locale, now)
    ? when(at, 'time', zone, locale, now)
    : when(at, 'short-day', zone, locale, now);
}

function Line({ thread: t, words: w, at }: { thread: ThreadLine; words: InboxWords; at: string }) {
  const mark = t.parked > 0 ? w.meaning.hold : t.lastMeaning ? w.meaning[t.lastMeaning] : '';
  return (
    <>
      <span className={css.threadHead}>
        <span className={css.threadName}>{t.name || phoneText(t.phone)}</span>
        {t.others > 0 && <span className={css.threadOthers}>{w.others(t.others)}</span>}
        <span className={css.threadWhen}>{at}</span>
      </span>
      <span className={css.threadHead}>
        <span className={css.threadBody}>
          {mark && (
            <span className={css.mark} data-warn={t.parked > 0 || undefined}>
              {mark}
              {' · '}
            </span>
          )}
          {t.lastFromUs && <span>{w.you} </span>}
          {t.lastBody}
        </span>
        {t.unread > 0 ? (
          <span className={css.unread}>
            <span className="rg-hidden">{w.unread(t.unread)}</span>
            <span aria-hidden>{t.unread}</span>
          </span>
        ) : (
          t.waitingSince !== null && (
            <span className={css.waits} title={w.waits}>
              <span className="rg-hidden">{w.waits}</span>
            </span>
          )
        )}
      </span>
    </>
  );
}
