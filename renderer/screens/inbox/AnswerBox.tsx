import { countSegments, isGsm, toGsmFriendly } from '@domain/campaigns/sms-text';
import { fillReply } from '@domain/inbox/reply-template';
import type { PhoneE164 } from '@domain/kernel';
import { Button, Textarea } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import type { InboxWords } from '@renderer/strings/inbox';
import { shell } from '@renderer/strings/shell';
import { ErrorNote, Note } from '@renderer/ui';
import { micros, when } from '@renderer/ui/format';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef, useState } from 'react';
import css from './replies.module.css';
import { TemplatePicker, templatesFor } from './TemplatePicker';
import type { Thread } from './useReplies';

const LONGEST = 640;
const ONE = { 'GSM-7': 160, 'UCS-2': 70 } as const;

export interface AnswerHandle {
  focus: () => void;
}

interface Props {
  thread: Thread;
  words: InboxWords;
  handle: Ref<AnswerHandle>;
  onLeave: () => void;
  onTemplates: () => void;
}

/**
 * The box to answer. Ctrl+Enter sends, "/" in the empty box picks a kept answer, Esc goes back to the list. Outside their hours it says
 * what time it is there and lets the owner choose.
 */
export function AnswerBox({ thread: t, words: w, handle, onLeave, onTemplates }: Props) {
  const { shop, locale } = useShell();
  const { today } = useWords(shell).days;
  const near = { today, tomorrow: w.tomorrow };
  const reply = useCommand('inbox/reply');
  const hours = useQuery(
    'consent/when',
    { phone: t.phone as PhoneE164, messageClass: 'reply' },
    { topics: ['inbox', 'consent', 'outbox', 'settings'] },
  );
  const templates = useQuery('inbox/templates', {}, { topics: ['inbox'] });
  const [body, setBody] = useState('');
  const [picked, setPicked] = useState(0);
  /** What became of the last answer, until the next one is begun. */
  const [said, setSaid] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(handle, () => ({ focus: () => box.current?.focus() }));

  const plain = toGsmFriendly(body.trim());
  const size = countSegments(plain.text);
  const odd = [...new Set([...plain.text].filter((c) => !isGsm(c)))].slice(0, 4);
  const slash = /^\/(.*)$/s.exec(body)?.[1];
  const choices = slash === undefined ? [] : templatesFor(templates.data ?? [], slash);
  const answer = hours.data;
  const quiet = answer?.kind === 'later' && answer.why.some((x) => x.reason === 'quiet-hours') ? answer : null;
  const now = Date.now();
  const leaves = quiet?.at == null ? '' : sayLater(quiet.at, now, shop.zone, locale, near);

  const send = async (which: 'wait' | 'now') => {
    if (body.trim() === '' || slash !== undefined) return;
    const done = await reply.run({ phone: t.phone as PhoneE164, body, hours: which });
    if (!done) return;
    setBody('');
    // The text stands in the conversation already; a toast would only cover the button.
    const later = done.leavesAt !== null && done.leavesAt > Date.now() + 60_000;
    setSaid(
      done.leavesAt === null
        ? w.queuedUnknown
        : later
          ? w.queuedLater(sayLater(done.leavesAt, Date.now(), shop.zone, locale, near))
          : w.queued,
    );
    box.current?.focus();
  };
  const use = (i: number) => {
    const chosen = choices[i];
    if (!chosen) return;
    setBody(fillReply((t.language === 'es' && chosen.es) || chosen.en, t.fields));
    setPicked(0);
    box.current?.focus();
  };
  const onKeyDown = (e: KeyboardEvent) => {
    if (slash !== undefined && choices.length > 0) {
      const moves: Record<string, number> = { ArrowDown: picked + 1, ArrowUp: picked - 1 };
      const to = moves[e.key];
      if (to !== undefined) setPicked((to + choices.length) % choices.length);
      else if (e.key === 'Enter' || e.key === 'Tab') use(picked);
      else if (e.key === 'Escape') setBody('');
      else return;
      e.preventDefault();
      e.stopPropagation();
      return;
    }
    if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) {
      e.preventDefault();
      void send('wait');
    } else if (e.key === 'Escape') {
      e.preventDefault();
      e.stopPropagation();
      onLeave();
    }
  };

  return (
    <form
      className={css.answer}
      onSubmit={(e) => {
        e.preventDefault();
        void send('wait');
      }}
    >
      {quiet && (
        <Note tone="warn" role="status">
          <p>
            {w.sendsWhen.clock([...new Set(quiet.zones.map((z) => when(now, 'time', z, locale, now)))].join(' / '))}{' '}
            {leaves && w.sendsWhen.leaves(leaves)}
          </p>
        </Note>
      )}
      {slash !== undefined && (
        <TemplatePicker
          choices={choices}
          picked={picked}
          words={w}
          fields={t.fields}
          language={t.language}
          onUse={use}
          onManage={onTemplates}
        />
      )}
      <Textarea
        ref={box}
        label={w.write}
        autosize
        minRows={2}
        maxRows={5}
        maxLength={LONGEST}
        value={body}
        onChange={(e) => {
          setBody(e.currentTarget.value);
          setSaid('');
          setPicked(0);
        }}
        onKeyDown={onKeyDown}
        aria-keyshortcuts="Control+Enter"
      />
      <div className={css.answerFoot}>
        <span className={css.quiet} aria-live="polite">
          {body === '' && said}
          {body.trim() !== '' && slash === undefined && (
            <>
              {w.length(Math.max(0, ONE[size.encoding] - size.units), size.segments)}
              {` · ${w.price(micros(size.segments * t.price.perSegment, t.price.currency, locale))}`}
              {plain.changes.length > 0 && ` · ${w.mended(plain.changes.length)}`}
              {odd.length > 0 && ` · ${w.odd(odd.join(' '))}`}
            </>
          )}
        </span>
        <span className={css.answerButtons}>
          {body === '' && (
            <Button
              variant="subtle"
              color="gray"
              onClick={() => {
                setBody('/');
                box.current?.focus();
              }}
            >
              {w.templates.open}
              <kbd className={css.key}>/</kbd>
            </Button>
          )}
          {quiet && body.trim() !== '' && (
            <Button
              variant="default"
              loading={reply.busy}
              disabled={body.trim() === '' || slash !== undefined}
              title={w.sendsWhen.kept}
              onClick={() => void send('now')}
            >
              {w.sendsWhen.now}
            </Button>
          )}
          <Button type="submit" loading={reply.busy} disabled={body.trim() === '' || slash !== undefined}>
            {quiet && leaves ? w.sendsWhen.later(leaves) : w.send}
          </Button>
        </span>
      </div>
      <ErrorNote error={reply.error} />
    </form>
  );
}

/** "today, 10:00 am" / "tomorrow, 10:00 am" / the day. */
function sayLater(at: number, now: number, zone: string, locale: string, near: { today: string; tomorrow: string }): string {
  const day = (t: number) => when(t, 'day', zone, locale, now);
  const time = when(at, 'time', zone, locale, now);
  if (day(at) === day(now)) return `${near.today}, ${time}`;
  if (day(at) === day(now + 86_400_000)) return `${near.tomorrow}, ${time}`;
  return when(at, 'day-time', zone, locale, now);
}
