import { call, type Out, useCommand, useShell } from '@renderer/api';
import type { Language } from '@renderer/strings';
import type { SignUpWords } from '@renderer/strings/sign-up';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Answers, type FormWords, SignUpForm } from './SignUpForm';
import { StillThere } from './StillThere';
import css from './signup.module.css';
import { useIdle } from './useIdle';

export const QUIET_MS = 45_000;
export const GRACE_MS = 20_000;
export const THANKS_MS = 20_000;

/** Who was signed up just now, for what staff may do next. */
export interface NewMember {
  id: number;
  name: string;
}

type Done = Out<'display/sign-up'>;

interface SignUpProps {
  turn: number;
  words: SignUpWords;
  language: Language;
  shop: { name: string; country: string };
  form: FormWords;
  /** Over: done, or cleared because nobody touched it. */
  onEnd: () => void;
}

/**
 * The customer's own act: the number starts empty, the boxes start empty, and leaving them empty works too. It lives for one turn: when
 * it is over this component is gone, and everything typed with it.
 */
export function SignUp({ turn, words: w, language, shop, form, onEnd }: SignUpProps) {
  const online = useShell().online;
  const signUp = useCommand('display/sign-up');
  const [end, setEnd] = useState<{ done: Done; name: string } | null>(null);
  const { left, touch } = useIdle(end ? THANKS_MS : QUIET_MS, end ? 0 : GRACE_MS, onEnd);
  const said = useRef('');
  const spoken = useRef(language);
  spoken.current = language;
  const step = useCallback((now: 'number' | 'details' | 'ticked' | 'still-there' | 'thanks') => {
    if (said.current === now) return;
    said.current = now;
    void call('display/step', { step: now, language: spoken.current }).catch(() => undefined);
  }, []);
  const formStep = useRef<'number' | 'details' | 'ticked'>('number');
  const onStep = useCallback(
    (now: 'number' | 'details' | 'ticked') => {
      formStep.current = now;
      step(now);
    },
    [step],
  );
  const asking = left !== null && !end;
  useEffect(() => {
    if (end) step('thanks');
    else step(asking ? 'still-there' : formStep.current);
  }, [asking, end, step]);

  const send = async (a: Answers) => {
    const done = await signUp.run({ turn, language, ...a });
    if (done) setEnd({ done, name: a.firstName.trim() });
  };
  if (end) return <Thanks done={end.done} name={end.name} online={online} words={w} onDone={onEnd} />;
  return (
    <>
      <SignUpForm
        words={w}
        language={language}
        shopName={shop.name}
        country={shop.country}
        form={form}
        busy={signUp.busy}
        error={signUp.error}
        onSend={(a) => void send(a)}
        onStep={onStep}
      />
      {left !== null && <StillThere words={w} left={left} onStay={touch} onLeave={onEnd} />}
    </>
  );
}

/** What happens next, honestly: at once, when the internet is back, when the phone companies have approved, when texting is set up. */
function after(done: Done, online: boolean, w: SignUpWords['thanks']): string {
  if (done.waits === 'approval') return w.inApproval;
  if (done.waits === 'account') return w.inAccount;
  return online ? w.inNow : w.inOffline;
}

function Thanks({
  done,
  name,
  online,
  words,
  onDone,
}: {
  done: Done;
  name: string;
  online: boolean;
  words: SignUpWords;
  onDone: () => void;
}) {
  const w = words.thanks;
  const [title, body] = {
    in: [w.in(name), after(done, online, w)],
    member: [w.member(name), w.memberBody],
    refused: [w.refused, w.refusedBody],
    'needs-start': [w.start, done.startNumber ? w.startBody(done.startNumber) : w.startBodyNoNumber],
  }[done.outcome] as [string, string];
  return (
    <div className={css.thanks} role="status" data-outcome={done.outcome}>
      <div className={css.mark} aria-hidden data-kind={done.outcome}>
        {done.outcome === 'needs-start' ? '!' : done.outcome === 'refused' ? '♥' : '✓'}
      </div>
      <h1>{title}</h1>
      <p>{body}</p>
      {done.email === 'in' && <p>{w.email}</p>}
      <button type="button" className={css.go} onClick={onDone} ref={(el) => el?.focus()}>
        {w.done}
      </button>
    </div>
  );
}
