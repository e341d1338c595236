import { countSegments, toGsmFriendly } from '../campaigns/sms-text';
import { STOP_LINE, saysStop } from '../campaigns/template';
import { fillIn, READY_TEXTS, type ReadyText } from '../campaigns/templates';
import type { Pair, SuggestionKind } from './suggest';

const KEYS: Readonly<Record<SuggestionKind, string>> = {
  later: 'miss-you',
  lapsed: 'miss-you',
  'one-time': 'new-in',
  birthday: 'birthday',
  regulars: 'thanks',
  new: 'new-in',
  'bought-not': 'try-other',
};

/** The ready-made text a suggestion begins with; the owner changes it as they like. */
export function textFor(kind: SuggestionKind, pair: Pick<Pair, 'x' | 'y'> | null): ReadyText {
  const text = READY_TEXTS.find((t) => t.key === KEYS[kind]);
  if (!text) throw new Error(`no text for ${kind}`);
  return pair === null ? text : fillIn(text, { x: pair.x.name, y: pair.y.name });
}

/** As long as most first names. */
const A_NAME = 'Michelle';

/** Parts one such text takes, about: the shop's own name, a usual first name, the line about stopping. */
export function partsOfText(text: Pick<ReadyText, 'en'>, shopName: string): number {
  const said = text.en.replaceAll('{shop}', shopName).replace(/\{first name[^}]*\}/g, A_NAME);
  const whole = saysStop(said) ? said : `${said} ${STOP_LINE.en}`;
  return countSegments(toGsmFriendly(whole).text).segments;
}
