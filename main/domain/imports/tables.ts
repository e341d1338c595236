import { headerKey } from './cells';
import { headerLike, recognise, recogniseWrong } from './detect';

/** What a record of a file is, seen from the table that is being read. */
export type RowKind = 'data' | 'blank' | 'header' | 'total' | 'ragged' | 'other-table';

/** `Total`, `Grand total:`, `Gesamtsumme`, `Total général`: a row that adds up the others. */
const TOTAL =
  /^(?:(?:grand |sub ?-?)?totals?|total (?:g[ée]n[ée]ral|general|geral)|(?:gesamt|zwischen|end)?summe|gesamt|suma(?: total)?|somme|sous-total|totale(?: generale)?|totaal)\s*:?$/i;
export const isTotal = (cells: readonly string[]): boolean => TOTAL.test(cells.find((c) => c.trim())?.trim() ?? '');

const isBlank = (cells: readonly string[]): boolean => cells.every((c) => c === '' || c.trim() === '');

/**
 * Tells, row by row, what belongs to the table whose header was chosen: repeated headers, totals, rows that are cut off or too long, and
 * where another table begins. Rows of another table are never read as if they were this one's; they are refused with their reason.
 */
export class TableWatch {
  private readonly least: number;
  private readonly headerText: string | undefined;
  private gap = false;
  private elsewhere = false;

  /** `width`: columns of the table. Exports end unnamed columns with the header; rows may leave those out. */
  constructor(
    private readonly header: readonly string[] | null,
    private readonly width: number,
  ) {
    this.least = header ? lastNamed(header) + 1 : width;
    this.headerText = header?.map(headerKey).join('\u001f');
  }

  /** Call for every row behind the header, in order. */
  kind(raw: readonly string[]): RowKind {
    if (isBlank(raw)) {
      this.gap = true;
      return 'blank';
    }
    const { gap, header } = this;
    this.gap = false;
    if (header && raw[0] === header[0] && raw[1] === header[1] && this.headerText === raw.map(headerKey).join('\u001f')) {
      this.elsewhere = false;
      return 'header';
    }
    if (this.elsewhere) return 'other-table';
    const fits = raw.length >= this.least && (raw.length <= this.width || isBlank(raw.slice(this.width)));
    if (header && (gap || !fits) && this.beginsOther(raw, gap && !fits)) {
      this.elsewhere = true;
      return 'other-table';
    }
    if (fits) return 'data';
    // a title or a remark under the table: one cell by itself behind a blank line
    return isTotal(raw) || (gap && this.width > 2 && raw.filter((c) => c.trim()).length === 1) ? 'total' : 'ragged';
  }

  private beginsOther(raw: readonly string[], loose: boolean): boolean {
    return recognise(raw) !== null || recogniseWrong(raw) !== null || (loose && raw.length > 1 && headerLike(raw));
  }
}

function lastNamed(header: readonly string[]): number {
  for (let i = header.length - 1; i >= 0; i--) if (header[i]?.trim()) return i;
  return -1;
}
