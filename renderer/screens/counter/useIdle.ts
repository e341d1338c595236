import { useCallback, useEffect, useRef, useState } from 'react';

/**
 * Nobody touches the screen: after `quietMs` the seconds left are counted down from `graceMs`, then `onGone` runs.
 * Returns the seconds left while counting, else null. Any touch or key starts over.
 */
export function useIdle(quietMs: number, graceMs: number, onGone: () => void): { left: number | null; touch: () => void } {
  const touched = useRef(performance.now());
  const [left, setLeft] = useState<number | null>(null);
  const touch = useCallback(() => {
    touched.current = performance.now();
    // Only while counting: a render between a key and React hearing of it would put the old text back into the box.
    setLeft(null);
  }, []);
  const counting = left !== null;
  useEffect(() => {
    const note = () => {
      touched.current = performance.now();
      if (counting) setLeft(null);
    };
    const kinds = ['pointerdown', 'keydown'] as const;
    for (const k of kinds) window.addEventListener(k, note, true);
    // Handwriting and on-screen keyboards send no keys; heard after React, see `touch`.
    window.addEventListener('input', note);
    return () => {
      for (const k of kinds) window.removeEventListener(k, note, true);
      window.removeEventListener('input', note);
    };
  }, [counting]);
  useEffect(() => {
    touched.current = performance.now();
    const timer = setInterval(() => {
      const quiet = performance.now() - touched.current;
      if (quiet < quietMs) return;
      if (quiet >= quietMs + graceMs) onGone();
      else setLeft(Math.ceil((quietMs + graceMs - quiet) / 1000));
    }, 250);
    return () => clearInterval(timer);
  }, [quietMs, graceMs, onGone]);
  return { left, touch };
}
