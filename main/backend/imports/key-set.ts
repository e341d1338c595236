/**
 * Which keys were met, in 8 bytes each (typed arrays, no strings kept): a file has millions of receipts. Two keys may share their 64
 * bits once in a blue moon; then a receipt takes the slow way, nothing else.
 */
export class KeySet {
  private high = new Uint32Array(1 << 12);
  private low = new Uint32Array(1 << 12);
  private mask = (1 << 12) - 1;
  size = 0;

  /** False when it was there already. */
  add(key: string): boolean {
    let a = 0x9e3779b9;
    let b = 0x7f4a7c15;
    for (let i = 0; i < key.length; i++) {
      const c = key.charCodeAt(i);
      a = Math.imul(a ^ c, 0x85ebca6b);
      b = Math.imul(b ^ c, 0xc2b2ae35);
      b ^= a >>> 15;
    }
    a = Math.imul(a ^ (a >>> 16), 0x21f0aaad) ^ b;
    // an empty place holds 0, 0
    const added = this.put(a >>> 0, (b ^ (a >>> 13)) >>> 0 || 1);
    if (added && ++this.size * 2 > this.mask) this.grow();
    return added;
  }

  private put(high: number, low: number): boolean {
    for (let i = (high ^ low) & this.mask; ; i = (i + 1) & this.mask) {
      if (this.low[i] === 0) {
        this.high[i] = high;
        this.low[i] = low;
        return true;
      }
      if (this.low[i] === low && this.high[i] === high) return false;
    }
  }

  private grow(): void {
    const { high, low } = this;
    this.mask = this.mask * 2 + 1;
    this.high = new Uint32Array(this.mask + 1);
    this.low = new Uint32Array(this.mask + 1);
    for (let i = 0; i < low.length; i++) if (low[i] !== 0) this.put(high[i] as number, low[i] as number);
  }
}
