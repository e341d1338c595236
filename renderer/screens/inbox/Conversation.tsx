import { Button } from '@mantine/core';
import { call, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import type { InboxWords } from '@renderer/strings/inbox';
import { whenWords } from '@renderer/strings/when';
import { type ChipTone, StateBadge } from '@renderer/ui';
import { phone as phoneText } from '@renderer/ui/format';
import { IconCheck, IconChecklist, IconHandStop, IconUser } from '@tabler/icons-react';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { StopDialog } from '../counter/StopDialog';
import { AnswerBox, type AnswerHandle } from './AnswerBox';
import css from './replies.module.css';
import { TaskDialog } from './TaskDialog';
import { ThreadLog } from './ThreadLog';
import { isNumber, type Message, type Thread } from './useReplies';

const TONES: Readonly<Record<Thread['state'], ChipTone>> = {
  in: 'good',
  pending: 'info',
  out: 'danger',
  never: 'neutral',
  hold: 'warn',
  paused: 'neutral',
};

export interface ConversationHandle {
  answer: () => void;
}

interface Props {
  thread: Thread;
  words: InboxWords;
  handle: Ref<ConversationHandle>;
  /** Esc in the box: back to the list. */
  onLeave: () => void;
  onDone: () => void;
  onTemplates: () => void;
}

/** One number's texts, ours and theirs, what happened to its permission, and the box to answer. */
export function Conversation({ thread: t, words: w, handle, onLeave, onDone, onTemplates }: Props) {
  const box = useRef<AnswerHandle>(null);
  const [stopping, setStopping] = useState(false);
  const [task, setTask] = useState<{ message: Message | null } | null>(null);
  const [earlier, setEarlier] = useState<{ messages: readonly Message[]; more: boolean } | null>(null);
  useImperativeHandle(handle, () => ({ answer: () => box.current?.focus() }));
  const oldest = (earlier?.messages ?? t.messages)[0]?.at;
  const showEarlier = async () => {
    if (oldest === undefined) return;
    const older = await call('inbox/earlier', { phone: t.phone, before: oldest }).catch(() => null);
    if (older) setEarlier((e) => ({ messages: [...older.messages, ...(e?.messages ?? [])], more: older.more }));
  };
  const states = Object.fromEntries(
    Object.entries(w.state).map(([s, label]) => [s, { label, tone: TONES[s as Thread['state']] }]),
  ) as Record<Thread['state'], { label: string; tone: ChipTone }>;
  const names = t.people.map((p) => p.name || phoneText(t.phone));
  const who = t.name || phoneText(t.phone);
  const lastAsked = [...t.messages].reverse().find((m) => !m.fromUs && m.taskId === null && !m.automatic) ?? null;
  return (
    <>
      <header className={css.head}>
        <div className={css.headWords}>
          <h2 className={css.who}>{who}</h2>
          <p className={css.quiet}>
            <StateBadge state={t.state} states={states} />
            {t.people.length > 1
              ? w.share(`${names.slice(0, -1).join(', ')} ${w.and} ${names.at(-1) ?? ''}`)
              : t.customerId === null
                ? w.unknown
                : phoneText(t.phone)}
          </p>
        </div>
        <div className={css.headSide}>
          {t.customerId !== null && (
            <HeadButton
              icon={<IconUser {...icon} />}
              word={w.person}
              onClick={() => go({ screen: 'customers', id: Number(t.customerId) })}
            />
          )}
          {isNumber(t.phone) && (
            <HeadButton icon={<IconChecklist {...icon} />} word={w.task.make} onClick={() => setTask({ message: lastAsked })} />
          )}
          {t.state !== 'out' && t.state !== 'hold' && !t.carrierStop && isNumber(t.phone) && (
            <HeadButton icon={<IconHandStop {...icon} />} word={w.stop} sign onClick={() => setStopping(true)} />
          )}
          {(t.waiting || t.unread > 0) && <HeadButton icon={<IconCheck {...icon} />} word={w.close} shortcut="E" onClick={onDone} />}
        </div>
      </header>
      <ThreadLog
        thread={t}
        messages={[...(earlier?.messages ?? []), ...t.messages]}
        more={earlier?.more ?? t.more}
        words={w}
        onEarlier={() => void showEarlier()}
        onTask={(message) => setTask({ message })}
      />
      {t.mayReply && isNumber(t.phone) ? (
        <AnswerBox key={t.phone} thread={t} words={w} handle={box} onLeave={onLeave} onTemplates={onTemplates} />
      ) : (
        <NoAnswer thread={t} words={w} />
      )}
      {stopping && (
        <StopDialog
          target={{
            customerId: t.customerId === null ? null : Number(t.customerId),
            phone: t.customerId === null ? t.phone : null,
            who: t.name || null,
          }}
          onClose={() => setStopping(false)}
        />
      )}
      {task && <TaskDialog thread={t} message={task.message} words={w} onClose={() => setTask(null)} />}
    </>
  );
}

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const;

function HeadButton(p: { icon: ReactNode; word: string; shortcut?: string; sign?: boolean; onClick: () => void }) {
  return (
    <Button size="xs" variant="default" title={p.word} onClick={p.onClick}>
      {p.icon}
      <span className={p.sign ? 'rg-hidden' : css.buttonWord}>{p.word}</span>
      {p.shortcut && <kbd className={css.key}>{p.shortcut}</kbd>}
    </Button>
  );
}

function NoAnswer({ thread: t, words: w }: { thread: Thread; words: InboxWords }) {
  const [asks, setAsks] = useState(false);
  useEffect(() => setAsks(t.carrierStop && isNumber(t.phone)), [t.carrierStop, t.phone]);
  const consent = useQuery('consent/of', { phone: t.phone as never }, { enabled: asks });
  const number = consent.data?.startNumber ? phoneText(consent.data.startNumber) : w.ourNumber;
  const n = w.noReply;
  const { country } = useWords(whenWords).reasons;
  const said = !isNumber(t.phone)
    ? [n.number]
    : t.carrierStop
      ? [n.carrier(number), n.call]
      : t.state === 'hold'
        ? [n.hold, n.call]
        : t.state === 'out'
          ? [n.out, n.outHelp, n.call]
          : [country, n.call];
  return <p className={css.noAnswer}>{said.join(' ')}</p>;
}
