import type { Cents, ShopDay } from '../kernel';

/** What the official rules are written from. A prize, chance and having to pay together are a lottery, which only states may hold. */
export interface DrawRules {
  sponsor: string;
  sponsorAddress: string;
  prize: string;
  /** Approximate retail value of all prizes together, minor units. */
  prizeValue: Cents | null;
  minAge: number;
  /** "legal residents of New York". */
  residents: string;
  /** How to enter without buying: at the counter, in the owner's words what to ask for. */
  freeEntry: string;
  /** Days a winner has to come for it before the next in line. */
  claimDays: number;
  /** How to learn who won. */
  winnersList: string;
  extra: string;
}

export const NO_RULES: DrawRules = {
  sponsor: '',
  sponsorAddress: '',
  prize: '',
  prizeValue: null,
  minAge: 18,
  residents: '',
  freeEntry: '',
  claimDays: 14,
  winnersList: '',
  extra: '',
};

export type RulesField =
  | 'sponsor'
  | 'sponsorAddress'
  | 'prize'
  | 'prizeValue'
  | 'minAge'
  | 'residents'
  | 'freeEntry'
  | 'claimDays'
  | 'winnersList';

/** What has to be said before anybody may enter; what the text says by itself (no purchase, odds, dates) cannot be forgotten. */
export function missingRules(r: DrawRules): RulesField[] {
  const out: RulesField[] = [];
  for (const f of ['sponsor', 'sponsorAddress', 'prize', 'residents', 'freeEntry', 'winnersList'] as const)
    if (r[f].trim() === '') out.push(f);
  if (r.prizeValue === null || r.prizeValue <= 0) out.push('prizeValue');
  if (!Number.isInteger(r.minAge) || r.minAge < 18) out.push('minAge');
  if (!Number.isInteger(r.claimDays) || r.claimDays < 3 || r.claimDays > 90) out.push('claimDays');
  return out;
}

/** Above this New York and Florida ask for registration and a bond beforehand: minor units of a dollar. */
export const BOND_ABOVE = 500_000;

export interface DrawTerms {
  name: string;
  word: string | null;
  /** The number people text the word to, as written; null = counter only. */
  number: string | null;
  opensOn: ShopDay;
  /** Last day, included. */
  closesOn: ShopDay;
  winners: number;
  alternates: number;
  rules: DrawRules;
}

export interface RulesWords {
  day: (d: ShopDay) => string;
  money: (c: Cents) => string;
}

/** The official rules, numbered, in either language. */
export function officialRules(t: DrawTerms, language: 'en' | 'es', w: RulesWords): string[] {
  const { rules: r } = t;
  const value = w.money(r.prizeValue ?? (0 as Cents));
  const [from, to] = [w.day(t.opensOn), w.day(t.closesOn)];
  const say = t.word !== null && t.number !== null;
  const word = t.word?.toUpperCase() ?? '';
  const en = [
    'NO PURCHASE NECESSARY TO ENTER OR WIN. A purchase does not improve your chances of winning.',
    `Sponsor: ${r.sponsor}, ${r.sponsorAddress}.`,
    `Who may enter: ${r.residents}, ${r.minAge} or older. Not the sponsor’s staff nor people of their households. Void where prohibited.`,
    `When: from ${from} to the end of ${to}. Entries before or after do not count.`,
    `How to enter: free at the counter${say ? `, or by texting ${word} to ${t.number} (message and data rates may apply)` : ''}. ${r.freeEntry} One entry per person and phone number; both ways have the same chance.`,
    `Prize: ${r.prize}. Number of winners: ${t.winners}. Approximate retail value of all prizes: ${value}. No substitute in cash.`,
    'Odds: they depend on the number of eligible entries received.',
    `Drawing: on or soon after ${to}, at random from all eligible entries, by a method published with its record. ${t.alternates} alternates are drawn at the same time.`,
    `Winners are called and have ${r.claimDays} days to claim the prize; then it goes to the next alternate. Taxes are the winner’s.`,
    'Entering permits no advertising by text; that is asked for separately and never needed here. Names and numbers are used for this draw only.',
    `Winners’ list: ${r.winnersList}`,
    r.extra.trim(),
  ];
  const es = [
    'NO ES NECESARIO COMPRAR PARA PARTICIPAR NI PARA GANAR. Comprar no aumenta las posibilidades de ganar.',
    `Organiza: ${r.sponsor}, ${r.sponsorAddress}.`,
    `Quién puede participar: ${r.residents}, de ${r.minAge} años o más. No el personal de la tienda ni quienes viven con él. Nulo donde esté prohibido.`,
    `Cuándo: del ${from} al final del ${to}. No cuentan participaciones antes ni después.`,
    `Cómo participar: gratis en el mostrador${say ? `, o enviando ${word} al ${t.number} (pueden aplicarse tarifas de mensajes y datos)` : ''}. ${r.freeEntry} Una vez por persona y número de teléfono; las dos formas tienen la misma posibilidad.`,
    `Premio: ${r.prize}. Ganadores: ${t.winners}. Valor aproximado de todos los premios: ${value}. No se cambia por dinero.`,
    'Posibilidades: dependen del número de participaciones válidas recibidas.',
    `Sorteo: el ${to} o poco después, al azar entre todas las participaciones válidas, con un método publicado junto con su acta. A la vez se sortean ${t.alternates} suplentes.`,
    `Se llama a los ganadores, que tienen ${r.claimDays} días para reclamar el premio; después pasa al siguiente suplente. Los impuestos son del ganador.`,
    'Participar no autoriza publicidad por mensaje; eso se pide aparte y aquí nunca hace falta. Nombres y números se usan solo para este sorteo.',
    `Lista de ganadores: ${r.winnersList}`,
    r.extra.trim(),
  ];
  return (language === 'es' ? es : en).filter((l) => l !== '');
}
