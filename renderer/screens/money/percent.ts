import { readPercent } from '@domain/reports/margin-file';

/** 4250 → "42.5". */
export const percentText = (bp: number): string => String(Number((bp / 100).toFixed(2)));

/** What was typed as basis points; null = emptied, undefined = no percent between 0 and 100. */
export const typedPercent = (text: string): number | null | undefined => (text.trim() === '' ? null : (readPercent(text) ?? undefined));
