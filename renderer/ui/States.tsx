import { Button } from '@mantine/core';
import { type ApiError, call, toApiError } from '@renderer/api/client';
import { useLanguage, useWords } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { shell as words } from '@renderer/strings/shell';
import { IconAlertTriangle, IconCheck, IconCopy, IconInfoCircle } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import css from './states.module.css';

/** What a list or panel is for, and the button that fills it. */
export function EmptyState(props: { icon?: ReactNode; title: ReactNode; children?: ReactNode; action?: ReactNode; compact?: boolean }) {
  return (
    <div className={css.empty} data-compact={props.compact || undefined}>
      {props.icon && (
        <div className={css.emptyIcon} aria-hidden>
          {props.icon}
        </div>
      )}
      <p className={css.emptyTitle}>{props.title}</p>
      {props.children && <div className={css.emptyWords}>{props.children}</div>}
      {props.action && <div className={css.emptyAction}>{props.action}</div>}
    </div>
  );
}

/** What happened, what is safe, what to do. Give it whatever was thrown. */
export function ErrorNote({ error, onRetry, action }: { error: unknown; onRetry?: (() => void) | undefined; action?: ReactNode }) {
  const language = useLanguage((s) => s.language);
  const w = useWords(words);
  if (error === undefined || error === null) return null;
  const e: ApiError = toApiError(error);
  const said = errorWords(e.code, e.params, language);
  return (
    <Note tone="danger" title={said.title} role="alert">
      {said.safe && <p>{said.safe}</p>}
      <p>{said.next}</p>
      {(onRetry || action || e.details) && (
        <div className={css.noteActions}>
          {onRetry && (
            <Button size="xs" variant="default" onClick={onRetry}>
              {w.tryAgain}
            </Button>
          )}
          {action}
          {e.details && <CopyButton text={`${e.code}\n${e.details}`} label={w.copyDetails} />}
        </div>
      )}
    </Note>
  );
}

type Tone = 'info' | 'good' | 'warn' | 'danger';

/** A remark in a quiet coloured box, with a sign so that colour is not the only word. */
export function Note(props: { tone?: Tone; title?: ReactNode; children?: ReactNode; action?: ReactNode; role?: 'alert' | 'status' }) {
  const tone = props.tone ?? 'info';
  return (
    <div className={css.note} data-tone={tone} {...(props.role && { role: props.role })}>
      <span className={css.noteIcon} aria-hidden>
        {tone === 'good' ? (
          <IconCheck size={20} stroke={1.75} />
        ) : tone === 'info' ? (
          <IconInfoCircle size={20} stroke={1.75} />
        ) : (
          <IconAlertTriangle size={20} stroke={1.75} />
        )}
      </span>
      <div className={css.noteWords}>
        {props.title && <p className={css.noteTitle}>{props.title}</p>}
        {props.children}
      </div>
      {props.action && <div className={css.noteSide}>{props.action}</div>}
    </div>
  );
}

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const w = useWords(words);
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const t = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(t);
  }, [copied]);
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} stroke={1.75} aria-hidden />}
      onClick={() =>
        call('shell/copy', { text }).then(
          () => setCopied(true),
          () => undefined,
        )
      }
    >
      <span aria-live="polite">{copied ? w.copied : label}</span>
    </Button>
  );
}

/** True once `ms` have passed while `on`: skeletons wait, so that fast answers do not flicker. */
export function useDelayed(on: boolean, ms = 150): boolean {
  const [due, setDue] = useState(false);
  useEffect(() => {
    if (!on) return;
    const t = setTimeout(() => setDue(true), ms);
    return () => {
      clearTimeout(t);
      setDue(false);
    };
  }, [on, ms]);
  return on && due;
}

const WIDTHS = ['92%', '78%', '86%', '64%', '90%', '72%'];

/** Grey lines in the place of what is coming; keeps its height from the start and becomes visible after 150 ms. */
export function SkeletonLines({ lines = 4, height = 16 }: { lines?: number; height?: number }) {
  const w = useWords(words);
  const due = useDelayed(true);
  return (
    <div className={css.skeleton} data-due={due || undefined} role="status">
      <span className="rg-hidden">{w.loading}</span>
      {Array.from({ length: lines }, (_, i) => `line-${i}`).map((name, i) => (
        <div key={name} style={{ width: WIDTHS[i % WIDTHS.length], height }} />
      ))}
    </div>
  );
}

/** The three states of anything fetched: grey lines, an error with a way on, or the content. */
export function Loaded<T>(props: {
  query: { data: T | undefined; error: unknown; refetch: () => void };
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  const { data, error, refetch } = props.query;
  if (data !== undefined) {
    return (
      <>
        {error !== undefined && <ErrorNote error={error} onRetry={refetch} />}
        {props.children(data)}
      </>
    );
  }
  if (error !== undefined) return <ErrorNote error={error} onRetry={refetch} />;
  return <SkeletonLines lines={props.lines ?? 4} />;
}
