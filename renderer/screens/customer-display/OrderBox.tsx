import { call, type Out, useCommand } from '@renderer/api';
import type { Language } from '@renderer/strings';
import { wordsOf } from '@renderer/strings';
import { orders as catalogue } from '@renderer/strings/orders';
import type { SignUpWords } from '@renderer/strings/sign-up';
import { ErrorNote } from '@renderer/ui';
import { useEffect, useId, useRef, useState } from 'react';
import { GRACE_MS, QUIET_MS, THANKS_MS } from '../counter/SignUp';
import { NumberBox } from '../counter/SignUpForm';
import { StillThere } from '../counter/StillThere';
import css from '../counter/signup.module.css';
import { useIdle } from '../counter/useIdle';

interface OrderBoxProps {
  turn: number;
  words: SignUpWords;
  language: Language;
  country: string;
  order: NonNullable<Out<'display/state'>['order']>;
  onEnd: () => void;
}

/** "Text me about this order", by the customer's own hand: number and box start empty, and leaving them empty works too. */
export function OrderBox({ turn, words, language, country, order, onEnd }: OrderBoxProps) {
  const w = wordsOf(catalogue, language).box;
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [phone, setPhone] = useState('');
  const [ticked, setTicked] = useState(false);
  const [recalls, setRecalls] = useState(false);
  const [half, setHalf] = useState(false);
  const [end, setEnd] = useState<Out<'display/order'>['outcome'] | null>(null);
  const tick = useCommand('display/order');
  const { left, touch } = useIdle(end ? THANKS_MS : QUIET_MS, end ? 0 : GRACE_MS, onEnd);
  const step = end ? 'thanks' : ticked || recalls ? 'ticked' : phone.length >= 10 ? 'details' : 'number';
  useEffect(() => {
    void call('display/step', { step, language }).catch(() => undefined);
  }, [step, language]);
  useEffect(() => box.current?.focus(), []);

  if (end) {
    const [title, body] =
      end === 'in'
        ? [w.thanks, ticked ? w.yes : w.yesRecalls]
        : end === 'member'
          ? [w.thanks, w.no]
          : ([w.start, w.startBody] as [string, string]);
    return (
      <div className={css.thanks} role="status" data-outcome={end}>
        <div className={css.mark} aria-hidden data-kind={end}>
          {end === 'needs-start' ? '!' : '✓'}
        </div>
        <h1>{title}</h1>
        <p>{body}</p>
        <button type="button" className={css.go} onClick={onEnd} ref={(el) => el?.focus()}>
          {w.done}
        </button>
      </div>
    );
  }
  const why = tick.error?.code === 'customer.bad-phone' ? String(tick.error.params['why'] ?? '') : null;
  const said = half ? w.tickFirst : why === null ? null : (words.phone[why] ?? words.phone['not-valid'] ?? '');
  const wording = order.wording[language];
  const send = async () => {
    // a number without a tick permits nothing, a tick without a number reaches nobody: ask, do not guess
    if ((phone === '') === (ticked || recalls)) {
      setHalf(true);
      return;
    }
    const done = await tick.run({
      turn,
      phone,
      ticked,
      language,
      wordingHash: wording.hash,
      recalls,
      recallsHash: order.recalls[language].hash,
    });
    if (done) setEnd(done.outcome);
  };
  const thing = [order.what, order.size].filter(Boolean).join(', ');
  return (
    <>
      <form
        className={css.form}
        noValidate
        autoComplete="off"
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <div className={css.intro}>
          <h1>{w.lead}</h1>
          <p>
            <strong>
              {w.kinds[order.kind]} {order.ref}
            </strong>
            {` · ${thing}`}
          </p>
        </div>
        <NumberBox
          id={id}
          words={words}
          box={box}
          phone={phone}
          country={country}
          said={said}
          onPhone={(next) => {
            setHalf(false);
            setPhone(next);
          }}
        />
        <div className={css.right}>
          <label className={css.tick} data-ticked={ticked || undefined}>
            <input
              type="checkbox"
              checked={ticked}
              data-tick
              aria-describedby={`${id}-without`}
              onChange={(e) => {
                setHalf(false);
                setTicked(e.currentTarget.checked);
              }}
            />
            <span>{wording.text}</span>
          </label>
          <label className={css.tick} data-ticked={recalls || undefined}>
            <input
              type="checkbox"
              checked={recalls}
              data-recalls
              aria-describedby={`${id}-without`}
              onChange={(e) => {
                setHalf(false);
                setRecalls(e.currentTarget.checked);
              }}
            />
            <span>{order.recalls[language].text}</span>
          </label>
          {tick.error && tick.error.code !== 'customer.bad-phone' && <ErrorNote error={tick.error} />}
          <div className={css.end}>
            <button type="submit" className={css.go} disabled={tick.busy}>
              {w.go}
            </button>
            <p className={css.hint} id={`${id}-without`}>
              {w.without}
            </p>
          </div>
        </div>
      </form>
      {left !== null && <StillThere words={words} left={left} onStay={touch} onLeave={onEnd} />}
    </>
  );
}
