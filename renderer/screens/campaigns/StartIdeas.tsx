import { fillIn, type ReadyText, readyTexts, retailText, type TemplateGoal } from '@domain/campaigns/templates';
import type { SegmentId } from '@domain/kernel';
import { boughtNot } from '@domain/segments/ready-made';
import { Autocomplete, Button } from '@mantine/core';
import { call, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { composer } from '@renderer/strings/composer';
import { ErrorNote, FieldRow, FieldStack, Panel, Rows } from '@renderer/ui';
import { when } from '@renderer/ui/format';
import { useEffect, useState } from 'react';
import css from './composer.module.css';
import type { useDraft } from './useDraft';
import { useIdea } from './useIdea';

/** Far enough ahead to plan, near enough to be about to happen. */
const AHEAD_DAYS = 45;
const HOLIDAYS_SHOWN = 2;
const LONGEST_NAME = 80;

type Thing = { what: 'item' | 'category'; name: string };

interface Props {
  draft: ReturnType<typeof useDraft>;
  onClose: () => void;
}

/** What an owner may want, each with a group and a text: the shortest way to a campaign. */
export function StartIdeas({ draft, onClose }: Props) {
  const w = useWords(composer);
  const { locale } = useShell();
  const groups = useQuery('segments/list', {});
  const idea = useIdea(draft, onClose);
  const [asking, setAsking] = useState(false);
  const ready = (key: string) => groups.data?.find((g) => g.readyMade === key)?.id ?? null;
  const first = (goal: TemplateGoal): ReadyText => {
    const text = readyTexts(goal, false)[0];
    if (!text) throw new Error(`no text for ${goal}`);
    return text;
  };
  const ahead = useQuery('templates/days', { ahead: AHEAD_DAYS });
  const days = (ahead.data ?? []).slice(0, HOLIDAYS_SHOWN);
  const take = (name: string, text: ReadyText, key: string) => void idea.start({ name, text, group: () => ready(key) });
  const cards: { key: string; title: string; body: string; go: () => void }[] = [
    { key: 'late', ...w.ideas.late, go: () => take(w.ideas.lateName, first('come-back'), 'later') },
    { key: 'other', ...w.ideas.other, go: () => setAsking(true) },
    { key: 'news', ...w.ideas.news, go: () => take(w.ideas.newsName, first('news'), 'may-text') },
    { key: 'birthday', ...w.ideas.birthday, go: () => take(w.ideas.birthdayName, first('birthday'), 'birthday') },
    ...days.map((d) => ({
      key: `${d.key}${d.day}`,
      title: w.holidays[d.key],
      body: `${w.ideas.inDays(d.inDays)}, ${when(Date.parse(`${d.day}T12:00:00Z`), 'day', 'UTC', locale, Date.parse(`${d.day}T00:00:00Z`))}`,
      go: () => take(w.holidays[d.key], retailText(d), 'may-text'),
    })),
  ];
  return (
    <Panel
      title={asking ? w.ideas.other.title : w.ideas.title}
      hint={asking ? undefined : w.ideas.hint}
      action={
        <Button size="xs" variant="subtle" onClick={() => (asking ? setAsking(false) : onClose())}>
          {asking ? w.ideas.back : w.ideas.close}
        </Button>
      }
    >
      <ErrorNote error={idea.error} />
      {asking ? (
        <BoughtNot
          busy={idea.busy}
          onMake={(x, y, typed) => {
            const name = w.ideas.groupName(typed.x, typed.y).slice(0, LONGEST_NAME);
            const text = fillIn(first('try-other'), typed);
            const rule = boughtNot(x, y, null);
            const known = groups.data?.find((g) => g.name === name && JSON.stringify(g.rule) === JSON.stringify(rule));
            void idea.start({
              name,
              text,
              group: async (): Promise<SegmentId> => known?.id ?? (await call('segments/save', { id: null, name, rule })).id,
            });
          }}
        />
      ) : (
        <ul className={css.ideas}>
          {cards.map((c) => (
            <li key={c.key}>
              <button type="button" onClick={c.go} disabled={idea.busy || !groups.data}>
                <strong>{c.title}</strong>
                <span className={css.quiet}>{c.body}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** Names of the till that begin with what was typed, and the one that is meant. */
function useThing(typed: string): { names: string[]; thing: Thing | null; settled: boolean } {
  const [asked, setAsked] = useState('');
  useEffect(() => {
    const t = setTimeout(() => setAsked(typed.trim()), 120);
    return () => clearTimeout(t);
  }, [typed]);
  const categories = useQuery('segments/names', { what: 'category', beginning: asked });
  const items = useQuery('segments/names', { what: 'item', beginning: asked });
  const all: Thing[] = [
    ...(categories.data ?? []).map((name) => ({ what: 'category' as const, name })),
    ...(items.data ?? []).map((name) => ({ what: 'item' as const, name })),
  ];
  const settled =
    asked === typed.trim() && categories.data !== undefined && items.data !== undefined && !categories.fetching && !items.fetching;
  const thing = all.find((t) => same(t.name, typed)) ?? (typed.trim() !== '' && all.length === 1 ? (all[0] ?? null) : null);
  return { names: [...new Set(all.map((t) => t.name))], thing: settled ? thing : null, settled };
}

function BoughtNot({ busy, onMake }: { busy: boolean; onMake: (x: Thing, y: Thing, typed: { x: string; y: string }) => void }) {
  const w = useWords(composer);
  const [x, setX] = useState('');
  const [y, setY] = useState('');
  const [pressed, setPressed] = useState(false);
  const bought = useThing(x);
  const never = useThing(y);
  const settled = bought.settled && never.settled;
  // pressed before the till's names were looked through: done as soon as they are
  useEffect(() => {
    if (!pressed || !settled || busy) return;
    setPressed(false);
    if (bought.thing && never.thing) onMake(bought.thing, never.thing, { x: bought.thing.name, y: never.thing.name });
  }, [pressed, settled, busy, bought.thing, never.thing, onMake]);
  const wrong = (typed: string, t: ReturnType<typeof useThing>) =>
    t.settled && typed.trim().length > 1 && t.names.length === 0 ? w.ideas.unknown(typed.trim()) : undefined;
  const field = (label: string, value: string, set: (v: string) => void, t: ReturnType<typeof useThing>, focus: boolean) => (
    <Autocomplete
      label={label}
      description={w.ideas.xHint}
      placeholder={w.ideas.find}
      value={value}
      onChange={set}
      data={t.names}
      limit={8}
      error={wrong(value, t)}
      maxLength={100}
      data-autofocus={focus || undefined}
      autoFocus={focus}
    />
  );
  return (
    <FieldStack onSubmit={() => setPressed(true)}>
      <FieldRow widths="minmax(0, 1fr) minmax(0, 1fr)">
        {field(w.ideas.x, x, setX, bought, true)}
        {field(w.ideas.y, y, setY, never, false)}
      </FieldRow>
      <Rows gap={8}>
        <div>
          <Button type="submit" loading={busy} disabled={x.trim() === '' || y.trim() === ''}>
            {w.ideas.make}
          </Button>
        </div>
      </Rows>
    </FieldStack>
  );
}
