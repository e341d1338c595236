import { judgedOf } from '@domain/reports/finding';
import { type Out, useShell } from '@renderer/api';
import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import { useWords } from '@renderer/strings';
import { explain } from '@renderer/strings/explain';
import type { ReportWords } from '@renderer/strings/reports';
import { results, sayEnd, sayFinding, sayInPeople } from '@renderer/strings/results';
import { HowCounted } from '@renderer/ui';
import { Figure } from './campaign/drill';
import { changedSince, verdictLines } from './campaign/how';
import type { Say } from './format';
import { GoalLine } from './GoalLine';
import css from './reports.module.css';
import { amount } from './verdict';

type Report = Out<'reports/campaign'>;
type Comparison = NonNullable<Report['comparison']>;

/** Texted against held back: the finding, its range drawn, the numbers behind it. */
export function VerdictPanel({ report, words: w, say }: { report: Report; words: ReportWords; say: Say }) {
  const { comparison: c, after28Days: late } = report;
  const found = useWords(results);
  const format = { n: say.n, money: say.wholeMoney, day: say.day };
  const [first = '', ...rest] = sayFinding(report.finding, found, format);
  const { shop } = useShell();
  const e = useWords(explain);
  const how = <HowCounted lines={verdictLines(report, e, say, shop.currency)} />;
  const changed = changedSince(report, e, say);
  const finding = (
    <>
      <p className={css.finding}>{first}</p>
      {rest.map((line) => (
        <p key={line} className={css.more}>
          {line}
        </p>
      ))}
      {changed !== null && <p className={`${css.quiet} ${css.more}`}>{changed}</p>}
    </>
  );
  const goal = report.goal && <GoalLine goal={report.goal} say={say} />;
  if (!c)
    return (
      <>
        {finding}
        {goal}
        {how}
      </>
    );
  const v = c.verdict;
  const people = v.measure === 'profit' ? judgedOf(c.inBuyers, report.recognised) : null;
  const show = amount(v, say);
  const lateEnd = (x: number) => sayEnd(x, late?.verdict.measure ?? v.measure, found, format);
  return (
    <div>
      {finding}
      {people && <p className={css.more}>{sayInPeople(people, found, format)}</p>}
      {goal}
      {v.range && (
        <IntervalWhisker
          range={v.range}
          inner={v.range80}
          show={show}
          label={`${v.measure === 'profit' ? w.verdict.whiskerProfit : w.verdict.whiskerBuyers}: ${rest[0] ?? first}`}
        />
      )}
      {c.control.n > 0 && <CompareTable c={c} words={w} say={say} />}
      {c.lift && c.lift.low > 0 && (
        <p className={`${css.quiet} ${css.more}`}>
          {w.campaign.lift(c.lift.estimate.toFixed(1), c.lift.low.toFixed(1), c.lift.high.toFixed(1))}
        </p>
      )}
      {late?.verdict.range && (
        <p className={`${css.quiet} ${css.more}`}>
          {w.campaign.after28(lateEnd(late.verdict.range.low), lateEnd(late.verdict.range.high))}
        </p>
      )}
      {how}
    </div>
  );
}

function CompareTable({ c, words: w, say }: { c: Comparison; words: ReportWords; say: Say }) {
  const rows = [
    { name: w.campaign.compareTexted, arm: c.text, all: 'compared', bought: 'bought' },
    { name: w.campaign.compareHeld, arm: c.control, all: 'compared-held-out', bought: 'bought-held-out' },
  ] as const;
  return (
    <div className={css.compare}>
      <table className={css.table}>
        <thead>
          <tr>
            {w.campaign.compareHead.map((h) =>
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
          {rows.map(({ name, arm, all, bought }) => (
            <tr key={name}>
              <td>{name}</td>
              <td>
                <Figure n={arm.n} ask={{ figure: all }} say={say} />
              </td>
              <td>
                <Figure n={arm.buyers} ask={{ figure: bought }} say={say} />
              </td>
              <td>{arm.share ? say.share(arm.share.estimate) : ''}</td>
              <td>{arm.share ? `${say.share(arm.share.low)} – ${say.share(arm.share.high)}` : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
