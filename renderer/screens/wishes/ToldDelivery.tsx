import { Button } from '@mantine/core';
import { type Out, useQuery } from '@renderer/api';
import { back, go } from '@renderer/nav';
import { reasonWords } from '@renderer/screens/campaigns/words';
import { useWords } from '@renderer/strings';
import { type CampaignWords, campaigns as campaignWords } from '@renderer/strings/campaigns';
import { deliveries as catalogue, type DeliveryWords } from '@renderer/strings/deliveries';
import { type Column, DataTable, Screen } from '@renderer/ui';
import { useMemo } from 'react';

type Delivery = Out<'deliveries/get'>;
type Row = Out<'deliveries/told'>[number];

function columnsOf(w: DeliveryWords, c: CampaignWords): Column<Row>[] {
  const wish = (r: Row) => [r.wish.item, r.wish.size].filter(Boolean).join(', ');
  const text = (r: Row) =>
    r.reason !== null ? reasonWords(r.reason, c) : (c.textStates[(r.textState ?? 'waiting') as keyof typeof c.textStates] ?? '');
  return [
    { key: 'name', title: w.told.columns.name, width: 'minmax(140px, 1fr)', always: true, render: (r) => r.name },
    { key: 'wish', title: w.told.columns.wish, width: 'minmax(180px, 1fr)', render: wish, text: wish },
    { key: 'text', title: w.told.columns.text, width: 'minmax(160px, 1fr)', render: text, text },
    {
      key: 'state',
      title: w.told.columns.wishState,
      width: '120px',
      render: (r) => w.told.wish[r.wishState] ?? '',
      text: (r) => w.told.wish[r.wishState] ?? '',
    },
  ];
}

/** A delivery people were told of: who, how their text stands, what became of their wish. */
export function ToldDelivery({ delivery: d }: { delivery: Delivery }) {
  const w = useWords(catalogue);
  const c = useWords(campaignWords);
  const query = useQuery('deliveries/told', { id: d.id });
  const columns = useMemo(() => columnsOf(w, c), [w, c]);
  const told = new Set((query.data ?? []).filter((r) => r.reason === null).map((r) => r.customerId)).size;
  return (
    <Screen
      title={d.name || d.lines[0]?.item || w.unnamed}
      subtitle={w.told.title(told)}
      up={{ label: w.backToList, onClick: () => void (back() || go({ screen: 'deliveries' })) }}
      primary={
        d.campaignId !== null && (
          <Button onClick={() => d.campaignId !== null && go({ screen: 'campaigns', id: d.campaignId })}>{w.told.results}</Button>
        )
      }
    >
      <DataTable
        label={w.told.title(told)}
        columns={columns}
        rows={query.data}
        rowKey={(r) => r.wish.id}
        loading={query.loading}
        error={query.error}
        onRetry={query.refetch}
        onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
      />
    </Screen>
  );
}
