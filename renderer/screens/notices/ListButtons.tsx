import { Button } from '@mantine/core';
import { call, toApiError, useCommand } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { notices as catalogue } from '@renderer/strings/notices';
import { ErrorNote, toast } from '@renderer/ui';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import css from './notices.module.css';

/** The list of those who cannot be texted: as a file, or on paper once it is sent. */
export function ListButtons({ id, printable }: { id: number; printable?: boolean }) {
  const w = useWords(catalogue);
  const file = useCommand('notices/file');
  const [failed, setFailed] = useState<unknown>();
  const save = async () => {
    setFailed(undefined);
    const made = await file.run({ id, words: w.reasons });
    if (!made) return;
    try {
      const done = await call('shell/save-text', { name: made.name, text: made.text });
      if (done) toast({ title: w.list.saved, tone: 'good' });
    } catch (e) {
      setFailed(toApiError(e));
    }
  };
  return (
    <div className={css.buttons}>
      <Button
        variant="default"
        leftSection={<IconDownload size={18} stroke={1.75} aria-hidden />}
        loading={file.busy}
        onClick={() => void save()}
      >
        {w.list.save}
      </Button>
      {printable && (
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />}
          onClick={() => go({ screen: 'notices', id, print: true })}
        >
          {w.list.print}
        </Button>
      )}
      <ErrorNote error={file.error ?? failed} />
    </div>
  );
}
