import { useWords } from '@renderer/strings';
import { explain } from '@renderer/strings/explain';
import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import css from './how-counted.module.css';

/** One figure and what it counts, with its numbers filled in. */
export interface Explained {
  figure: string;
  says: string;
}

/**
 * "How is this counted?" of the figures above it: opens in place, and stands open on paper. A line is a sentence, or one figure explained.
 * Every panel with figures has one; nothing is drawn where there is nothing to explain.
 */
export function HowCounted({ lines, title }: { lines: readonly (string | Explained)[]; title?: string }) {
  const w = useWords(explain);
  const id = useId();
  const [open, setOpen] = useState(false);
  if (lines.length === 0) return null;
  // no <details>: a closed one cannot be printed open
  return (
    <div className={css.how}>
      <button type="button" className={css.ask} aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <IconChevronRight size={16} stroke={1.75} aria-hidden className={css.sign} />
        {title ?? w.title}
      </button>
      <ul id={id} className={css.lines} data-open={open || undefined}>
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
    </div>
  );
}
