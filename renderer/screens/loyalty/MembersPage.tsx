import { Button } from '@mantine/core';
import { call, type Out, useQuery } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { back, go } from '@renderer/nav';
import { Choice } from '@renderer/screens/money/Choice';
import { type Say, useSay } from '@renderer/screens/reports/format';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue, type LoyaltyWords } from '@renderer/strings/loyalty';
import { Chip, type Column, DataTable, EmptyState, Screen, When } from '@renderer/ui';
import { IconStars } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import css from './loyalty.module.css';
import type { Terms } from './say';

type Row = Out<'loyalty/members'>['rows'][number];
type Show = 'all' | 'ready' | 'near' | 'expiring' | 'below-zero';

function columnsOf(w: LoyaltyWords, say: Say, terms: Terms): Column<Row>[] {
  const c = w.list.columns;
  const have = (r: Row) => w.some(say.n(r.balance), r.balance === 1, terms.kind);
  const next = (r: Row) => (r.missing === null ? '' : w.list.more(say.n(r.missing)));
  const lapses = (r: Row) => (r.expiresOn === null ? '' : w.list.lapses(say.n(r.expiresPoints), say.day(r.expiresOn)));
  const columns: Column<Row>[] = [
    { key: 'name', title: c.name, width: 'minmax(140px, 2fr)', always: true, render: (r) => r.name || w.list.unnamed, text: (r) => r.name },
    { key: 'have', title: c.have, width: '115px', align: 'right', render: have, text: (r) => String(r.balance) },
    {
      key: 'next',
      title: c.next,
      width: 'minmax(130px, 1fr)',
      render: (r) => (r.ready >= 0 ? <Chip tone="good">{w.list.ready}</Chip> : next(r)),
      text: (r) => (r.ready >= 0 ? w.list.ready : next(r)),
    },
  ];
  if (terms.tiers.length > 0) {
    columns.push({
      key: 'tier',
      title: c.tier,
      width: '80px',
      render: (r) => terms.tiers[r.tier]?.name ?? '',
      text: (r) => terms.tiers[r.tier]?.name ?? '',
    });
  }
  if (terms.expiry.kind !== 'never')
    columns.push({ key: 'lapses', title: c.lapses, width: 'minmax(165px, 1fr)', render: lapses, text: lapses });
  columns.push({
    key: 'last',
    title: c.last,
    width: '110px',
    align: 'right',
    render: (r) => (r.lastVisitAt === null ? '' : <When at={r.lastVisitAt} style="day" />),
  });
  return columns;
}

/** Everybody who collects, the fullest cards first. */
export function MembersPage() {
  const w = useWords(catalogue);
  const say = useSay();
  const [show, setShow] = useState<Show>('all');
  const programme = useQuery('loyalty/programme', {});
  const pages = usePages<Row>(show, (page) => call('loyalty/members', { show, page }), ['customers', 'offers', 'counter', 'imports']);
  const terms = programme.data?.terms;
  const columns = useMemo(() => (terms ? columnsOf(w, say, terms) : []), [w, say, terms]);
  const shows: Show[] = ['all', 'ready', 'near', ...(terms && terms.expiry.kind !== 'never' ? (['expiring'] as const) : []), 'below-zero'];
  return (
    <Screen
      fill
      title={w.list.title}
      subtitle={pages.total === undefined ? '\u00a0' : w.list.people(say.n(pages.total), pages.total === 1)}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'loyalty' })) }}
    >
      <div className={css.tools}>
        <Choice label={w.list.show} value={show} options={shows.map((v) => ({ value: v, label: w.list.filters[v] }))} onChange={setShow} />
      </div>
      {terms && (
        <DataTable
          label={w.list.title}
          name="rewards"
          height="fill"
          columns={columns}
          pages={pages}
          rowKey={(r) => r.customerId}
          loading={pages.loading}
          error={pages.error}
          onRetry={pages.refetch}
          onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
          empty={
            <EmptyState
              icon={<IconStars size={28} stroke={1.6} />}
              title={show === 'all' ? w.list.empty : w.list.emptyFilter}
              action={
                show !== 'all' && (
                  <Button variant="default" onClick={() => setShow('all')}>
                    {w.list.filters.all}
                  </Button>
                )
              }
            >
              {show === 'all' ? w.list.emptyBody : w.list.emptyFilterBody}
            </EmptyState>
          }
        />
      )}
    </Screen>
  );
}
