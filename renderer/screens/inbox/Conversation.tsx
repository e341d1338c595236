import { countSegments, toGsmFriendly } from '@domain/campaigns/sms-text';
import type { PhoneE164 } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import type { InboxWords } from '@renderer/strings/inbox';
import { type ChipTone, ErrorNote, StateBadge, TextAreaField, toast, When } from '@renderer/ui';
import { phone as phoneText } from '@renderer/ui/format';
import { useLayoutEffect, useRef, useState } from 'react';
import css from './replies.module.css';
import { isNumber, type Thread } from './useReplies';

const TONES: Readonly<Record<Thread['state'], ChipTone>> = {
  in: 'good',
  pending: 'info',
  out: 'danger',
  never: 'neutral',
  hold: 'warn',
  paused: 'neutral',
};
const FAILED = new Set(['undelivered', 'failed', 'rejected', 'skipped', 'cancelled', 'uncertain']);

/** One person's texts, ours and theirs, and the box to answer. */
export function Conversation({ thread: t, words: w }: { thread: Thread; words: InboxWords }) {
  const log = useRef<HTMLDivElement>(null);
  const newest = t.messages.at(-1)?.id;
  useLayoutEffect(() => {
    if (log.current) log.current.tabIndex = 0; // a scrolled list must be reachable with the keyboard
  }, []);
  useLayoutEffect(() => {
    if (newest !== undefined && log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [newest]);
  const states = Object.fromEntries(
    Object.entries(w.state).map(([s, label]) => [s, { label, tone: TONES[s as Thread['state']] }]),
  ) as Record<Thread['state'], { label: string; tone: ChipTone }>;
  return (
    <>
      <header className={css.head}>
        <div>
          <h2 className={css.who}>{t.name || phoneText(t.phone)}</h2>
          <p className={css.quiet}>{t.customerId === null ? w.unknown : phoneText(t.phone)}</p>
        </div>
        <div className={css.headSide}>
          <StateBadge state={t.state} states={states} />
          {t.customerId !== null && (
            <Button size="xs" variant="default" onClick={() => go({ screen: 'customers', id: Number(t.customerId) })}>
              {w.person}
            </Button>
          )}
        </div>
      </header>
      <div className={css.log} ref={log} role="log" aria-label={t.name || phoneText(t.phone)}>
        {t.messages.map((m) => (
          <Bubble key={m.id} message={m} name={t.name || phoneText(t.phone)} words={w} />
        ))}
      </div>
      {t.mayReply && isNumber(t.phone) ? <Answer phone={t.phone} words={w} /> : <NoAnswer thread={t} words={w} />}
    </>
  );
}

function Bubble({ message: m, name, words: w }: { message: Thread['messages'][number]; name: string; words: InboxWords }) {
  const what = m.fromUs ? (m.campaignName ?? w.cause[m.cause as keyof typeof w.cause] ?? '') : m.meaning ? w.meaning[m.meaning] : '';
  const delivery = m.state === null ? '' : (w.delivery[m.state as keyof typeof w.delivery] ?? '');
  return (
    <div className={css.line} data-us={m.fromUs || undefined}>
      <span className="rg-hidden">{m.fromUs ? w.us : w.from(name)}</span>
      <p className={css.bubble} data-failed={(m.state !== null && FAILED.has(m.state)) || undefined}>
        {m.body}
      </p>
      <p className={css.meta}>
        <When at={m.at} near />
        {what && <span> · {what}</span>}
        {delivery && <span> · {delivery}</span>}
      </p>
    </div>
  );
}

const LONGEST = 640;
const ONE = { 'GSM-7': 160, 'UCS-2': 70 } as const;

function Answer({ phone, words: w }: { phone: string; words: InboxWords }) {
  const reply = useCommand('inbox/reply');
  const [body, setBody] = useState('');
  const size = countSegments(toGsmFriendly(body.trim()).text);
  const send = async () => {
    if (body.trim() === '') return;
    const done = await reply.run({ phone: phone as PhoneE164, body });
    if (!done) return;
    setBody('');
    toast({ title: w.queued, body: w.queuedBody, tone: 'good' });
  };
  return (
    <form
      className={css.answer}
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <TextAreaField label={w.write} value={body} onChange={setBody} minRows={1} maxLength={LONGEST} />
      <div className={css.answerFoot}>
        <span className={css.quiet} aria-live="polite">
          {body.trim() === '' ? '' : w.length(Math.max(0, ONE[size.encoding] - size.units), size.segments)}
        </span>
        <Button type="submit" loading={reply.busy} disabled={body.trim() === ''}>
          {w.send}
        </Button>
      </div>
      <ErrorNote error={reply.error} />
    </form>
  );
}

function NoAnswer({ thread: t, words: w }: { thread: Thread; words: InboxWords }) {
  const consent = useQuery('consent/of', { phone: t.phone as PhoneE164 }, { enabled: t.carrierStop && isNumber(t.phone) });
  const number = consent.data?.startNumber ? phoneText(consent.data.startNumber) : w.ourNumber;
  const said = !isNumber(t.phone)
    ? w.noReply.number
    : t.carrierStop
      ? w.noReply.carrier(number)
      : t.state === 'hold'
        ? w.noReply.hold
        : w.noReply.out;
  return <p className={css.noAnswer}>{said}</p>;
}
