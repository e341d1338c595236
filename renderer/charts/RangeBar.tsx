import css from './range-bar.module.css';

interface Interval {
  estimate: number;
  low: number;
  high: number;
}

const W = 120;
const H = 20;

/**
 * A share with its range inside a cell of a table, on the scale all cells of the column share (0 … `max`). The cell's own words say the
 * numbers, so it is drawn for the eye only.
 */
export function RangeBar({ range, max }: { range: Interval; max: number }) {
  const x = (v: number) => 2 + (Math.min(v, max) / (max || 1)) * (W - 6);
  return (
    <svg className={css.rangeBar} viewBox={`0 0 ${W} ${H}`} aria-hidden>
      <line x1={2} x2={2} y1={2} y2={H - 2} stroke="var(--rg-chart-axis)" strokeWidth={1} />
      <line x1={2} x2={W - 4} y1={H / 2} y2={H / 2} stroke="var(--rg-chart-grid)" strokeWidth={1} />
      <line x1={x(range.low)} x2={x(range.high)} y1={H / 2} y2={H / 2} stroke="var(--rg-chart-1)" strokeWidth={3} />
      <circle cx={x(range.estimate)} cy={H / 2} r={5} fill="var(--rg-chart-1)" stroke="var(--rg-surface)" strokeWidth={1.5} />
    </svg>
  );
}
