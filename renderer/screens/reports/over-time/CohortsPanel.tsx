import { monthsOver, retentionFinding } from '@domain/reports/over-time-findings';
import { useQuery } from '@renderer/api';
import { ShadeGrid } from '@renderer/charts/ShadeGrid';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime, sayRetention } from '@renderer/strings/over-time';
import { HowCounted, Loaded, Panel } from '@renderer/ui';
import { Nothing } from './Nothing';
import type { OverTimeSay } from './say';

/** A year: more months would not fit beside each other. */
const MONTHS = 12;
const TOPICS = ['imports', 'consent', 'customers', 'reports'] as const;

/** Do people who sign up come back? One row a month of sign-ups, one column for each month after it. */
export function CohortsPanel({ say }: { say: OverTimeSay }) {
  const all = useWords(overTime);
  const w = all.cohorts;
  const query = useQuery('reports/cohorts', { months: MONTHS }, { topics: TOPICS });
  return (
    <Panel>
      <Loaded query={query} lines={8}>
        {({ coveredThrough, cohorts }) => {
          const finding = retentionFinding(cohorts, coveredThrough);
          // months before the first sign-up say nothing
          const from = cohorts.findIndex((c) => c.people > 0);
          const shown = from < 0 ? [] : cohorts.slice(from);
          const columns = Math.max(0, ...shown.map((c) => c.came.length));
          // whoever signs up is mostly there to buy: the month itself would leave no shades for the others
          const top = Math.max(0, ...shown.flatMap((c) => (c.people === 0 ? [] : c.came.slice(1).map((x) => x / c.people))));
          const name = (month: string) => say.month(`${month}-01`);
          const grid = finding.code === 'kept' || finding.code === 'too-new';
          return (
            <>
              <ShadeGrid
                title={sayRetention(finding, all, say)}
                corner={w.corner}
                detailHead={w.people}
                columns={Array.from({ length: columns }, (_, k) => (k === 0 ? w.same : w.after(say.n(k))))}
                rows={shown.map((c) => ({
                  name: name(c.month),
                  detail: say.n(c.people),
                  cells: Array.from({ length: columns }, (_, k) => {
                    const came = c.came[k];
                    if (came === undefined || c.people === 0) return null;
                    const share = came / c.people;
                    const says = w.cell(name(c.month), k, say.n(came), say.n(c.people), say.share(share));
                    const open = k >= monthsOver(c, coveredThrough);
                    return {
                      text: say.n(100 * share),
                      weight: k === 0 || top === 0 ? 0 : share / top,
                      says: open ? w.open(says) : says,
                      open,
                    };
                  }),
                }))}
                foot={w.foot}
                nothing={
                  !grid &&
                  (finding.code === 'no-till' ? (
                    <Nothing action={{ label: all.to.import, onClick: () => go({ screen: 'import' }) }}>{w.noTillBody}</Nothing>
                  ) : (
                    <Nothing action={{ label: all.to.counter, onClick: () => go({ screen: 'counter' }) }}>{w.empty}</Nothing>
                  ))
                }
              />
              {grid && <HowCounted lines={w.how} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
