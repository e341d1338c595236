import { Button } from '@mantine/core';
import { call, type Out, toApiError, useQuery } from '@renderer/api';
import { TimeBars } from '@renderer/charts/TimeBars';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { outbox } from '@renderer/strings/outbox';
import { Chip, ErrorNote, Loaded, Note, Panel, Rows, StatRow, StatTile } from '@renderer/ui';
import { useState } from 'react';
import { pauseRemedy } from '../campaigns/sending-words';
import css from './automations.module.css';
import { PathDrawing } from './PathDrawing';
import { causeWords, nameOf, type One, saysOf, stoppedWords, toCents, todayWords, useDaySay, whyWords } from './say';

const FIRST = 6;

/** How one goes, what keeps it, its figures, whose day it is, and what last month would have been. */
export function LookPage({ a, onEdit }: { a: One; onEdit: () => void }) {
  const w = useWords(catalogue);
  const say = useDaySay();
  const open = (part: 'today' | 'people') => go({ screen: 'automations', id: a.id, part });
  return (
    <Rows>
      <Notes a={a} onEdit={onEdit} />
      <PathDrawing a={a} onEdit={onEdit} />
      {a.state !== 'off' && (
        <StatRow>
          <StatTile label={w.tiles.today} value={say.n(a.today)} note={w.tiles.todayNote} onClick={() => open('today')} />
          <StatTile label={w.tiles.month} value={say.n(a.next30)} note={w.tiles.monthNote} />
          <StatTile
            label={w.tiles.texts}
            value={say.n(a.texts)}
            note={a.heldOut > 0 ? w.tiles.textsNote(say.n(a.heldOut)) : w.tiles.textsPlain}
            onClick={() => open('people')}
          />
          <StatTile label={w.tiles.left} value={say.n(a.leftOut)} note={w.tiles.leftNote} onClick={() => open('people')} />
        </StatRow>
      )}
      <Today a={a} onAll={() => open('today')} />
      <DryRun a={a} />
    </Rows>
  );
}

/** What keeps it from speaking, with what mends it. */
function Notes({ a, onEdit }: { a: One; onEdit: () => void }) {
  const w = useWords(catalogue);
  const o = useWords(outbox);
  const change = (
    <Button size="xs" variant="default" onClick={onEdit}>
      {w.one.change}
    </Button>
  );
  const remedy = a.stopped === null ? null : pauseRemedy(o, a.stopped);
  return (
    <>
      {a.missing !== null && (
        <Note tone="warn" action={change}>
          {w.notes.missing(w.missing[a.missing] ?? w.terms[a.missing].toLowerCase())}
        </Note>
      )}
      {saysOf(a.pattern, 1, a.pattern.body) === '' && (
        <Note tone="warn" action={change}>
          {w.notes.noWords}
        </Note>
      )}
      {a.state !== 'off' && a.stopped !== null && (
        <Note
          tone="warn"
          action={
            remedy ? (
              <Button size="xs" variant="default" onClick={() => go(remedy.place)}>
                {remedy.label}
              </Button>
            ) : a.stopped === 'words' ? (
              change
            ) : undefined
          }
        >
          {stoppedWords(a.stopped, w, o)}
        </Note>
      )}
      {a.state === 'on' && a.waitsForSales && (
        <Note
          tone="warn"
          action={
            <Button size="xs" variant="default" onClick={() => go({ screen: 'import' })}>
              {w.notes.import}
            </Button>
          }
        >
          {w.notes.sales}
        </Note>
      )}
      {a.counting && <Note>{w.notes.counting}</Note>}
    </>
  );
}

function Today({ a, onAll }: { a: One; onAll: () => void }) {
  const w = useWords(catalogue);
  const c = useWords(campaignWords);
  const say = useDaySay();
  const query = useQuery('automations/today', { id: a.id, page: { offset: 0, limit: FIRST } });
  const total = query.data?.total;
  return (
    <Panel
      title={total === undefined ? w.tiles.today : total === 0 ? w.now.none : w.now.title(say.n(total), total === 1)}
      hint={total === 0 ? w.now.noneHint : a.state === 'off' ? w.now.offHint : w.now.onHint}
      action={
        total !== undefined &&
        total > FIRST && (
          <Button size="xs" variant="default" onClick={onAll}>
            {w.now.all(say.n(total))}
          </Button>
        )
      }
    >
      <Loaded query={query} lines={4}>
        {({ rows }) => (
          <ul className={css.due}>
            {rows.map((r) => (
              <li key={`${r.customerId} ${r.cause}`}>
                <button type="button" onClick={() => go({ screen: 'customers', id: r.customerId })}>
                  <span className={css.who}>{nameOf(r, w.now.noName)}</span>
                  <span className={css.quiet}>{todayWords(r, a.kind, w, say)}</span>
                  <span>{r.reason === null ? <Chip tone="good">{w.now.gets}</Chip> : <Chip>{whyWords(r.reason, w, c)}</Chip>}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}

type Run = Out<'automations/dry-run'>;

/** Asked for by a press: over a large shop it plays a while. */
function DryRun({ a }: { a: One }) {
  const w = useWords(catalogue).dry;
  const [run, setRun] = useState<Run>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const play = () => {
    setBusy(true);
    setError(undefined);
    call('automations/dry-run', { id: a.id })
      .then(setRun, (e: unknown) => setError(toApiError(e)))
      .finally(() => setBusy(false));
  };
  if (!run) {
    return (
      <Panel
        title={w.ask}
        hint={w.askHint}
        action={
          <Button size="xs" variant="default" loading={busy} disabled={a.missing !== null} onClick={play}>
            {w.run}
          </Button>
        }
      >
        <ErrorNote error={error} onRetry={play} />
      </Panel>
    );
  }
  return <Played run={run} />;
}

function Played({ run }: { run: Run }) {
  const words = useWords(catalogue);
  const c = useWords(campaignWords);
  const w = words.dry;
  const say = useDaySay();
  const month = say.month(run.from);
  const points = perDay(run);
  const left = [
    ...run.leftOut.map((l) => `${whyWords(l.reason, words, c)} (${say.n(l.count)})`),
    ...(run.heldOut > 0 ? [w.held(say.n(run.heldOut))] : []),
  ];
  return (
    <Panel>
      <TimeBars
        title={run.texts === 0 ? w.none(month) : w.title(say.n(run.texts), run.texts === 1, month)}
        note={`${w.note(say.n(run.people), run.people === 1, say.micros(toCents(run.price), run.currency))} ${left.length > 0 ? `${w.left(left.join(', '))} ` : ''}${w.how}`}
        points={points}
        names={w.chart}
        day={say.day}
        show={say.n}
        nothing={run.texts === 0 ? words.now.noneHint : undefined}
        table={{ head: w.head, rows: points.map((p) => [say.day(p.day), say.n(p.count), say.n(p.total)]) }}
      />
      {run.examples.length > 0 && (
        <div className={css.examples}>
          <span className={css.quiet}>{w.who}:</span>
          {run.examples.map((e) => (
            <button
              key={`${e.customerId} ${e.cause}`}
              type="button"
              title={`${causeWords(e.cause, words, say)} · ${say.dayAt(e.at)}`}
              onClick={() => go({ screen: 'customers', id: e.customerId })}
            >
              {e.name || words.now.noName} <span className={css.quiet}>{say.dayAt(e.at)}</span>
            </button>
          ))}
        </div>
      )}
    </Panel>
  );
}

/** Every day of the month, those without a text too: a gap in the bars is a quiet day. */
function perDay(run: Run): { day: string; count: number; total: number }[] {
  const sent = new Map(run.days.map((d) => [d.day as string, d.texts]));
  const out: { day: string; count: number; total: number }[] = [];
  const [month, last] = [run.from.slice(0, 8), Number(run.to.slice(8))];
  for (let d = 1, total = 0; d <= last; d++) {
    const day = `${month}${String(d).padStart(2, '0')}`;
    const count = sent.get(day) ?? 0;
    total += count;
    out.push({ day, count, total });
  }
  return out;
}
