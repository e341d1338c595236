import { Button } from '@mantine/core';
import { call } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { restore as words } from '@renderer/strings/restore';
import { Dialog } from '@renderer/ui/Dialog';
import { FieldStack, TextField } from '@renderer/ui/Fields';
import { ProgressLine } from '@renderer/ui/ProgressLine';
import { ErrorNote } from '@renderer/ui/States';
import { useState } from 'react';
import css from './restore.module.css';

/** What moving means, where the file goes, the code that will open it there. Ends with this computer read-only. */
export function MoveDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(words).move;
  const move = useCommand('restore/move-out');
  const [folder, setFolder] = useState<string | null>(null);
  const [code, setCode] = useState('');
  const [understood, setUnderstood] = useState(false);
  const choose = async () => {
    const picked = await call('shell/pick-folder', {}).catch(() => null);
    if (picked) setFolder(picked.path);
  };
  const ready = folder !== null && code.trim() !== '';
  const run = async () => {
    if (!ready || folder === null) return;
    if (await move.run({ folder, recoveryCode: code.trim() })) onClose();
  };
  return (
    <Dialog
      open
      onClose={move.busy ? () => {} : onClose}
      title={w.title}
      width={580}
      actions={
        understood ? (
          <Button color="brick" disabled={!ready} loading={move.busy} onClick={() => void run()}>
            {w.confirm}
          </Button>
        ) : (
          <Button onClick={() => setUnderstood(true)}>{w.next}</Button>
        )
      }
    >
      {understood ? (
        <FieldStack onSubmit={() => void run()}>
          <div>
            <p className={css.label}>{w.folder}</p>
            {folder !== null && <p className={css.path}>{folder}</p>}
            <Button variant="default" size="xs" disabled={move.busy} onClick={() => void choose()}>
              {folder === null ? w.choose : w.change}
            </Button>
          </div>
          <TextField
            label={w.code}
            hint={w.codeHint}
            value={code}
            onChange={(typed) => {
              setCode(typed);
              move.reset();
            }}
            placeholder="K7M4-…"
            spellCheck={false}
            disabled={move.busy}
          />
          {move.busy && <ProgressLine share={null} label={w.working} />}
          <ErrorNote error={move.error} />
        </FieldStack>
      ) : (
        <ol className={css.plainList}>
          {w.what.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}
