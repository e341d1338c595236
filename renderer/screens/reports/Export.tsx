import { Button } from '@mantine/core';
import { call, toApiError, useShell } from '@renderer/api';
import { errorWords } from '@renderer/strings/errors';
import type { ReportWords } from '@renderer/strings/reports';
import { toast } from '@renderer/ui';
import { IconFileTypePdf, IconTableExport } from '@tabler/icons-react';
import css from './reports.module.css';

export async function savePdf(w: ReportWords, name: string): Promise<void> {
  const saved = await call('shell/save-pdf', { name });
  if (saved) toast({ title: w.results.saved(saved.path), tone: 'good' });
}

export async function saveCsv(w: ReportWords, name: string, text: string): Promise<void> {
  const saved = await call('shell/save-text', { name, text });
  if (saved) toast({ title: w.results.saved(saved.path), tone: 'good' });
}

/** The two ways a page of results leaves: as it looks, and as figures. */
export function Export({ words: w, onPdf, onCsv }: { words: ReportWords; onPdf: () => Promise<void>; onCsv: () => Promise<void> }) {
  const failed = (e: unknown) => {
    const { code, params } = toApiError(e);
    const said = errorWords(code, params, 'en');
    toast({ title: said.title, body: said.next, tone: 'danger' });
  };
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTableExport size={18} stroke={1.75} aria-hidden />}
        onClick={() => void onCsv().catch(failed)}
      >
        {w.results.csv}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileTypePdf size={18} stroke={1.75} aria-hidden />}
        onClick={() => void onPdf().catch(failed)}
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
