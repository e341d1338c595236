import { useIdle } from '@renderer/screens/counter/useIdle';
import { useCallback } from 'react';
import { lock } from './Rail';

/** Time to touch something before whoever is signed in is signed out. */
const GRACE_MS = 30_000;
const MINUTE_MS = 60_000;

/**
 * Signs whoever is at the screen out after so many minutes without a touch or key. Returns the seconds left while counting down. What
 * runs meanwhile (sending, importing) goes on: it belongs to the shop, not to the person.
 */
export function useAutoLock(signedIn: boolean, minutes: number): number | null {
  const away = useCallback(() => {
    if (signedIn) lock();
  }, [signedIn]);
  // Nobody signed in: never due.
  const { left } = useIdle(signedIn ? minutes * MINUTE_MS : Number.POSITIVE_INFINITY, GRACE_MS, away);
  return signedIn ? left : null;
}
