import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { AXIS, ChartFrame, type ChartTable } from './ChartFrame';

export interface FunnelBar {
  name: string;
  count: number;
  /** "96.2 % of texted". */
  share: string;
}

/** Steps from texted to bought again, longest bar on top; count and share stand beside each bar. */
export function FunnelChart(props: {
  title: string;
  note?: string;
  bars: readonly FunnelBar[];
  table: ChartTable;
  nothing?: string | undefined;
  show: (n: number) => string;
  /** A click on a bar; whoever has no pointer finds the same beside the chart. */
  onPick?: (bar: number) => void;
}) {
  const data = props.bars.map((b) => ({ ...b, label: b.share ? `${props.show(b.count)} · ${b.share}` : props.show(b.count) }));
  const most = Math.max(1, ...data.map((d) => d.count));
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <ResponsiveContainer width="100%" height={data.length * 40 + 8}>
        <BarChart
          accessibilityLayer={false}
          data={data}
          layout="vertical"
          margin={{ top: 0, right: 236, bottom: 0, left: 0 }}
          barCategoryGap={10}
        >
          <XAxis type="number" hide domain={[0, most]} />
          <YAxis
            type="category"
            dataKey="name"
            width={150}
            axisLine={false}
            tickLine={false}
            {...AXIS}
            tick={{ ...AXIS.tick, fontSize: 13, fill: 'var(--rg-text)' }}
          />
          <Bar
            dataKey="count"
            fill="var(--rg-chart-1)"
            radius={[0, 3, 3, 0]}
            isAnimationActive={false}
            minPointSize={2}
            {...(props.onPick && { onClick: (_: unknown, i: number) => props.onPick?.(i), cursor: 'pointer' })}
          >
            <LabelList dataKey="label" position="right" fill="var(--rg-text)" fontSize={13} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
