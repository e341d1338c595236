import { OUTCOMES_OF } from '@domain/counter/task';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { type CounterTaskWords, counterTasks as catalogue } from '@renderer/strings/counter-tasks';
import { shell } from '@renderer/strings/shell';
import { Chip, ErrorNote, Panel, toast } from '@renderer/ui';
import { whenNear } from '@renderer/ui/format';
import { IconBox, IconChecklist, IconHelpCircle, IconPhone } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import css from './counter-tasks.module.css';
import { PayLinkButtons, PayLinkLine, type PayLinkState } from './PayLink';

type Tasks = Out<'counter-tasks/open'>;
type Task = Tasks['open'][number];
type Outcome = NonNullable<Task['outcome']>;

/** Things somebody may pay for before they come. */
const PAID_FOR: readonly Task['kind'][] = ['hold', 'other'];
const ICONS = { hold: IconBox, 'call-back': IconPhone, question: IconHelpCircle, other: IconChecklist } as const;

/**
 * What customers asked for by text and somebody at the counter has to do. Up and down walk the tasks, left and right their endings;
 * nothing is shown while there is nothing to do. What was done stands among the last ten things, to be taken back.
 */
export function CounterTasks() {
  const w = useWords(catalogue);
  const { data } = useQuery('counter-tasks/open', {});
  const close = useCommand('counter-tasks/close');
  const reopen = useCommand('counter-tasks/reopen');
  const list = useRef<HTMLUListElement>(null);
  const holds = (data?.open ?? []).filter((t) => PAID_FOR.includes(t.kind)).map((t) => t.id);
  const links = useQuery('pay-links/of', { taskIds: holds }, { enabled: holds.length > 0 });
  if (!data || data.open.length === 0) return null;

  const whoOf = (t: Task) => t.name || (t.phoneEnd ? w.ends(t.phoneEnd) : w.somebody);
  const openAgain = async (id: number) => {
    if (await reopen.run({ id })) toast({ title: w.undone, tone: 'good' });
  };
  const end = async (t: Task, outcome: Outcome) => {
    // The next task takes the focus, so that a whole pile is worked off without looking for it.
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-task]') ?? [])];
    const at = rows.findIndex((r) => r.dataset['task'] === String(t.id));
    const next = rows[at + 1] ?? rows[at - 1];
    const focused = list.current?.contains(document.activeElement) ?? false;
    if (!(await close.run({ id: t.id, outcome, note: '' }))) return;
    if (focused) next?.querySelector<HTMLElement>('button')?.focus();
    toast({
      title: w.done(w.outcome[outcome], whoOf(t)),
      tone: 'good',
      action: { label: w.undo, onClick: () => void openAgain(t.id) },
    });
  };
  const walk = (e: KeyboardEvent<HTMLUListElement>) => {
    const here = document.activeElement;
    const row = here?.closest('[data-task]');
    if (!row) return;
    const buttons = [...row.querySelectorAll('button')];
    const column = buttons.indexOf(here as HTMLButtonElement);
    const rows = [...(list.current?.querySelectorAll('[data-task]') ?? [])];
    const to = {
      ArrowDown: () => rows[rows.indexOf(row) + 1]?.querySelectorAll('button')[column] ?? null,
      ArrowUp: () => rows[rows.indexOf(row) - 1]?.querySelectorAll('button')[column] ?? null,
      ArrowRight: () => buttons[column + 1] ?? null,
      ArrowLeft: () => buttons[column - 1] ?? null,
    }[e.key];
    if (!to) return;
    e.preventDefault();
    to()?.focus();
  };

  return (
    <Panel title={w.title(data.open.length + data.more)} hint={w.hint}>
      <ErrorNote error={close.error ?? reopen.error} />
      <ul className={css.tasks} ref={list} onKeyDown={walk}>
        {data.open.map((t) => (
          <OpenTask
            key={t.id}
            task={t}
            link={links.data?.find((l) => l.taskId === t.id)}
            who={whoOf(t)}
            words={w}
            onEnd={(o) => void end(t, o)}
          />
        ))}
      </ul>
      {data.more > 0 && <p className={css.quiet}>{w.more(data.more)}</p>}
    </Panel>
  );
}

interface OpenTaskProps {
  task: Task;
  link: PayLinkState | undefined;
  who: string;
  words: CounterTaskWords;
  onEnd: (outcome: Outcome) => void;
}

function OpenTask({ task: t, link, who, words: w, onEnd }: OpenTaskProps) {
  const { shop, locale } = useShell();
  const days = useWords(shell).days;
  const Icon = ICONS[t.kind];
  const now = Date.now();
  const at = (instant: number) => whenNear(instant, shop.zone, locale, now, days);
  const late = t.dueAt !== null && t.dueAt < now;
  return (
    <li data-task={t.id}>
      <span className={css.icon}>
        <Icon size={24} stroke={1.6} aria-hidden />
      </span>
      <span className={css.words}>
        <span className={css.head}>
          <strong>{who}</strong>
          {t.name !== '' && t.phoneEnd && <span className={css.quiet}>{w.ends(t.phoneEnd)}</span>}
          {late && <Chip tone="warn">{w.late(at(t.dueAt ?? 0))}</Chip>}
        </span>
        <span>{t.words ? `${w.kind[t.kind]}: ${t.words}` : w.kind[t.kind]}</span>
        {t.said !== '' && t.said !== t.words && <q className={css.said}>{t.said}</q>}
        <span className={css.quiet}>
          {t.campaignName && `${t.campaignName} · `}
          {w.since} {at(t.createdAt)}
          {t.dueAt !== null && !late && ` · ${w.due(at(t.dueAt))}`}
        </span>
        <PayLinkLine link={link} />
      </span>
      <span className={css.ends}>
        {OUTCOMES_OF[t.kind].map((o, i) => (
          <Button
            key={o}
            size="md"
            className={css.touch ?? ''}
            variant={i === 0 ? 'light' : 'default'}
            aria-label={w.button(w.outcome[o], who)}
            onClick={() => onEnd(o)}
          >
            {w.outcome[o]}
          </Button>
        ))}
        {PAID_FOR.includes(t.kind) && t.phoneEnd !== null && <PayLinkButtons taskId={t.id} who={who} link={link} />}
      </span>
    </li>
  );
}
