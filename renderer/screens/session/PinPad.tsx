import { Button } from '@mantine/core';
import type { ApiError } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import type { SessionState } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { errorWords } from '@renderer/strings/errors';
import { session as words } from '@renderer/strings/session';
import { IconBackspace, IconChevronLeft } from '@tabler/icons-react';
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import css from './pin.module.css';
import { ResetOwnerPin } from './ResetOwnerPin';

type Person = SessionState['people'][number];

interface PinPadProps {
  people: readonly Person[];
  /** Practice shops only. */
  hint: string | null;
  onDone: (state: SessionState) => void;
  onClose: () => void;
}

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
/** A press with the mouse leaves the focus where it is, so that Enter still signs in. */
const stay = { onMouseDown: (e: MouseEvent) => e.preventDefault() };
const SHORTEST = 4;
const LONGEST = 8;

/** Seconds until the pad opens again after too many wrong PINs. */
function useLockOut(error: ApiError | undefined): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (error?.code !== 'session.too-many-tries') return;
    const until = performance.now() + Number(error.params['seconds'] ?? 60) * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((until - performance.now()) / 1000)));
    tick();
    const t = setInterval(tick, 250);
    return () => clearInterval(t);
  }, [error]);
  return left;
}

/** Who is it, and their PIN: by touch, mouse or keyboard. Speaks the chosen person's language. */
export function PinPad({ people, hint, onDone, onClose }: PinPadProps) {
  const [chosen, setChosen] = useState<Person | null>(people.length === 1 ? (people[0] ?? null) : null);
  const [resetting, setResetting] = useState(false);
  const w = useWords(words, chosen?.language);
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!chosen) first.current?.focus();
  }, [chosen]);
  return (
    <main className={css.screen} aria-labelledby="pin-title">
      <div className={css.card}>
        {chosen ? (
          <Pad
            person={chosen}
            hint={hint}
            onDone={onDone}
            {...(people.length > 1 && { onOther: () => setChosen(null) })}
            {...(chosen.role === 'owner' && { onForgot: () => setResetting(true) })}
          />
        ) : (
          <>
            <h1 id="pin-title" className={css.title}>
              {w.title}
            </h1>
            {people.length === 0 && <p className={css.quiet}>{w.noPeople}</p>}
            <ul className={css.people}>
              {people.map((p, i) => (
                <li key={p.id}>
                  <button type="button" className={css.person} onClick={() => setChosen(p)} ref={i === 0 ? first : undefined}>
                    <span className={css.initial} aria-hidden>
                      {[...p.name][0]?.toUpperCase()}
                    </span>
                    <span className={css.name}>{p.name}</span>
                    <span className={css.quiet}>{p.role === 'owner' ? w.owner : w.staff}</span>
                  </button>
                </li>
              ))}
            </ul>
          </>
        )}
        <button type="button" className={css.back} onClick={onClose}>
          {w.toCounter}
        </button>
      </div>
      {resetting && <ResetOwnerPin onDone={onDone} onClose={() => setResetting(false)} />}
    </main>
  );
}

function Pad(props: {
  person: Person;
  hint: string | null;
  onDone: (s: SessionState) => void;
  onOther?: () => void;
  onForgot?: () => void;
}) {
  const { person, onDone } = props;
  const w = useWords(words, person.language);
  const [pin, setPin] = useState('');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const unlock = useCommand('session/unlock');
  const left = useLockOut(unlock.error);
  const shut = left > 0 || unlock.busy;
  const ready = pin.length >= SHORTEST && !shut;

  const press = (d: string) => {
    if (shut) return;
    unlock.reset();
    setPin((p) => (p.length < LONGEST ? p + d : p));
  };
  const submit = async () => {
    if (!ready) return;
    const state = await unlock.run({ staffId: person.id, pin });
    setPin('');
    if (state) onDone(state);
  };
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('[role="dialog"]')) return;
      if (/^\d$/.test(e.key)) press(e.key);
      else if (e.key === 'Backspace') setPin((p) => p.slice(0, -1));
      else if (e.key === 'Enter' && !(document.activeElement instanceof HTMLButtonElement)) void submit();
      else return;
      e.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

  const wrong =
    unlock.error && unlock.error.code !== 'session.too-many-tries'
      ? errorWords(unlock.error.code, unlock.error.params, person.language)
      : undefined;
  const said = left > 0 ? w.locked(left) : wrong ? `${wrong.title}. ${wrong.next}` : props.hint ? w.hint(props.hint) : '\u00a0';
  return (
    <>
      {props.onOther && (
        <button type="button" className={css.other} onClick={props.onOther}>
          <IconChevronLeft size={18} stroke={1.75} aria-hidden />
          {w.someoneElse}
        </button>
      )}
      <h1 id="pin-title" className={css.title} ref={title} tabIndex={-1}>
        {w.pinOf(person.name)}
      </h1>
      <div className={css.dots} data-wrong={wrong !== undefined || undefined} role="img" aria-label={w.typed(pin.length)}>
        {Array.from({ length: Math.max(SHORTEST, pin.length) }, (_, i) => `dot-${i}`).map((k, i) => (
          <span key={k} data-on={i < pin.length || undefined} />
        ))}
      </div>
      <p className={css.said} data-bad={wrong !== undefined || left > 0 || undefined} role="status" aria-live="polite">
        {said}
      </p>
      <div className={css.keys}>
        {KEYS.map((d) => (
          <button key={d} type="button" {...stay} onClick={() => press(d)} disabled={shut} aria-label={w.digit(d)}>
            {d}
          </button>
        ))}
        <button
          type="button"
          className={css.soft}
          onClick={() => setPin((p) => p.slice(0, -1))}
          disabled={shut || pin === ''}
          aria-label={w.erase}
        >
          <IconBackspace size={24} stroke={1.6} aria-hidden />
        </button>
        <button type="button" {...stay} onClick={() => press('0')} disabled={shut} aria-label={w.digit('0')}>
          0
        </button>
        <Button className={css.go ?? ''} onClick={() => void submit()} disabled={!ready} loading={unlock.busy}>
          {w.open}
        </Button>
      </div>
      {props.onForgot && (
        <button type="button" className={css.back} onClick={props.onForgot}>
          {w.forgot}
        </button>
      )}
    </>
  );
}
