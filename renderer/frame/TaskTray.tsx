import type { ErrorCode } from '@domain/errors';
import { call } from '@renderer/api/client';
import { useShell } from '@renderer/api/useShell';
import { type TaskView, taskShare, taskTimeLeft, useTasks } from '@renderer/api/useTask';
import { go, type Place, usePlace } from '@renderer/nav';
import { useLanguage, useWords } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { shell as words } from '@renderer/strings/shell';
import { count, duration } from '@renderer/ui/format';
import { IconPlayerStop, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import css from './frame.module.css';

const SHOWN = 2;
/** Finished jobs stay for a while, so that one who was away sees them; older ones are in their own screens. */
const FRESH_MS = 5 * 60_000;

/** Where a finished job leads, judged by what it returned. */
function resultPlace(t: TaskView): Place | undefined {
  const r = (t.result ?? {}) as Record<string, unknown>;
  if (typeof r['importId'] === 'number') return { screen: 'import', id: r['importId'] };
  if (typeof r['campaignId'] === 'number') return { screen: 'campaigns', id: r['campaignId'] };
  if (typeof r['erasureId'] === 'number') return { screen: 'records', certificate: r['erasureId'] };
  if (t.kind.startsWith('privacy') || t.kind === 'consent.stop-list') return { screen: 'settings', section: 'records' };
  if (t.kind.startsWith('import')) return { screen: 'import' };
  if (t.kind.startsWith('backup')) return { screen: 'settings', section: 'backups' };
  return undefined;
}

/** Long work: progress, time left, cancel, the way to its result. The app stays usable meanwhile. */
export function TaskTray({ owner }: { owner: boolean }) {
  const w = useWords(words);
  const { ready } = useShell();
  const tasks = useTasks(ready && owner);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const now = Date.now();
  const here = JSON.stringify(usePlace());
  const seen = tasks
    .filter((t) => t.state === 'done' && JSON.stringify(resultPlace(t)) === here)
    .map((t) => t.id)
    .join(' ');
  useEffect(() => {
    if (seen) setHidden((h) => new Set([...h, ...seen.split(' ')]));
  }, [seen]);
  // A daily backup that went well is not news, nor a check of the records (the page that asked says what came of it), nor is a result
  // one has looked at, nor a look at a file that came by itself: what came of that is told on its own.
  const news = tasks.filter(
    (t) =>
      !(t.state === 'done' && (t.kind.startsWith('backup') || t.kind === 'privacy.verify')) &&
      !(t.kind === 'import.look' && t.state !== 'running') &&
      !seen.split(' ').includes(t.id),
  );
  const shown = news.filter((t) => !hidden.has(t.id) && (t.state === 'running' || now - (t.finishedAt ?? 0) < FRESH_MS)).slice(0, SHOWN);
  if (!owner || shown.length === 0) return null;
  return (
    <section className={css.tray} aria-label={w.tray.title}>
      {shown.map((t) => (
        <Job key={t.id} task={t} now={now} onHide={() => setHidden(new Set([...hidden, t.id]))} />
      ))}
    </section>
  );
}

function Job({ task, now, onHide }: { task: TaskView; now: number; onHide: () => void }) {
  const w = useWords(words);
  const { locale } = useShell();
  const language = useLanguage((s) => s.language);
  if (task.state === 'running') {
    const share = taskShare(task);
    const left = taskTimeLeft(task, now);
    const detail =
      left !== null
        ? w.tray.left(duration(left, locale))
        : task.total
          ? w.tray.of(count(task.done, locale), count(task.total, locale))
          : w.tray.running;
    return (
      <div className={css.job}>
        <div className={css.jobHead}>
          <span title={task.title}>{task.title}</span>
          <button
            type="button"
            className={css.jobClose}
            title={w.cancel}
            aria-label={`${w.cancel}: ${task.title}`}
            onClick={() => void call('tasks/cancel', { id: task.id }).catch(() => undefined)}
          >
            <IconPlayerStop size={16} stroke={1.75} aria-hidden />
          </button>
        </div>
        <div
          className={css.jobBar}
          role="progressbar"
          aria-label={task.title}
          aria-valuemin={0}
          aria-valuemax={100}
          {...(share !== null && { 'aria-valuenow': Math.round(share * 100) })}
        >
          <div style={{ width: `${(share ?? 0.1) * 100}%` }} />
        </div>
        <div className={css.jobState}>{detail}</div>
      </div>
    );
  }
  const to = task.state === 'done' || task.state === 'interrupted' ? resultPlace(task) : undefined;
  const said = {
    done: task.kind === 'import.preview' ? w.tray.checked : task.kind === 'import.undo' ? w.tray.undone : w.tray.done,
    failed: w.tray.failed,
    cancelled: w.tray.cancelled,
    interrupted: w.tray.interrupted,
  }[task.state];
  const why = task.state === 'failed' && task.errorCode ? errorWords(task.errorCode as ErrorCode, {}, language).title : undefined;
  return (
    <div className={css.job}>
      <div className={css.jobHead}>
        <span title={task.title}>{task.title}</span>
        <button type="button" className={css.jobClose} aria-label={`${w.tray.hide}: ${task.title}`} onClick={onHide}>
          <IconX size={16} stroke={1.75} aria-hidden />
        </button>
      </div>
      <div className={css.jobState} role="status">
        {why ?? said}
        {to && (
          <>
            {'\u2002'}
            <button
              type="button"
              className={css.link}
              onClick={() => {
                go(to);
                onHide();
              }}
            >
              {w.tray.see}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
