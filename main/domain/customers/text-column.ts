const BLOCK = 512;

interface Block {
  rows: string[];
  /** All rows, one line each; null after a change, made again by the next search. */
  text: string | null;
  /** Where each row begins in `text`, and where the last one ends. */
  starts: Int32Array;
}

/**
 * One short text per row, searched for a fragment from one end to the other: 100,000 numbers in about a millisecond, whatever is asked.
 * An index would be quicker for rare fragments and hopeless for an area code.
 */
export class TextColumn {
  private readonly blocks: Block[] = [];

  row(at: number): string {
    return this.blocks[Math.floor(at / BLOCK)]?.rows[at % BLOCK] ?? '';
  }

  set(at: number, text: string): void {
    const n = Math.floor(at / BLOCK);
    while (this.blocks.length <= n) this.blocks.push({ rows: [], text: null, starts: new Int32Array(BLOCK + 1) });
    const block = this.blocks[n] as Block;
    while (block.rows.length <= at % BLOCK) {
      block.rows.push('');
      block.text = null;
    }
    if (block.rows[at % BLOCK] === text) return;
    block.rows[at % BLOCK] = text;
    block.text = null;
  }

  /** Every place of `fragment`: row, its text, and where in it. A row is told once per place. */
  search(fragment: string, found: (row: number, text: string, at: number) => void): void {
    for (let n = 0; n < this.blocks.length; n++) {
      const block = this.blocks[n] as Block;
      const text = block.text ?? joined(block);
      let r = 0;
      for (let at = text.indexOf(fragment); at >= 0; at = text.indexOf(fragment, at + 1)) {
        while ((block.starts[r + 1] as number) <= at) r++;
        found(n * BLOCK + r, block.rows[r] as string, at - (block.starts[r] as number));
      }
    }
  }
}

function joined(block: Block): string {
  let at = 0;
  block.rows.forEach((row, i) => {
    block.starts[i] = at;
    at += row.length + 1;
  });
  block.starts[block.rows.length] = at;
  block.text = `${block.rows.join('\n')}\n`;
  return block.text;
}
