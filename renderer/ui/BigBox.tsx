import { mark } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { type ReactNode, type Ref, useEffect, useId, useImperativeHandle, useRef } from 'react';
import css from './small.module.css';

export interface BigBoxHandle {
  focus: () => void;
}

interface BigBoxProps {
  label: string;
  value: string;
  onChange: (text: string) => void;
  /** Enter, typed or sent by a scanner. */
  onSubmit: (text: string) => void;
  placeholder?: string;
  hint?: ReactNode;
  icon?: ReactNode;
  busy?: boolean;
  /** Keys typed while no other box has the focus land here (barcode scanners). */
  catchKeys?: boolean;
  /** The counter's box reports the moment it can be used (start-up budget). */
  main?: boolean;
  handle?: Ref<BigBoxHandle>;
}

const elsewhere = (el: Element | null): boolean =>
  el instanceof HTMLElement &&
  (el.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(el.tagName) || el.closest('[role="dialog"]') !== null);

let reported = false;

/** The counter's one big box: takes anything, typed or scanned. */
export function BigBox(props: BigBoxProps) {
  const { value, onChange, onSubmit, catchKeys, main } = props;
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  useImperativeHandle(props.handle, () => ({
    focus: () => {
      box.current?.focus();
      box.current?.select();
    },
  }));
  const { ready } = useShell();
  useEffect(() => {
    if (main) box.current?.focus();
  }, [main]);
  useEffect(() => {
    if (!main || !ready || reported) return;
    reported = true;
    requestAnimationFrame(() => mark('counter-usable'));
  }, [main, ready]);
  useEffect(() => {
    if (!catchKeys) return;
    const onKey = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || e.key.length !== 1 || elsewhere(document.activeElement)) return;
      // A list may choose by digits (data-digits): they stay there, letters come here.
      if (/^[1-9]$/.test(e.key) && document.activeElement?.closest('[data-digits]')) return;
      // Space and Enter on a focused button belong to the button.
      if (e.key === ' ' && document.activeElement instanceof HTMLButtonElement) return;
      box.current?.focus();
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [catchKeys]);
  return (
    <form
      className={css.big}
      onSubmit={(e) => {
        e.preventDefault();
        onSubmit(value.trim());
      }}
    >
      <label className="rg-hidden" htmlFor={id}>
        {props.label}
      </label>
      <div className={css.bigField}>
        {props.icon && (
          <span className={css.bigIcon} aria-hidden>
            {props.icon}
          </span>
        )}
        <input
          ref={box}
          id={id}
          type="text"
          value={value}
          onChange={(e) => onChange(e.currentTarget.value)}
          placeholder={props.placeholder}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          enterKeyHint="search"
          aria-describedby={props.hint ? `${id}-hint` : undefined}
          aria-busy={props.busy || undefined}
          data-big-box
        />
      </div>
      {props.hint && (
        <p className={css.bigHint} id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
    </form>
  );
}
