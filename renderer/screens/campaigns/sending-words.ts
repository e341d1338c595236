import { carrierError } from '@domain/outbox/twilio-errors';
import type { Place } from '@renderer/nav';
import type { OutboxWords } from '@renderer/strings/outbox';

/** Why nothing leaves at all just now, from the sender's own word for it (main/services/outbox/sender-state.ts). */
export function blockedWords(w: OutboxWords, blocked: { reason: string; code: number | null }): string {
  if (blocked.reason === 'account') {
    const e = carrierError(blocked.code ?? 0);
    return w.blocked.account(e.title, e.whatToDo);
  }
  const plain = w.blocked as Record<string, unknown>;
  const said = plain[blocked.reason];
  return typeof said === 'string' ? said : w.blocked.unreachable;
}

/** Where the owner mends what stops everything; null when it goes on by itself, or by trying now. */
export function blockedRemedy(w: OutboxWords, reason: string): { label: string; place: Place } | null {
  if (reason === 'not-connected') return { label: w.remedy.texting, place: { screen: 'settings', section: 'texting' } };
  if (reason === 'restored') return { label: w.remedy.restored, place: { screen: 'restore' } };
  if (reason === 'replies-lost') return { label: w.remedy.account, place: { screen: 'account' } };
  return null;
}

/**
 * Why a campaign is paused, from the code the backend stored (main/services/outbox/brake.ts): `brake:same-error:30006:5/20`,
 * `brake:opt-outs:9/100`, `account:20003`, `spend-limit`, `owner` …
 */
export function pauseWords(w: OutboxWords, reason: string): string {
  const [kind = '', what = '', ...rest] = reason.split(':');
  const [n = '', of = ''] = (rest.at(-1) ?? '').split('/');
  if (kind === 'account') {
    const e = carrierError(Number(what));
    return w.pause.account(e.title, e.whatToDo);
  }
  if (kind === 'brake' && what === 'same-error') return w.pause['same-error'](carrierError(Number(rest[0])).title, n, of);
  if (kind === 'brake' && what === 'filtered') return w.pause.filtered(n, of);
  if (kind === 'brake' && what === 'opt-outs') return w.pause['opt-outs'](n, of);
  const plain = (w.pause as Record<string, unknown>)[kind];
  return typeof plain === 'string' ? plain : w.pause.other;
}

/** Where the owner mends what a campaign is paused for, and the word on the button; null when it is mended by looking at this page. */
export function pauseRemedy(w: OutboxWords, reason: string): { label: string; place: Place } | null {
  const [kind = '', what = ''] = reason.split(':');
  if (kind === 'account' || kind === 'spend-limit') return { label: w.remedy.texting, place: { screen: 'settings', section: 'texting' } };
  if (kind === 'mail-bounces' || kind === 'mail-refused') return { label: w.remedy.mail, place: { screen: 'settings', section: 'mail' } };
  if (kind === 'restored') return { label: w.remedy.restored, place: { screen: 'restore' } };
  if (kind === 'brake' && what === 'opt-outs') return { label: w.remedy.replies, place: { screen: 'replies' } };
  return null;
}

/** Why one text waits or was left out. */
export const waitWords = (w: OutboxWords, reason: string): string => w.reason[reason as keyof typeof w.reason] ?? w.reason.other;
