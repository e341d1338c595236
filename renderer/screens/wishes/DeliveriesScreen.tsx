import { Button } from '@mantine/core';
import { call, type Out, useCommand, useQuery } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { back, go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { deliveries as catalogue, type DeliveryWords } from '@renderer/strings/deliveries';
import { Chip, type Column, Count, DataTable, EmptyState, ErrorNote, Panel, Rows, Screen, When } from '@renderer/ui';
import { IconPlus, IconTruckDelivery } from '@tabler/icons-react';
import { useMemo } from 'react';
import { DeliveryDetail } from './DeliveryDetail';
import { SeemsBought } from './SeemsBought';
import { ToldDelivery } from './ToldDelivery';
import css from './wishes.module.css';

type Row = Out<'deliveries/list'>['rows'][number];
const TOPICS = ['campaigns', 'outbox', 'inbox', 'customers'] as const;

/** Deliveries: the list with what people wait for, or one of them. */
export function DeliveriesScreen() {
  const place = usePlace();
  return place.screen === 'deliveries' && place.id !== undefined ? <One key={place.id} id={place.id} /> : <List />;
}

function One({ id }: { id: number }) {
  const w = useWords(catalogue);
  const query = useQuery('deliveries/get', { id }, { fresh: true });
  const d = query.data;
  if (d) return d.state === 'open' ? <DeliveryDetail delivery={d} /> : <ToldDelivery delivery={d} />;
  return (
    <Screen title={w.unnamed} up={{ label: w.backToList, onClick: () => void (back() || go({ screen: 'deliveries' })) }}>
      <ErrorNote error={query.error} />
    </Screen>
  );
}

const columnsOf = (w: DeliveryWords): Column<Row>[] => {
  const c = w.columns;
  const n = (key: 'lines' | 'told' | 'replied' | 'sold'): Column<Row> => ({
    key,
    title: c[key],
    width: '68px',
    align: 'right',
    render: (r) => (key !== 'lines' && r.state !== 'told' ? '' : <Count n={r[key]} />),
    text: (r) => String(r[key]),
  });
  const named = (r: Row) => r.name || r.first || w.unnamed;
  return [
    { key: 'name', title: c.name, width: 'minmax(140px, 1fr)', always: true, render: named, text: named },
    { key: 'when', title: c.when, width: '116px', render: (r) => <When at={r.toldAt ?? r.madeAt} style="day" /> },
    n('lines'),
    n('told'),
    n('replied'),
    n('sold'),
    {
      key: 'state',
      title: c.state,
      width: '132px',
      render: (r) => (
        <Chip tone={r.state === 'told' ? 'good' : 'info'} dot>
          {w.states[r.state]}
        </Chip>
      ),
      text: (r) => w.states[r.state],
    },
  ];
};

function List() {
  const w = useWords(catalogue);
  const pages = usePages<Row>('deliveries', (page) => call('deliveries/list', { page }), TOPICS);
  const columns = useMemo(() => columnsOf(w), [w]);
  const save = useCommand('deliveries/save');
  const begin = async () => {
    const made = await save.run({ id: null, lines: [] });
    if (made) go({ screen: 'deliveries', id: made.id });
  };
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} loading={save.busy} onClick={() => void begin()}>
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
      <ErrorNote error={save.error} />
      <Rows>
        <DataTable
          label={w.title}
          columns={columns}
          pages={pages}
          rowKey={(r) => r.id}
          onRetry={pages.refetch}
          onOpen={(r) => go({ screen: 'deliveries', id: r.id })}
          empty={
            <EmptyState icon={<IconTruckDelivery size={28} stroke={1.6} />} title={w.empty.title} action={make}>
              {w.empty.body}
            </EmptyState>
          }
        />
        <Seemingly />
        <Wanted />
      </Rows>
    </Screen>
  );
}

/** Wishes the till seems to have answered; nothing at all while there is none. */
function Seemingly() {
  const w = useWords(catalogue).seems;
  const { data } = useQuery('deliveries/seemingly', {});
  if (!data || data.length === 0) return null;
  return (
    <Panel title={w.title(data.length)} hint={w.hint}>
      <SeemsBought rows={data} />
    </Panel>
  );
}

/** What people wait for, most wanted first: what to order next, too; and why some left with nothing. */
function Wanted() {
  const words = useWords(catalogue);
  const w = words.waiting;
  const { data } = useQuery('deliveries/wanted', {});
  if (!data) return null;
  return (
    <>
      <Panel title={data.total === 0 ? w.none : w.title(data.total)} {...(data.total === 0 && { hint: w.noneBody })}>
        {data.rows.length > 0 && (
          <ul className={css.wanted}>
            {data.rows.map((r) => (
              <li key={`${r.item} ${r.size}`}>
                <span className={css.grow}>{r.item}</span>
                <span className={css.size}>{r.size}</span>
                <span className={css.num}>{w.people(r.people)}</span>
                <span className={css.since}>
                  <When at={r.since} style="short-day" />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {data.left.length > 0 && (
        <Panel title={words.left.title(data.left.reduce((n, l) => n + l.people, 0))} hint={words.left.hint}>
          <ul className={css.wanted}>
            {data.left.map((l) => (
              <li key={l.missing}>
                <span className={css.grow}>{words.left.missing[l.missing]}</span>
                <span className={css.num}>{w.people(l.people)}</span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
