import { Button } from '@mantine/core';
import { call, useCommand, usePages, useQuery } from '@renderer/api';
import type { Out } from '@renderer/api/client';
import { useWords } from '@renderer/strings';
import { mail as words } from '@renderer/strings/mail';
import {
  type ChipTone,
  type Column,
  DataTable,
  Dialog,
  EmptyState,
  ErrorNote,
  Loaded,
  Panel,
  Rows,
  StateBadge,
  toast,
  When,
} from '@renderer/ui';
import { useMemo, useState } from 'react';
import { MailView } from './MailView';
import css from './mail.module.css';

type Row = Out<'mail/list'>['rows'][number];
const TOPICS = ['outbox', 'campaigns'] as const;
const TONES: Readonly<Record<Row['state'], ChipTone>> = {
  staged: 'neutral',
  waiting: 'info',
  sending: 'info',
  sent: 'good',
  bounced: 'danger',
  rejected: 'danger',
  uncertain: 'warn',
  skipped: 'neutral',
  cancelled: 'neutral',
};

/** What left by e-mail, the latest first; in a practice shop this is everybody's mailbox. */
export function MailList({ practice }: { practice: boolean }) {
  const w = useWords(words).post;
  const [open, setOpen] = useState<number | null>(null);
  const pages = usePages<Row>('mails', (page) => call('mail/list', page), TOPICS);
  const columns = useMemo((): Column<Row>[] => {
    const states = Object.fromEntries(
      Object.entries(w.states).map(([k, label]) => [k, { label, tone: TONES[k as Row['state']] }]),
    ) as Record<Row['state'], { label: string; tone: ChipTone }>;
    return [
      {
        key: 'to',
        title: w.columns.to,
        render: (r) => (
          <span className={css.letter}>
            <span>{r.address}</span>
            <span className={css.quiet}>{r.subject}</span>
          </span>
        ),
        text: (r) => `${r.address} ${r.subject}`,
        width: 'minmax(0, 1fr)',
        always: true,
      },
      {
        key: 'state',
        title: w.columns.state,
        render: (r) => <StateBadge state={r.state} states={states} />,
        text: (r) => w.states[r.state],
        width: '128px',
      },
      { key: 'when', title: w.columns.when, render: (r) => (r.leftAt === null ? '' : <When at={r.leftAt} near />), width: '170px' },
    ];
  }, [w]);
  return (
    <Panel title={practice ? w.practiceTitle : w.title} hint={w.hint} padding="flush">
      <DataTable<Row>
        label={w.title}
        bare
        pages={pages}
        rowKey={(r) => r.id}
        onOpen={(r) => setOpen(r.id)}
        columns={columns}
        rowHeight={56}
        height={pages.total === 0 ? 160 : 360}
        empty={
          <EmptyState title={w.empty} compact>
            {w.emptyBody}
          </EmptyState>
        }
      />
      {open !== null && <OneMail id={open} practice={practice} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

function OneMail({ id, practice, onClose }: { id: number; practice: boolean; onClose: () => void }) {
  const w = useWords(words).post;
  const one = useQuery('mail/one', { id });
  const answer = useCommand('mail/practice-answer');
  const say = async (what: 'unsubscribe' | 'stop') => {
    if (!(await answer.run({ id, what }))) return;
    toast({ title: w.answered });
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={one.data ? `${w.to} ${one.data.address}` : w.frame} width={720}>
      <Loaded query={one} lines={8}>
        {(m) => (
          <Rows gap={16}>
            <MailView shown={m.shown} />
            {practice && m.messageClass !== 'test' && (
              <div className={css.decisions}>
                <Button size="xs" variant="default" loading={answer.busy} onClick={() => void say('stop')}>
                  {w.stop}
                </Button>
                <Button size="xs" variant="default" loading={answer.busy} onClick={() => void say('unsubscribe')}>
                  {w.unsubscribe}
                </Button>
              </div>
            )}
            <ErrorNote error={answer.error} />
          </Rows>
        )}
      </Loaded>
    </Dialog>
  );
}
