import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { reachableRule, type WhyNoText } from '@domain/segments/ready-made';
import type { Rule } from '@domain/segments/rule';
import { Button } from '@mantine/core';
import { call, type Out, usePages, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { segments as catalogue, type SegmentWords } from '@renderer/strings/segments';
import { type Column, Count, DataTable, EmptyState, Money, Panel, PhoneText, When } from '@renderer/ui';
import { count, money } from '@renderer/ui/format';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import css from './segments.module.css';

type Member = Out<'segments/members'>['rows'][number];
const TOPICS = ['customers', 'consent', 'imports', 'segments'] as const;

/** Everybody in the group, those who can be texted, and the others by the reason why not. */
export function PeoplePanel({ rule }: { rule: Rule }) {
  const w = useWords(catalogue);
  const { locale, shop } = useShell();
  const [shown, setShown] = useState<'all' | 'reachable' | WhyNoText>('all');
  const why = useQuery('segments/why-not', { rule }, { topics: TOPICS });
  // a shop without anybody in it: what helps is customers, not another rule
  const bare = useQuery('segments/list', {}).data?.find((g) => g.readyMade === 'everyone')?.count === 0;
  const reasons = why.data?.reasons ?? [];
  const listed: Rule =
    shown === 'all' ? rule : shown === 'reachable' ? reachableRule(rule) : (reasons.find((r) => r.why === shown)?.rule ?? rule);
  const key = JSON.stringify(listed);
  const pages = usePages<Member>(key, (page) => call('segments/members', { rule: listed, page }), TOPICS);
  const columns = useMemo(() => columnsOf(w, locale, shop.currency), [w, locale, shop.currency]);
  const chip = (which: typeof shown, label: string, n: number | undefined) => (
    <button key={which} type="button" aria-pressed={shown === which} onClick={() => setShown(which)}>
      {label}
      {n !== undefined && <span className={css.muted}>{count(n, locale)}</span>}
    </button>
  );
  return (
    <Panel title={w.list.title} hint={w.list.hint} padding="flush">
      <fieldset className={`rg-pills ${css.filters}`}>
        <legend className="rg-hidden">{w.list.show}</legend>
        {chip('all', w.list.all, why.data && why.data.reachable + reasons.reduce((n, r) => n + r.count, 0))}
        {chip('reachable', w.list.reachable, why.data?.reachable)}
        {reasons.map((r) => chip(r.why, w.whyNot[r.why], r.count))}
      </fieldset>
      <DataTable
        bare
        label={w.list.title}
        columns={columns}
        pages={pages}
        height={420}
        rowKey={(r) => r.id}
        onOpen={(r) => go({ screen: 'customers', id: r.id })}
        onRetry={pages.refetch}
        empty={
          <EmptyState
            icon={<IconUsersGroup size={28} stroke={1.5} />}
            title={w.list.nobody}
            action={bare && <Button onClick={() => go({ screen: 'import' })}>{w.list.bring}</Button>}
          >
            {bare ? w.list.bareBody : w.list.nobodyBody}
          </EmptyState>
        }
      />
    </Panel>
  );
}

const nameOf = (p: { id: CustomerId; firstName: string; lastName: string; company: string }, w: SegmentWords) =>
  `${p.firstName} ${p.lastName}`.trim() || p.company || w.noName;

function columnsOf(w: SegmentWords, locale: string, currency: string): Column<Member>[] {
  return [
    {
      key: 'name',
      title: w.list.columns.name,
      width: 'minmax(180px, 1fr)',
      always: true,
      render: (p) => nameOf(p, w),
      text: (p) => nameOf(p, w),
    },
    {
      key: 'phone',
      title: w.list.columns.phone,
      width: '150px',
      render: (p) => (p.phone === null ? <span className={css.muted}>–</span> : <PhoneText phone={p.phone as PhoneE164} />),
      text: (p) => p.phone ?? '',
    },
    {
      key: 'last',
      title: w.list.columns.last,
      width: '150px',
      render: (p) =>
        p.lastVisitAt === null ? <span className={css.muted}>{w.never}</span> : <When at={p.lastVisitAt} style="short-day" />,
      text: (p) => (p.lastVisitAt === null ? '' : new Date(p.lastVisitAt).toISOString().slice(0, 10)),
    },
    {
      key: 'visits',
      title: w.list.columns.visits,
      width: '90px',
      align: 'right',
      render: (p) => <Count n={p.visits} />,
      text: (p) => count(p.visits, locale),
    },
    {
      key: 'spend',
      title: w.list.columns.spend,
      width: '120px',
      align: 'right',
      render: (p) => <Money cents={p.spend} />,
      text: (p) => money(p.spend, currency, locale),
    },
  ];
}
