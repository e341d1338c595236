import type { Paper } from '@contract/papers';
import { Button } from '@mantine/core';
import { call } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { print } from '@renderer/strings/print';
import { toast } from '@renderer/ui/toast';
import { toastError } from '@renderer/ui/toast-error';
import { IconFileTypePdf, IconTableExport } from '@tabler/icons-react';
import { useState } from 'react';
import { paperCsv } from './csv';

/** The two ways a page of figures leaves: as a PDF of its own layout, and as a file for a spreadsheet. Both are made of one paper. */
export function SavePaper({ load }: { load: () => Promise<Paper> }) {
  const w = useWords(print).save;
  const [busy, setBusy] = useState<'pdf' | 'csv' | null>(null);
  const save = async (how: 'pdf' | 'csv') => {
    setBusy(how);
    try {
      const paper = await load();
      const done = await (how === 'pdf' ? call('shell/save-paper', { paper }) : call('shell/save-text', paperCsv(paper)));
      if (done) toast({ title: w.saved(done.path), tone: 'good' });
    } catch (e) {
      toastError(e);
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <Button
        variant="default"
        loading={busy === 'csv'}
        leftSection={<IconTableExport size={18} stroke={1.75} aria-hidden />}
        onClick={() => void save('csv')}
      >
        {w.csv}
      </Button>
      <Button
        variant="default"
        loading={busy === 'pdf'}
        leftSection={<IconFileTypePdf size={18} stroke={1.75} aria-hidden />}
        onClick={() => void save('pdf')}
      >
        {w.pdf}
      </Button>
    </>
  );
}
