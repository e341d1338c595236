import { type ApiError, type Out, useCommand } from '@renderer/api';
import { type Language, wordsOf } from '@renderer/strings';
import { signUp as catalogue } from '@renderer/strings/sign-up';
import { IconBackspace } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import css from '../counter/signup.module.css';

type State = Out<'display/state'>;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;
const SHORTEST = 4;
const LONGEST = 8;
/** Nobody typed: a customer pressed "Staff" out of curiosity. */
const AWAY_MS = 20_000;

function said(error: ApiError | undefined, w: (typeof catalogue)['en']['pin']): string | null {
  if (!error) return null;
  return error.code === 'session.too-many-tries' ? w.locked(Number(error.params['seconds'] ?? 60)) : w.wrong;
}

/** Back to staff: the PIN of anybody who works here, first of whoever turned the screen. Where nobody has a PIN it opens at once. */
export function StaffPin({
  state,
  language,
  onClose,
  onLeft,
}: {
  state: State;
  language: Language;
  onClose: () => void;
  onLeft: (() => void) | undefined;
}) {
  const w = wordsOf(catalogue, language);
  const { people } = state;
  const [chosen, setChosen] = useState(
    () => people.find((p) => p.id === state.turnedBy) ?? (people.length === 1 ? (people[0] ?? null) : null),
  );
  const [pin, setPin] = useState('');
  const leave = useCommand('display/leave');
  const { run } = leave;
  const open = people.length === 0;
  useEffect(() => {
    if (open) void run({ unlock: null }).then((done) => done && onLeft?.());
  }, [open, run, onLeft]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every digit and every choice starts the wait anew
  useEffect(() => {
    const t = setTimeout(onClose, AWAY_MS);
    return () => clearTimeout(t);
  }, [pin, chosen, onClose]);

  const press = (d: string) => {
    leave.reset();
    setPin((p) => (p.length < LONGEST ? p + d : p));
  };
  const ready = chosen !== null && pin.length >= SHORTEST && !leave.busy;
  const submit = async () => {
    if (!ready || !chosen) return;
    const done = await run({ unlock: { staffId: chosen.id, pin } });
    setPin('');
    if (done) onLeft?.();
  };
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (/^\d$/.test(e.key) && chosen) press(e.key);
      else if (e.key === 'Backspace') setPin((p) => p.slice(0, -1));
      else if (e.key === 'Escape') onClose();
      else if (e.key === 'Enter' && !(document.activeElement instanceof HTMLButtonElement)) void submit();
      else return;
      e.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
  const wrong = said(leave.error, w.pin);
  return (
    <main className={css.sheet} lang={language} aria-labelledby="staff-pin" data-sign-up="pin">
      <div className={css.pinBox}>
        <h1 id="staff-pin" tabIndex={-1} ref={(el) => el?.focus()}>
          {chosen ? w.pin.title(chosen.name) : w.pin.who}
        </h1>
        {chosen ? (
          <>
            <div className={css.dots} role="img" aria-label={w.pin.typed(pin.length)}>
              {Array.from({ length: Math.max(SHORTEST, pin.length) }, (_, i) => `dot-${i}`).map((k, i) => (
                <span key={k} data-on={i < pin.length || undefined} />
              ))}
            </div>
            <p className={wrong ? css.bad : css.hint} role="status">
              {wrong ?? (state.pinHint ? w.pin.hint(state.pinHint) : '\u00a0')}
            </p>
            <div className={css.pad}>
              {KEYS.map((d) => (
                <button key={d} type="button" aria-label={w.pin.digit(d)} onMouseDown={(e) => e.preventDefault()} onClick={() => press(d)}>
                  {d}
                </button>
              ))}
              <button
                type="button"
                aria-label={w.pin.erase}
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => setPin((p) => p.slice(0, -1))}
              >
                <IconBackspace size={28} stroke={1.6} aria-hidden />
              </button>
              <button type="button" aria-label={w.pin.digit('0')} onMouseDown={(e) => e.preventDefault()} onClick={() => press('0')}>
                0
              </button>
              <button
                type="button"
                className={css.padGo}
                disabled={!ready}
                onMouseDown={(e) => e.preventDefault()}
                onClick={() => void submit()}
              >
                {w.pin.open}
              </button>
            </div>
            {people.length > 1 && (
              <button type="button" className={css.quietButton} onClick={() => setChosen(null)}>
                {w.pin.other}
              </button>
            )}
          </>
        ) : (
          <div className={css.reasons}>
            {people.map((p) => (
              <button key={p.id} type="button" className={css.quietChoice} onClick={() => setChosen(p)}>
                {p.name}
              </button>
            ))}
          </div>
        )}
        <button type="button" className={css.quietButton} onClick={onClose}>
          {w.pin.cancel}
        </button>
      </div>
    </main>
  );
}
