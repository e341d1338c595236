import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { IconCheck } from '@tabler/icons-react';
import css from './wizard.module.css';

export type Step = 'file' | 'check' | 'import' | 'done';
const ALL: readonly Step[] = ['file', 'check', 'import', 'done'];

/** Where one stands between the file and its report. */
export function Steps({ at }: { at: Step }) {
  const w = useWords(catalogue).steps;
  const now = ALL.indexOf(at);
  return (
    <ol className={css.steps} aria-label={w.label}>
      {ALL.map((step, i) => (
        <li
          key={step}
          data-state={i < now || at === 'done' ? 'over' : i === now ? 'now' : 'ahead'}
          {...(i === now && { 'aria-current': 'step' })}
        >
          <span className={css.stepSign} aria-hidden>
            {i < now || at === 'done' ? <IconCheck size={14} stroke={2.4} /> : i + 1}
          </span>
          {w[step]}
        </li>
      ))}
    </ol>
  );
}
