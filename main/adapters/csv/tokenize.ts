import type { Delimiter } from '@domain/imports/plan';

/** No honest receipt or person fills a quarter of a million characters: a quote was left open, or the file is no table. */
export const MAX_RECORD = 250_000;

/** Why cutting stopped: `at` is where the row or the quote began, in characters from the beginning of the text. */
export class BadRecord extends Error {
  constructor(
    readonly why: 'unclosed-quote' | 'endless',
    readonly at: number,
  ) {
    super(why);
  }
}

const QUOTE = 34;
const BLANK = 32;
const LF = 10;
const CR = 13;

/**
 * Text → records, piece by piece (RFC 4180 and what programs make of it):
 * - rows end with LF, CRLF or CR, mixed as they come; a cell in quotes may hold any of them, `""` in it is one quote;
 * - blanks between a delimiter and a quote that closes in the same line, and behind a closing quote, are dropped;
 * - a quote inside a cell is text. A cell that begins with a quote but does not end with one (`"Smith" John`, or a closing quote lost
 *   with the next row's quotes following) is taken as written, so that one bad cell never swallows its neighbours;
 * - a quote that is never closed, or not within MAX_RECORD characters, stops.
 *
 * Own code because speed decides here (a million rows in about a second and a half; docs/DECISIONS.md); held against libraries in tests.
 */
export class Tokenizer {
  /** Beginning of a row whose end is not here yet. */
  private carry = '';
  /** Characters before `carry`. */
  private before = 0;
  /** Most cells a row had: what a row hidden in a cell would be recognised by. */
  private width = 0;
  private readonly cut: number;

  /** `watchful`: also stop at a cell that holds whole rows. */
  constructor(
    private readonly delimiter: Delimiter,
    private readonly watchful = true,
  ) {
    this.cut = delimiter.charCodeAt(0);
  }

  /** The rows that are whole now. @throws BadRecord */
  push(piece: string): string[][] {
    return this.rows(this.carry === '' ? piece : this.carry + piece, false);
  }

  /** The last row, when the text does not end with a line break. @throws BadRecord */
  end(): string[][] {
    return this.carry === '' ? [] : this.rows(this.carry, true);
  }

  private rows(text: string, last: boolean): string[][] {
    const out: string[][] = [];
    const { cut } = this;
    const n = text.length;
    let row: string[] = [];
    let rowStart = 0;
    let i = 0;
    let quoteAt = -1;
    for (;;) {
      if (i >= n) {
        // after a delimiter at the very end comes one more empty cell
        if (last && row.length) {
          row.push('');
          out.push(row);
          rowStart = n;
        }
        break;
      }
      let code = text.charCodeAt(i);
      let end = i;
      let cell: string | null = null;
      let open = i;
      if (code === BLANK) {
        while (text.charCodeAt(open) === BLANK) open++;
        if (open >= n && !last) break;
      }
      if (text.charCodeAt(open) === QUOTE) {
        let close = this.closing(text, open, last);
        if (open > i) {
          // behind a blank it is a quote only if it closes in the same line
          const ends = lineBreak(text, open, close >= 0 ? close : n);
          if (close === OPEN && !ends && !last) break;
          if (close === OPEN || ends) close = WRITTEN;
        }
        if (close === OPEN) {
          quoteAt = i;
          break;
        }
        if (close >= 0) {
          cell = text.slice(open + 1, close);
          if (cell.includes('"')) cell = cell.replaceAll('""', '"');
          if (this.watchful && cell.length > 2 * this.width && this.width > 2) this.refuseHidden(cell, i);
          end = close + 1;
          code = end < n ? text.charCodeAt(end) : LF;
          while (code !== cut && code !== LF && code !== CR) code = ++end < n ? text.charCodeAt(end) : LF;
        }
      }
      if (cell === null) {
        while (code !== cut && code !== LF && code !== CR && ++end < n) code = text.charCodeAt(end);
        if (end >= n && !last) break;
        cell = end === i ? '' : text.slice(i, end);
      }
      // whether a CR at the end of the piece is half of a CRLF shows in the next one
      if (!last && (end >= n || (code === CR && end === n - 1))) break;
      row.push(cell);
      i = end + 1;
      if (end < n && code === cut) continue;
      if (code === CR && end < n && text.charCodeAt(i) === LF) i++;
      out.push(row);
      if (row.length > this.width) this.width = row.length;
      row = [];
      rowStart = i;
      if (end >= n) break;
    }
    if (last && quoteAt >= 0) throw new BadRecord('unclosed-quote', this.before + quoteAt);
    if (n - rowStart > MAX_RECORD)
      throw new BadRecord(quoteAt >= 0 ? 'unclosed-quote' : 'endless', this.before + (quoteAt >= 0 ? quoteAt : rowStart));
    this.carry = last || rowStart >= n ? '' : text.slice(rowStart);
    this.before += n - this.carry.length;
    return out;
  }

  /**
   * Where the quote at `open` is closed; OPEN when that is not in the text (yet); WRITTEN when it is no opening quote but text.
   */
  private closing(text: string, open: number, last: boolean): number {
    const n = text.length;
    let q = open;
    for (;;) {
      q = text.indexOf('"', q + 1);
      if (q < 0) return OPEN;
      if (q + 1 >= n) return last ? q : OPEN;
      const next = text.charCodeAt(q + 1);
      if (next === QUOTE) {
        q++;
        if (q + 1 >= n && !last) return OPEN;
        continue;
      }
      if (next === this.cut || next === LF || next === CR) return q;
      // what follows up to the next delimiter: only blanks = closed; a quote right before it closes there; else it is all text
      let e = q + 1;
      let blank = true;
      for (; e < n; e++) {
        const c = text.charCodeAt(e);
        if (c === this.cut || c === LF || c === CR) break;
        if (c !== 32 && c !== 9) blank = false;
      }
      if (e >= n && !last) return OPEN;
      if (blank) return q;
      return text.charCodeAt(e - 1) === QUOTE ? e - 1 : WRITTEN;
    }
  }

  /** A cell with a line as wide as a whole row in its middle: the closing quote of an earlier row was lost. */
  private refuseHidden(cell: string, at: number): void {
    if (!/[\r\n]/.test(cell)) return;
    const lines = cell.split(/\r\n|\n|\r/).slice(1, -1);
    if (lines.some((line) => line.split(this.delimiter).length >= this.width)) throw new BadRecord('unclosed-quote', this.before + at);
  }
}

const OPEN = -1;
const WRITTEN = -2;

/** True when a line ends between the two positions. */
function lineBreak(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === LF || c === CR) return true;
  }
  return false;
}

/** The first records of a text, for a look; broken quotes are tolerated here, the real reading will name them. */
export function firstRecords(text: string, delimiter: Delimiter, limit: number): string[][] {
  const tokenizer = new Tokenizer(delimiter, false);
  const out: string[][] = [];
  try {
    for (let i = 0; i < text.length && out.length < limit; i += 8192) out.push(...tokenizer.push(text.slice(i, i + 8192)));
    if (out.length < limit) out.push(...tokenizer.end());
  } catch (error) {
    if (!(error instanceof BadRecord)) throw error;
    // a quote open from the first row on: better its pieces than nothing
    if (!out.length) return text.split(/\r\n|\n|\r/, limit).map((line) => line.split(delimiter));
  }
  return out.slice(0, limit);
}
