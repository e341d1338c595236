import { readFile } from 'node:fs/promises';
import { exifOrientation, upright } from '@adapters/disk/exif';
import { AppError } from '@domain/errors';
import { nativeImage } from 'electron';

const LONG_SIDE = 1600;
const MOST_BYTES = 400_000;
const MOST_FILE = 60_000_000;

/**
 * A photo as the evidence keeps it: upright, at most 1600 px long and about 400 kB, a new JPEG, so nothing of the file's own notes (place, time,
 * phone) comes along. What the system cannot read (HEIC on most Windows and Linux machines) is photo.unreadable.
 */
export async function readPhoto(path: string): Promise<{ jpeg: string; width: number; height: number }> {
  const file = await readFile(path);
  const read = file.length > MOST_FILE ? nativeImage.createEmpty() : nativeImage.createFromBuffer(file);
  // createFromBuffer knows PNG and JPEG; the path also what the system itself can open
  const stored = read.isEmpty() && file.length <= MOST_FILE ? nativeImage.createFromPath(path) : read;
  if (stored.isEmpty()) throw new AppError('photo.unreadable');
  const { width: w, height: h } = stored.getSize();
  const scale = Math.min(1, LONG_SIDE / Math.max(w, h));
  const size = { width: Math.max(1, Math.round(w * scale)), height: Math.max(1, Math.round(h * scale)) };
  const small = scale < 1 ? stored.resize({ ...size, quality: 'best' }) : stored;
  const orientation = exifOrientation(file);
  const up = orientation > 1 ? upright(small.toBitmap(), size.width, size.height, orientation) : null;
  let image = up ? nativeImage.createFromBitmap(Buffer.from(up.pixels), { width: up.width, height: up.height }) : small;
  for (let quality = 82; ; quality -= 12) {
    const jpeg = image.toJPEG(Math.max(quality, 34));
    if (jpeg.length <= MOST_BYTES) return { jpeg: jpeg.toString('base64'), ...image.getSize() };
    if (quality > 34) continue;
    const { width, height } = image.getSize();
    image = image.resize({ width: Math.round(width * 0.8), height: Math.round(height * 0.8), quality: 'best' });
  }
}
