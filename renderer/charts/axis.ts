export interface AxisScale {
  domain: [number, number];
  ticks: number[];
}

/**
 * Round figures for an axis that holds `low` and `high`, in three to six steps: 0, 500, 1,000 rather than 0, 350, 700. No step is
 * finer than `least`, the finest the axis can say (1 for people, a whole unit of money, 0.1 of a hundred).
 */
export function axisOf(low: number, high: number, least: number): AxisScale {
  const rough = Math.max((high - low) / 5, least);
  const power = 10 ** Math.floor(Math.log10(rough));
  const said = (step: number) => Math.abs(step / least - Math.round(step / least)) < 1e-6;
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.9999 && said(s)) ?? 10 * power;
  const from = Math.floor(low / step + 1e-9);
  const to = Math.max(from + 1, Math.ceil(high / step - 1e-9));
  const ticks = Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
  return { domain: [ticks[0] ?? 0, ticks.at(-1) ?? 1], ticks };
}
