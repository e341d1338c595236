import type { Channel } from '@contract/index';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type ApiError, call, type In, type Out, toApiError } from './client';

export interface CommandState<C extends Channel> {
  /** Runs the command; resolves with its answer, or with undefined after a failure (then `error` is set and shown by the caller). */
  run: (input: In<C>) => Promise<Out<C> | undefined>;
  busy: boolean;
  error: ApiError | undefined;
  reset: () => void;
}

/** One thing a button does. A second press while busy does nothing. */
export function useCommand<C extends Channel>(channel: C): CommandState<C> {
  const [state, setState] = useState<{ busy: boolean; error: ApiError | undefined }>({ busy: false, error: undefined });
  const busy = useRef(false);
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  const run = useCallback(
    async (input: In<C>): Promise<Out<C> | undefined> => {
      if (busy.current) return undefined;
      busy.current = true;
      setState({ busy: true, error: undefined });
      try {
        const value = await call(channel, input);
        if (alive.current) setState({ busy: false, error: undefined });
        return value;
      } catch (e) {
        if (alive.current) setState({ busy: false, error: toApiError(e) });
        return undefined;
      } finally {
        busy.current = false;
      }
    },
    [channel],
  );
  const reset = useCallback(() => setState({ busy: false, error: undefined }), []);
  return { run, ...state, reset };
}
