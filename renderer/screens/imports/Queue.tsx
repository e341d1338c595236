import { Button } from '@mantine/core';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Chip, type ChipTone, Panel } from '@renderer/ui';
import { IconAlertTriangle, IconCheck, IconFileText, IconHelpCircle, IconUser } from '@tabler/icons-react';
import { troubleWords } from './FileTrouble';
import { canTake, type QueuedFile } from './import.ui';
import css from './imports.module.css';
import { shortName } from './say';
import { nextOf, type useFile } from './useImports';

type Words = (typeof catalogue)['en'];

/** What was dropped together: each file named for what it is, and the one to begin with. */
export function Queue({ file }: { file: ReturnType<typeof useFile> }) {
  const words = useWords(catalogue);
  const w = words.queue;
  const { queue } = file.ui;
  if (!queue.length) return null;
  const next = nextOf(queue, null);
  const looking = queue.some((f) => f.state === 'waiting');
  const begun = queue.some((f) => f.state === 'done' || f.state === 'left');
  return (
    <Panel
      title={next || looking ? w.title(queue.filter((f) => canTake(f) || f.state === 'waiting').length) : w.over}
      hint={next && w.hint}
      padding="flush"
      action={
        <div className={css.sideButtons}>
          <Button variant="subtle" color="gray" onClick={file.ui.clear}>
            {next || looking ? w.clear : w.clearDone}
          </Button>
          {next && (
            <Button onClick={() => void file.take(next)} loading={file.busy} disabled={looking}>
              {begun ? w.goOn(shortName(next.name)) : w.start(shortName(next.name))}
            </Button>
          )}
        </div>
      }
    >
      <ul className={css.queue} aria-live="polite">
        {queue.map((f) => (
          <li key={f.path} data-state={f.state}>
            <span className={css.queueIcon} aria-hidden>
              {iconOf(f)}
            </span>
            <span className={css.queueWords}>
              <strong>{f.name}</strong>
              <span className={css.quiet}>{sayFile(f, words)}</span>
            </span>
            <Chip tone={chipOf(f, w).tone} dot>
              {chipOf(f, w).label}
            </Chip>
            <span className={css.queueSide}>
              {canTake(f) && f !== next && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`${f.state === 'known' ? w.take : w.explain}: ${f.name}`}
                  disabled={looking}
                  onClick={() => void file.take(f)}
                >
                  {f.state === 'known' ? w.take : w.explain}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const icon = { size: 20, stroke: 1.6 };
function iconOf(f: QueuedFile) {
  if (f.state === 'wrong') return <IconAlertTriangle {...icon} />;
  if (f.state === 'done') return <IconCheck {...icon} />;
  if (f.state === 'unknown') return <IconHelpCircle {...icon} />;
  return f.look?.suggestion.kind === 'customers' ? <IconUser {...icon} /> : <IconFileText {...icon} />;
}

function chipOf(f: QueuedFile, w: Words['queue']): { label: string; tone: ChipTone } {
  switch (f.state) {
    case 'waiting':
      return { label: w.looking, tone: 'neutral' };
    case 'known':
      return { label: w.ready, tone: 'good' };
    case 'unknown':
      return { label: w.needsYou, tone: 'warn' };
    case 'wrong':
      return { label: w.wrong, tone: 'danger' };
    case 'done':
      return { label: w.done, tone: 'good' };
    case 'left':
      return { label: w.left, tone: 'neutral' };
  }
}

function sayFile(f: QueuedFile, words: Words): string {
  const w = words.queue;
  if (f.state === 'wrong') return troubleWords(f.error, words);
  if (!f.look) return '';
  const { profile, suggestion } = f.look;
  if (!profile && f.state === 'done') return words.fromTill(suggestion.till, '') || words.byHand;
  if (!profile) return f.look.remembered && suggestion.till ? words.fromTill(suggestion.till, '') : `${w.unknown}. ${w.unknownBody}`;
  return words.fromTill(profile.till, profile.title);
}
