import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { restore as words } from '@renderer/strings/restore';
import { CheckField } from '@renderer/ui/Fields';
import { Panel } from '@renderer/ui/Screen';
import { ErrorNote } from '@renderer/ui/States';
import { useState } from 'react';
import css from './restore.module.css';

/** The move never happened: what taking the shop back means, and the word that the other computer never had it. */
export function TakeBack() {
  const w = useWords(words).retired;
  const take = useCommand('restore/take-back');
  const [sure, setSure] = useState(false);
  return (
    <Panel title={w.takeTitle} tone="warn">
      <div className={css.stack}>
        <ul className={css.plainList}>
          {w.takeBody.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        <CheckField label={w.takeCheck} checked={sure} onChange={setSure} />
        <ErrorNote error={take.error} />
        <div className={css.buttons}>
          <Button color="brick" disabled={!sure} loading={take.busy} onClick={() => void take.run({})}>
            {w.take}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
