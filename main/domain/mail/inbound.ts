import { readToken } from './token';
import { type Refusal, refusalOf } from './verdict';

/** A mail in the shop's mailbox, as far as anybody has to read it: never kept. */
export interface InboundMail {
  uid: number;
  /** Null: no sender, as bounces have none. */
  from: string | null;
  subject: string;
  /** Its own words, the beginning. */
  text: string;
  /** Written by a machine: a bounce, an absence note, a list. */
  automatic: boolean;
  /** Message-IDs it answers or is about. */
  about: readonly string[];
  /** Of a delivery report. */
  report: { action: string; status: string; recipient: string | null; said: string } | null;
}

export type InboundReading =
  | { kind: 'unsubscribe'; token: string | null }
  | { kind: 'bounce'; refusal: Refusal; recipient: string | null; final: boolean }
  /** A person's own letter, or a machine's: for whoever reads the mailbox. */
  | { kind: 'other' };

const STOP_WORD =
  /^[\s"'*_>-]*(stop|unsubscribe|unsubscribe me|remove me|opt ?out|take me off( your| the)? list|no more e-?mails?|baja|darme de baja|cancelar|no mas correos|no más correos)[\s.!"'*_]*$/i;

/** The words somebody wrote themselves: without what their program quoted below. */
export function ownWords(text: string): string {
  const lines: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (
      /^\s*>/.test(line) ||
      /^\s*-{2,}\s*(original|forwarded)/i.test(line) ||
      /^(on|el|am|le) .{5,120}(wrote|escribi[oó]|schrieb|écrit)\s*:?\s*$/i.test(line)
    )
      break;
    if (/^-- ?$/.test(line)) break;
    lines.push(line);
  }
  return lines.join('\n').trim();
}

/**
 * What a mail in the shop's mailbox means for e-mails to come. A token, or a letter that says nothing but stop, unsubscribes; a report
 * of a failure is a bounce; everything else is somebody's letter and left to whoever reads the mailbox. An absence note is neither.
 */
export function readInbound(m: InboundMail): InboundReading {
  if (m.report !== null) {
    const { action, status, recipient, said } = m.report;
    const final = action.toLowerCase() === 'failed' && !status.startsWith('4');
    if (action.toLowerCase() !== 'failed') return { kind: 'other' };
    return { kind: 'bounce', refusal: refusalOf(null, status, said), recipient, final };
  }
  // a press on "unsubscribe": the subject is ours, and some programs say that they write such a mail by themselves
  const pressed = readToken(m.subject);
  if (pressed !== null) return { kind: 'unsubscribe', token: pressed };
  if (m.automatic) return { kind: 'other' };
  const own = ownWords(m.text);
  const token = readToken(own);
  if (token !== null) return { kind: 'unsubscribe', token };
  const subject = m.subject.replace(/^\s*((re|fw|fwd|aw|rv)\s*:\s*)+/i, '');
  if (own === '' ? STOP_WORD.test(subject) : own.split('\n').length <= 3 && own.split('\n').some((l) => STOP_WORD.test(l))) {
    return { kind: 'unsubscribe', token: null };
  }
  return { kind: 'other' };
}
