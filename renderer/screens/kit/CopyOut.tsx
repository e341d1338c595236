import { Button } from '@mantine/core';
import { call } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { shell as words } from '@renderer/strings/shell';
import { toast } from '@renderer/ui';
import { IconCopy } from '@tabler/icons-react';

/** Copies a piece, and notes that it left the computer with these words. */
export function CopyOut({ text, label, onCopied }: { text: string; label: string; onCopied: () => void }) {
  const w = useWords(words);
  const copy = async () => {
    await call('shell/copy', { text });
    onCopied();
    toast({ title: w.copied, tone: 'good' });
  };
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconCopy size={16} stroke={1.75} aria-hidden />}
      onClick={() => void copy().catch(() => undefined)}
    >
      {label}
    </Button>
  );
}
