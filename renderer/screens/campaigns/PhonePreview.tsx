import { ActionIcon } from '@mantine/core';
import { type Out, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { ErrorNote, MicroMoney, Panel, SkeletonLines } from '@renderer/ui';
import { count, micros, phone } from '@renderer/ui/format';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import { TestText } from '../texts/TestText';
import css from './campaigns.module.css';

export type Preview = Out<'campaigns/preview'>;

interface Props {
  preview: Preview | undefined;
  body: string;
  hasGroup: boolean;
  index: number;
  /** Position of `preview.rows[0]` in the whole list. */
  offset: number;
  onIndex: (index: number) => void;
  stale: boolean;
  /** Why there is nothing to show, other than the words themselves. */
  error?: unknown;
  onRetry?: () => void;
  /** How many read the wording that is shown; everybody when there is one. */
  readers?: number | undefined;
  /** Tried on people who will not all get it: what all of them together would cost says nothing. */
  tried?: boolean;
}

/** A phone with the text as real people will read it, longest first, and what it costs. */
export function PhonePreview({ preview, body, hasGroup, index, offset, onIndex, stale, readers, error, onRetry, tried = false }: Props) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const row = preview?.rows[index - offset];
  const all = readers ?? preview?.people ?? 0;
  const total = preview?.estimated ? Math.min(all, 5000) : all;
  const move = (to: number) => onIndex(Math.max(0, Math.min(total - 1, to)));
  const keys = (e: KeyboardEvent) => {
    if (e.key === 'ArrowLeft') move(index - 1);
    else if (e.key === 'ArrowRight') move(index + 1);
  };
  return (
    <Panel title={w.preview.title}>
      <div className={css.phone} data-stale={stale || undefined}>
        <div className={css.phoneTo}>
          {row ? (
            <>
              {w.preview.to} <strong>{row.name || w.preview.noName}</strong>
              {row.phone && <span className={css.number}>{phone(row.phone)}</span>}
            </>
          ) : (
            '\u00a0'
          )}
        </div>
        <div className={css.screen}>
          {row && row.text !== '' && body.trim() !== '' ? (
            <p className={css.bubble} data-testid="bubble">
              {row.text}
            </p>
          ) : error !== undefined && !preview ? (
            <ErrorNote error={error} {...(onRetry && { onRetry })} />
          ) : hasGroup && !preview && stale && body.trim() !== '' ? (
            <SkeletonLines lines={3} />
          ) : (
            <p className={css.quiet}>
              {!hasGroup ? w.preview.nobody : preview?.people === 0 && body.trim() !== '' ? w.preview.unreachable : w.preview.empty}
            </p>
          )}
        </div>
      </div>
      {row && body.trim() !== '' && (
        <>
          <div className={css.arrows} onKeyDown={keys} role="toolbar" aria-label={w.preview.title}>
            <ActionIcon variant="default" aria-label={w.preview.previous} disabled={index <= 0} onClick={() => move(index - 1)}>
              <IconChevronLeft size={18} stroke={1.75} />
            </ActionIcon>
            <span className="rg-num">{w.preview.place(count(index + 1, locale), count(total, locale))}</span>
            <ActionIcon variant="default" aria-label={w.preview.next} disabled={index >= total - 1} onClick={() => move(index + 1)}>
              <IconChevronRight size={18} stroke={1.75} />
            </ActionIcon>
            <span className={css.quiet}>{w.preview.longest}</span>
          </div>
          <dl className={css.facts}>
            <div>
              <dt>{w.what.parts(row.segments)}</dt>
              <dd>
                <MicroMoney micros={row.segments * (preview?.perSegment ?? 0)} currency={preview?.currency ?? 'USD'} />
              </dd>
            </div>
            {!tried && (
              <div>
                <dt>{w.preview.total(count(preview?.people ?? 0, locale), preview?.people ?? 0)}</dt>
                <dd>
                  <strong>
                    {w.preview.about} {micros(Math.ceil((preview?.price ?? 0) / 10_000) * 10_000, preview?.currency ?? 'USD', locale)}
                  </strong>
                </dd>
              </div>
            )}
          </dl>
          <div className={css.under}>
            <TestText body={row.text} />
          </div>
          {row.missing.length > 0 && (
            <p className={css.quiet}>{row.missing.map((f) => w.preview.missing(w.fields[f].label.toLowerCase())).join('. ')}</p>
          )}
          {row.changes.length > 0 && (
            <p className={css.quiet}>
              {w.preview.changes}:{' '}
              {row.changes.map((c) => `${c.from.trim() === '' ? '␣' : c.from} → ${c.to === '' ? '∅' : c.to}`).join(', ')}
            </p>
          )}
        </>
      )}
    </Panel>
  );
}
