import { BASE_WORDS } from '@domain/campaigns/parts';
import { type Out, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { composer } from '@renderer/strings/composer';
import { Panel } from '@renderer/ui';
import { count, micros, when } from '@renderer/ui/format';
import { TestSize } from '../reports/WordsTestPanel';
import shared from './campaigns.module.css';
import css from './composer.module.css';
import type { PeopleAsk } from './PeopleDialog';
import { wordingName } from './Wordings';
import { reasonWords } from './words';

type Review = Out<'campaigns/review'>;
type Part = Review['parts'][number];

/** Rounded up to the cent: an owner is never charged more than was said. */
const cents = (price: number) => Math.ceil(price / 10_000) * 10_000;

/** Of several groups or wordings: who reads what, what it costs, who of the group gets nothing and why. */
export function ReviewParts({ review: r, onPeople }: { review: Review; onPeople: (ask: PeopleAsk) => void }) {
  const w = useWords(composer);
  const wordings = r.parts.reduce((n, p) => n + p.wordings.length, 0);
  if (wordings < 2) return null;
  return (
    <Panel title={w.review.parts}>
      {r.parts.map((p) => (
        <OnePart key={p.position} part={p} review={r} several={r.parts.length > 1} onPeople={onPeople} />
      ))}
    </Panel>
  );
}

function OnePart(p: { part: Part; review: Review; several: boolean; onPeople: (ask: PeopleAsk) => void }) {
  const { part, review: r, several } = p;
  const w = useWords(composer);
  const c = useWords(catalogue);
  const { locale, shop } = useShell();
  const n = (x: number) => count(x, locale);
  const out = part.excluded.reduce((t, e) => t + e.count, 0);
  const price = (x: number) => micros(cents(x), r.currency, locale);
  const name = w.review.part(part.position, part.name);
  // both sides of a test are drawn alike: as many read the one as the other
  const inTest = part.wordings.filter((x) => x.words.split('.')[1] === 'b').reduce((sum, x) => sum + x.people, 0);
  return (
    <div className={css.partLine}>
      {several && (
        <>
          <h3 className={css.goal}>{name}</h3>
          <p className={css.quiet}>{part.sentence}</p>
        </>
      )}
      {part.people === 0 ? (
        <p className={css.figures}>
          <span>{w.review.getsNone}</span>
          {part.heldOut > 0 && <span>{w.review.held(n(part.heldOut))}</span>}
        </p>
      ) : (
        <p className={css.figures}>
          <button
            type="button"
            className={css.link}
            onClick={() =>
              p.onPeople({
                view: 'text',
                reason: null,
                part: part.position,
                title: `${name}: ${w.review.gets(part.people, n(part.people))}`,
              })
            }
          >
            {w.review.gets(part.people, n(part.people))}
          </button>
          <span>{w.review.segments(part.segments, n(part.segments))}</span>
          <span>{price(part.price)}</span>
          {part.heldOut > 0 && <span>{w.review.held(n(part.heldOut))}</span>}
          {part.offerName !== null && part.offerEndsAt !== null && (
            <span>{w.review.offerUntil(part.offerName, when(part.offerEndsAt - 1, 'day', shop.zone, locale, Date.now()))}</span>
          )}
        </p>
      )}
      {several && out > 0 && (
        <p className={css.figures}>
          <span>{w.review.out(n(out))}:</span>
          {part.excluded.map((e) => (
            <button
              key={e.reason}
              type="button"
              className={css.link}
              onClick={() =>
                p.onPeople({
                  view: 'excluded',
                  reason: e.reason,
                  part: part.position,
                  title: `${name}: ${n(e.count)}, ${reasonWords(e.reason, c)}`,
                })
              }
            >
              {n(e.count)} {reasonWords(e.reason, c)}
            </button>
          ))}
        </p>
      )}
      {part.wordings
        .filter((x) => x.people > 0 || (x.words === BASE_WORDS && part.people > 0))
        .map((x) => (
          <div key={x.words} className={css.wording}>
            {part.wordings.length > 1 && (
              <p className={css.figures}>
                <strong>{wordingName(x.words, w)}</strong>
                <span>{w.review.gets(x.people, n(x.people))}</span>
                <span>{price(x.price)}</span>
              </p>
            )}
            {x.longest.text !== '' && (
              <p>
                <span className={shared.bubble}>{x.longest.text}</span>
              </p>
            )}
          </div>
        ))}
      {inTest > 0 && (
        <div className={css.wording}>
          <TestSize a={inTest} b={inTest} />
        </div>
      )}
    </div>
  );
}
