import { Button } from '@mantine/core';
import { type Out, useCommand, useShell } from '@renderer/api';
import { givesWords, refusalWords, thingsWords } from '@renderer/screens/offers/say';
import { useSaying } from '@renderer/screens/offers/useSaying';
import { ErrorNote, MoneyField, TextField, When } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import css from './counter.module.css';
import type { CodeAnswer, CounterWords, Person } from './words';

export interface RedeemTarget {
  code: string;
  how: 'code' | 'person';
  shared: boolean;
  offer: Person['offers'][number]['offer'];
  expiresAt: number | null;
  customerId: number | null;
  who: string | null;
  left: number;
  /** What speaks against it, where the owner gives it all the same. */
  refusal: Extract<CodeAnswer, { state: 'refused' }>['refusal'] | null;
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
  const s = useSaying();
  const owner = useShell().role === 'owner';
  const offer = givesWords(target.offer, s, target.offer.name);
  const refused = target.refusal && refusalWords(target.refusal, s, Date.now());
  const tooLittle = redeem.error?.code === 'offer.below-minimum' && owner;
  // What only whoever stands at the till can see is asked in the words beside the button: no box, no extra step.
  const { minSpend } = target.offer;
  const things = thingsWords(target.offer, s);
  const sure = [
    minSpend > 0 && amount === null && s.w.confirm.min(money(minSpend, shop.currency, locale)),
    things !== '' && s.w.confirm.things(things),
  ].filter((x) => x !== false);
  const go = async (honour = target.refusal !== null) => {
    const done = await redeem.run({
      code: target.code,
      how: target.how,
      customerId: target.customerId as never,
      amount: amount as never,
      receiptNo: receipt.trim() || null,
      honour,
    });
    if (!done) return;
    const saves = done.discount !== null && amount !== null ? w.redeemForm.saves(money(done.discount, shop.currency, locale)) : '';
    onDone(done, `${w.redeemForm.done(offer)} ${saves}`.trim());
  };
  return (
    <section className={css.redeem} aria-label={w.code.ok}>
      <p className={css.redeemState} data-honoured={refused ? true : undefined}>
        {refused ? <IconAlertTriangle size={28} stroke={1.75} aria-hidden /> : <IconCircleCheck size={28} stroke={1.75} aria-hidden />}
        {refused ? `${refused.title} · ${s.w.honouring}` : w.code.ok}
      </p>
      <h2 className={css.redeemOffer}>{offer}</h2>
      <p className={css.redeemMeta}>
        {[target.offer.name !== offer && target.offer.name, target.shared ? w.offer.shared : target.who].filter(Boolean).join(' · ')}
        {target.expiresAt !== null && (
          <>
            {' · '}
            {w.person.until} <When at={target.expiresAt - 1} style="day" />
          </>
        )}
        {target.offer.codeUses > 1 && !target.shared && ` · ${s.w.left(target.left)}`}
      </p>
      {sure.length > 0 && (
        <p className={css.redeemRule} data-sure>
          {sure.length === 2 ? s.w.confirm.both(sure[0] ?? '', sure[1] ?? '') : s.w.confirm.one(sure[0] ?? '')}
        </p>
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
          {sure.length > 0 ? s.w.confirm.go : w.redeemForm.go}
        </Button>
        {tooLittle && (
          <Button size="xl" variant="default" className={css.redeemButton ?? ''} onClick={() => void go(true)}>
            {s.w.honour}
          </Button>
        )}
      </form>
      <ErrorNote error={redeem.error} />
    </section>
  );
}
