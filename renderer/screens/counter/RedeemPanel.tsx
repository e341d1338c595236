import { Button } from '@mantine/core';
import { type Out, useCommand, useShell } from '@renderer/api';
import { ErrorNote, MoneyField, TextField, When } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import css from './counter.module.css';
import { type CounterWords, offerWords, type Person } from './words';

export interface RedeemTarget {
  code: string;
  how: 'code' | 'person';
  shared: boolean;
  offer: Person['offers'][number]['offer'];
  expiresAt: number | null;
  customerId: number | null;
  who: string | null;
}

interface RedeemPanelProps {
  target: RedeemTarget;
  words: CounterWords;
  onDone: (done: Out<'counter/redeem'>, said: string) => void;
}

/** The offer in large, two optional fields, one button that already has the focus: scan, Enter, done. */
export function RedeemPanel({ target, words: w, onDone }: RedeemPanelProps) {
  const { shop, locale } = useShell();
  const redeem = useCommand('counter/redeem');
  const [amount, setAmount] = useState<number | null>(null);
  const [receipt, setReceipt] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const offer = offerWords(target.offer, w, shop.currency, locale);
  const go = async () => {
    const done = await redeem.run({
      code: target.code,
      how: target.how,
      customerId: target.customerId as never,
      amount: amount as never,
      receiptNo: receipt.trim() || null,
    });
    if (!done) return;
    const saves = done.discount !== null && amount !== null ? w.redeemForm.saves(money(done.discount, shop.currency, locale)) : '';
    onDone(done, `${w.redeemForm.done(offer)} ${saves}`.trim());
  };
  return (
    <section className={css.redeem} aria-label={w.code.ok}>
      <p className={css.redeemState}>
        <IconCircleCheck size={28} stroke={1.75} aria-hidden />
        {w.code.ok}
      </p>
      <h2 className={css.redeemOffer}>{offer}</h2>
      <p className={css.redeemMeta}>
        {[target.offer.name !== offer && target.offer.name, target.shared ? w.offer.shared : target.who].filter(Boolean).join(' · ')}
        {target.expiresAt !== null && (
          <>
            {' · '}
            {w.person.until} <When at={target.expiresAt} style="day" />
          </>
        )}
      </p>
      {target.offer.minSpend > 0 && (
        <p className={css.redeemRule}>{w.redeemForm.minSpend(money(target.offer.minSpend, shop.currency, locale))}</p>
      )}
      {target.offer.terms && <p className={css.redeemRule}>{target.offer.terms}</p>}
      <form
        className={css.redeemForm}
        onSubmit={(e) => {
          e.preventDefault();
          void go();
        }}
      >
        <MoneyField label={w.redeemForm.amount} cents={amount} onChange={setAmount} width={220} />
        <div data-scan="receipt">
          <TextField label={w.redeemForm.receipt} value={receipt} onChange={setReceipt} maxLength={60} spellCheck={false} />
        </div>
        <Button ref={button} type="submit" size="xl" className={css.redeemButton ?? ''} loading={redeem.busy}>
          {w.redeemForm.go}
        </Button>
      </form>
      <ErrorNote error={redeem.error} />
    </section>
  );
}
