import { call } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { print } from '@renderer/strings/print';
import { toast } from '@renderer/ui/toast';
import { CsvButton } from '../screens/reports/campaign/CsvButton';
import { tableFile } from './csv';

/** A table of figures as a file: `rows` as plain cells, with the money and the clock they speak in added to each. */
export function SaveTable(p: { of?: string; name: string; head: readonly string[]; rows: readonly (readonly string[])[] }) {
  const w = useWords(print).save;
  const { shop } = useShell();
  const save = async () => {
    const done = await call('shell/save-text', { name: p.name, text: tableFile(p.head, p.rows, shop) });
    if (done) toast({ title: w.saved(done.path), tone: 'good' });
  };
  return <CsvButton {...(p.of && { of: p.of })} onSave={save} />;
}
