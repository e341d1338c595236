/** US law and US carriers hold in its territories too. */
const US: ReadonlySet<string> = new Set(['US', 'PR', 'VI', 'GU', 'AS', 'MP']);

/** Shops whose texts leave for real; elsewhere the app is for practice, the counter and reports (rules.md §3). */
export const isUsShop = (country: string): boolean => US.has(country);
