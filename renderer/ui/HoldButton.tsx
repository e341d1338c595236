import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import css from './small.module.css';

interface HoldButtonProps {
  onDone: () => void;
  /** What happens: "Text 312 people · about $6.20". */
  children: ReactNode;
  holdMs?: number;
  disabled?: boolean;
  busy?: boolean;
  tone?: 'accent' | 'danger';
}

const AGAIN_MS = 4000;

/**
 * For what cannot be undone: press and hold with mouse, finger, Space or Enter.
 * Assistive technology that can only click presses twice (a click without a press before it).
 */
export function HoldButton({ onDone, children, holdMs = 1200, disabled, busy, tone = 'accent' }: HoldButtonProps) {
  const w = useWords(words);
  const [holding, setHolding] = useState(false);
  const [asked, setAsked] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pressed = useRef(false);
  const off = disabled || busy;

  const start = useCallback(() => {
    if (off || timer.current !== undefined) return;
    pressed.current = true;
    setHolding(true);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      setHolding(false);
      onDone();
    }, holdMs);
  }, [off, holdMs, onDone]);
  const stop = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = undefined;
    setHolding(false);
  }, []);
  useEffect(() => stop, [stop]);
  useEffect(() => {
    if (!asked) return;
    const t = setTimeout(() => setAsked(false), AGAIN_MS);
    return () => clearTimeout(t);
  }, [asked]);

  return (
    <button
      type="button"
      className={css.hold}
      data-tone={tone}
      data-holding={holding || undefined}
      disabled={off}
      aria-busy={busy || undefined}
      style={{ '--hold-ms': `${holdMs}ms` } as React.CSSProperties}
      onPointerDown={(e) => e.button === 0 && start()}
      onPointerUp={stop}
      onPointerLeave={stop}
      onPointerCancel={stop}
      onKeyDown={(e) => {
        if (e.key !== ' ' && e.key !== 'Enter') return;
        e.preventDefault();
        if (!e.repeat) start();
      }}
      onKeyUp={(e) => (e.key === ' ' || e.key === 'Enter') && stop()}
      onBlur={stop}
      onClick={() => {
        if (pressed.current) {
          pressed.current = false;
          return;
        }
        if (asked) {
          setAsked(false);
          onDone();
        } else setAsked(true);
      }}
    >
      <span className={css.holdFill} aria-hidden />
      <span className={css.holdWords}>{children}</span>
      <span className={css.holdHint} aria-live="polite">
        {asked ? w.holdAgain : w.holdHint}
      </span>
    </button>
  );
}
