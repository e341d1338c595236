import type { ShopDay } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue } from '@renderer/strings/loyalty';
import { Dialog, ErrorNote, FieldStack, SelectField, TextField, toast } from '@renderer/ui';
import { useState } from 'react';

/** Rewards end: what becomes of what people have. */
export function OffDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(catalogue).offDialog;
  const off = useCommand('loyalty/off');
  const [use, setUse] = useState<'ever' | 'until'>('ever');
  const [day, setDay] = useState('');
  const ready = use === 'ever' || /^\d{4}-\d\d-\d\d$/.test(day);
  const run = async () => {
    if (!ready || !(await off.run({ useUntil: use === 'ever' ? null : (day as ShopDay) }))) return;
    toast({ title: w.done, tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      title={w.title}
      onClose={onClose}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button color="red" loading={off.busy} disabled={!ready} onClick={() => void run()}>
            {w.run}
          </Button>
        </>
      }
    >
      <FieldStack onSubmit={() => void run()}>
        <p>{w.body}</p>
        <ErrorNote error={off.error} />
        <SelectField
          label={w.use}
          value={use}
          onChange={setUse}
          options={[
            { value: 'ever', label: w.ever },
            { value: 'until', label: w.until },
          ]}
        />
        {use === 'until' && <TextField label={w.day} type="date" value={day} onChange={setDay} />}
      </FieldStack>
    </Dialog>
  );
}
