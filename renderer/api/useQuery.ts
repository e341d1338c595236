import type { Topic } from '@contract/define';
import type { Channel } from '@contract/index';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type ApiError, type Bridge, bridge, call, type In, type Out, onChanged, toApiError } from './client';
import { topicsOf } from './topics';

/** Answers kept so that going back to a screen shows numbers at once; per bridge, so a test or a new session starts empty. */
const kept = new WeakMap<Bridge, Map<string, unknown>>();
const KEEP = 60;

function shelf(): Map<string, unknown> {
  const b = bridge();
  const mine = kept.get(b);
  if (mine) return mine;
  const fresh = new Map<string, unknown>();
  kept.set(b, fresh);
  return fresh;
}

/** After a lock or a change of person nothing of the previous one may flash up, nor what was asked for them and is still on its way. */
export function forgetAnswers(): void {
  kept.delete(bridge());
}

function keep(m: Map<string, unknown>, key: string, value: unknown): void {
  m.delete(key);
  m.set(key, value);
  const oldest = m.keys().next();
  if (m.size > KEEP && !oldest.done) m.delete(oldest.value);
}

export interface QueryState<T> {
  /** The last good answer; stays while a newer one is fetched, so nothing jumps. */
  data: T | undefined;
  error: ApiError | undefined;
  /** True until the first answer of this input. */
  loading: boolean;
  /** True whenever an answer is on its way. */
  fetching: boolean;
  refetch: () => void;
}

/** Announcements come in bursts (an import); at most one refetch per this many ms. */
const CALM_MS = 200;
/** After an announced refetch it rests this many times as long as the answer took: texts being sent must not keep the backend counting. */
const REST = 6;
const LONGEST_REST_MS = 10_000;

/**
 * Asks once, again when the input changes, and again when the backend announces a change of one of `topics`
 * (default: those of the channel's noun). With `fresh` no answer is kept for the next one who asks.
 */
export function useQuery<C extends Channel>(
  channel: C,
  input: In<C>,
  options: { enabled?: boolean; topics?: readonly Topic[]; fresh?: boolean } = {},
): QueryState<Out<C>> {
  const enabled = options.enabled ?? true;
  const fresh = options.fresh ?? false;
  const key = `${channel} ${JSON.stringify(input)}`;
  const latest = useRef({ key, input });
  latest.current = { key, input };
  const [state, setState] = useState<{ key: string; data: Out<C> | undefined; error: ApiError | undefined; fetching: boolean }>(() => ({
    key,
    data: enabled && !fresh ? (shelf().get(key) as Out<C> | undefined) : undefined,
    error: undefined,
    fetching: enabled,
  }));
  const turn = useRef(0);
  const restUntil = useRef(0);

  const ask = useCallback(
    (askedKey: string) => {
      const mine = ++turn.current;
      const asked = { key: askedKey, input: latest.current.input };
      setState((s) => ({
        key: asked.key,
        data: s.key === asked.key ? s.data : fresh ? undefined : (shelf().get(asked.key) as Out<C> | undefined),
        error: s.key === asked.key ? s.error : undefined,
        fetching: true,
      }));
      const began = performance.now();
      const mineToKeep = shelf(); // of whoever asked, and of the shop it was asked of
      call(channel, asked.input).then(
        (data) => {
          const now = performance.now();
          restUntil.current = now + Math.min(LONGEST_REST_MS, REST * (now - began));
          if (!fresh) keep(mineToKeep, asked.key, data);
          if (mine === turn.current) setState({ key: asked.key, data, error: undefined, fetching: false });
        },
        (e: unknown) => {
          if (mine === turn.current) setState((s) => ({ ...s, key: asked.key, error: toApiError(e), fetching: false }));
        },
      );
    },
    [channel, fresh],
  );
  const refetch = useCallback(() => ask(latest.current.key), [ask]);

  useEffect(() => {
    if (!enabled) return;
    ask(key);
    return () => {
      turn.current++;
    };
  }, [key, enabled, ask]);

  const topicList = options.topics;
  const topicKey = useMemo(() => (topicList ?? topicsOf(channel)).join(), [topicList, channel]);
  useEffect(() => {
    if (!enabled) return;
    const mine = new Set(topicKey.split(','));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const off = onChanged((topics) => {
      if (timer !== undefined || !topics.some((t) => mine.has(t))) return;
      timer = setTimeout(
        () => {
          timer = undefined;
          refetch();
        },
        Math.max(CALM_MS, restUntil.current - performance.now()),
      );
    });
    return () => {
      clearTimeout(timer);
      off();
    };
  }, [enabled, topicKey, refetch]);

  const current = state.key === key;
  const data = current ? state.data : enabled && !fresh ? (shelf().get(key) as Out<C> | undefined) : undefined;
  const error = current ? state.error : undefined;
  return {
    data,
    error,
    loading: enabled && data === undefined && error === undefined,
    fetching: enabled && state.fetching,
    refetch,
  };
}
