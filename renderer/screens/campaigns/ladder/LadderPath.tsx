import { type CampaignId, HOUR } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { minuteWords } from '@renderer/screens/offers/say';
import { useWords } from '@renderer/strings';
import { campaigns } from '@renderer/strings/campaigns';
import type { LadderWords } from '@renderer/strings/ladder';
import { outbox } from '@renderer/strings/outbox';
import { Chip, ConfirmDialog, ErrorNote, Note, Panel, SkeletonLines, toast, When } from '@renderer/ui';
import { count, micros } from '@renderer/ui/format';
import { useState } from 'react';
import { pauseWords } from '../sending-words';
import { reasonWords } from '../words';
import css from './ladder.module.css';
import { type Ladder, ORDER } from './model';
import { type PathAsk, PathPeople } from './PathPeople';
import { PathTable } from './PathTable';
import { type PathNode, PathTree } from './PathTree';
import { useLadderWords } from './useLadderWords';

export type Place = Out<'ladders/figures'>['places'][number];

/** The follow-ups of a campaign that was started, as they run: a path with the people in each branch. Nothing where nothing follows. */
export function LadderPath({ campaignId }: { campaignId: CampaignId }) {
  const path = useQuery('ladders/get', { campaignId }).data;
  if (!path || path.steps.length === 0) return null;
  return <Running path={path} />;
}

function Running({ path }: { path: Ladder }) {
  const w = useLadderWords();
  const { locale } = useShell();
  const { campaignId } = path;
  const { data: figures, error } = useQuery('ladders/figures', { campaignId });
  const [asTable, setAsTable] = useState(false);
  const [ask, setAsk] = useState<PathAsk | null>(null);
  const price = (n: number) => micros(Math.ceil(n / 10_000) * 10_000, figures?.currency ?? 'USD', locale);
  const places = new Map(figures?.places.map((p) => [p.id, p]));
  const steps = (parentId: CampaignId | null) =>
    path.steps.filter((s) => s.parentId === parentId).sort((a, b) => ORDER.indexOf(a.reaction) - ORDER.indexOf(b.reaction));
  const node = (s: Ladder['steps'][number]): PathNode => ({
    key: String(s.id),
    edge: `${w.reaction[s.reaction]} · ${w.wait(s.reaction, s.afterDays)}, ${w.at(minuteWords(s.atMinute, locale))}`,
    card: (
      <PlaceCard
        title={s.name}
        offer={s.offerName}
        words={s.body}
        spanish={s.bodyEs !== ''}
        place={places.get(s.id)}
        onAsk={setAsk}
        stopped={stoppedByItself(s)}
      />
    ),
    children: steps(s.id).map(node),
  });
  const tone = path.state === 'running' ? (path.held === null ? 'info' : 'warn') : 'neutral';
  return (
    <Panel title={w.title} action={<Controls path={path} />}>
      <div className={css.notes}>
        <Notes path={path} waitsForSales={figures?.waitsForSales ?? false} />
        {error && <ErrorNote error={error} />}
      </div>
      <div className={css.bar}>
        <div className={css.counts}>
          <Chip tone={tone} dot>
            {stateWords(path, w)}
          </Chip>
          {figures && (
            <span>
              {w.spent(count(figures.spent.texts, locale), price(figures.spent.price))}{' '}
              {figures.ceiling && (
                <span className={css.quiet}>{w.of(count(figures.ceiling.texts, locale), price(figures.ceiling.price))}</span>
              )}
            </span>
          )}
        </div>
        <Button size="xs" variant="default" aria-pressed={asTable} onClick={() => setAsTable((t) => !t)}>
          {asTable ? w.asPath : w.asTable}
        </Button>
      </div>
      {!figures ? (
        !error && <SkeletonLines lines={5} />
      ) : asTable ? (
        <PathTable path={path} places={figures.places} />
      ) : (
        <PathTree
          root={{
            key: 'first',
            edge: null,
            card: (
              <PlaceCard
                title={w.first}
                offer={null}
                words={null}
                spanish={false}
                place={places.get(campaignId)}
                onAsk={setAsk}
                stopped={false}
              />
            ),
            children: steps(null).map(node),
          }}
        />
      )}
      {ask && <PathPeople campaignId={campaignId} ask={ask} onClose={() => setAsk(null)} />}
    </Panel>
  );
}

const stateWords = (path: Ladder, w: LadderWords): string => {
  if (path.state === 'ended') return w.ended[path.endReason ?? ''] ?? w.state.ended;
  return path.held === null ? w.state[path.state] : w.onHold;
};

/** The brake or the account stopped this one step. */
const stoppedByItself = (s: Ladder['steps'][number]): boolean =>
  s.state === 'paused' && s.pauseReason !== 'path' && s.pauseReason !== 'restored';

function Notes({ path, waitsForSales }: { path: Ladder; waitsForSales: boolean }) {
  const w = useLadderWords();
  const o = useWords(outbox);
  const held = path.held === null ? undefined : (w.held[path.held] ?? w.held['owner']);
  return (
    <>
      {held && (
        <Note tone="warn" title={held.title}>
          {held.body}
        </Note>
      )}
      {path.steps.filter(stoppedByItself).map((s) => (
        <Note key={s.id} tone="warn" title={w.stepPaused(s.name)}>
          <p>{pauseWords(o, s.pauseReason ?? 'owner')}</p>
          <p>{w.stepPausedBody}</p>
        </Note>
      ))}
      {path.state === 'running' && waitsForSales && path.steps.some((s) => s.reaction === 'nothing') && <Note tone="warn">{w.sales}</Note>}
    </>
  );
}

function Controls({ path }: { path: Ladder }) {
  const w = useLadderWords();
  const pause = useCommand('ladders/pause');
  const resume = useCommand('ladders/resume');
  const end = useCommand('ladders/end');
  const [ending, setEnding] = useState(false);
  const { campaignId } = path;
  const error = pause.error ?? resume.error ?? end.error;
  const stopped = path.held !== null || path.steps.some(stoppedByItself);
  if (path.state === 'ended' || (path.state === 'draft' && path.held === null)) return null;
  return (
    <div className={css.controls}>
      {error && <ErrorNote error={error} />}
      <Button size="xs" variant="subtle" color="brick" onClick={() => setEnding(true)}>
        {w.end}
      </Button>
      {stopped ? (
        <Button size="xs" loading={resume.busy} onClick={() => void resume.run({ campaignId })}>
          {w.resume}
        </Button>
      ) : (
        <Button size="xs" variant="default" loading={pause.busy} onClick={() => void pause.run({ campaignId })}>
          {w.pause}
        </Button>
      )}
      <ConfirmDialog
        open={ending}
        onClose={() => setEnding(false)}
        title={w.endTitle}
        confirm={w.end}
        danger
        busy={end.busy}
        onConfirm={async () => {
          const done = await end.run({ campaignId });
          setEnding(false);
          if (done) toast({ title: w.endedNow(done.keptBack) });
        }}
      >
        {w.endBody}
      </ConfirmDialog>
    </div>
  );
}

function PlaceCard(p: {
  title: string;
  offer: string | null;
  words: string | null;
  /** It has a Spanish wording as well. */
  spanish: boolean;
  place: Place | undefined;
  stopped: boolean;
  onAsk: (ask: PathAsk) => void;
}) {
  const w = useLadderWords();
  const c = useWords(campaigns);
  const { locale } = useShell();
  const { place } = p;
  const n = (x: number) => count(x, locale);
  return (
    <article className={css.card} aria-label={p.title} data-tone={p.stopped ? 'warn' : undefined}>
      <header className={css.cardHead}>
        <div className={css.cardTitle}>
          <strong>{p.title}</strong>
          {p.offer !== null && <span className={css.quiet}>{p.offer}</span>}
        </div>
        {place?.nextAt != null && (
          <span className={css.quiet}>
            {place.nextAt < Date.now() - HOUR ? w.due : `${w.next}:`} <When at={place.nextAt} near />
          </span>
        )}
      </header>
      {p.words !== null && <p className={css.words}>{p.words}</p>}
      {p.spanish && <p className={css.quiet}>{w.spanish}</p>}
      {place && (
        <>
          <p className={css.counts}>
            <b>{place.texts.texts === 0 ? w.nobody : w.texted(place.texts.texts, n(place.texts.texts))}</b>
            {place.texts.delivered > 0 && <span>{w.delivered(n(place.texts.delivered))}</span>}
            {place.texts.open > 0 && <span>{w.waiting(n(place.texts.open))}</span>}
            {place.texts.skipped > 0 && <span>{w.skipped(n(place.texts.skipped))}</span>}
            {place.heldOut > 0 && <span className={css.quiet}>{w.heldOut(n(place.heldOut))}</span>}
          </p>
          <Counts
            title={w.here}
            rows={place.here.map((h) => ({
              key: h.standing,
              label: w.standing[h.standing] ?? h.standing,
              count: h.count,
              onOpen: () =>
                p.onAsk({ placeId: place.id, which: { standing: h.standing }, title: `${p.title}: ${w.standing[h.standing] ?? ''}` }),
            }))}
          />
          <Counts
            title={w.done}
            rows={place.ended.map((e) => ({
              key: e.reason,
              label: w.why[e.reason] ?? reasonWords(e.reason, c),
              count: e.count,
              onOpen: () => p.onAsk({ placeId: place.id, which: { ended: e.reason }, title: `${p.title}: ${w.why[e.reason] ?? ''}` }),
            }))}
          />
          <Counts
            title={w.leftOut}
            after={place.again > 0 ? w.again(n(place.again)) : ''}
            rows={place.leftOut.map((e) => ({
              key: e.reason,
              label: w.why[e.reason] ?? reasonWords(e.reason, c),
              count: e.count,
              onOpen: () =>
                p.onAsk({
                  placeId: place.id,
                  which: { leftOut: e.reason },
                  title: `${p.title}: ${w.why[e.reason] ?? reasonWords(e.reason, c)}`,
                }),
            }))}
          />
        </>
      )}
    </article>
  );
}

function Counts({
  title,
  rows,
  after,
}: {
  title: string;
  after?: string;
  rows: { key: string; label: string; count: number; onOpen: () => void }[];
}) {
  const { locale } = useShell();
  if (rows.length === 0) return null;
  return (
    <div className={css.here}>
      <span>{title}</span>
      {rows.map((r) => (
        <button key={r.key} type="button" className={css.count} onClick={r.onOpen}>
          <b>{count(r.count, locale)}</b> {r.label}
        </button>
      ))}
      {after && <span className={css.quiet}>{after}</span>}
    </div>
  );
}
