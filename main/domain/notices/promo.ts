/**
 * Promotional words in a text that must have none: a service text with a single line of advertisement is marketing (facts/compliance.md
 * A1, rules.md §1). Lists are our own, English and Spanish; labelled examples: test/domain/notices-promo.test.ts.
 */
export const PROMO_WHYS = ['percent', 'price', 'discount', 'sale', 'gift', 'code', 'news', 'invitation', 'hurry', 'more'] as const;
export type PromoWhy = (typeof PROMO_WHYS)[number];

export interface Promo {
  why: PromoWhy;
  /** The words, as they were written. */
  found: string;
}

/** The same text without accents and capitals, letter for letter, so that what is found can be shown as it was typed. */
const folded = (text: string): string =>
  [...text.normalize('NFC')].map((c) => (c.normalize('NFD')[0] ?? c).toLowerCase().slice(0, 1).padEnd(c.length, ' ')).join('');

/** Whole words only; what follows `~` in a list is taken as it stands. */
const words = (...list: string[]): RegExp => new RegExp(`(?<![\\p{L}\\p{N}])(?:${list.join('|')})(?![\\p{L}\\p{N}])`, 'u');

/** What a shop owes somebody is no gift: taken out before anything is looked for, length kept. */
const OWED = words(
  'free of charge',
  '(?:for )?free (?:of cost )?(?:repairs?|replacements?|inspections?|check(?:-?ups?)?|fix|part|return(?:s| label)?|shipping label|remed(?:y|ies))',
  '(?:repair|replace|inspect|check|fix|exchange|swap) (?:it|them|yours) (?:for )?free',
  '(?:repair|replacement|inspection|exchange|return)s? (?:is|are) free',
  '(?:full )?(?:refund|money back)(?: of (?:the )?(?:full |purchase )*price)?',
  '(?:full |purchase )+price',
  '(?:a )?new (?:one|ones|pair|part|parts|battery|charger|pickup (?:date|time|day)|date|time|day|address|phone number)',
  'new (?:opening )?hours',
  '(?:point|bill|date|terms|proof|day) of sale',
  'stop[- ]sale',
  '(?:was|were|is|are|been) (?:taken )?off sale',
  '(?:no longer|not) (?:for|on) sale',
  'new (?:york|jersey|mexico|orleans|haven|hampshire|england|zealand|balance|era|look)',
  'sin (?:costo|cargo|coste)',
  '(?:reparacion|cambio|reemplazo|revision|devolucion)(?:es)? gratis',
  '(?:lo|la|los|las)? ?(?:reparamos|cambiamos|revisamos|arreglamos) gratis',
  '(?:uno|una|par|pieza|fecha|hora|horario|direccion|telefono) nuev[oa]',
  'nuev[oa] (?:pieza|fecha|hora|horario|direccion|telefono|par)',
  'nuev[oa] (?:york|jersey|mexico|orleans|balance)',
  '(?:fecha|punto|comprobante|dia) de venta',
  'ya no (?:esta )?a la venta',
  'reembolso(?: (?:completo|total|del precio))*',
);

const MONEY = String.raw`(?:us)?\s?[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:dollars?|bucks|usd|eur|euros?|dolares|pesos|cents|centavos|¢)(?![\p{L}])`;

const SIGNS: readonly (readonly [PromoWhy, RegExp])[] = [
  ['percent', /\d+\s?%|%\s?(?:off|de)|(?<![\p{L}])(?:\d+|ten|twenty|thirty|fifty) ?(?:percent|per cent|por ?ciento)(?![\p{L}])/u],
  [
    'code',
    words(
      '(?:use|enter|with|show|mention|usa|con|muestra|menciona)(?: (?:the|this|your|el|este|tu))? (?:promo |offer |discount )?(?:code|coupon|codigo|cupon)',
      'promo(?:tion(?:al)?)? codes?',
      'coupons?',
      'vouchers?',
      'cupon(?:es)?',
    ),
  ],
  [
    'discount',
    words(
      'discount(?:s|ed)?',
      '(?:half|half-) ?price',
      '(?:\\d+|half) off',
      'mark(?:ed)?[- ]?downs?',
      'price (?:drop|cut)s?',
      '(?:reduced|special|low(?:er|est)?|best) prices?',
      'save (?:up to|big|now|today|on|money|\\$?\\d+)',
      'savings',
      'bogo',
      'buy (?:one|two|1|2)[, ]+get',
      '2 (?:for|x) ?1',
      'two for one',
      'descuentos?',
      'rebajas?',
      'rebajad[oa]s?',
      'ahorra(?:s|r)?',
      'mitad de precio',
      'precios? (?:especial(?:es)?|bajos?|rebajad\\p{L}*)',
      'dos por uno',
      '2x1',
      '3x2',
    ),
  ],
  [
    'sale',
    words(
      '(?:on|for) sale',
      '(?:big|huge|summer|winter|spring|fall|holiday|clearance|flash|end[- ]of[- ]season|weekend|our|the|a|annual|private|special) sale',
      'sale (?:ends?|starts?|now|today|is on|prices?|items?|event)',
      'sales? event',
      'clearance',
      'black friday',
      'cyber monday',
      '(?:special|great|best|limited|exclusive|our|this|an?|new) (?:offer|deal)s?',
      'offers?',
      'deals?',
      'promo(?:tion)?s?',
      'bargains?',
      'ofertas?',
      'promocion(?:es)?',
      'promo',
      'gangas?',
      'liquidacion(?:es)?',
      'buen fin',
      'venta (?:especial|nocturna|de (?:verano|invierno|liquidacion|fin de semana))',
    ),
  ],
  [
    'gift',
    words(
      'free (?:gifts?|samples?|coffee|drinks?|shipping|pair|socks|item|with|when|for you|entry|\\p{L}+)',
      'for free',
      'gifts?',
      'giveaways?',
      'prizes?',
      'win (?:a|an|one|big)',
      'rewards?',
      '(?:double|bonus|extra|earn|triple) points',
      'bonus',
      'on us',
      'complimentary',
      'gratis',
      'regal(?:o|os|amos)',
      'premios?',
      'sorteos?',
      'gana(?:r)? (?:un|una|puntos)',
      'puntos (?:dobles|extra)',
      'recompensas?',
      'cortesia',
    ),
  ],
  [
    'news',
    words(
      'new (?:arrivals?|collections?|styles?|stock|season|products?|items?|colou?rs?|models?|in|line|releases?|menu|favou?rites?|shipment|delivery|this (?:week|month|season)|\\p{L}+s)',
      '(?:brand|all|something|what.?s)[- ]new',
      'just (?:in|arrived|landed|dropped)',
      'now in (?:stock|store)',
      'back in stock',
      'introducing',
      'launch(?:es|ing)?',
      'coming soon',
      'sneak peek',
      'first pick',
      'nuev[oa]s? (?:coleccion(?:es)?|temporada|modelos?|estilos?|productos?|llegadas?|colores|linea|menu)',
      'nuev[oa]s \\p{L}+',
      'novedad(?:es)?',
      'recien llegad[oa]s?',
      'acaba(?:n)? de llegar',
      'lanzamiento',
      'de vuelta en (?:la )?tienda',
    ),
  ],
  [
    'invitation',
    words(
      'come (?:and )?(?:see|shop|check|browse|try|visit|look|discover|explore|celebrate)(?! (?:if|whether|us (?:for|about) (?:it|this|the)))',
      'check out',
      'shop (?:now|online|today|our|the|with|early)',
      'buy (?:now|today|yours|one|more)',
      'order (?:now|today|yours)(?! (?:is|was|has))',
      'take a look at our',
      'have you seen',
      'treat yourself',
      'you.?ll love',
      'stop by (?:and|to) (?:see|shop|browse|check|try)',
      'visit (?:our )?(?:website|shop|store|us) (?:to|and|for) (?:see|shop|browse|find|discover|our)',
      'join (?:us|our|the club)',
      'you.?re invited',
      'party',
      'event',
      'follow us',
      'like us',
      'leave (?:us )?a review',
      'review us',
      'rate us',
      'tell (?:a|your) friends?',
      'refer a friend',
      'sign up',
      'book now',
      'ven (?:a|y) (?:ver|conocer|comprar|probar|descubrir|visitar)(?!nos (?:por|para))',
      'compra (?:ya|hoy|ahora|en linea)',
      'pide (?:ya|hoy)',
      'aprovecha',
      'descubre',
      'te (?:va|van) a encantar',
      'te invitamos',
      'conoce (?:nuestr\\p{L}+|la|los|las|el)',
      'siguenos',
      'dejanos (?:una|tu) (?:resena|opinion)',
      'fiesta',
      'evento',
      'unete',
    ),
  ],
  [
    'hurry',
    words(
      'limited (?:time|edition|stock|quantit(?:y|ies))',
      'last chance',
      'hurry',
      'don.?t (?:miss|wait)',
      'while (?:stocks?|supplies|they) lasts?',
      '(?:today|this (?:week|weekend)|now) only',
      'only (?:today|this (?:week|weekend))',
      'ends (?:soon|today|tonight|sunday)',
      'act (?:now|fast)',
      'exclusive(?:ly)?',
      'vip',
      'ultima oportunidad',
      'no te lo pierdas',
      'por tiempo limitado',
      'solo (?:hoy|este fin de semana|esta semana)',
      'hasta agotar existencias',
      'date prisa',
      'corre',
      'exclusiv[oa]s?',
    ),
  ],
  [
    'more',
    words(
      'while you.?re (?:here|there|at it|in)',
      'also (?:in store|available|check|try|have)',
      'we also (?:have|carry|sell|got)',
      'ask (?:us )?about our',
      'goes (?:great|well|perfectly) with',
      'pairs (?:well|nicely)',
      'perfect (?:gift|for your|with)',
      'lots more',
      'much more',
      'and more',
      'best[- ]?sellers?',
      'favou?rites',
      'y mucho mas',
      'tambien tenemos',
      'combina (?:bien|perfecto)',
      'pregunta por nuestr\\p{L}+',
      'ya que vienes',
      'los mas vendidos',
    ),
  ],
  ['price', new RegExp(MONEY, 'u')],
];

/** Everything promotional in a text, one for each reason, in the order it stands there. */
export function promosIn(text: string): Promo[] {
  const typed = text.normalize('NFC');
  let plain = folded(typed);
  plain = plain.replace(new RegExp(OWED.source, 'gu'), (run) => '_'.repeat(run.length));
  const found: (Promo & { at: number })[] = [];
  for (const [why, sign] of SIGNS) {
    const m = sign.exec(plain);
    if (m) found.push({ why, found: typed.slice(m.index, m.index + m[0].length).trim(), at: m.index });
  }
  return found.sort((a, b) => a.at - b.at).map(({ why, found: w }) => ({ why, found: w }));
}

/** The first of them; null = the text says nothing but what it is about. */
export const promoIn = (text: string): Promo | null => promosIn(text)[0] ?? null;
