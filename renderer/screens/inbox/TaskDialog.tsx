import type { TaskKind } from '@domain/counter/task';
import type { PhoneE164 } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import type { InboxWords } from '@renderer/strings/inbox';
import { Dialog, ErrorNote, FieldStack, Rows, SelectField, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './replies.module.css';
import type { Message, Thread } from './useReplies';

const KINDS = ['hold', 'question', 'call-back', 'other'] as const;
const LONGEST = 300;

/** A task for the counter from one reply, or from the conversation as a whole. */
export function TaskDialog({
  thread: t,
  message,
  words: w,
  onClose,
}: {
  thread: Thread;
  message: Message | null;
  words: InboxWords;
  onClose: () => void;
}) {
  const make = useCommand('counter-tasks/make');
  const [kind, setKind] = useState<TaskKind>('hold');
  const [words, setWords] = useState(message?.body.slice(0, LONGEST) ?? '');
  const go = async () => {
    if (words.trim() === '') return;
    const done = await make.run({
      sid: message?.id ?? null,
      phone: t.phone as PhoneE164,
      customerId: t.customerId,
      kind,
      words: words.trim(),
    });
    if (!done) return;
    toast(done.isNew ? { title: w.task.made, body: w.task.madeBody, tone: 'good' } : { title: w.task.already });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.task.title}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.parked.cancel}
          </Button>
          <Button loading={make.busy} disabled={words.trim() === ''} onClick={() => void go()}>
            {w.task.go}
          </Button>
        </>
      }
    >
      <Rows gap={16}>
        {message && <blockquote className={css.quote}>{message.body}</blockquote>}
        <FieldStack onSubmit={() => void go()}>
          <SelectField
            label={w.task.kind}
            value={kind}
            onChange={setKind}
            options={KINDS.map((k) => ({ value: k, label: w.task.kinds[k] }))}
          />
          <TextField label={w.task.words} hint={w.task.wordsHint} value={words} onChange={setWords} maxLength={LONGEST} autoFocus />
        </FieldStack>
        <ErrorNote error={make.error} />
      </Rows>
    </Dialog>
  );
}
