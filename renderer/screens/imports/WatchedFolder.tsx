import { Button } from '@mantine/core';
import { call, type Out, useCommand, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { sources as catalogue } from '@renderer/strings/sources';
import { Chip, ErrorNote, Loaded, Note, Panel, StateBadge, When } from '@renderer/ui';
import css from './sources.module.css';

type View = Out<'sources/folder'>;
type Words = (typeof catalogue)['en'];

const looks = (w: Words) =>
  ({
    watching: { label: w.folder.states.watching, tone: 'good' },
    paused: { label: w.folder.states.paused, tone: 'neutral' },
    gone: { label: w.folder.states.gone, tone: 'warn' },
    unreadable: { label: w.folder.states.unreadable, tone: 'warn' },
    elsewhere: { label: w.folder.states.elsewhere, tone: 'info' },
  }) as const;

/** The folder that is looked after: which, how it stands, what is on its way and what came of the last files. */
export function WatchedFolder() {
  const w = useWords(catalogue);
  const view = useQuery('sources/folder', {});
  const choose = useCommand('sources/choose-folder');
  const pause = useCommand('sources/pause-folder');
  const pick = async () => {
    const chosen = await call('shell/pick-folder', {}).catch(() => null);
    if (chosen) await choose.run({ path: chosen.path });
  };
  const folder = view.data?.folder;
  return (
    <Panel
      title={w.folder.title}
      hint={w.folder.hint}
      action={
        view.data && !folder ? (
          <Button variant="default" loading={choose.busy} onClick={() => void pick()}>
            {w.folder.choose}
          </Button>
        ) : undefined
      }
    >
      <ErrorNote error={choose.error ?? pause.error} />
      <Loaded query={view} lines={3}>
        {(d) =>
          d.folder === null ? (
            <p className={css.quiet}>{w.folder.none}</p>
          ) : (
            <div className={css.stack}>
              <div className={css.head}>
                <span className={css.path}>{d.folder.path}</span>
                <StateBadge state={d.folder.state} states={looks(w)} />
              </div>
              <State folder={d.folder} />
              <div className={css.head}>
                <Button
                  size="xs"
                  variant="default"
                  loading={pause.busy}
                  onClick={() => void pause.run({ paused: d.folder?.state !== 'paused' })}
                >
                  {d.folder.state === 'paused' ? w.folder.resume : w.folder.pause}
                </Button>
                <Button size="xs" variant="default" loading={choose.busy} onClick={() => void pick()}>
                  {w.folder.change}
                </Button>
                <Button size="xs" variant="subtle" color="gray" onClick={() => void choose.run({ path: null })}>
                  {w.folder.stop}
                </Button>
              </div>
              <Delayed delayed={d.delayed} />
              <Results results={d.results} />
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

function State({ folder }: { folder: NonNullable<View['folder']> }) {
  const w = useWords(catalogue).folder;
  if (folder.state === 'watching') return null;
  const trouble = folder.state === 'gone' || folder.state === 'unreadable';
  return (
    <Note tone={trouble ? 'warn' : 'info'} role="status">
      {folder.state === 'paused' ? w.pausedBody : w[folder.state]}
    </Note>
  );
}

function Delayed({ delayed }: { delayed: View['delayed'] }) {
  const w = useWords(catalogue).folder;
  if (!delayed.length) return null;
  return (
    <ul className={`${css.list} ${css.plain}`} aria-live="polite">
      {delayed.map((d) => (
        <li key={d.fileName} className={css.item}>
          <span className={css.words}>
            <span className={css.name}>{d.fileName}</span>
            <span className={css.quiet}>{w.delayed[d.why]}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Results({ results }: { results: View['results'] }) {
  const w = useWords(catalogue);
  const f = w.folder;
  if (!results.length) return <p className={css.quiet}>{f.noResults}</p>;
  return (
    <section>
      <h3 className={css.sub}>{f.results}</h3>
      <ul className={css.list}>
        {results.map((r) => (
          <li key={r.hash} className={css.item} style={{ paddingInline: 0 }}>
            <span className={css.words}>
              <span className={css.name}>{r.fileName}</span>
              <span className={css.quiet}>
                <When at={r.at} near />
                {r.till && ` · ${w.waiting.from(r.till, r.title)}`}
              </span>
            </span>
            <span className={css.side}>
              {r.undone ? (
                <span className={css.quiet}>{f.undone}</span>
              ) : r.nothing ? (
                <span className={css.quiet}>{f.nothing}</span>
              ) : (
                <Chip tone="good" dot>
                  {f.imported}
                </Chip>
              )}
              {r.importId !== null && (
                <Button
                  size="xs"
                  variant="subtle"
                  onClick={() => go({ screen: 'import', id: r.importId as number })}
                  aria-label={`${f.see}: ${r.fileName}`}
                >
                  {f.see}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
