import type { ReactNode } from 'react';
import css from './small.module.css';

/** How far something is. `share` 0–1; null while the end is not known. */
export function ProgressLine({
  share,
  label,
  detail,
  tone = 'accent',
  titled = false,
}: {
  share: number | null;
  label: string;
  detail?: ReactNode;
  tone?: 'accent' | 'warn' | 'danger';
  /** A title above says already what the label says: it is for screen readers only. */
  titled?: boolean;
}) {
  const now = share === null ? undefined : Math.round(share * 100);
  return (
    <div className={css.progress}>
      <div className={css.progressWords}>
        {!titled && <span>{label}</span>}
        {(detail || titled) && <span className={css.progressDetail}>{detail ?? '\u00a0'}</span>}
      </div>
      <div
        className={css.progressTrack}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(now !== undefined && { 'aria-valuenow': now })}
      >
        <div
          className={css.progressBar}
          data-tone={tone}
          data-endless={share === null || undefined}
          style={share === null ? undefined : { width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
