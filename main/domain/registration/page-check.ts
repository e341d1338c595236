import type { PageKind } from './addresses';

/** What a reviewer looks for on the page. */
export type PageItem = 'shop' | 'program' | 'frequency' | 'rates' | 'stop' | 'help' | 'contact' | 'carriers' | 'no-sharing';

/** Why a page could not be read. */
export type PageTrouble =
  | 'no-address'
  | 'bad-link'
  | 'not-https'
  | 'refused-address'
  | 'unreachable'
  | 'gone'
  | 'sign-in'
  | 'not-a-page'
  | 'too-big'
  | 'too-slow'
  | 'redirects';

export interface PageAnswer {
  readonly trouble: PageTrouble | null;
  /** Each thing looked for, found or not; empty with a trouble. */
  readonly items: { readonly item: PageItem; readonly found: boolean }[];
  /** Almost no words: a page that builds itself in the browser may show them to people, and to no reviewer's tool. */
  readonly thin: boolean;
}

const NEEDED: Readonly<Record<PageKind, readonly PageItem[]>> = {
  terms: ['shop', 'program', 'frequency', 'rates', 'stop', 'help', 'contact', 'carriers'],
  privacy: ['shop', 'no-sharing', 'contact'],
};

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’`]/g, "'")
    .replace(/[^a-z0-9@+.'&/-]+/g, ' ')
    .trim();

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', rsquo: "'", lsquo: "'" };

/** The words a person reads on a page; scripts, styles and comments are none. */
export function wordsOfPage(html: string): string {
  const text = html
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(script|style|noscript|template)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#x([0-9a-f]{1,6});/gi, (_m, hex: string) => codePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});/g, (_m, n: string) => codePoint(Number(n)))
    .replace(/&([a-z])(?:acute|grave|tilde|uml|circ|cedil|ring|caron);/gi, '$1') // accents are dropped anyway
    .replace(/&([a-z]+);/gi, (all, name: string) => ENTITIES[name.toLowerCase()] ?? all);
  return plain(text);
}

const codePoint = (n: number): string => (n > 0 && n <= 0x10ffff && (n < 0xd800 || n > 0xdfff) ? String.fromCodePoint(n) : ' ');

const TESTS: Readonly<Record<Exclude<PageItem, 'shop' | 'contact' | 'no-sharing'>, RegExp>> = {
  program: /\b(text|texts|texting|sms|mensajes? de texto|textos?)\b/,
  frequency: /\b(up to \d+|frequency|messages? (a|per|each|every) month|msgs?\/(mo|month)|hasta \d+|frecuencia|al mes|por mes)\b/,
  rates: /\b(msg|message|messaging)s? ?(&|and) ?data rates?\b|\b(cargos|tarifas)( [a-z]+)? (por|de) mensajes y datos\b/,
  stop: /\bstop\b/,
  help: /\bhelp\b/,
  carriers:
    /\bcarriers? (are|is) not liable\b|\bcarriers? (shall|will) not be (held )?(liable|responsible)\b|\bcompanias? (telefonicas? )?no (se hacen responsables|son responsables)\b|\boperador(as|es)? no (son|se hacen) responsables?\b/,
};

/** A sentence that says numbers and permissions go to nobody else. "We may share with third parties" is none. */
function saysNoSharing(words: string): boolean {
  const third = '(?:third[ -]part(?:y|ies)|anyone else|other companies|terceros|otras empresas)';
  const give = String.raw`(?:shar(?:e|ed|ing)|s(?:ell|old)|rent(?:ed)?|disclosed?|transferred|compart\w+|vend\w+|ced\w+)`;
  const no = '(?:not|never|no|nunca|jamas)';
  const forward = new RegExp(String.raw`\b${no}\b[^.]{0,60}\b${give}\b[^.]{0,90}\b${third}`);
  const nobody = new RegExp(String.raw`\bno ${third}\b[^.]{0,60}\b${give}\b`);
  return forward.test(words.replace(/n't/g, ' not')) || nobody.test(words);
}

export interface PageFacts {
  readonly shopName: string;
  readonly phone: string;
  readonly email: string;
}

/** What of the needed lines stands on a page. */
export function judgePage(kind: PageKind, html: string, facts: PageFacts): PageAnswer {
  const words = wordsOfPage(html);
  const digits = html.replace(/<[^>]*>/g, ' ').replace(/\D+/g, '');
  const phone = facts.phone.replace(/\D/g, '').slice(-10);
  const name = plain(facts.shopName);
  const has: Readonly<Record<PageItem, boolean>> = {
    ...(Object.fromEntries(Object.entries(TESTS).map(([k, r]) => [k, r.test(words)])) as Record<keyof typeof TESTS, boolean>),
    shop: name !== '' && words.includes(name),
    contact:
      (facts.email !== '' && words.includes(plain(facts.email))) ||
      (phone.length >= 7 && digits.includes(phone)) ||
      /[\w.+-]+@[\w-]+\.[a-z]{2,}/.test(words),
    'no-sharing': saysNoSharing(words),
  };
  return { trouble: null, items: NEEDED[kind].map((item) => ({ item, found: has[item] })), thin: words.length < 200 };
}

/** Everything needed is there. */
export const isPageFine = (a: PageAnswer): boolean => a.trouble === null && a.items.every((i) => i.found);
export const troubled = (trouble: PageTrouble): PageAnswer => ({ trouble, items: [], thin: false });
