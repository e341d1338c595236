import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { offers as catalogue } from '@renderer/strings/offers';
import { type Column, Count, DataTable, EmptyState, Money, Panel, Screen, type Sort, sortRows, When } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import { IconDiscount2, IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { MoneyLinks } from '../money/MoneyLinks';
import { OfferDetail } from './OfferDetail';
import { OfferDialog } from './OfferDialog';
import css from './offers.module.css';
import { Redemptions } from './Redemptions';
import { SignsPanel } from './SignsPanel';
import type { Saying } from './say';
import { stateOf } from './state';
import { useSaying } from './useSaying';
import { gives, goodWhen, type OfferRow, type OfferWords } from './words';

function columnsOf(w: OfferWords, s: Saying): Column<OfferRow>[] {
  return [
    {
      key: 'name',
      title: w.columns.name,
      width: 'minmax(140px, 1fr)',
      sortable: true,
      always: true,
      render: (o) => (
        <span className={css.twoLines} title={o.name}>
          <strong>{o.name}</strong>
          {(o.archived || o.phase !== 'open') && <span className={css.quiet}>{stateOf(o, w, s.locale).label}</span>}
        </span>
      ),
      text: (o) => o.name,
    },
    {
      key: 'gives',
      title: w.columns.gives,
      width: 'minmax(130px, 1fr)',
      render: (o) => (
        <span className={css.twoLines} title={[gives(o, s), goodWhen(o, s)].filter(Boolean).join(', ')}>
          <span>{gives(o, s)}</span>
          <span className={css.quiet}>{goodWhen(o, s)}</span>
        </span>
      ),
      text: (o) => [gives(o, s), goodWhen(o, s)].filter(Boolean).join(', '),
    },
    {
      key: 'codes',
      title: w.columns.codes,
      width: '88px',
      align: 'right',
      sortable: true,
      firstDir: 'desc',
      render: (o) => (o.codeMode === 'shared' ? <span className={css.quiet}>{o.sharedCode}</span> : <Count n={o.issued} />),
      text: (o) => (o.codeMode === 'shared' ? (o.sharedCode ?? '') : String(o.issued)),
    },
    {
      key: 'redeemed',
      title: w.columns.redeemed,
      width: '96px',
      align: 'right',
      sortable: true,
      firstDir: 'desc',
      render: (o) => <Count n={o.redeemed} />,
      text: (o) => String(o.redeemed),
    },
    {
      key: 'discount',
      title: w.columns.discount,
      width: '96px',
      align: 'right',
      sortable: true,
      firstDir: 'desc',
      render: (o) => <Money cents={o.discount} />,
      text: (o) => money(o.discount, s.currency, s.locale),
    },
    {
      key: 'last',
      title: w.columns.last,
      width: '116px',
      align: 'right',
      sortable: true,
      firstDir: 'desc',
      render: (o) =>
        o.lastRedeemedAt === null ? <span className={css.quiet}>{w.never}</span> : <When at={o.lastRedeemedAt} style="day" />,
    },
  ];
}

/** Offers with what became of their codes; one offer with its codes; what was redeemed lately. */
export function OffersScreen() {
  const place = usePlace();
  const id = place.screen === 'offers' ? place.id : undefined;
  const w = useWords(catalogue);
  const s = useSaying();
  const list = useQuery('offers/list', {});
  const [adding, setAdding] = useState(false);
  const [sort, setSort] = useState<Sort>();
  const columns = useMemo(() => columnsOf(w, s), [w, s]);
  const rows = useMemo(
    () =>
      sortRows(list.data ?? [], sort, {
        name: (o) => o.name,
        codes: (o) => o.issued,
        redeemed: (o) => o.redeemed,
        discount: (o) => o.discount,
        last: (o) => o.lastRedeemedAt,
      }),
    [list.data, sort],
  );
  const one = list.data?.find((o) => o.id === id);
  if (id !== undefined && one) return <OfferDetail key={one.id} offer={one} words={w} />;
  return (
    <Screen
      title={w.title}
      subtitle={w.subtitle}
      actions={
        <>
          <Button variant="default" onClick={() => go({ screen: 'loyalty' })}>
            {w.rewards}
          </Button>
          {list.data !== undefined && list.data.length > 0 && <MoneyLinks only="till-check" />}
        </>
      }
      primary={
        <Button
          variant={list.data?.length === 0 ? 'default' : 'filled'}
          leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {w.add}
        </Button>
      }
    >
      <DataTable
        label={w.title}
        columns={columns}
        rows={list.data && rows}
        rowKey={(o) => o.id}
        loading={list.loading}
        error={list.error}
        onRetry={list.refetch}
        rowHeight={60}
        quiet={(o) => o.archived}
        onOpen={(o) => go({ screen: 'offers', id: o.id })}
        {...(sort && { sort })}
        onSort={setSort}
        empty={
          <EmptyState
            icon={<IconDiscount2 size={28} stroke={1.6} />}
            title={w.empty.title}
            action={<Button onClick={() => setAdding(true)}>{w.empty.action}</Button>}
          >
            {w.empty.body}
          </EmptyState>
        }
      />
      {list.data !== undefined && list.data.length > 0 && <SignsPanel offerId={null} offers={list.data} words={w} />}
      {list.data !== undefined && list.data.length > 0 && (
        <Panel title={w.all}>
          <Redemptions offerId={null} words={w} />
        </Panel>
      )}
      {adding && <OfferDialog offer={null} words={w} onClose={() => setAdding(false)} />}
    </Screen>
  );
}
