import { Button } from '@mantine/core';
import { call } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { restore as words } from '@renderer/strings/restore';
import { FieldStack, TextField } from '@renderer/ui/Fields';
import { ProgressLine } from '@renderer/ui/ProgressLine';
import { ErrorNote, Note } from '@renderer/ui/States';
import { useState } from 'react';
import onboarding from '../onboarding/onboarding.module.css';
import css from './restore.module.css';

/** The first steps of a computer whose shop exists already: its file, and the code that opens it. */
export function ArriveStep({ onBack }: { onBack: () => void }) {
  const w = useWords(words).arrive;
  const arrive = useCommand('restore/arrive');
  const [file, setFile] = useState<{ path: string; name: string } | null>(null);
  const [code, setCode] = useState('');
  const choose = async () => {
    const picked = await call('shell/pick-file', { kind: 'shop' }).catch(() => null);
    if (picked) setFile(picked);
  };
  const run = () => {
    if (file && code.trim()) void arrive.run({ path: file.path, recoveryCode: code.trim() });
  };
  return (
    <FieldStack onSubmit={run}>
      <h1 className={onboarding.title}>{w.title}</h1>
      <p className={onboarding.lead}>{w.body}</p>
      <div>
        <p className={css.label}>{w.file}</p>
        {file && <p className={css.path}>{file.path}</p>}
        <Button variant="default" disabled={arrive.busy} onClick={() => void choose()}>
          {file ? w.change : w.choose}
        </Button>
      </div>
      {file?.name.endsWith('.sqlite') && <Note tone="warn">{w.plain}</Note>}
      <TextField
        label={w.code}
        hint={w.codeHint}
        value={code}
        onChange={(typed) => {
          setCode(typed);
          arrive.reset();
        }}
        placeholder="K7M4-…"
        spellCheck={false}
        disabled={arrive.busy}
      />
      {arrive.busy && <ProgressLine share={null} label={w.working} />}
      <ErrorNote error={arrive.error} />
      <div className={onboarding.buttons}>
        <Button variant="default" disabled={arrive.busy} onClick={onBack}>
          {w.back}
        </Button>
        <Button type="submit" disabled={!file || !code.trim()} loading={arrive.busy}>
          {w.open}
        </Button>
      </div>
    </FieldStack>
  );
}
