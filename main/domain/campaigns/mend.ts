import type { CheckCode } from './checks';
import { toGsmFriendly } from './sms-text';
import { parseTemplate } from './template';
import { shortLinkIn } from './text-signs';

/** What one press makes of a draft's words: a new text, the line about leaving switched on, or nothing where a person must decide. */
export type Mend = { body: string } | { addStopLine: true } | null;

const tidy = (s: string) =>
  s
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ +([!?.,;:])/g, '$1')
    .trim();

/** The one-press mend of a finding; the result no longer has it. */
export function mendOf(code: CheckCode, body: string): Mend {
  switch (code) {
    case 'who-speaks':
      return { body: `{shop}: ${body.trimStart()}` };
    case 'no-stop-line':
      return { addStopLine: true };
    case 'short-link': {
      let text = body;
      for (let link = shortLinkIn(text); link !== null; link = shortLinkIn(text)) text = text.replace(link, '');
      return { body: tidy(text) };
    }
    case 'shouting':
      return { body: lowered(body) };
    case 'loud-signs':
      return { body: calmed(body) };
    case 'offer-without-code':
      return { body: `${body.trimEnd()} Code {code}, until {ends}.`.trimStart() };
    case 'code-without-offer':
      return { body: withoutCode(body) };
    case 'unknown-field':
      return {
        body: body.replace(/\{([^{}|]*)(\|[^{}]*)?\}/g, (all, name: string, other?: string) => {
          const plainly = `{${name.split(':')[0]}${other ?? ''}}`;
          return reads(all) ? all : reads(plainly) ? plainly : other?.slice(1) || name;
        }),
      };
    case 'many-parts': {
      const folded = toGsmFriendly(body, { foldAccents: true }).text;
      return folded === body ? null : { body: folded };
    }
    default:
      return null;
  }
}

/** Whether a field is one there is, in a form it has. */
function reads(field: string): boolean {
  try {
    parseTemplate(field);
    return true;
  } catch {
    return false;
  }
}

/** Sentences that hold the code or its last day are taken out; nothing of the rest is touched. */
function withoutCode(body: string): string {
  const field = /\{\s*(?:code|ends)\s*(?::[^{}|]*)?(?:\|[^{}]*)?\}/i;
  const kept = body.split(/(?<=[.!?])\s+/).filter((s) => !field.test(s));
  const text = kept.join(' ');
  return text === '' ? tidy(body.replace(new RegExp(field, 'gi'), '')) : tidy(text);
}

/** Sentence case; fields, STOP, HELP and reply words after "reply" or "text" stay large. */
function lowered(body: string): string {
  const kept: string[] = [];
  const MARK = '\uE000'; // of no language
  const held = body.replace(/\{[^{}]*\}|\b(?:STOP|HELP)\b|(?<=\b(?:reply|text|responde|manda)\s+)\p{Lu}{2,20}\b/giu, (m) => {
    kept.push(m);
    return MARK;
  });
  let start = true;
  let out = '';
  for (const c of held) {
    out += start ? c : c.toLowerCase();
    if (/[.!?:\n]/.test(c)) start = true;
    else if (c === MARK || /[\p{L}\p{N}]/u.test(c)) start = false;
  }
  return out.replaceAll(MARK, () => kept.shift() ?? '');
}

function calmed(body: string): string {
  let emoji = 0;
  const text = body
    .replace(/([!?¡¿])[!?¡¿]+/g, '$1')
    .replace(/\${2,}/g, '$')
    .replace(/\*{3,}/g, '*')
    .replace(/\p{Extended_Pictographic}\uFE0F?/gu, (m) => (++emoji <= 2 ? m : ''));
  return tidy(text);
}
