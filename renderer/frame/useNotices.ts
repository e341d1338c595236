import type { Notice } from '@domain/sources/notice';
import { bridge, call } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { sources as catalogue } from '@renderer/strings/sources';
import { toast } from '@renderer/ui/toast';
import { useEffect } from 'react';

type Words = (typeof catalogue)['en'];

/** What a notice says. Never money, never a person: it may be read by whoever stands at the counter. */
export function wordsOfNotice(x: Notice, w: Words): { title: string; body: string } {
  if (x.kind === 'imported') return w.notice.imported(x);
  return x.kind === 'waits' ? w.notice.waits(x) : w.notice.listWaits(x.name);
}

/**
 * What happened while nobody was looking (the watched folder): on screen for the owner, and through the system while the window is not
 * in front. At the locked counter nothing lies over the screen; the owner finds it on the import screen.
 */
export function useNotices(owner: boolean): void {
  const w = useWords(catalogue);
  useEffect(
    () =>
      bridge().on('notice', (payload) => {
        const notice = payload as Notice;
        const said = wordsOfNotice(notice, w);
        if (owner) {
          const importId = notice.kind === 'imported' ? notice.importId : undefined;
          toast({
            ...said,
            tone: notice.kind === 'imported' ? 'good' : 'warn',
            ms: 12_000,
            action: { label: w.notice.see, onClick: () => go({ screen: 'import', ...(importId !== undefined && { id: importId }) }) },
          });
        }
        if (!document.hasFocus()) void call('shell/notify', said).catch(() => undefined);
      }),
    [owner, w],
  );
}
