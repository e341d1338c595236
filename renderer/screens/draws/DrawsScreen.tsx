import { Button } from '@mantine/core';
import { type Out, useQuery, useShell } from '@renderer/api';
import { back, go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { draws as catalogue, type DrawWords } from '@renderer/strings/draws';
import { type ChipTone, type Column, Count, DataTable, EmptyState, Screen, StateBadge } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import { IconConfetti, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { DrawDetail } from './DrawDetail';
import { DrawForm } from './DrawForm';
import { DrawSheet } from './DrawSheet';
import css from './draws.module.css';

type Row = Out<'draws/list'>[number];

export const phaseChips = (w: DrawWords): Record<Row['phase'], { label: string; tone: ChipTone }> => ({
  draft: { label: w.phases.draft, tone: 'neutral' },
  ahead: { label: w.phases.ahead, tone: 'info' },
  open: { label: w.phases.open, tone: 'good' },
  over: { label: w.phases.over, tone: 'warn' },
  drawn: { label: w.phases.drawn, tone: 'neutral' },
  cancelled: { label: w.phases.cancelled, tone: 'neutral' },
});

/** Prize draws: the list, one of them, or one of its two sheets of paper. */
export function DrawsScreen() {
  const place = usePlace();
  if (place.screen !== 'draws' || place.id === undefined) return <List />;
  if (place.print) return <DrawSheet key={`${place.id} ${place.print}`} id={place.id} what={place.print} />;
  return <DrawDetail key={place.id} id={place.id} />;
}

function columnsOf(w: DrawWords, locale: string): Column<Row>[] {
  const c = w.columns;
  const days = (r: Row) => w.days(dayText(r.opensOn, locale, Date.now()), dayText(r.closesOn, locale, Date.now()));
  return [
    {
      key: 'name',
      title: c.name,
      width: 'minmax(180px, 2fr)',
      always: true,
      render: (r) => (
        <span className={css.nameCell}>
          <strong>{r.name}</strong>
          <span className={css.quiet}>{r.prize}</span>
        </span>
      ),
      text: (r) => r.name,
    },
    { key: 'days', title: c.days, width: 'minmax(170px, 1fr)', render: days, text: days },
    {
      key: 'entries',
      title: c.entries,
      width: '90px',
      align: 'right',
      render: (r) => <Count n={r.entries} />,
      text: (r) => String(r.entries),
    },
    { key: 'state', title: c.state, width: '140px', render: (r) => <StateBadge state={r.phase} states={phaseChips(w)} /> },
  ];
}

function List() {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const query = useQuery('draws/list', {});
  const [adding, setAdding] = useState(false);
  const columns = useMemo(() => columnsOf(w, locale), [w, locale]);
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'campaigns' })) }}
      primary={
        <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} onClick={() => setAdding(true)}>
          {w.add}
        </Button>
      }
    >
      <DataTable
        label={w.title}
        columns={columns}
        rows={query.data}
        rowKey={(r) => r.id}
        rowHeight={60}
        loading={query.loading}
        error={query.error}
        onRetry={query.refetch}
        onOpen={(r) => go({ screen: 'draws', id: r.id })}
        empty={
          <EmptyState
            icon={<IconConfetti size={28} stroke={1.6} />}
            title={w.empty.title}
            action={
              <Button variant="default" onClick={() => setAdding(true)}>
                {w.empty.action}
              </Button>
            }
          >
            {w.empty.body}
          </EmptyState>
        }
      />
      {adding && <DrawForm draw={null} onClose={() => setAdding(false)} onSaved={(id) => go({ screen: 'draws', id })} />}
    </Screen>
  );
}
