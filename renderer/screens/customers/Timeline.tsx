import type { OutboxId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { call, toApiError, useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { counterTasks } from '@renderer/strings/counter-tasks';
import { receipts } from '@renderer/strings/links';
import { orders } from '@renderer/strings/orders';
import { Chip, ErrorNote, MicroMoney, Money, Panel, SkeletonLines, TextField, useDelayed, When } from '@renderer/ui';
import {
  IconChecklist,
  IconGift,
  IconLink,
  IconMail,
  IconMailForward,
  IconMessage,
  IconMessage2,
  IconNote,
  IconPackage,
  IconReceipt,
  IconReceiptRefund,
  IconShieldCheck,
  IconStars,
  IconUserPlus,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { GiftButton } from '../links/GiftButton';
import { HistoryButton } from '../texts/HistoryButton';
import css from './customers.module.css';
import type { CustomerWords, Entry } from './words';

const PAGE = 40;
const KINDS = {
  all: null,
  purchases: ['sale', 'redemption'],
  texts: ['text-out', 'text-in', 'tap', 'contact', 'mail-out'],
  permission: ['consent'],
} as const satisfies Record<string, readonly Entry['kind'][] | null>;
type Shown = keyof typeof KINDS;

/** Purchases, texts both ways, permission, codes and notes on one line, newest first. */
export function Timeline({ id, words: w }: { id: number; words: CustomerWords }) {
  const t = w.timeline;
  const first = useQuery('customers/timeline', { id: id as never, offset: 0, limit: PAGE });
  const [older, setOlder] = useState<{ entries: Entry[]; more: boolean } | null>(null);
  const [shown, setShown] = useState<Shown>('all');
  const [failed, setFailed] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const grey = useDelayed(first.loading);
  const newest = first.data;
  // A new first page (somebody just bought something) makes older pages start over.
  useEffect(() => {
    if (newest) setOlder(null);
  }, [newest]);
  const entries = [...(newest?.entries ?? []), ...(older?.entries ?? [])];
  const more = older ? older.more : (newest?.more ?? false);
  const load = async () => {
    setBusy(true);
    setFailed(undefined);
    try {
      const page = await call('customers/timeline', { id: id as never, offset: entries.length, limit: PAGE });
      setOlder((o) => ({ entries: [...(o?.entries ?? []), ...page.entries], more: page.more }));
    } catch (e) {
      setFailed(toApiError(e));
    } finally {
      setBusy(false);
    }
  };
  const kinds: readonly Entry['kind'][] | null = KINDS[shown];
  const seen = entries.filter((e) => kinds === null || kinds.includes(e.kind));
  return (
    <Panel title={t.title}>
      <AddNote id={id} words={w} />
      <fieldset className={`rg-pills ${css.tabs}`}>
        <legend className="rg-hidden">{t.title}</legend>
        {(Object.keys(KINDS) as Shown[]).map((k) => (
          <button key={k} type="button" aria-pressed={shown === k} onClick={() => setShown(k)}>
            {t[k]}
          </button>
        ))}
      </fieldset>
      <ErrorNote error={first.error ?? failed} onRetry={first.error ? first.refetch : undefined} />
      {newest === undefined && grey && <SkeletonLines lines={6} />}
      {newest !== undefined && seen.length === 0 && <p className={css.quiet}>{entries.length === 0 ? t.none : t.noneOfKind}</p>}
      <ol className={css.timeline}>
        {seen.map((e) => (
          <Line key={`${e.kind} ${e.id}`} entry={e} words={w} />
        ))}
      </ol>
      {more && (
        <Button variant="default" size="xs" onClick={() => void load()} loading={busy}>
          {t.more}
        </Button>
      )}
    </Panel>
  );
}

function AddNote({ id, words: w }: { id: number; words: CustomerWords }) {
  const [note, setNote] = useState('');
  const add = useCommand('customers/note');
  const save = async () => {
    if (note.trim() && (await add.run({ id: id as never, note }))) setNote('');
  };
  return (
    <form
      className={css.addNote}
      onSubmit={(e) => {
        e.preventDefault();
        void save();
      }}
    >
      <TextField label={w.timeline.addNote} value={note} onChange={setNote} placeholder={w.timeline.notePlaceholder} maxLength={2000} />
      <Button type="submit" variant="default" disabled={note.trim() === ''} loading={add.busy}>
        {w.timeline.noteSave}
      </Button>
      <ErrorNote error={add.error} />
    </form>
  );
}

const icon = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

function Line({ entry: e, words: w }: { entry: Entry; words: CustomerWords }) {
  const t = w.timeline;
  const r = useWords(receipts);
  const k = useWords(counterTasks);
  const o = useWords(orders);
  switch (e.kind) {
    case 'sale': {
      const names = e.lines.slice(0, 4).map((l) => `${l.qtyMilli !== 1000 && l.qtyMilli > 0 ? `${l.qtyMilli / 1000} × ` : ''}${l.name}`);
      const rest = e.lines.length - names.length;
      return (
        <Row
          at={e.at}
          icon={e.refund ? <IconReceiptRefund {...icon} /> : <IconReceipt {...icon} />}
          title={
            <>
              {e.refund ? t.refund : t.sale} {e.gift && <Chip>{r.timeline.gift}</Chip>}
              {!e.refund && <GiftButton saleId={e.id} gift={e.gift} words={r} />}
            </>
          }
          side={<Money cents={e.net} />}
          tone={e.refund ? 'quiet' : undefined}
        >
          {[names.join(', '), rest > 0 && t.moreLines(rest), e.receiptNo && t.receipt(e.receiptNo)].filter(Boolean).join(' · ')}
        </Row>
      );
    }
    case 'text-out':
      return (
        <Row
          at={e.at}
          icon={<IconMessage {...icon} />}
          title={
            <>
              {`${t.out} ${e.campaign ? t.campaign(e.campaign) : ''}`} <HistoryButton id={e.id as OutboxId} />
            </>
          }
          side={
            <>
              {w.textState[e.state] ?? e.state}
              {e.price !== null && e.priceCurrency && (
                <>
                  {' · '}
                  <MicroMoney micros={e.price} currency={e.priceCurrency} />
                </>
              )}
            </>
          }
          tone={e.state === 'skipped' || e.state === 'cancelled' ? 'quiet' : undefined}
        >
          <q>{e.body}</q>
        </Row>
      );
    case 'mail-out':
      return (
        <Row
          at={e.at}
          icon={<IconMail {...icon} />}
          title={`${t.mailed} ${e.campaign ? t.campaign(e.campaign) : ''}`}
          side={t.mailState[e.state] ?? e.state}
          tone={e.state === 'skipped' || e.state === 'cancelled' ? 'quiet' : undefined}
        >
          {e.subject && <q>{e.subject}</q>}
        </Row>
      );
    case 'text-in':
      return (
        <Row at={e.at} icon={<IconMessage2 {...icon} />} title={t.in}>
          {e.body && <q>{e.body}</q>}
        </Row>
      );
    case 'consent':
      return (
        <Row at={e.at} icon={<IconShieldCheck {...icon} />} title={w.consent[e.event] ?? e.event}>
          {[w.method[e.method] ?? e.method, e.promiseMax !== null && w.promise(e.promiseMax), e.staffName && t.by(e.staffName)]
            .filter(Boolean)
            .join(' · ')}
        </Row>
      );
    case 'redemption':
      return (
        <Row
          at={e.at}
          icon={<IconGift {...icon} />}
          title={`${t.redeemed} ${e.offerName}`}
          side={e.amount !== null ? <Money cents={e.amount} /> : undefined}
          tone={e.reversedAt !== null ? 'quiet' : undefined}
        >
          {[
            `${e.code.slice(0, 3)}-${e.code.slice(3)}`,
            e.receiptNo && t.receipt(e.receiptNo),
            e.staffName && t.by(e.staffName),
            e.reversedAt !== null && t.undone,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Row>
      );
    case 'order':
      return (
        <Row
          at={e.at}
          icon={<IconPackage {...icon} />}
          title={`${o.kinds[e.order]}: ${[e.what, e.size && o.size(e.size)].filter(Boolean).join(', ')}`}
          side={o.states[e.state]}
          tone={e.state === 'cancelled' ? 'quiet' : undefined}
        >
          {[o.number(e.ref), e.staffName && t.by(e.staffName)].filter(Boolean).join(' · ')}
        </Row>
      );
    case 'task':
      return (
        <Row
          at={e.at}
          icon={<IconChecklist {...icon} />}
          title={`${k.kind[e.task]}: ${e.words}`}
          side={e.outcome === null ? k.open : k.outcome[e.outcome]}
          tone={e.state === 'dropped' ? 'quiet' : undefined}
        >
          {e.doneAt !== null && (
            <>
              {e.outcome && k.outcome[e.outcome]} <When at={e.doneAt} near /> {e.staffName && t.by(e.staffName)}
            </>
          )}
        </Row>
      );
    case 'note':
      return (
        <Row at={e.at} icon={<IconNote {...icon} />} title={e.note ? t.note : t.visit}>
          {[e.note, e.staffName && t.by(e.staffName)].filter(Boolean).join(' · ')}
        </Row>
      );
    case 'contact':
      return (
        <Row at={e.at} icon={<IconMailForward {...icon} />} title={t.contact[e.channel]}>
          {e.campaign ? t.campaign(e.campaign) : t.ofGroup(e.name)}
        </Row>
      );
    case 'points':
      return (
        <Row at={e.at} icon={<IconStars {...icon} />} title={t.points[e.what]} side={`${e.points > 0 ? '+' : '−'}${Math.abs(e.points)}`}>
          {e.reason}
        </Row>
      );
    case 'tap':
      return (
        <Row at={e.at} icon={<IconLink {...icon} />} title={t.tapped}>
          {e.campaign && t.campaign(e.campaign)}
        </Row>
      );
    case 'added':
      return <Row at={e.at} icon={<IconUserPlus {...icon} />} title={e.fileName ? t.addedFile(e.fileName) : t.added} tone="quiet" />;
  }
}

function Row(p: { at: number; icon: ReactNode; title: ReactNode; side?: ReactNode; tone?: 'quiet' | undefined; children?: ReactNode }) {
  return (
    <li className={css.entry} data-tone={p.tone}>
      <span className={css.entryIcon}>{p.icon}</span>
      <div>
        <p className={css.entryTitle}>{p.title}</p>
        {p.children && <p className={css.entryBody}>{p.children}</p>}
      </div>
      <div className={css.entrySide}>
        {p.side && <span>{p.side}</span>}
        <When at={p.at} near />
      </div>
    </li>
  );
}
