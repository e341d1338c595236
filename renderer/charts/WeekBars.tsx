import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartTable, countAxis, dayAxis, tip } from './ChartFrame';

export interface WeekPoint {
  /** Monday, YYYY-MM-DD. */
  week: string;
  count: number;
}

/** Something per week, as bars from zero. */
export function WeekBars(props: {
  title: string;
  note?: string;
  points: readonly WeekPoint[];
  name: string;
  day: (day: string) => string;
  show: (n: number) => string;
  table: ChartTable;
  nothing?: string | undefined;
}) {
  const lines = { count: { name: props.name, show: props.show, color: 'var(--rg-chart-1)' } };
  const most = Math.max(0, ...props.points.map((p) => p.count));
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <ResponsiveContainer width="100%" height={200}>
        <BarChart accessibilityLayer={false} data={[...props.points]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--rg-chart-grid)" />
          <XAxis dataKey="week" {...dayAxis(props.day)} />
          <YAxis {...countAxis(props.show, most)} />
          <Tooltip
            isAnimationActive={false}
            content={tip((week) => props.day(String(week)), lines)}
            cursor={{ fill: 'var(--rg-chart-band)' }}
          />
          <Bar dataKey="count" fill="var(--rg-chart-1)" radius={[3, 3, 0, 0]} maxBarSize={40} isAnimationActive={false} />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
