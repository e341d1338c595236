import type { OutboxId } from '@domain/kernel';
import { ActionIcon } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { texts as words } from '@renderer/strings/texts';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { HistoryDialog } from './HistoryDialog';

/** Beside a text anywhere: its story from queue to receipt. */
export function HistoryButton({ id }: { id: OutboxId }) {
  const { title } = useWords(words).history;
  const [open, setOpen] = useState(false);
  return (
    <>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={title} title={title} onClick={() => setOpen(true)}>
        <IconHistory size={18} stroke={1.6} aria-hidden />
      </ActionIcon>
      {open && <HistoryDialog id={id} onClose={() => setOpen(false)} />}
    </>
  );
}
