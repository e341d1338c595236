/** What kind of picture these bytes are; the beginning tells. */
export function imageType(bytes: Uint8Array): { mime: string; extension: string } {
  const b = Buffer.from(bytes.subarray(0, 12));
  if (b.subarray(0, 4).toString('latin1') === '\u0089PNG') return { mime: 'image/png', extension: 'png' };
  if (b[0] === 0xff && b[1] === 0xd8) return { mime: 'image/jpeg', extension: 'jpg' };
  if (b.subarray(0, 4).toString('latin1') === 'RIFF' && b.subarray(8, 12).toString('latin1') === 'WEBP')
    return { mime: 'image/webp', extension: 'webp' };
  if (b.subarray(0, 4).toString('latin1') === 'GIF8') return { mime: 'image/gif', extension: 'gif' };
  return { mime: 'application/octet-stream', extension: 'bin' };
}
