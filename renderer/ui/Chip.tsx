import type { ReactNode } from 'react';
import css from './small.module.css';

export type ChipTone = 'neutral' | 'good' | 'info' | 'warn' | 'danger';

/** A small label; `dot` for states. The words carry the meaning, the colour only repeats it. */
export function Chip({ tone = 'neutral', dot, children }: { tone?: ChipTone; dot?: boolean; children: ReactNode }) {
  return (
    <span className={css.chip} data-tone={tone}>
      {dot && <span className={css.dot} aria-hidden />}
      {children}
    </span>
  );
}

/** The state of something, from a table `state → { label, tone }` that its screen keeps beside its words. */
export function StateBadge<S extends string>({ state, states }: { state: S; states: Record<S, { label: string; tone: ChipTone }> }) {
  const s = states[state];
  return (
    <Chip tone={s.tone} dot>
      {s.label}
    </Chip>
  );
}
