import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { type Column, Count, DataTable, Panel, toast } from '@renderer/ui';
import { useMemo, useState } from 'react';
import type { Report } from './import.ui';
import { saveRejected } from './useImports';

type Kind = 'rejected' | 'note';
interface Problem {
  row: number;
  column: string;
  reason: string;
  values: string[] | null;
}

/** Rows that were not taken, with row number, column and reason; then rows taken with something left out. */
export function Problems({ report }: { report: Report }) {
  const c = report.counts;
  if (!c || report.state === 'undone') return null;
  return (
    <>
      {c.rejected > 0 && <List report={report} kind="rejected" total={c.rejected} />}
      {c.notes > 0 && <List report={report} kind="note" total={c.notes} />}
    </>
  );
}

function List({ report, kind, total }: { report: Report; kind: Kind; total: number }) {
  const w = useWords(catalogue).problems;
  const list = useQuery('imports/problems', { id: report.id, kind, offset: 0, limit: 200 }, { topics: [] });
  const [busy, setBusy] = useState(false);
  const columns = useMemo<Column<Problem>[]>(() => {
    const base: Column<Problem>[] = [
      { key: 'row', title: w.row, width: '90px', align: 'right', render: (p) => <Count n={p.row} />, text: (p) => String(p.row) },
      { key: 'column', title: w.column, width: 'minmax(120px, 1fr)', render: (p) => p.column || '–', text: (p) => p.column },
      {
        key: 'why',
        title: w.why,
        width: 'minmax(220px, 2fr)',
        render: (p) => w.reasons[p.reason] ?? p.reason,
        text: (p) => w.reasons[p.reason] ?? p.reason,
      },
    ];
    const values: Column<Problem> = {
      key: 'values',
      title: w.values,
      width: 'minmax(200px, 2fr)',
      render: (p) => (p.values ?? []).filter(Boolean).slice(0, 6).join(' · '),
    };
    return kind === 'rejected' ? [...base, values] : base;
  }, [w, kind]);
  const save = () => {
    setBusy(true);
    saveRejected(report.id, w.reasons)
      .then((saved) => saved && toast({ title: w.saved }))
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <Panel
      title={kind === 'rejected' ? w.rejected : w.notes}
      hint={kind === 'rejected' ? w.rejectedHint : w.notesHint}
      padding="flush"
      action={
        kind === 'rejected' ? (
          <Button variant="default" onClick={save} loading={busy}>
            {w.save}
          </Button>
        ) : undefined
      }
    >
      <DataTable
        bare
        label={kind === 'rejected' ? w.rejected : w.notes}
        columns={columns}
        rows={list.data}
        rowKey={(p) => `${p.row}-${p.column}-${p.reason}`}
        loading={list.loading}
        error={list.error}
        onRetry={list.refetch}
        height={Math.min(360, 41 + 44 * Math.min(total, 200))}
      />
      {total > 200 && kind === 'rejected' && <p style={{ padding: '12px 16px' }}>{w.more(total)}</p>}
    </Panel>
  );
}
