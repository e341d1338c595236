import { useQuery } from '@renderer/api';
import { ListGrowth } from '@renderer/charts/ListGrowth';
import type { ReportWords } from '@renderer/strings/reports';
import { Loaded, Panel } from '@renderer/ui';
import type { Say } from './format';

/** How many people may be texted, week by week. */
export function GrowthPanel({ weeks, words, say }: { weeks: number; words: ReportWords; say: Say }) {
  const query = useQuery('reports/list-growth', { weeks }, { topics: ['consent', 'imports', 'customers'] });
  const w = words.growth;
  return (
    <Panel>
      <Loaded query={query} lines={6}>
        {({ points: all, onList }) => {
          // weeks before the first person joined say nothing
          const first = all.findIndex((p) => p.onList > 0 || p.joined > 0);
          const points = first < 0 ? [] : all.slice(Math.max(0, first - 1));
          const start = points[0];
          const grown = onList - (start ? start.onList - start.joined + start.left : 0);
          const since = start ? say.month(start.week) : '';
          const title =
            points.length === 0
              ? w.noneYet
              : grown > 0 && grown === onList
                ? w.begun(since, say.n(onList))
                : grown > 0
                  ? w.rising(say.n(grown), since, say.n(onList))
                  : grown < 0
                    ? w.falling(say.n(-grown), since, say.n(onList))
                    : w.same(say.n(onList));
          return (
            <ListGrowth
              title={title}
              note={w.note}
              points={points}
              names={{ onList: w.onList }}
              day={say.day}
              show={say.n}
              detail={(p) => w.detail(say.n(p.joined), say.n(p.left))}
              nothing={points.length === 0 ? w.nothing : undefined}
              table={{ head: w.head, rows: points.map((p) => [say.day(p.week), say.n(p.joined), say.n(p.left), say.n(p.onList)]) }}
            />
          );
        }}
      </Loaded>
    </Panel>
  );
}
