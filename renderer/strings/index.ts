import { create } from 'zustand';

export type Language = 'en' | 'es';

/** Words of one part of the app. English always; Spanish fully for counter, sign-up and staff screens. */
export interface Catalogue<T> {
  en: T;
  es?: NoInfer<T>;
}

interface LanguageState {
  language: Language;
  setLanguage: (language: Language) => void;
}

/** The language of whoever is at the screen: follows the staff PIN; the sign-up step may override it with `useWords(c, language)`. */
export const useLanguage = create<LanguageState>((set) => ({
  language: 'en',
  setLanguage: (language) => {
    document.documentElement.lang = language;
    set({ language });
  },
}));

/** Words outside components. */
export function wordsOf<T>(catalogue: Catalogue<T>, language: Language = useLanguage.getState().language): T {
  return language === 'es' ? (catalogue.es ?? catalogue.en) : catalogue.en;
}

/** The words of a catalogue in the language now spoken at the screen (or the one passed, e.g. the customer's). */
export function useWords<T>(catalogue: Catalogue<T>, language?: Language): T {
  const spoken = useLanguage((s) => s.language);
  return wordsOf(catalogue, language ?? spoken);
}
