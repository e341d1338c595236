import type { PhoneE164 } from '../kernel';
import { numberCountry } from './quiet-hours';

/** US law and US carriers hold in its territories too. */
const US: ReadonlySet<string> = new Set(['US', 'PR', 'VI', 'GU', 'AS', 'MP']);

/** Shops whose texts leave for real; elsewhere the app is for practice, the counter and reports (rules.md §3). */
export const isUsShop = (country: string): boolean => US.has(country);

/** Numbers such a shop may text: those of the US, and +1 codes too new to be known. */
export const isUsNumber = (phone: PhoneE164): boolean => ['US', 'unknown'].includes(numberCountry(phone));
