import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartTable, countAxis, dayAxis, tip } from './ChartFrame';

export interface TrendPoint {
  /** YYYY-MM-DD. */
  day: string;
  people: number;
  permitted: number;
}

/** How many people a group held, and how many of them could be texted, day by day. */
export function GroupTrend(props: {
  title: string;
  note?: string;
  points: readonly TrendPoint[];
  names: { people: string; permitted: string };
  day: (day: string) => string;
  show: (n: number) => string;
  table: ChartTable;
  nothing?: string | undefined;
}) {
  const lines = {
    people: { name: props.names.people, show: props.show, color: 'var(--rg-chart-1)' },
    permitted: { name: props.names.permitted, show: props.show, color: 'var(--rg-chart-2)' },
  };
  const most = Math.max(0, ...props.points.map((p) => Math.max(p.people, p.permitted)));
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <ResponsiveContainer width="100%" height={200}>
        <LineChart accessibilityLayer={false} data={[...props.points]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--rg-chart-grid)" />
          <XAxis dataKey="day" {...dayAxis(props.day)} />
          <YAxis {...countAxis(props.show, most)} />
          <Tooltip
            isAnimationActive={false}
            content={tip((day) => props.day(String(day)), lines)}
            cursor={{ stroke: 'var(--rg-chart-axis)', strokeDasharray: '3 3' }}
          />
          {(['people', 'permitted'] as const).map((key) => (
            <Line
              key={key}
              dataKey={key}
              type="linear"
              stroke={lines[key].color}
              strokeWidth={2}
              {...(key === 'permitted' && { strokeDasharray: '5 4' })}
              dot={false}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
