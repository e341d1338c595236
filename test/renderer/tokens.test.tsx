import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const css = readFileSync('renderer/ui/tokens.css', 'utf8');

function tokens(block: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const m of block.matchAll(/--rg-([\w-]+):\s*(#[0-9a-f]{6})/g)) out[m[1] ?? ''] = m[2] ?? '';
  return out;
}
const [light = '', dark = ''] = css.split('[data-mantine-color-scheme="dark"]');
const themes = { light: tokens(light), dark: tokens(dark) };

const luminance = (hex: string) =>
  [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * ([0.2126, 0.7152, 0.0722][i] ?? 0), 0);
/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
  return (x + 0.05) / (y + 0.05);
}

const TEXT: [string, string[]][] = [
  ['text', ['canvas', 'rail', 'surface', 'sunken', 'hover', 'accent-soft', 'warn-soft', 'danger-soft']],
  ['muted', ['canvas', 'rail', 'surface', 'sunken', 'hover']],
  ['accent-text', ['canvas', 'surface', 'sunken', 'hover', 'accent-soft']],
  ['warn-text', ['canvas', 'surface', 'warn-soft']],
  ['danger-text', ['canvas', 'surface', 'danger-soft']],
  ['on-accent', ['accent', 'accent-hover']],
];
const SIGNS: [string, string[]][] = [
  ['line-strong', ['surface', 'canvas']],
  ['focus', ['canvas', 'surface', 'rail', 'accent-soft']],
  ['accent', ['surface']],
  ['warn', ['surface', 'warn-soft']],
  ['danger', ['surface', 'danger-soft']],
  ['chart-1', ['surface']],
  ['chart-3', ['surface']],
  ['chart-4', ['surface']],
];

it.each(['light', 'dark'] as const)('%s: text is readable and signs can be told apart (WCAG AA)', (name) => {
  const t = themes[name];
  const weak: string[] = [];
  for (const [pairs, least] of [
    [TEXT, 4.5],
    [SIGNS, 3],
  ] as const) {
    for (const [front, backs] of pairs) {
      for (const back of backs) {
        const ratio = contrast(t[front] ?? '#000000', t[back] ?? '#000000');
        if (ratio < least) weak.push(`${front} on ${back}: ${ratio.toFixed(2)} < ${least}`);
      }
    }
  }
  expect(weak).toEqual([]);
});

it('every token used is one there is: an unknown one draws nothing at all', () => {
  const files = globSync('renderer/**/*.{css,ts,tsx}').map((f) => [f, readFileSync(f, 'utf8')] as const);
  const defined = new Set(files.flatMap(([, text]) => [...text.matchAll(/(--rg-[\w-]+)['"]?\]?\s*:/g)].map((m) => m[1])));
  const unknown = files.flatMap(([f, text]) =>
    [...text.matchAll(/var\((--rg-[\w-]+)/g)].filter((m) => !defined.has(m[1])).map((m) => `${f}: ${m[1]}`),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(unknown).toEqual([]);
});

it.each(['light', 'dark'] as const)('%s: figures on every shade of a grid are readable, and the shades differ', (name) => {
  const t = themes[name];
  const part = (hex: string, i: number) => Number.parseInt(hex.slice(i, i + 2), 16);
  const mix = (share: number) =>
    `#${[1, 3, 5]
      .map((i) => Math.round(part(t['chart-1'] ?? '', i) * share + part(t['surface'] ?? '', i) * (1 - share)))
      .map((v) => v.toString(16).padStart(2, '0'))
      .join('')}`;
  const shades = [...readFileSync('renderer/charts/grid.module.css', 'utf8').matchAll(/--rg-chart-1\) (\d+)%/g)].map((m) =>
    mix(Number(m[1]) / 100),
  );
  expect(shades).toHaveLength(5);
  for (const s of shades) expect(contrast(t['text'] ?? '', s)).toBeGreaterThanOrEqual(4.5);
  // each step is seen beside the one before it, also without colour
  const steps = [t['surface'] ?? '', ...shades];
  for (let i = 1; i < steps.length; i++) expect(contrast(steps[i - 1] ?? '', steps[i] ?? '')).toBeGreaterThan(1.08);
});
