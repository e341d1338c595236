import type { Out } from '@renderer/api';
import { wordsOf } from '@renderer/strings';
import { signUp as catalogue } from '@renderer/strings/sign-up';
import css from '../counter/signup.module.css';

/** A customer's display while nobody's turn it is: the shop's name and how to join, in both languages. Nothing to touch, nothing to read out. */
export function IdlePage({ state }: { state: Out<'display/state'> }) {
  return (
    <main className={css.sheet} data-sign-up="idle" onContextMenu={(e) => e.preventDefault()}>
      <div className={css.idlePage}>
        <h1>{state.shop.name}</h1>
        {(['en', 'es'] as const).map((language) => {
          const w = wordsOf(catalogue, language).idlePage;
          return (
            <div key={language} lang={language}>
              <p className={css.invite}>{w.invite}</p>
              <p>{w.ask}</p>
            </div>
          );
        })}
      </div>
    </main>
  );
}
