import { normaliseReply } from '../consent/reply-normal';

/** The number of a choice and nothing else: "2", "2.", "#2", "2 please". */
export function choiceIn(body: string): number | null {
  const m = /^\s*(?:#|no\.?\s*)?([1-9])\s*[.)!]?\s*(?:please|pls|thanks|por favor|gracias)?\s*[.!]?\s*$/i.exec(body);
  return m ? Number(m[1]) : null;
}

/** The e-mail address inside a text, as written; null when there is none or more than one. */
export function emailIn(body: string): string | null {
  const found = body.match(/[^\s<>,;:()[\]"']{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,24}/gi) ?? [];
  return found.length === 1 ? (found[0] ?? null) : null;
}

const WHYS: readonly (readonly ['too-many' | 'not-for-me' | 'other', RegExp])[] = [
  [
    'too-many',
    /^(?:way |just |they were |it was |son |eran )*(?:too many|too much|too often|demasiad[oa]s|muchos)(?: (?:texts|messages|mensajes|textos))?$/,
  ],
  [
    'not-for-me',
    /^(?:it was |they were |its |just |no )*(?:not for me|not my style|not interested|no (?:son|era|eran|es) para mi|no me interesan?)$/,
  ],
  ['other', /^(?:other|another reason|something else|otra|otra (?:causa|razon)|otro)$/],
];

/** Why somebody left, as answered to our question: its number or its words. */
export function whyIn(body: string): 'too-many' | 'not-for-me' | 'other' | null {
  const n = /^\s*(?:#|no\.?\s*)?([123])(?:\s*[.)!]|\s+(?:too many|not for me|other|demasiad|no son|otra).*)?\s*$/i.exec(body)?.[1];
  if (n !== undefined) return WHYS[Number(n) - 1]?.[0] ?? null;
  const normal = normaliseReply(body);
  return WHYS.find(([, words]) => words.test(normal))?.[0] ?? null;
}

const SPANISH =
  /\b(?:por favor|gracias|ayuda|hola|quiero|quieren|mensajes?|textos?|numero|lista|ya|mas|menos|manden?|envien|escriban|dejen|paren|basta|baja|cancelar|salir|quitenme|borrenme|preferencias|opciones|tienen|cuanto|cuando|donde|abren|cierran|talla|tienda|equivocado|ustedes|esto|estan|hay|para|puedo|apartame|guardame)\b/g;
const ENGLISH =
  /\b(?:the|you|your|please|texts?|messages?|my|me|is|are|do|have|what|when|where|how|can|stop|remove|want|this|these|thanks|hold|size|open|dont|list|number)\b/g;

/** Whether a text is written in Spanish: more of its words than of English ones. Decides the language of an answer to it. */
export function writesSpanish(body: string): boolean {
  const normal = normaliseReply(body);
  return (normal.match(SPANISH)?.length ?? 0) > (normal.match(ENGLISH)?.length ?? 0);
}
