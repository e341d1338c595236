import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { Dialog, ErrorNote, FieldStack, Loaded, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './automations.module.css';
import { type One, useDaySay } from './say';
import { useClubs } from './useClubs';

/** "Tell them now": what came in, for the owner's own list; the club hears what its words say. */
export function TellNowDialog({ a, onClose }: { a: One; onClose: () => void }) {
  const w = useWords(catalogue).tell;
  const say = useDaySay();
  const club = useClubs();
  const told = useQuery('automations/arrivals', { id: a.id });
  const tell = useCommand('automations/tell-now');
  const [what, setWhat] = useState('');
  const submit = async () => {
    if (what.trim() === '' || !(await tell.run({ id: a.id, what }))) return;
    toast({ title: w.done, tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title(club(a.terms.topic))}
      actions={
        <Button loading={tell.busy} disabled={what.trim() === ''} onClick={() => void submit()}>
          {w.confirm}
        </Button>
      }
    >
      <FieldStack onSubmit={() => void submit()}>
        <p>{w.body}</p>
        <TextField label={w.what} hint={w.hint} value={what} maxLength={200} autoFocus onChange={setWhat} />
        <ErrorNote error={tell.error} />
      </FieldStack>
      <h3 className={css.before}>{w.before}</h3>
      <Loaded query={told} lines={2}>
        {(rows) =>
          rows.length === 0 ? (
            <p className={css.quiet}>{w.none}</p>
          ) : (
            <ul className={css.lines}>
              {rows.map((r) => (
                <li key={r.id}>
                  {r.what} <span className={css.quiet}>{say.dayAt(r.at)}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Dialog>
  );
}
