import { create } from 'qrcode';

export interface QrCode {
  /** Modules per side, without the quiet zone. */
  size: number;
  /** Whether the module in this row and column is dark. */
  dark(row: number, column: number): boolean;
}

/** Light modules around the code that scanners need (ISO/IEC 18004). */
export const QUIET = 4;

/** A QR code of a text; level M forgives a scratch or a crease (about 15 % of it). */
export function qrCode(text: string): QrCode {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, dark: (row, column) => modules.get(row, column) === 1 };
}

/** The dark modules as one SVG path, a unit per module, the quiet zone left of and above it included. */
export function qrPath(code: QrCode): string {
  let path = '';
  for (let row = 0; row < code.size; row++) {
    for (let column = 0; column < code.size; column++) {
      if (!code.dark(row, column)) continue;
      let run = 1;
      while (column + run < code.size && code.dark(row, column + run)) run++;
      path += `M${column + QUIET} ${row + QUIET}h${run}v1h-${run}z`;
      column += run;
    }
  }
  return path;
}
