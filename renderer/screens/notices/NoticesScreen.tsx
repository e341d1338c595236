import { Button } from '@mantine/core';
import { call, type Out, useQuery, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { back, go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { notices as catalogue, type NoticeWords } from '@renderer/strings/notices';
import { Chip, type Column, Count, DataTable, EmptyState, ErrorNote, Screen } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import { IconAlertTriangle, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { NoticeDraft } from './NoticeDraft';
import { SentNotice } from './SentNotice';

type Row = Out<'notices/list'>['rows'][number];
const TOPICS = ['campaigns', 'outbox', 'customers'] as const;

/** Recalls and other word to buyers: the list, one that is being written, or one that was sent. Id 0 is a new one. */
export function NoticesScreen() {
  const place = usePlace();
  if (place.screen !== 'notices' || place.id === undefined) return <List />;
  return place.id === 0 ? <NoticeDraft key="new" notice={null} /> : <One key={place.id} id={place.id} />;
}

function One({ id }: { id: number }) {
  const w = useWords(catalogue);
  const query = useQuery('notices/get', { id }, { fresh: true });
  const n = query.data;
  if (n) return n.state === 'draft' ? <NoticeDraft notice={n} /> : <SentNotice notice={n} />;
  return (
    <Screen title={w.title} up={{ label: w.backToList, onClick: () => void (back() || go({ screen: 'notices' })) }}>
      <ErrorNote error={query.error} />
    </Screen>
  );
}

function columnsOf(w: NoticeWords, locale: string): Column<Row>[] {
  const c = w.columns;
  const days = (r: Row) => w.days(dayText(r.fromDay, locale, Date.now()), dayText(r.untilDay, locale, Date.now()));
  const n = (key: 'texted' | 'listed' | 'reached'): Column<Row> => ({
    key,
    title: c[key],
    width: '104px',
    align: 'right',
    render: (r) => (r.state === 'draft' ? '' : <Count n={r[key]} />),
    text: (r) => String(r[key]),
  });
  return [
    { key: 'name', title: c.name, width: 'minmax(160px, 1fr)', always: true, render: (r) => r.name, text: (r) => r.name },
    { key: 'days', title: c.days, width: 'minmax(180px, 1fr)', render: days, text: days },
    n('texted'),
    n('listed'),
    n('reached'),
    {
      key: 'state',
      title: c.state,
      width: '120px',
      render: (r) => (
        <Chip tone={r.state === 'draft' ? 'neutral' : r.state === 'sent' ? 'good' : 'info'} dot>
          {w.states[r.state]}
        </Chip>
      ),
      text: (r) => w.states[r.state],
    },
  ];
}

function List() {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const pages = usePages<Row>('notices', (page) => call('notices/list', { page }), TOPICS);
  const columns = useMemo(() => columnsOf(w, locale), [w, locale]);
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} onClick={() => go({ screen: 'notices', id: 0 })}>
      {w.add}
    </Button>
  );
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'campaigns' })) }}
      primary={make}
    >
      <DataTable
        label={w.title}
        columns={columns}
        pages={pages}
        rowKey={(r) => r.id}
        onRetry={pages.refetch}
        onOpen={(r) => go({ screen: 'notices', id: r.id })}
        empty={
          <EmptyState icon={<IconAlertTriangle size={28} stroke={1.6} />} title={w.empty.title} action={make}>
            {w.empty.body}
          </EmptyState>
        }
      />
    </Screen>
  );
}
