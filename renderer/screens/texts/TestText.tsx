import type { OutboxId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useQuery } from '@renderer/api/useQuery';
import { useWords } from '@renderer/strings';
import { outbox } from '@renderer/strings/outbox';
import { texts as words } from '@renderer/strings/texts';
import { Chip, Dialog, ErrorNote, Rows, TextField } from '@renderer/ui';
import { phone as shown } from '@renderer/ui/format';
import { useState } from 'react';
import { textTone } from '../campaigns/words';
import { fateWords } from './text-words';
import css from './texts.module.css';

/** The text as it stands, to the owner's own phone, with what becomes of it. */
export function TestText({ body }: { body: string }) {
  const w = useWords(words);
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" size="xs" onClick={() => setOpen(true)} disabled={body.trim() === ''}>
        {w.test.open}
      </Button>
      {open && <TestDialog body={body} onClose={() => setOpen(false)} />}
    </>
  );
}

function TestDialog({ body, onClose }: { body: string; onClose: () => void }) {
  const w = useWords(words);
  const o = useWords(outbox);
  const known = useQuery('outbox/test-texts', {}, { topics: ['outbox'] });
  const send = useCommand('outbox/test-text');
  const [typed, setTyped] = useState<string | null>(null);
  const [sent, setSent] = useState<OutboxId | null>(null);
  const story = useQuery('outbox/history', { outboxId: sent ?? (0 as OutboxId) }, { enabled: sent !== null, topics: ['outbox'] });
  const last = known.data?.lastPhone ?? null;
  const phone = typed ?? (last ? shown(last) : '');
  const go = async () => {
    const done = await send.run({ phone, body });
    if (done) setSent(done.outboxId);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.test.title}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.history.close}
          </Button>
          <Button onClick={() => void go()} loading={send.busy} disabled={phone.trim() === '' || known.data?.leftToday === 0}>
            {sent === null ? w.test.send : w.test.again}
          </Button>
        </>
      }
    >
      <Rows gap={16}>
        <p className={css.quiet}>{w.test.hint}</p>
        <p className={css.bubble}>{body}</p>
        <TextField
          label={w.test.phone}
          value={phone}
          onChange={setTyped}
          inputMode="tel"
          hint={known.data ? w.test.left(known.data.leftToday) : undefined}
        />
        <ErrorNote error={send.error} />
        {sent !== null && story.data && (
          <div role="status">
            <Chip tone={textTone(story.data.state)} dot>
              {fateWords(w, o, story.data)}
            </Chip>
          </div>
        )}
      </Rows>
    </Dialog>
  );
}
