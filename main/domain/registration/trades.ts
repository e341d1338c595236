/**
 * What a shop may sell and what that means for texting it, before anything is paid: carriers refuse some trades whatever the words of
 * the text are, and ask an age gate of others. Sources: Twilio's error pages (numbers below) and its list of forbidden message
 * categories (article 360045004974), read November 2026; facts/compliance.md C.
 */
export const TRADES = [
  'cannabis',
  'cbd',
  'kratom',
  'vape',
  'tobacco',
  'paraphernalia',
  'fireworks',
  'firearms',
  'gambling',
  'adult',
  'alcohol',
] as const;
export type TradeId = (typeof TRADES)[number];

/** refused: no registration will be approved · age-gate: only with a full date of birth asked of everybody, 21 or older. */
export type TradeRule = 'refused' | 'age-gate';

export interface Trade {
  readonly id: TradeId;
  readonly rule: TradeRule;
  /** The numbers under which Twilio refuses it. */
  readonly errors: readonly number[];
}

const refused = (id: TradeId, ...errors: number[]): Trade => ({ id, rule: 'refused', errors });

export const TRADE_RULES: Readonly<Record<TradeId, Trade>> = {
  cannabis: refused('cannabis', 30469, 30860),
  cbd: refused('cbd', 30469, 30860),
  kratom: refused('kratom', 30469),
  vape: refused('vape', 30459, 30878),
  tobacco: refused('tobacco', 30459, 30878),
  paraphernalia: refused('paraphernalia', 30469),
  fireworks: refused('fireworks', 30469),
  firearms: refused('firearms'),
  gambling: refused('gambling'),
  adult: refused('adult', 30873),
  alcohol: { id: 'alcohol', rule: 'age-gate', errors: [30456, 30875, 30825] },
};

export const isTrade = (text: string): text is TradeId => (TRADES as readonly string[]).includes(text);
export const refusedTrades = (trades: readonly TradeId[]): TradeId[] => trades.filter((t) => TRADE_RULES[t].rule === 'refused');
export const needsAgeGate = (trades: readonly TradeId[]): boolean => trades.some((t) => TRADE_RULES[t].rule === 'age-gate');
