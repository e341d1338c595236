import { MOST_PARTS } from '@domain/campaigns/parts';
import type { SegmentId } from '@domain/kernel';
import { ActionIcon, Button } from '@mantine/core';
import { type Out, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { ErrorNote, FieldStack, Panel, SelectField, TextField } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import css from './composer.module.css';
import { addPart, changePart, movePart, partsOf, removePart } from './draft-parts';
import type { Fields } from './useDraft';

/** A part is its place. */
const SLOTS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'] as const;

interface Props {
  fields: Fields;
  change: (part: Partial<Fields>) => void;
  /** The part that is written below, 0 = the first. */
  at: number;
  onAt: (at: number) => void;
  /** Of the only part. */
  reach: number | null;
  /** Of each of several. */
  reaches: readonly (number | null)[];
}

/** The groups of a campaign in the order they are asked in; with one group just that group. */
export function Parts({ fields, change, at, onAt, reach, reaches }: Props) {
  const w = useWords(catalogue);
  const c = useWords(composer);
  const { locale } = useShell();
  const { data, error, refetch } = useQuery('segments/list', {});
  const topics = useQuery('kit/topics', {});
  const parts = partsOf(fields);
  const several = parts.length > 1;
  return (
    <Panel
      title={several ? c.parts.title : w.who.title}
      hint={several ? c.parts.hint : w.who.hint}
      action={
        <Button size="xs" variant="subtle" onClick={() => go({ screen: 'groups', id: 0 })}>
          {w.who.make}
        </Button>
      }
    >
      {error && !data && <ErrorNote error={error} onRetry={refetch} />}
      <FieldStack>
        <TextField label={w.name} value={fields.name} maxLength={80} onChange={(name) => change({ name })} />
        {several ? (
          <List {...{ fields, change, at, onAt, reaches }} groups={data ?? []} />
        ) : (
          <GroupField groups={data ?? []} label={w.who.label} value={fields.segmentId} onChange={(segmentId) => change({ segmentId })} />
        )}
        {(topics.data?.length ?? 0) > 1 && (
          <SelectField
            label={w.who.topic}
            hint={w.who.topicHint}
            value={fields.topic ?? topics.data?.[0]?.slug ?? ''}
            onChange={(topic) => change({ topic })}
            options={(topics.data ?? []).map((t) => ({ value: t.slug, label: t.name.en }))}
          />
        )}
      </FieldStack>
      {!several && (
        <p className={css.under} aria-live="polite">
          {reach === null ? '\u00a0' : w.who.reach(count(reach, locale))}
        </p>
      )}
      <div className={css.addPart}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          disabled={parts.length >= MOST_PARTS}
          onClick={() => {
            change(addPart(fields));
            onAt(parts.length);
          }}
        >
          {c.parts.add}
        </Button>
        {parts.length >= MOST_PARTS && <span className={css.quiet}>{c.parts.most}</span>}
      </div>
    </Panel>
  );
}

type Group = Out<'segments/list'>[number];

function GroupField(p: { groups: readonly Group[]; label: string; value: SegmentId | null; onChange: (id: SegmentId | null) => void }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  return (
    <SelectField
      label={p.label}
      value={p.value === null ? '' : String(p.value)}
      onChange={(v) => p.onChange(v === '' ? null : (Number(v) as SegmentId))}
      options={[
        { value: '', label: w.who.pick },
        ...p.groups.map((g) => ({ value: String(g.id), label: w.who.option(g.name, count(g.permitted, locale)) })),
      ]}
    />
  );
}

function List({ fields, change, at, onAt, reaches, groups }: Omit<Props, 'reach'> & { groups: readonly Group[] }) {
  const c = useWords(composer);
  const { locale } = useShell();
  const parts = partsOf(fields);
  const [said, setSaid] = useState('');
  const all = parts.reduce<number | null>(
    (n, p, i) => (n === null || (p.segmentId !== null && reaches[i] == null) ? null : n + (reaches[i] ?? 0)),
    0,
  );
  const move = (i: number, by: -1 | 1) => {
    if (i + by < 0 || i + by >= parts.length) return;
    change(movePart(fields, i, by));
    if (at === i) onAt(i + by);
    else if (at === i + by) onAt(i);
    setSaid(c.parts.moved(i + by + 1));
  };
  const keys = (e: KeyboardEvent, i: number) => {
    if (!e.altKey || (e.key !== 'ArrowUp' && e.key !== 'ArrowDown')) return;
    e.preventDefault();
    move(i, e.key === 'ArrowUp' ? -1 : 1);
  };
  return (
    <>
      <ol className={css.parts}>
        {parts.map((p, i) => (
          <li key={SLOTS[i]} className={css.part} data-on={i === at || undefined} onKeyDown={(e) => keys(e, i)}>
            <button
              type="button"
              className={css.partNumber}
              aria-pressed={i === at}
              aria-label={c.parts.write(i + 1)}
              onClick={() => onAt(i)}
            >
              {i + 1}
            </button>
            <div className={css.partGroup} onFocusCapture={() => onAt(i)}>
              <GroupField
                groups={groups}
                label={c.parts.group(i + 1)}
                value={p.segmentId}
                onChange={(segmentId) => change(changePart(fields, i, { segmentId }))}
              />
              <p className={css.quiet}>
                {reaches[i] == null ? '\u00a0' : c.parts.reach(reaches[i] ?? 0, count(reaches[i] ?? 0, locale))}
                {reaches[i] != null && i > 0 && `, ${c.parts.notAbove}`}
              </p>
            </div>
            <div className={css.partTools}>
              <ActionIcon variant="subtle" color="gray" aria-label={c.parts.up(i + 1)} disabled={i === 0} onClick={() => move(i, -1)}>
                <IconArrowUp size={18} stroke={1.75} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={c.parts.down(i + 1)}
                disabled={i === parts.length - 1}
                onClick={() => move(i, 1)}
              >
                <IconArrowDown size={18} stroke={1.75} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={c.parts.remove(i + 1)}
                onClick={() => {
                  change(removePart(fields, i));
                  onAt(Math.max(0, at > i || at === parts.length - 1 ? at - 1 : at));
                }}
              >
                <IconX size={18} stroke={1.75} />
              </ActionIcon>
            </div>
          </li>
        ))}
      </ol>
      <p className={css.together} aria-live="polite">
        {all === null ? '\u00a0' : c.parts.together(all, count(all, locale))}
      </p>
      <p className="rg-hidden" aria-live="polite">
        {said}
      </p>
    </>
  );
}
