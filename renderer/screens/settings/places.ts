/** Countries first offered (the product's promises are for the US; others may use everything that is not US law). */
const COUNTRIES = [
  'US',
  'CA',
  'MX',
  'PR',
  'GB',
  'IE',
  'AU',
  'NZ',
  'DE',
  'AT',
  'CH',
  'FR',
  'ES',
  'IT',
  'NL',
  'BE',
  'SE',
  'DK',
  'NO',
  'FI',
  'PT',
  'PL',
];
const MONEY: Record<string, string> = {
  US: 'USD',
  PR: 'USD',
  CA: 'CAD',
  MX: 'MXN',
  GB: 'GBP',
  AU: 'AUD',
  NZ: 'NZD',
  CH: 'CHF',
  SE: 'SEK',
  DK: 'DKK',
  NO: 'NOK',
  PL: 'PLN',
};

export const currencyOf = (country: string): string => MONEY[country] ?? 'EUR';

export function countryOptions(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  return COUNTRIES.map((c) => ({ value: c, label: names.of(c) ?? c }));
}

export function currencyOptions(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'currency' });
  return [...new Set([...Object.values(MONEY), 'EUR'])].map((c) => ({ value: c, label: `${c} · ${names.of(c) ?? c}` }));
}

const NEAR: Record<string, readonly string[]> = {
  US: [
    'America/New_York',
    'America/Chicago',
    'America/Denver',
    'America/Phoenix',
    'America/Los_Angeles',
    'America/Anchorage',
    'Pacific/Honolulu',
    'America/Detroit',
    'America/Boise',
    'America/Indiana/Indianapolis',
    'America/Puerto_Rico',
  ],
};
const USUAL: Record<string, string> = {
  'America/New_York': 'Eastern (New York)',
  'America/Chicago': 'Central (Chicago)',
  'America/Denver': 'Mountain (Denver)',
  'America/Phoenix': 'Arizona (Phoenix)',
  'America/Los_Angeles': 'Pacific (Los Angeles)',
  'America/Anchorage': 'Alaska (Anchorage)',
  'Pacific/Honolulu': 'Hawaii (Honolulu)',
};

/** The shop's country's own zones first, then every zone the platform knows. */
export function zoneOptions(country: string): { value: string; label: string }[] {
  const near = NEAR[country] ?? [];
  const all = ['UTC', ...Intl.supportedValuesOf('timeZone')];
  const rest = all.filter((z) => !near.includes(z));
  return [...near, ...rest].map((z) => ({ value: z, label: zoneName(z) }));
}

/** A zone as people say it: "Eastern (New York)". */
export const zoneName = (zone: string): string => USUAL[zone] ?? zone.replaceAll('_', ' ');

/** The zone this computer is set to, when it is a real one. */
export const zoneHere = (): string => {
  const z = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return z && z !== 'UTC' ? z : 'America/New_York';
};

export const toClock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
export function fromClock(text: string): number | null {
  const m = /^(\d{1,2}):(\d{2})$/.exec(text);
  return m ? Number(m[1]) * 60 + Number(m[2]) : null;
}
