import type { PaperSize } from '@domain/papers/paper';

/** What is to be printed; its figures are the printing page's business (preload/contract/papers.ts). */
export interface Printable {
  readonly kind: string;
  readonly size: PaperSize;
}

/** Turns a paper into a PDF without anybody at the screen. Throws AppError('paper.not-made') when there is nobody who could. */
export interface PaperPrinter {
  pdf(paper: Printable): Promise<Uint8Array>;
}
