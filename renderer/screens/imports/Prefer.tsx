import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { prefer as catalogue } from '@renderer/strings/prefer';
import { ErrorNote, Note, Panel, SelectField } from '@renderer/ui';
import { useState } from 'react';
import css from './attest.module.css';
import type { Decisions } from './import.ui';
import { useFile } from './useImports';

type Prefer = NonNullable<Decisions['prefer']>;
type Column = keyof Prefer;
type How = 'usual' | 'fill' | 'file';

/** What the owner calls one field, and the columns it stands for. */
const GROUPS = {
  name: ['first_name', 'last_name'],
  company: ['company'],
  phone: ['phone'],
  email: ['email'],
  birthday: ['birthday'],
  address: ['street', 'city', 'region', 'postal_code', 'country'],
  note: ['note'],
} as const satisfies Record<string, readonly Column[]>;
type Group = keyof typeof GROUPS;

const chosenIn = (p: Prefer): Record<Group, How> =>
  Object.fromEntries(Object.entries(GROUPS).map(([g, columns]) => [g, p[columns[0]] ?? 'usual'])) as Record<Group, How>;

function preferOf(chosen: Record<Group, How>): Prefer {
  const out: Prefer = {};
  for (const [g, columns] of Object.entries(GROUPS) as [Group, readonly Column[]][]) {
    const how = chosen[g];
    if (how !== 'usual') for (const c of columns) out[c] = how;
  }
  return out;
}

/** For a list of customers, before it is imported: which fields of known people it may replace. Remembered for the till. */
export function Prefer({ importId }: { importId: number }) {
  const w = useWords(catalogue);
  const report = useQuery('imports/report', { id: importId as never }, { topics: ['imports'] });
  const file = useFile();
  const r = report.data;
  const now = chosenIn(r?.decisions.prefer ?? {});
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState<Record<Group, How> | null>(null);
  if (r?.kind !== 'customers') return null;
  const chosen = draft ?? now;
  const groups = Object.keys(GROUPS) as Group[];
  const changed = groups.some((g) => chosen[g] !== now[g]);
  const { path } = r;
  const check = () => path && void file.check(path, r.mapping, { ...r.decisions, prefer: preferOf(chosen) });
  const set = groups.filter((g) => now[g] !== 'usual');
  return (
    <Panel
      title={w.title}
      hint={w.hint(r.till || w.thisList)}
      action={
        <Button size="xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? w.close : w.change}
        </Button>
      }
    >
      {!open && (
        <p className={css.quiet}>
          {set.length === 0 ? w.explain.usual : set.map((g) => w.set(w.fields[g], now[g] === 'fill' ? w.fill : w.file)).join(' · ')}
        </p>
      )}
      {open && (
        <>
          <div className={css.prefer}>
            {groups.map((g) => (
              <SelectField
                key={g}
                label={w.fields[g]}
                value={chosen[g]}
                onChange={(how) => setDraft({ ...chosen, [g]: how })}
                options={[
                  { value: 'usual', label: w.usual },
                  { value: 'fill', label: w.fill },
                  { value: 'file', label: w.file },
                ]}
              />
            ))}
          </div>
          <ul className={css.explain}>
            <li>{w.explain.usual}</li>
            <li>{w.explain.fill}</li>
            <li>{w.explain.file}</li>
          </ul>
          {chosen.phone === 'file' && <Note tone="info">{w.phoneNote}</Note>}
          <ErrorNote error={file.error} />
          {path ? (
            <div className={css.actions}>
              <Button variant="default" onClick={check} disabled={!changed} loading={file.busy}>
                {w.check}
              </Button>
            </div>
          ) : (
            <Note>{w.again}</Note>
          )}
        </>
      )}
    </Panel>
  );
}
