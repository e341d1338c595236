import type { CampaignId } from '@domain/kernel';
import { type Out, useQuery, useShell } from '@renderer/api';
import { SaveTable } from '@renderer/print/SaveTable';
import { useWords } from '@renderer/strings';
import { ofHundred } from '@renderer/strings/count';
import { wordsTests as catalogue, type WordsTestWords } from '@renderer/strings/words-tests';
import { Note, Panel } from '@renderer/ui';
import type { Say } from './format';
import css from './reports.module.css';

type Judged = Extract<Out<'tests/words'>, { state: 'judged' }>;

/** How two wordings of a campaign did: when it will be told, or what was found. Nothing where only one was read. */
export function WordsTestPanel({ id, say }: { id: CampaignId; say: Say }) {
  const w = useWords(catalogue);
  const query = useQuery('tests/words', { campaignId: id });
  const t = query.data;
  if (!t || t.state === 'none') return null;
  if (t.state !== 'judged')
    return (
      <Panel title={w.title} hint={w.outcome[t.outcome]}>
        <p>{t.state === 'running' ? w.running(say.day(t.endsOn)) : w.waiting(say.day(t.endsOn))}</p>
      </Panel>
    );
  return (
    <Panel
      title={w.title}
      hint={w.outcome[t.outcome]}
      action={<SaveTable of={w.title} name="two-wordings.csv" head={w.head} rows={sideRows(t, w, say)} />}
    >
      <Finding t={t} w={w} say={say} />
    </Panel>
  );
}

const inHundred = (x: number): string => (Math.round(x * 1000) / 10).toFixed(1).replace('-', '−');

const sideRows = (t: Judged, w: WordsTestWords, say: Say): string[][] =>
  (['a', 'b'] as const).map((s) => {
    const { x, n } = t.verdict[s];
    return [w.sides[s], say.n(n), say.n(x), n > 0 ? say.share(x / n) : ''];
  });

function Finding({ t, w, say }: { t: Judged; w: WordsTestWords; say: Say }) {
  const { code, difference: d, outcome } = t.verdict;
  const c = w.titles;
  const title =
    code === 'a' && d
      ? c.a(inHundred(d.estimate), inHundred(d.low), inHundred(d.high), outcome)
      : code === 'b' && d
        ? c.b(inHundred(-d.estimate), inHundred(-d.high), inHundred(-d.low), outcome)
        : code === 'leaning-a'
          ? c.leaningA
          : code === 'leaning-b'
            ? c.leaningB
            : code === 'counts-only'
              ? c.counts
              : code === 'split-broken'
                ? c.broken
                : c.none;
  return (
    <>
      <p className={css.finding}>{title}</p>
      {d && code !== 'a' && code !== 'b' && <p>{w.between(ofHundred(d), outcome)}</p>}
      {code === 'counts-only' && <p className={css.quiet}>{w.countsNote}</p>}
      <div className={css.compare}>
        <table className={css.table}>
          <thead>
            <tr>
              {w.head.map((h) =>
                h === '' ? (
                  <td key="corner" />
                ) : (
                  <th key={h} scope="col">
                    {h}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {sideRows(t, w, say).map((cells) => (
              <tr key={cells[0]}>
                {cells.map((cell, i) => (
                  <td key={w.head[i]}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className={`${css.quiet} ${css.more}`}>{w.judged(say.date(t.judgedAt))}</p>
    </>
  );
}

/** Said before sending: what a test of these two sides can show. */
export function TestSize({ a, b }: { a: number; b: number }) {
  const w = useWords(catalogue).size;
  const { locale } = useShell();
  const query = useQuery('tests/size', { a, b });
  const size = query.data;
  if (!size) return null;
  const n = size.perHundred?.toLocaleString(locale) ?? '';
  return (
    <Note>
      {size.perHundred === null ? w.none : w.shows(n, size.own)} {w.once}
    </Note>
  );
}
