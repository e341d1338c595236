import { IconCheck } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import css from './table.module.css';

export interface MenuEntry {
  label: string;
  onClick: () => void;
  icon?: ReactNode;
  danger?: boolean;
  disabled?: boolean;
  /** A tick that is on or off. */
  checked?: boolean;
  keepOpen?: boolean;
}

/** A small menu at a point of the window; arrows, Enter, Esc. Opens upwards where there is no room below. */
export function ContextMenu({ x, y, entries, onClose }: { x: number; y: number; entries: readonly MenuEntry[]; onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState({ x, y });
  useLayoutEffect(() => {
    const r = box.current?.getBoundingClientRect();
    if (!r) return;
    setAt({
      x: Math.max(8, Math.min(x, window.innerWidth - r.width - 8)),
      y: Math.max(8, y + r.height > window.innerHeight - 8 ? y - r.height : y),
    });
    box.current?.querySelector<HTMLElement>('button:not(:disabled)')?.focus();
  }, [x, y]);
  useEffect(() => {
    const away = (e: PointerEvent) => {
      if (!(e.target instanceof Node && box.current?.contains(e.target))) onClose();
    };
    window.addEventListener('pointerdown', away, true);
    window.addEventListener('blur', onClose);
    return () => {
      window.removeEventListener('pointerdown', away, true);
      window.removeEventListener('blur', onClose);
    };
  }, [onClose]);
  const onKeyDown = (e: KeyboardEvent) => {
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>('button:not(:disabled)') ?? [])];
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    if (e.key === 'Escape' || e.key === 'Tab') onClose();
    else if (e.key === 'ArrowDown') buttons[(here + 1) % buttons.length]?.focus();
    else if (e.key === 'ArrowUp') buttons[(here - 1 + buttons.length) % buttons.length]?.focus();
    else if (e.key === 'Home') buttons[0]?.focus();
    else if (e.key === 'End') buttons.at(-1)?.focus();
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return createPortal(
    <div ref={box} className={css.menu} style={{ left: at.x, top: at.y }} role="menu" tabIndex={-1} onKeyDown={onKeyDown}>
      {entries.map((m) => (
        <button
          key={m.label}
          type="button"
          role={m.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
          {...(m.checked !== undefined && { 'aria-checked': m.checked })}
          disabled={m.disabled}
          data-danger={m.danger || undefined}
          onClick={() => {
            m.onClick();
            if (!m.keepOpen) onClose();
          }}
        >
          <span className={css.menuIcon} aria-hidden>
            {m.checked === undefined ? m.icon : m.checked && <IconCheck size={16} />}
          </span>
          {m.label}
        </button>
      ))}
    </div>,
    document.body,
  );
}
