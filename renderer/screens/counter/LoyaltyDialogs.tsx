import type { Cents, CustomerId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { counterLoyalty as catalogue } from '@renderer/strings/loyalty-counter';
import { Dialog, ErrorNote, MoneyField, NumberField, TextField, toast } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useState } from 'react';
import type { Card } from './LoyaltyCard';
import css from './loyalty.module.css';

interface DialogProps {
  card: Card;
  customerId: CustomerId;
  onClose: () => void;
}

/** A visit, things or a purchase the till file has not brought yet. */
export function CountIt({ card, customerId, onClose }: DialogProps) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const punch = useCommand('loyalty/punch');
  const [amount, setAmount] = useState<number | null>(null);
  const [things, setThings] = useState<number | null>(1);
  const [receipt, setReceipt] = useState('');
  const have = (k: number) => w.have(k, count(k, locale), card.kind);
  const ready = card.kind === 'points' ? amount !== null && amount > 0 : card.kind === 'visits' || (things ?? 0) > 0;
  const run = async () => {
    if (!ready) return;
    const done = await punch.run({ customerId, amount: amount as Cents | null, count: things ?? 1, receiptNo: receipt.trim() || null });
    if (!done) return;
    toast({ title: w.punched(have(done.points), have(done.have)), tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      title={w.punchTitle[card.kind]}
      onClose={onClose}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button size="md" loading={punch.busy} disabled={!ready} onClick={() => void run()}>
            {w.punch}
          </Button>
        </>
      }
    >
      <form
        className={css.stack}
        onSubmit={(e) => {
          e.preventDefault();
          void run();
        }}
      >
        <p>{w.punchBody}</p>
        <ErrorNote error={punch.error} />
        {card.kind === 'items' && <NumberField label={w.items} value={things} onChange={setThings} min={1} max={20} />}
        {card.kind !== 'items' && (
          <MoneyField label={card.kind === 'points' ? w.amount : w.amountOptional} cents={amount} onChange={setAmount} />
        )}
        <TextField label={w.receipt} hint={w.receiptHint} value={receipt} onChange={setReceipt} maxLength={60} onEnter={() => void run()} />
      </form>
    </Dialog>
  );
}

/** Something given or taken by hand, with the reason. */
export function ByHand({ card, customerId, onClose }: DialogProps) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const adjust = useCommand('loyalty/adjust');
  const [points, setPoints] = useState<number | null>(1);
  const [reason, setReason] = useState('');
  const ready = points !== null && points !== 0 && reason.trim() !== '';
  const run = async () => {
    if (!ready || points === null) return;
    const done = await adjust.run({ customerId, points, reason });
    if (!done) return;
    toast({ title: w.handDone(w.have(done.have, count(done.have, locale), card.kind)), tone: 'good' });
    onClose();
  };
  return (
    <Dialog
      open
      title={w.handTitle}
      onClose={onClose}
      actions={
        <>
          <Button variant="default" size="md" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button size="md" loading={adjust.busy} disabled={!ready} onClick={() => void run()}>
            {w.hand}
          </Button>
        </>
      }
    >
      <div className={css.stack}>
        <p>
          {w.handBody} {card.staffMost !== null && w.handMost(card.staffMost)}
        </p>
        <ErrorNote error={adjust.error} />
        <NumberField label={w.howMany} hint={w.howManyHint} value={points} onChange={setPoints} />
        <div className={css.reasons}>
          {w.reasons.map((r) => (
            <Button key={r} variant={reason === r ? 'light' : 'default'} size="md" className={css.touch ?? ''} onClick={() => setReason(r)}>
              {r}
            </Button>
          ))}
        </div>
        <TextField label={w.reason} value={reason} onChange={setReason} maxLength={200} onEnter={() => void run()} />
      </div>
    </Dialog>
  );
}
