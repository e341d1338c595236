import { NO_RULES } from '@domain/draws/rules';
import type { Cents } from '@domain/kernel';

/** Everything the official rules of a draw have to say. */
export const RULES = {
  ...NO_RULES,
  sponsor: 'Corner Shoes',
  sponsorAddress: '1 Main St, New York, NY 10001',
  prize: 'a pair of boots',
  prizeValue: 18_000 as Cents,
  residents: 'Legal residents of New York',
  freeEntry: 'Ask anybody at the counter.',
  winnersList: 'Ask at the counter.',
};
