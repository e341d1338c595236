import { useCommand, useQuery, useShell } from '@renderer/api';
import { type Language, wordsOf } from '@renderer/strings';
import { counter as catalogue } from '@renderer/strings/counter';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { type Answers, SignUpForm } from './SignUpForm';
import css from './signup.module.css';
import { useIdle } from './useIdle';

const QUIET_MS = 45_000;
const GRACE_MS = 20_000;
const THANKS_MS = 15_000;

type End = { kind: 'in' | 'asked' | 'member' | 'already' | 'young' | 'start'; name: string; startNumber: string | null };

/** Who was signed up just now, for what staff may do next. */
export interface NewMember {
  id: number;
  name: string;
}

/**
 * The screen turned to the customer. Their own act is the evidence: the number starts empty, the box starts empty, and leaving it
 * empty works too. Everything else in the window is out of reach meanwhile.
 */
export function SignUp({ staffLanguage, onLeave }: { staffLanguage: Language; onLeave: (member: NewMember | null) => void }) {
  const { shop } = useShell();
  const form = useQuery('counter/sign-up-form', {});
  const signUp = useCommand('counter/sign-up');
  const [language, setLanguage] = useState<Language>(staffLanguage);
  const [end, setEnd] = useState<End | null>(null);
  const member = useRef<NewMember | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const w = wordsOf(catalogue, language);

  useEffect(() => {
    const el = dialog.current;
    // A modal dialog makes the rest of the window inert; where there is no showModal (tests) it is simply open.
    if (el && !el.open) el.showModal ? el.showModal() : el.setAttribute('open', '');
    el?.querySelector<HTMLElement>('[data-number]')?.focus();
  }, []);
  const leave = useCallback(() => onLeave(member.current), [onLeave]);
  const { left, touch } = useIdle(end ? THANKS_MS : QUIET_MS, end ? 0 : GRACE_MS, leave);

  const send = async (a: Answers) => {
    const wording = form.data?.wording[language];
    const done = await signUp.run({
      how: 'screen',
      phone: a.phone,
      firstName: a.firstName,
      birthday: a.birthday,
      ticked: a.ticked,
      language,
      wordingHash: wording?.hash ?? null,
      topics: a.ticked ? a.topics : [],
    });
    if (!done) return;
    const kind = done.outcome === 'needs-start' ? 'start' : done.outcome === 'asked-recently' ? 'asked' : done.outcome;
    member.current = { id: done.customerId, name: a.firstName.trim() };
    setEnd({ kind, name: a.firstName.trim(), startNumber: done.startNumber });
  };
  const refusal = signUp.error?.code;
  useEffect(() => {
    if (refusal === 'consent.already-in') setEnd({ kind: 'already', name: '', startNumber: null });
    if (refusal === 'consent.under-age') setEnd({ kind: 'young', name: '', startNumber: null });
  }, [refusal]);

  const onKey = (e: KeyboardEvent) => {
    if (e.key !== 'Escape') return;
    e.preventDefault();
    e.stopPropagation();
    leave();
  };
  return (
    <dialog
      ref={dialog}
      className={css.sheet}
      lang={language}
      aria-label={w.form.title(shop.name)}
      onKeyDown={onKey}
      onCancel={(e) => {
        e.preventDefault();
        leave();
      }}
      data-sign-up={end ? 'thanks' : 'form'}
    >
      <header className={css.top}>
        <button type="button" className={css.leave} onClick={leave}>
          {w.form.leave}
        </button>
        <fieldset className={css.languages}>
          <legend className="rg-hidden">{w.form.language}</legend>
          {(['en', 'es'] as const).map((l) => (
            <button key={l} type="button" lang={l} aria-pressed={language === l} onClick={() => setLanguage(l)}>
              {l === 'en' ? 'English' : 'Español'}
            </button>
          ))}
        </fieldset>
      </header>
      {end ? (
        <Thanks end={end} words={w} onDone={leave} />
      ) : (
        <SignUpForm
          words={w}
          shopName={shop.name}
          country={shop.country}
          wording={form.data?.wording[language].text ?? null}
          promiseMax={form.data?.promiseMax ?? null}
          topics={(form.data?.topics ?? []).map((t) => ({ slug: t.slug, name: t.name[language] }))}
          busy={signUp.busy}
          error={signUp.error}
          onSend={(a) => void send(a)}
        />
      )}
      {left !== null && !end && (
        <div className={css.idle} role="alertdialog" aria-modal="true" aria-label={w.idle.title}>
          <div className={css.idleBox}>
            <h2>{w.idle.title}</h2>
            <p aria-live="off">{w.idle.body(left)}</p>
            <button type="button" className={css.go} onClick={touch} ref={(el) => el?.focus()}>
              {w.idle.stay}
            </button>
            <button type="button" className={css.quietButton} onClick={leave}>
              {w.idle.leave}
            </button>
          </div>
        </div>
      )}
    </dialog>
  );
}

function Thanks({ end, words: w, onDone }: { end: End; words: (typeof catalogue)['en']; onDone: () => void }) {
  const t = w.thanks;
  const [title, body] = {
    in: [t.in(end.name), t.inBody],
    asked: [t.asked, t.askedBody],
    member: [t.member(end.name), t.memberBody],
    already: [t.already, t.alreadyBody],
    young: [t.young, t.youngBody],
    start: [t.start, end.startNumber ? t.startBody(end.startNumber) : t.startBodyNoNumber],
  }[end.kind] as [string, string];
  return (
    <div className={css.thanks} role="status">
      <div className={css.mark} aria-hidden data-kind={end.kind}>
        {end.kind === 'start' || end.kind === 'young' ? '!' : '✓'}
      </div>
      <h1>{title}</h1>
      <p>{body}</p>
      <button type="button" className={css.go} onClick={onDone} ref={(el) => el?.focus()}>
        {t.done}
      </button>
    </div>
  );
}
