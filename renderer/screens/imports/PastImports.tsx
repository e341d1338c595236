import { type Out, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { type Column, DataTable, EmptyState, Panel, StateBadge, When } from '@renderer/ui';
import { IconHistory } from '@tabler/icons-react';
import { useMemo } from 'react';
import css from './imports.module.css';

type Words = (typeof catalogue)['en'];
type Row = Out<'imports/list'>['rows'][number];

export const stateLooks = (w: Words) =>
  ({
    previewing: { label: w.states.previewing, tone: 'info' },
    previewed: { label: w.states.previewed, tone: 'warn' },
    committing: { label: w.states.committing, tone: 'info' },
    done: { label: w.states.done, tone: 'good' },
    cancelled: { label: w.states.cancelled, tone: 'neutral' },
    failed: { label: w.states.failed, tone: 'danger' },
    undone: { label: w.states.undone, tone: 'neutral' },
  }) as const;

function columnsOf(w: Words): Column<Row>[] {
  const brought = (r: Row) =>
    r.counts && r.counts.sales.new + r.counts.people.new > 0 ? w.plan.commit(r.counts.sales.new, r.counts.people.new) : '';
  return [
    {
      key: 'file',
      title: w.list.file,
      width: 'minmax(160px, 3fr)',
      always: true,
      render: (r) => (
        <span>
          <strong>{r.fileName}</strong>
          <br />
          <span className={css.quiet}>{w.fromTill(r.till, r.title) || (r.kind === null ? '' : w.byHand)}</span>
        </span>
      ),
      text: (r) => r.fileName,
    },
    { key: 'brought', title: w.list.brought, width: '96px', render: (r) => <span className={css.wrap}>{brought(r)}</span>, text: brought },
    {
      key: 'period',
      title: w.list.period,
      width: 'minmax(122px, 1fr)',
      render: (r) =>
        r.firstSaleAt === null || r.lastSaleAt === null ? (
          <span className={css.quiet}>–</span>
        ) : (
          <>
            <When at={r.firstSaleAt} style="short-day" /> – <When at={r.lastSaleAt} style="short-day" />
          </>
        ),
    },
    { key: 'when', title: w.list.when, width: '162px', render: (r) => <When at={r.finishedAt ?? r.createdAt} near /> },
    {
      key: 'state',
      title: w.list.state,
      width: '122px',
      render: (r) => <StateBadge state={r.state} states={stateLooks(w)} />,
    },
  ];
}

/** What was imported before, each with its report and its way back. */
export function PastImports() {
  const w = useWords(catalogue);
  const list = useQuery('imports/list', { offset: 0, limit: 200 });
  const columns = useMemo(() => columnsOf(w), [w]);
  return (
    <Panel padding="flush">
      <DataTable
        label={w.list.title}
        bare
        columns={columns}
        rows={list.data?.rows}
        rowKey={(r) => r.id}
        rowHeight={60}
        loading={list.loading}
        error={list.error}
        onRetry={list.refetch}
        quiet={(r) => r.state === 'undone'}
        onOpen={(r) => go({ screen: 'import', id: r.id })}
        empty={
          <EmptyState compact icon={<IconHistory size={26} stroke={1.6} />} title={w.list.empty}>
            {w.list.emptyBody}
          </EmptyState>
        }
      />
    </Panel>
  );
}
