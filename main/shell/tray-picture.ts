import type { TrayState } from '@domain/desktop/tray';

type Shape = (x: number, y: number) => boolean;
const disc =
  (cx: number, cy: number, r: number): Shape =>
  (x, y) =>
    (x - cx) ** 2 + (y - cy) ** 2 <= r * r;
const box =
  (x0: number, y0: number, x1: number, y1: number): Shape =>
  (x, y) =>
    x >= x0 && x <= x1 && y >= y0 && y <= y1;

/** A speech bubble on a grid of 16. */
const bubble: Shape = (x, y) => {
  const dx = Math.max(4 - x, 0, x - 12);
  const dy = Math.max(4.5 - y, 0, y - 9.5);
  return dx * dx + dy * dy <= 9 || (y >= 11 && y <= 15 && x >= 4 && x <= 8 - (y - 11));
};

/** What is cut out of it: the shape says the state, colour only helps. */
const SIGNS: Readonly<Record<TrayState, readonly Shape[]>> = {
  idle: [],
  leaving: [disc(4.6, 7, 1.2), disc(8, 7, 1.2), disc(11.4, 7, 1.2)],
  waiting: [box(7.3, 3.6, 8.7, 7.7), box(7.3, 6.3, 11.2, 7.7)],
  paused: [box(5.2, 4, 7, 10), box(9, 4, 10.8, 10)],
  problem: [box(7.1, 2.8, 8.9, 7.6), disc(8, 9.7, 1.1)],
};
const COLOURS: Readonly<Record<TrayState, readonly [number, number, number]>> = {
  idle: [20, 128, 120],
  leaving: [20, 128, 120],
  waiting: [20, 128, 120],
  paused: [132, 126, 118],
  problem: [203, 118, 18],
};
const SAMPLES = 4;

/**
 * The tray's picture as plain pixels (blue, green, red, alpha; premultiplied), `size` wide and high. `template`: black only, as a Mac's
 * menu bar colours it itself.
 */
export function trayPixels(state: TrayState, size: number, template: boolean): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  const [r, g, b] = template ? [0, 0, 0] : COLOURS[state];
  const signs = SIGNS[state];
  for (let py = 0; py < size; py++) {
    for (let px = 0; px < size; px++) {
      let hits = 0;
      for (let s = 0; s < SAMPLES * SAMPLES; s++) {
        const x = ((px + ((s % SAMPLES) + 0.5) / SAMPLES) * 16) / size;
        const y = ((py + (Math.floor(s / SAMPLES) + 0.5) / SAMPLES) * 16) / size;
        if (bubble(x, y) && !signs.some((sign) => sign(x, y))) hits++;
      }
      const a = hits / (SAMPLES * SAMPLES);
      const at = (py * size + px) * 4;
      pixels[at] = Math.round(b * a);
      pixels[at + 1] = Math.round(g * a);
      pixels[at + 2] = Math.round(r * a);
      pixels[at + 3] = Math.round(255 * a);
    }
  }
  return pixels;
}
