import { useShell } from '@renderer/api';
import { type Language, useWords } from '@renderer/strings';
import { offerWords } from '@renderer/strings/offer-words';
import { useMemo } from 'react';
import type { Saying } from './say';

/** How offers are said at this screen, or to a reader of the language passed. */
export function useSaying(language?: Language): Saying {
  const { shop, locale } = useShell();
  const w = useWords(offerWords, language);
  const said = language === undefined ? locale : language === 'es' ? 'es-US' : 'en-US';
  return useMemo(() => ({ w, currency: shop.currency, zone: shop.zone, locale: said }), [w, shop.currency, shop.zone, said]);
}
