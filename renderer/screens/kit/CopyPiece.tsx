import { htmlSnippet, type Piece, receiptFooter } from '@domain/kit/pieces';
import { useWords, wordsOf } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { kitPieces } from '@renderer/strings/kit-pieces';
import { Panel } from '@renderer/ui';
import { CopyOut } from './CopyOut';
import css from './kit.module.css';
import type { PieceData } from './PieceView';

type Language = 'en' | 'es';

/** What stands on a copied piece in one language. */
const partOf = (data: PieceData, language: Language) => {
  const t = wordsOf(kitPieces, language);
  const word = data.word ?? '';
  const number = data.numberShown ?? '';
  return {
    language,
    headline: `${t.join}: ${data.shop.name}`,
    button: t.button(word, number),
    call: `${data.shop.name}: ${t.how(word, number)}`,
    link: data.link ?? '',
    legal: data.wording[language].text,
  };
};

/** Receipt, website, Instagram and e-mail signature: looked at here, copied from here. */
export function CopyPiece(props: {
  piece: Exclude<Piece, 'card' | 'poster' | 'bag' | 'paper'>;
  data: PieceData;
  languages: readonly Language[];
  onCopied: () => void;
}) {
  const w = useWords(words);
  const parts = props.languages.map((l) => partOf(props.data, l));
  const text = parts.map((p) => `${p.headline}\n${p.button}\n\n${p.legal}`).join('\n\n');
  if (props.piece === 'receipt') {
    const footer = receiptFooter(parts.map((p) => ({ headline: p.call, legal: p.legal })));
    return (
      <Panel title={w.looks} action={<CopyOut text={footer} label={w.copyText} onCopied={props.onCopied} />}>
        <pre className={css.receipt} data-copy>
          {footer}
        </pre>
      </Panel>
    );
  }
  if (props.piece === 'instagram') {
    return (
      <Panel title={w.looks} action={<CopyOut text={text} label={w.copyText} onCopied={props.onCopied} />}>
        <p className={css.caption} data-copy>
          {text}
        </p>
      </Panel>
    );
  }
  const html = htmlSnippet(parts);
  return (
    <>
      <Panel title={w.looks}>
        <div className={css.webPage} data-small={props.piece === 'email' || undefined}>
          {parts.map((p) => (
            <div key={p.language} lang={p.language}>
              <p className={css.webHead}>{p.headline}</p>
              <p className={css.webLink}>{p.button}</p>
              <p className={css.webLegal}>{p.legal}</p>
            </div>
          ))}
        </div>
      </Panel>
      <Panel title={w.asHtml} action={<CopyOut text={html} label={w.copyHtml} onCopied={props.onCopied} />}>
        <pre className={css.code} data-copy>
          {html}
        </pre>
      </Panel>
      <Panel title={w.asText} action={<CopyOut text={text} label={w.copyText} onCopied={props.onCopied} />}>
        <pre className={css.code}>{text}</pre>
      </Panel>
      {props.piece === 'website' && (
        <Panel
          title={w.link}
          hint={w.linkHint}
          action={<CopyOut text={parts[0]?.link ?? ''} label={w.copyLink} onCopied={props.onCopied} />}
        >
          <pre className={css.code}>{parts[0]?.link}</pre>
        </Panel>
      )}
    </>
  );
}
