import { useEffect, useState } from 'react';

/**
 * Nobody touches the screen: after `quietMs` the seconds left are counted down from `graceMs`, then `onGone` runs.
 * Returns the seconds left while counting, else null. Any touch or key starts over.
 */
export function useIdle(quietMs: number, graceMs: number, onGone: () => void): { left: number | null; touch: () => void } {
  const [touched, setTouched] = useState(() => performance.now());
  const [left, setLeft] = useState<number | null>(null);
  useEffect(() => {
    const touch = () => setTouched(performance.now());
    const kinds = ['pointerdown', 'keydown', 'input'] as const;
    for (const k of kinds) window.addEventListener(k, touch, true);
    return () => {
      for (const k of kinds) window.removeEventListener(k, touch, true);
    };
  }, []);
  useEffect(() => {
    setLeft(null);
    const timer = setInterval(() => {
      const quiet = performance.now() - touched;
      if (quiet < quietMs) return;
      if (quiet >= quietMs + graceMs) onGone();
      else setLeft(Math.ceil((quietMs + graceMs - quiet) / 1000));
    }, 250);
    return () => clearInterval(timer);
  }, [touched, quietMs, graceMs, onGone]);
  return { left, touch: () => setTouched(performance.now()) };
}
