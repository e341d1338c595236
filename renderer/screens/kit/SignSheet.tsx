import { wordsOf } from '@renderer/strings';
import { kitPieces } from '@renderer/strings/kit-pieces';
import css from './kit-print.module.css';
import type { PieceData } from './PieceView';
import { Qr } from './Qr';

type Language = 'en' | 'es';

/** Characters of small print in two languages that still leave a code everybody's phone can read. */
const ROOM_FOR_BOTH = 1250;

/** Card, poster and bag inserts: one sign, in three sizes. */
export function SignSheet({
  piece,
  data,
  languages,
}: {
  piece: 'card' | 'poster' | 'bag';
  data: PieceData;
  languages: readonly Language[];
}) {
  if (piece !== 'bag') {
    const small = languages.reduce((n, l) => n + data.wording[l].text.length, 0);
    // Two languages share a sign while their small print leaves the code room; else each gets a sign of its own.
    const signs = languages.length > 1 && small > ROOM_FOR_BOTH ? languages.map((l) => [l]) : [languages];
    return (
      <>
        {signs.map((l) => (
          <div key={l.join()} className={css.page} data-piece={piece}>
            <Sign data={data} languages={l} size={piece} />
          </div>
        ))}
      </>
    );
  }
  // An insert is too small for two languages: of two, each gets half of the page.
  const inserts = languages.flatMap((l) => (languages.length > 1 ? [`${l}-1`, `${l}-2`] : [`${l}-1`, `${l}-2`, `${l}-3`, `${l}-4`]));
  return (
    <div className={css.page} data-piece={piece}>
      {inserts.map((key) => (
        <Sign key={key} data={data} languages={[key.startsWith('es') ? 'es' : 'en']} size={piece} />
      ))}
    </div>
  );
}

/** Shop, one code, the words, the small print: everything on the sign itself, nothing behind the code. */
function Sign({ data, languages, size }: { data: PieceData; languages: readonly Language[]; size: 'card' | 'poster' | 'bag' }) {
  const word = data.word ?? '';
  const number = data.numberShown ?? '';
  const first = wordsOf(kitPieces, languages[0] ?? 'en');
  return (
    <article
      className={css.sign}
      data-size={size}
      data-two={languages.length > 1 || undefined}
      data-long={data.shop.name.length > 22 || undefined}
    >
      <header className={css.top}>
        <p className={css.kicker}>{languages.map((l) => wordsOf(kitPieces, l).kicker).join(' · ')}</p>
        <p className={css.shop}>{data.shop.name}</p>
        <div className={css.rule} />
        {languages.map((l) => (
          <p key={l} lang={l} className={css.headline} data-second={l !== languages[0] || undefined}>
            {data.club === null ? wordsOf(kitPieces, l).headline : wordsOf(kitPieces, l).clubHeadline(data.club[l])}
          </p>
        ))}
      </header>
      <div className={css.middle}>
        {data.link !== null && <Qr className={css.qr} text={data.link} label={first.qr(word, number)} />}
        <div className={css.call}>
          {languages.map((l) => {
            const t = wordsOf(kitPieces, l);
            return (
              <div key={l} lang={l} className={css.callOne}>
                <p className={css.scan}>{t.scan}</p>
                <p className={css.how}>
                  {t.text} <strong>{word}</strong> {t.to} <span className={css.number}>{number}</span>
                </p>
                <p className={css.promise}>{t.promise(data.promiseMax)}</p>
              </div>
            );
          })}
        </div>
      </div>
      <footer className={css.bottom}>
        {languages.map((l) => (
          <p key={l} lang={l} className={css.legal}>
            {data.wording[l].text}
          </p>
        ))}
      </footer>
    </article>
  );
}
