import { Button } from '@mantine/core';
import { call } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { type Column, Count, DataTable, toast } from '@renderer/ui';
import { useMemo, useState } from 'react';
import type { Report } from './import.ui';
import { saveRejected } from './useImports';
import css from './wizard.module.css';

type Kind = 'rejected' | 'note';
interface Problem {
  row: number;
  column: string;
  reason: string;
  values: string[] | null;
}

/** Rows that were not taken, with row number, column and reason; or rows taken with something left out. */
export function ProblemList({ report, kind, total }: { report: Report; kind: Kind; total: number }) {
  const w = useWords(catalogue).problems;
  const { id, state } = report;
  const pages = usePages<Problem>(
    `${id}-${state}-${kind}`,
    async (page) => ({ rows: await call('imports/problems', { id, kind, ...page }), total }),
    [],
  );
  const [busy, setBusy] = useState(false);
  const columns = useMemo<Column<Problem>[]>(() => {
    const base: Column<Problem>[] = [
      { key: 'row', title: w.row, width: '90px', align: 'right', render: (p) => <Count n={p.row} />, text: (p) => String(p.row) },
      { key: 'column', title: w.column, width: 'minmax(120px, 1fr)', render: (p) => p.column || '–', text: (p) => p.column },
      {
        key: 'why',
        title: w.why,
        width: 'minmax(220px, 2fr)',
        render: (p) => <span className={css.wrap}>{w.reasons[kind][p.reason] ?? p.reason}</span>,
        text: (p) => w.reasons[kind][p.reason] ?? p.reason,
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
    saveRejected(id, w.reasons.rejected)
      .then((saved) => saved && toast({ title: w.saved }))
      .catch(() => undefined)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <div className={css.problemHead}>
        <p>{kind === 'note' ? w.notesHint : report.counts?.rejected === report.counts?.rows ? w.rejectedAll : w.rejectedHint}</p>
        {kind === 'rejected' && (
          <Button variant="default" size="xs" onClick={save} loading={busy}>
            {w.save}
          </Button>
        )}
      </div>
      <DataTable
        bare
        label={kind === 'rejected' ? w.rejected : w.notes}
        columns={columns}
        pages={pages}
        rowKey={(p) => `${p.row}-${p.column}-${p.reason}`}
        rowHeight={56}
        height={Math.min(380, 42 + 56 * Math.max(1, total))}
      />
    </>
  );
}
