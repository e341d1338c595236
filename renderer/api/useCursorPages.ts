import type { Topic } from '@contract/define';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from './client';
import { useChanged } from './useChanged';
import type { PagedRows } from './usePages';

/** Read this far past what is seen, so that scrolling finds rows. */
const AHEAD = 100;

interface Shelf<Row, Next> {
  rows: Row[];
  next: Next | null;
  /** Undefined until the first page came. */
  total: number | undefined;
}

/**
 * A long list whose pages follow one another (each answer says where the next begins), read as it is scrolled. What is asked anew because
 * something changed replaces the old rows only when it reaches as far as the person looks: nothing jumps.
 */
export function useCursorPages<Row, Next>(
  key: string,
  load: (after: Next | null) => Promise<{ rows: readonly Row[]; total: number; next: Next | null }>,
  topics: readonly Topic[],
): PagedRows<Row> {
  const [, redraw] = useState(0);
  const shelf = useRef<Shelf<Row, Next>>({ rows: [], next: null, total: undefined });
  const wanted = useRef(0);
  const turn = useRef(0);
  const reading = useRef(false);
  const [error, setError] = useState<ApiError>();
  const loader = useRef(load);
  loader.current = load;

  const read = useCallback(async (mine: number, s: Shelf<Row, Next>) => {
    reading.current = true;
    try {
      do {
        const page = await loader.current(s.next);
        if (mine !== turn.current) return;
        s.rows.push(...page.rows);
        s.next = page.next;
        s.total = page.next === null ? s.rows.length : Math.max(page.total, s.rows.length + 1);
        if (s.next === null || s.rows.length > wanted.current) {
          shelf.current = s;
          setError(undefined);
          redraw((n) => n + 1);
        }
      } while (s.next !== null && s.rows.length <= wanted.current + AHEAD);
    } catch (e) {
      if (mine === turn.current) setError(toApiError(e));
    } finally {
      if (mine === turn.current) reading.current = false;
    }
  }, []);

  const refetch = useCallback(() => {
    void read(++turn.current, { rows: [], next: null, total: undefined });
  }, [read]);

  const asked = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (asked.current !== key) wanted.current = 0;
    asked.current = key;
    refetch();
    return () => {
      turn.current++;
    };
  }, [key, refetch]);

  useChanged(topics, refetch);

  const onRange = useCallback(
    (_from: number, to: number) => {
      wanted.current = to;
      const s = shelf.current;
      if (!reading.current && s.next !== null && s.rows.length <= to + AHEAD) void read(turn.current, s);
    },
    [read],
  );
  const rowAt = useCallback((index: number) => shelf.current.rows[index], []);
  const { total } = shelf.current;
  return { total, rowAt, onRange, loading: total === undefined && !error, error, refetch };
}
