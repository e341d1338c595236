import { useWords } from '@renderer/strings';
import { explain } from '@renderer/strings/explain';
import css from './how-counted.module.css';

/** One figure and what it counts, with its numbers filled in. */
export interface Explained {
  figure: string;
  says: string;
}

/**
 * "How is this counted?" of the figures above it: opens in place, and is open on paper. A line is a sentence, or one figure explained.
 * Every panel with figures has one; nothing is drawn where there is nothing to explain.
 */
export function HowCounted({ lines, title }: { lines: readonly (string | Explained)[]; title?: string }) {
  const w = useWords(explain);
  if (lines.length === 0) return null;
  return (
    <details className={css.how}>
      <summary className={css.ask}>{title ?? w.title}</summary>
      <ul className={css.lines}>
        {lines.map((l) =>
          typeof l === 'string' ? (
            <li key={l}>{l}</li>
          ) : (
            <li key={l.figure}>
              <strong className={css.figure}>{l.figure}.</strong> {l.says}
            </li>
          ),
        )}
      </ul>
    </details>
  );
}
