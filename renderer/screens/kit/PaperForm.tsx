import { wordsOf } from '@renderer/strings';
import { kitPieces } from '@renderer/strings/kit-pieces';
import page from './kit-print.module.css';
import type { PieceData } from './PieceView';
import css from './paper-form.module.css';

/** The form people fill in and sign; a page per language, for a person signs one. The foot names the exact words they signed. */
export function PaperForm({ data, languages }: { data: PieceData; languages: readonly ('en' | 'es')[] }) {
  return (
    <>
      {languages.map((l) => (
        <OneForm key={l} data={data} language={l} />
      ))}
    </>
  );
}

function OneForm({ data, language }: { data: PieceData; language: 'en' | 'es' }) {
  const w = wordsOf(kitPieces, language).form;
  const wording = data.wording[language];
  const line = (label: string) => (
    <div className={css.line}>
      <span>{label}</span>
    </div>
  );
  return (
    <div className={`${page.page} ${css.form}`} lang={language}>
      <header>
        <p className={css.shop}>{data.shop.name}</p>
        <p className={css.headline}>{w.title}</p>
        <p className={css.lead}>{w.lead}</p>
      </header>
      <div className={css.lines}>
        {line(w.number)}
        {line(w.name)}
        {line(w.birthday)}
      </div>
      {data.topics[language].length > 0 && (
        <div className={css.choices}>
          <p>{w.topics}</p>
          <ul>
            {data.topics[language].map((t) => (
              <li key={t}>
                <span className={css.box} aria-hidden />
                {t}
              </li>
            ))}
          </ul>
        </div>
      )}
      <p>{w.howOften(data.promiseMax)}</p>
      <div className={css.agree}>
        <p className={css.tick}>{w.tick}</p>
        <div className={css.agreeWords}>
          <span className={css.bigBox} aria-hidden />
          <p>{wording.text}</p>
        </div>
      </div>
      <div className={css.signature}>
        {line(w.signature)}
        {line(w.date)}
      </div>
      <footer className={css.bottom}>
        <p>{w.adults}</p>
        <p className={css.foot}>{w.foot(wording.version, wording.hash.slice(0, 16))}</p>
      </footer>
    </div>
  );
}
