import { exifOrientation, upright } from '@adapters/disk/exif';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** The beginning of a JPEG with an EXIF block that asks to be turned. */
function jpeg(orientation: number, little: boolean): Uint8Array {
  const tiff = Buffer.alloc(26);
  const w16 = (v: number, at: number) => (little ? tiff.writeUInt16LE(v, at) : tiff.writeUInt16BE(v, at));
  const w32 = (v: number, at: number) => (little ? tiff.writeUInt32LE(v, at) : tiff.writeUInt32BE(v, at));
  tiff.write(little ? 'II' : 'MM');
  w16(42, 2);
  w32(8, 4);
  w16(1, 8);
  w16(0x0112, 10);
  w16(3, 12);
  w32(1, 14);
  w16(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const size = Buffer.alloc(2);
  size.writeUInt16BE(body.length + 2);
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xe1]), size, body, Buffer.from([0xff, 0xda, 0, 0])]);
}

/** A picture of letters: one pixel each, four bytes. */
const picture = (rows: string[]) => ({
  pixels: new Uint8Array(Uint32Array.from([...rows.join('')].map((c) => c.charCodeAt(0))).buffer),
  width: rows[0]?.length ?? 0,
  height: rows.length,
});
const read = (p: { pixels: Uint8Array; width: number; height: number }) => {
  const letters = [...new Uint32Array(p.pixels.buffer)].map((n) => String.fromCharCode(n)).join('');
  return Array.from({ length: p.height }, (_, y) => letters.slice(y * p.width, (y + 1) * p.width));
};

describe('photos of forms', () => {
  it('know how they want to be turned, in both byte orders', () => {
    for (const o of [1, 2, 3, 4, 5, 6, 7, 8]) for (const little of [true, false]) expect(exifOrientation(jpeg(o, little))).toBe(o);
    expect(exifOrientation(jpeg(9, true))).toBe(1);
    expect(exifOrientation(new Uint8Array([0x89, 0x50, 0x4e, 0x47]))).toBe(1);
  });

  it('a damaged file is simply not turned', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(40), (noise, cut) => {
        expect(exifOrientation(noise)).toBeGreaterThanOrEqual(1);
        expect(exifOrientation(jpeg(6, true).slice(0, cut))).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('stand upright afterwards', () => {
    const stored = picture(['abc', 'def']);
    const turned = (o: number) => read(upright(stored.pixels, stored.width, stored.height, o));
    expect(turned(1)).toEqual(['abc', 'def']);
    expect(turned(2)).toEqual(['cba', 'fed']);
    expect(turned(3)).toEqual(['fed', 'cba']);
    expect(turned(4)).toEqual(['def', 'abc']);
    expect(turned(5)).toEqual(['ad', 'be', 'cf']);
    expect(turned(6)).toEqual(['da', 'eb', 'fc']); // a quarter turn clockwise
    expect(turned(7)).toEqual(['fc', 'eb', 'da']);
    expect(turned(8)).toEqual(['cf', 'be', 'ad']); // a quarter turn the other way
  });
});
