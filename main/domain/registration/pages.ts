import type { ShopDay } from '../kernel';

/**
 * The two pages carriers want to see, as single files that need nothing else: no script, no picture, no font from anywhere. What they
 * have to say: 47 CFR 64.1200 and CTIA 5.1.2 (facts/compliance.md A2), no sharing of opt-in data (TCR 805).
 */
export interface PageFacts {
  readonly shopName: string;
  /** '' = the shop's name is the legal one. */
  readonly legalName: string;
  readonly street: string;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly phone: string;
  readonly email: string;
  readonly website: string;
  readonly promiseMax: number;
  /** Names of the clubs, in the page's language. */
  readonly topics: readonly string[];
  readonly joinWords: readonly string[];
  readonly termsUrl: string | null;
  readonly privacyUrl: string | null;
  readonly day: ShopDay;
  readonly ageGate: boolean;
}
export type PageLanguage = 'en' | 'es';

const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c] as string);

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:17px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;color:#23201b;background:#fbfaf8}
main{max-width:42rem;margin:0 auto;padding:2.5rem 1.25rem 4rem}h1{font-size:1.75rem;line-height:1.25;margin:0 0 .25rem}h2{font-size:1.125rem;margin:2rem 0 .25rem}
p,ul{margin:.5rem 0}.when{color:#635c52;margin-bottom:1.5rem}.key{border-left:4px solid #0b635f;padding:.25rem 0 .25rem 1rem;margin:1rem 0;font-weight:600}
a{color:#0b635f}address{font-style:normal}footer{margin-top:2.5rem;padding-top:1rem;border-top:1px solid #d9d3c8;color:#635c52;font-size:.9375rem}
@media(prefers-color-scheme:dark){body{color:#ece8e1;background:#191714}.when,footer{color:#b0a89b}a{color:#7ccac2}.key{border-color:#4db3ab}footer{border-color:#36322c}}`;

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
  /** The line reviewers look for. */
  readonly key?: string;
}

function document(language: PageLanguage, title: string, when: string, sections: readonly Section[], foot: string): string {
  const body = sections
    .map(
      (s) =>
        `<h2>${safe(s.title)}</h2>\n${s.key ? `<p class="key">${safe(s.key)}</p>\n` : ''}${s.lines.map((l) => `<p>${l}</p>`).join('\n')}`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${safe(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${safe(title)}</h1>
<p class="when">${safe(when)}</p>
${body}
<footer>${foot}</footer>
</main>
</body>
</html>
`;
}

function dated(day: ShopDay, language: PageLanguage): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  return new Intl.DateTimeFormat(language === 'es' ? 'es-US' : 'en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.UTC(y, m - 1, d),
  );
}

const link = (url: string | null, words: string): string => (url === null ? safe(words) : `<a href="${safe(url)}">${safe(words)}</a>`);

/** How to reach the shop, as lines of HTML. */
function contactLines(f: PageFacts): string {
  const place = [f.street, [f.city, [f.region, f.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ')].filter(Boolean);
  const lines = [f.legalName && f.legalName !== f.shopName ? `${f.shopName} (${f.legalName})` : f.shopName, ...place, f.phone, f.email];
  return `<address>${lines.filter(Boolean).map(safe).join('<br>')}</address>`;
}

const listed = (items: readonly string[], and: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;

/** The terms of the text program. */
export function termsPage(f: PageFacts, language: PageLanguage): string {
  const s = safe(f.shopName);
  const n = f.promiseMax;
  const words = f.joinWords.slice(0, 4);
  if (language === 'es') {
    const what = f.topics.length > 0 ? listed(f.topics, 'y').toLowerCase() : 'ofertas y novedades';
    return document(
      'es',
      `Términos de los mensajes de texto de ${f.shopName}`,
      `Vigentes desde el ${dated(f.day, 'es')}`,
      [
        {
          title: 'El programa',
          lines: [
            `${s} envía mensajes de texto de marketing recurrentes (${safe(what)}) a clientes que lo han pedido, y avisa cuando un pedido está listo si lo pediste. Los envía un sistema automatizado.`,
          ],
        },
        {
          title: 'Cómo te apuntas',
          lines: [
            `Tú mismo, en la pantalla o el papel del mostrador${words.length > 0 ? `, o enviando ${safe(listed(words, 'o'))} desde tu celular` : ''}. Dar tu permiso no es requisito de compra.`,
            ...(f.ageGate ? ['Solo para mayores de 21 años: pedimos la fecha de nacimiento completa.'] : ['Solo para mayores de 18 años.']),
          ],
        },
        { title: 'Con qué frecuencia', key: `Hasta ${n} mensajes al mes.`, lines: [] },
        { title: 'Costo', key: 'Pueden aplicar cargos por mensajes y datos.', lines: ['Los cobra tu compañía telefónica según tu plan.'] },
        {
          title: 'Cómo cancelar',
          key: 'Responde STOP a cualquier mensaje y no recibirás más.',
          lines: ['También puedes decirlo en el mostrador, por teléfono o por correo. Te llega un último mensaje que lo confirma.'],
        },
        { title: 'Ayuda', key: 'Responde HELP para recibir ayuda.', lines: [contactLines(f)] },
        {
          title: 'Compañías telefónicas',
          lines: [
            'Las compañías telefónicas no se hacen responsables de mensajes retrasados o no entregados. El servicio depende de tu cobertura.',
          ],
        },
        {
          title: 'Tus datos',
          lines: [`Tu número y tu permiso no se comparten con terceros. Lee nuestro ${link(f.privacyUrl, 'aviso de privacidad')}.`],
        },
      ],
      `${s}. Si cambian estos términos, la fecha de arriba cambia con ellos.`,
    );
  }
  const what = f.topics.length > 0 ? listed(f.topics, 'and').toLowerCase() : 'offers and news';
  return document(
    'en',
    `${f.shopName} text message terms`,
    `In force since ${dated(f.day, 'en')}`,
    [
      {
        title: 'The program',
        lines: [
          `${s} sends recurring marketing text messages (${safe(what)}) to customers who asked for them, and a notice when an order is ready to those who wanted one. They are sent by an automated system.`,
        ],
      },
      {
        title: 'How you join',
        lines: [
          `By your own act: on the sign-up screen or paper form at our counter${words.length > 0 ? `, or by texting ${safe(listed(words, 'or'))} from your own phone` : ''}. Consent is not a condition of purchase.`,
          ...(f.ageGate ? ['For people of 21 or older: we ask for your full date of birth.'] : ['For people of 18 or older.']),
        ],
      },
      { title: 'How often', key: `Message frequency: up to ${n} messages per month.`, lines: [] },
      { title: 'Cost', key: 'Message and data rates may apply.', lines: ['Your phone company charges them by your plan.'] },
      {
        title: 'How to stop',
        key: 'Reply STOP to any message to cancel.',
        lines: ['You can also tell us at the counter, by phone or by e-mail. You get one last message that confirms it.'],
      },
      { title: 'Help', key: 'Reply HELP for help, or reach us here:', lines: [contactLines(f)] },
      { title: 'Carriers', lines: ['Carriers are not liable for delayed or undelivered messages. Delivery depends on your coverage.'] },
      {
        title: 'Your data',
        lines: [`Your number and your consent are not shared with third parties. See our ${link(f.privacyUrl, 'privacy policy')}.`],
      },
    ],
    `${s}. When these terms change, the date above changes with them.`,
  );
}

/** The privacy page of the text program. */
export function privacyPage(f: PageFacts, language: PageLanguage): string {
  const s = safe(f.shopName);
  if (language === 'es') {
    return document(
      'es',
      `Privacidad de los mensajes de texto de ${f.shopName}`,
      `Vigente desde el ${dated(f.day, 'es')}`,
      [
        {
          title: 'No compartimos tu número',
          key: 'Los datos de tu permiso para recibir mensajes (tu número y tu consentimiento) no se comparten con terceros ni se venden, para marketing ni para ningún otro fin.',
          lines: ['Solo los usan las empresas que transmiten los mensajes por nosotros, y solo para transmitirlos.'],
        },
        {
          title: 'Qué guardamos',
          lines: [
            'Tu número, tu nombre si lo diste, tu cumpleaños si lo diste, los temas que elegiste, y cuándo, cómo y con qué palabras diste tu permiso.',
            'Lo que compraste, para que las ofertas te sirvan. Nunca números de tarjeta.',
          ],
        },
        {
          title: 'Para qué',
          lines: [`Para enviarte los mensajes que pediste, hasta ${f.promiseMax} al mes, y para demostrar que los pediste.`],
        },
        { title: 'Dónde', lines: ['En la computadora de la tienda y en sus copias de seguridad.'] },
        {
          title: 'Cuánto tiempo',
          lines: [
            'La prueba de tu permiso, cinco años después del último mensaje. Si dijiste STOP, lo recordamos siempre para no escribirte más.',
          ],
        },
        {
          title: 'Tus derechos',
          lines: [
            'Puedes pedir una copia de tus datos o que los borremos. Para dejar de recibir mensajes, responde STOP.',
            contactLines(f),
          ],
        },
      ],
      `${s}. ${link(f.termsUrl, 'Términos de los mensajes')}.`,
    );
  }
  return document(
    'en',
    `${f.shopName} text message privacy policy`,
    `In force since ${dated(f.day, 'en')}`,
    [
      {
        title: 'We do not share your number',
        key: 'Mobile opt-in data (your number and your consent to receive texts) is not shared with third parties and not sold, for marketing or any other purpose.',
        lines: ['Only the companies that carry the messages for us handle it, and only to deliver them.'],
      },
      {
        title: 'What we keep',
        lines: [
          'Your number, your name if you gave it, your birthday if you gave it, the topics you chose, and when, how and under which words you gave your consent.',
          'What you bought, so that offers are of use to you. Never card numbers.',
        ],
      },
      {
        title: 'What for',
        lines: [`To send you the messages you asked for, up to ${f.promiseMax} a month, and to prove that you asked for them.`],
      },
      { title: 'Where', lines: ['On the computer of the store and in its backups.'] },
      {
        title: 'How long',
        lines: [
          'The proof of your consent for five years after the last message. If you said STOP we remember that for good, so that we never text you again.',
        ],
      },
      {
        title: 'Your rights',
        lines: [
          'You can ask for a copy of your data, or for it to be erased. To stop the messages, reply STOP. Reply HELP for help.',
          contactLines(f),
        ],
      },
    ],
    `${s}. ${link(f.termsUrl, 'Text message terms')}.`,
  );
}
