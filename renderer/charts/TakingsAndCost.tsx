import { Bar, BarChart, Cell, LabelList, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { AXIS, ChartFrame, type ChartTable } from './ChartFrame';

export interface MoneyBar {
  name: string;
  /** Minor units; below zero where more was brought back than bought. */
  cents: number;
  /** What stands beside the bar: the same text as in the table. */
  label: string;
  kind: 'direct' | 'influenced' | 'provisional' | 'discount' | 'cost';
}

/** Told apart by lightness too, for grey print. */
const COLOR: Readonly<Record<MoneyBar['kind'], string>> = {
  direct: 'var(--rg-chart-1)',
  influenced: 'var(--rg-chart-3)',
  provisional: 'var(--rg-chart-5)',
  discount: 'var(--rg-chart-2)',
  cost: 'var(--rg-chart-4)',
};

/** Takings beside what they cost, on one zero-based scale; each bar says its amount. */
export function TakingsAndCost(props: {
  title: string;
  note?: string;
  bars: readonly MoneyBar[];
  table: ChartTable;
  nothing?: string | undefined;
}) {
  const data = [...props.bars];
  const least = Math.min(0, ...data.map((b) => b.cents));
  const most = Math.max(0, ...data.map((b) => b.cents));
  const room = Math.max(110, ...data.map((b) => b.label.length * 8));
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <ResponsiveContainer width="100%" height={data.length * 44 + 8}>
        <BarChart
          accessibilityLayer={false}
          data={data}
          layout="vertical"
          margin={{ top: 0, right: room, bottom: 0, left: 0 }}
          barCategoryGap={12}
        >
          {/* a bar to the left of zero has its amount on its left, clear of the names */}
          <XAxis type="number" hide domain={[least, most || 1]} padding={{ left: least < 0 ? room - 20 : 0, right: 0 }} />
          <YAxis
            type="category"
            dataKey="name"
            width={190}
            axisLine={false}
            tickLine={false}
            {...AXIS}
            tick={{ ...AXIS.tick, fontSize: 13, fill: 'var(--rg-text)' }}
          />
          {least < 0 && <ReferenceLine x={0} stroke="var(--rg-chart-axis)" />}
          <Bar dataKey="cents" radius={[0, 3, 3, 0]} isAnimationActive={false} minPointSize={1}>
            {data.map((b) => (
              <Cell key={b.kind} fill={COLOR[b.kind]} />
            ))}
            <LabelList dataKey="label" position="right" fill="var(--rg-text)" fontSize={13} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
