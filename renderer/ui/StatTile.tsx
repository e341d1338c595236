import { type CSSProperties, type ReactNode, useId } from 'react';
import css from './small.module.css';

interface StatTileProps {
  /** What the number is: "Came in". */
  label: ReactNode;
  value: ReactNode;
  /** The number's meaning: "of 312 texted", or its range. */
  note?: ReactNode;
  tone?: 'plain' | 'good' | 'warn' | 'danger';
  loading?: boolean;
  onClick?: () => void;
}

/** One number with its meaning. Keeps its size while loading. */
export function StatTile({ label, value, note, tone = 'plain', loading, onClick }: StatTileProps) {
  const id = useId();
  const inside = (
    <>
      <span className={css.statLabel} id={id}>
        {label}
      </span>
      <span
        className={css.statValue}
        data-tone={tone}
        style={{ '--rg-letters': typeof value === 'string' ? value.length : 0 } as CSSProperties}
      >
        {loading ? <span className={css.statWait} /> : value}
      </span>
      <span className={css.statNote} data-empty={(!loading && note === undefined) || undefined}>
        {loading ? '\u00a0' : (note ?? '\u00a0')}
      </span>
    </>
  );
  if (onClick) {
    return (
      <button type="button" className={css.stat} onClick={onClick}>
        {inside}
      </button>
    );
  }
  return (
    <section className={css.stat} aria-labelledby={id}>
      {inside}
    </section>
  );
}

/** Tiles in one row with hairlines between them. */
export function StatRow({ children }: { children: ReactNode }) {
  return <div className={css.statRow}>{children}</div>;
}
