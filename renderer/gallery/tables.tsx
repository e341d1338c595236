import { Button } from '@mantine/core';
import { ApiError } from '@renderer/api/client';
import { usePages } from '@renderer/api/usePages';
import { type Column, Count, DataTable, EmptyState, Money, PhoneText, type Sort, sortRows, toast, When } from '@renderer/ui';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { Example, Page } from './parts';
import { customerRow } from './sample';

type Row = ReturnType<typeof customerRow>;
const columns: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'Name',
    width: 'minmax(0, 2fr)',
    render: (r) => `${r.firstName} ${r.lastName}`,
    text: (r) => `${r.firstName} ${r.lastName}`,
    sortable: true,
    always: true,
  },
  { key: 'phone', title: 'Phone', width: '144px', render: (r) => r.phone && <PhoneText phone={r.phone} /> },
  {
    key: 'visits',
    title: 'Visits',
    width: '80px',
    align: 'right',
    render: (r) => <Count n={r.visits} />,
    sortable: true,
    firstDir: 'desc',
  },
  {
    key: 'spend',
    title: 'Takings',
    width: '112px',
    align: 'right',
    render: (r) => <Money cents={r.spend} />,
    sortable: true,
    firstDir: 'desc',
  },
  {
    key: 'last',
    title: 'Last visit',
    width: '160px',
    render: (r) => r.lastVisitAt !== null && <When at={r.lastVisitAt} style="day" />,
    optional: true,
  },
];

const many = Array.from({ length: 100_000 }, (_, i) => customerRow(i));

/** Lists: long, paged, empty, waiting, failed. */
export function Tables() {
  const [sort, setSort] = useState<Sort>({ key: 'name', dir: 'asc' });
  const rows = sortRows(many.slice(0, 2000), sort, { name: (r) => r.firstName, visits: (r) => r.visits, spend: (r) => r.spend });
  const paged = usePages(
    'gallery',
    async ({ offset, limit }) => {
      await new Promise((r) => setTimeout(r, 250));
      return { total: many.length, rows: many.slice(offset, offset + limit) };
    },
    [],
  );
  const empty = (
    <EmptyState
      icon={<IconUsers size={28} stroke={1.5} />}
      title="Nobody matches"
      action={<Button variant="default">Clear the filters</Button>}
    >
      Try fewer filters.
    </EmptyState>
  );
  return (
    <Page>
      <Example title="Sorted in memory, context menu, column chooser">
        <DataTable
          label="Customers"
          name="gallery"
          columns={columns}
          rows={rows}
          rowKey={(r) => r.id}
          sort={sort}
          onSort={setSort}
          onOpen={(r) => toast({ title: `Open ${r.firstName}` })}
          quiet={(r) => r.visits === 0}
          height={320}
          menu={(r) => [
            { label: `Open ${r.firstName}`, onClick: () => undefined },
            { label: 'Erase', danger: true, onClick: () => undefined },
          ]}
        />
      </Example>
      <Example title="100,000 rows in pages">
        <DataTable label="All customers" name="gallery-pages" columns={columns} pages={paged} rowKey={(r) => r.id} height={280} />
      </Example>
      <Example title="One row">
        <DataTable label="One" columns={columns} rows={many.slice(5, 6)} rowKey={(r) => r.id} />
      </Example>
      <Example title="Empty">
        <DataTable label="None" columns={columns} rows={[]} rowKey={(r) => r.id} empty={empty} />
      </Example>
      <Example title="Loading">
        <DataTable label="Waiting" columns={columns} rows={undefined} rowKey={(r) => r.id} />
      </Example>
      <Example title="Failed">
        <DataTable
          label="Failed"
          columns={columns}
          rows={undefined}
          error={new ApiError('backend.restarted')}
          onRetry={() => undefined}
          rowKey={(r) => r.id}
        />
      </Example>
    </Page>
  );
}
