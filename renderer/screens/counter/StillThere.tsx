import type { SignUpWords } from '@renderer/strings/sign-up';
import { useEffect, useId, useRef } from 'react';
import css from './signup.module.css';

/** Over the form after 45 seconds without a touch; the rest lies still until it is answered or cleared. */
export function StillThere({
  words: w,
  left,
  onStay,
  onLeave,
}: {
  words: SignUpWords;
  left: number;
  onStay: () => void;
  onLeave: () => void;
}) {
  const id = useId();
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const el = box.current;
    const before = document.activeElement;
    // A modal dialog makes the rest inert; where there is no showModal (tests) it is simply open.
    if (el && !el.open) el.showModal ? el.showModal() : el.setAttribute('open', '');
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={box}
      className={css.idle}
      role="alertdialog"
      aria-labelledby={id}
      onCancel={(e) => {
        e.preventDefault();
        onStay();
      }}
    >
      <div className={css.idleBox}>
        <h2 id={id}>{w.idle.title}</h2>
        <p aria-live="off">{w.idle.body(left)}</p>
        <button type="button" className={css.go} onClick={onStay} ref={(el) => el?.focus()}>
          {w.idle.stay}
        </button>
        <button type="button" className={css.quietButton} onClick={onLeave}>
          {w.idle.leave}
        </button>
      </div>
    </dialog>
  );
}
