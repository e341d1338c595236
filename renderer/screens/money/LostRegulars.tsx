import type { CampaignId } from '@domain/kernel';
import { type Out, useQuery, useShell } from '@renderer/api';
import { plainMoney } from '@renderer/print/csv';
import { SaveTable } from '@renderer/print/SaveTable';
import { useWords } from '@renderer/strings';
import { lostRegulars as words } from '@renderer/strings/lost-regulars';
import { Loaded, Panel } from '@renderer/ui';
import type { Say } from '../reports/format';
import css from './till-check.module.css';

type Cost = Out<'costs/opt-outs'>;

/** What the opt-outs of a campaign, or of a year, put at stake; nothing is drawn where nobody stopped. */
export function LostRegulars({ campaignId, say }: { campaignId: CampaignId | null; say: Say }) {
  const w = useWords(words);
  const query = useQuery('costs/opt-outs', { campaignId });
  if (query.data?.stopped === 0 || (campaignId !== null && query.data === undefined)) return null;
  return (
    <Panel title={w.title}>
      <Loaded query={query}>
        {(d) => (
          <>
            <p className={css.finding}>{w.finding(say.n(d.regulars), say.n(d.stopped), d.regulars === 1)}</p>
            {d.regulars > 0 && <Worth d={d} say={say} />}
            {d.cameSince.n > 0 && <p className={css.open}>{w.came(say.n(d.cameSince.x), say.n(d.cameSince.n))}</p>}
            {d.unknown > 0 && <p className={`${css.quiet} ${css.more}`}>{w.unknown(say.n(d.unknown), d.unknown === 1)}</p>}
            {campaignId === null && <Months d={d} say={say} />}
            {d.regulars > 0 && <p className={`${css.quiet} ${css.more}`}>{w.how}</p>}
          </>
        )}
      </Loaded>
    </Panel>
  );
}

/** An "about" says no more than it knows: two digits, the rest noughts. */
function twoDigits(n: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, Math.abs(n)))) - 1);
  return Math.round(n / step) * step;
}

function Worth({ d, say }: { d: Cost; say: Say }) {
  const w = useWords(words);
  if (d.yearly === null) return <p className={css.open}>{w.tooFew}</p>;
  const { estimate, low, high } = d.yearly;
  const about = (cents: number) => say.wholeMoney(twoDigits(cents));
  return <p className={css.open}>{w[d.measure](about(estimate), about(low), about(high))}</p>;
}

function Months({ d, say }: { d: Cost; say: Say }) {
  const w = useWords(words);
  const { currency } = useShell().shop;
  const months = d.months.filter((m) => m.stopped > 0);
  const [month, stopped, regulars, yearly] = w.head as [string, string, string, string];
  return (
    <details className={css.more}>
      <summary className={css.summary}>{w.table}</summary>
      <SaveTable
        name="stops-by-month.csv"
        head={w.head}
        rows={months.map((m) => [
          m.month,
          String(m.stopped),
          String(m.regulars),
          m.yearly === null ? '' : plainMoney(twoDigits(m.yearly.estimate), currency),
        ])}
      />
      <div className={css.scroll}>
        <table className={css.table}>
          <thead>
            <tr>
              <th scope="col">{month}</th>
              {[stopped, regulars, yearly].map((h) => (
                <th key={h} scope="col" className={css.num}>
                  {h}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {months.map((m) => (
              <tr key={m.month}>
                <th scope="row">{say.month(`${m.month}-15`)}</th>
                <td className={css.num}>{say.n(m.stopped)}</td>
                <td className={css.num}>{say.n(m.regulars)}</td>
                <td className={css.num}>{m.yearly === null ? '' : say.wholeMoney(twoDigits(m.yearly.estimate))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
