import { Button } from '@mantine/core';
import { call, useCommand, usePages, useQuery } from '@renderer/api';
import type { Out } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { mail as words } from '@renderer/strings/mail';
import { type Column, DataTable, EmptyState, ErrorNote, Loaded, Panel, toast, When } from '@renderer/ui';
import { useMemo } from 'react';
import css from './mail.module.css';

type Problem = Out<'mail/problems'>['rows'][number];
const TOPICS = ['outbox', 'customers'] as const;

/** Addresses mail came back from: whom to ask for a better one. */
export function ProblemAddresses() {
  const w = useWords(words).problems;
  const pages = usePages<Problem>('mail-problems', (page) => call('mail/problems', page), TOPICS);
  const forgive = useCommand('mail/forgive');
  const run = forgive.run;
  const columns = useMemo(
    (): Column<Problem>[] => [
      { key: 'who', title: w.columns.who, render: (r) => r.name, text: (r) => r.name, width: 'minmax(0, 1fr)' },
      {
        key: 'address',
        title: w.columns.address,
        render: (r) => r.address,
        text: (r) => r.address,
        width: 'minmax(0, 1.4fr)',
        always: true,
      },
      { key: 'why', title: w.columns.why, render: (r) => w.why[r.why], text: (r) => w.why[r.why], width: '170px' },
      { key: 'since', title: w.columns.since, render: (r) => <When at={r.at} style="day" />, width: '120px' },
      {
        key: 'do',
        title: w.forgive,
        quietTitle: true,
        width: '150px',
        align: 'right',
        render: (r) => (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={async () => {
              if (await run({ address: r.address })) toast({ title: w.forgiven, tone: 'good' });
            }}
          >
            {w.forgive}
          </Button>
        ),
      },
    ],
    [w, run],
  );
  return (
    <Panel title={w.title} hint={w.hint} padding="flush">
      <ErrorNote error={forgive.error} />
      <DataTable<Problem>
        label={w.title}
        bare
        pages={pages}
        rowKey={(r) => r.address}
        onOpen={(r) => r.customerId !== null && go({ screen: 'customers', id: r.customerId })}
        columns={columns}
        height={pages.total === 0 ? 130 : 280}
        empty={
          <EmptyState title={w.empty} compact>
            {w.emptyBody}
          </EmptyState>
        }
      />
    </Panel>
  );
}

/** Mails nobody knows the fate of: the owner looks into their account and says so. */
export function UncertainMails() {
  const w = useWords(words).uncertain;
  const mails = useQuery('mail/uncertain', { offset: 0, limit: 50 }, { topics: [...TOPICS] });
  const decide = useCommand('mail/decide');
  return (
    <Panel title={w.title} hint={w.hint}>
      <ErrorNote error={decide.error} />
      <Loaded query={mails} lines={3}>
        {(rows) => (
          <ul className={css.uncertain}>
            {rows.map((m) => (
              <li key={m.id}>
                <div>
                  <p>{m.address}</p>
                  <p className={css.quiet}>
                    {m.subject}
                    {m.leftAt !== null && (
                      <>
                        {' · '}
                        <When at={m.leftAt} near />
                      </>
                    )}
                  </p>
                </div>
                <div className={css.decisions}>
                  <Button size="xs" variant="default" onClick={() => void decide.run({ id: m.id, as: 'sent' })}>
                    {w.sent}
                  </Button>
                  <Button size="xs" variant="default" onClick={() => void decide.run({ id: m.id, as: 'again' })}>
                    {w.again}
                  </Button>
                  <Button size="xs" variant="subtle" onClick={() => void decide.run({ id: m.id, as: 'leave' })}>
                    {w.leave}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
