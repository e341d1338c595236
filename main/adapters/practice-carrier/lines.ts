import { numberCountry } from '@domain/campaigns/quiet-hours';
import type { PhoneE164 } from '@domain/kernel';
import { isTollFree } from './account';
import { seededPhone } from './people';
import { chance, pick } from './seeded';
import type { CarrierName, LineType, SimAccount, SimOutcome } from './types';

export interface SimLine {
  type: LineType;
  carrier: CarrierName;
  /** Belongs to nobody any more. */
  gone: boolean;
}

const NETWORKS: Record<CarrierName, { name: string; mcc: string | null; mnc: string | null }> = {
  'T-Mobile': { name: 'T-Mobile USA, Inc.', mcc: '310', mnc: '260' },
  'AT&T': { name: 'AT&T Wireless', mcc: '310', mnc: '410' },
  Verizon: { name: 'Verizon Wireless', mcc: '311', mnc: '480' },
  Other: { name: 'Lumen', mcc: null, mnc: null },
};

export const networkOf = (carrier: CarrierName) => NETWORKS[carrier];

/** ISO country of a number; `US` for +1 codes too new to be known, null for what nobody can tell. */
export function countryOf(to: string): string | null {
  const c = numberCountry(to as PhoneE164);
  if (c === 'US' || c === 'unknown') return 'US';
  if (c === 'CA') return 'CA';
  if (c === 'other') return 'BS'; // a Caribbean country that shares +1
  return COUNTRIES.find(([prefix]) => to.startsWith(prefix))?.[1] ?? null;
}

/** Calling codes the practice carrier knows, with whether carriers call them risky. */
export const COUNTRIES: readonly (readonly [prefix: string, iso: string, name: string, risky: boolean])[] = [
  ['+1', 'US', 'United States', false],
  ['+1', 'CA', 'Canada', false],
  ['+1242', 'BS', 'Bahamas', false],
  ['+52', 'MX', 'Mexico', false],
  ['+44', 'GB', 'United Kingdom', false],
  ['+49', 'DE', 'Germany', false],
  ['+33', 'FR', 'France', false],
  ['+92', 'PK', 'Pakistan', true],
];

/**
 * The line behind a number: decided by the account's rules, else by the seed, the same every time and the same as what texts to it
 * do (a landline of the seed is one for Lookup, too).
 */
export function lineOf(seed: string, practice: boolean, account: SimAccount, number: string): SimLine {
  const rule = account.lines?.find((l) => new RegExp(l.to).test(number));
  const seeded = practice ? seededPhone(seed, number) : null;
  const code = seeded !== null && 'errorCode' in seeded ? seeded.errorCode : null;
  const type: LineType =
    rule?.type ??
    (isTollFree(number)
      ? 'tollFree'
      : code === 30006
        ? 'landline'
        : seeded?.status === 'sent'
          ? 'nonFixedVoip'
          : pick<LineType>(chance(seed, 'line', number), [
              [94, 'mobile'],
              [4, 'nonFixedVoip'],
              [2, 'fixedVoip'],
            ]));
  const carrier: CarrierName =
    rule?.carrier ??
    (type !== 'mobile'
      ? 'Other'
      : pick<CarrierName>(chance(seed, 'carrier', number), [
          [35, 'T-Mobile'],
          [35, 'Verizon'],
          [27, 'AT&T'],
          [3, 'Other'],
        ]));
  return { type, carrier, gone: rule?.gone ?? (rule === undefined && code === 30005) };
}

/** What the line alone does to every text; null = texts arrive. Only for lines the account's rules name. */
export function lineOutcome(account: SimAccount, number: string, line: SimLine): SimOutcome | null {
  if (!account.lines?.some((l) => new RegExp(l.to).test(number))) return null;
  if (line.gone) return { status: 'undelivered', errorCode: 30005 };
  if (['landline', 'voicemail', 'pager', 'uan', 'premium', 'sharedCost'].includes(line.type))
    return { status: 'undelivered', errorCode: 30006 };
  return null;
}
