import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { sources as catalogue } from '@renderer/strings/sources';
import { Chip, ConfirmDialog, Dialog, ErrorNote, Loaded, Note, Panel, TextField, toast, When } from '@renderer/ui';
import { useState } from 'react';
import { MappingEditor, mappingReady } from './MappingEditor';
import css from './sources.module.css';
import { useFile } from './useImports';

type Stored = Out<'sources/mappings'>[number];

/** What the owner said columns mean: looked at, changed, renamed, forgotten. */
export function Mappings() {
  const w = useWords(catalogue).mappings;
  const list = useQuery('sources/mappings', {});
  const [editing, setEditing] = useState<Stored | null>(null);
  const [forgetting, setForgetting] = useState<Stored | null>(null);
  const forget = useCommand('sources/mapping-forget');
  return (
    <Panel title={w.title} hint={w.hint} padding="flush">
      <ErrorNote error={forget.error} />
      <Loaded query={list} lines={3}>
        {(all) =>
          all.length === 0 ? (
            <p className={css.empty}>{w.none}</p>
          ) : (
            <ul className={css.list}>
              {all.map((m) => (
                <li key={m.fingerprint} className={css.item}>
                  <span className={css.words}>
                    <span className={css.head}>
                      <span className={css.name}>{m.name}</span>
                      <Chip>{w.kinds[m.mapping.kind]}</Chip>
                    </span>
                    <span className={css.quiet}>{namesOf(m, w.column).join(', ')}</span>
                    <span className={css.quiet}>
                      {m.usedAt === null ? (
                        w.never
                      ) : (
                        <>
                          {w.used} <When at={m.usedAt} near />
                        </>
                      )}
                      {m.imports > 0 && ` · ${w.imports(m.imports)}`}
                    </span>
                  </span>
                  <span className={css.side}>
                    <Button size="xs" variant="default" onClick={() => setEditing(m)} aria-label={`${w.edit}: ${m.name}`}>
                      {w.edit}
                    </Button>
                    <Button size="xs" variant="subtle" color="gray" onClick={() => setForgetting(m)} aria-label={`${w.forget}: ${m.name}`}>
                      {w.forget}
                    </Button>
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {editing && <Edit key={editing.fingerprint} stored={editing} onClose={() => setEditing(null)} />}
      <ConfirmDialog
        open={forgetting !== null}
        onClose={() => setForgetting(null)}
        title={w.forgetTitle(forgetting?.name ?? '')}
        confirm={w.forget}
        busy={forget.busy}
        onConfirm={async () => {
          if (forgetting) await forget.run({ fingerprint: forgetting.fingerprint });
          setForgetting(null);
        }}
      >
        <p>{w.forgetBody}</p>
      </ConfirmDialog>
    </Panel>
  );
}

/** The columns of the last such file, or numbers where their names are not known any more. */
function namesOf(m: Stored, numbered: (at: number) => string): string[] {
  if (m.columnNames.length) return m.columnNames;
  const last = Math.max(-1, ...Object.values(m.mapping.columns).flatMap((at) => at ?? []));
  return Array.from({ length: last + 1 }, (_, i) => numbered(i));
}

function Edit({ stored, onClose }: { stored: Stored; onClose: () => void }) {
  const w = useWords(catalogue).mappings;
  const save = useCommand('sources/mapping-save');
  const file = useFile();
  const [name, setName] = useState(stored.name);
  const [mapping, setMapping] = useState(stored.mapping);
  const columns = namesOf(stored, w.column).map((n, index) => ({ index, name: n, samples: [] }));
  const done = async () => {
    if (!(await save.run({ fingerprint: stored.fingerprint, name, mapping }))) return;
    toast({ title: w.saved, body: w.savedBody, tone: 'good', action: { label: w.again, onClick: () => void file.pick() } });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.editTitle(stored.name)}
      width={860}
      actions={
        <Button onClick={() => void done()} loading={save.busy} disabled={!mappingReady(mapping) || !name.trim()}>
          {w.save}
        </Button>
      }
    >
      <div className={css.stack}>
        <ErrorNote error={save.error} />
        <Note>{w.past}</Note>
        <TextField label={w.rename} value={name} maxLength={60} onChange={setName} />
        {stored.columnNames.length === 0 && <p className={css.quiet}>{w.noNames}</p>}
        <MappingEditor columns={columns} mapping={mapping} onChange={setMapping} guess={null} />
      </div>
    </Dialog>
  );
}
