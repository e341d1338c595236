import { addDays, daysBetween, instantOf, localTime, shopDay } from '../calendar';
import { toGsmFriendly } from '../campaigns/sms-text';
import type { ShopDay, UtcMs } from '../kernel';
import type { ShopSettings } from '../settings/settings';

type Hours = Pick<ShopSettings, 'hours' | 'closedDays' | 'zone'>;
type Language = 'en' | 'es';

/** A shop closed for longer than this says no day: it would only be wrong. */
const LOOK_AHEAD_DAYS = 60;

const parts = (day: ShopDay): [number, number, number] => day.split('-').map(Number) as [number, number, number];
const weekday = (day: ShopDay): number => {
  const [y, m, d] = parts(day);
  return (new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7;
};
const hoursOn = (shop: Hours, day: ShopDay) => (shop.closedDays.includes(day) ? null : (shop.hours[weekday(day)] ?? null));
const instant = (day: ShopDay, minutes: number, shop: Hours): UtcMs => {
  const [y, m, d] = parts(day);
  return instantOf(shop.zone, y, m, d, Math.floor(minutes / 60), minutes % 60);
};

/** Whether the shop is open now by its own hours and closed days. */
export function shopIsOpen(now: UtcMs, shop: Hours): boolean {
  const day = shopDay(now, shop.zone);
  const hours = hoursOn(shop, day);
  return hours !== null && now >= instant(day, hours.open, shop) && now < instant(day, hours.close, shop);
}

/** When it opens next; null when no hours are set or it is closed for two months. */
export function nextOpening(now: UtcMs, shop: Hours): UtcMs | null {
  const today = shopDay(now, shop.zone);
  for (let n = 0; n <= LOOK_AHEAD_DAYS; n++) {
    const day = addDays(today, n);
    const hours = hoursOn(shop, day);
    if (!hours) continue;
    const at = instant(day, hours.open, shop);
    if (at > now) return at;
  }
  return null;
}

/** The last day on which something asked for today is kept: the nth open day from tomorrow on (closed days do not count). */
export function keptUntil(now: UtcMs, openDays: number, shop: Hours): ShopDay {
  let day = shopDay(now, shop.zone);
  for (let left = openDays, n = 0; left > 0 && n < LOOK_AHEAD_DAYS; n++) {
    day = addDays(day, 1);
    if (hoursOn(shop, day)) left--;
  }
  return day;
}

const WEEKDAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  es: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
};
const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
  es: ['enero', 'febrero', 'marzo', 'abril', 'mayo', 'junio', 'julio', 'agosto', 'septiembre', 'octubre', 'noviembre', 'diciembre'],
};

/** A day as people say it: today, tomorrow, on Friday, on March 3. */
export function sayDay(day: ShopDay, today: ShopDay, language: Language): string {
  const n = daysBetween(today, day);
  if (n === 0) return language === 'es' ? 'hoy' : 'today';
  if (n === 1) return language === 'es' ? 'mañana' : 'tomorrow';
  const [, month, date] = parts(day);
  if (n > 1 && n < 7) return language === 'es' ? `el ${WEEKDAYS.es[weekday(day)]}` : `on ${WEEKDAYS.en[weekday(day)]}`;
  return language === 'es' ? `el ${date} de ${MONTHS.es[month - 1]}` : `on ${MONTHS.en[month - 1]} ${date}`;
}

function sayTime(at: UtcMs, shop: Hours, language: Language): string {
  const { hour, minute } = localTime(at, shop.zone);
  const two = String(minute).padStart(2, '0');
  if (language === 'es') return `a las ${hour}:${two}`;
  const h = hour % 12 === 0 ? 12 : hour % 12;
  return `at ${h}${minute === 0 ? '' : `:${two}`} ${hour < 12 ? 'am' : 'pm'}`;
}

/** "tomorrow at 10 am"; empty when no opening is known. */
export function sayOpening(opens: UtcMs | null, now: UtcMs, shop: Hours, language: Language): string {
  if (opens === null) return '';
  return `${sayDay(shopDay(opens, shop.zone), shopDay(now, shop.zone), language)} ${sayTime(opens, shop, language)}`;
}

const OURS: Readonly<Record<Language, string>> = {
  en: "{shop}: Thanks for your message! We're closed now and will answer when we open {opens}.",
  es: '{shop}: ¡Gracias por tu mensaje! Ahora cerramos; te contestamos cuando abramos {opens}.',
};

/** The owner's words (empty: ours) with the shop's name and its opening, as it leaves: plain GSM-7 where the words allow it. */
export function afterHoursText(words: string, shopName: string, opening: string, language: Language): string {
  const text = (words.trim() || OURS[language])
    .replaceAll('{shop}', shopName)
    .replaceAll('{opens}', opening)
    .replace(/\s+([.,;!?])/g, '$1')
    .replace(/\s{2,}/g, ' ')
    .trim();
  const named = text.toLocaleLowerCase('en').includes(shopName.toLocaleLowerCase('en')) ? text : `${shopName}: ${text}`;
  return toGsmFriendly(named, { foldAccents: true }).text;
}

/** The longest it can become: what the settings check against one text. */
export function longestAfterHours(words: string, shopName: string, language: Language): string {
  return afterHoursText(words, shopName, language === 'es' ? 'el 30 de septiembre a las 10:30' : 'on September 30 at 10:30 am', language);
}
