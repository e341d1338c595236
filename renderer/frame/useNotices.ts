import type { Notice } from '@domain/sources/notice';
import { bridge, call } from '@renderer/api/client';
import { currentPlace, go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { sources as catalogue } from '@renderer/strings/sources';
import { toast } from '@renderer/ui/toast';
import { useEffect } from 'react';

type Words = (typeof catalogue)['en'];

/** What a notice says. Never money, never a person: it may be read by whoever stands at the counter. */
export function wordsOfNotice(x: Notice, w: Words): { title: string; body: string } {
  if (x.kind === 'imported') return w.notice.imported(x);
  if (x.kind === 'paper-failed') return w.notice.paperFailed(errorWords(x.code).next);
  return x.kind === 'waits' ? w.notice.waits(x) : w.notice.listWaits(x.name);
}

/** Several files at once are one piece of news. */
const GATHER_MS = 1200;

/** What to say of notices that came together: one as itself, several of a kind in one sentence. */
export function gathered(notices: readonly Notice[], w: Words): { title: string; body: string; notice: Notice }[] {
  const kinds = [...new Set(notices.map((x) => x.kind))];
  return kinds.flatMap((kind) => {
    const some = notices.filter((x) => x.kind === kind);
    const [first] = some;
    if (!first) return [];
    if (some.length === 1) return [{ ...wordsOfNotice(first, w), notice: first }];
    if (kind === 'paper-failed') return [{ ...wordsOfNotice(first, w), notice: first }];
    const names = some.map((x) => (x.kind === 'list-waits' ? x.name : x.kind === 'paper-failed' ? '' : x.file));
    return [{ ...w.notice.several(kind, names), notice: first }];
  });
}

/**
 * What happened while nobody was looking (the watched folder): on screen for the owner, and through the system while the window is not
 * in front. At the locked counter nothing lies over the screen; the owner finds it on the import screen.
 */
export function useNotices(owner: boolean): void {
  const w = useWords(catalogue);
  useEffect(() => {
    let waiting: Notice[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const say = () => {
      const all = gathered(waiting, w);
      const several = waiting.length > all.length;
      waiting = [];
      timer = undefined;
      for (const { title, body, notice } of all) {
        const here = currentPlace();
        const seen = (notice.kind === 'waits' || notice.kind === 'list-waits') && here.screen === 'import' && here.id === undefined; // the list itself is on screen
        if (owner && !seen) {
          const id = notice.kind === 'imported' && !several ? notice.importId : undefined;
          const onClick = () =>
            go(
              notice.kind === 'paper-failed'
                ? { screen: 'settings', section: 'papers' }
                : { screen: 'import', ...(id !== undefined && { id }) },
            );
          toast({ title, body, tone: notice.kind === 'imported' ? 'good' : 'warn', ms: 12_000, action: { label: w.notice.see, onClick } });
        }
        const about = notice.kind === 'paper-failed' && { go: 'this-week' as const };
        if (!document.hasFocus()) void call('shell/notify', { title, body: body.slice(0, 300), ...about }).catch(() => undefined);
      }
    };
    const off = bridge().on('notice', (payload) => {
      waiting.push(payload as Notice);
      timer ??= setTimeout(say, GATHER_MS);
    });
    return () => {
      off();
      if (timer !== undefined) {
        clearTimeout(timer);
        say(); // locking the screen loses nothing
      }
    };
  }, [owner, w]);
}
