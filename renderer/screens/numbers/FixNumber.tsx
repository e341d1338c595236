import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { numbers as catalogue } from '@renderer/strings/numbers';
import { Dialog, ErrorNote, FieldStack, Note, TextField, toast } from '@renderer/ui';
import { phone as showPhone } from '@renderer/ui/format';
import { useState } from 'react';
import { type CannotRow, nameOf } from './CannotTextScreen';
import css from './numbers.module.css';

/** One field: the number as they say it now. */
export function FixNumber({ row, onClose }: { row: CannotRow; onClose: () => void }) {
  const all = useWords(catalogue);
  const w = all.fix;
  const [number, setNumber] = useState(row.phone === null ? (row.phoneRaw ?? '') : '');
  const save = useCommand('customers/save');
  const bad = save.error?.code === 'customer.bad-phone';
  const taken = save.error?.code === 'customer.same-number';
  const submit = async (sharedNumber = false) => {
    if (!(await save.run({ id: row.id, fields: { phone: number }, sharedNumber }))) return;
    toast({ title: w.saved, tone: 'good' });
    onClose();
  };
  const was = row.phone === null ? row.phoneRaw : showPhone(row.phone);
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title(nameOf(row, all.unnamed))}
      actions={
        <Button loading={save.busy} disabled={number.trim() === ''} onClick={() => void submit()}>
          {w.save}
        </Button>
      }
    >
      <FieldStack onSubmit={() => void submit()}>
        {was !== null && <p className={css.quiet}>{w.was(was)}</p>}
        {taken && (
          <Note
            tone="warn"
            role="alert"
            title={w.same}
            action={
              <Button size="xs" variant="default" onClick={() => void submit(true)}>
                {w.keepBoth}
              </Button>
            }
          />
        )}
        {!bad && !taken && <ErrorNote error={save.error} />}
        <TextField
          label={w.field}
          hint={w.hint}
          value={number}
          onChange={setNumber}
          error={bad ? w.bad : undefined}
          autoFocus
          maxLength={40}
        />
      </FieldStack>
    </Dialog>
  );
}
