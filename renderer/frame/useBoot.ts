import type { ErrorCode } from '@domain/errors';
import { bridge, call, type Out, onChanged, takeWantedRestart, toApiError } from '@renderer/api/client';
import type { SessionState } from '@renderer/api/useShell';
import { useCallback, useEffect, useRef, useState } from 'react';

export type BackendState = Out<'shell/status'>['backend'];

export interface Boot {
  backend: BackendState;
  errorCode: ErrorCode | null;
  errorParams: Out<'shell/status'>['errorParams'];
  vault: Out<'shell/status'>['vault'];
  version: string;
  session: SessionState | undefined;
  /** True once the backend itself told who we are; before that the frame is drawn from the last time. */
  known: boolean;
  setSession: (s: SessionState) => void;
}

const LAST = 'regulars-last';

/** The shop of the last time, so that the counter stands before the backend does. Nothing secret, nobody signed in. */
function remembered(): SessionState | undefined {
  try {
    const shop = JSON.parse(localStorage.getItem(LAST) ?? 'null') as SessionState['shop'] | null;
    return shop?.setUp ? { role: 'staff', staff: null, autoLockMinutes: 10, people: [], shop, pinHint: null } : undefined;
  } catch {
    return undefined;
  }
}

/** Where the backend stands and who is at the screen; `onRestart` after a crash was repaired. */
export function useBoot(onRestart: () => void): Boot {
  const [status, setStatus] = useState<Pick<Boot, 'backend' | 'errorCode' | 'errorParams' | 'vault' | 'version'>>({
    backend: 'starting',
    errorCode: null,
    errorParams: {},
    vault: 'system',
    version: '',
  });
  const [session, setKnown] = useState<SessionState>();
  const [last] = useState(remembered);
  const ready = useRef(false);
  const up = useRef(false);
  const shop = useRef<Out<'shell/status'>['shop']>(undefined);
  const restarted = useRef(onRestart);
  restarted.current = onRestart;

  const setSession = useCallback((s: SessionState) => {
    localStorage.setItem(LAST, JSON.stringify(s.shop));
    setKnown(s);
  }, []);

  useEffect(() => {
    const ask = () => {
      call('session/state', {}).then(setSession, (e: unknown) => {
        // Refused while starting, needing a passphrase or failed: the status says the rest.
        const code = toApiError(e).code;
        if (code === 'bug') setStatus((s) => ({ ...s, backend: 'failed', errorCode: 'bug' }));
      });
    };
    /** `again`: the backend is back. Another shop, or a restart somebody asked for, is not a repair to speak of. */
    const look = (again = false) =>
      call('shell/status', {}).then(
        (s) => {
          setStatus({ ...s, errorCode: s.errorCode as ErrorCode | null });
          const wanted = again && takeWantedRestart();
          if (again && !wanted && shop.current === s.shop) restarted.current();
          shop.current = s.shop;
          up.current = s.backend === 'ready';
        },
        () => undefined,
      );
    void look();
    ask();
    const off = [
      onChanged((topics) => {
        if (topics.some((t) => t === 'session' || t === 'settings' || t === 'shop')) ask();
      }),
      bridge().on('backend', (payload) => {
        const { state, errorCode } = payload as { state: BackendState; errorCode: string | null };
        setStatus((s) => ({ ...s, backend: state, errorCode: errorCode as ErrorCode | null }));
        void look(state === 'ready' && ready.current);
        if (state !== 'ready') {
          // its first word may have come before this page could hear it: what was up and is not any more was ready
          if (up.current) ready.current = true;
          up.current = false;
          return;
        }
        ready.current = true;
        ask();
      }),
    ];
    return () => {
      for (const f of off) f();
    };
  }, [setSession]);

  return { ...status, session: session ?? last, known: session !== undefined, setSession };
}
