import { Button } from '@mantine/core';
import { call, type Out, useCommand, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { back, go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { outreach as catalogue, type OutreachWords } from '@renderer/strings/outreach';
import { Chip, type Column, ConfirmDialog, Count, DataTable, EmptyState, ErrorNote, Screen, toast, When } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconMailForward } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { LabelSheets } from './LabelSheets';

type Row = Out<'outreach/list'>['rows'][number];
const TOPICS = ['campaigns'] as const;
const load = (page: { offset: number; limit: number }) => call('outreach/list', page);

/** Lists that left for other channels; one of them as labels to print. */
export function OutreachScreen() {
  const place = usePlace();
  const id = place.screen === 'outreach' ? place.id : undefined;
  return id === undefined ? <Lists /> : <LabelSheets key={id} id={id} />;
}

function columnsOf(w: OutreachWords, locale: string): Column<Row>[] {
  const c = w.columns;
  return [
    {
      key: 'name',
      title: c.name,
      width: 'minmax(120px, 2fr)',
      always: true,
      render: (r) => <strong>{r.name}</strong>,
      text: (r) => r.name,
    },
    { key: 'channel', title: c.channel, width: '96px', render: (r) => <Chip>{w.short[r.channel]}</Chip>, text: (r) => w.short[r.channel] },
    { key: 'at', title: c.at, width: '136px', render: (r) => <When at={r.at} near /> },
    {
      key: 'people',
      title: c.people,
      width: '90px',
      align: 'right',
      render: (r) => <Count n={r.people} />,
      text: (r) => count(r.people, locale),
    },
    {
      key: 'out',
      title: c.out,
      width: '90px',
      align: 'right',
      render: (r) => <Count n={Object.values(r.leftOut).reduce((a, b) => a + b, 0)} />,
    },
    { key: 'by', title: c.by, width: 'minmax(130px, 1fr)', render: (r) => r.staffName ?? '', text: (r) => r.staffName ?? '' },
  ];
}

function Lists() {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const pages = usePages<Row>('outreach', load, TOPICS);
  const columns = useMemo(() => columnsOf(w, locale), [w, locale]);
  const drop = useCommand('outreach/take-back');
  const [dropping, setDropping] = useState<Row | null>(null);
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'groups' })) }}
      primary={<Button onClick={() => go({ screen: 'groups' })}>{w.empty.action}</Button>}
    >
      <ErrorNote error={drop.error} />
      <DataTable
        label={w.title}
        columns={columns}
        pages={pages}
        rowKey={(r) => r.id}
        rowHeight={52}
        menu={(r) => [
          ...(r.channel === 'post' ? [{ label: w.print, onClick: () => go({ screen: 'outreach' as const, id: r.id }) }] : []),
          { label: w.takeBack, onClick: () => setDropping(r) },
        ]}
        onOpen={(r) => r.channel === 'post' && go({ screen: 'outreach', id: r.id })}
        empty={
          <EmptyState icon={<IconMailForward size={28} stroke={1.6} />} title={w.empty.title}>
            {w.empty.body}
          </EmptyState>
        }
      />
      {dropping && (
        <ConfirmDialog
          open
          onClose={() => setDropping(null)}
          title={w.takeBackTitle}
          confirm={w.takeBack}
          busy={drop.busy}
          onConfirm={async () => {
            if (!(await drop.run({ id: dropping.id }))) return;
            toast({ title: w.takenBack, tone: 'good' });
            setDropping(null);
          }}
        >
          {w.takeBackBody}
        </ConfirmDialog>
      )}
    </Screen>
  );
}
