import { daysBetween, shopDay } from '../calendar';
import { AppError } from '../errors';
import type { UtcMs, Zone } from '../kernel';
import { type TextChange, toGsmFriendly } from './sms-text';

/**
 * Merge fields: `{first name|there}` is replaced per person; what follows the bar is used when nothing is known. A colon says how it is
 * written: `{last item:lower|shoes}`, `{ends:short}`.
 */
export const MERGE_FIELDS = [
  'first name',
  'last item',
  'days since visit',
  'code',
  'ends',
  'staff',
  'shop',
  'phone',
  'link',
  'wish',
  'points',
  'reward',
] as const;
export type MergeField = (typeof MERGE_FIELDS)[number];

/** How words are written: small, as a headline, in capitals, only the first of them. */
export const TEXT_FORMS = ['lower', 'capital', 'upper', 'first'] as const;
/** How a day is written: `11/29`, `Sunday`, `Sunday, November 29`. */
export const DAY_FORMS = ['short', 'day', 'long'] as const;
export type TextForm = (typeof TEXT_FORMS)[number];
export type DayForm = (typeof DAY_FORMS)[number];

/** Which forms a field takes. A code, a link and a number are written in one way only. */
const FORMS: Readonly<Record<MergeField, readonly (TextForm | DayForm)[]>> = {
  'first name': TEXT_FORMS,
  'last item': TEXT_FORMS,
  'days since visit': [],
  code: [],
  ends: DAY_FORMS,
  staff: TEXT_FORMS,
  shop: TEXT_FORMS,
  phone: [],
  link: [],
  wish: TEXT_FORMS,
  points: [],
  reward: TEXT_FORMS,
};

export type TemplateNode = { text: string } | { field: MergeField; fallback: string; form?: TextForm | DayForm };

const FIELD = /\{([^{}|]*)(?:\|([^{}]*))?\}/g;

const loosely = (s: string) => s.trim().toLowerCase().replace(/\s+/g, ' ');

/**
 * Reads a text with merge fields. Field names ignore case and extra spaces; a name or form that does not exist throws
 * `campaign.unknown-field`. A lone brace is an ordinary character.
 */
export function parseTemplate(body: string): TemplateNode[] {
  const nodes: TemplateNode[] = [];
  let end = 0;
  for (const m of body.matchAll(FIELD)) {
    const [name = '', asked, ...rest] = (m[1] ?? '').split(':').map(loosely);
    const field = MERGE_FIELDS.find((f) => f === name);
    const form = field && FORMS[field].find((f) => f === asked);
    if (!field || (asked !== undefined && !form) || rest.length > 0) {
      throw new AppError('campaign.unknown-field', { field: loosely(m[1] ?? '').slice(0, 40) });
    }
    if (m.index > end) nodes.push({ text: body.slice(end, m.index) });
    nodes.push({ field, fallback: (m[2] ?? '').trim(), ...(form ? { form } : {}) });
    end = m.index + m[0].length;
  }
  if (end < body.length) nodes.push({ text: body.slice(end) });
  return nodes;
}

/** Which fields a text uses. */
export const fieldsOf = (nodes: readonly TemplateNode[]): MergeField[] => [
  ...new Set(nodes.flatMap((n) => ('field' in n ? [n.field] : []))),
];

/** What each field says for one person; `endsAs`: the last day, written otherwise. */
export type MergeValues = Readonly<Record<MergeField, string>> & { readonly endsAs?: (form: DayForm) => string };

export interface MergePerson {
  firstName: string;
  lastItem: string | null;
  lastVisitAt: UtcMs | null;
  /** Somebody else has the same number: the greeting drops the name (rules.md §3). */
  sharesNumber: boolean;
  /** Who served them last, as the till writes it; asked for only where a text says it. */
  servedBy?: () => string | null;
  /** What they are looking for and came in, in the language of the words; asked for only where a text says it. */
  wish?: () => string;
  /** What they have collected and what for; asked for only where a text says it. */
  collected?: () => { readonly points: string; readonly reward: string };
}

export interface MergeCampaign {
  shopName: string;
  shopZone: Zone;
  /** As printed (`K7M-4Q9X`), '' without an offer. */
  code: string;
  /** Last instant the offer can be used; null without an offer. */
  offerEndsAt: UtcMs | null;
  now: UtcMs;
  /** The owner's name: who writes to somebody nobody is known to have served. */
  ownerName?: string;
  /** The shop's own number, as the settings have it. */
  shopPhone?: string;
  /** Their own link; '' where there is none. */
  link?: string;
  /** The language these words are written in. */
  language?: 'en' | 'es';
}

/** A till's "WALK IN", an e-mail, a number or mere signs in the name column are nobody's name. */
const NOT_A_NAME = /[\d@/\\{}<>]|^\P{L}*$|^(walk|guest|customer|cliente?|cash|n\.?a\.?|none|unknown|test)\b/iu;

/** How to greet somebody: only the first word, capitals mended when the till shouts or whispers; '' when it is no name. */
export function greetingName(firstName: string): string {
  const name = firstName.trim().split(/\s+/)[0] ?? '';
  if (name.length < 2 || name.length > 20 || NOT_A_NAME.test(firstName.trim())) return '';
  const shouted = name.length > 2 && name === name.toUpperCase();
  const whispered = name === name.toLowerCase();
  // Jean-Paul and O'Brien are two words to whoever bears them
  return shouted || whispered ? name.toLowerCase().replace(/(^|[\p{Pd}'’])\p{L}/gu, (c) => c.toUpperCase()) : name;
}

const DAY_STYLE: Readonly<Record<DayForm | 'usual', Intl.DateTimeFormatOptions>> = {
  usual: { weekday: 'short', month: 'short', day: 'numeric' },
  short: { month: 'numeric', day: 'numeric' },
  day: { weekday: 'long' },
  long: { weekday: 'long', month: 'long', day: 'numeric' },
};
const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The last day an offer can be used, as it stands in a text: `Sun, Nov 29`; in Spanish `dom, 29 de nov`. */
export function endsOn(offerEndsAt: UtcMs, zone: Zone, form: DayForm | 'usual' = 'usual', language: 'en' | 'es' = 'en'): string {
  const key = `${zone} ${form} ${language}`;
  let format = dayFormats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', { timeZone: zone, ...DAY_STYLE[form] });
    dayFormats.set(key, format);
  }
  return format.format(offerEndsAt - 1);
}

/** What each field says for one person; worked out only when asked, for most texts use one or two. */
export function mergeValues(p: MergePerson, c: MergeCampaign): MergeValues {
  return {
    get 'first name'() {
      return p.sharesNumber ? '' : greetingName(p.firstName);
    },
    'last item': p.lastItem ?? '',
    get 'days since visit'() {
      if (p.lastVisitAt === null) return '';
      return String(Math.max(0, daysBetween(shopDay(p.lastVisitAt, c.shopZone), shopDay(c.now, c.shopZone))));
    },
    code: c.code,
    get ends() {
      return c.offerEndsAt === null ? '' : endsOn(c.offerEndsAt, c.shopZone, 'usual', c.language);
    },
    endsAs: (form) => (c.offerEndsAt === null ? '' : endsOn(c.offerEndsAt, c.shopZone, form, c.language)),
    get staff() {
      return greetingName(p.servedBy?.() ?? '') || greetingName(c.ownerName ?? '');
    },
    shop: c.shopName,
    get phone() {
      return tapToCall(c.shopPhone ?? '');
    },
    link: c.link ?? '',
    get wish() {
      return p.wish?.() ?? '';
    },
    get points() {
      return p.collected?.().points ?? '';
    },
    get reward() {
      return p.collected?.().reward ?? '';
    },
  };
}

/** A number as every phone makes it one to tap: `212-555-0134`; others as they were typed. */
export function tapToCall(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^1(?=\d{10}$)/, '');
  return digits.length === 10 && /^[+1\d\s().-]*$/.test(phone)
    ? `${digits.slice(0, 3)}-${digits.slice(3, 6)}-${digits.slice(6)}`
    : phone.trim();
}

const capital = (s: string) => s.replace(/\p{L}/u, (c) => c.toUpperCase());

function written(values: MergeValues, field: MergeField, form: TextForm | DayForm | undefined): string {
  const value = values[field];
  switch (form) {
    case undefined:
      return value;
    case 'lower':
      return value.toLowerCase();
    case 'upper':
      return value.toUpperCase();
    case 'capital':
      return value.toLowerCase().split(' ').map(capital).join(' ');
    case 'first':
      return value.trim().split(/\s+/)[0] ?? '';
    default:
      return values.endsAs?.(form) ?? value;
  }
}

export interface Rendered {
  text: string;
  changes: TextChange[];
  /** Fields that had neither a value nor a fall-back: the gap is closed up. */
  missing: MergeField[];
}

const GAP = '\u0000';

/**
 * The text one person gets. Values are folded to the cheap alphabet (á → a), the owner's own words only where nobody sees it, or not at
 * all where the owner wants them `asTyped`.
 */
export function renderTemplate(
  nodes: readonly TemplateNode[],
  values: MergeValues,
  stopLine: string | null = null,
  asTyped: boolean | 'mail' = false,
): Rendered {
  const changes: TextChange[] = [];
  const missing: MergeField[] = [];
  let text = '';
  for (const node of nodes) {
    const value = 'text' in node ? node.text : written(values, node.field, node.form) || node.fallback;
    const plain = value.split(GAP).join('');
    const friendly =
      asTyped === 'mail' || (asTyped && 'text' in node)
        ? { text: plain.normalize('NFC').replace(/\r\n?/g, '\n'), changes: [] }
        : toGsmFriendly(plain, { foldAccents: 'field' in node });
    changes.push(...friendly.changes);
    if ('field' in node && friendly.text.trim() === '') {
      missing.push(node.field);
      text += GAP;
    } else text += 'field' in node ? friendly.text.replace(/\s+/g, ' ').trim() : friendly.text;
  }
  if (missing.length > 0) text = closeGaps(text);
  text = text.trim();
  if (stopLine !== null && text !== '') text += `\n${stopLine}`;
  return { text, changes: merged(changes), missing };
}

/** "Hi {first name}, …" without a name reads "Hi, …", not "Hi , …". */
function closeGaps(text: string): string {
  return text
    .split(new RegExp(` ?${GAP}(?=[\\s,.;:!?)]|$)`))
    .join('')
    .split(new RegExp(`${GAP} ?`))
    .join('');
}

function merged(changes: readonly TextChange[]): TextChange[] {
  const all = new Map<string, TextChange>();
  for (const c of changes) {
    const seen = all.get(c.from);
    all.set(c.from, seen ? { ...seen, count: seen.count + c.count } : c);
  }
  return [...all.values()];
}

/** How people leave; Spanish avoids á í ó ú, which would make every text dearer. */
export const STOP_LINE = { en: 'Reply STOP to opt out.', es: 'Responde STOP para no recibir mas.' } as const;

/** STOP as the word to answer with: not in NON-STOP or ONE-STOP, nor in STOP BY TODAY or DON'T STOP. */
const STOP_WORD =
  /(?<![\p{L}\p{N}\p{Pd}])(?<!(?:[Nn]['’]?[Tt]|[Nn][Ee][Vv][Ee][Rr]|[Nn][Oo][Nn])\s)STOP(?![\p{L}\p{N}\p{Pd}])(?!\s+(?!(?:TO|PARA|A|AND|Y|OR|O|HELP)\b)\p{Lu}{2,})/u;

/** Whether the owner's own words already say how to leave. */
export const saysStop = (body: string): boolean => STOP_WORD.test(body);

/** Whether it stands there at all: the last look at a confirmation must not keep back one whose words were checked when they were made. */
export const mentionsStop = (body: string): boolean => /\bSTOP\b/.test(body);
