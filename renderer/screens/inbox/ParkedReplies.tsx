import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import type { InboxWords } from '@renderer/strings/inbox';
import { Dialog, ErrorNote, FieldStack, Rows, TextField, toast } from '@renderer/ui';
import { phone as phoneText, when } from '@renderer/ui/format';
import { useState } from 'react';
import css from './replies.module.css';
import type { Parked } from './useReplies';

interface Props {
  parked: readonly Parked[];
  words: InboxWords;
  current: string | null;
  onOpen: (phone: string) => void;
}

/**
 * Replies that may be stops. Their senders are suppressed already; only the owner frees them. One at a time, the oldest first: the
 * conversations keep their room, and nothing scrolls inside something that scrolls.
 */
export function ParkedReplies({ parked, words: w, current, onOpen }: Props) {
  const [first] = parked;
  if (!first) return null;
  return (
    <section className={css.strip} aria-label={w.parked.title(parked.length)}>
      <ParkedReply key={first.sid} reply={first} count={parked.length} words={w} open={first.phone === current} onOpen={onOpen} />
    </section>
  );
}

function ParkedReply({
  reply: p,
  count,
  words: w,
  open,
  onOpen,
}: {
  reply: Parked;
  count: number;
  words: InboxWords;
  open: boolean;
  onOpen: (phone: string) => void;
}) {
  const decide = useCommand('inbox/decide-hold');
  const { shop, locale } = useShell();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const settle = async (decision: 'stop' | 'not-a-stop') => {
    const done = await decide.run({ sid: p.sid, decision, reason: reason.trim() });
    if (!done) return;
    setAsking(false);
    toast({ title: decision === 'stop' ? w.parked.stopped : w.parked.kept, tone: 'good' });
  };
  return (
    <>
      <div className={css.parkedLine}>
        <div className={css.parkedWords}>
          <p className={css.parkedTitle}>
            <strong>{w.parked.title(count)}</strong>
            <span className={css.quiet}>
              {w.parked.hint}
              {p.holdUntil !== null && ` · ${w.parked.by(when(p.holdUntil, 'short-day', shop.zone, locale, Date.now()))}`}
            </span>
          </p>
          <p className={css.parkedSaid}>
            {open ? (
              <strong>{p.name || phoneText(p.phone)}</strong>
            ) : (
              <button type="button" className={css.link} onClick={() => onOpen(p.phone)}>
                {p.name || phoneText(p.phone)}
              </button>
            )}{' '}
            {p.body ? <q>{p.body}</q> : <em>{w.wordless}</em>}
          </p>
        </div>
        <div className={css.parkedButtons}>
          <Button color="brick" loading={decide.busy && !asking} disabled={asking} onClick={() => void settle('stop')}>
            {w.parked.stop}
          </Button>
          <Button variant="default" disabled={decide.busy} onClick={() => setAsking(true)}>
            {w.parked.notAStop}
          </Button>
        </div>
      </div>
      {!asking && <ErrorNote error={decide.error} />}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.parked.notAStop}
        actions={
          <>
            <Button variant="default" onClick={() => setAsking(false)}>
              {w.parked.cancel}
            </Button>
            <Button loading={decide.busy} disabled={reason.trim() === ''} onClick={() => void settle('not-a-stop')}>
              {w.parked.confirmNot}
            </Button>
          </>
        }
      >
        <Rows gap={16}>
          <blockquote className={css.quote}>{p.body || <em>{w.wordless}</em>}</blockquote>
          <FieldStack onSubmit={() => reason.trim() !== '' && void settle('not-a-stop')}>
            <TextField label={w.parked.reason} hint={w.parked.reasonHint} value={reason} onChange={setReason} maxLength={300} autoFocus />
          </FieldStack>
          <ErrorNote error={decide.error} />
        </Rows>
      </Dialog>
    </>
  );
}
