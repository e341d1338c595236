import type { CampaignId, UtcMs } from '@domain/kernel';
import { showCode } from '@domain/offers/code';
import { ActionIcon } from '@mantine/core';
import { call, type In, type Out } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go } from '@renderer/nav';
import { WhyDialog } from '@renderer/screens/why/WhyDialog';
import { useWords } from '@renderer/strings';
import { type CampaignWords, campaigns as catalogue } from '@renderer/strings/campaigns';
import { type MailResultWords as MailWords, mailComposer } from '@renderer/strings/mail-composer';
import { type WhyWords, why as whyCatalogue } from '@renderer/strings/why';
import { Chip, type Column, DataTable, EmptyState, PhoneText, When } from '@renderer/ui';
import { phone } from '@renderer/ui/format';
import { IconHelpCircle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import css from './campaigns.module.css';
import { reasonWords, textTone } from './words';

export type PeopleView = In<'campaigns/people'>['view'];
type Row = Out<'campaigns/people'>['rows'][number];
const TOPICS = ['campaigns', 'outbox', 'offers'] as const;

const nameOf = (r: Row, w: CampaignWords) => `${r.firstName} ${r.lastName}`.trim() || r.company || w.noName;
const fateOf = (r: Row, w: CampaignWords, m: MailWords): string => {
  if (r.arm === 'control') return w.divisionHeld;
  if (r.arm === 'excluded') return r.reason === null ? w.divisionOut : reasonWords(r.reason, w);
  if (r.redeemedAt !== null) return w.used;
  if (r.state === null) return w.getsIt;
  if (r.channel === 'email') {
    const why = r.reason !== null && r.state !== 'sent' ? (m.reasons[r.reason] ?? '') : '';
    const said = m.state[r.state] ?? r.state;
    return why === '' ? said : `${said}: ${why}`;
  }
  const state = w.textStates[r.state];
  const waits = r.state === 'waiting' || r.state === 'skipped' || r.state === 'cancelled';
  return waits && r.reason !== null && r.reason !== '' ? `${state}: ${reasonWords(r.reason, w)}` : state;
};

/** The last column: why it is so for this person. */
const whyColumn = (w: CampaignWords, y: WhyWords, onWhy: (r: Row) => void): Column<Row> => ({
  key: 'why',
  title: y.column,
  width: '64px',
  always: true,
  render: (r) => (
    // not one stop of Tab a row: by keys it is asked with the button above the list
    <ActionIcon
      variant="subtle"
      color="gray"
      tabIndex={-1}
      aria-label={y.row(nameOf(r, w))}
      title={y.row(nameOf(r, w))}
      onClick={() => onWhy(r)}
    >
      <IconHelpCircle size={20} stroke={1.6} aria-hidden />
    </ActionIcon>
  ),
});

function columnsOf(w: CampaignWords, m: MailWords, short: boolean, oneReason: boolean): Column<Row>[] {
  const all: Column<Row>[] = [
    {
      key: 'name',
      title: w.peopleColumns.name,
      width: 'minmax(160px, 1.2fr)',
      always: true,
      render: (r) => nameOf(r, w),
      text: (r) => nameOf(r, w),
    },
    {
      key: 'phone',
      title: w.peopleColumns.phone,
      width: '150px',
      render: (r) => r.email ?? (r.phone ? <PhoneText phone={r.phone} /> : ''),
      text: (r) => r.email ?? (r.phone ? phone(r.phone) : ''),
    },
    {
      key: 'state',
      title: w.peopleColumns.state,
      width: 'minmax(200px, 1.6fr)',
      render: (r) =>
        r.arm === 'text' && r.state !== null ? (
          <Chip tone={r.redeemedAt !== null ? 'good' : textTone(r.state)} dot>
            {fateOf(r, w, m)}
          </Chip>
        ) : (
          <span className={css.quiet}>{fateOf(r, w, m)}</span>
        ),
      text: (r) => fateOf(r, w, m),
    },
  ];
  if (short) return oneReason ? all.slice(0, 2) : all;
  return [
    ...all,
    { key: 'left', title: w.peopleColumns.left, width: '170px', render: (r) => (r.leftAt === null ? '' : <When at={r.leftAt} near />) },
    {
      key: 'code',
      title: w.peopleColumns.code,
      width: '110px',
      optional: true,
      render: (r) => (r.code === null ? '' : showCode(r.code)),
      text: (r) => (r.code === null ? '' : showCode(r.code)),
    },
  ];
}

/** Everybody of a campaign, or of one part of it, with what became of each. */
export function PeopleTable(p: {
  id: CampaignId;
  view: PeopleView;
  part?: number | null;
  reason: string | null;
  /** Of a draft: as of that hour; else as of now. */
  at?: UtcMs | null;
  height: number;
  short?: boolean;
}) {
  const w = useWords(catalogue);
  const m = useWords(mailComposer).result;
  const asked = { id: p.id, view: p.view, reason: p.reason, part: p.part ?? null, at: p.at ?? null };
  const pages = usePages<Row>(JSON.stringify(asked), (page) => call('campaigns/people', { ...asked, page }), TOPICS);
  const [why, setWhy] = useState<Row | null>(null);
  const y = useWords(whyCatalogue);
  const columns = useMemo(
    () => [...columnsOf(w, m, p.short ?? false, p.reason !== null || p.view === 'control'), whyColumn(w, y, setWhy)],
    [w, m, y, p.short, p.reason, p.view],
  );
  return (
    <>
      <DataTable
        label={w.peopleList}
        columns={columns}
        pages={pages}
        rowKey={(r) => r.customerId}
        height={p.height}
        onRetry={pages.refetch}
        onOpen={(r) => go({ screen: 'customers', id: r.customerId })}
        empty={<EmptyState compact title={w.nobodyHere} />}
        {...(!p.short && { name: 'campaign-people', bare: true })}
      />
      {why && <WhyDialog campaignId={p.id} customerId={why.customerId} name={nameOf(why, w)} onClose={() => setWhy(null)} />}
    </>
  );
}
