import { MOST_PARTS } from '@domain/campaigns/parts';
import type { SegmentId } from '@domain/kernel';
import { ActionIcon, Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { automations as catalogue } from '@renderer/strings/automations';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { ErrorNote, FieldStack, Panel, SelectField } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { IconPlus, IconX } from '@tabler/icons-react';
import partsCss from '../campaigns/composer.module.css';
import { addPart, changePart, movePart, partsOf, removePart } from '../campaigns/draft-parts';
import type { Fields } from '../campaigns/useDraft';

/** A part is its place. */
const SLOTS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'] as const;

interface Props {
  fields: Fields;
  change: (part: Partial<Fields>) => void;
  at: number;
  onAt: (at: number) => void;
}

/** Who hears which words: groups in the order they are asked in, and everybody left at the end. */
export function GroupsPanel({ fields, change, at, onAt }: Props) {
  const w = useWords(catalogue).edit;
  const c = useWords(composer);
  const who = useWords(campaignWords).who;
  const { locale } = useShell();
  const groups = useQuery('segments/list', {});
  const topics = useQuery('kit/topics', {});
  const all = partsOf(fields);
  const several = all.length > 1;
  /** Before those for everybody left, if there are such words. */
  const add = () => {
    const added = { ...fields, ...addPart(fields) };
    const rest = all.at(-1)?.segmentId === null;
    change(rest ? { ...addPart(fields), ...movePart(added, all.length, -1) } : addPart(fields));
    onAt(rest ? all.length - 1 : all.length);
  };
  const field = (i: number) => {
    const last = i === all.length - 1;
    const id = all[i]?.segmentId ?? null;
    return (
      <SelectField
        label={several ? c.parts.group(i + 1) : w.group}
        hint={several ? undefined : w.groupHint}
        value={id === null ? '' : String(id)}
        error={!last && id === null ? who.pick : undefined}
        onChange={(v) => change(changePart(fields, i, { segmentId: v === '' ? null : (Number(v) as SegmentId) }))}
        options={[
          { value: '', label: last ? (several ? w.rest : w.anybody) : who.pick },
          ...(groups.data ?? []).map((g) => ({ value: String(g.id), label: w.only(g.name, count(g.permitted, locale)) })),
        ]}
      />
    );
  };
  return (
    <Panel title={who.title} hint={w.groupHint}>
      {groups.error && !groups.data && <ErrorNote error={groups.error} onRetry={groups.refetch} />}
      <FieldStack>
        {several ? (
          <ol className={partsCss.parts}>
            {all.map((_, i) => (
              <li key={SLOTS[i]} className={partsCss.part} data-on={i === at || undefined}>
                <button
                  type="button"
                  className={partsCss.partNumber}
                  aria-pressed={i === at}
                  aria-label={c.parts.write(i + 1)}
                  onClick={() => onAt(i)}
                >
                  {i + 1}
                </button>
                <div className={partsCss.partGroup} onFocusCapture={() => onAt(i)}>
                  {field(i)}
                </div>
                <div className={partsCss.partTools}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={c.parts.remove(i + 1)}
                    onClick={() => {
                      change(removePart(fields, i));
                      onAt(Math.max(0, at > i || at === all.length - 1 ? at - 1 : at));
                    }}
                  >
                    <IconX size={18} stroke={1.75} />
                  </ActionIcon>
                </div>
              </li>
            ))}
          </ol>
        ) : (
          field(0)
        )}
        {(topics.data?.length ?? 0) > 1 && (
          <SelectField
            label={who.topic}
            hint={who.topicHint}
            value={fields.topic ?? topics.data?.[0]?.slug ?? ''}
            onChange={(topic) => change({ topic })}
            options={(topics.data ?? []).map((t) => ({ value: t.slug, label: t.name.en }))}
          />
        )}
      </FieldStack>
      <div className={partsCss.addPart}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
          disabled={all.length >= MOST_PARTS}
          onClick={add}
        >
          {w.addGroup}
        </Button>
      </div>
    </Panel>
  );
}
