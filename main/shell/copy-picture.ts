import { type Clipboard, ClipboardItem, clipboard, type NativeImage, nativeImage } from 'electron';

/** Before Electron 45 the clipboard took pictures in a way of its own (docs/DECISIONS.md 1: both have to run). */
type Older = Clipboard & { writeImage?: (image: NativeImage) => void };

/** Puts a PNG into the system's clipboard. */
export async function copyPicture(png: Uint8Array<ArrayBuffer>): Promise<void> {
  const { writeImage } = clipboard as Older;
  if (writeImage) writeImage.call(clipboard, nativeImage.createFromBuffer(Buffer.from(png)));
  else await clipboard.write([new ClipboardItem({ 'image/png': new Blob([png], { type: 'image/png' }) })]);
}
