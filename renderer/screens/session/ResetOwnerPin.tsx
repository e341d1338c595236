import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import type { SessionState } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { session as words } from '@renderer/strings/session';
import { Dialog } from '@renderer/ui/Dialog';
import { FieldStack, SecretField, TextField } from '@renderer/ui/Fields';
import { ErrorNote } from '@renderer/ui/States';
import { useState } from 'react';

/** The printed recovery code sets a new owner PIN. */
export function ResetOwnerPin({ onDone, onClose }: { onDone: (s: SessionState) => void; onClose: () => void }) {
  const w = useWords(words).reset;
  const reset = useCommand('session/reset-owner-pin');
  const [code, setCode] = useState('');
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const short = !/^\d{4,8}$/.test(pin);
  const differ = pin !== again;
  const submit = async () => {
    setTried(true);
    if (short || differ || !code.trim()) return;
    const state = await reset.run({ recoveryCode: code.trim(), newPin: pin });
    if (state) onDone(state);
  };
  return (
    <Dialog open onClose={onClose} title={w.title} width={440}>
      <FieldStack onSubmit={() => void submit()}>
        <p>{w.body}</p>
        <ErrorNote error={reset.error} />
        <TextField label={w.code} value={code} onChange={setCode} placeholder="K7M4-…" autoFocus spellCheck={false} />
        <SecretField label={w.pin} value={pin} onChange={setPin} error={tried && short ? w.short : undefined} />
        <SecretField label={w.again} value={again} onChange={setAgain} error={tried && !short && differ ? w.differ : undefined} />
        <div style={{ display: 'flex', justifyContent: 'flex-end' }}>
          <Button type="submit" loading={reset.busy}>
            {w.save}
          </Button>
        </div>
      </FieldStack>
    </Dialog>
  );
}
