import { Button } from '@mantine/core';
import { type Out, useCommand, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { payLinks as catalogue, type PayLinkWords } from '@renderer/strings/pay-links';
import { shell } from '@renderer/strings/shell';
import { Dialog, ErrorNote, TextField, toast } from '@renderer/ui';
import { whenNear } from '@renderer/ui/format';
import { useState } from 'react';
import css from './counter-tasks.module.css';

export type PayLinkState = Out<'pay-links/of'>[number];

function useNear(): (at: number) => string {
  const { shop, locale } = useShell();
  const days = useWords(shell).days;
  return (at) => whenNear(at, shop.zone, locale, Date.now(), days);
}

const stateWords = (l: PayLinkState, w: PayLinkWords, near: (at: number) => string): string => {
  const at = l.at === null ? '' : near(l.at);
  return l.state === 'paid' ? w.states.paid(at, l.by ?? '') : w.states[l.state](at);
};

/** How the link to pay of a task stands; nothing while there is none. */
export function PayLinkLine({ link }: { link: PayLinkState | undefined }) {
  const w = useWords(catalogue);
  const near = useNear();
  return link === undefined ? null : <span className={css.quiet}>{stateWords(link, w, near)}</span>;
}

/** Texts a link to pay for what a task holds, and notes that it was paid. */
export function PayLinkButtons({ taskId, who, link }: { taskId: number; who: string; link: PayLinkState | undefined }) {
  const w = useWords(catalogue);
  const [open, setOpen] = useState(false);
  const paid = useCommand('pay-links/paid');
  const mayPay = link !== undefined && link.state !== 'bought';
  const isPaid = link?.state === 'paid';
  return (
    <>
      {mayPay && (
        <Button
          size="md"
          variant="default"
          className={css.touch ?? ''}
          loading={paid.busy}
          aria-label={w.for(isPaid ? w.notPaid : w.paid, who)}
          onClick={() => void paid.run({ taskId, paid: !isPaid })}
        >
          {isPaid ? w.notPaid : w.paid}
        </Button>
      )}
      {!isPaid && link?.state !== 'bought' && (
        <Button
          size="md"
          variant="default"
          className={css.touch ?? ''}
          aria-label={w.for(link ? w.again : w.open, who)}
          onClick={() => setOpen(true)}
        >
          {link ? w.again : w.open}
        </Button>
      )}
      <ErrorNote error={paid.error} />
      {open && <SendPayLink taskId={taskId} who={who} words={w} onClose={() => setOpen(false)} />}
    </>
  );
}

function SendPayLink(p: { taskId: number; who: string; words: PayLinkWords; onClose: () => void }) {
  const { words: w, onClose } = p;
  const near = useNear();
  const [url, setUrl] = useState('');
  const send = useCommand('pay-links/send');
  const go = async () => {
    if (url.trim() === '') return;
    const done = await send.run({ taskId: p.taskId, url });
    if (!done) return;
    toast({
      title: done.leavesAt !== null && done.leavesAt > Date.now() + 60_000 ? w.sentLater(near(done.leavesAt)) : w.sent,
      tone: 'good',
    });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title(p.who)}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button loading={send.busy} disabled={url.trim() === ''} onClick={() => void go()}>
            {w.send}
          </Button>
        </>
      }
    >
      <TextField
        label={w.label}
        hint={w.hint}
        value={url}
        onChange={setUrl}
        placeholder="https://"
        maxLength={250}
        spellCheck={false}
        autoFocus
        onEnter={() => void go()}
      />
      <ErrorNote error={send.error} />
    </Dialog>
  );
}
