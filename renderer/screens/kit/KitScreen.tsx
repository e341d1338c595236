import { PIECES, type Piece, PRINTED } from '@domain/kit/pieces';
import { go, usePlace } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { kit as words } from '@renderer/strings/kit';
import { Screen } from '@renderer/ui/Screen';
import css from './kit.module.css';
import { Meanwhile } from './Needs';
import { PieceView } from './PieceView';
import { TopicsSection } from './TopicsSection';
import { WordingSection } from './WordingSection';

const PRINT = PIECES.filter((p) => PRINTED.has(p));
const COPY = PIECES.filter((p) => !PRINTED.has(p));

/** The sign-up kit: pieces on the left, one of them on the right; topics, words and wording are here as well. */
export function KitScreen() {
  const w = useWords(words);
  const place = usePlace();
  const wanted = place.screen === 'kit' ? place.section : undefined;
  const piece = PIECES.find((p) => p === wanted);
  const section = piece ?? (wanted === 'topics' || wanted === 'wording' ? wanted : 'card');
  const entry = (id: Piece | 'topics' | 'wording', name: string) => (
    <li key={id}>
      <button
        type="button"
        {...(id === section && { 'aria-current': 'true' as const })}
        onClick={() => go({ screen: 'kit', section: id }, { replace: true })}
      >
        {name}
      </button>
    </li>
  );
  return (
    <Screen title={w.title} subtitle={w.subtitle} up={{ label: w.up, onClick: () => go({ screen: 'settings', section: 'kit' }) }}>
      <div className={css.layout}>
        <nav aria-label={w.title} className={css.nav}>
          <h2>{w.groups.print}</h2>
          <ul>{PRINT.map((p) => entry(p, w.pieces[p].name))}</ul>
          <h2>{w.groups.copy}</h2>
          <ul>{COPY.map((p) => entry(p, w.pieces[p].name))}</ul>
          <h2>{w.groups.words}</h2>
          <ul>
            {entry('topics', w.sections.topics)}
            {entry('wording', w.sections.wording)}
          </ul>
        </nav>
        <div className={css.section} key={section}>
          {section === 'topics' ? (
            <TopicsSection />
          ) : section === 'wording' ? (
            <WordingSection {...(place.screen === 'kit' && place.kind !== undefined && { start: place.kind })} />
          ) : (
            <>
              <Meanwhile />
              <PieceView piece={section} {...(place.screen === 'kit' && place.word !== undefined && { start: place.word })} />
            </>
          )}
        </div>
      </div>
    </Screen>
  );
}
