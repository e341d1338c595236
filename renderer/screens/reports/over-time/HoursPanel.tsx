import { hoursFinding } from '@domain/reports/over-time-findings';
import type { Out, QueryState } from '@renderer/api';
import { type ShadeCell, ShadeGrid } from '@renderer/charts/ShadeGrid';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { overTime, sayHours } from '@renderer/strings/over-time';
import { HowCounted, Loaded, Panel } from '@renderer/ui';
import { Nothing } from './Nothing';
import type { OverTimeSay } from './say';

type Hours = Out<'reports/hours'>;
const WEEK = [0, 1, 2, 3, 4, 5, 6];

/** When the shop is busy and when there is time: sales in an hour, weekday by weekday. */
export function HoursPanel({ query, say }: { query: QueryState<Hours>; say: OverTimeSay }) {
  const all = useWords(overTime);
  const w = all.hours;
  return (
    <Panel>
      <Loaded query={query} lines={8}>
        {(data) => {
          const finding = hoursFinding(data.cells, data.dayOnly);
          const hours = data.cells.filter((c) => c.sales > 0).map((c) => c.hour);
          const first = Math.min(...hours);
          const columns = hours.length === 0 ? [] : Array.from({ length: Math.max(...hours) - first + 1 }, (_, i) => first + i);
          const at = new Map(data.cells.map((c) => [c.weekday * 24 + c.hour, c]));
          const top = finding.code === 'hours' ? finding.busiest.perDay : 1;
          const cell = (weekday: number, hour: number): ShadeCell => {
            const c = at.get(weekday * 24 + hour);
            const where = [say.weekday(weekday), say.hour(hour)] as const;
            if (!c || c.sales === 0 || c.days === 0) return { text: w.dash, weight: 0, says: w.closed(...where) };
            const perDay = c.sales / c.days;
            const says = w.cell(...where, say.tenth(perDay), say.n(c.sales), c.sales === 1, say.n(c.days), c.days === 1);
            return { text: perDay >= 10 ? say.n(perDay) : say.tenth(perDay), weight: perDay / top, says };
          };
          const days = Math.max(0, ...data.cells.map((c) => c.days));
          const how = [
            ...w.how(say.n(days), days === 1, say.day(data.from), say.day(data.to)),
            ...(data.dayOnly.sales > 0 ? [w.without(say.n(data.dayOnly.sales), data.dayOnly.sales === 1)] : []),
          ];
          const bare = finding.code === 'none';
          return (
            <>
              <ShadeGrid
                title={sayHours(finding, all, say)}
                corner={w.corner}
                columns={columns.map((h) => say.hour(h).replace('\u00a0', ' '))}
                rows={WEEK.map((d) => ({ name: say.weekday(d), cells: columns.map((h) => cell(d, h)) }))}
                nothing={
                  finding.code !== 'hours' && (
                    <Nothing action={bare ? { label: all.to.import, onClick: () => go({ screen: 'import' }) } : undefined}>
                      {bare ? w.empty : w.emptyDaysOnly}
                    </Nothing>
                  )
                }
              />
              {finding.code === 'hours' && <HowCounted lines={how} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}
