import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import type { InboxWords } from '@renderer/strings/inbox';
import { shell } from '@renderer/strings/shell';
import { phone as phoneText, whenNear } from '@renderer/ui/format';
import { useRef } from 'react';
import css from './replies.module.css';
import type { ThreadLine } from './useReplies';

interface Props {
  threads: readonly ThreadLine[];
  current: string | null;
  words: InboxWords;
  onOpen: (phone: string) => void;
}

/** Conversations, newest first; arrow keys walk them. */
export function ThreadList({ threads, current, words: w, onOpen }: Props) {
  const days = useWords(shell).days;
  const { shop, locale } = useShell();
  const list = useRef<HTMLUListElement>(null);
  const step = (by: number, from: HTMLElement) => {
    const all = [...(list.current?.querySelectorAll('button') ?? [])];
    all[all.indexOf(from as HTMLButtonElement) + by]?.focus();
  };
  return (
    <nav className={css.threads} aria-label={w.list}>
      <ul ref={list}>
        {threads.map((t) => (
          <li key={t.phone}>
            <button
              type="button"
              className={css.thread}
              aria-current={t.phone === current || undefined}
              data-unread={t.unread > 0 || undefined}
              onClick={() => onOpen(t.phone)}
              onKeyDown={(e) => {
                if (e.key !== 'ArrowDown' && e.key !== 'ArrowUp') return;
                e.preventDefault();
                step(e.key === 'ArrowDown' ? 1 : -1, e.currentTarget);
              }}
            >
              <span className={css.threadHead}>
                <span className={css.threadName}>{t.name || phoneText(t.phone)}</span>
                {t.unread > 0 && (
                  <span className={css.unread}>
                    <span className="rg-hidden">{w.unread(t.unread)}</span>
                  </span>
                )}
                <span className={css.threadWhen}>{whenNear(t.lastAt, shop.zone, locale, Date.now(), days)}</span>
              </span>
              <span className={css.threadBody}>
                {t.lastFromUs && <span className={css.quiet}>{w.you} </span>}
                {t.lastBody}
              </span>
              {t.lastMeaning && w.meaning[t.lastMeaning] && (
                <span className={css.mark} data-warn={t.parked > 0 || undefined}>
                  {w.meaning[t.lastMeaning]}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
