import { Button } from '@mantine/core';
import { call, useShell } from '@renderer/api';
import type { ReportWords } from '@renderer/strings/reports';
import { toast, toastError } from '@renderer/ui';
import { IconFileTypePdf, IconTableExport } from '@tabler/icons-react';
import css from './reports.module.css';

/** The window as it stands, as a PDF where the owner says; nothing when they think better of it. */
export async function savePdf(w: ReportWords, name: string): Promise<void> {
  const saved = await call('shell/save-pdf', { name });
  if (saved) toast({ title: w.results.saved(saved.path), tone: 'good' });
}

/** A table as a file where the owner says. */
export async function saveCsv(w: ReportWords, name: string, text: string): Promise<void> {
  const saved = await call('shell/save-text', { name, text });
  if (saved) toast({ title: w.results.saved(saved.path), tone: 'good' });
}

/** The two ways a page of results leaves: as it looks, and as figures. */
export function Export({ words: w, onPdf, onCsv }: { words: ReportWords; onPdf: () => Promise<void>; onCsv: () => Promise<void> }) {
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTableExport size={18} stroke={1.75} aria-hidden />}
        onClick={() => void onCsv().catch(toastError)}
      >
        {w.results.csv}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileTypePdf size={18} stroke={1.75} aria-hidden />}
        onClick={() => void onPdf().catch(toastError)}
      >
        {w.results.pdf}
      </Button>
    </>
  );
}

/** On paper also says whose results these are. */
export function OfShop({ children }: { children: string }) {
  const { shop } = useShell();
  return (
    <>
      {children}
      <span className={css.onPaper}> · {shop.name}</span>
    </>
  );
}
