import { Button } from '@mantine/core';
import { call, useCommand, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { back, go } from '@renderer/nav';
import {
  Chip,
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  ErrorNote,
  Panel,
  PhoneText,
  Screen,
  StateBadge,
  StatRow,
  StatTile,
  toast,
  When,
} from '@renderer/ui';
import { count, money } from '@renderer/ui/format';
import { IconDiscount2, IconPencil, IconPrinter } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { LeakLine } from '../money/LeakLine';
import { MediaPanel } from './MediaPanel';
import { OfferDialog } from './OfferDialog';
import css from './offers.module.css';
import { PaperDialog } from './PaperDialog';
import { Redemptions } from './Redemptions';
import { SignsPanel } from './SignsPanel';
import { stateOf } from './state';
import { useSaying } from './useSaying';
import { gives, goodWhen, type OfferRow, type OfferWords, shown } from './words';

type CodeRow = Awaited<ReturnType<typeof loadCodes>>['rows'][number];
const FILTERS = ['any', 'issued', 'redeemed', 'expired', 'voided'] as const;
const TOPICS = ['offers'] as const;

const loadCodes = (offerId: number, state: (typeof FILTERS)[number], page: { offset: number; limit: number }) =>
  call('offers/codes', { offerId: offerId as never, state, ...page });

function columnsOf(w: OfferWords): Column<CodeRow>[] {
  const t = w.detail;
  const states = {
    issued: { label: t.states.issued, tone: 'info' },
    redeemed: { label: t.states.redeemed, tone: 'good' },
    reversed: { label: t.states.reversed, tone: 'info' },
    expired: { label: t.states.expired, tone: 'neutral' },
    voided: { label: t.states.voided, tone: 'neutral' },
  } as const;
  const nameOf = (r: CodeRow) => [r.firstName, r.lastName].filter(Boolean).join(' ');
  return [
    {
      key: 'code',
      title: t.columns.code,
      width: '116px',
      always: true,
      render: (r) => <span className={css.code}>{shown(r.code)}</span>,
      text: (r) => shown(r.code),
    },
    {
      key: 'person',
      title: t.columns.person,
      width: 'minmax(150px, 1.5fr)',
      render: (r) => nameOf(r) || (r.phone ? <PhoneText phone={r.phone} /> : <span className={css.quiet}>{t.nobody}</span>),
      text: nameOf,
    },
    { key: 'given', title: t.columns.given, width: '124px', render: (r) => <When at={r.issuedAt} style="day" /> },
    { key: 'until', title: t.columns.until, width: '124px', render: (r) => <When at={r.expiresAt - 1} style="day" /> },
    {
      key: 'state',
      title: t.columns.state,
      width: 'minmax(140px, 1fr)',
      render: (r) => (
        <span className={css.name}>
          <StateBadge state={r.state} states={states} />
          {r.uses > 1 && <span className={css.quiet}>{t.used(r.used, r.uses)}</span>}
        </span>
      ),
      text: (r) => states[r.state].label,
    },
  ];
}

/** One offer: what it gave, its codes, who redeemed it. */
export function OfferDetail({ offer, words: w }: { offer: OfferRow; words: OfferWords }) {
  const { shop, locale } = useShell();
  const s = useSaying();
  const t = w.detail;
  const callOff = useCommand('offers/call-off');
  const callOffOne = useCommand('offers/call-off-code');
  const [printing, setPrinting] = useState(false);
  const [ending, setEnding] = useState(false);
  const state = stateOf(offer, w, locale);
  const [editing, setEditing] = useState(false);
  const [filter, setFilter] = useState<(typeof FILTERS)[number]>('any');
  const pages = usePages<CodeRow>(`${offer.id} ${filter}`, (page) => loadCodes(offer.id, filter, page), TOPICS);
  const columns = useMemo(() => columnsOf(w), [w]);
  return (
    <Screen
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'offers' })) }}
      title={offer.name}
      badge={<Chip tone={state.tone}>{state.label}</Chip>}
      subtitle={[
        gives(offer, s),
        goodWhen(offer, s),
        offer.codeMode === 'shared' ? `${w.shared(offer.sharedCode ?? '')}${offer.membersOnly ? '' : ` (${w.sharedNote})`}` : w.personal,
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={
        <>
          {offer.codeMode === 'personal' && offer.open > 0 && (
            <Button variant="subtle" color="brick" onClick={() => setEnding(true)}>
              {t.callOff}
            </Button>
          )}
          <Button variant="default" leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />} onClick={() => setPrinting(true)}>
            {offer.codeMode === 'shared' ? t.print : t.printCodes}
          </Button>
        </>
      }
      primary={
        <Button variant="default" leftSection={<IconPencil size={18} stroke={1.75} aria-hidden />} onClick={() => setEditing(true)}>
          {w.edit.open}
        </Button>
      }
    >
      <ErrorNote error={callOff.error ?? callOffOne.error} />
      <StatRow>
        {offer.codeMode === 'personal' && <StatTile label={w.columns.codes} value={count(offer.issued, locale)} />}
        {offer.codeMode === 'personal' && <StatTile label={t.open} value={count(offer.open, locale)} />}
        <StatTile label={w.columns.redeemed} value={count(offer.redeemed, locale)} />
        <StatTile label={w.columns.discount} value={money(offer.discount, shop.currency, locale)} />
      </StatRow>
      <LeakLine offerId={offer.id} />
      <MediaPanel offerId={offer.id} />
      <SignsPanel offerId={offer.id} offers={[offer]} words={w} />
      <Panel title={t.redemptions}>
        <Redemptions offerId={offer.id} words={w} />
      </Panel>
      {offer.codeMode === 'personal' && (
        <Panel
          title={t.codes}
          padding="flush"
          action={
            <fieldset className="rg-pills">
              <legend className="rg-hidden">{t.columns.state}</legend>
              {FILTERS.map((f) => (
                <button key={f} type="button" aria-pressed={filter === f} onClick={() => setFilter(f)}>
                  {t.filters[f]}
                </button>
              ))}
            </fieldset>
          }
        >
          <DataTable
            label={t.codes}
            name="offer-codes"
            bare
            columns={columns}
            pages={pages}
            rowKey={(r) => r.code}
            onOpen={(r) => r.customerId !== null && go({ screen: 'customers', id: r.customerId })}
            menu={(r) =>
              r.state === 'issued' || r.state === 'reversed'
                ? [{ label: t.callOffOne, onClick: () => void callOffOne.run({ code: r.code }) }]
                : []
            }
            onRetry={pages.refetch}
            quiet={(r) => r.state === 'expired' || r.state === 'voided'}
            empty={
              <EmptyState compact icon={<IconDiscount2 size={28} stroke={1.6} />} title={t.noCodes}>
                {t.noCodesBody}
              </EmptyState>
            }
          />
        </Panel>
      )}
      {printing && <PaperDialog offer={offer} words={w} onClose={() => setPrinting(false)} />}
      <ConfirmDialog
        open={ending}
        onClose={() => setEnding(false)}
        title={t.callOffTitle(count(offer.open, locale))}
        confirm={t.callOffGo}
        danger
        busy={callOff.busy}
        onConfirm={async () => {
          const done = await callOff.run({ offerId: offer.id });
          setEnding(false);
          if (done) toast({ title: t.calledOff(count(done.codes, locale)), tone: 'good' });
        }}
      >
        {t.callOffBody}
      </ConfirmDialog>
      {editing && <OfferDialog offer={offer} words={w} onClose={() => setEditing(false)} />}
    </Screen>
  );
}
