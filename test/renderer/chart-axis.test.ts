import { axisOf } from '@renderer/charts/axis';
import { expect, it } from 'vitest';

it.each([
  [0, 1366, 1, [0, 500, 1000, 1500]],
  [0, 1, 1, [0, 1]],
  [0, 0, 1, [0, 1]],
  [0, 79_000_00, 100, [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000]],
  [0, 1.66, 0.1, [0, 0.5, 1, 1.5, 2]],
  [0, 0.3, 0.1, [0, 0.1, 0.2, 0.3]],
  [-4500, 5900, 100, [-5000, -2500, 0, 2500, 5000, 7500]],
  [-7, 0, 0.1, [-8, -6, -4, -2, 0]],
] as const)('an axis from %s to %s, no finer than %s, has round figures and holds both ends', (low, high, least, ticks) => {
  expect(axisOf(low, high, least)).toEqual({ domain: [ticks[0], ticks.at(-1)], ticks });
});
