import { Button } from '@mantine/core';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Note } from '@renderer/ui';
import type { Report } from './import.ui';
import css from './imports.module.css';

/** What an undo left: nothing, or the rows that were used since. */
export function Undone({ report: r }: { report: Report }) {
  const w = useWords(catalogue).plan;
  const kept = r.counts?.kept ?? [];
  return (
    <Note tone={kept.length ? 'warn' : 'good'} role="status" title={w.undone}>
      <p>{w.undoneBody}</p>
      {kept.length > 0 && (
        <>
          <p>{w.kept(r.counts?.keptTotal ?? kept.length)}</p>
          <ul className={css.list}>
            {kept.slice(0, 20).map((k) => (
              <li key={`${k.what}${k.id}`}>
                {k.what === 'person' ? (
                  <Button variant="subtle" size="compact-sm" onClick={() => go({ screen: 'customers', id: k.id })}>
                    {`${w.person} ${k.id}`}
                  </Button>
                ) : (
                  `${w.sale} ${k.id}`
                )}
                {' · '}
                {w.keptWhy[k.why] ?? k.why}
              </li>
            ))}
          </ul>
        </>
      )}
    </Note>
  );
}
