/**
 * How a JPEG wants to be turned before it is looked at (EXIF 2.3, tag 0x0112: 1 to 8; 1 = as it is). Phones store every photo lying down
 * and say so here; a picture written anew without this mark would lie on its side. 1 for anything that cannot be read.
 */
export function exifOrientation(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const u16 = (at: number, little = false) => (at + 2 <= file.length ? view.getUint16(at, little) : 0);
  if (u16(0) !== 0xffd8) return 1;
  for (let at = 2; at + 4 < file.length; ) {
    const marker = u16(at);
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) return 1;
    if (marker === 0xffe1 && u16(at + 4) === 0x4578 && u16(at + 6) === 0x6966) return inTiff(view, file.length, at + 10);
    at += 2 + u16(at + 2);
  }
  return 1;
}

function inTiff(view: DataView, length: number, start: number): number {
  if (start + 8 > length) return 1;
  const little = view.getUint16(start) === 0x4949;
  const first = start + view.getUint32(start + 4, little);
  if (first + 2 > length) return 1;
  const entries = view.getUint16(first, little);
  for (let i = 0; i < entries; i++) {
    const at = first + 2 + i * 12;
    if (at + 12 > length) return 1;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** Pixels of four bytes, put upright as `orientation` asks. */
export function upright(
  pixels: Uint8Array,
  width: number,
  height: number,
  orientation: number,
): { pixels: Uint8Array; width: number; height: number } {
  if (orientation <= 1 || orientation > 8) return { pixels, width, height };
  const turns = orientation >= 5;
  const w = turns ? height : width;
  const h = turns ? width : height;
  const from = new Uint32Array(pixels.slice().buffer, 0, width * height);
  const to = new Uint32Array(w * h);
  // where a pixel of the upright picture stood in the stored one, by orientation
  const source: Record<number, (x: number, y: number) => [number, number]> = {
    2: (x, y) => [width - 1 - x, y],
    3: (x, y) => [width - 1 - x, height - 1 - y],
    4: (x, y) => [x, height - 1 - y],
    5: (x, y) => [y, x],
    6: (x, y) => [y, height - 1 - x],
    7: (x, y) => [width - 1 - y, height - 1 - x],
    8: (x, y) => [width - 1 - y, x],
  };
  const at = source[orientation];
  if (!at) return { pixels, width, height };
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [sx, sy] = at(x, y);
      to[y * w + x] = from[sy * width + sx] ?? 0;
    }
  }
  return { pixels: new Uint8Array(to.buffer), width: w, height: h };
}
