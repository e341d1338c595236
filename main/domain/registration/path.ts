import { isUsShop } from '../campaigns/countries';
import { needsAgeGate, refusedTrades, type TradeId } from './trades';

/**
 * Which registration a shop needs. low-volume: 10DLC, Low-Volume Standard brand · sole-proprietor: 10DLC without an EIN · toll-free:
 * verification of an 8xx number · refused: the carriers take no text of this trade · elsewhere: real texts leave from US shops only.
 */
export type RegistrationPath = 'refused' | 'elsewhere' | 'low-volume' | 'sole-proprietor' | 'toll-free';
export type OpenPath = Exclude<RegistrationPath, 'refused' | 'elsewhere'>;

export interface RegistrationAnswers {
  readonly trades: readonly TradeId[];
  /** Has an Employer Identification Number (every LLC, corporation and employer does). */
  readonly ein: boolean;
  /** Has a website of its own. */
  readonly website: boolean;
  /** ISO 3166-1 alpha-2 of the shop. */
  readonly country: string;
  /** Texts from a toll-free number already, or prefers one. */
  readonly tollFree: boolean;
}

interface Row {
  readonly path: RegistrationPath;
  readonly when: (a: RegistrationAnswers) => boolean;
}

/** Read from the top, the first that fits; the last fits always. What costs nothing to know comes first. */
const TABLE: readonly Row[] = [
  { path: 'refused', when: (a) => refusedTrades(a.trades).length > 0 },
  { path: 'elsewhere', when: (a) => !isUsShop(a.country) },
  { path: 'toll-free', when: (a) => a.tollFree },
  { path: 'low-volume', when: (a) => a.ein },
  { path: 'sole-proprietor', when: () => true },
];

export type Requirement =
  | 'legal-name'
  | 'address'
  | 'contact'
  | 'website'
  | 'pages'
  | 'proof'
  | 'number'
  | 'ein'
  | 'own-mobile'
  | 'age-gate';

export interface Choice {
  readonly path: RegistrationPath;
  readonly ageGate: boolean;
  /** No website: the app makes the pages, the shop needs a place to show them. */
  readonly makePages: boolean;
  /** What has to be at hand before the form is opened. */
  readonly takes: readonly Requirement[];
  /** Another way that would do as well. */
  readonly also: OpenPath | null;
}

/** The one way that follows from the answers. Every combination has exactly one. */
export function chooseRegistration(a: RegistrationAnswers): Choice {
  const path = (TABLE.find((row) => row.when(a)) as Row).path;
  const ageGate = needsAgeGate(a.trades);
  if (path === 'refused' || path === 'elsewhere') return { path, ageGate, makePages: false, takes: [], also: null };
  const base: Requirement[] = ['legal-name', 'address', 'contact', 'website', 'pages', 'proof', 'number'];
  const own: Requirement[] = path === 'sole-proprietor' ? ['own-mobile'] : a.ein ? ['ein'] : [];
  return {
    path,
    ageGate,
    makePages: !a.website,
    takes: [...base, ...own, ...(ageGate ? (['age-gate'] as const) : [])],
    also: path === 'toll-free' ? (a.ein ? 'low-volume' : 'sole-proprietor') : 'toll-free',
  };
}
