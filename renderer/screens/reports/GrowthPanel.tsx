import { growthFinding } from '@domain/reports/over-time-findings';
import { useQuery } from '@renderer/api';
import { ListGrowth } from '@renderer/charts/ListGrowth';
import { wishCounter } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime, sayGrowth } from '@renderer/strings/over-time';
import type { ReportWords } from '@renderer/strings/reports';
import { Loaded, Panel } from '@renderer/ui';
import type { Say } from './format';
import { Nothing } from './over-time/Nothing';

/** How many people may be texted, week by week. */
export function GrowthPanel({ weeks, words, say }: { weeks: number; words: ReportWords; say: Say }) {
  const query = useQuery('reports/list-growth', { weeks }, { topics: ['consent', 'imports', 'customers'] });
  const w = words.growth;
  const signUp = useWords(overTime).to.counter;
  return (
    <Panel>
      <Loaded query={query} lines={6}>
        {({ points: all, onList }) => {
          const { points, finding } = growthFinding(all, onList);
          return (
            <ListGrowth
              title={sayGrowth(finding, w, say)}
              note={points.length === 0 ? undefined : w.note}
              points={points}
              names={{ onList: w.onList }}
              day={say.day}
              show={say.n}
              detail={(p) => w.detail(say.n(p.joined), say.n(p.left))}
              nothing={
                points.length === 0 && <Nothing action={{ label: signUp, onClick: () => wishCounter('sign-up') }}>{w.nothing}</Nothing>
              }
              table={{ head: w.head, rows: points.map((p) => [say.day(p.week), say.n(p.joined), say.n(p.left), say.n(p.onList)]) }}
            />
          );
        }}
      </Loaded>
    </Panel>
  );
}
