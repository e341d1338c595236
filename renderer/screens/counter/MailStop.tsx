import type { CustomerId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { mailCounter } from '@renderer/strings/mail-counter';
import { Dialog, ErrorNote, Rows, toast } from '@renderer/ui';
import { IconMailOff } from '@tabler/icons-react';
import { useState } from 'react';
import css from './counter.module.css';

/** "Please, no more mails": one step at the counter, beside that for texts. */
export function MailStop({ customerId, who }: { customerId: CustomerId; who: string }) {
  const w = useWords(mailCounter);
  const [open, setOpen] = useState(false);
  const stop = useCommand('mail/stop-person');
  const go = async () => {
    if (!(await stop.run({ customerId }))) return;
    toast({ title: w.done, tone: 'good' });
    setOpen(false);
  };
  return (
    <>
      <Button
        size="md"
        variant="default"
        className={css.touch ?? ''}
        leftSection={<IconMailOff size={20} stroke={1.6} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {w.button}
      </Button>
      {open && (
        <Dialog open width={640} onClose={() => setOpen(false)} title={w.title(who)}>
          <Rows gap={16}>
            <p>{w.body}</p>
            <Button size="lg" className={css.touch ?? ''} color="brick" loading={stop.busy} onClick={() => void go()} data-autofocus>
              {w.go}
            </Button>
            <ErrorNote error={stop.error} />
          </Rows>
        </Dialog>
      )}
    </>
  );
}
