import { Button } from '@mantine/core';
import { type Out, useCommand } from '@renderer/api';
import { go, wishCounter } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { ofHundred } from '@renderer/strings/count';
import {
  suggestions as catalogue,
  type SuggestionWords,
  sayAnyway,
  sayLike,
  sayReason,
  sayTaken,
  suggestionName,
} from '@renderer/strings/suggestions';
import { ErrorNote, Note, Panel } from '@renderer/ui';
import { useState } from 'react';
import type { Say } from './format';
import css from './suggestions.module.css';

type Week = Out<'reports/this-week'>;
type Suggestion = Week['suggestions'][number];

/** Up to three groups worth a text, each with its reason; one click makes the campaign, another puts the suggestion off. */
export function SuggestionsPanel({ d, say }: { d: Pick<Week, 'suggestions' | 'taken' | 'currency'>; say: Say }) {
  const w = useWords(catalogue);
  const [off, setOff] = useState<{ key: string; name: string } | null>(null);
  const back = useCommand('suggestions/bring-back');
  const taken = sayTaken(d.taken, w, say);
  return (
    <Panel title={w.title} hint={d.suggestions.length > 0 ? w.hint : undefined}>
      {off && (
        <Note tone="info" role="status" title={w.wasOff(off.name)}>
          <Button
            size="xs"
            variant="default"
            loading={back.busy}
            onClick={() => void back.run({ key: off.key }).then((done) => done && setOff(null))}
          >
            {w.back}
          </Button>
        </Note>
      )}
      {back.error && <ErrorNote error={back.error} />}
      {d.suggestions.length === 0 ? (
        <>
          <p className={css.quiet}>{w.none}</p>
          <Button className={css.more ?? ''} size="xs" variant="default" onClick={() => wishCounter('sign-up')}>
            {w.counter}
          </Button>
        </>
      ) : (
        <ul className={css.list}>
          {d.suggestions.map((s) => (
            <One key={s.key} s={s} currency={d.currency} say={say} onOff={() => setOff({ key: s.key, name: suggestionName(s, w) })} />
          ))}
        </ul>
      )}
      {taken !== null && <p className={css.taken}>{taken}</p>}
    </Panel>
  );
}

function One({ s, currency, say, onOff }: { s: Suggestion; currency: string; say: Say; onOff: () => void }) {
  const w = useWords(catalogue);
  const [why, setWhy] = useState(false);
  const take = useCommand('suggestions/take');
  const putOff = useCommand('suggestions/put-off');
  const name = suggestionName(s, w);
  const cost = (micros: number) => say.micros(micros, currency);
  const start = async (lateOnly: boolean) => {
    const done = await take.run({ key: s.key, name, lateOnly });
    if (done) go({ screen: 'campaigns', id: done.campaignId });
  };
  const a = s.anyway;
  return (
    <li className={css.one}>
      <div className={css.head}>
        <div className={css.reason}>
          <strong>{name}</strong>
          <p>
            {sayReason(s, w, say)} {s.mayBeTexted < s.people && w.mayBe(say.n(s.mayBeTexted))}
          </p>
          <p className={css.quiet}>{sayLike(s.like[0], w, say)}</p>
          {a !== null && s.costOfRest !== null && (
            <div className={css.anyway}>
              {sayAnyway(a, cost(s.costOfRest), w, say).map((line, i) => (
                <p key={line} className={i === 0 ? undefined : css.quiet}>
                  {line}
                </p>
              ))}
            </div>
          )}
        </div>
        <div className={css.acts}>
          {a !== null && s.costOfRest !== null && (
            <Button variant="light" loading={take.busy} onClick={() => void start(true)}>
              {w.textLate(say.n(a.rest), cost(s.costOfRest))}
            </Button>
          )}
          <Button variant="default" loading={take.busy} onClick={() => void start(false)}>
            {w.text(say.n(s.mayBeTexted), s.mayBeTexted === 1, cost(s.cost))}
          </Button>
          <span className={css.small}>
            <Button size="compact-xs" variant="subtle" aria-expanded={why} onClick={() => setWhy(!why)}>
              {why ? w.why.close : w.why.open}
            </Button>
            <Button
              size="compact-xs"
              variant="subtle"
              title={w.offHint}
              loading={putOff.busy}
              onClick={() => void putOff.run({ key: s.key }).then((done) => done && onOff())}
            >
              {w.off}
            </Button>
          </span>
        </div>
      </div>
      {why && <Why s={s} cost={cost(s.cost)} words={w} say={say} />}
      {(take.error ?? putOff.error) && <ErrorNote error={(take.error ?? putOff.error) as NonNullable<typeof take.error>} />}
    </li>
  );
}

/** Everything the suggestion rests on, in sentences. */
function Why({ s, cost, words: { why: w }, say }: { s: Suggestion; cost: string; words: SuggestionWords; say: Say }) {
  const lines = [
    ...(s.pair ? [w.pair(say.n(s.pair.ofBuyers), s.pair.x.name, s.pair.y.name, say.n(s.pair.ofAll))] : []),
    ...(s.pooled ? [w.pooled(ofHundred(s.pooled), s.like.filter((c) => c.brought !== null).length || 1)] : []),
    w[s.because],
    ...s.like.slice(0, 3).map((c) => w.campaign(c.name, say.date(c.startedAt), say.n(c.texted), say.n(c.came))),
    w.cost(say.n(s.mayBeTexted), cost),
    w.rules,
  ];
  return (
    <ul className={css.why}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
