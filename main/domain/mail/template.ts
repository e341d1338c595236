/** What stands below the words of a mail with an offer. */
export interface MailCard {
  /** "20 % off boots". */
  offer: string;
  /** As printed: K7M-4Q9X. */
  code: string;
  /** "Sun, Nov 29", in the language of the mail; null = no last day. */
  until: string | null;
}

export interface MailParts {
  shop: string;
  /** The shop's postal address, line by line (CAN-SPAM, 15 U.S.C. 7704(a)(5)). */
  postal: readonly string[];
  phone: string;
  language: 'en' | 'es';
  subject: string;
  /** The owner's words, filled in: paragraphs are parted by an empty line. */
  body: string;
  card: MailCard | null;
  /** mailto: link; null for what nobody can leave (a test, word about an order). */
  unsubscribe: string | null;
  /** Word about their own order or purchase says so; offers say that they were asked for. */
  kind: 'marketing' | 'service' | 'test';
}

const WORDS = {
  en: {
    code: 'Your code',
    show: 'Show it at the counter.',
    until: (day: string) => `Good until ${day}.`,
    why: {
      marketing: (shop: string) => `You get this because you asked ${shop} for news by e-mail.`,
      service: (shop: string) => `This is about something you bought or ordered at ${shop}.`,
      test: (shop: string) => `A test from ${shop}’s own computer.`,
    },
    unsubscribe: 'Unsubscribe',
    stop: 'or answer with the word STOP',
  },
  es: {
    code: 'Tu código',
    show: 'Muéstralo en la caja.',
    until: (day: string) => `Vale hasta el ${day}.`,
    why: {
      marketing: (shop: string) => `Recibes este correo porque pediste noticias de ${shop}.`,
      service: (shop: string) => `Es sobre algo que compraste o encargaste en ${shop}.`,
      test: (shop: string) => `Una prueba desde la computadora de ${shop}.`,
    },
    unsubscribe: 'Darme de baja',
    stop: 'o responde con la palabra STOP',
  },
} as const;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (s: string): string => s.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** Addresses of web pages in the owner's words become links; only https, and never with somebody else's name on them. */
function linked(text: string): string {
  return escaped(text).replace(
    /\bhttps:\/\/[^\s<>"']+[^\s<>"'.,;:!?)]/g,
    (url) => `<a class="a" href="${url}" style="color:#0b635f;text-decoration:underline">${url.replace(/^https:\/\//, '')}</a>`,
  );
}

const paragraphs = (body: string): string[] =>
  body
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .map((p) => p.trim())
    .filter((p) => p !== '');

/** Mail programs that show plain words break no lines: so wide (RFC 3676 §4.2), and an address of a page is never cut. */
const TEXT_WIDTH = 74;

function wrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const out: string[] = [];
      for (const word of line.trimEnd().split(/ +/)) {
        const last = out.at(-1);
        if (last !== undefined && [...last].length + 1 + [...word].length <= TEXT_WIDTH) out[out.length - 1] = `${last} ${word}`;
        else out.push(word);
      }
      return out.join('\n');
    })
    .join('\n');
}

/** The mail as plain words: what people read who read mails that way, and what filters compare with the HTML. */
export function mailText(m: MailParts): string {
  const w = WORDS[m.language];
  const card =
    m.card === null
      ? []
      : [
          [m.card.offer, `${w.code}: ${m.card.code}`, [w.show, ...(m.card.until === null ? [] : [w.until(m.card.until)])].join(' ')].join(
            '\n',
          ),
        ];
  const foot = [
    '-- ',
    m.shop,
    ...m.postal,
    ...(m.phone === '' ? [] : [m.phone]),
    '',
    wrapped(w.why[m.kind](m.shop)),
    ...(m.unsubscribe === null ? [] : [`${w.unsubscribe}: ${m.unsubscribe}`, `(${w.stop})`]),
  ].join('\n');
  return [...paragraphs(m.body).map(wrapped), ...card.map(wrapped), `${foot}\n`].join('\n\n');
}

/** A short line of an address stays in one piece, however narrow the page is. */
const together = (s: string): string => (s.length <= 32 ? `<span style="white-space:nowrap">${escaped(s)}</span>` : escaped(s));

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/**
 * The mail as people see it: one column, the shop's name, the words, the code on a card, the foot. Tables and inline styles, for that is
 * what every mail program draws; a dark dress for those that ask for one, colours that survive the others' own inversion. Nothing in it
 * is fetched from anywhere: no pictures, no fonts, no counting of who opened it.
 */
export function mailHtml(m: MailParts): string {
  const w = WORDS[m.language];
  const body = paragraphs(m.body)
    .map((p, i, all) => {
      const below = i === all.length - 1 && m.card === null ? 0 : 16;
      return `<p class="t" style="margin:0 0 ${below}px;color:#23201b">${linked(p).replace(/\n/g, '<br>')}</p>`;
    })
    .join('\n');
  // the first words stand beside the subject in a list of mails
  const first = escaped(paragraphs(m.body).join(' ').replace(/\s+/g, ' ').slice(0, 110));
  return `<!doctype html>
<html lang="${m.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>${escaped(m.subject)}</title>
<style>
:root{color-scheme:light dark;supported-color-schemes:light dark}
a{color:#0b635f}
@media (max-width:480px){.box{padding:24px 20px !important}.edge{padding:12px 10px 24px !important}.code{font-size:24px !important}}
@media (prefers-color-scheme:dark){
.page{background:#191714 !important}.box{background:#22201c !important;border-color:#36322c !important}
.t,.code{color:#ece8e1 !important}.q,.q a{color:#b0a89b !important}.a,.name{color:#7ccac2 !important}
.card{background:#17302d !important;border-color:#28605b !important}.line{border-color:#36322c !important}
}
[data-ogsc] .t,[data-ogsc] .code{color:#ece8e1 !important}[data-ogsc] .q{color:#b0a89b !important}[data-ogsc] .name,[data-ogsc] .a{color:#7ccac2 !important}
[data-ogsb] .page{background:#191714 !important}[data-ogsb] .box{background:#22201c !important}[data-ogsb] .card{background:#17302d !important}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f8f6f2">
<div style="display:none;max-height:0;overflow:hidden">${first}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f8f6f2" style="background:#f8f6f2">
<tr><td class="edge" align="center" style="padding:28px 16px 40px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:560px">
<tr><td class="box" bgcolor="#ffffff" style="background:#ffffff;border:1px solid #e5e0d8;border-radius:12px;padding:32px 36px;font:16px/1.55 ${FONT};text-align:left;word-wrap:break-word;overflow-wrap:anywhere">
<p class="name" style="margin:0 0 22px;font-weight:700;font-size:18px;color:#0b635f">${escaped(m.shop)}</p>
${body}
${m.card === null ? '' : cardHtml(m.card, w)}</td></tr>
<tr><td class="q" style="padding:20px 12px 0;font:13px/1.6 ${FONT};color:#635c52;text-align:center">
${[`<b>${escaped(m.shop)}</b>`, ...m.postal.map(together), ...(m.phone === '' ? [] : [together(m.phone)])].join(' &middot; ')}<br>
${escaped(w.why[m.kind](m.shop))}${m.unsubscribe === null ? '' : `<br>\n<a href="${escaped(m.unsubscribe)}" style="color:#635c52;text-decoration:underline">${w.unsubscribe}</a> (${w.stop})`}
</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

const cardHtml = (
  c: MailCard,
  w: (typeof WORDS)['en' | 'es'],
): string => `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 4px">
<tr><td class="card" align="center" bgcolor="#e2f1ee" style="background:#e2f1ee;border:1px dashed #a6d0cb;border-radius:10px;padding:18px 16px;text-align:center">
<p class="t" style="margin:0;font-weight:600;color:#23201b">${escaped(c.offer)}</p>
<p class="code" style="margin:8px 0 6px;font:700 28px/1.2 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:2px;color:#23201b">${escaped(c.code)}</p>
<p class="q" style="margin:0;font-size:14px;color:#635c52">${[w.show, ...(c.until === null ? [] : [w.until(c.until)])].map(together).join(' ')}</p>
</td></tr>
</table>
`;

/** A postal address in lines, as it stands on a letter; [] = there is none to show. */
export function postalLines(p: { street: string; city: string; region: string; postalCode: string }): string[] {
  if (p.street.trim() === '' || (p.city.trim() === '' && p.postalCode.trim() === '')) return [];
  const place = [p.city.trim(), [p.region.trim(), p.postalCode.trim()].filter((s) => s !== '').join(' ')]
    .filter((s) => s !== '')
    .join(', ');
  return [p.street.trim(), place];
}

/** The same mail in one dress only, for looking at it: as a mail program draws it by day, or by night. */
export const mailDressed = (html: string, dress: 'light' | 'dark'): string =>
  html
    .replaceAll('(prefers-color-scheme:dark)', dress === 'dark' ? 'all' : 'not all')
    .replace('color-scheme:light dark;supported', `color-scheme:${dress};supported`)
    .replace('<meta name="color-scheme" content="light dark">', `<meta name="color-scheme" content="${dress}">`);
