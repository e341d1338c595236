import type { AutomationKind } from '@domain/automations/kinds';
import { type ApiError, toApiError } from '@renderer/api';
import { go } from '@renderer/nav';
import { useState } from 'react';
import { makeReady } from './make';

/** Makes one of a kind, switched off, and shows it. */
export function useMake(): { busy: AutomationKind | null; error: ApiError | undefined; run: (kind: AutomationKind) => void } {
  const [busy, setBusy] = useState<AutomationKind | null>(null);
  const [error, setError] = useState<ApiError>();
  const run = (kind: AutomationKind) => {
    if (busy !== null) return;
    setBusy(kind);
    setError(undefined);
    makeReady(kind).then(
      (id) => {
        setBusy(null);
        go({ screen: 'automations', id });
      },
      (e: unknown) => {
        setBusy(null);
        setError(toApiError(e));
      },
    );
  };
  return { busy, error, run };
}
