import { toGsmFriendly } from '../campaigns/sms-text';
import { firstThatFits, smsName } from '../consent/wording-fit';
import { sayDay } from '../inbox/after-hours';
import type { ShopDay } from '../kernel';
import { promoIn } from '../notices/promo';
import type { OrderKind } from './order';

type Language = 'en' | 'es';

export interface OrderText {
  shop: string;
  kind: OrderKind;
  what: string;
  size: string;
  ref: string;
  /** `ready`: it has come; `reminder`: it still waits. */
  about: 'ready' | 'reminder';
  /** The last day it is kept; null = none was told. */
  until: ShopDay | null;
  today: ShopDay;
  /** A week's hours in one line; '' = none set. */
  hours: string;
  language: Language;
}

const NOUN: Readonly<Record<Language, Readonly<Record<OrderKind, string>>>> = {
  en: { 'special-order': 'special order', hold: 'item on hold', 'lay-away': 'lay-away', repair: 'repair' },
  es: { 'special-order': 'pedido', hold: 'apartado', 'lay-away': 'apartado a plazos', repair: 'arreglo' },
};

/** What was ordered, as it may stand in a text: short, and nothing in it that would make a service text an advertisement. */
function thingOf(o: OrderText): string {
  const size = o.size.trim() === '' ? '' : o.language === 'es' ? ` talla ${o.size.trim()}` : ` size ${o.size.trim()}`;
  const thing = `${o.what.trim().slice(0, 60)}${size}`.trim();
  return promoIn(thing) === null ? thing : '';
}

/**
 * The text about somebody's own order: what it is, that it is here, what to do next. Nothing else may stand in it (rules.md §1: a single
 * promotional line makes it marketing). As much of it as fits one message.
 */
export function orderText(o: OrderText): string {
  const plain = (t: string) => toGsmFriendly(t, { foldAccents: true }).text;
  const shop = smsName(o.shop);
  const noun = NOUN[o.language][o.kind];
  const thing = thingOf(o);
  const what = thing === '' ? noun : `${noun} (${thing})`;
  const until = o.until === null ? null : sayDay(o.until, o.today, o.language);
  const es = o.language === 'es';
  const news = es
    ? o.about === 'ready'
      ? `tu ${what} ya está aquí.`
      : until === null
        ? `tu ${what} sigue aquí para ti.`
        : `guardamos tu ${what} hasta el cierre, ${until}.`
    : o.about === 'ready'
      ? `your ${what} is ready to pick up.`
      : until === null
        ? `your ${what} is still here for you.`
        : `we keep your ${what} until closing ${until}.`;
  const say = es ? `Di ${o.ref} al recogerlo.` : `Say ${o.ref} when you come.`;
  const kept = o.about === 'ready' && until !== null ? (es ? ` Lo guardamos hasta ${until}.` : ` We keep it until ${until}.`) : '';
  const hours = o.hours === '' ? '' : es ? ` Abrimos ${o.hours}.` : ` Open ${o.hours}.`;
  const stop = es ? ' STOP: no recibir más.' : ' Reply STOP to opt out.';
  return firstThatFits(
    [`${shop}: ${news} ${say}${kept}${hours}${stop}`, `${shop}: ${news} ${say}${kept}${stop}`, `${shop}: ${news} ${say}${stop}`].map(plain),
  );
}
