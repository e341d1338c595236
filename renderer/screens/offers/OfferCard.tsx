import { Qr } from '@renderer/screens/kit/Qr';
import { useMemo } from 'react';
import { barsOf } from '../counter/bars';
import css from './offer-card.module.css';
import { conditionWords, givesWords, type Saying, type Terms, windowWords } from './say';
import { shown } from './words';

export type Scan = 'qr' | 'bars';

/** A code as a scanner reads it, with what people can type below. The digits and letters are the code itself: no link behind it. */
export function ScanCode({ code, scan, label }: { code: string; scan: Scan; label: string }) {
  const bars = useMemo(() => (scan === 'bars' ? `data:image/svg+xml;utf8,${encodeURIComponent(barsOf(code))}` : null), [code, scan]);
  return (
    <span className={css.scan} data-scan={scan}>
      {bars === null ? <Qr className={css.qr} text={code} label={label} /> : <img src={bars} alt={label} className={css.bars} />}
      <span className={css.code}>{shown(code)}</span>
    </span>
  );
}

interface OfferCardProps {
  shop: string;
  terms: Terms;
  name: string;
  says: readonly Saying[];
  code: string;
  scan: Scan;
  label: string;
  size: 'preview' | 'card' | 'poster';
  /** "Show this at the counter", one per language. */
  show: readonly string[];
}

/** What a customer holds: what they get, when and for what, and the code. On paper in ink, in both themes. */
export function OfferCard({ shop, terms, name, says, code, scan, label, size, show }: OfferCardProps) {
  const now = Date.now();
  return (
    <article className={css.card} data-size={size} data-two={says.length > 1 || undefined}>
      <p className={css.shop}>{shop}</p>
      {says.map((s, i) => (
        <div key={s.locale} className={css.words} lang={s.locale.slice(0, 2)} data-second={i > 0 || undefined}>
          <p className={css.gives}>{givesWords(terms, s, name)}</p>
          <p className={css.rules}>{[...conditionWords(terms, s), ...windowWords(terms, s, now)].join(' · ')}</p>
        </div>
      ))}
      <ScanCode code={code} scan={scan} label={label} />
      <p className={css.show}>{show.join(' · ')}</p>
      {terms.terms && <p className={css.terms}>{terms.terms}</p>}
    </article>
  );
}
