import type { CustomerId } from '@domain/kernel';
import { call, type Out } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type AutomationWords, automations as catalogue } from '@renderer/strings/automations';
import { type CampaignWords, campaigns as campaignWords } from '@renderer/strings/campaigns';
import { Chip, type ChipTone, type Column, DataTable, EmptyState, When } from '@renderer/ui';
import { IconUsers } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import css from './automations.module.css';
import { causeWords, type DaySay, nameOf, type One, useDaySay, whyWords } from './say';
import { WhyPersonDialog } from './WhyAutomation';

type Person = Out<'automations/people'>['rows'][number];
type Outcome = Person['outcome'];
const TOPICS = ['campaigns', 'outbox', 'customers'] as const;
const SHOWN = ['text', 'control', 'left-out', 'waiting', 'expired'] as const satisfies readonly Outcome[];
const TONES: Partial<Record<Outcome, ChipTone>> = { text: 'good', control: 'info', waiting: 'warn' };

function columnsOf(w: AutomationWords, c: CampaignWords, say: DaySay): Column<Person>[] {
  const outcome = (r: Person) => [w.outcome[r.outcome], r.reason === null ? '' : whyWords(r.reason, w, c)].filter(Boolean).join(': ');
  return [
    {
      key: 'name',
      title: w.everybody.columns.name,
      width: 'minmax(160px, 1fr)',
      always: true,
      render: (r) => nameOf(r, w.now.noName),
      text: (r) => nameOf(r, w.now.noName),
    },
    {
      key: 'cause',
      title: w.everybody.columns.cause,
      width: 'minmax(160px, 1.1fr)',
      render: (r) => <span className={css.quiet}>{causeWords(r.cause, w, say)}</span>,
      text: (r) => causeWords(r.cause, w, say),
    },
    {
      key: 'outcome',
      title: w.everybody.columns.outcome,
      width: 'minmax(200px, 1.6fr)',
      render: (r) => (
        <span className={css.two}>
          <span>
            <Chip tone={TONES[r.outcome] ?? 'neutral'}>{w.outcome[r.outcome]}</Chip>
          </span>
          {(r.reason !== null || r.againAt !== null) && (
            <span className={css.quiet}>
              {[r.reason !== null && whyWords(r.reason, w, c), r.againAt !== null && w.everybody.again(say.dayAt(r.againAt))]
                .filter(Boolean)
                .join(' · ')}
            </span>
          )}
        </span>
      ),
      text: outcome,
    },
    { key: 'when', title: w.everybody.columns.when, width: '190px', render: (r) => <When at={r.at} near />, text: (r) => say.date(r.at) },
  ];
}

/** Everybody it decided about, newest first, each with the cause, what happened and why. */
export function PeoplePage({ a }: { a: One }) {
  const w = useWords(catalogue);
  const c = useWords(campaignWords);
  const say = useDaySay();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const [why, setWhy] = useState<CustomerId | null>(null);
  const pages = usePages<Person>(
    `automations/people ${a.id} ${outcome ?? ''}`,
    (page) => call('automations/people', { id: a.id, outcome, reason: null, page }),
    TOPICS,
  );
  const columns = useMemo(() => columnsOf(w, c, say), [w, c, say]);
  return (
    <>
      <fieldset className={css.pills}>
        <legend className="rg-hidden">{w.everybody.filter}</legend>
        {[null, ...SHOWN].map((o) => (
          <button key={o ?? 'all'} type="button" aria-pressed={outcome === o} onClick={() => setOutcome(o)}>
            {o === null ? w.everybody.all : w.outcome[o]}
          </button>
        ))}
      </fieldset>
      <div className={css.fill}>
        <DataTable
          label={w.one.parts.people}
          columns={columns}
          pages={pages}
          height="fill"
          rowHeight={60}
          rowKey={(r) => `${r.customerId} ${r.cause}`}
          onRetry={pages.refetch}
          quiet={(r) => r.outcome === 'left-out' || r.outcome === 'expired' || r.outcome === 'already'}
          onOpen={(r) => setWhy(r.customerId)}
          menu={(r) => [
            { label: w.everybody.menu.why, onClick: () => setWhy(r.customerId) },
            { label: w.everybody.menu.person, onClick: () => go({ screen: 'customers', id: r.customerId }) },
            {
              label: w.everybody.menu.text,
              disabled: r.campaignId === null,
              onClick: () => r.campaignId !== null && go({ screen: 'campaigns', id: r.campaignId }),
            },
          ]}
          empty={
            <EmptyState icon={<IconUsers size={28} stroke={1.5} />} title={outcome === null ? w.everybody.none : w.everybody.noneOf} />
          }
        />
      </div>
      {why !== null && <WhyPersonDialog id={a.id} customerId={why} onClose={() => setWhy(null)} />}
    </>
  );
}
