import type { Out } from '@renderer/api';
import { wordsOf } from '@renderer/strings';
import { signUp as catalogue } from '@renderer/strings/sign-up';
import css from '../counter/signup.module.css';
import { Qr } from '../kit/Qr';

/** A customer's display while nobody's turn it is: the shop's name and how to join, in both languages. Nothing to touch, nothing to read out. */
export function IdlePage({ state }: { state: Out<'display/state'> }) {
  const { join } = state;
  const invite = (['en', 'es'] as const).map((language) => {
    const w = wordsOf(catalogue, language).idlePage;
    return (
      <div key={language} lang={language}>
        <p className={css.invite}>{w.invite}</p>
        <p>{w.ask}</p>
        {join && (
          <>
            <p>
              {w.orText}{' '}
              <strong>
                {join.word} {w.to} {join.number}
              </strong>
            </p>
            <p className={css.legal}>{join.legal[language]}</p>
          </>
        )}
      </div>
    );
  });
  return (
    <main className={css.sheet} data-sign-up="idle" onContextMenu={(e) => e.preventDefault()}>
      <div className={css.idlePage} data-join={join ? true : undefined}>
        <h1>{state.shop.name}</h1>
        {join ? (
          <div className={css.joinPage}>
            <div className={css.joinCode}>
              <Qr text={join.link} label={`${join.word} → ${join.number}`} className={css.qr} />
            </div>
            <div className={css.joinWords}>{invite}</div>
          </div>
        ) : (
          invite
        )}
      </div>
    </main>
  );
}
