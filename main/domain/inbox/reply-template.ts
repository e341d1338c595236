import type { DayHours } from '../settings/settings';

/** What an answer's blanks may stand for. */
const REPLY_FIELDS = ['first name', 'shop', 'hours'] as const;
export type ReplyField = (typeof REPLY_FIELDS)[number];
type Language = 'en' | 'es';

export interface ReplyTemplateText {
  readonly key: string;
  readonly name: string;
  readonly en: string;
  readonly es: string;
}

/** Answers that come with the app. Plain letters only (no á í ó ú), so that each stays one text. */
export const REPLY_DEFAULTS: readonly ReplyTemplateText[] = [
  {
    key: 'held',
    name: 'Held for you',
    en: 'Hi {first name|there}, it is set aside for you until we close tomorrow. See you soon! {shop}',
    es: 'Hola {first name}: te lo apartamos hasta el cierre de manana. Te esperamos! {shop}',
  },
  {
    key: 'hours',
    name: 'Opening hours',
    en: 'Hi {first name|there}, we are open {hours}. {shop}',
    es: 'Hola {first name}: abrimos {hours}. {shop}',
  },
  {
    key: 'looking',
    name: 'We are looking',
    en: 'Hi {first name|there}, thanks for asking. We are looking and will text you back today. {shop}',
    es: 'Hola {first name}: gracias por preguntar. Lo buscamos y te escribimos hoy mismo. {shop}',
  },
  {
    key: 'not-here',
    name: 'Not in the shop right now',
    en: 'Hi {first name|there}, sorry, we do not have it right now. Shall we tell you when it is back? {shop}',
    es: 'Hola {first name}: lo sentimos, ahora no lo tenemos. Te avisamos cuando vuelva? {shop}',
  },
  {
    key: 'thanks',
    name: 'Thank you',
    en: 'Thank you, {first name|friend}! {shop}',
    es: 'Muchas gracias, {first name}! {shop}',
  },
];

const FIELD = /\{\s*([^{}|]*?)\s*(?:\|([^{}]*))?\}/g;

/** Names in braces that stand for nothing; '' is told as such. */
export const unknownFields = (body: string): string[] =>
  [...body.matchAll(FIELD)].map((m) => (m[1] ?? '').toLowerCase().replace(/\s+/g, ' ')).filter((f) => !REPLY_FIELDS.some((k) => k === f));

/** An answer with its blanks filled; one that stays empty takes the comma, colon or space before it along. */
export function fillReply(body: string, values: Readonly<Record<ReplyField, string>>): string {
  return body
    .replace(FIELD, (whole, name: string, fallback?: string) => {
      const field = REPLY_FIELDS.find((f) => f === name.toLowerCase().replace(/\s+/g, ' '));
      if (field === undefined) return whole;
      return values[field].trim() || (fallback ?? '').trim();
    })
    .replace(/,?\s+(?=[:,.!?])/g, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

const DAYS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  es: ['lun', 'mar', 'mie', 'jue', 'vie', 'sab', 'dom'],
};

function clock(minutes: number, language: Language): string {
  const h = Math.floor(minutes / 60) % 24;
  const m = minutes % 60;
  const two = m === 0 ? '' : `:${String(m).padStart(2, '0')}`;
  if (language === 'es') return `${h}${two}`;
  return `${h % 12 === 0 ? 12 : h % 12}${two}${h < 12 ? 'am' : 'pm'}`;
}

/** A week's hours in one short line: `Mon-Fri 9am-6pm, Sat 10am-4pm`. Days alike are put together; '' when never open. */
export function hoursLine(hours: readonly DayHours[], language: Language): string {
  const runs: { from: number; to: number; said: string }[] = [];
  hours.forEach((h, day) => {
    if (h === null || h.close <= h.open) return;
    const said = `${clock(h.open, language)}-${clock(h.close, language)}`;
    const last = runs.at(-1);
    if (last && last.said === said && last.to === day - 1) last.to = day;
    else runs.push({ from: day, to: day, said });
  });
  const name = (d: number) => DAYS[language][d] ?? '';
  return runs.map((r) => `${r.from === r.to ? name(r.from) : `${name(r.from)}-${name(r.to)}`} ${r.said}`).join(', ');
}
