import { smsName } from '../consent/wording-fit';
import { AppError } from '../errors';
import { isShortener } from '../taps/link';

const LONGEST = 250;

/**
 * A link to a payment page, as staff copied it from the till or the bank: https, in cheap letters, on nobody's shared shortener (carriers
 * filter those, error 30007).
 * @throws AppError pay.bad-link {why: form | shortener}
 */
export function readPayLink(typed: string): string {
  const url = typed.trim();
  if (url.length > LONGEST || !/^https:\/\/(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[\x21-\x7e]*)?$/i.test(url)) {
    throw new AppError('pay.bad-link', { why: 'form' });
  }
  if (isShortener(url)) throw new AppError('pay.bad-link', { why: 'shortener' });
  return url;
}

/** What stands around the link: who speaks, what for, and that coming by works as well. */
export function wordsToPay(p: { shop: string; url: string; language: 'en' | 'es'; held: boolean }): string {
  const who = p.shop === '' ? '' : `${smsName(p.shop)}: `;
  if (p.language === 'es') {
    const what = p.held ? 'Lo tenemos apartado para ti.' : 'Sobre lo que pediste:';
    return `${who}${what} Puedes pagar aqui: ${p.url} O paga cuando vengas.`;
  }
  const what = p.held ? 'We are holding it for you.' : 'About what you asked for:';
  return `${who}${what} You can pay here: ${p.url} Or pay when you come by.`;
}
