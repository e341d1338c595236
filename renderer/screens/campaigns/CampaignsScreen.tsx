import { Button } from '@mantine/core';
import { call, type Out, useCommand, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type CampaignWords, campaigns as catalogue } from '@renderer/strings/campaigns';
import { draws as drawWords } from '@renderer/strings/draws';
import type { LadderWords } from '@renderer/strings/ladder';
import { type ScheduleWords, schedule as scheduleWords } from '@renderer/strings/schedule';
import { shell as shellWords } from '@renderer/strings/shell';
import { Chip, type Column, ConfirmDialog, Count, DataTable, EmptyState, ErrorNote, Screen, StateBadge, When } from '@renderer/ui';
import { count, percent } from '@renderer/ui/format';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import css from './campaigns.module.css';
import { useLadderWords } from './ladder/useLadderWords';
import { MissedNote } from './MissedNote';
import { groupsOf, stateChips } from './words';

type Row = Out<'campaigns/list'>['rows'][number];
const TOPICS = ['campaigns', 'outbox', 'offers', 'inbox'] as const;

/** A count with the share it is of those the text left for. */
function Share({ n, of, locale }: { n: number; of: number; locale: string }) {
  if (of === 0) return null;
  return (
    <span>
      <Count n={n} /> <span className={css.quiet}>{percent(n / of, locale, 0)}</span>
    </span>
  );
}

/** One line under the name: whom it is for and what they get; of several groups how many. */
const saidOf = (r: Row, w: CampaignWords, f: LadderWords): string =>
  [r.pathWaits && f.listWaits, groupsOf(r, w), r.more.length === 0 && r.offerName].filter(Boolean).join(' · ');

function columnsOf(w: CampaignWords, s: ScheduleWords, f: LadderWords, locale: string): Column<Row>[] {
  const chips = stateChips(w);
  return [
    {
      key: 'name',
      title: w.columns.name,
      width: 'minmax(150px, 1fr)',
      always: true,
      render: (r) => (
        <span className={css.nameCell}>
          <span title={r.name}>{r.name}</span>
          <span className={css.quiet}>{saidOf(r, w, f)}</span>
        </span>
      ),
      text: (r) => r.name,
    },
    {
      key: 'state',
      title: w.columns.state,
      width: '112px',
      render: (r) => {
        if (r.state === 'scheduled' && r.pauseReason !== null) return <Chip tone="warn">{s.waitsForYou}</Chip>;
        if (r.pathWaits) return <Chip tone="warn">{s.waitsForYou}</Chip>;
        if (r.state === 'sending' && r.viaCarrier && r.left === 0) return <Chip tone="info">{s.atTwilio}</Chip>;
        return <StateBadge state={r.state} states={chips} />;
      },
      text: (r) => w.states[r.state],
    },
    {
      key: 'texted',
      title: w.columns.texted,
      width: '64px',
      align: 'right',
      render: (r) => (r.startedAt === null ? '' : <Count n={r.left} />),
      text: (r) => count(r.left, locale),
    },
    {
      key: 'delivered',
      title: w.columns.delivered,
      width: '108px',
      align: 'right',
      render: (r) => <Share n={r.delivered} of={r.left} locale={locale} />,
      text: (r) => count(r.delivered, locale),
    },
    {
      key: 'redeemed',
      title: w.columns.redeemed,
      width: '96px',
      align: 'right',
      render: (r) => (r.offerId === null ? '' : <Share n={r.redeemed} of={r.delivered} locale={locale} />),
      text: (r) => count(r.redeemed, locale),
    },
    {
      key: 'when',
      title: w.columns.when,
      width: '120px',
      render: (r) => (
        <span className={css.when}>
          {r.scheduledAt !== null && (r.state === 'scheduled' || r.left === 0) ? (
            <When at={r.scheduledAt} />
          ) : (
            <When at={r.startedAt ?? r.updatedAt} style="day" />
          )}
        </span>
      ),
    },
  ];
}

/** All campaigns, newest first, with where they stand and what came of them. */
export function CampaignsScreen() {
  const w = useWords(catalogue);
  const d = useWords(drawWords);
  const s = useWords(scheduleWords);
  const f = useLadderWords();
  const { locale } = useShell();
  const { places } = useWords(shellWords);
  const pages = usePages<Row>('campaigns', (page) => call('campaigns/list', { page }), TOPICS);
  const columns = useMemo(() => columnsOf(w, s, f, locale), [w, s, f, locale]);
  const copy = useCommand('campaigns/copy');
  const remove = useCommand('campaigns/remove');
  const [removing, setRemoving] = useState<Row | null>(null);
  const make = (
    <Button leftSection={<IconPlus size={18} stroke={1.75} aria-hidden />} onClick={() => go({ screen: 'campaigns', id: 0 })}>
      {w.add}
    </Button>
  );
  return (
    <Screen
      fill
      title={w.title}
      subtitle={w.subtitle}
      primary={make}
      actions={
        <>
          <Button variant="default" onClick={() => go({ screen: 'calendar' })}>
            {places.calendar}
          </Button>
          <Button variant="default" onClick={() => go({ screen: 'deliveries' })}>
            {places.deliveries}
          </Button>
          <Button variant="default" onClick={() => go({ screen: 'notices' })}>
            {places.notices}
          </Button>
          <Button variant="default" onClick={() => go({ screen: 'draws' })}>
            {d.title}
          </Button>
          <Button variant="default" onClick={() => go({ screen: 'texts' })}>
            {w.allTexts}
          </Button>
        </>
      }
    >
      {(copy.error ?? remove.error) && <ErrorNote error={copy.error ?? remove.error} />}
      <MissedNote />
      <div className={css.fill}>
        <DataTable
          label={w.title}
          name="campaigns"
          columns={columns}
          pages={pages}
          height="fill"
          rowHeight={60}
          rowKey={(r) => r.id}
          onRetry={pages.refetch}
          onOpen={(r) => go({ screen: 'campaigns', id: r.id })}
          quiet={(r) => r.state === 'cancelled'}
          menu={(r) => [
            { label: w.menu.open, onClick: () => go({ screen: 'campaigns', id: r.id }) },
            { label: w.menu.results, disabled: r.startedAt === null, onClick: () => go({ screen: 'results', campaignId: r.id }) },
            {
              label: w.menu.copy,
              onClick: () =>
                void copy.run({ id: r.id, name: w.copyName(r.name) }).then((done) => done && go({ screen: 'campaigns', id: done.id })),
            },
            { label: w.menu.remove, disabled: r.state !== 'draft', onClick: () => setRemoving(r) },
          ]}
          empty={
            <EmptyState icon={<IconSpeakerphone size={28} stroke={1.5} />} title={w.empty.title} action={make}>
              {w.empty.body}
            </EmptyState>
          }
        />
      </div>
      {removing && (
        <ConfirmDialog
          open
          onClose={() => setRemoving(null)}
          title={w.removeTitle(removing.name)}
          confirm={w.remove}
          danger
          busy={remove.busy}
          onConfirm={async () => {
            await remove.run({ id: removing.id });
            setRemoving(null);
          }}
        >
          {w.removeBody}
        </ConfirmDialog>
      )}
    </Screen>
  );
}
