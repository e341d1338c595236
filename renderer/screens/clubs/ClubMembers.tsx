import { call, type Out } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type ClubWords, clubs as catalogue } from '@renderer/strings/clubs';
import { type Column, DataTable, Panel, PhoneText, When } from '@renderer/ui';
import { phone } from '@renderer/ui/format';
import { useMemo } from 'react';
import { wayWords } from './say';

type Row = Out<'clubs/members'>['rows'][number];
const TOPICS = ['consent', 'customers', 'settings'] as const;

const nameOf = (r: Row): string => [r.firstName, r.lastName].filter(Boolean).join(' ') || r.company || (r.phone ? phone(r.phone) : '—');

const columnsOf = (w: ClubWords): Column<Row>[] => [
  { key: 'name', title: w.list.name, width: 'minmax(160px, 1fr)', always: true, render: nameOf, text: nameOf },
  {
    key: 'phone',
    title: w.list.phone,
    width: '150px',
    render: (r) => r.phone && <PhoneText phone={r.phone} />,
    text: (r) => r.phone ?? '',
  },
  { key: 'since', title: w.list.since, width: '130px', render: (r) => <When at={r.since} style="day" /> },
  {
    key: 'way',
    title: w.list.how,
    width: 'minmax(160px, 0.8fr)',
    render: (r) => wayWords(r.way, w.ways),
    text: (r) => wayWords(r.way, w.ways),
  },
];

/** Who is in a club, the newest first, and how each came. */
export function ClubMembers({ slug }: { slug: string }) {
  const w = useWords(catalogue);
  const pages = usePages<Row>(slug, (page) => call('clubs/members', { slug, page }), TOPICS);
  const columns = useMemo(() => columnsOf(w), [w]);
  return (
    <Panel title={w.list.title}>
      <DataTable
        label={w.list.title}
        columns={columns}
        pages={pages}
        height={360}
        rowKey={(r) => r.customerId}
        onRetry={pages.refetch}
        onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
        empty={<p>{w.list.empty}</p>}
      />
    </Panel>
  );
}
