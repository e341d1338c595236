import type { Topic } from '@contract/define';
import { useEffect } from 'react';
import { onChanged } from './client';

const CALM_MS = 200;

/** Calls back soon after one of these topics changed, once for many changes in a row. `then` must keep its identity. */
export function useChanged(topics: readonly Topic[], then: () => void): void {
  const key = topics.join();
  useEffect(() => {
    const mine = new Set(key.split(','));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = onChanged((changed) => {
      if (timer !== undefined || !changed.some((t) => mine.has(t))) return;
      timer = setTimeout(() => {
        timer = undefined;
        then();
      }, CALM_MS);
    });
    return () => {
      clearTimeout(timer);
      off();
    };
  }, [key, then]);
}
