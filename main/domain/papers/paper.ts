/** Sizes of paper that printers of a shop hold. */
export const PAPER_SIZES = ['A4', 'Letter'] as const;
export type PaperSize = (typeof PAPER_SIZES)[number];

/** Countries whose shops print on US Letter; everywhere else it is A4. */
const LETTER = new Set(['US', 'CA', 'MX', 'PR', 'PH', 'CL', 'CO', 'VE', 'CR', 'GT', 'SV', 'NI', 'PA', 'DO']);

/** What the shop's printer holds: as the owner said, else as is usual in its country (ISO 3166-1 alpha-2). */
export const paperSizeOf = (choice: 'country' | PaperSize, country: string): PaperSize =>
  choice !== 'country' ? choice : LETTER.has(country) ? 'Letter' : 'A4';

/** A name of something as part of a file's name: plain letters, digits and dashes; `otherwise` when nothing is left of it. */
export const fileWord = (name: string, otherwise: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60) || otherwise;
