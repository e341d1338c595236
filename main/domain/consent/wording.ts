import { toGsmFriendly } from '../campaigns/sms-text';
import { sha256Hex } from './hmac';
import { CLUB_CONFIRMATION, DEFAULT_WORDING } from './wording-defaults';
import { bareSite, contactsOf, firstThatFits, smsName, withHint } from './wording-fit';

/**
 * Every word we use to ask for, confirm or end a permission. Shown or said: `sign-up` (the box on screen and paper), `sign` (cards
 * and posters with a JOIN word), `spoken` (what staff read aloud). Sent as a
 * text: the other four, each within one GSM-7 message for a shop name of 20 letters. A shop may write its own (db/queries/wordings);
 * the exact text shown is stored by its hash, so old evidence keeps its own words.
 */
export const WORDING_KINDS = ['sign-up', 'sign', 'spoken', 'confirmation', 'double-opt-in', 'help', 'stop-confirmation'] as const;
export type WordingKind = (typeof WORDING_KINDS)[number];
export type Language = 'en' | 'es';

/** Kinds that leave as a text message and are counted in segments. */
export type TextKind = 'confirmation' | 'double-opt-in' | 'help' | 'stop-confirmation';
const TEXT_KINDS: ReadonlySet<WordingKind> = new Set(['confirmation', 'double-opt-in', 'help', 'stop-confirmation']);
export const isTextKind = (kind: WordingKind): kind is TextKind => TEXT_KINDS.has(kind);

export interface WordingShop {
  name: string;
  phone: string;
  email: string;
  website: string;
}
export interface Wording {
  kind: WordingKind;
  language: Language;
  version: number;
  text: string;
  /** SHA-256 of the text, hex. */
  hash: string;
}

/** What a sign shows beside the shop's own data. */
export interface SignFacts {
  /** JOIN word printed on it. */
  word?: string;
  /** The shop's texting number as people read it. */
  number?: string;
  /** Names of the topics now offered, in the wording's language. */
  topics?: readonly string[];
}
/** A shop's own version of a wording; null = ours. */
export interface OwnWording {
  template: string;
  version: number;
}

/** The shop's own versions count from here, ours stay below. */
export const OWN_VERSIONS_FROM = 101;

const PLACEHOLDERS = ['shop', 'n', 'contact', 'terms', 'privacy', 'word', 'number', 'topics'] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];
const FIELD = /\{\s*([^{}]*?)\s*\}/g;

/** Names in braces that are no placeholder: a slip of the pen that would stand in the text as it is. */
export const unknownPlaceholders = (template: string): string[] =>
  [...template.matchAll(FIELD)].map((m) => m[1] ?? '').filter((f) => !(PLACEHOLDERS as readonly string[]).includes(f));

const ASK = { en: 'ask at the counter.', es: 'pregunta en el mostrador.' } as const;

/** Fills a template. What is not known yet (a sign without a number) stays visible as a gap. */
function fill(template: string, v: Readonly<Record<Placeholder, string>>): string {
  return template.replace(FIELD, (whole, name: string) =>
    (PLACEHOLDERS as readonly string[]).includes(name) ? v[name as Placeholder] : whole,
  );
}

/**
 * A wording with the shop's name, contact and promise (texts per calendar month) filled in: the shop's own words, else ours. Texts
 * are put into the carriers' alphabet; of ours the fullest form that fits one message is taken, and LESS and PREFS are told where
 * there is room.
 */
export function wordingOf(
  kind: WordingKind,
  language: Language,
  shop: WordingShop,
  promiseMax: number,
  more: SignFacts & { own?: OwnWording | null; club?: string | undefined } = {},
): Wording {
  const ours = DEFAULT_WORDING[kind][language];
  const templates = more.own ? [more.own.template] : [...clubTemplates(kind, language, more.club), ...ours.templates];
  const sms = isTextKind(kind);
  const site = bareSite(shop.website);
  const values = (contact: string): Record<Placeholder, string> => ({
    shop: sms ? smsName(shop.name) : shop.name,
    n: String(promiseMax),
    contact,
    terms: site ? `${site}/terms` : ASK[language],
    privacy: site ? `${site}/privacy` : ASK[language],
    word: more.word ?? '…',
    number: more.number ?? '…',
    topics: listOf(more.topics ?? [], language),
  });
  const contacts = contactsOf(shop, language);
  let text: string;
  if (sms) {
    const said = templates.flatMap((t) => contacts.map((c) => toGsmFriendly(fill(t, values(c)), { foldAccents: true }).text));
    text = firstThatFits(said);
    if (kind === 'confirmation' || kind === 'help') text = withHint(text, language);
  } else text = fill(templates[0] ?? '', values(contacts[0] ?? '')).normalize('NFC');
  return { kind, language, version: more.own?.version ?? ours.version, text, hash: sha256Hex(text) };
}

/** Who joined by the word of a club is told its name, where that fits one message. */
const clubTemplates = (kind: WordingKind, language: Language, club: string | undefined): string[] =>
  kind === 'confirmation' && club ? CLUB_CONFIRMATION[language].map((t) => t.replace('{club}', () => club.replace(/[{}]/g, ''))) : [];

/** "offers, news and events", or what every shop sends when it has no topics. */
function listOf(topics: readonly string[], language: Language): string {
  if (topics.length === 0) return language === 'es' ? 'ofertas y novedades' : 'offers and news';
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(topics.map((t) => t.toLocaleLowerCase(language)));
}
