import { takingsFinding, weekOver } from '@domain/reports/over-time-findings';
import type { Out, QueryState } from '@renderer/api';
import { TakingsByWeek } from '@renderer/charts/TakingsByWeek';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime, sayTakings } from '@renderer/strings/over-time';
import { HowCounted, Loaded, Panel } from '@renderer/ui';
import { Nothing } from './Nothing';
import type { OverTimeSay } from './say';

/** What the shop took, week by week. */
export function TakingsPanel({ query, say }: { query: QueryState<Out<'reports/hours'>>; say: OverTimeSay }) {
  const all = useWords(overTime);
  const w = all.takings;
  return (
    <Panel>
      <Loaded query={query} lines={6}>
        {(data) => {
          const { weeks, finding } = takingsFinding(data.weeks, data.to);
          const open = (week: string) => !weekOver(week as never, data.to);
          const sales = new Map(weeks.map((x) => [x.week as string, x.sales]));
          return (
            <>
              <TakingsByWeek
                title={sayTakings(finding, all, say)}
                points={weeks.map((x) => ({ week: x.week, net: x.net, open: open(x.week) }))}
                name={w.name}
                day={say.day}
                money={say.cents}
                axis={say.wholeMoney}
                detail={(p) => {
                  const n = sales.get(p.week) ?? 0;
                  return (p.open ? w.detailOpen : w.detail)(say.day(p.week), say.n(n), n === 1);
                }}
                nothing={
                  finding.code === 'none' && (
                    <Nothing action={{ label: all.to.import, onClick: () => go({ screen: 'import' }) }}>{w.empty}</Nothing>
                  )
                }
                table={{
                  head: w.head,
                  rows: weeks.map((x) => [
                    open(x.week) ? w.open(say.day(x.week)) : say.day(x.week),
                    say.n(x.sales),
                    say.n(x.known),
                    say.cents(x.net),
                    say.cents(x.discounts),
                  ]),
                }}
              />
              {finding.code !== 'none' && <HowCounted lines={w.how} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
