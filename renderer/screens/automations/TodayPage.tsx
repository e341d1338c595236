import { call } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type AutomationWords, automations as catalogue } from '@renderer/strings/automations';
import { type CampaignWords, campaigns as campaignWords } from '@renderer/strings/campaigns';
import { Chip, type Column, DataTable, EmptyState, When } from '@renderer/ui';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useMemo } from 'react';
import css from './automations.module.css';
import { type DaySay, nameOf, type One, type Today, todayWords, useDaySay, whyWords } from './say';

const TOPICS = ['campaigns', 'outbox', 'imports', 'customers', 'consent', 'segments', 'settings'] as const;

function columnsOf(a: One, w: AutomationWords, c: CampaignWords, say: DaySay): Column<Today>[] {
  return [
    {
      key: 'name',
      title: w.now.columns.name,
      width: 'minmax(160px, 1fr)',
      always: true,
      render: (r) => nameOf(r, w.now.noName),
      text: (r) => nameOf(r, w.now.noName),
    },
    {
      key: 'why',
      title: w.now.columns.why,
      width: 'minmax(200px, 1.6fr)',
      render: (r) => <span className={css.quiet}>{todayWords(r, a.kind, w, say)}</span>,
      text: (r) => todayWords(r, a.kind, w, say),
    },
    { key: 'when', title: w.now.columns.when, width: '190px', render: (r) => <When at={r.dueAt} near />, text: (r) => say.date(r.dueAt) },
    {
      key: 'gets',
      title: w.now.columns.gets,
      width: 'minmax(160px, 1.2fr)',
      render: (r) => (r.reason === null ? <Chip tone="good">{w.now.yes}</Chip> : <Chip>{whyWords(r.reason, w, c)}</Chip>),
      text: (r) => (r.reason === null ? w.now.yes : whyWords(r.reason, w, c)),
    },
  ];
}

/** Everybody whose day is here, with why, and whether they would get it as things stand. */
export function TodayPage({ a }: { a: One }) {
  const w = useWords(catalogue);
  const c = useWords(campaignWords);
  const say = useDaySay();
  const pages = usePages<Today>(`automations/today ${a.id}`, (page) => call('automations/today', { id: a.id, page }), TOPICS);
  const columns = useMemo(() => columnsOf(a, w, c, say), [a, w, c, say]);
  return (
    <>
      <p className={css.quiet}>{a.state === 'off' ? w.now.offHint : w.now.onHint}</p>
      <div className={css.fill}>
        <DataTable
          label={w.one.parts.today}
          columns={columns}
          pages={pages}
          height="fill"
          rowKey={(r) => `${r.customerId} ${r.cause}`}
          onRetry={pages.refetch}
          quiet={(r) => r.reason !== null}
          onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
          empty={
            <EmptyState icon={<IconCalendarEvent size={28} stroke={1.5} />} title={w.now.none}>
              {w.now.noneHint}
            </EmptyState>
          }
        />
      </div>
    </>
  );
}
