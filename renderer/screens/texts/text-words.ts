import type { ChannelOutput } from '@contract/index';
import { carrierError } from '@domain/outbox/twilio-errors';
import type { OutboxWords } from '@renderer/strings/outbox';
import type { TextsWords } from '@renderer/strings/texts';
import { waitWords } from '../campaigns/sending-words';

export type Text = ChannelOutput<'outbox/texts'>['rows'][number];
export type History = ChannelOutput<'outbox/history'>;

/** Why a text was sent: the campaign's name, or what kind of text it is. */
export const causeWords = (w: TextsWords, cause: Text['cause']): string => cause.name ?? w.causes[cause.kind];

/** The state, and why where there is a reason. */
export function fateParts(
  w: TextsWords,
  o: OutboxWords,
  t: Pick<Text, 'state' | 'reason' | 'error'>,
): { state: string; why: string | null } {
  const h = w.history;
  const state = t.state === 'waiting' ? h.waiting : h.states[t.state];
  if (t.error && ['undelivered', 'failed', 'rejected'].includes(t.state)) return { state, why: t.error.title };
  if (['waiting', 'skipped', 'cancelled'].includes(t.state) && t.reason !== null && t.reason !== '') {
    const [kind = '', code] = t.reason.split(':');
    return { state, why: code === undefined ? waitWords(o, kind) : carrierError(Number(code)).title };
  }
  if (t.state !== 'uncertain') return { state, why: null };
  return { state: t.reason === 'given-up' ? h.givenUp : t.reason === 'not-confirmed' ? h.notConfirmed : state, why: null };
}

/** The same in one line. */
export function fateWords(...of: Parameters<typeof fateParts>): string {
  const { state, why } = fateParts(...of);
  return why === null ? state : `${state}: ${why}`;
}

export interface HistoryLine {
  at: number | null;
  title: string;
  detail: string | null;
  tone: 'plain' | 'good' | 'warn' | 'bad';
}

const TONES: Partial<Record<History['state'], HistoryLine['tone']>> = {
  delivered: 'good',
  undelivered: 'bad',
  failed: 'bad',
  rejected: 'bad',
  uncertain: 'warn',
};
const REASONS = {
  'not-confirmed': 'notConfirmed',
  'given-up': 'givenUp',
  duplicate: 'duplicate',
  resend: 'resend',
  restored: 'restored',
} as const;

const explained = (e: { title: string; whatToDo: string } | null): string | null => (e ? `${e.title}. ${e.whatToDo}` : null);

/** The whole story of a text in order of time: made ready, each try, each word of the carrier, and what it waits for now. */
export function historyLines(w: TextsWords, o: OutboxWords, h: History): HistoryLine[] {
  const t = w.history;
  const lines: HistoryLine[] = [{ at: h.queuedAt, title: t.queued, detail: null, tone: 'plain' }];
  h.attempts.forEach((a, i) => {
    const outcome = a.outcome ?? 'open';
    const bad = outcome === 'rejected' ? 'bad' : outcome === 'uncertain' ? 'warn' : 'plain';
    lines.push({
      at: a.startedAt,
      title: t.tried(i + 1),
      detail: [t.outcome[outcome], explained(a.error)].filter(Boolean).join(' '),
      tone: bad,
    });
  });
  // Brought in from before steps were written down, or a sample: what is known is when it left and how it ended.
  if (h.attempts.length === 0 && h.leftAt !== null) lines.push({ at: h.leftAt, title: t.tried(1), detail: null, tone: 'plain' });
  if (h.steps.length === 0 && h.leftAt !== null && h.state !== 'uncertain')
    lines.push({ at: h.finalAt ?? h.leftAt, title: t.states[h.state], detail: explained(h.error), tone: TONES[h.state] ?? 'plain' });
  let before: History['steps'][number] | undefined;
  for (const s of h.steps) {
    const last = before;
    before = s;
    // What the POST itself answered is told with the try; what is decided now is told at the end.
    if (s.state === 'rejected' || (s.state === 'uncertain' && s.reason !== 'restored')) continue;
    const adopted = last?.state === 'uncertain' && s.state !== 'waiting' && s.state !== 'cancelled';
    const why = s.reason !== null && s.reason in REASONS ? t[REASONS[s.reason as keyof typeof REASONS]] : null;
    lines.push({
      at: s.at,
      title: adopted ? `${t.found}: ${t.states[s.state]}` : t.states[s.state],
      detail: [why, explained(s.error)].filter(Boolean).join(' ') || null,
      tone: s.reason === 'duplicate' ? 'warn' : (TONES[s.state] ?? 'plain'),
    });
  }
  lines.sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const now = fateWords(w, o, h);
  if (['waiting', 'skipped', 'cancelled'].includes(h.state)) lines.push({ at: h.finalAt, title: now, detail: null, tone: 'plain' });
  if (h.state === 'uncertain' && (h.reason === 'not-confirmed' || h.reason === 'given-up'))
    lines.push({ at: h.finalAt, title: now, detail: null, tone: 'warn' });
  return lines;
}
