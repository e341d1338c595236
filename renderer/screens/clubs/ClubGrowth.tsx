import { growthFinding } from '@domain/reports/over-time-findings';
import { type Out, useShell } from '@renderer/api';
import { ListGrowth } from '@renderer/charts/ListGrowth';
import { useWords } from '@renderer/strings';
import { clubs as catalogue } from '@renderer/strings/clubs';
import { Panel } from '@renderer/ui';
import { count, dayText } from '@renderer/ui/format';

/** Members week by week, its title what became of them. */
export function ClubGrowth({ points: all }: { points: Out<'clubs/one'>['growth'] }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const n = (x: number) => count(x, locale);
  const day = (d: string) => dayText(d, locale, Date.now());
  const now = all.at(-1)?.onList ?? 0;
  const { points, finding: f } = growthFinding(all, now);
  const g = w.growth;
  const people = w.members(now, n(now));
  const [start] = points;
  const title =
    f.code === 'none' || !start
      ? g.none
      : f.code === 'same'
        ? g.same(people, day(start.week))
        : f.code === 'begun'
          ? g.grew(people, n(f.onList), day(f.since))
          : f.code === 'rising'
            ? g.grew(people, n(f.by), day(f.since))
            : g.fell(people, n(f.by), day(f.since));
  return (
    <Panel>
      <ListGrowth
        title={title}
        points={points}
        names={{ onList: g.onList }}
        day={day}
        show={n}
        detail={(p) => g.detail(n(p.joined), n(p.left))}
        nothing={points.length === 0 ? g.nothing : undefined}
        table={{ head: g.head, rows: points.map((p) => [day(p.week), n(p.joined), n(p.left), n(p.onList)]) }}
      />
    </Panel>
  );
}
