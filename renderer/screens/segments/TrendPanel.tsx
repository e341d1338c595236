import type { SegmentId } from '@domain/kernel';
import { useQuery, useShell } from '@renderer/api';
import { GroupTrend } from '@renderer/charts/GroupTrend';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { Loaded, Panel } from '@renderer/ui';
import { count, dayText } from '@renderer/ui/format';

/** How many people the group held, day by day. */
export function TrendPanel({ id }: { id: SegmentId }) {
  const w = useWords(catalogue).trend;
  const { locale } = useShell();
  const query = useQuery('segments/days', { id }, { topics: ['segments', 'imports'] });
  const day = (d: string) => dayText(d, locale, Date.now());
  return (
    <Panel>
      <Loaded query={query} lines={5}>
        {(days) => {
          const [first] = days;
          const last = days.at(-1);
          const moved = first && last ? last.people - first.people : 0;
          const title =
            !first || !last
              ? w.noneYet
              : moved === 0
                ? w.same(count(last.people, locale), last.people === 1, day(first.day))
                : (moved > 0 ? w.more : w.fewer)(count(Math.abs(moved), locale), Math.abs(moved) === 1, day(first.day));
          return (
            <GroupTrend
              title={title}
              note={w.note}
              points={days}
              names={{ people: w.people, permitted: w.permitted }}
              day={day}
              show={(n) => count(n, locale)}
              nothing={days.length < 2 ? w.nothing : undefined}
              table={{
                head: w.head,
                rows: [...days].reverse().map((d) => [day(d.day), count(d.people, locale), count(d.permitted, locale)]),
              }}
            />
          );
        }}
      </Loaded>
    </Panel>
  );
}
