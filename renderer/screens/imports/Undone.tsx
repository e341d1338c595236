import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Note } from '@renderer/ui';
import { fullName } from '../customers/words';
import type { Report } from './import.ui';
import css from './imports.module.css';

type Kept = NonNullable<Report['counts']>['kept'][number];
/** People one would want to look at one by one; more are counted. */
const NAMED = 12;

/** What an undo left: nothing, or the rows that were used since, by what happened to them. */
export function Undone({ report: r }: { report: Report }) {
  const w = useWords(catalogue).plan;
  const kept = r.counts?.kept ?? [];
  const total = r.counts?.keptTotal ?? kept.length;
  const groups = new Map<string, Kept[]>();
  for (const k of kept) {
    const key = `${k.what} ${k.why}`;
    groups.set(key, [...(groups.get(key) ?? []), k]);
  }
  return (
    <Note tone={kept.length ? 'warn' : 'good'} role="status" title={w.undone}>
      <p>{kept.length ? w.undoneRest : w.undoneBody}</p>
      {r.alsoToldBy.length > 0 && <p>{w.alsoTold(r.alsoToldBy)}</p>}
      {kept.length > 0 && (
        <>
          <p>{w.kept(total)}</p>
          <ul className={css.list}>
            {[...groups].map(([key, rows]) => (
              <li key={key}>
                {w.keptGroup(rows.length, rows[0]?.what === 'person', w.keptWhy[rows[0]?.why ?? ''] ?? rows[0]?.why ?? '')}
                {rows[0]?.what === 'person' && rows.slice(0, NAMED).map((k) => <KeptPerson key={k.id} id={k.id} />)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Note>
  );
}

/** By name, once it is known. */
function KeptPerson({ id }: { id: number }) {
  const w = useWords(catalogue);
  const person = useQuery('customers/get', { id: id as never });
  const c = person.data?.customer;
  return (
    <Button variant="subtle" size="compact-sm" onClick={() => go({ screen: 'customers', id })}>
      {c ? fullName(c) || w.examples.nameless : w.plan.person}
    </Button>
  );
}
