/** What "your size is in" says unless the owner has other words. No discount: it is news they asked for. Plain letters, one message. */
export const WISH_WORDS = {
  en: '{shop}: {first name|Good news}, {wish} is in! Reply HOLD and we keep it for you for 2 days.',
  es: '{shop}: {first name|Buenas noticias}, ya tenemos {wish}! Responde APARTA y te lo guardamos 2 dias.',
} as const;

/** Words to answer with, as replies are compared, and how many open days it is kept then. */
export const WISH_REPLIES = ['hold', 'aparta'] as const;
export const WISH_HOLD_DAYS = 2;

/** A wish as it stands in a text: "Trail Runner size 8.5". */
export const wishSaid = (w: { item: string; size: string }, language: 'en' | 'es'): string =>
  w.size.trim() === '' ? w.item.trim() : `${w.item.trim()} ${language === 'es' ? 'talla' : 'size'} ${w.size.trim()}`;

/** Two wishes in one text, more than two as the first two: one person reads one line. */
export const wishesSaid = (wishes: readonly { item: string; size: string }[], language: 'en' | 'es'): string =>
  wishes
    .slice(0, 2)
    .map((w) => wishSaid(w, language))
    .join(language === 'es' ? ' y ' : ' and ');
