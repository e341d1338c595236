import { type Out, useCommand, useQuery } from '@renderer/api';
import { type Language, useLanguage, wordsOf } from '@renderer/strings';
import { orders } from '@renderer/strings/orders';
import { signUp as catalogue } from '@renderer/strings/sign-up';
import { useEffect, useRef, useState } from 'react';
import { Preferences } from '../counter/Preferences';
import { SignUp } from '../counter/SignUp';
import css from '../counter/signup.module.css';
import { IdlePage } from './IdlePage';
import { OrderBox } from './OrderBox';
import { StaffPin } from './StaffPin';

type State = Out<'display/state'>;

/**
 * All a customer ever has before them: on a second window that faces them, or on the staff's own window turned round. Nothing else of the
 * app is loaded or reachable from here; the backend answers such a window nothing but the display's few channels.
 */
export function CustomerPage({ onLeft }: { onLeft?: () => void }) {
  // Never a page kept from the turn before: it is another person's, and what is typed on it would be gone with it.
  const state = useQuery('display/state', {}, { fresh: true }).data;
  if (!state) return <main className={css.sheet} aria-busy />;
  if (state.phase === 'idle') return <IdlePage state={state} />;
  // A new turn is a new page: nothing of the one before stays in it.
  return <Turn key={state.turn} state={state} onLeft={onLeft} />;
}

function Turn({ state, onLeft }: { state: State; onLeft: (() => void) | undefined }) {
  const [language, setLanguage] = useState<Language>(state.language);
  const [over, setOver] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const w = wordsOf(catalogue, language);
  const finish = useCommand('display/end');
  const again = useCommand('display/again');
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    // Errors and the page's own language follow the customer; afterwards the staff's own comes back.
    const before = useLanguage.getState();
    before.setLanguage(language);
    return () => before.setLanguage(before.language);
  }, [language]);
  useEffect(() => page.current?.querySelector<HTMLElement>('[data-number]')?.focus(), []);

  const end = () => {
    setOver(true); // gone from the page at once, whatever the answer
    void finish.run({ turn: state.turn });
  };
  if (leaving) return <StaffPin state={state} language={language} onClose={() => setLeaving(false)} onLeft={onLeft} />;
  const resting = state.phase === 'resting' || over;
  return (
    <main
      ref={page}
      className={css.sheet}
      lang={language}
      aria-label={w.title(state.shop.name)}
      data-sign-up={resting ? 'resting' : state.what === 'sign-up' ? 'form' : state.what}
      onContextMenu={(e) => e.preventDefault()}
    >
      <header className={css.top}>
        {state.own ? (
          <button type="button" className={css.leave} onClick={() => setLeaving(true)}>
            {w.staff}
          </button>
        ) : (
          <button type="button" className={css.leave} onClick={end} disabled={resting}>
            {w.cancel}
          </button>
        )}
        <fieldset className={css.languages}>
          <legend className="rg-hidden">{w.language}</legend>
          {(['en', 'es'] as const).map((l) => (
            <button key={l} type="button" lang={l} aria-pressed={language === l} onClick={() => setLanguage(l)}>
              {l === 'en' ? 'English' : 'Español'}
            </button>
          ))}
        </fieldset>
      </header>
      {resting ? (
        <div className={css.thanks}>
          {state.own && (
            <>
              <h1>{w.resting.title}</h1>
              <p>{w.resting.body}</p>
              <button type="button" className={css.go} onClick={() => setLeaving(true)} ref={(el) => el?.focus()}>
                {w.resting.back}
              </button>
              <button type="button" className={css.quietButton} onClick={() => void again.run({})}>
                {w.resting.again}
              </button>
            </>
          )}
        </div>
      ) : state.what === 'preferences' && state.preferences ? (
        <Preferences turn={state.turn} words={w} language={language} shown={state.preferences} onEnd={end} />
      ) : state.what === 'order' ? (
        state.order ? (
          <OrderBox turn={state.turn} words={w} language={language} country={state.shop.country} order={state.order} onEnd={end} />
        ) : (
          <div className={css.thanks} role="status">
            <h1>{wordsOf(orders, language).box.gone}</h1>
          </div>
        )
      ) : (
        state.words && <SignUp turn={state.turn} words={w} language={language} shop={state.shop} form={state.words} onEnd={end} />
      )}
    </main>
  );
}
