import { Button } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { back, go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { duplicates as catalogue } from '@renderer/strings/duplicates';
import { closeToast, EmptyState, ErrorNote, Note, Panel, Rows, Screen, SkeletonLines, toast, useDelayed, When } from '@renderer/ui';
import { IconUsers } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { DuplicatePair } from './DuplicatePair';
import css from './duplicates.module.css';
import { type DuplicateRow, type DuplicateWords, mergeNotices, pairKey, pairOf, undoneWords } from './duplicates.words';

const STEP = 50;
const MOST = 200;

/** Records that may be one person, side by side: choose what stays, or say they are two. Every merge can be undone. */
export function DuplicatesScreen() {
  const w = useWords(catalogue);
  const place = usePlace();
  const asked = place.screen === 'customers' ? pairOf(place.duplicates ?? '') : null;
  const [limit, setLimit] = useState(STEP);
  const list = useQuery('customers/duplicates', { offset: 0, limit });
  const grey = useDelayed(list.loading);
  const rows = list.data?.rows ?? [];
  const first = rows[0];
  const chosen = asked ?? (first ? { a: first.a, b: first.b } : null);
  const show = (r: { a: number; b: number } | null) => go({ screen: 'customers', duplicates: r ? pairKey(r) : '' }, { replace: true });
  const next = () => {
    const at = rows.findIndex((r) => chosen !== null && pairKey(r) === pairKey(chosen));
    const other = rows[at + 1] ?? rows[at - 1];
    show(other && chosen && pairKey(other) !== pairKey(chosen) ? other : null);
  };
  const total = list.data?.total ?? 0;
  const checking = list.data?.checking ?? 0;
  return (
    <Screen
      title={w.title}
      up={{ label: w.back, onClick: () => void (back() || go({ screen: 'customers' })) }}
      subtitle={list.data ? `${w.found(total)}${checking > 0 ? ` · ${w.checking(checking)}` : ''}` : '\u00a0'}
    >
      <ErrorNote error={list.error} onRetry={list.refetch} />
      {!list.data && grey && <SkeletonLines lines={8} />}
      {list.data && total === 0 && asked === null ? (
        <EmptyState icon={<IconUsers size={28} stroke={1.6} />} title={w.empty.title}>
          {w.empty.body}
        </EmptyState>
      ) : (
        list.data && (
          <div className={css.grid}>
            <PairList
              rows={rows}
              chosen={chosen}
              words={w}
              onChoose={show}
              more={rows.length < total && limit < MOST ? () => setLimit(limit + STEP) : null}
            />
            {chosen ? <DuplicatePair key={pairKey(chosen)} a={chosen.a} b={chosen.b} words={w} onDone={next} /> : <Panel>{w.pick}</Panel>}
          </div>
        )
      )}
      <PastMerges words={w} />
    </Screen>
  );
}

interface PairListProps {
  rows: readonly DuplicateRow[];
  chosen: { a: number; b: number } | null;
  words: DuplicateWords;
  onChoose: (r: DuplicateRow) => void;
  more: (() => void) | null;
}

/** The pairs, likeliest first; arrow keys go up and down. */
function PairList({ rows, chosen, words: w, onChoose, more }: PairListProps) {
  const ref = useRef<HTMLUListElement>(null);
  const move = (e: KeyboardEvent) => {
    const step = e.key === 'ArrowDown' ? 1 : e.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    e.preventDefault();
    const buttons = [...(ref.current?.querySelectorAll('button') ?? [])];
    const to = buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step];
    to?.focus();
    to?.click();
  };
  return (
    <section aria-label={w.list} className={css.listBox}>
      <ul className={css.list} ref={ref} onKeyDown={move}>
        {rows.map((r) => (
          <li key={pairKey(r)}>
            <button
              type="button"
              className={css.item}
              aria-current={(chosen !== null && pairKey(chosen) === pairKey(r)) || undefined}
              onClick={() => onChoose(r)}
            >
              <span className={css.names}>
                <strong>{r.aName || w.unnamed}</strong>
                <span className={css.quiet}> {w.and} </span>
                <strong>{r.bName || w.unnamed}</strong>
              </span>
              <span className={css.quiet}>{r.reasons.map((x) => w.reasons[x]).join(' · ')}</span>
            </button>
          </li>
        ))}
      </ul>
      {more && (
        <Button variant="default" size="xs" onClick={more}>
          {w.more}
        </Button>
      )}
    </section>
  );
}

/** What was put together, with the way back. */
function PastMerges({ words: w }: { words: DuplicateWords }) {
  const past = useQuery('customers/merges', { offset: 0, limit: 20 });
  const undo = useCommand('customers/unmerge');
  const { locale } = useShell();
  const [said, setSaid] = useState<string | null>(null);
  const rows = past.data?.rows ?? [];
  if (rows.length === 0 && said === null) return null;
  const run = async (mergeId: number) => {
    const done = await undo.run({ mergeId });
    if (!done) return;
    closeToast(mergeNotices.get(mergeId) ?? 0);
    toast({ title: w.undone, tone: 'good' });
    setSaid(undoneWords(done, w, locale));
  };
  return (
    <Rows gap={16}>
      {said && (
        <Note tone="info" role="status" title={w.undone}>
          <p>{said}</p>
        </Note>
      )}
      <ErrorNote error={undo.error} />
      {rows.length > 0 && (
        <Panel title={w.past} hint={w.pastHint}>
          <ul className={css.past}>
            {rows.map((m) => (
              <li key={m.id}>
                <button type="button" className={css.link} onClick={() => go({ screen: 'customers', id: m.keptId })}>
                  {w.pastRow(m.goneName, m.keptName)}
                </button>
                <span className={css.quiet}>
                  <When at={m.at} near />
                </span>
                <Button variant="default" size="xs" loading={undo.busy} onClick={() => void run(m.id)}>
                  {w.undo}
                </Button>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Rows>
  );
}
