import { Button } from '@mantine/core';
import { ApiError } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { FieldStack, SecretField, TextField } from '@renderer/ui/Fields';
import { ErrorNote } from '@renderer/ui/States';
import { useState } from 'react';
import css from './frame.module.css';
import type { Boot } from './useBoot';

/** Before the shop is open: the passphrase where the computer has no keyring, or why it could not be opened. */
export function StartScreens({ boot }: { boot: Boot }) {
  const keysMissing = boot.errorCode === 'secrets.unavailable' || boot.errorCode === 'secrets.wrong-recovery-code';
  if (boot.backend === 'failed' && keysMissing) return <Recovery problem={boot.errorCode} />;
  if (boot.backend === 'needs-passphrase') return <Passphrase fresh={boot.vault === 'new'} problem={boot.errorCode} />;
  return <Failed boot={boot} />;
}

function Failed({ boot }: { boot: Boot }) {
  const w = useWords(words);
  const restart = useCommand('shell/restart-backend');
  const mend = useCommand('shell/restore-newest-backup');
  const newest = boot.errorCode === 'shop.corrupt' || boot.errorCode === 'shop.gone' ? Number(boot.errorParams['newest'] ?? 0) : 0;
  return (
    <main className={css.center}>
      <div className={css.card}>
        <h1>{w.start.failed}</h1>
        <ErrorNote error={mend.error ?? restart.error ?? new ApiError(boot.errorCode ?? 'bug')} />
        {newest > 0 && boot.errorCode === 'shop.corrupt' && <p>{w.start.mendHint}</p>}
        <div className={css.buttons}>
          {newest > 0 && (
            <Button loading={mend.busy} onClick={() => void mend.run({})}>
              {w.start.mend(new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(newest))}
            </Button>
          )}
          <Button variant={newest > 0 ? 'default' : 'filled'} loading={restart.busy} onClick={() => void restart.run({})}>
            {w.tryAgain}
          </Button>
        </div>
      </div>
    </main>
  );
}

/** The shop file is here but its keys are not (another computer, a new disk): the printed code brings them back. */
function Recovery({ problem }: { problem: Boot['errorCode'] }) {
  const w = useWords(words);
  const restore = useCommand('shell/restore-keys');
  const [code, setCode] = useState('');
  return (
    <main className={css.center}>
      <div className={css.card}>
        <h1>{w.start.recoveryTitle}</h1>
        <p>{w.start.recoveryHint}</p>
        <ErrorNote error={restore.error ?? (problem === 'secrets.wrong-recovery-code' ? new ApiError(problem) : undefined)} />
        <FieldStack onSubmit={() => code.trim() && void restore.run({ recoveryCode: code.trim() })}>
          <TextField label={w.start.recoveryCode} value={code} onChange={setCode} placeholder="K7M4-…" autoFocus spellCheck={false} />
          <div className={css.buttons}>
            <Button type="submit" loading={restore.busy}>
              {w.start.open}
            </Button>
          </div>
        </FieldStack>
      </div>
    </main>
  );
}

function Passphrase({ fresh, problem }: { fresh: boolean; problem: Boot['errorCode'] }) {
  const w = useWords(words);
  const unlock = useCommand('shell/unlock-vault');
  const [text, setText] = useState('');
  const [again, setAgain] = useState('');
  const [complaint, setComplaint] = useState('');
  const submit = () => {
    if (fresh && text.length < 8) setComplaint(w.start.passphraseShort);
    else if (fresh && text !== again) setComplaint(w.start.passphraseDiffer);
    else if (text) {
      setComplaint('');
      void unlock.run({ passphrase: text });
    }
  };
  return (
    <main className={css.center}>
      <div className={css.card}>
        <h1>{fresh ? w.start.newPassphraseTitle : w.start.passphraseTitle}</h1>
        <p>{fresh ? w.start.newPassphraseHint : w.start.passphraseHint}</p>
        {problem && problem !== 'secrets.unavailable' && !unlock.error && <ErrorNote error={new ApiError(problem)} />}
        <ErrorNote error={unlock.error} />
        <FieldStack onSubmit={submit}>
          <SecretField
            label={w.start.passphrase}
            value={text}
            onChange={setText}
            autoFocus
            error={fresh && complaint === w.start.passphraseShort ? complaint : undefined}
          />
          {fresh && (
            <SecretField
              label={w.start.passphraseAgain}
              value={again}
              onChange={setAgain}
              error={complaint === w.start.passphraseDiffer ? complaint : undefined}
            />
          )}
          <div className={css.buttons}>
            <Button type="submit" loading={unlock.busy}>
              {w.start.open}
            </Button>
          </div>
        </FieldStack>
      </div>
    </main>
  );
}
