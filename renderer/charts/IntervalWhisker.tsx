import css from './charts.module.css';

interface Interval {
  estimate: number;
  low: number;
  high: number;
}

const WIDTH = 640;
const HEIGHT = 74;
const SIDE = 48;

/** A best guess with its range on a line that shows zero; the inner band is the 80 % range. Drawn by hand: a chart library has no such thing. */
export function IntervalWhisker(props: { range: Interval; inner?: Interval | null; show: (n: number) => string; label: string }) {
  const { range, inner } = props;
  const low = Math.min(0, range.low);
  const high = Math.max(0, range.high);
  const span = high - low || 1;
  const x = (v: number) => SIDE + ((v - low) / span) * (WIDTH - 2 * SIDE);
  const y = 30;
  // Texts that would stand on each other are moved apart, the ends outwards.
  const apart = (a: number, b: number) => Math.abs(x(a) - x(b)) > 84;
  return (
    <svg className={css.whisker} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={props.label}>
      <line x1={SIDE / 2} x2={WIDTH - SIDE / 2} y1={y} y2={y} stroke="var(--rg-chart-grid)" strokeWidth={1} />
      <line x1={x(0)} x2={x(0)} y1={y - 20} y2={y + 20} stroke="var(--rg-chart-axis)" strokeWidth={1} strokeDasharray="3 3" />
      {inner && (
        <rect x={x(inner.low)} width={Math.max(1, x(inner.high) - x(inner.low))} y={y - 9} height={18} rx={3} fill="var(--rg-chart-band)" />
      )}
      <line x1={x(range.low)} x2={x(range.high)} y1={y} y2={y} stroke="var(--rg-chart-1)" strokeWidth={3} />
      {[range.low, range.high].map((v) => (
        <line key={v} x1={x(v)} x2={x(v)} y1={y - 9} y2={y + 9} stroke="var(--rg-chart-1)" strokeWidth={3} strokeLinecap="round" />
      ))}
      <circle cx={x(range.estimate)} cy={y} r={7} fill="var(--rg-chart-1)" stroke="var(--rg-surface)" strokeWidth={2} />
      <g fill="var(--rg-text)" fontSize={14} textAnchor="middle">
        <text x={x(range.low)} y={y + 36}>
          {props.show(range.low)}
        </text>
        <text x={x(range.high)} y={y + 36}>
          {props.show(range.high)}
        </text>
        {apart(range.estimate, range.low) && apart(range.estimate, range.high) && (
          <text x={x(range.estimate)} y={y + 36} fontWeight={600}>
            {props.show(range.estimate)}
          </text>
        )}
      </g>
      {/* above the line, where no other figure stands */}
      {range.low !== 0 && range.high !== 0 && (
        <text x={x(0)} y={8} fill="var(--rg-chart-axis)" fontSize={12} textAnchor="middle">
          {props.show(0)}
        </text>
      )}
    </svg>
  );
}
