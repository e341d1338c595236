import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { account as catalogue } from '@renderer/strings/account';
import type { Say } from '@renderer/strings/account-findings';
import { count, micros, phone, when } from '@renderer/ui/format';

/** How the account's pages say money, counts and instants. */
export function useSay(currency: string): Say & { n: (n: number) => string; day: (at: number) => string } {
  const { shop, locale } = useShell();
  const names: Readonly<Record<string, string>> = useWords(catalogue).features;
  return {
    money: (m, c) => micros(m, c ?? currency, locale),
    n: (n) => count(n, locale),
    when: (at) => when(at, 'day-time', shop.zone, locale, Date.now()),
    day: (at) => when(at, 'day', shop.zone, locale, Date.now()),
    phone,
    features: (list) =>
      list
        .split(',')
        .map((f) => names[f] ?? f)
        .join(', '),
  };
}
