import { smsName } from '../consent/wording-fit';
import { countSegments, LONGEST_TEXT, toGsmFriendly } from './sms-text';
import { fieldsOf, parseTemplate, saysStop } from './template';
import { bannedIn, loudSigns, offersSomething, shortLinkIn, shouts } from './text-signs';

/** `stop` keeps the campaign from leaving; `warn` is said and left to the owner. */
export interface Check {
  code: CheckCode;
  level: 'stop' | 'warn';
  /** The words that gave rise to it. */
  found?: string;
}
export const CHECK_CODES = [
  'empty-text',
  'unknown-field',
  'no-points',
  'no-links',
  'who-speaks',
  'no-stop-line',
  'short-link',
  'banned-trade',
  'nothing-in-it',
  'shouting',
  'loud-signs',
  'many-parts',
  'too-long',
  'code-without-offer',
  'offer-without-code',
  'no-people',
  'no-group',
  'not-connected',
  'not-approved',
  'no-sender',
  'over-limit',
  'sales-behind',
  'absence-at-carrier',
  'offer-ends-first',
  'step-offer-ends-first',
  'offer-put-away',
  'country',
  'mail-empty',
  'mail-long-subject',
  'mail-not-connected',
  'mail-no-postal',
  'mail-several-days',
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

export interface TextToCheck {
  body: string;
  shopName: string;
  addStopLine: boolean;
  hasOffer: boolean;
  /** Links of the shop's own can be given (a link source is connected). */
  hasLinks?: boolean;
  /** The shop keeps points or punches (services/loyalty). */
  hasPoints?: boolean;
  /** The longest text anybody gets. */
  longest: string;
}

const plain = (s: string) =>
  toGsmFriendly(s, { foldAccents: true })
    .text.normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Whether the words say who is speaking, however it is accented, capitalised, hyphenated or spelled for the carriers' alphabet. */
export const namesShop = (body: string, shopName: string): boolean =>
  [shopName, smsName(shopName)].some((n) => plain(n) !== '' && ` ${plain(body)} `.includes(` ${plain(n)} `));

/** What is wrong with the words themselves, in the order an owner should mend it. */
export function checkText(t: TextToCheck): Check[] {
  const out: Check[] = [];
  const add = (code: CheckCode, level: Check['level']) => out.push({ code, level });
  if (t.body.trim() === '') return [{ code: 'empty-text', level: 'stop' }];
  let fields: string[];
  try {
    fields = fieldsOf(parseTemplate(t.body));
  } catch {
    return [{ code: 'unknown-field', level: 'stop' }];
  }
  if (!fields.includes('shop') && !namesShop(t.body, t.shopName)) add('who-speaks', 'stop');
  if (!t.addStopLine && !saysStop(t.body)) add('no-stop-line', 'warn');
  const link = shortLinkIn(t.body);
  if (link !== null) out.push({ code: 'short-link', level: 'stop', found: link });
  const banned = bannedIn(t.body);
  if (banned) out.push({ code: 'banned-trade', ...banned });
  if (!t.hasOffer && !fields.includes('reward') && !offersSomething(t.body)) add('nothing-in-it', 'warn');
  if (shouts(t.body)) add('shouting', 'warn');
  const loud = loudSigns(t.body);
  if (loud !== null) out.push({ code: 'loud-signs', level: 'warn', found: loud });
  const count = countSegments(t.longest);
  if (t.longest.length > LONGEST_TEXT) add('too-long', 'stop');
  else if (count.segments > 2) add('many-parts', 'warn');
  if (fields.includes('link') && !t.hasLinks) add('no-links', 'stop');
  if ((fields.includes('points') || fields.includes('reward')) && !t.hasPoints) add('no-points', 'stop');
  if (fields.includes('code') && !t.hasOffer) add('code-without-offer', 'stop');
  if (fields.includes('ends') && !t.hasOffer && !fields.includes('code')) add('code-without-offer', 'stop');
  if (t.hasOffer && !fields.includes('code')) add('offer-without-code', 'warn');
  return out;
}
