import type { OutboxId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { call, useShell } from '@renderer/api';
import { usePages } from '@renderer/api/usePages';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type OutboxWords, outbox } from '@renderer/strings/outbox';
import { type TextsWords, texts as words } from '@renderer/strings/texts';
import { Chip, type Column, DataTable, EmptyState, PhoneText, Screen, When } from '@renderer/ui';
import { count, phone } from '@renderer/ui/format';
import { IconMessages, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { UncertainTexts } from '../campaigns/UncertainTexts';
import { textTone } from '../campaigns/words';
import { HistoryDialog } from './HistoryDialog';
import { causeWords, fateParts, fateWords, type Text } from './text-words';
import css from './texts.module.css';

const TEXT_VIEWS = ['all', 'waiting', 'on-the-way', 'trouble', 'unknown', 'left-out'] as const;
type View = (typeof TEXT_VIEWS)[number];

function columnsOf(w: TextsWords, o: OutboxWords): Column<Text>[] {
  return [
    {
      key: 'person',
      title: w.columns.person,
      width: 'minmax(140px, 1fr)',
      always: true,
      render: (r) =>
        r.person.name || (r.person.phone === '' ? <span className={css.quiet}>{w.erased}</span> : <PhoneText phone={r.person.phone} />),
      text: (r) => `${r.person.name} ${r.person.phone === '' ? '' : phone(r.person.phone)}`.trim(),
    },
    {
      key: 'cause',
      title: w.columns.cause,
      width: 'minmax(120px, 1fr)',
      render: (r) => <span className={css.words}>{causeWords(w, r.cause)}</span>,
      text: (r) => causeWords(w, r.cause),
    },
    {
      key: 'state',
      title: w.columns.state,
      width: 'minmax(240px, 1.8fr)',
      always: true,
      render: (r) => <Fate text={r} />,
      text: (r) => fateWords(w, o, r),
    },
    {
      key: 'text',
      title: w.columns.text,
      width: 'minmax(100px, 1fr)',
      // In the story of each; here most begin with the shop's name and end in dots.
      optional: true,
      render: (r) => <span className={css.words}>{r.body}</span>,
      text: (r) => r.body,
    },
    { key: 'at', title: w.columns.at, width: '176px', render: (r) => <When at={r.leftAt ?? r.queuedAt} near /> },
  ];
}

/** The state, and below it why: side by side both would be cut in a small window. */
function Fate({ text: t }: { text: Text }) {
  const fate = fateParts(useWords(words), useWords(outbox), t);
  return (
    <span className={css.fate} title={fate.why ?? undefined}>
      <Chip tone={textTone(t.state)} dot>
        <span className={css.words}>{fate.state}</span>
      </Chip>
      {fate.why !== null && <span className={css.why}>{fate.why}</span>}
    </span>
  );
}

/** Every text Regulars sends, newest first, with what became of it; above them what only the owner can decide. */
export function TextsScreen() {
  const w = useWords(words);
  const o = useWords(outbox);
  const { locale } = useShell();
  const place = usePlace();
  const view: View = (place.screen === 'texts' && place.view) || 'all';
  const [typed, setTyped] = useState('');
  const [find, setFind] = useState('');
  const [opened, setOpened] = useState<OutboxId | null>(null);
  useEffect(() => {
    const t = setTimeout(() => setFind(typed.trim()), 120);
    return () => clearTimeout(t);
  }, [typed]);
  const asked = { view, find, campaignId: null };
  const pages = usePages<Text>(JSON.stringify(asked), (page) => call('outbox/texts', { ...asked, page }), ['outbox']);
  const columns = useMemo(() => columnsOf(w, o), [w, o]);
  const none = pages.total === 0 && view === 'all' && find === '';
  return (
    <Screen
      fill
      title={w.title}
      up={{ label: w.up, onClick: () => go({ screen: 'campaigns' }) }}
      subtitle={!pages.total || view === 'unknown' ? '\u00a0' : w.subtitle(count(pages.total, locale), pages.total === 1)}
    >
      <div className={css.tools} hidden={none}>
        <div className={css.search}>
          <IconSearch size={18} stroke={1.75} aria-hidden />
          <input
            type="search"
            aria-label={w.find}
            placeholder={w.findHint}
            value={typed}
            onChange={(e) => setTyped(e.currentTarget.value)}
            spellCheck={false}
            disabled={view === 'unknown'}
          />
        </div>
        <fieldset className="rg-pills">
          <legend className="rg-hidden">{w.which}</legend>
          {TEXT_VIEWS.map((v) => (
            <button key={v} type="button" aria-pressed={view === v} onClick={() => go({ screen: 'texts', view: v }, { replace: true })}>
              {w.views[v]}
            </button>
          ))}
        </fieldset>
      </div>
      {view === 'unknown' && (
        <div className={css.decide}>
          <UncertainTexts
            campaignId={null}
            empty={
              <EmptyState icon={<IconMessages size={28} stroke={1.6} />} title={w.allKnown.title}>
                {w.allKnown.body}
              </EmptyState>
            }
          />
        </div>
      )}
      <div className={css.table} hidden={view === 'unknown'}>
        <DataTable
          label={w.title}
          name="texts"
          height="fill"
          rowHeight={60}
          columns={columns}
          pages={pages}
          rowKey={(r) => r.outboxId}
          onOpen={(r) => setOpened(r.outboxId)}
          onRetry={pages.refetch}
          quiet={(r) => r.state === 'skipped' || r.state === 'cancelled'}
          empty={
            <EmptyState
              icon={<IconMessages size={28} stroke={1.6} />}
              title={none ? w.noneYet : w.nothing}
              action={none && <Button onClick={() => go({ screen: 'campaigns', id: 0 })}>{w.begin}</Button>}
            >
              {none ? w.empty : find !== '' ? w.nothingHint.find : view === 'unknown' ? null : w.nothingHint[view]}
            </EmptyState>
          }
        />
      </div>
      {opened !== null && <HistoryDialog id={opened} onClose={() => setOpened(null)} />}
    </Screen>
  );
}
