import type { Topic } from '@contract/define';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from './client';
import { useChanged } from './useChanged';

export interface PagedRows<Row> {
  /** Rows there are in all; undefined until the first page came. */
  total: number | undefined;
  /** The row at a position, or undefined while its page is on its way. */
  rowAt: (index: number) => Row | undefined;
  /** The table says what it shows; missing pages are fetched. */
  onRange: (from: number, to: number) => void;
  loading: boolean;
  error: ApiError | undefined;
  refetch: () => void;
}

const PAGE = 100;

/**
 * A long list read in pages as it is scrolled (contract: pages of at most 200 rows).
 * `key` names the query (filters, sort); a change starts over but keeps old rows on screen until the new first page is there.
 */
export function usePages<Row>(
  key: string,
  load: (page: { offset: number; limit: number }) => Promise<{ rows: readonly Row[]; total: number }>,
  topics: readonly Topic[],
): PagedRows<Row> {
  const [, redraw] = useState(0);
  const store = useRef({
    key: '',
    total: undefined as number | undefined,
    pages: new Map<number, readonly Row[]>(),
    asked: new Set<number>(),
  });
  const range = useRef({ from: 0, to: 0 });
  const [error, setError] = useState<ApiError>();
  const turn = useRef(0);
  const loader = useRef(load);
  loader.current = load;

  const fetchPage = useCallback((page: number, mine: number, fresh: boolean) => {
    const s = store.current;
    if (!fresh && (s.asked.has(page) || s.pages.has(page))) return;
    s.asked.add(page);
    loader.current({ offset: page * PAGE, limit: PAGE }).then(
      (answer) => {
        if (mine !== turn.current) return;
        if (fresh) s.pages.clear(); // the first page of a new question replaces the old answer in one step
        s.pages.set(page, answer.rows);
        s.total = answer.total;
        s.asked.delete(page);
        setError(undefined);
        redraw((n) => n + 1);
        if (fresh)
          for (let p = Math.floor(range.current.from / PAGE); p <= Math.floor(range.current.to / PAGE); p++) fetchPage(p, mine, false);
      },
      (e: unknown) => {
        if (mine !== turn.current) return;
        s.asked.delete(page);
        setError(toApiError(e));
      },
    );
  }, []);

  const refetch = useCallback(() => {
    const mine = ++turn.current;
    store.current.asked.clear();
    // Start where the person is looking, so that a refetch never scrolls.
    fetchPage(Math.floor(range.current.from / PAGE), mine, true);
  }, [fetchPage]);

  useEffect(() => {
    const fresh = store.current.key !== key;
    store.current.key = key;
    if (fresh) range.current = { from: 0, to: 0 };
    refetch();
  }, [key, refetch]);

  useChanged(topics, refetch);

  const onRange = useCallback(
    (from: number, to: number) => {
      range.current = { from, to };
      if (store.current.total === undefined) return;
      for (let p = Math.floor(from / PAGE); p <= Math.floor(to / PAGE); p++) fetchPage(p, turn.current, false);
    },
    [fetchPage],
  );
  const rowAt = useCallback((index: number) => store.current.pages.get(Math.floor(index / PAGE))?.[index % PAGE], []);
  return { total: store.current.total, rowAt, onRange, loading: store.current.total === undefined && !error, error, refetch };
}
