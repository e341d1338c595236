import { wordsOf } from '@renderer/strings';
import { kitPieces } from '@renderer/strings/kit-pieces';
import css from './kit-print.module.css';
import type { PieceData } from './PieceView';
import { Qr } from './Qr';

type Language = 'en' | 'es';

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
  const sign = (key: string) => <Sign key={key} data={data} languages={languages} size={piece} />;
  return (
    <div className={css.page} data-piece={piece} data-languages={languages.length}>
      {piece === 'bag' ? ['1', '2', '3', '4'].map(sign) : sign('1')}
    </div>
  );
}

/** Shop, one code, the words, the small print: everything on the sign itself, nothing behind the code. */
function Sign({ data, languages, size }: { data: PieceData; languages: readonly Language[]; size: 'card' | 'poster' | 'bag' }) {
  const word = data.word ?? '';
  const number = data.numberShown ?? '';
  const first = wordsOf(kitPieces, languages[0] ?? 'en');
  return (
    <article className={css.sign} data-size={size} data-long={data.shop.name.length > 22 || undefined}>
      <header>
        <p className={css.kicker}>{languages.map((l) => wordsOf(kitPieces, l).kicker).join(' · ')}</p>
        <p className={css.shop}>{data.shop.name}</p>
        <div className={css.rule} />
        {languages.map((l) => (
          <p key={l} lang={l} className={css.headline} data-second={l !== languages[0] || undefined}>
            {wordsOf(kitPieces, l).headline}
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
      <footer>
        {languages.map((l) => (
          <p key={l} lang={l} className={css.legal}>
            {data.wording[l].text}
          </p>
        ))}
      </footer>
    </article>
  );
}
