import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { counterTasks } from '@renderer/strings/counter-tasks';
import type { InboxWords } from '@renderer/strings/inbox';
import { Chip, ErrorNote, toast, When } from '@renderer/ui';
import { phone as phoneText, when } from '@renderer/ui/format';
import { IconChecklist } from '@tabler/icons-react';
import { useLayoutEffect, useRef } from 'react';
import css from './replies.module.css';
import { isNumber, type Message, type Thread } from './useReplies';

type Entry =
  | { kind: 'message'; at: number; key: string; message: Message }
  | { kind: 'permission'; at: number; key: string; event: Thread['permission'][number] }
  | { kind: 'task'; at: number; key: string; task: Thread['tasks'][number]; ended: boolean };

/** Everything of one conversation in its order; what lies before the oldest message shown comes with "Show earlier". */
function entriesOf(t: Thread, messages: readonly Message[], more: boolean): Entry[] {
  const oldest = more ? (messages[0]?.at ?? 0) : 0;
  const all: Entry[] = [
    ...messages.map((message): Entry => ({ kind: 'message', at: message.at, key: message.id, message })),
    ...t.permission.map((event): Entry => ({ kind: 'permission', at: event.at, key: `p${event.id}`, event })),
    ...t.tasks.flatMap((task): Entry[] => [
      { kind: 'task', at: task.at, key: `t${task.id}`, task, ended: false },
      ...(task.doneAt === null ? [] : [{ kind: 'task' as const, at: task.doneAt, key: `d${task.id}`, task, ended: true }]),
    ]),
  ];
  const rank = { message: 0, permission: 1, task: 2 } as const;
  return all.filter((e) => e.at >= oldest).sort((a, b) => a.at - b.at || rank[a.kind] - rank[b.kind]);
}

interface Props {
  thread: Thread;
  messages: readonly Message[];
  more: boolean;
  words: InboxWords;
  onEarlier: () => void;
  onTask: (m: Message) => void;
}

/** What was said and done, day by day, the newest at the bottom. */
export function ThreadLog({ thread: t, messages, more, words: w, onEarlier, onTask }: Props) {
  const { shop, locale } = useShell();
  const anyway = useCommand('inbox/send-anyway');
  const log = useRef<HTMLDivElement>(null);
  const newest = t.messages.at(-1)?.id;
  useLayoutEffect(() => {
    if (log.current) log.current.tabIndex = 0; // a scrolled list must be reachable with the keyboard
  }, []);
  useLayoutEffect(() => {
    if (newest !== undefined && log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [newest]);
  const who = t.name || phoneText(t.phone);
  const send = async (id: number) => {
    if (await anyway.run({ id: id as never })) toast({ title: w.sentAnyway, tone: 'good' });
  };
  let day = '';
  return (
    <div className={css.log} ref={log} role="log" aria-label={who}>
      {more && (
        <Button className={css.earlier ?? ''} size="xs" variant="subtle" color="gray" onClick={onEarlier}>
          {w.earlier}
        </Button>
      )}
      <ErrorNote error={anyway.error} />
      {entriesOf(t, messages, more).map((e) => {
        const its = when(e.at, 'day', shop.zone, locale, Date.now());
        const fresh = its !== day;
        day = its;
        return (
          <div key={e.key} className={css.entry} data-us={(e.kind === 'message' && e.message.fromUs) || undefined} data-kind={e.kind}>
            {fresh && <p className={css.day}>{its}</p>}
            {e.kind === 'message' ? (
              <Bubble
                message={e.message}
                who={who}
                words={w}
                onTask={isNumber(t.phone) ? () => onTask(e.message) : undefined}
                onAnyway={() => void send(Number(e.message.id.slice(1)))}
              />
            ) : e.kind === 'permission' ? (
              <PermissionLine event={e.event} words={w} />
            ) : (
              <TaskLine task={e.task} ended={e.ended} words={w} />
            )}
          </div>
        );
      })}
    </div>
  );
}

const FAILED = new Set(['undelivered', 'failed', 'rejected', 'skipped', 'cancelled', 'uncertain']);
/** Longer, the rule's own name says it better. */
const QUOTED = 48;

/** Which rule read a text, in words: "Left: said “no more texts”"; '' for what a person reads. */
function ruledWords(m: Pick<Message, 'meaning' | 'rule' | 'body' | 'automatic' | 'answered'>, w: InboxWords): string {
  const phrase = /^(?:clear|weak):(.+)$/.exec(m.rule)?.[1];
  const body = m.body.trim();
  const why = /^why: (too-many|not-for-me|other)$/.exec(m.rule)?.[1] as keyof typeof w.ruled.why | undefined;
  if (why) return w.ruled.why[why];
  if (m.meaning === 'opt-out') return w.ruled.left(body.length <= QUOTED ? body : (phrase ?? body.slice(0, QUOTED)));
  if (m.rule === 'weak:wordless') return w.ruled.wordless;
  if (m.meaning === 'hold') return w.ruled.hold(phrase ?? body.slice(0, QUOTED));
  const answered = m.answered === null ? undefined : w.ruled.answered[m.answered];
  if (answered) return answered;
  const known = m.meaning ? w.meaning[m.meaning] : '';
  return known || (m.automatic ? w.ruled.automatic : '');
}

interface BubbleProps {
  message: Message;
  who: string;
  words: InboxWords;
  onTask: (() => void) | undefined;
  onAnyway: () => void;
}

function Bubble({ message: m, who, words: w, onTask, onAnyway }: BubbleProps) {
  const what = m.fromUs ? (m.campaignName ?? w.cause[m.cause as keyof typeof w.cause] ?? '') : (m.campaignName ?? '');
  const late = m.state === 'waiting' && m.reason === 'quiet-hours';
  const delivery = m.state === null ? '' : late ? w.waitsForHours : (w.delivery[m.state as keyof typeof w.delivery] ?? '');
  const ruled = m.fromUs ? '' : ruledWords(m, w);
  return (
    <div className={css.line} data-us={m.fromUs || undefined}>
      <span className="rg-hidden">{m.fromUs ? w.us : w.from(who)}</span>
      <p className={css.bubble} data-failed={(m.state !== null && FAILED.has(m.state)) || undefined}>
        {m.body || <em>{m.rule === 'weak:wordless' ? w.wordless : w.emptied}</em>}
      </p>
      <p className={css.meta}>
        <When at={m.at} style="time" />
        {what && <span>{what}</span>}
        {m.fromUs && m.automatic && <span>{w.ruled.byItself}</span>}
        {delivery && <span>{delivery}</span>}
        {late && m.cause === 'reply' && !m.automatic && (
          <button type="button" className={css.link} onClick={onAnyway}>
            {w.sendAnyway}
          </button>
        )}
        {ruled && <Chip tone={m.meaning === 'hold' ? 'warn' : 'neutral'}>{ruled}</Chip>}
        {m.taskId !== null && <Chip tone="info">{w.task.chip}</Chip>}
        {!m.fromUs && m.taskId === null && onTask && m.meaning !== 'opt-out' && m.meaning !== 'reaction' && (
          <button type="button" className={css.bubbleTask} onClick={onTask}>
            <IconChecklist size={16} stroke={1.75} aria-hidden />
            {w.task.make}
          </button>
        )}
      </p>
    </div>
  );
}

/** A permission given, taken or changed, by whatever route. */
function PermissionLine({ event: e, words: w }: { event: Thread['permission'][number]; words: InboxWords }) {
  const by = w.by[e.method] ?? '';
  const why = /why: (too-many|not-for-me|other)/.exec(e.reason ?? '')?.[1] as keyof typeof w.ruled.why | undefined;
  return (
    <p className={css.event}>
      {w.permission[e.kind] ?? e.kind}
      {by && ` ${by}`}
      {e.staffName && `, ${w.staff(e.staffName)}`}
      {why && ` · ${w.ruled.why[why]}`}
      {' · '}
      <When at={e.at} style="time" />
    </p>
  );
}

function TaskLine({ task: k, ended, words: w }: { task: Thread['tasks'][number]; ended: boolean; words: InboxWords }) {
  const c = useWords(counterTasks, 'en');
  const outcome = k.outcome === null ? '' : c.outcome[k.outcome];
  return (
    <p className={css.event}>
      {ended ? w.task.closed(outcome, k.words) : w.task.opened(k.words)}
      {ended && k.doneBy !== null && `, ${w.staff(k.doneBy)}`}
      {' · '}
      <When at={ended && k.doneAt !== null ? k.doneAt : k.at} style="time" />
    </p>
  );
}
